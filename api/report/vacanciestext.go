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
	noteDigital      note = "A post is digital when its area of work is Informatics or Clinical Informatics, or when its job role is one of the social care digital roles. It is not stated when the return gives no area of work and the job role is not one of these."

	noteOverEstablished note = "Lines of the return of which more FTE is contracted than budgeted, so that their vacancy FTE is below zero. Negative vacancies are kept: they make the vacancy FTE smaller and are left out of the gross vacancy FTE."
	noteDigitalRole     note = "All: every line of the role is about digital posts. Some: some of its lines are. None: no line is, as far as the return says."
	noteOpenPosts       note = "Open posts are being recruited to on the date: opened by then, neither filled nor closed by then, and not rejected or unapproved. They come from the organisation's position vacancies. One record may stand for several posts alike; each post counts. They are not the vacancy FTE and must not be added to it."
	noteOpenFTE         note = "FTE is of all the posts of the record together."
	noteDaysOpen        note = "Days from the day on which recruitment opened to the date of this workbook. The median and the longest are over the open posts and not applicable when there are none."
	noteStatus          note = "Status is the status of the record in the National Workforce Data Set, as last sent. A record that was filled or closed after the date of this workbook was open on it."
	noteBenchmark       note = "Rates of the integrated care board, the region and England are worked out from the sums of all organisations that state budgeted and contracted FTE, this one among them."
	noteRank            note = "Rank 1 is the highest vacancy rate among the organisations of the region that state one for the staff group on the date; equal rates have equal rank. It is not applicable when the organisation states none or when fewer than 3 are compared. The figures of other organisations have no rows of their own; where an area has only one other, its rate can be worked out from the figures of the area."

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
			in.fineness(),
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

// fineness says whether the sheets are in the workbook that not everybody may see.
func (in VacanciesInput) fineness() string {
	if in.Fine == nil {
		return "Job roles, digital roles and open vacancies of one organisation are for its own HR team and managers. The worksheets By_role, Digital_roles and Open_vacancies are left out."
	}
	return "The worksheets By_role, Digital_roles and Open_vacancies are for the organisation's own HR team and managers."
}

func (in VacanciesInput) coverage() []string {
	held := 0
	for _, month := range Months(in.AsAt) {
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
		fmt.Sprintf("Returns are held for %d of the %d months to %s.", held, TrendMonths, in.AsAt.MonthLabel()),
	}
}
