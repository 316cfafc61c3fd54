package sheet

import (
	"strings"

	"skillstracker/domain"
)

// organisationColumnCheck compares the organisation that rows name with the one
// that the file was sent for.
type organisationColumnCheck struct {
	column
	wanted string // empty when there is nothing to compare with
	warned bool   // values that are no codes were found
}

func newOrganisationCheck(t *table, opts Options) organisationColumnCheck {
	return organisationColumnCheck{column: t.column(fieldOrganisation), wanted: opts.Organisation}
}

// check looks at the organisation of a row. A value that has not the shape of an
// ODS code is most likely a name, which cannot be compared.
func (c *organisationColumnCheck) check(r *rowReader) {
	if !c.present() {
		return
	}
	cell, valued := r.optional(c.column)
	if !valued {
		return
	}
	mangled := mangledCode(cell)
	switch {
	case mangled != "":
		r.fault(mangled, c.column, "")
	case cell.Kind == Number:
		r.fault(domain.FindingCodeNumeric, c.column, "")
	case isDigits(cell.Text) && len(cell.Text) < shortestODSCode:
		r.fault(domain.FindingCodeZeros, c.column, "")
	case cell.Kind != Text || !domain.ValidODSCode(strings.ToUpper(cell.Text)):
		if !c.warned {
			c.warned = true
			r.columnFault(domain.FindingOrganisationNotCompared, c.column, "")
		}
	case c.wanted != "" && !strings.EqualFold(cell.Text, c.wanted):
		r.fault(domain.FindingOrganisationOther, c.column, "")
	}
}

// shortestODSCode is the fewest characters of an ODS code (domain.md 3.1).
const shortestODSCode = 3
