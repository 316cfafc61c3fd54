package report_test

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"

	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// monthly is a row of totals of a month.
func monthly(month domain.Date, group domain.Group) domain.Group {
	group.Month = &month
	return group
}

func TestDigitalLiteracyFigures(t *testing.T) {
	t.Parallel()
	rule := disclosure.Default()
	in := sampleDigitalLiteracy(rule)
	this, before := in.AsAt, in.PreviousAsAt()
	target := domain.Level(2)
	row := func(group domain.Group, people, assessed int, levels, gaps []int) disclosure.Skills {
		total := skillsTotal(group, people, assessed, levels)
		total.Gaps, total.Overdue, total.Due, total.NeverAssessed = gaps, 30, 15, 0
		if levels != nil && gaps != nil {
			total.Target = &target
		}
		return rule.Skills(total, disclosure.SkillsRow{BySubject: levels != nil})
	}
	technical := func(group domain.Group) disclosure.Skills {
		group.Competence = "TEC"
		return row(group, 1203, 309, []int{31, 3, 202, 64, 9}, []int{275, 3, 31, 0, 0})
	}
	in.Overall = []disclosure.Skills{
		row(monthly(before, domain.Group{}), 1203, 309, nil, []int{150, 159, 0, 0, 0}),
		row(monthly(this, domain.Group{}), 1203, 309, nil, []int{180, 129, 0, 0, 0}),
	}
	competence := technical(monthly(this, domain.Group{}))
	in.ByCompetence = []disclosure.Skills{competence}
	in.ByStaffGroup = report.SkillsGroups{
		ByMonth: []disclosure.Skills{
			row(monthly(this, domain.Group{StaffGroup: "10"}), 7, 7, nil, []int{0, 7, 0, 0, 0}),
			row(monthly(this, domain.Group{StaffGroup: "02"}), 1196, 302, nil, []int{180, 122, 0, 0, 0}),
			row(monthly(before, domain.Group{StaffGroup: "02"}), 1196, 302, nil, []int{151, 151, 0, 0, 0}),
		},
		ByCompetence: []disclosure.Skills{technical(domain.Group{StaffGroup: "02"})},
	}
	in.ByBand, in.ByTeam = report.SkillsGroups{}, nil
	in.Priorities = []report.Priority{{Skills: in.ByStaffGroup.ByCompetence[0], Rank: 1}, {Skills: row(domain.Group{StaffGroup: "10", Competence: "TEC"}, 7, 7, []int{7, 0, 0, 0, 0}, []int{0, 7, 0, 0, 0})}}
	b := readBook(t, literacy(in))

	share := func(reached, base int) float64 {
		parts := rule.Skills(domain.SkillsTotal{Gaps: []int{reached, base - reached, 0, 0, 0}}, disclosure.SkillsRow{}).Gaps
		return 100 * parts.Reached.Value
	}
	atTarget := share(180, 309) - share(150, 309)
	summary := b.sheet(t, "Summary")
	for label, want := range map[string][]any{
		"Staff in post (people) [note 2]":                                             {1200.0, 1200.0, 0.0, "[z]"},
		"Completion rate (per cent) [note 4]":                                         {100 * 315.0 / 1200, 100 * 315.0 / 1200, 0.0, "[z]"},
		"Overdue (people) [note 5]":                                                   {30.0, 30.0, 0.0, "[z]"},
		"Never assessed (people) [note 5]":                                            {0.0, 0.0, 0.0, "[z]"},
		"Share at or above target in every competence (per cent) [note 6]":            {share(180, 309), share(150, 309), atTarget, "[z]"},
		"Largest mean gap to target: Technical proficiency (levels) [note 7][note 8]": {competence.Gaps.Mean.Value, "[z]", "[z]", "[z]"},
	} {
		wantCells(t, label, summary.row(t, 1, label)[1:], want...)
	}
	d := competence.Distribution
	wantCells(t, "competence", b.sheet(t, "By_domain").row(t, 4, "Technical proficiency"), "TEC", "Technical proficiency", "TEC", "Technical proficiency", 315.0,
		d.Mean.Value, 2.0, 100*30.0/315, "[c]", 100*195.0/315, 100*60.0/315, 100*15.0/315, 2.0, competence.Gaps.Mean.Value, 100*competence.Gaps.Reached.Value, "[z]")
	wantCells(t, "competence without a row", b.sheet(t, "By_domain").row(t, 3, "CCP")[2:6], "CCP", "Communication, collaboration and participation", "[c]", "[c]")
	wantCells(t, "groups of levels", b.sheet(t, "By_level_group").row(t, 1, "TEC")[2:], 315.0, "[c]", 100*195.0/315, 100*60.0/315, 100*15.0/315)
	groups := b.sheet(t, "By_staff_group")
	wantCells(t, "small group", groups.row(t, 1, "10"), "10", "Supplementary Roles", "[z]", "[c]", "[c]", "[c]", "[c]", "[z]", "[x]")
	wantCells(t, "group", groups.row(t, 1, "02"), "02", "Additional Clinical Services", "Technical proficiency", 1200.0, 300.0, 100*300.0/1200, share(180, 302),
		competence.Gaps.Mean.Value, share(180, 302)-share(151, 302))
	wantCells(t, "all groups", groups.row(t, 1, "[z]"), "[z]", "All staff groups", "Technical proficiency", 1200.0, 315.0, 100*315.0/1200, share(180, 309),
		competence.Gaps.Mean.Value, atTarget)
	if codes := groups.cellsOf(1); len(codes) != 3 || codes[0].value != "02" || codes[1].value != "10" {
		t.Errorf("staff groups are not in the order of their list: %v", codes)
	}
	wantCells(t, "levels", b.sheet(t, "Level_by_group").row(t, 1, "02")[2:], "[c]", "[c]", "[c]", "[c]", d.Mean.Value, "[c]")
	wantCells(t, "heat map", b.sheet(t, "Domain_by_group").row(t, 1, "02")[2:], "[z]", "[z]", "[z]", "[z]", competence.Gaps.Mean.Value, "[z]")
	wantCells(t, "priority", b.sheet(t, "Priority_gaps").row(t, 5, "1"), "TEC", "Technical proficiency", "02", "Additional Clinical Services", 1.0,
		float64(competence.Gaps.Below.Value), competence.Gaps.Mean.Value, float64(competence.Gaps.ToClose.Value), 2.0)
	wantCells(t, "small priority", b.sheet(t, "Priority_gaps").row(t, 3, "10")[3:], "Supplementary Roles", "[c]", "[c]", "[c]", "[c]", 2.0)
	wantCells(t, "completion", b.sheet(t, "Completion").row(t, 1, "02")[2:], 1200.0, 300.0, 25.0, 15.0, 30.0, 0.0)
	month := strconv.Itoa(int(this) + 25569)
	wantCells(t, "month", b.sheet(t, "Trend_overall").row(t, 1, month)[1:], 1200.0, 315.0, 100*315.0/1200, share(180, 309))
	wantCells(t, "month without figures", b.sheet(t, "Trend_overall").row(t, 1, strconv.Itoa(int(this.AddMonths(-5).MonthEnd())+25569))[1:], "[x]", "[x]", "[x]", "[x]")
	wantCells(t, "competence of a month without figures", b.sheet(t, "Trend").row(t, 1, strconv.Itoa(int(this.AddMonths(-5).MonthEnd())+25569))[3:], "[x]", "[x]", "[x]")
	for _, s := range b.sheets {
		if s.name == "By_team" {
			t.Error("teams are shown to whoever may not see them")
		}
	}
}

