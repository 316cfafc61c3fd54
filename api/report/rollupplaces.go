package report

import (
	"fmt"
	"slices"

	"skillstracker/domain"
)

// table returns a sheet of measures without its rows.
func (in RollupInput) table(name, about, title, table string, measures []areaMeasure, labels ...column) *sheet {
	s := &sheet{name: name, about: about, title: in.sheetTitle(title), table: table, lines: in.scope(), columns: labels}
	for _, m := range measures {
		s.columns = append(s.columns, m.column)
	}
	return s
}

func regionColumns() []column {
	return []column{{header: "Region code", kind: kindCode}, {header: "Region", kind: kindText}}
}

func icbColumns() []column {
	return []column{{header: "ICB code", kind: kindCode}, {header: "ICB", kind: kindText, notes: []note{noteICB}}}
}

// byRegion returns the sheet of the nation's regions, none for another area.
func (in RollupInput) byRegion() (*sheet, error) {
	if in.Receipt.Area.Kind != domain.ByNation {
		return nil, nil
	}
	region := func(g domain.Group) string { return g.Region }
	found := foundAreas(in.Places, in.PlaceSkills, string(domain.ByICB), region)
	sortAreas(found, region)
	s := in.table("By_region", "Posts, vacancies and digital skills by region", "Workforce by region", "rollup_by_region", in.measures(), regionColumns()...)
	for _, a := range found {
		s.rows = append(s.rows, areaCells(in.measures(), a, placeCells(a.group.Region, a.group.RegionName)...))
	}
	if len(found) > 0 {
		s.rows = append(s.rows, areaCells(in.measures(), in.overall(), allOf("region")...))
	}
	return s, nil
}

// byICB returns the sheet of the ICBs of the nation or a region, none for an ICB.
func (in RollupInput) byICB() (*sheet, error) {
	if in.Receipt.Area.Kind == domain.ByICB {
		return nil, nil
	}
	found := foundAreas(in.Places, in.PlaceSkills, "", func(g domain.Group) string { return g.Region + " " + g.ICB })
	sortAreas(found, func(g domain.Group) string { return g.Region }, func(g domain.Group) string { return g.ICB })
	s := in.table("By_ICB", "Posts, vacancies and digital skills by integrated care board", "Workforce by integrated care board", "rollup_by_icb",
		in.measures(), slices.Concat(icbColumns(), regionColumns())...)
	for _, a := range found {
		labels := append(placeCells(a.group.ICB, a.group.ICBName), placeCells(a.group.Region, a.group.RegionName)...)
		s.rows = append(s.rows, areaCells(in.measures(), a, labels...))
	}
	if len(found) > 0 {
		s.rows = append(s.rows, areaCells(in.measures(), in.overall(), append(allOf("ICB"), allOf("region")...)...))
	}
	return s, nil
}

// byOrganisation returns the sheet of the organisations of the reader's scope. Those of
// others have no row.
func (in RollupInput) byOrganisation() (*sheet, error) {
	code := func(g domain.Group) string { return g.Organisation }
	found := foundAreas(in.Organisations, in.OrganisationSkills, "", code)
	measures := append(postMeasures(), in.peopleMeasures()[1:]...)
	s := in.table("By_organisation", "Posts, vacancies and digital skills by organisation", "Workforce by organisation", "rollup_by_organisation",
		measures, slices.Concat(
			[]column{{header: "ODS code", kind: kindCode}, {header: "Organisation", kind: kindText}, {header: "Sector", kind: kindText}},
			icbColumns(), regionColumns(), []column{{header: "Vacancy return", kind: kindText, notes: []note{noteReturn}}})...)
	s.lines = append(s.lines, in.ofScope())
	lines := map[string]CoverageLine{}
	for _, line := range in.Coverage {
		lines[line.Code] = line
	}
	for i, a := range found {
		line, known := lines[a.group.Organisation]
		if !known {
			return nil, fmt.Errorf("report: organisation %q of a row of totals is not in the coverage", a.group.Organisation)
		}
		found[i].group.Region, found[i].group.ICB = line.Region, line.ICB
	}
	sortAreas(found, func(g domain.Group) string { return g.Region }, func(g domain.Group) string { return g.ICB }, code)
	for _, a := range found {
		line := lines[a.group.Organisation]
		s.rows = append(s.rows, areaCells(measures, a, append(line.labels(), textValue(line.status()))...))
	}
	return s, nil
}
