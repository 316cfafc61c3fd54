package repository_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

func TestFiguresFollowMembershipFromMonthToMonth(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	july, august := date(2026, 7, 31), date(2026, 8, 31)
	r.store(t, people("RXB", date(2026, 6, 30), true, nurse("1"), nurse("2")))
	r.store(t, r.assessmentFile(t, "RXB", assessed("1", date(2026, 7, 1), all(1))))
	r.store(t, vacancies("RXB", cell(july, "03", "5", establishment(10, 12)), cell(august, "03", "5", establishment(20, 15))))
	importAll(t, r.Store, edition(date(2026, 8, 1), entry("RXB", "Trust B (synthetic)", inICB("Y56", "QKK"))))
	for on, want := range map[domain.Date]string{july: "QHL: 1 of 2 assessed, 1 of 1 report", august: "QKK: 1 of 2 assessed, 1 of 1 report"} {
		if got := r.skillsOf(t, domain.TotalsFilter{AsAt: on, Months: []domain.Date{on}, GroupBy: []domain.Dimension{domain.ByICB}}); !slices.Equal(got, []string{want}) {
			t.Errorf("as at %s: %v, want %s", on, got, want)
		}
	}
	totals, err := r.VacancyTotals(t.Context(), hr("RXA"), domain.TotalsFilter{
		GroupBy: []domain.Dimension{domain.ByRegion, domain.ByICB, domain.ByMonth}, Months: []domain.Date{july, august},
	})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, total := range totals {
		lines = append(lines, fmt.Sprint(total.Month, " ", total.Region, " ", total.ICB, " ", total.Vacancy, " ", total.VacancyGross, " ", total.Reporting, "/", total.Expected))
	}
	want := []string{"2026-07-31 Y60 QHL -2 0 1/1", "2026-08-31 Y56 QKK 5 5 1/1"}
	if !slices.Equal(lines, want) {
		t.Errorf("%v, want %v", lines, want)
	}
}

// fteText writes a figure that may be absent.
func fteText(v *domain.FTE) string {
	if v == nil {
		return "absent"
	}
	return v.String()
}