// Levels are put into at most four groups of neighbours, and shares of a group are those
// shown.
func TestLevelGroups(t *testing.T) {
	t.Parallel()
	for highest, want := range map[int]string{
		1: "Level 0, Level 1", 2: "Level 0, Level 1, Level 2", 4: "Level 0 or 1, Level 2, Level 3, Level 4",
		8: "Levels 0 to 2, Level 3 or 4, Level 5 or 6, Level 7 or 8", 20: "Levels 0 to 5, Levels 6 to 10, Levels 11 to 15, Levels 16 to 20",
	} {
		f := sampleFramework()
		f.Competences = f.Competences[:1]
		f.Competences[0].MaxLevel = domain.Level(highest)
		b := readBook(t, literacyOf(disclosure.Default(), withLevels(f, highest), map[string]int{"08": 1}))
		var headers []string
		for _, c := range b.sheet(t, "By_level_group").cells {
			if strings.HasPrefix(c.value, "Level") {
				headers = append(headers, strings.TrimSuffix(c.value, " (per cent)"))
			}
		}
		if got := strings.Join(headers, ", "); got != want {
			t.Errorf("up to level %d: %s, want %s", highest, got, want)
		}
	}
}

// Whoever may not see counts of people sees none in the list of files.
func TestCountsOfFilesAboutPeople(t *testing.T) {
	t.Parallel()
	hr, manager := sampleDigitalLiteracy(disclosure.Unaltered()), sampleDigitalLiteracy(disclosure.Default())
	row := func(in report.DigitalLiteracyInput, kind string) []rawCell {
		return readBook(t, literacy(in)).sheet(t, "Data_quality").row(t, 2, kind)[3:]
	}
	wantCells(t, "HR", row(hr, "Staff list"), "Applied", "None", 7139.0, 671.0, 6460.0, 8.0, 0.0, 0.0, 12.0)
	wantCells(t, "others", row(manager, "Staff list"), "Applied", "None", "[c]", "[c]", "[c]", "[c]", "[c]", "[c]", "[c]")
	wantCells(t, "assessments", row(manager, "Assessments"), "Partly applied", "The employee number is on no staff list.", "[c]", "[c]", "[c]", "[c]", "[c]", "[c]", "[c]")
	wantCells(t, "targets", row(manager, "Targets"), "Withdrawn", "None", 12.0, 12.0, 0.0, 0.0, 0.0, 0.0, 0.0)
	wantCells(t, "returns", row(manager, "Vacancy return"), "Rejected", "The value is no number.", 40.0, 0.0, 0.0, 0.0, 40.0, 1.0, 0.0)
}

