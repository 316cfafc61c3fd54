package report

import (
	"fmt"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// RollupInput is what a roll-up of an ICB, a region or the nation is made from: rows of
// totals of the area of About.Receipt. Rows about people have passed About.Rule. All
// vacancy rows but those of DigitalRoles are by digital with the subtotal over it.
type RollupInput struct {
	About
	Framework   domain.FrameworkVersion
	StaffGroups []domain.StaffGroup
	JobRoles    []domain.JobRole
	AreasOfWork []domain.AreaOfWork
	// Trend is by month, for twelve months to About.AsAt, and by region for the nation,
	// by ICB for a region and by neither for an ICB, with the subtotals.
	Trend []VacancyRow
	// Places and PlaceSkills are by region and ICB with the subtotals, at About.AsAt.
	Places      []VacancyRow
	PlaceSkills []disclosure.Skills
	// PreviousSkills is the whole area at About.PreviousAsAt, nil when nothing is held.
	PreviousSkills *disclosure.Skills
	// Organisations and OrganisationSkills are of the organisations of the reader's
	// scope; the skills are by region and ICB too.
	Organisations      []VacancyRow
	OrganisationSkills []disclosure.Skills
	// ByStaffGroup and BySector are with the subtotals; GroupSkills are by staff group and
	// sector with the subtotals.
	ByStaffGroup, BySector []VacancyRow
	GroupSkills            []disclosure.Skills
	// DigitalRoles are digital posts by region, area of work and job role.
	DigitalRoles []VacancyRow
	// Coverage lists the organisations of the reader's scope.
	Coverage []CoverageLine
	// WholeScope says that the reader's scope is every organisation.
	WholeScope bool
}

// Rollup makes the report about an area. It fails when a row names a code that the lists
// do not hold, or when what About says is incomplete.
func Rollup(in RollupInput) (*Book, error) {
	in.Receipt.Report = NameRollup
	if !in.ofArea() {
		return nil, fmt.Errorf("report: a roll-up is about an ICB, a region or the nation, not about %q", in.Receipt.Area.Kind)
	}
	if err := in.validate(); err != nil {
		return nil, err
	}
	sheets := []*sheet{in.summary()}
	for _, make := range []func() (*sheet, error){
		in.byRegion, in.byICB, in.byOrganisation, in.byStaffGroup, in.bySector, in.digitalRoles, in.byMonth, in.trend, in.coverageSheet,
	} {
		s, err := make()
		if err != nil {
			return nil, err
		}
		if s != nil {
			sheets = append(sheets, s)
		}
	}
	keywords := []string{"workforce", "vacancies", "digital posts", "digital literacy", in.Framework.Framework, in.code()}
	return in.book(bookParts{subject: "Workforce totals", keywords: keywords, cover: in.coverParts(), sheets: sheets, charts: in.charts(sheets)})
}

// overall is the whole area at About.AsAt.
func (in RollupInput) overall() areaFigures {
	const whole = "region,icb"
	all := foundAreas(in.Places, in.PlaceSkills, whole, func(domain.Group) string { return "" })
	if len(all) == 0 {
		return noFigures(domain.Group{})
	}
	return all[0]
}

func (in RollupInput) summary() *sheet {
	s := &sheet{
		name:  "Summary",
		about: "Main figures with those of the month before",
		title: in.sheetTitle("Workforce summary"),
		table: "rollup_summary",
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
	now, before := in.overall(), in.ofMonth(in.PreviousAsAt())
	before.skills = in.PreviousSkills
	for _, m := range in.measures() {
		this, previous := m.figure(now), m.figure(before)
		s.rows = append(s.rows, []value{textValue(m.header, m.notes...), this, previous, change(this, previous)})
	}
	return s
}

func (in RollupInput) byStaffGroup() (*sheet, error) {
	of := func(g domain.Group) string { return g.StaffGroup }
	found := foundAreas(in.ByStaffGroup, nil, "", of)
	joinSkills(&found, in.GroupSkills, string(domain.BySector), of)
	rows, err := inOrder(found, staffGroupNames(in.StaffGroups), func(a areaFigures) string { return a.group.StaffGroup })
	if err != nil {
		return nil, err
	}
	measures := append(postMeasures(), in.peopleMeasures()...)
	s := in.table("By_staff_group", "Posts, vacancies and digital skills by staff group", "Workforce by staff group", "rollup_by_staff_group",
		measures, column{header: "Staff group code", kind: kindCode}, column{header: "Staff group", kind: kindText})
	for _, r := range rows {
		s.rows = append(s.rows, areaCells(measures, r.row, r.cells()...))
	}
	if len(rows) > 0 {
		s.rows = append(s.rows, areaCells(measures, in.overall(), allOf("staff group")...))
	}
	return s, nil
}

func (in RollupInput) bySector() (*sheet, error) {
	of := func(g domain.Group) string { return g.Sector }
	found := foundAreas(in.BySector, nil, "", of)
	joinSkills(&found, in.GroupSkills, string(domain.ByStaffGroup), of)
	sortAreas(found, of)
	s := in.table("By_sector", "Posts, vacancies and digital skills by sector", "Workforce by sector", "rollup_by_sector",
		in.measures(), column{header: "Sector", kind: kindText})
	for _, a := range found {
		s.rows = append(s.rows, areaCells(in.measures(), a, nameOr(a.group.Sector, "Not recorded")))
	}
	if len(found) > 0 {
		s.rows = append(s.rows, areaCells(in.measures(), in.overall(), textValue("All sectors")))
	}
	return s, nil
}

// digitalRoles returns the sheet of digital posts by region, area of work and job role.
func (in RollupInput) digitalRoles() (*sheet, error) {
	areas, roles := areaNames(in.AreasOfWork), jobRoleNames(in.JobRoles)
	s := &sheet{
		name:       "Digital_roles",
		about:      "Digital posts and vacancies by region, area of work and job role",
		title:      in.sheetTitle("Digital posts by area of work and job role"),
		titleNotes: []note{noteDigital},
		table:      "rollup_digital_roles",
		lines:      in.scope(),
		columns: columns([]column{
			{header: "Region code", kind: kindCode},
			{header: "Region", kind: kindText},
			{header: "Area of work code", kind: kindCode},
			{header: "Area of work", kind: kindText},
			{header: "Job role code", kind: kindCode},
			{header: "Job role", kind: kindText},
		}, establishmentMeasures()),
	}
	byRegion := map[string][]VacancyRow{}
	var regions []areaFigures
	for _, r := range heldOnly(in.DigitalRoles) {
		if byRegion[r.posts.Region] == nil {
			regions = append(regions, noFigures(r.posts.Group))
		}
		byRegion[r.posts.Region] = append(byRegion[r.posts.Region], r)
	}
	sortAreas(regions, func(g domain.Group) string { return g.Region })
	for _, region := range regions {
		codes := func(r VacancyRow) []string { return []string{r.posts.AreaOfWork, r.posts.JobRole} }
		rows, err := inOrderOfAll(byRegion[region.group.Region], codes, areas, roles)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			cells := append(placeCells(region.group.Region, region.group.RegionName), r.cells(areas, roles)...)
			s.rows = append(s.rows, append(cells, figures(establishmentMeasures(), r.row)...))
		}
	}
	return s, nil
}
