package report_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// sampleNation is a made-up nation of small organisations: three in each of so many
// regions with two ICBs, some of which report nothing.
type sampleNation struct {
	rule  disclosure.Rule
	cells []domain.VacancyTotal // by organisation, sector, staff group, digital and month
	staff []domain.SkillsTotal  // by organisation, sector and staff group
	// expected are the organisations from which a return is due.
	expected []domain.Group
}

func newSampleNation(rule disclosure.Rule, regions, people int, months []domain.Date) *sampleNation {
	n := &sampleNation{rule: rule}
	random := rand.New(rand.NewPCG(11, 12))
	for i := range regions * 3 {
		region, icb := i/3, i/3*2+i%2
		group := domain.Group{
			Region: fmt.Sprintf("Y%02d", 60+region), RegionName: fmt.Sprintf("Region number %d (synthetic)", 60+region),
			ICB: fmt.Sprintf("Q%02d", icb), ICBName: fmt.Sprintf("Integrated Care Board number %d (synthetic)", icb),
			Organisation: fmt.Sprintf("RX%02d", i), Name: fmt.Sprintf("Trust number %d (synthetic)", i), Sector: []string{"Acute", "Community"}[i%2],
		}
		n.expected = append(n.expected, group)
		if i%3 == 2 {
			continue
		}
		for g, staffGroup := range []string{"01", "03", "08"} {
			for _, month := range months {
				for d, digital := range []string{domain.DigitalNo, domain.DigitalYes} {
					cell := vacancyTotal(random, max(people/(1+9*d), 1), 0.1)
					cell.Group, cell.StaffGroup, cell.Digital, cell.Month = group, staffGroup, digital, &month
					n.cells = append(n.cells, cell)
				}
			}
			assessed := people * (g + 1) / 4
			row := skillsTotal(group, people, assessed, nil)
			row.StaffGroup, row.Listed = staffGroup, 1
			row.Gaps = []int{assessed / 2, assessed - assessed/2}
			n.staff = append(n.staff, row)
		}
	}
	return n
}

// kept returns a group without what it is not broken down by.
func kept(g domain.Group, by []domain.Dimension, over string) domain.Group {
	k := domain.Group{Over: over}
	for _, d := range by {
		switch d {
		case domain.ByRegion:
			k.Region, k.RegionName = g.Region, g.RegionName
		case domain.ByICB:
			k.ICB, k.ICBName = g.ICB, g.ICBName
		case domain.ByOrganisation:
			k.Organisation, k.Name = g.Organisation, g.Name
		case domain.BySector:
			k.Sector = g.Sector
		case domain.ByStaffGroup:
			k.StaffGroup = g.StaffGroup
		case domain.ByDigital:
			k.Digital = g.Digital
		case domain.ByMonth:
			k.Month = g.Month
		}
	}
	return k
}

func keyOf(g domain.Group) string {
	month := ""
	if g.Month != nil {
		month = g.Month.String()
	}
	g.Month = nil
	return fmt.Sprint(month, g)
}

// without leaves dimensions out that a row adds up over.
func without(by []domain.Dimension, over string) []domain.Dimension {
	return slices.DeleteFunc(slices.Clone(by), func(d domain.Dimension) bool { return slices.Contains(strings.Split(over, ","), string(d)) })
}

// posts adds the cells up, as totals with subtotals do for each of overs.
func (n *sampleNation) posts(months []domain.Date, by []domain.Dimension, overs ...string) []report.VacancyRow {
	var rows []report.VacancyRow
	for _, over := range overs {
		sums := map[string]*domain.VacancyTotal{}
		reporting := map[string]map[string]bool{}
		var order []string
		of := func(g domain.Group) *domain.VacancyTotal {
			key := keyOf(g)
			if sums[key] == nil {
				sums[key], reporting[key] = &domain.VacancyTotal{Group: g}, map[string]bool{}
				order = append(order, key)
			}
			return sums[key]
		}
		for _, cell := range n.cells {
			if !slices.Contains(months, *cell.Month) {
				continue
			}
			g := kept(cell.Group, without(by, over), over)
			add(of(g), cell)
			reporting[keyOf(g)][cell.Organisation] = true
		}
		for _, key := range order {
			sum := sums[key]
			sum.Reporting = len(reporting[key])
			for _, due := range n.expected {
				place := without(without(by, over), "digital,staff_group,month")
				if keyOf(kept(due, place, "")) == keyOf(kept(sum.Group, place, "")) {
					sum.Expected++
				}
			}
			rows = append(rows, report.NewVacancyRow(n.rule, *sum))
		}
	}
	return rows
}

// skills adds the people up.
func (n *sampleNation) skills(by []domain.Dimension, overs ...string) []disclosure.Skills {
	var rows []disclosure.Skills
	for _, over := range overs {
		sums, listed := map[string]*domain.SkillsTotal{}, map[string]bool{}
		var order []string
		for _, row := range n.staff {
			g := kept(row.Group, without(by, over), over)
			key := keyOf(g)
			if sums[key] == nil {
				sums[key] = &domain.SkillsTotal{Group: g, StaffInPost: new(int), Gaps: make([]int, 2)}
				order = append(order, key)
			}
			sum := sums[key]
			*sum.StaffInPost += *row.StaffInPost
			sum.Assessed, sum.AssessedListed = sum.Assessed+row.Assessed, sum.AssessedListed+row.AssessedListed
			if one := key + row.Organisation; !listed[one] {
				listed[one] = true
				sum.Listed++
			}
			sum.Gaps[0], sum.Gaps[1] = sum.Gaps[0]+row.Gaps[0], sum.Gaps[1]+row.Gaps[1]
		}
		for _, key := range order {
			rows = append(rows, n.rule.Skills(*sums[key], disclosure.SkillsRow{}))
		}
	}
	return rows
}

