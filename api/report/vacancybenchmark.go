package report

import (
	"fmt"
	"slices"

	"skillstracker/domain"
)

// VacancyBenchmark holds what an organisation's vacancy rates are compared with, at
// About.AsAt. The rows of other organisations are not in it.
type VacancyBenchmark struct {
	// ICB and Region are the places whose figures are compared, by the membership of the
	// date. Without a code the organisation belongs to none.
	ICB, Region VacancyPlace
	Nation      []VacancyRow // by staff group, with the subtotal over it
	Standings   []VacancyStanding
}

// VacancyPlace is an ICB or a region with its totals by staff group and the subtotal
// over it.
type VacancyPlace struct {
	Code, Name string
	Rows       []VacancyRow
}

// VacancyStanding is where an organisation stands among those of its region that state
// a rate for a staff group, or for all posts when StaffGroup is empty.
type VacancyStanding struct {
	StaffGroup string
	Rank       int // from 1, the highest rate; equal rates have equal rank
	Compared   int // organisations, the own one included
}

// FewestCompared is the number of organisations below which no rank is given.
const FewestCompared = 3

// benchmark returns a sheet that compares the establishment vacancy rates of the
// organisation with those of its ICB, its region and England.
func (in VacanciesInput) benchmark() (*sheet, error) {
	s := &sheet{
		name:       SheetBenchmark,
		about:      "Vacancy rates by staff group beside those of the integrated care board, the region and England",
		title:      in.sheetTitle("Establishment vacancy rates compared"),
		titleNotes: []note{noteRate},
		table:      "vacancies_benchmark",
		lines: append(in.scope(), fmt.Sprintf("Integrated care board: %s. Region: %s.",
			in.Benchmark.ICB.label(), in.Benchmark.Region.label())),
		columns: []column{
			{header: "Staff group code", kind: kindCode},
			{header: "Staff group", kind: kindText},
			{header: "This organisation (per cent)", kind: kindOne},
			{header: "Integrated care board (per cent)", kind: kindOne, notes: []note{noteBenchmark}},
			{header: "Region (per cent)", kind: kindOne, notes: []note{noteBenchmark}},
			{header: "England (per cent)", kind: kindOne, notes: []note{noteBenchmark}},
			{header: "Rank in region (number)", kind: kindWhole, notes: []note{noteRank}},
			{header: "Organisations compared (number)", kind: kindWhole, notes: []note{noteRank}},
		},
	}
	groups := staffGroupNames(in.StaffGroups)
	rows, err := inOrder(in.compared(), groups, func(group string) string { return group })
	if err != nil {
		return nil, err
	}
	for _, group := range rows {
		s.rows = append(s.rows, append(group.cells(), in.comparison(group.code)...))
	}
	if len(rows) > 0 {
		s.rows = append(s.rows, append(allOf("staff group"), in.comparison("")...))
	}
	return s, nil
}

// compared returns the staff groups of which anything is held.
func (in VacanciesInput) compared() []string {
	var groups []string
	for _, rows := range [][]VacancyRow{in.ByStaffGroup, in.Benchmark.ICB.Rows, in.Benchmark.Region.Rows, in.Benchmark.Nation} {
		for _, r := range heldOnly(rows) {
			if r.posts.Over == "" && !slices.Contains(groups, r.posts.StaffGroup) {
				groups = append(groups, r.posts.StaffGroup)
			}
		}
	}
	return groups
}

// comparison returns the figures of a staff group, or of all posts when it is empty.
func (in VacanciesInput) comparison(group string) []value {
	own := ofMonth(in.ByMonth, in.AsAt)
	if group != "" {
		own = ofGroup(in.ByStaffGroup, group)
	}
	cells := []value{own.rate()}
	for _, place := range []VacancyPlace{in.Benchmark.ICB, in.Benchmark.Region} {
		if place.Code == "" {
			cells = append(cells, absent(domain.StatusNotApplicable))
			continue
		}
		cells = append(cells, ofGroup(place.Rows, group).rate())
	}
	cells = append(cells, ofGroup(in.Benchmark.Nation, group).rate())
	standing := VacancyStanding{}
	for _, each := range in.Benchmark.Standings {
		if each.StaffGroup == group {
			standing = each
		}
	}
	if standing.Rank == 0 || standing.Compared < FewestCompared {
		return append(cells, absent(domain.StatusNotApplicable), numberValue(float64(standing.Compared)))
	}
	return append(cells, numberValue(float64(standing.Rank)), numberValue(float64(standing.Compared)))
}

// ofGroup returns the row of a staff group, the subtotal when it is empty, or that of no
// return.
func ofGroup(rows []VacancyRow, group string) VacancyRow {
	for _, r := range heldOnly(rows) {
		if group == "" && r.posts.Over == string(domain.ByStaffGroup) || group != "" && r.posts.StaffGroup == group {
			return r
		}
	}
	return noReturn()
}

func (p VacancyPlace) label() string {
	switch {
	case p.Code == "":
		return "none"
	case plain(p.Name) == "":
		return p.Code
	}
	return fmt.Sprintf("%s (%s)", plain(p.Name), p.Code)
}

// Standing returns where a rate stands among rates, of which it is one.
func Standing(group string, own float64, rates []float64) VacancyStanding {
	standing := VacancyStanding{StaffGroup: group, Rank: 1, Compared: len(rates)}
	for _, rate := range rates {
		if rate > own {
			standing.Rank++
		}
	}
	return standing
}
