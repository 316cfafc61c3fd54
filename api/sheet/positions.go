package sheet

import (
	"strconv"

	"skillstracker/domain"
)

// mostPosts is the greatest number of posts under one reference.
const mostPosts = 999

// openLong is the number of months beyond which it is unusual for a vacancy to be open.
const openLong = 2 * 12

// positionBinder reads position vacancies.
type positionBinder struct {
	books    *valueBooks
	statuses *codeBook
	outcomes map[string]domain.PositionOutcome // by status
	teams    texts
	today    domain.Date
	rows     []domain.PositionRow

	organisation organisationColumnCheck

	reference, staffGroup, jobRole, band, areaOfWork, team, posts, fte, status, action column
	openedOn, closedOn                                                                 dateColumn
}

func newPositionBinder(t *table, opts Options, lists domain.Lists) *positionBinder {
	b := &positionBinder{
		books:        newValueBooks(t, lists, false),
		statuses:     statusBook(lists.PositionStatuses),
		outcomes:     make(map[string]domain.PositionOutcome, len(lists.PositionStatuses)),
		teams:        make(texts),
		today:        opts.Today,
		organisation: newOrganisationCheck(t, opts),
		reference:    t.column(fieldVacancyReference),
		staffGroup:   t.column(fieldStaffGroup),
		jobRole:      t.column(fieldJobRole),
		band:         t.column(fieldBand),
		areaOfWork:   t.column(fieldAreaOfWork),
		team:         t.column(fieldTeam),
		posts:        t.column(fieldPosts),
		fte:          t.column(fieldFTE),
		status:       t.column(fieldStatus),
		action:       t.column(fieldAction),
		openedOn:     dateColumn{column: t.column(fieldOpenedOn)},
		closedOn:     dateColumn{column: t.column(fieldClosedOn)},
	}
	for _, s := range lists.PositionStatuses {
		b.outcomes[s.Code] = s.Outcome
	}
	return b
}

func (b *positionBinder) bind(r *rowReader) {
	row := domain.PositionRow{
		Row: r.number, JobRole: domain.NotGiven, Band: domain.NotGiven, AreaOfWork: domain.NotGiven, Status: domain.NotGiven,
		Action: r.action(b.action, b.books.actions),
	}
	row.Reference = r.identifier(b.reference, referenceRule())
	b.organisation.check(r)
	if row.Action == domain.ActionStore {
		if cell, valued := r.required(b.openedOn.column); valued {
			row.OpenedOn, _ = r.pastDay(&b.openedOn, cell, b.today)
		}
		b.post(r, &row)
		b.quantities(r, &row)
		b.closing(r, &row)
		b.warnOpenLong(r, &row)
	}
	b.rows = append(b.rows, row)
}

// post reads what the posts are.
func (b *positionBinder) post(r *rowReader, row *domain.PositionRow) {
	row.StaffGroup = r.code(b.staffGroup, b.books.staffGroups)
	row.JobRole = r.jobRole(b.jobRole, b.books, row.StaffGroup, row.OpenedOn)
	row.Band = r.code(b.band, b.books.bands)
	row.AreaOfWork = r.areaOfWork(b.areaOfWork, b.books, row.OpenedOn)
	row.Team = b.teams.keep(r.text(b.team, teamChars))
}

// quantities reads how many posts and how much FTE are recruited to. Posts are 0 when
// they could not be read.
func (b *positionBinder) quantities(r *rowReader, row *domain.PositionRow) {
	switch cell, valued := r.optional(b.posts); {
	case valued:
		row.Posts = b.count(r, cell)
	case cell.Kind == Empty:
		row.Posts = 1
	}
	cell, valued := r.required(b.fte)
	if !valued {
		return
	}
	fte, ok := r.quantity(b.fte, cell)
	row.FTE = fte
	switch {
	case !ok:
	case fte == 0:
		r.fault(domain.FindingPostsFTEZero, b.fte, "")
	case row.Posts > 0 && fte > fteHigh*domain.FTE(row.Posts):
		r.fault(domain.FindingPostsFTEHigh, b.fte, "")
	}
}

func (b *positionBinder) count(r *rowReader, cell Cell) int {
	posts, ok := r.count(b.posts, cell)
	switch {
	case !ok:
		return 0
	case posts < 1 || posts > mostPosts:
		r.fault(domain.FindingPostsRange, b.posts, "The number of posts is not between 1 and "+strconv.Itoa(mostPosts)+".")
		return 0
	}
	return int(posts)
}

// closing reads the day on which recruitment ended, and compares it with the opening
// day and with what the status says. An empty status says nothing of it, nor do
// vacancies that were never recruited to.
func (b *positionBinder) closing(r *rowReader, row *domain.PositionRow) {
	row.Status = r.code(b.status, b.statuses)
	given := r.cell(b.closedOn.column).Kind != Empty
	if cell, valued := r.optional(b.closedOn.column); valued {
		if day, ok := r.pastDay(&b.closedOn, cell, b.today); ok {
			row.ClosedOn = &day
		}
	}
	if row.ClosedOn != nil && *row.ClosedOn < row.OpenedOn {
		r.fault(domain.FindingClosedBeforeOpened, b.closedOn.column, "")
	}
	switch outcome := b.outcomes[row.Status]; outcome {
	case domain.PositionOpen:
		if given {
			r.fault(domain.FindingClosedOnOpen, b.closedOn.column, "")
		}
	case domain.PositionFilled, domain.PositionClosed:
		if given {
			break
		}
		where := b.closedOn.column
		if !where.present() {
			where = b.status
		}
		r.fault(domain.FindingClosedOnMissing, where, "")
	case domain.PositionNotRecruited:
	}
}

// warnOpenLong warns of a vacancy that is or was open for unusually long.
func (b *positionBinder) warnOpenLong(r *rowReader, row *domain.PositionRow) {
	until := b.today
	switch {
	case row.OpenedOn == 0 || row.ClosedOn == nil && b.outcomes[row.Status] == domain.PositionNotRecruited:
		return
	case row.ClosedOn != nil:
		until = *row.ClosedOn
	}
	if row.OpenedOn < until.AddMonths(-openLong) {
		r.fault(domain.FindingOpenLong, b.openedOn.column, "")
	}
}

func (b *positionBinder) finish(file *domain.UploadFile) { file.Positions = b.rows }
