package sheet

import (
	"cmp"

	"skillstracker/domain"
)

// valueBooks holds what the values of coded columns are looked up in. It is
// built once for a file.
type valueBooks struct {
	staffGroups *codeBook
	bands       *codeBook
	contracts   *codeBook
	actions     *codeBook
	roles       *roleBook // nil without a column of job roles
	areas       *areaBook // nil without a column of areas of work
	retirements retirements
}

func newValueBooks(t *table, lists domain.Lists, groupOptional bool) *valueBooks {
	books := &valueBooks{
		staffGroups: staffGroupBook(lists.StaffGroups, groupOptional),
		bands:       bandBook(lists.Bands),
		contracts:   contractBook(lists.ContractTypes),
		actions:     actionBook(),
		retirements: make(retirements),
	}
	if t.column(fieldJobRole).present() {
		books.roles = newRoleBook(lists.JobRoles)
	}
	if t.column(fieldAreaOfWork).present() {
		books.areas = newAreaBook(lists.AreasOfWork)
	}
	return books
}

// listCode returns a cell that stands for a code which must be text, and
// whether it holds one.
func (r *rowReader) listCode(c column, unknown domain.FindingCode) (Cell, bool) {
	cell, valued := r.optional(c)
	if !valued {
		return cell, false
	}
	if cell.Kind == Text {
		return cell, true
	}
	fault := mangledCode(cell)
	switch {
	case fault != "":
	case cell.Kind == Number:
		fault = domain.FindingCodeNumeric
	default:
		fault = unknown
	}
	r.fault(fault, c, "")
	return cell, false
}

// jobRole reads a job role as on a day. The staff group is the one that the row
// gives; it is empty when the row gives none that could be read, and NotGiven when
// it gives none at all.
func (r *rowReader) jobRole(c column, books *valueBooks, group string, on domain.Date) string {
	cell, valued := r.listCode(c, domain.FindingJobRoleUnknown)
	if !valued || isDash(cell.Text) {
		return notGivenUnless(cell)
	}
	wanted := group
	if wanted == domain.NotGiven {
		wanted = ""
	}
	role, fault := books.roles.find(cell.Text, wanted)
	switch fault {
	case roleFound:
		if books.retirements.retired(role.Retired, on) {
			r.fault(domain.FindingJobRoleRetired, c, "")
		}
		return role.Code
	case roleUnknown:
		r.fault(unknownRole(cell), c, "")
	case roleOfOtherGroup:
		r.fault(domain.FindingJobRoleGroup, c, "")
	case roleOfSeveralGroups:
		// Which role it is depends on a staff group whose own fault is recorded.
		if group != "" {
			r.fault(domain.FindingJobRoleAmbiguous, c, "")
		}
	}
	return ""
}

// unknownRole tells what a spreadsheet has made of a job role code, such as its
// last four digits, from what is no job role.
func unknownRole(cell Cell) domain.FindingCode {
	if isDigits(cell.Text) && len(cell.Text) == 4 {
		return domain.FindingCodeZeros
	}
	return cmp.Or(mangledCode(cell), domain.FindingJobRoleUnknown)
}

// notGivenUnless is NotGiven for a cell that holds nothing or a dash, and
// nothing for one whose fault was recorded.
func notGivenUnless(cell Cell) string {
	if cell.Kind == Empty || cell.Kind == Text && isDash(cell.Text) {
		return domain.NotGiven
	}
	return ""
}

// areaOfWork reads an area of work as on a day.
func (r *rowReader) areaOfWork(c column, books *valueBooks, on domain.Date) string {
	cell, valued := r.listCode(c, domain.FindingAreaUnknown)
	if !valued || isDash(cell.Text) {
		return notGivenUnless(cell)
	}
	area, several := books.areas.find(cell.Text)
	switch {
	case several:
		r.fault(domain.FindingAreaAmbiguous, c, "")
		return ""
	case area == nil:
		r.fault(cmp.Or(mangledCode(cell), domain.FindingAreaUnknown), c, "")
		return ""
	case books.retirements.retired(area.Retired, on):
		r.fault(domain.FindingAreaRetired, c, "")
	}
	return area.Code
}
