package sheet

import "skillstracker/domain"

// valueBooks holds what the values of coded columns are looked up in. It is
// built once for a file.
type valueBooks struct {
	staffGroups *codeBook
	bands       *codeBook
	contracts   *codeBook
	actions     *codeBook
	roles       *roleBook // nil without a column of job roles
	areas       *areaBook // nil without a column of areas of work
}

func newValueBooks(t *table, lists domain.Lists, groupOptional bool) *valueBooks {
	books := &valueBooks{
		staffGroups: staffGroupBook(lists.StaffGroups, groupOptional),
		bands:       bandBook(lists.Bands),
		contracts:   contractBook(lists.ContractTypes),
		actions:     actionBook(),
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
	switch cell.Kind {
	case Number:
		r.fault(domain.FindingCodeNumeric, c, "")
	case Date, Bool:
		r.fault(unknown, c, "")
	case Text:
		return cell, true
	case Empty, ErrorValue:
	}
	return cell, false
}

// jobRole reads a job role. The staff group is the one that the row gives; it is
// empty when the row gives none that could be read, and NotGiven when it gives
// none at all.
func (r *rowReader) jobRole(c column, books *valueBooks, group string) string {
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
		if role.Retired != "" {
			r.fault(domain.FindingJobRoleRetired, c, "")
		}
		return role.Code
	case roleUnknown:
		r.fault(domain.FindingJobRoleUnknown, c, roleDetail(cell.Text))
	case roleOfOtherGroup:
		r.fault(domain.FindingJobRoleGroup, c, "")
	case roleOfSeveralGroups:
		// Which role it is depends on a staff group whose own fault is recorded.
		if group != "" {
			r.fault(domain.FindingJobRoleUnknown, c, "Several staff groups have a job role of this name; give its code, or the staff group too.")
		}
	}
	return ""
}

// roleDetail explains a number of digits that no job role code has.
func roleDetail(text string) string {
	if isDigits(text) && len(text) == 4 {
		return "A job role code has five digits; a spreadsheet seems to have taken the leading zero away."
	}
	return ""
}

// notGivenUnless is NotGiven for a cell that holds nothing or a dash, and
// nothing for one whose fault was recorded.
func notGivenUnless(cell Cell) string {
	if cell.Kind == Empty || cell.Kind == Text && isDash(cell.Text) {
		return domain.NotGiven
	}
	return ""
}

// areaOfWork reads an area of work.
func (r *rowReader) areaOfWork(c column, books *valueBooks) string {
	cell, valued := r.listCode(c, domain.FindingAreaUnknown)
	if !valued || isDash(cell.Text) {
		return notGivenUnless(cell)
	}
	code, several := books.areas.find(cell.Text)
	switch {
	case several:
		r.fault(domain.FindingAreaAmbiguous, c, "")
	case code == "":
		r.fault(domain.FindingAreaUnknown, c, "")
	}
	return code
}