// An organisation that reported once is expected from then on until it closes; what
// it does not send is missing and never a zero.
func TestMissingReturnsAreShown(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	importAll(t, r.Store, edition(date(2025, 1, 1), entry("RXE", "Trust E (synthetic)", open(nil, datePointer(date(2026, 8, 31))))))
	june := date(2026, 6, 30)
	for _, organisation := range []string{"RXA", "RXE"} {
		r.store(t, vacancies(organisation, cell(june, "03", "5", establishment(10, 9)), cell(june, "08", "", domain.VacancyMeasures{Budgeted: fte(3)})))
	}
	r.store(t, vacancies("RXA", cell(date(2026, 8, 31), "03", "5", establishment(10, 8))))
	r.store(t, vacancies("RXC", cell(date(2026, 9, 30), "03", "5", establishment(7, 7))))
	// RXE's return about a month end after its last day is stored and not counted.
	r.store(t, vacancies("RXE", cell(date(2026, 9, 30), "03", "5", establishment(500, 7))))
	ask := func(by ...domain.Dimension) []string {
		var lines []string
		totals, err := r.VacancyTotals(t.Context(), hr("RXA"), domain.TotalsFilter{
			GroupBy: by, Regions: []string{"Y60"},
			Months: []domain.Date{date(2026, 5, 31), june, date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30)},
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, total := range totals {
			lines = append(lines, fmt.Sprintf("%s %s%s%s: %s, %s (%d cells, %d incomplete), %d of %d report", total.Month, total.Region, total.Organisation,
				total.StaffGroup, fteText(total.Budgeted), fteText(total.Vacancy), total.Cells, total.Incomplete, total.Reporting, total.Expected))
		}
		return lines
	}
	if diff := cmp.Diff([]string{
		"2026-06-30 Y60: 26, 2 (4 cells, 2 incomplete), 2 of 2 report",
		"2026-07-31 Y60: absent, absent (0 cells, 0 incomplete), 0 of 2 report",
		"2026-08-31 Y60: 10, 2 (1 cells, 0 incomplete), 1 of 2 report",
		"2026-09-30 Y60: 7, 0 (1 cells, 0 incomplete), 1 of 2 report",
	}, ask(domain.ByRegion)); diff != "" {
		t.Errorf("by region (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{
		"2026-06-30 RXA: 13, 1 (2 cells, 1 incomplete), 1 of 1 report", "2026-06-30 RXE: 13, 1 (2 cells, 1 incomplete), 1 of 1 report",
		"2026-07-31 RXA: absent, absent (0 cells, 0 incomplete), 0 of 1 report", "2026-07-31 RXE: absent, absent (0 cells, 0 incomplete), 0 of 1 report",
		"2026-08-31 RXA: 10, 2 (1 cells, 0 incomplete), 1 of 1 report", "2026-08-31 RXE: absent, absent (0 cells, 0 incomplete), 0 of 1 report",
		"2026-09-30 RXA: absent, absent (0 cells, 0 incomplete), 0 of 1 report", "2026-09-30 RXC: 7, 0 (1 cells, 0 incomplete), 1 of 1 report",
	}, ask(domain.ByOrganisation)); diff != "" {
		t.Errorf("by organisation (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{
		"2026-06-30 03: 20, 2 (2 cells, 0 incomplete), 2 of 2 report", "2026-06-30 08: 6, absent (2 cells, 2 incomplete), 2 of 2 report",
		"2026-08-31 03: 10, 2 (1 cells, 0 incomplete), 1 of 2 report", "2026-09-30 03: 7, 0 (1 cells, 0 incomplete), 1 of 2 report",
	}, ask(domain.ByStaffGroup)); diff != "" {
		t.Errorf("by staff group (-want +got):\n%s", diff)
	}
}

// Facts stay with the code that sent them as it was; as it is now they are those of
// whoever took over, and of nobody where several did.
func TestFactsOfOrganisationsThatWereTakenOver(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	closing := open(nil, datePointer(date(2026, 6, 30)))
	importAll(t, r.Store, edition(
		date(2026, 4, 30), entry("RXD", "D (synthetic)", closing, inICB("Y60", "QUA")), entry("RXE", "E (synthetic)", closing, inICB("Y60", "QUA")),
		entry("RXF", "F (synthetic)", closing, inICB("Y60", "QUA")),
	))
	for _, s := range [][2]string{{"RXD", "RXE"}, {"RXE", "RXA"}, {"RXF", "RXB"}, {"RXF", "RXC"}} {
		succeed(t, r.admin, s[0], s[1], "2026-07-01")
	}
	june := date(2026, 6, 30)
	for i, organisation := range []string{"RXA", "RXD", "RXE", "RXF"} {
		budgeted := int64(1) << i
		r.store(t, vacancies(organisation, cell(june, "03", "5", establishment(budgeted, 0)), cell(june, "08", "5", domain.VacancyMeasures{Advertised: known(budgeted)})))
	}
	ask := func(f domain.TotalsFilter) []string {
		t.Helper()
		f.Months = []domain.Date{june}
		totals, err := r.VacancyTotals(t.Context(), hr("RXA"), f)
		if err != nil {
			t.Fatal(err)
		}
		lines := []string{}
		for _, total := range totals {
			lines = append(lines, fmt.Sprintf("%s %s %s over %q: %s, %d of %d, gap %d, advertised %d", total.ICB, total.Organisation, total.StaffGroup, total.Over,
				fteText(total.Budgeted), total.Reporting, total.Expected, total.WithGap, total.WithAdvertised))
		}
		return lines
	}
	places := []domain.Dimension{domain.ByICB, domain.ByOrganisation}
	now := func(today domain.Date, organisations ...string) domain.TotalsFilter {
		return domain.TotalsFilter{GroupBy: places, StaffGroups: []string{"03"}, Basis: domain.BasisAsNow, Today: today, Organisations: organisations}
	}
	for name, c := range map[string]struct {
		filter domain.TotalsFilter
		want   []string
	}{
		"as it was": {domain.TotalsFilter{GroupBy: places, StaffGroups: []string{"03"}}, []string{
			`QHL RXA  over "": 1, 1 of 1, gap 1, advertised 0`, `QUA RXD  over "": 2, 1 of 1, gap 1, advertised 0`,
			`QUA RXE  over "": 4, 1 of 1, gap 1, advertised 0`, `QUA RXF  over "": 8, 1 of 1, gap 1, advertised 0`,
		}},
		"as it is now": {now(date(2026, 7, 1)), []string{
			`QHL RXA  over "": 7, 3 of 3, gap 3, advertised 0`, `unassigned (split) unassigned (split)  over "": 8, 1 of 1, gap 1, advertised 0`,
		}},
		"before the successions": {now(june), []string{
			`QHL RXA  over "": 1, 1 of 1, gap 1, advertised 0`, `QUA RXD  over "": 2, 1 of 1, gap 1, advertised 0`,
			`QUA RXE  over "": 4, 1 of 1, gap 1, advertised 0`, `QUA RXF  over "": 8, 1 of 1, gap 1, advertised 0`,
		}},
		"of one today":        {now(date(2026, 7, 1), "RXA"), []string{`QHL RXA  over "": 7, 3 of 3, gap 3, advertised 0`}},
		"of one that is gone": {now(date(2026, 7, 1), "RXE"), []string{}},
		"of one of its heirs": {now(date(2026, 7, 1), "RXB"), []string{}},
		"of one that is gone, as was": {domain.TotalsFilter{GroupBy: places, StaffGroups: []string{"03"}, Organisations: []string{"RXE"}}, []string{
			`QUA RXE  over "": 4, 1 of 1, gap 1, advertised 0`,
		}},
		"with subtotals": {
			domain.TotalsFilter{
				GroupBy: []domain.Dimension{domain.ByICB, domain.ByStaffGroup}, Subtotals: true, Basis: domain.BasisAsNow, Today: date(2026, 7, 1), Bands: []string{"5"},
			},
			[]string{
				`QHL  03 over "": 7, 3 of 3, gap 3, advertised 0`, `QHL  08 over "": absent, 3 of 3, gap 0, advertised 3`,
				`unassigned (split)  03 over "": 8, 1 of 1, gap 1, advertised 0`,
				`unassigned (split)  08 over "": absent, 1 of 1, gap 0, advertised 1`,
				`  03 over "icb": 15, 4 of 4, gap 4, advertised 0`, `  08 over "icb": absent, 4 of 4, gap 0, advertised 4`,
				`QHL   over "staff_group": 7, 3 of 3, gap 3, advertised 3`, `unassigned (split)   over "staff_group": 8, 1 of 1, gap 1, advertised 1`,
				`   over "icb,staff_group": 15, 4 of 4, gap 4, advertised 4`,
			},
		},
	} {
		if diff := cmp.Diff(c.want, ask(c.filter)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
