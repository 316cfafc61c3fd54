package sheet

import (
	"skillstracker/domain"
)

// assessmentBinder reads assessments in wide form: a row for each assessment, a
// column for each competence.
type assessmentBinder struct {
	books     *valueBooks
	assessors *codeBook
	finder    *frameworkFinder
	framework domain.FrameworkVersion
	scale     *levelScale
	levels    []levelColumn // in the framework's order of competences, as the next
	needs     []levelColumn // none when the file has no need column
	slab      levelSlab
	teams     texts
	today     domain.Date
	sheet     string
	rows      []domain.AssessmentRow
	unknown   bool // a framework that is not published was found
	mixed     bool // a second framework version was found

	assessedOn                                                                dateColumn
	employeeNumber, assessorKind, staffGroup, jobRole, band, teamName, action column
}

func newAssessmentBinder(t *table, opts Options, lists domain.Lists, finder *frameworkFinder, framework domain.FrameworkVersion) *assessmentBinder {
	b := &assessmentBinder{
		books:          newValueBooks(t, lists, true),
		assessors:      assessorBook(),
		finder:         finder,
		framework:      framework,
		scale:          newLevelScale(framework),
		levels:         make([]levelColumn, len(framework.Competences)),
		teams:          make(texts),
		today:          opts.Today,
		sheet:          t.sheet,
		assessedOn:     dateColumn{column: t.column(fieldAssessedOn)},
		employeeNumber: t.column(fieldEmployeeNumber),
		assessorKind:   t.column(fieldAssessorKind),
		staffGroup:     t.column(fieldStaffGroup),
		jobRole:        t.column(fieldJobRole),
		band:           t.column(fieldBand),
		teamName:       t.column(fieldTeam),
		action:         t.column(fieldAction),
	}
	needs := make([]levelColumn, len(framework.Competences))
	for i, c := range framework.Competences {
		b.levels[i] = levelColumn{column: t.column(c.Code), highest: c.MaxLevel}
		needs[i] = levelColumn{column: t.column(c.Code + needSuffix), highest: c.MaxLevel}
		if needs[i].present() {
			b.needs = needs
		}
	}
	return b
}

// competences counts the competences that the file has a column for.
func (b *assessmentBinder) competences() int {
	count := 0
	for i := range b.levels {
		if b.levels[i].present() {
			count++
		}
	}
	return count
}

func (b *assessmentBinder) bind(r *rowReader) {
	row := domain.AssessmentRow{
		Row: r.number, StaffGroup: domain.NotGiven, JobRole: domain.NotGiven, Band: domain.NotGiven,
		Action: r.action(b.action, b.books.actions),
	}
	row.EmployeeNumber = r.employeeNumber(b.employeeNumber)
	b.checkFramework(r)
	b.date(r, &row)
	row.AssessorKind = domain.AssessorSelf
	if kind := r.code(b.assessorKind, b.assessors); kind != domain.NotGiven {
		row.AssessorKind = domain.AssessorKind(kind)
	}
	if row.Action == domain.ActionStore {
		row.StaffGroup = r.code(b.staffGroup, b.books.staffGroups)
		row.JobRole = r.jobRole(b.jobRole, b.books, row.StaffGroup)
		row.Band = r.code(b.band, b.books.bands)
		row.Team = b.teams.keep(r.text(b.teamName, teamChars))
		row.Levels = b.answers(r, b.levels)
		row.Needs = b.answers(r, b.needs)
	}
	b.rows = append(b.rows, row)
}

// answers reads the levels or needs of a row. A competence without a column is
// not assessed.
func (b *assessmentBinder) answers(r *rowReader, columns []levelColumn) []domain.Level {
	if len(columns) == 0 {
		return nil
	}
	answers := b.slab.take(len(columns))
	for i := range columns {
		answers[i] = b.scale.read(r, &columns[i])
	}
	return answers
}

// date reads the day of the assessment.
func (b *assessmentBinder) date(r *rowReader, row *domain.AssessmentRow) {
	cell, valued := r.required(b.assessedOn.column)
	if !valued {
		return
	}
	date, ok := r.pastDay(&b.assessedOn, cell, b.today)
	row.AssessedOn = date
	if ok && date < b.framework.ValidFrom {
		r.fault(domain.FindingDateBeforeFramework, b.assessedOn.column, "")
	}
}

// checkFramework compares the framework version of a row with that of the file,
// which is also that of a row that names none. Each fault is recorded once.
func (b *assessmentBinder) checkFramework(r *rowReader) {
	for _, c := range []column{b.finder.framework, b.finder.version} {
		if cell := r.cell(c); cell.Kind == ErrorValue {
			r.fault(domain.FindingCellError, c, "")
			return
		}
	}
	if name, version := b.finder.names(r); name == "" && version == "" {
		return
	}
	found, known := b.finder.ofRow(r)
	where := b.finder.framework
	if r.cell(where).Kind == Empty {
		where = b.finder.version
	}
	switch {
	case !known && !b.unknown:
		b.unknown = true
		r.fault(domain.FindingFrameworkUnknown, where, "")
	case known && !sameFramework(&found, &b.framework) && !b.unknown && !b.mixed:
		b.mixed = true
		r.fault(domain.FindingFrameworkMixed, where, "")
	}
}

func sameFramework(a, b *domain.FrameworkVersion) bool {
	return a.Framework == b.Framework && a.Version == b.Version
}

func (b *assessmentBinder) finish(file *domain.UploadFile) {
	file.Assessments = domain.AssessmentFile{
		Framework: b.framework, Rows: b.rows, Sheet: b.sheet, EmployeeNumberColumn: b.employeeNumber.heading,
	}
}
