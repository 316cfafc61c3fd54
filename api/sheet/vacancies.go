package sheet

import "skillstracker/domain"

// dontKnowNumber stands for "don't know" where social care providers count
// vacancies: in the bulk upload files of the Adult Social Care Workforce Data
// Set (domain.md 2.5).
const dontKnowNumber = 999

// vacancyBinder reads vacancy returns.
type vacancyBinder struct {
	books      *valueBooks
	states     *codeBook
	today      domain.Date
	socialCare bool
	rows       []domain.VacancyRow

	organisation                                  organisationColumnCheck
	asAt                                          dateColumn
	staffGroup, jobRole, band, areaOfWork, action column
	budgeted, contracted, bank, agency            column
	reported, advertised, headcount               column
}

func newVacancyBinder(t *table, opts Options, lists domain.Lists) *vacancyBinder {
	return &vacancyBinder{
		books:        newValueBooks(t, lists, false),
		states:       measureStates(),
		today:        opts.Today,
		socialCare:   opts.SocialCare,
		organisation: newOrganisationCheck(t, opts),
		asAt:         dateColumn{column: t.column(fieldAsAt)},
		staffGroup:   t.column(fieldStaffGroup),
		jobRole:      t.column(fieldJobRole),
		band:         t.column(fieldBand),
		areaOfWork:   t.column(fieldAreaOfWork),
		action:       t.column(fieldAction),
		budgeted:     t.column(fieldBudgetedFTE),
		contracted:   t.column(fieldContractedFTE),
		bank:         t.column(fieldBankFTE),
		agency:       t.column(fieldAgencyFTE),
		reported:     t.column(fieldReportedVacancies),
		advertised:   t.column(fieldAdvertisedPosts),
		headcount:    t.column(fieldStaffHeadcount),
	}
}

// The words that a measure may have in place of a number.
const (
	stateNone     = "none"
	stateDontKnow = "dont_know"
)

func measureStates() *codeBook {
	return newCodeBook(domain.FindingNumberInvalid, true, []Value{
		{stateNone, "None", []string{"nil"}},
		{stateDontKnow, "Don't know", []string{"do not know", "not known", "unknown"}},
	})
}

func (b *vacancyBinder) bind(r *rowReader) {
	row := domain.VacancyRow{Row: r.number, Action: r.action(b.action, b.books.actions)}
	b.organisation.check(r)
	row.Key.Month = b.month(r)
	row.Key.StaffGroup = r.code(b.staffGroup, b.books.staffGroups)
	row.Key.JobRole = r.jobRole(b.jobRole, b.books, row.Key.StaffGroup, row.Key.Month)
	row.Key.Band = r.code(b.band, b.books.bands)
	row.Key.AreaOfWork = r.areaOfWork(b.areaOfWork, b.books, row.Key.Month)
	if row.Action == domain.ActionStore {
		row.Measures = domain.VacancyMeasures{
			Budgeted:   b.fte(r, b.budgeted),
			Contracted: b.fte(r, b.contracted),
			Bank:       b.fte(r, b.bank),
			Agency:     b.fte(r, b.agency),
			Reported:   b.count(r, b.reported, b.socialCare),
			Advertised: b.count(r, b.advertised, b.socialCare),
			Headcount:  b.count(r, b.headcount, false),
		}
		b.warnUnusual(r, &row.Measures)
	}
	b.rows = append(b.rows, row)
}

// month reads the month end of a row; it is 0 when the row gives none that could
// be read.
func (b *vacancyBinder) month(r *rowReader) domain.Date {
	cell, valued := r.required(b.asAt.column)
	if !valued {
		return 0
	}
	month, ok := r.monthEnd(&b.asAt, cell, b.today)
	if ok && month < b.today.AddMonths(-longAgo) {
		r.fault(domain.FindingReturnOld, b.asAt.column, "")
	}
	return month
}

func (b *vacancyBinder) finish(file *domain.UploadFile) { file.Vacancies = b.rows }

// state returns what a measure says without a number: not stated, not known, or
// none at all, which is 0.
func (b *vacancyBinder) state(r *rowReader, c column) (measure domain.Measure, cell Cell, isNumber bool) {
	cell, valued := r.optional(c)
	if !valued {
		return domain.Measure{}, cell, false
	}
	if cell.Kind == Text {
		switch state, _ := b.states.find(cell.Text); state {
		case stateNone:
			return domain.Measure{State: domain.Known}, cell, false
		case stateDontKnow:
			return domain.Measure{State: domain.DontKnow}, cell, false
		}
	}
	return domain.Measure{}, cell, true
}

// fte reads a measure in FTE.
func (b *vacancyBinder) fte(r *rowReader, c column) domain.Measure {
	measure, cell, isNumber := b.state(r, c)
	if !isNumber {
		return measure
	}
	value, ok := r.quantity(c, cell)
	if !ok {
		return domain.Measure{}
	}
	return domain.Measure{State: domain.Known, Value: int64(value)}
}

// count reads a measure that counts posts or people. Where 999 means don't
// know, it cannot mean itself.
func (b *vacancyBinder) count(r *rowReader, c column, has999 bool) domain.Measure {
	measure, cell, isNumber := b.state(r, c)
	if !isNumber {
		return measure
	}
	value, ok := r.count(c, cell)
	switch {
	case !ok:
		return domain.Measure{}
	case has999 && value == dontKnowNumber:
		return domain.Measure{State: domain.DontKnow}
	}
	return domain.Measure{State: domain.Known, Value: value}
}
