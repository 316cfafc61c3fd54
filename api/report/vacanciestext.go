package report

import "fmt"

const (
	noteBudgeted     note = "Budgeted FTE is the number of posts, in full-time equivalents, that the organisation's budget allows for."
	noteContracted   note = "Contracted FTE is the contracted full-time equivalent of the people in those posts. Bank and agency staff are not in it."
	noteVacancy      note = "Vacancy FTE is budgeted FTE less contracted FTE. It is not made smaller by bank and agency cover. Below zero means over-established: more is contracted than budgeted. Lines of a return that lack one of the two are left out of the vacancy FTE and its rate, so vacancy FTE can differ from the budgeted and contracted FTE beside it."
	noteGross        note = "Gross vacancy FTE adds up the gaps of those lines of the return that have one, without taking off lines that are over-established."
	noteRate         note = "Establishment vacancy rate is vacancy FTE divided by the budgeted FTE of the same lines of the return. It is worked out from sums and never from other rates. It is not applicable when nothing is budgeted."
	noteTemporary    note = "Bank FTE and agency FTE are full-time equivalents worked by bank and agency staff."
	noteCover        note = "Temporary cover is bank and agency FTE divided by vacancy FTE, over the lines of the return that have a vacancy FTE. It is not applicable when there is no vacancy to cover. Above 100 per cent means that more is covered than is vacant."
	noteUnlike       note = "Advertised posts and reported vacancies are counts, not full-time equivalents. Reported vacancies are the posts being recruited to. Vacancy FTE, reported vacancies and advertised posts measure different things and must not be added together."
	noteHeadcount    note = "Staff headcount is the number of people in post that the return states. It is a figure about people and subject to the disclosure rule that the Cover describes."
	noteReportedRate note = "Reported vacancy rate is reported vacancies divided by staff headcount and reported vacancies together, for lines of the return that have both. It is the rate used in social care and cannot be compared with the establishment vacancy rate."
	noteIncomplete   note = "Incomplete lines lack budgeted FTE or contracted FTE. They are left out of vacancy FTE and of the establishment vacancy rate."
	noteDigital      note = "A post is digital when its area of work is Informatics or Clinical Informatics, or when its job role is one of the social care digital roles. It is not stated when the return gives neither area of work nor job role."

	stockLine = "A vacancy figure is a position at the end of a month. Do not add months together."
)

// scope returns the line that says whose figures a sheet shows.
func (in VacanciesInput) scope() []string {
	return []string{fmt.Sprintf("Organisation: %s. Source: its vacancy returns.", in.name())}
}

func (in VacanciesInput) coverParts() coverParts {
	return coverParts{
		about: []string{
			fmt.Sprintf("How many posts of %s stand empty, how far temporary staff cover them, and how this has changed over a year.", in.name()),
			"For managers and boards: figures by staff group, by band, and for digital posts apart.",
		},
		coverage: in.coverage(),
		source:   fmt.Sprintf("Monthly vacancy returns that %s has sent to the Digital Workforce Skills Tracker.", in.name()),
		made: []section{{"How figures are made", []string{
			string(noteVacancy),
			string(noteRate),
			string(noteUnlike),
			"FTE is kept exactly and added up exactly. Rates are worked out from sums. A line of a return that leaves a measure empty adds nothing to it; a measure that no line states is not available, which is not the same as none.",
			stockLine + " A month without a return is shown as not available; nothing is carried forward.",
		}}},
		next: in.nextMonth(),
	}
}

func (in VacanciesInput) coverage() []string {
	held := 0
	for _, month := range in.months() {
		if ofMonth(in.ByMonth, month).held() {
			held++
		}
	}
	state := "No return is held"
	if ofMonth(in.ByMonth, in.AsAt).held() {
		state = "A return is held"
	}
	return []string{
		fmt.Sprintf("%s for %s.", state, in.AsAt.MonthLabel()),
		fmt.Sprintf("Returns are held for %d of the %d months to %s.", held, trendMonths, in.AsAt.MonthLabel()),
	}
}
