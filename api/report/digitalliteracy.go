package report

import (
	"fmt"
	"slices"
	"strings"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// SkillsPeriod is what the totals say of an organisation at one date.
type SkillsPeriod struct {
	// Overall is the row of everybody, nil when the totals hold none.
	Overall *disclosure.Skills
	// ByCompetence holds a row, with a distribution, for each competence.
	ByCompetence []disclosure.Skills
}

// DigitalLiteracyInput is what a digital-literacy workbook is made from: rows of
// digital-literacy totals of one organisation and framework version that have
// passed About.Rule.
type DigitalLiteracyInput struct {
	About
	Framework   domain.FrameworkVersion
	StaffGroups []domain.StaffGroup
	Bands       []domain.Band
	// This is about About.AsAt, Previous about About.PreviousAsAt.
	This, Previous SkillsPeriod
	ByStaffGroup   []disclosure.Skills
	ByBand         []disclosure.Skills
	// ByStaffGroupAndCompetence holds rows with a distribution.
	ByStaffGroupAndCompetence []disclosure.Skills
}

// DigitalLiteracy makes the digital-literacy report. It fails when a
// row names a staff group, band or competence that the lists do not hold, or when
// what About says is incomplete.
func DigitalLiteracy(in DigitalLiteracyInput) (*Book, error) {
	in.Receipt.Report = NameDigitalLiteracy
	if err := in.validate(); err != nil {
		return nil, err
	}
	now, err := in.distributions(in.This.ByCompetence, in.This.nobody(in.Rule))
	if err != nil {
		return nil, err
	}
	before, err := in.distributions(in.Previous.ByCompetence, in.Previous.nobody(in.Rule))
	if err != nil {
		return nil, err
	}
	groups, err := inOrder(in.ByStaffGroup, staffGroupNames(in.StaffGroups), func(s disclosure.Skills) string { return s.StaffGroup })
	if err != nil {
		return nil, err
	}
	bands, err := inOrder(in.ByBand, bandNames(in.Bands), func(s disclosure.Skills) string { return s.Band })
	if err != nil {
		return nil, err
	}
	levels, err := in.domainByGroup()
	if err != nil {
		return nil, err
	}
	sheets := []*sheet{
		in.summary(now, before),
		in.byDomain(now),
		in.completion("By_staff_group", "staff group", "Staff group", groups),
		in.completion("By_band", "band", "Band", bands),
		levels,
	}
	keywords := []string{"digital literacy", "digital skills", "workforce", "assessment", in.Framework.Framework, in.Organisation.Code}
	return in.book(bookParts{subject: "Digital literacy of staff", keywords: keywords, cover: in.coverParts(), sheets: sheets})
}

// nobody returns what stands for a competence without a row: what the rule makes
// of nobody, so that a missing row tells no more than an empty one, or not
// available when nothing is known of the period.
func (p SkillsPeriod) nobody(rule disclosure.Rule) func(levels int) disclosure.Distribution {
	return func(levels int) disclosure.Distribution {
		if p.Overall != nil {
			return rule.Distribution(make([]int, levels), 0)
		}
		none := domain.StatusNotAvailable
		return disclosure.Distribution{
			Base:   disclosure.Count{Status: none},
			Shares: slices.Repeat([]disclosure.Share{{Status: none}}, levels),
			Mean:   disclosure.Average{Status: none},
			Median: disclosure.Average{Status: none},
		}
	}
}

// distributions returns one distribution for each competence of the framework, in
// its order, and what nobody returns for a competence without a row.
func (in DigitalLiteracyInput) distributions(rows []disclosure.Skills, nobody func(levels int) disclosure.Distribution) ([]disclosure.Distribution, error) {
	list := make([]disclosure.Distribution, len(in.Framework.Competences))
	seen := make([]bool, len(list))
	for i, c := range in.Framework.Competences {
		list[i] = nobody(int(c.MaxLevel) + 1)
	}
	for _, row := range rows {
		i, known := in.Framework.CompetenceIndex(row.Competence)
		switch {
		case !known:
			return nil, fmt.Errorf("report: competence %q of a row of totals is not in framework %s %s", row.Competence, in.Framework.Framework, in.Framework.Version)
		case seen[i]:
			return nil, fmt.Errorf("report: two rows of totals for competence %q", row.Competence)
		case row.Distribution == nil:
			return nil, fmt.Errorf("report: the row of totals for competence %q has no distribution", row.Competence)
		case len(row.Distribution.Shares) != len(list[i].Shares):
			return nil, fmt.Errorf("report: the row of totals for competence %q has %d levels and not %d", row.Competence, len(row.Distribution.Shares), len(list[i].Shares))
		}
		list[i], seen[i] = *row.Distribution, true
	}
	return list, nil
}

func (in DigitalLiteracyInput) summary(now, before []disclosure.Distribution) *sheet {
	s := &sheet{
		name:  "Summary",
		about: "Main figures with those of the month before",
		title: in.sheetTitle("Digital literacy summary"),
		table: "digital_literacy_summary",
		lines: append(in.scope(),
			fmt.Sprintf("This period is %s and the previous period is %s.", in.AsAt.LongLabel(), in.PreviousAsAt().LongLabel()),
			"All figures are shown to one decimal place. Change is this period less the previous one; for rates, percentage points.",
		),
		columns: []column{
			{header: "Measure", kind: kindText},
			{header: "This period (unit varies)", kind: kindOne},
			{header: "Previous period (unit varies)", kind: kindOne},
			{header: "Change (unit varies)", kind: kindChange},
		},
	}
	add := func(label, this, previous value) {
		s.rows = append(s.rows, []value{label, this, previous, change(this, previous)})
	}
	this, previous := orNotAvailable(in.This.Overall), orNotAvailable(in.Previous.Overall)
	add(textValue("Staff in post (people)", noteStaffInPost), countValue(this.StaffInPost), countValue(previous.StaffInPost))
	add(textValue("Staff assessed (people)", in.noteAssessed()), countValue(this.Assessed), countValue(previous.Assessed))
	add(textValue("Completion rate (per cent)", noteCompletion), shareValue(this.CompletionRate), shareValue(previous.CompletionRate))
	for i, c := range in.Framework.Competences {
		add(textValue(c.Name+" (mean level)", in.noteAverages()), averageValue(now[i].Mean), averageValue(before[i].Mean))
	}
	return s
}

func orNotAvailable(s *disclosure.Skills) disclosure.Skills {
	if s != nil {
		return *s
	}
	none := domain.StatusNotAvailable
	return disclosure.Skills{
		StaffInPost:    disclosure.Count{Status: none},
		Assessed:       disclosure.Count{Status: none},
		CompletionRate: disclosure.Share{Status: none},
		DatesStatus:    none,
	}
}

func (in DigitalLiteracyInput) byDomain(now []disclosure.Distribution) *sheet {
	s := &sheet{
		name:       "By_domain",
		about:      "Staff assessed, average and share at each level, by competence",
		title:      in.sheetTitle("Digital literacy by competence"),
		titleNotes: []note{in.noteLevels()},
		table:      "digital_literacy_by_domain",
		lines:      in.scope(),
		columns: []column{
			{header: "Competence code", kind: kindCode},
			{header: "Competence", kind: kindText},
			{header: "Staff assessed (people)", kind: kindWhole, notes: []note{noteAnswered}},
			{header: "Mean level (level)", kind: kindTwo, notes: []note{in.noteAverages()}},
			{header: "Median level (level)", kind: kindOne, notes: []note{in.noteAverages()}},
		},
	}
	for level := range int(in.Framework.MaxLevel()) + 1 {
		s.columns = append(s.columns, column{header: fmt.Sprintf("Share at level %d (per cent)", level), kind: kindOne})
	}
	for i, c := range in.Framework.Competences {
		d := now[i]
		row := []value{textValue(c.Code), textValue(c.Name), countValue(d.Base), averageValue(d.Mean), averageValue(d.Median)}
		for level := range int(in.Framework.MaxLevel()) + 1 {
			if level > int(c.MaxLevel) {
				row = append(row, absent(domain.StatusNotApplicable))
				continue
			}
			row = append(row, shareValue(d.Shares[level]))
		}
		s.rows = append(s.rows, row)
	}
	return s
}

// completion returns a sheet of staff in post, staff assessed and completion
// rate by a reference list, with everybody as the last row.
func (in DigitalLiteracyInput) completion(name, by, label string, rows []labelled[disclosure.Skills]) *sheet {
	s := &sheet{
		name:  name,
		about: "Staff in post, staff assessed and completion rate by " + by,
		title: in.sheetTitle("Digital literacy assessments by " + by),
		table: "digital_literacy_" + strings.ToLower(name),
		lines: in.scope(),
		columns: []column{
			{header: label + " code", kind: kindCode},
			{header: label, kind: kindText},
			{header: "Staff in post (people)", kind: kindWhole, notes: []note{noteStaffInPost}},
			{header: "Staff assessed (people)", kind: kindWhole, notes: []note{in.noteAssessed()}},
			{header: "Completion rate (per cent)", kind: kindOne, notes: []note{noteCompletion}},
		},
	}
	figures := func(r disclosure.Skills) []value {
		return []value{countValue(r.StaffInPost), countValue(r.Assessed), shareValue(r.CompletionRate)}
	}
	for _, r := range rows {
		s.rows = append(s.rows, append(r.cells(), figures(r.row)...))
	}
	if len(rows) > 0 && in.This.Overall != nil {
		s.rows = append(s.rows, append(allOf(by), figures(*in.This.Overall)...))
	}
	return s
}

// allOf returns the code and the name of a row of totals.
func allOf(by string) []value {
	return []value{absent(domain.StatusNotApplicable), textValue("All " + by + "s")}
}

func (in DigitalLiteracyInput) domainByGroup() (*sheet, error) {
	s := &sheet{
		name:       "Domain_by_group",
		about:      "Mean level of each competence by staff group",
		title:      in.sheetTitle("Mean level of each competence by staff group"),
		titleNotes: []note{in.noteAverages()},
		table:      "digital_literacy_domain_by_group",
		lines:      in.scope(),
		columns: []column{
			{header: "Staff group code", kind: kindCode},
			{header: "Staff group", kind: kindText},
		},
	}
	for _, c := range in.Framework.Competences {
		header := fmt.Sprintf("%s: %s (mean level)", c.Code, c.Name)
		s.columns = append(s.columns, column{header: header, kind: kindTwo})
	}
	rows := map[string][]disclosure.Skills{}
	for _, row := range in.ByStaffGroupAndCompetence {
		rows[row.StaffGroup] = append(rows[row.StaffGroup], row)
	}
	var groups []string
	for group := range rows {
		groups = append(groups, group)
	}
	ordered, err := inOrder(groups, staffGroupNames(in.StaffGroups), func(group string) string { return group })
	if err != nil {
		return nil, err
	}
	for _, group := range ordered {
		levels, err := in.distributions(rows[group.row], in.This.nobody(in.Rule))
		if err != nil {
			return nil, fmt.Errorf("staff group %s: %w", group.code, err)
		}
		row := group.cells()
		for _, d := range levels {
			row = append(row, averageValue(d.Mean))
		}
		s.rows = append(s.rows, row)
	}
	return s, nil
}