// TestNothingWithheldOfSkillsIsInThePackage looks for true counts of people in every
// part, of the charts too.
func TestNothingWithheldOfSkillsIsInThePackage(t *testing.T) {
	t.Parallel()
	const person, staff = 90001, 80003
	rule := disclosure.Default()
	in := sampleDigitalLiteracy(rule)
	canaries := []int{person, person - 7, staff}
	fill := func(rule disclosure.Rule) func(io.Writer) error {
		in.Rule = rule
		in.Overall = []disclosure.Skills{rule.Skills(skillsTotal(monthly(in.AsAt, domain.Group{}), staff, person, nil), disclosure.SkillsRow{})}
		total := skillsTotal(monthly(in.AsAt, domain.Group{Competence: "CCP"}), staff, person, []int{person - 7, 2, 5, 0, 0})
		in.ByCompetence = []disclosure.Skills{rule.Skills(total, disclosure.SkillsRow{BySubject: true})}
		return func(w io.Writer) error {
			book, err := report.DigitalLiteracy(in)
			if err != nil {
				return err
			}
			return book.Write(w, report.XLSX, report.Management)
		}
	}
	found := func(write func(io.Writer) error) string {
		var found []string
		for part, content := range readBook(t, write).parts {
			for _, canary := range canaries {
				if strings.Contains(content, strconv.Itoa(canary)) {
					found = append(found, fmt.Sprintf("%d in %s", canary, part))
				}
			}
		}
		return strings.Join(found, ", ")
	}
	if bad := found(fill(rule)); bad != "" {
		t.Error(bad)
	}
	if found(fill(disclosure.Unaltered())) == "" {
		t.Error("the search finds nothing even where the true count is shown")
	}
}
