package report_test

import (
	"slices"
	"strings"
	"testing"

	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// Where it is shown that nobody has been assessed, there is nothing to withhold.
func TestFrameworkThatNobodyUsed(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		assessed int
		base     any
		shown    string
	}{"nobody assessed": {0, 0.0, "[z]"}, "a few assessed": {3, "[c]", "[c]"}} {
		in := sampleDigitalLiteracy(disclosure.Default())
		row := in.Rule.Skills(skillsTotal(domain.Group{Month: &in.AsAt}, 400, test.assessed, nil), disclosure.SkillsRow{})
		in.Overall, in.ByCompetence = []disclosure.Skills{row}, nil
		cells := readBook(t, made(report.DigitalLiteracy(in))).sheet(t, "By_domain").row(t, 4, "Technical proficiency")
		wantCells(t, name, cells[4:9], test.base, test.shown, test.shown, test.shown, test.shown)
	}
}

// A largest gap is only the largest of those that are shown.
func TestLargestGapOfThoseShown(t *testing.T) {
	t.Parallel()
	of := func(in report.DigitalLiteracyInput) string {
		var labels []string
		for _, c := range readBook(t, made(report.DigitalLiteracy(in))).sheet(t, "Summary").cellsOf(1) {
			if strings.HasPrefix(c.value, "Largest mean gap") {
				labels = append(labels, c.value)
			}
		}
		return strings.Join(labels, "; ")
	}
	in := sampleDigitalLiteracy(disclosure.Default())
	if got := of(in); !strings.HasPrefix(got, "Largest mean gap to target: Technical") {
		t.Errorf("the row is %q", got)
	}
	in.ByCompetence = slices.Clone(in.ByCompetence)
	withheld := false
	for i, row := range in.ByCompetence {
		if *row.Month == in.AsAt && row.Gaps != nil && row.Competence != "TEC" {
			gaps := *row.Gaps
			gaps.Mean = disclosure.Average{Status: domain.StatusConfidential}
			in.ByCompetence[i].Gaps, withheld = &gaps, true
		}
	}
	if got := of(in); !withheld || !strings.HasPrefix(got, "Largest mean gap to target of those shown: Technical") {
		t.Errorf("with another withheld the row is %q", got)
	}
}

// A table of which nearly everything is withheld says so above.
func TestTeamsTooSmall(t *testing.T) {
	t.Parallel()
	const says = "Figures about targets and gaps are shown for no team,"
	for name, test := range map[string]struct {
		rule disclosure.Rule
		want bool
	}{"small teams": {disclosure.Default(), true}, "for HR": {disclosure.Unaltered(), false}} {
		in := sampleLiteracyOf(test.rule, sampleFramework(), map[string]int{"03": 6, "08": 6})
		lines := readBook(t, made(report.DigitalLiteracy(in))).sheet(t, "By_team").columnA()
		if strings.Contains(lines, says) != test.want {
			t.Errorf("%s: the lines are %s", name, lines)
		}
	}
}

// The cover says why nothing is held of an organisation that was not open.
func TestOrganisationNotOpen(t *testing.T) {
	t.Parallel()
	cover := func(opened, closed *domain.Date) string {
		in := sampleVacancies(disclosure.Default())
		in.Organisation.OpenedOn, in.Organisation.ClosedOn = opened, closed
		return readBook(t, made(report.Vacancies(in))).sheet(t, "Cover").columnA()
	}
	asAt := sampleAbout().AsAt
	before, after := asAt-30, asAt+1
	for says, text := range map[string]string{
		"The organisation opened on " + after.LongLabel() + ", after the date":   cover(&after, nil),
		"The organisation closed on " + before.LongLabel() + ", before the date": cover(nil, &before),
	} {
		if !strings.Contains(text, says) {
			t.Errorf("the cover does not say %q", says)
		}
	}
	if text := cover(&before, &after); strings.Contains(text, "The organisation opened") || strings.Contains(text, "The organisation closed") {
		t.Error("the cover speaks of dates that do not matter")
	}
}

// columnA returns the texts of column A, a line each.
func (s rawSheet) columnA() string {
	var text strings.Builder
	for _, c := range s.cells {
		if c.col == 1 {
			text.WriteString(c.value + "\n")
		}
	}
	return text.String()
}
