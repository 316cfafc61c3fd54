package sheet

import (
	"skillstracker/domain"
)

// assessmentReader reads what both forms of assessments have in common: what names
// the assessment, and the attributes of the person.
type assessmentReader struct {
	books        *valueBooks
	assessors    *codeBook
	finder       *frameworkFinder
	framework    domain.FrameworkVersion
	scale        *levelScale
	slab         levelSlab
	teams        texts
	today        domain.Date
	sheet        string
	organisation organisationColumnCheck

	assessedOn                                                                dateColumn
	employeeNumber, assessorKind, staffGroup, jobRole, band, teamName, action column
}

func newAssessmentReader(t *table, opts Options, lists domain.Lists, finder *frameworkFinder, framework domain.FrameworkVersion) assessmentReader {
	return assessmentReader{
		books:          newValueBooks(t, lists, true),
		assessors:      assessorBook(),
		finder:         finder,
		framework:      framework,
		scale:          newLevelScale(framework),
		teams:          make(texts),
		today:          opts.Today,
		sheet:          t.sheet,
		organisation:   newOrganisationCheck(t, opts),
		assessedOn:     dateColumn{column: t.column(fieldAssessedOn)},
		employeeNumber: t.column(fieldEmployeeNumber),
		assessorKind:   t.column(fieldAssessorKind),
		staffGroup:     t.column(fieldStaffGroup),
		jobRole:        t.column(fieldJobRole),
		band:           t.column(fieldBand),
		teamName:       t.column(fieldTeam),
		action:         t.column(fieldAction),
	}
}

// row reads a row without its answers. What could not be read is empty, a date 0.
func (a *assessmentReader) row(r *rowReader) domain.AssessmentRow {
	row := domain.AssessmentRow{
		Row: r.number, FileRows: 1, StaffGroup: domain.NotGiven, JobRole: domain.NotGiven, Band: domain.NotGiven,
		Action: r.action(a.action, a.books.actions),
	}
	row.EmployeeNumber = r.identifier(a.employeeNumber, employeeNumberRule())
	a.organisation.check(r)
	a.checkFramework(r)
	row.AssessedOn = a.date(r)
	row.AssessorKind = domain.AssessorSelf
	if kind := r.code(a.assessorKind, a.assessors); kind != domain.NotGiven {
		row.AssessorKind = domain.AssessorKind(kind)
	}
	if row.Action == domain.ActionStore {
		row.StaffGroup = r.code(a.staffGroup, a.books.staffGroups)
		row.JobRole = r.jobRole(a.jobRole, a.books, row.StaffGroup, row.AssessedOn)
		row.Band = r.code(a.band, a.books.bands)
		row.Team = a.teams.keep(r.text(a.teamName, teamChars))
	}
	return row
}

// date reads the day of the assessment.
func (a *assessmentReader) date(r *rowReader) domain.Date {
	cell, valued := r.required(a.assessedOn.column)
	if !valued {
		return 0
	}
	date, ok := r.pastDay(&a.assessedOn, cell, a.today)
	switch {
	case !ok:
	case date < a.framework.ValidFrom:
		r.fault(domain.FindingDateBeforeFramework, a.assessedOn.column, "")
	case date < a.today.AddMonths(-longAgo):
		r.fault(domain.FindingAssessmentOld, a.assessedOn.column, "")
	}
	return date
}

// checkFramework compares the framework version of a row with that of the file,
// which is also that of a row that names none.
func (a *assessmentReader) checkFramework(r *rowReader) {
	for _, c := range []column{a.finder.framework, a.finder.version} {
		if cell := r.cell(c); cell.Kind == ErrorValue {
			r.fault(domain.FindingCellError, c, "")
			return
		}
	}
	if name, version := a.finder.names(r); name == "" && version == "" {
		return
	}
	found, known := a.finder.ofRow(r)
	where := a.finder.framework
	if r.cell(where).Kind == Empty {
		where = a.finder.version
	}
	switch {
	case !known:
		r.fault(domain.FindingFrameworkUnknown, where, "")
	case !sameFramework(&found, &a.framework):
		r.fault(domain.FindingFrameworkMixed, where, "")
	}
}

func sameFramework(a, b *domain.FrameworkVersion) bool {
	return a.Framework == b.Framework && a.Version == b.Version
}

// file is what a file of assessments holds.
func (a *assessmentReader) file(rows []domain.AssessmentRow) domain.AssessmentFile {
	return domain.AssessmentFile{
		Framework: a.framework, Rows: rows, Sheet: a.sheet, EmployeeNumberColumn: a.employeeNumber.heading,
	}
}