// sampleRollup is the roll-up of a nation, of its first region or of its first ICB, in
// which each group of an organisation has so many people.
func sampleRollup(kind domain.Dimension, regions, people int) report.RollupInput {
	about := sampleAbout()
	about.Organisation, about.Synthetic = domain.Organisation{}, true
	about.AreaName, about.Receipt.Area = "England", report.Area{Kind: domain.ByNation}
	about.Receipt.Scope, about.Receipt.Basis = []string{report.ScopeAll}, domain.BasisAsWas
	in := report.RollupInput{About: about, Framework: sampleFramework(), StaffGroups: sampleStaffGroups(), JobRoles: sampleJobRoles(), AreasOfWork: sampleAreas(), WholeScope: true}
	var months []domain.Date
	for i := range 12 {
		months = append(months, in.AsAt.AddMonths(i-11).MonthEnd())
	}
	n := newSampleNation(in.Rule, regions, people, months)
	part := []domain.Dimension{domain.ByMonth, domain.ByDigital}
	trendOver := []string{"", "digital"}
	switch kind {
	case domain.ByRegion:
		in.AreaName, in.Receipt.Area = "Region number 60 (synthetic)", report.Area{Kind: kind, Code: "Y60"}
		n.narrow(func(g domain.Group) bool { return g.Region == "Y60" })
		part, trendOver = append(part, domain.ByICB), append(trendOver, "icb", "digital,icb")
	case domain.ByICB:
		in.AreaName, in.Receipt.Area = "Integrated Care Board number 0 (synthetic)", report.Area{Kind: kind, Code: "Q00"}
		n.narrow(func(g domain.Group) bool { return g.ICB == "Q00" })
	default:
		part, trendOver = append(part, domain.ByRegion), append(trendOver, "region", "digital,region")
	}
	now, by := []domain.Date{in.AsAt}, func(d ...domain.Dimension) []domain.Dimension { return d }
	in.Trend = n.posts(months, part, trendOver...)
	in.Places = n.posts(now, by(domain.ByRegion, domain.ByICB, domain.ByDigital), "", "digital", "icb", "icb,digital", "region,icb", "region,icb,digital")
	in.PlaceSkills = n.skills(by(domain.ByRegion, domain.ByICB), "", "icb", "region,icb")
	in.Organisations = n.posts(now, by(domain.ByOrganisation, domain.ByDigital), "", "digital", "organisation", "organisation,digital")
	in.OrganisationSkills = n.skills(by(domain.ByRegion, domain.ByICB, domain.ByOrganisation), "")
	in.ByStaffGroup = n.posts(now, by(domain.ByStaffGroup, domain.ByDigital), "", "digital", "staff_group", "staff_group,digital")
	in.BySector = n.posts(now, by(domain.BySector, domain.ByDigital), "", "digital", "sector", "sector,digital")
	in.GroupSkills = n.skills(by(domain.ByStaffGroup, domain.BySector), "", "sector", "staff_group", "staff_group,sector")
	if whole := n.skills(nil, ""); len(whole) > 0 {
		in.PreviousSkills = &whole[0]
	}
	n.digitalRoles(&in)
	for i, due := range n.expected {
		line := report.CoverageLine{
			Code: due.Organisation, Name: due.Name, Sector: due.Sector, ICB: due.ICB, ICBName: due.ICBName, Region: due.Region, RegionName: due.RegionName,
			Reported: i%3 != 2, Expected: true, Last: map[domain.UploadKind]domain.Date{},
		}
		if i%3 != 2 || i%2 == 0 {
			line.Last[domain.UploadVacancies] = in.AsAt - 3
		}
		in.Coverage = append(in.Coverage, line)
	}
	return in
}

func (n *sampleNation) narrow(keep func(domain.Group) bool) {
	n.cells = slices.DeleteFunc(n.cells, func(c domain.VacancyTotal) bool { return !keep(c.Group) })
	n.staff = slices.DeleteFunc(n.staff, func(c domain.SkillsTotal) bool { return !keep(c.Group) })
	n.expected = slices.DeleteFunc(n.expected, func(g domain.Group) bool { return !keep(g) })
}

func (n *sampleNation) digitalRoles(in *report.RollupInput) {
	random := rand.New(rand.NewPCG(13, 14))
	seen := map[string]bool{}
	for _, due := range n.expected {
		if seen[due.Region] {
			continue
		}
		seen[due.Region] = true
		for _, post := range [][2]string{{"A102", domain.NotGiven}, {"A101", "03012"}, {domain.NotGiven, "ASC33"}} {
			total := vacancyTotal(random, 12, 0.1)
			total.Group = domain.Group{Region: due.Region, RegionName: due.RegionName, AreaOfWork: post[0], JobRole: post[1]}
			in.DigitalRoles = append(in.DigitalRoles, report.NewVacancyRow(in.Rule, total))
		}
	}
}
