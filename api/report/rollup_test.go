package report_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

func TestRollupFigures(t *testing.T) {
	t.Parallel()
	in := sampleRollup(domain.ByNation, 2, 400)
	b := readBook(t, made(report.Rollup(in)))
	// Three organisations in each of two regions, of which the third reports nothing.
	wantCells(t, "region", b.sheet(t, "By_region").row(t, 1, "Y60")[1:5], "Region number 60 (synthetic)", 2.0, 3.0, 100*2.0/3)
	wantCells(t, "ICB", b.sheet(t, "By_ICB").row(t, 1, "Q01")[1:7], "Integrated Care Board number 1 (synthetic)", "Y60", "Region number 60 (synthetic)", 1.0, 1.0, 100.0)
	if rows := b.sheet(t, "By_organisation").cellsOf(1); len(rows) != 4 {
		t.Errorf("%d organisations have figures, not the 4 that report", len(rows))
	}
	wantCells(t, "all regions", b.sheet(t, "By_region").row(t, 1, "[z]")[:5], "[z]", "All regions", 4.0, 6.0, 100*4.0/6)
	if rows := b.sheet(t, "Trend").cellsOf(1); len(rows) != 24 {
		t.Errorf("the trend has %d rows, not 12 months of 2 regions", len(rows))
	}
	previous := b.sheet(t, "By_month").cellsOf(1)
	if len(previous) != 12 {
		t.Errorf("%d months", len(previous))
	}
}

// What is not held is not available, and never a zero.
func TestRollupOfNothing(t *testing.T) {
	t.Parallel()
	in := sampleRollup(domain.ByNation, 1, 50)
	b := readBook(t, made(report.Rollup(report.RollupInput{About: in.About, Framework: in.Framework})))
	summary := b.sheet(t, "Summary")
	for label, want := range map[string][]any{
		"Organisations reporting (number) [note 1]":         {0.0, 0.0, 0.0},
		"Coverage (per cent) [note 1]":                      {"[z]", "[z]", "[z]"},
		"Vacancy FTE (full-time equivalent) [note 4]":       {"[x]", "[x]", "[x]"},
		"Establishment vacancy rate (per cent) [note 5]":    {"[x]", "[x]", "[x]"},
		"Digital vacancy rate (per cent) [note 6][note 5]":  {"[x]", "[x]", "[x]"},
		"Staff in post (people) [note 9]":                   {"[x]", "[x]", "[x]"},
		"Share at or above target (per cent) [note 11]":     {"[x]", "[x]", "[x]"},
		"Organisations with a staff list (number) [note 9]": {"[x]", "[x]", "[x]"},
	} {
		wantCells(t, label, summary.row(t, 1, label)[1:], want...)
	}
	if got := b.sheet(t, "Coverage").cellsOf(2); len(got) != 1 {
		t.Errorf("coverage of nothing has %d rows", len(got))
	}
}

func TestRollupRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*report.RollupInput)
		says   string
	}{
		"an organisation": {func(in *report.RollupInput) {
			in.Receipt.Area = report.Area{Kind: domain.ByOrganisation, Code: "RXX9"}
		}, "not about"},
		"no name":                {func(in *report.RollupInput) { in.AreaName = " " }, "has no name"},
		"unknown staff group":    {func(in *report.RollupInput) { in.StaffGroups = in.StaffGroups[1:] }, `"01"`},
		"unknown area of work":   {func(in *report.RollupInput) { in.AreasOfWork = nil }, `"A102"`},
		"unknown job role":       {func(in *report.RollupInput) { in.JobRoles = in.JobRoles[:1] }, `"ASC33"`},
		"uncovered organisation": {func(in *report.RollupInput) { in.Coverage = in.Coverage[1:] }, `"RX00"`},
		"two rows":               {func(in *report.RollupInput) { in.DigitalRoles = append(in.DigitalRoles, in.DigitalRoles[0]) }, "two rows"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := sampleRollup(domain.ByNation, 1, 50)
			test.change(&in)
			var out bytes.Buffer
			if err := made(report.Rollup(in))(&out); err == nil || !strings.Contains(err.Error(), test.says) || out.Len() > 0 {
				t.Errorf("got %v and %d bytes, want an error that says %q", err, out.Len(), test.says)
			}
		})
	}
}

// No part of the file holds a true count of people, charts and properties included.
func TestRollupHoldsNothingWithheld(t *testing.T) {
	t.Parallel()
	in := sampleRollup(domain.ByICB, 1, 50)
	const staff, headcount = 90001, 70002
	people := staff
	row := in.Rule.Skills(domain.SkillsTotal{Group: domain.Group{Over: "region,icb"}, StaffInPost: &people, Assessed: people, AssessedListed: people}, disclosure.SkillsRow{})
	in.PlaceSkills = []disclosure.Skills{row}
	heads, none := headcount, 0
	total := domain.VacancyTotal{Group: domain.Group{Over: "region,icb,digital"}, Cells: 1, Headcount: &heads, RateHeadcount: &heads, RateReported: &none, Reported: &none}
	in.Places = []report.VacancyRow{report.NewVacancyRow(in.Rule, total)}
	book, err := report.Rollup(in)
	if err != nil {
		t.Fatal(err)
	}
	for part, content := range readBook(t, func(w io.Writer) error { return book.Write(w, report.XLSX, report.Management) }).parts {
		for _, canary := range []string{"90001", "70002"} {
			if strings.Contains(content, canary) {
				t.Errorf("part %s holds the true count %s", part, canary)
			}
		}
	}
	if cells := readBook(t, made(book, nil)).sheet(t, "Summary").row(t, 1, "Staff in post (people) [note 9]"); cells[1].value != "90000" {
		t.Errorf("the rounded count is not shown: %v", cells)
	}
}
