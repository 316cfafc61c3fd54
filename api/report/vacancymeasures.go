package report

import (
	"strings"

	"skillstracker/domain"
)

// measure is a figure of a row of vacancy totals with its header.
type measure struct {
	column
	figure func(VacancyRow) value
}

func establishmentMeasures() []measure {
	return []measure{
		{column{"Budgeted FTE (full-time equivalent)", kindOne, []note{noteBudgeted}}, func(r VacancyRow) value { return fteValue(r.posts.Budgeted) }},
		{column{"Contracted FTE (full-time equivalent)", kindOne, []note{noteContracted}}, func(r VacancyRow) value { return fteValue(r.posts.Contracted) }},
		{column{"Vacancy FTE (full-time equivalent)", kindOne, []note{noteVacancy}}, func(r VacancyRow) value { return fteValue(r.posts.Vacancy) }},
		{column{"Establishment vacancy rate (per cent)", kindOne, []note{noteRate}}, VacancyRow.rate},
	}
}

func measures() []measure {
	return append(establishmentMeasures(),
		measure{column{"Bank FTE (full-time equivalent)", kindOne, []note{noteTemporary}}, func(r VacancyRow) value { return fteValue(r.posts.Bank) }},
		measure{column{"Agency FTE (full-time equivalent)", kindOne, []note{noteTemporary}}, func(r VacancyRow) value { return fteValue(r.posts.Agency) }},
		measure{column{"Temporary cover (per cent)", kindOne, []note{noteCover}}, VacancyRow.temporaryCover},
		measure{column{"Advertised posts (number)", kindWhole, []note{noteUnlike}}, func(r VacancyRow) value { return postsValue(r.posts.Advertised) }},
		measure{column{"Reported vacancies (number)", kindWhole, []note{noteUnlike}}, func(r VacancyRow) value { return postsValue(r.posts.Reported) }},
	)
}

func summaryMeasures() []measure {
	list := measures()
	gross := measure{column{"Vacancy FTE, gross (full-time equivalent)", kindOne, []note{noteGross}}, func(r VacancyRow) value { return fteValue(r.posts.VacancyGross) }}
	list = append(list[:3:3], append([]measure{gross}, list[3:]...)...)
	return append(list,
		measure{column{"Staff headcount (people)", kindOne, []note{noteHeadcount}}, func(r VacancyRow) value { return countValue(r.headcount) }},
		measure{column{"Reported vacancy rate (per cent)", kindOne, []note{noteReportedRate}}, func(r VacancyRow) value { return shareValue(r.reportedRate) }},
		measure{column{"Incomplete lines of the return (number)", kindOne, []note{noteIncomplete}}, VacancyRow.incomplete},
	)
}

func figures(list []measure, row VacancyRow) []value {
	values := make([]value, len(list))
	for i, m := range list {
		values[i] = m.figure(row)
	}
	return values
}

func columns(labels []column, list []measure) []column {
	for _, m := range list {
		labels = append(labels, m.column)
	}
	return labels
}

// positionMeasure is a figure of a row of position-vacancy totals with its header.
type positionMeasure struct {
	column
	figure func(domain.PositionTotal) value
}

// positionMeasures are the posts being recruited to at a date. Without a record of any,
// nothing is available; with none open, days are not applicable.
func positionMeasures() []positionMeasure {
	days := func(of func(domain.PositionTotal) (float64, bool)) func(domain.PositionTotal) value {
		return func(p domain.PositionTotal) value {
			n, known := of(p)
			switch {
			case p.Reporting == 0:
				return absent(domain.StatusNotAvailable)
			case !known:
				return absent(domain.StatusNotApplicable)
			}
			return numberValue(n)
		}
	}
	return []positionMeasure{
		{column{"Open posts (number)", kindWhole, []note{noteOpenPosts}}, func(p domain.PositionTotal) value {
			if p.Reporting == 0 {
				return absent(domain.StatusNotAvailable)
			}
			return numberValue(float64(p.OpenPosts))
		}},
		{column{"Median days open (days)", kindOne, []note{noteDaysOpen}}, days(func(p domain.PositionTotal) (float64, bool) {
			if p.MedianDaysOpen == nil {
				return 0, false
			}
			return *p.MedianDaysOpen, true
		})},
		{column{"Longest days open (days)", kindWhole, []note{noteDaysOpen}}, days(func(p domain.PositionTotal) (float64, bool) {
			if p.LongestDaysOpen == nil {
				return 0, false
			}
			return float64(*p.LongestDaysOpen), true
		})},
	}
}

func positionColumns(labels []column) []column {
	for _, m := range positionMeasures() {
		labels = append(labels, m.column)
	}
	return labels
}

func positionFigures(cells []value, p domain.PositionTotal) []value {
	for _, m := range positionMeasures() {
		cells = append(cells, m.figure(p))
	}
	return cells
}

// positionsOfMonth returns the row of a month end, or one of no organisation.
func positionsOfMonth(rows []domain.PositionTotal, month domain.Date) domain.PositionTotal {
	for _, row := range rows {
		if row.Month != nil && *row.Month == month {
			return row
		}
	}
	return domain.PositionTotal{}
}

// noneOpen is the row of a group of which no position vacancy is held: when the
// organisation has sent others it has none open, and otherwise nothing is known.
func noneOpen(all domain.PositionTotal) domain.PositionTotal {
	return domain.PositionTotal{Coverage: all.Coverage}
}

// byList returns a sheet of every measure by a reference list, with all posts as
// the last row.
func (in VacanciesInput) byList(name, by, label string, rows []labelled[VacancyRow]) *sheet {
	s := &sheet{
		name:    name,
		about:   "Posts, vacancies and temporary cover by " + by,
		title:   in.sheetTitle("Vacancies by " + by),
		table:   "vacancies_" + strings.ToLower(name),
		lines:   in.scope(),
		columns: columns([]column{{header: label + " code", kind: kindCode}, {header: label, kind: kindText}}, measures()),
	}
	for _, r := range rows {
		s.rows = append(s.rows, append(r.cells(), figures(measures(), r.row)...))
	}
	if all := ofMonth(in.ByMonth, in.AsAt); len(rows) > 0 && all.held() {
		s.rows = append(s.rows, append(allOf(by), figures(measures(), all)...))
	}
	return s
}
