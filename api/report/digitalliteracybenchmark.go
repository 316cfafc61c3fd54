package report

import (
	"fmt"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// SkillsBenchmark holds what the organisation's figures are compared with, at
// About.AsAt and by the membership of that date.
type SkillsBenchmark struct {
	// Rule is the one that the figures of the areas have passed.
	Rule                disclosure.Rule
	ICB, Region, Nation SkillsArea
}

// SkillsArea is an ICB, a region or the nation with its totals. One without a name is
// none: the organisation belongs to no such area.
type SkillsArea struct {
	Code, Name   string
	Overall      *disclosure.Skills // nil when the totals hold no row
	ByCompetence []disclosure.Skills
}

func (a SkillsArea) label() string {
	switch {
	case a.Name == "":
		return "none"
	case a.Code == "":
		return plain(a.Name)
	}
	return fmt.Sprintf("%s (%s)", plain(a.Name), a.Code)
}

// benchmark returns a sheet that compares the organisation with the areas around it.
func (in DigitalLiteracyInput) benchmark(this skillsPeriod) (*sheet, error) {
	s := &sheet{
		name:       SheetBenchmark,
		about:      "Main figures beside those of the integrated care board, the region and England",
		title:      in.sheetTitle("Digital literacy compared"),
		titleNotes: []note{noteBenchmarkSkills},
		table:      "digital_literacy_benchmark",
		lines: append(in.scope(),
			fmt.Sprintf("Integrated care board: %s. Region: %s.", in.Benchmark.ICB.label(), in.Benchmark.Region.label()),
			"All figures are shown to one decimal place."),
		columns: []column{
			{header: "Measure", kind: kindText},
			{header: "This organisation (unit varies)", kind: kindOne},
			{header: "Integrated care board (unit varies)", kind: kindOne},
			{header: "Region (unit varies)", kind: kindOne},
			{header: "England (unit varies)", kind: kindOne},
		},
	}
	if in.unaltered() {
		s.lines = append(s.lines, fmt.Sprintf("Figures of the organisation are unaltered. Those of the areas have passed the disclosure rule %s.", in.Benchmark.Rule.Name()))
	}
	areas := []SkillsArea{in.Benchmark.ICB, in.Benchmark.Region, in.Benchmark.Nation}
	around := in
	around.Rule = in.Benchmark.Rule
	periods := make([]skillsPeriod, len(areas))
	for i, area := range areas {
		var err error
		if periods[i], err = around.periodOf(area.Overall, area.ByCompetence); err != nil {
			return nil, fmt.Errorf("area %s: %w", area.label(), err)
		}
	}
	add := func(label value, figure func(skillsPeriod) value) {
		row := []value{label, figure(this)}
		for i, area := range areas {
			if area.Name == "" {
				row = append(row, absent(domain.StatusNotApplicable))
				continue
			}
			row = append(row, figure(periods[i]))
		}
		s.rows = append(s.rows, row)
	}
	for _, m := range in.shares() {
		add(textValue(m.label, m.notes...), func(p skillsPeriod) value { return p.figure(m.figure) })
	}
	for i, c := range in.Framework.Competences {
		add(textValue(c.Name+" (mean level)", in.noteAverages()), func(p skillsPeriod) value { return averageValue(p.competences[i].distribution.Mean) })
	}
	for _, covered := range []struct {
		label string
		of    func(disclosure.Skills) int
	}{
		{"Organisations with a current assessment (number)", func(s disclosure.Skills) int { return s.Reporting }},
		{"Organisations expected to send assessments (number)", func(s disclosure.Skills) int { return s.Expected }},
	} {
		add(textValue(covered.label), func(p skillsPeriod) value {
			return p.figure(func(s disclosure.Skills) value { return numberValue(float64(covered.of(s))) })
		})
	}
	return s, nil
}
