package sheet

import (
	"strings"

	"skillstracker/domain"
)

// teamChars is the greatest number of characters of a team's name.
const teamChars = 100

// fteHigh is the FTE of one assignment above which there is a warning.
const fteHigh = domain.FTEUnit + domain.FTEUnit/2

// The months beyond which dates are out of the usual range, so that there is a
// warning.
const (
	longAgo    = 10 * 12 // for a list, a return or an assessment
	longCareer = 60 * 12 // since a starting date
	farAhead   = 5 * 12  // until a leaving date
)

// staffBinder reads a staff list.
type staffBinder struct {
	books *valueBooks
	teams texts
	rows  []domain.StaffRow
	asAt  asAtColumn
	today domain.Date
	sheet string

	organisation organisationColumnCheck

	employeeNumber, staffGroup, jobRole, band, areaOfWork, team, fte, contractType, action column
	startedOn, leftOn                                                                      dateColumn
}

func newStaffBinder(t *table, opts Options, lists domain.Lists) *staffBinder {
	return &staffBinder{
		books:          newValueBooks(t, lists, false),
		teams:          make(texts),
		today:          opts.Today,
		sheet:          t.sheet,
		organisation:   newOrganisationCheck(t, opts),
		asAt:           asAtColumn{dateColumn: dateColumn{column: t.column(fieldAsAt)}, option: opts.AsAt, today: opts.Today},
		employeeNumber: t.column(fieldEmployeeNumber),
		staffGroup:     t.column(fieldStaffGroup),
		jobRole:        t.column(fieldJobRole),
		band:           t.column(fieldBand),
		areaOfWork:     t.column(fieldAreaOfWork),
		team:           t.column(fieldTeam),
		fte:            t.column(fieldFTE),
		contractType:   t.column(fieldContractType),
		action:         t.column(fieldAction),
		startedOn:      dateColumn{column: t.column(fieldStartedOn)},
		leftOn:         dateColumn{column: t.column(fieldLeftOn)},
	}
}

func (b *staffBinder) bind(r *rowReader) {
	row := domain.StaffRow{
		Row: r.number, JobRole: domain.NotGiven, Band: domain.NotGiven, AreaOfWork: domain.NotGiven, ContractType: domain.NotGiven,
	}
	row.Action = r.action(b.action, b.books.actions)
	row.EmployeeNumber = r.identifier(b.employeeNumber, employeeNumberRule())
	b.organisation.check(r)
	row.AsAt = b.asAt.read(r)
	if row.Action == domain.ActionStore {
		b.position(r, &row)
		b.dates(r, &row)
	}
	b.rows = append(b.rows, row)
}

// position reads what the person is and does.
func (b *staffBinder) position(r *rowReader, row *domain.StaffRow) {
	on := row.AsAt
	if on == domain.Forever {
		on = b.asAt.date()
	}
	row.StaffGroup = r.code(b.staffGroup, b.books.staffGroups)
	row.JobRole = r.jobRole(b.jobRole, b.books, row.StaffGroup, on)
	row.Band = r.code(b.band, b.books.bands)
	row.AreaOfWork = r.areaOfWork(b.areaOfWork, b.books, on)
	row.Team = b.teams.keep(r.text(b.team, teamChars))
	row.ContractType = r.code(b.contractType, b.books.contracts)
	cell, valued := r.required(b.fte)
	if !valued {
		return
	}
	fte, ok := r.quantity(b.fte, cell)
	row.FTE = fte
	switch {
	case !ok:
	case fte == 0:
		r.fault(domain.FindingFTEZero, b.fte, "")
	case fte > fteHigh:
		r.fault(domain.FindingFTEHigh, b.fte, "")
	}
}

func (b *staffBinder) dates(r *rowReader, row *domain.StaffRow) {
	row.StartedOn = r.optionalDay(&b.startedOn)
	row.LeftOn = r.optionalDay(&b.leftOn)
	if row.StartedOn != nil && row.LeftOn != nil && *row.LeftOn < *row.StartedOn {
		r.fault(domain.FindingDateOrder, b.leftOn.column, "")
	}
	if row.StartedOn != nil && *row.StartedOn < b.today.AddMonths(-longCareer) {
		r.fault(domain.FindingStartedLongAgo, b.startedOn.column, "")
	}
	if row.LeftOn != nil && *row.LeftOn > b.today.AddMonths(farAhead) {
		r.fault(domain.FindingLeftFarAhead, b.leftOn.column, "")
	}
}

func (b *staffBinder) finish(file *domain.UploadFile) {
	asAt := b.asAt.date()
	if asAt < b.today.AddMonths(-longAgo) {
		file.Faults.Add(domain.FindingListOld, domain.Cell{Sheet: b.sheet, Column: b.asAt.heading}, "")
	}
	for i := range b.rows {
		if b.rows[i].AsAt == domain.Forever {
			b.rows[i].AsAt = asAt
		}
	}
	file.Staff, file.AsAt = b.rows, &asAt
}

// texts keeps one copy of each text that rows repeat.
type texts map[string]string

func (t texts) keep(text string) string {
	if text == "" {
		return ""
	}
	kept, known := t[text]
	if !known {
		kept = strings.Clone(text)
		t[kept] = kept
	}
	return kept
}
