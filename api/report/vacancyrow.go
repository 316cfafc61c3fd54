package report

import (
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// VacancyRow is one row of vacancy totals as it may be shown. The figures of posts
// are those of the totals; the two about people have passed a disclosure rule, and
// their true numbers are not in the row.
type VacancyRow struct {
	posts        domain.VacancyTotal
	headcount    disclosure.Count
	reportedRate disclosure.Share
}

// NewVacancyRow returns a row of vacancy totals as the rule lets it be shown.
func NewVacancyRow(rule disclosure.Rule, total domain.VacancyTotal) VacancyRow {
	row := VacancyRow{posts: total}
	row.headcount, row.reportedRate = rule.VacancyPeople(total)
	row.posts.Headcount, row.posts.RateHeadcount, row.posts.RateReported = nil, nil, nil
	return row
}

// NewVacancyRows is NewVacancyRow for every row of totals.
func NewVacancyRows(rule disclosure.Rule, totals []domain.VacancyTotal) []VacancyRow {
	rows := make([]VacancyRow, len(totals))
	for i, total := range totals {
		rows[i] = NewVacancyRow(rule, total)
	}
	return rows
}

// held says whether a return is behind the row.
func (r VacancyRow) held() bool { return r.posts.Cells > 0 }

// noReturn is the row of a month of which no return is held: every figure is not
// available, and none is a zero.
func noReturn() VacancyRow {
	return VacancyRow{
		headcount:    disclosure.Count{Status: domain.StatusNotAvailable},
		reportedRate: disclosure.Share{Status: domain.StatusNotAvailable},
	}
}

// ofMonth returns the row of a month end, or that of no return.
func ofMonth(rows []VacancyRow, month domain.Date) VacancyRow {
	for _, row := range rows {
		if row.posts.Month != nil && *row.posts.Month == month && row.held() {
			return row
		}
	}
	return noReturn()
}

// rate is the establishment vacancy rate.
func (r VacancyRow) rate() value { return rateValue(r.posts.EstablishmentRate()) }

func (r VacancyRow) temporaryCover() value { return rateValue(r.posts.TemporaryCover()) }

func (r VacancyRow) incomplete() value {
	if !r.held() {
		return absent(domain.StatusNotAvailable)
	}
	return numberValue(float64(r.posts.Incomplete))
}
