package api

import (
	"fmt"

	"skillstracker/domain"
)

// dimensionColumn is a column that says which group a row is about. It is empty, and
// in JSON left out, in rows that are not broken down by its dimension.
type dimensionColumn struct {
	name string
	// titles are the names under which NHS publications have the column
	// (spreadsheets-and-pages.md 2.1, domain.md 2.4), so that tables can be joined.
	titles []string
	means  string
	// key says that the column tells rows apart; names of codes do not.
	key bool
	of  func(domain.Group, codeNames) string
}

// dimensionColumns returns the columns of one dimension. Month and quarter have none
// here: they are columns of every row.
func dimensionColumns(d domain.Dimension) []dimensionColumn {
	switch d {
	case domain.ByNation:
		return []dimensionColumn{codeColumn("nation", "England as a whole.", func(domain.Group) string { return domain.Nation })}
	case domain.ByRegion:
		return []dimensionColumn{
			codeColumn("region", "ODS code of the NHS England region; empty when the organisation has none.", func(g domain.Group) string { return g.Region }, "NHSE_Region_Code", "NHSE_REGION_CODE"),
			nameColumn("region_name", "Name of the region.", func(g domain.Group, _ codeNames) string { return g.RegionName }, "NHSE_Region_Name", "NHSE_REGION_NAME"),
		}
	case domain.ByICB:
		return []dimensionColumn{
			codeColumn("icb", "ODS code of the integrated care board; empty when the organisation has none.", func(g domain.Group) string { return g.ICB }, "ICS code", "ICS_CODE"),
			nameColumn("icb_name", "Name of the integrated care board.", func(g domain.Group, _ codeNames) string { return g.ICBName }, "ICS name", "ICS_NAME"),
		}
	case domain.ByOrganisation:
		return []dimensionColumn{
			codeColumn("organisation", "ODS code of the organisation.", func(g domain.Group) string { return g.Organisation }, "Org Code", "ORG_CODE"),
			nameColumn("organisation_name", "Name of the organisation.", func(g domain.Group, _ codeNames) string { return g.Name }, "Org Name", "ORG_NAME"),
		}
	case domain.BySector:
		return []dimensionColumn{codeColumn("sector", "Sector of the organisation, such as Acute; empty when not known.", func(g domain.Group) string { return g.Sector }, "Sector", "Cluster Group")}
	case domain.ByKind:
		return []dimensionColumn{codeColumn("kind", "Kind of organisation: nhs_trust, social_care_provider, social_care_site or other.", func(g domain.Group) string { return g.Kind })}
	case domain.ByStaffGroup, domain.ByJobRole, domain.ByBand, domain.ByAreaOfWork, domain.ByDigital, domain.ByTeam:
		return postColumns(d)
	case domain.ByCompetence:
		return []dimensionColumn{
			codeColumn("competence", "Code of the competence.", func(g domain.Group) string { return g.Competence }),
			nameColumn("competence_name", "Name of the competence.", func(g domain.Group, n codeNames) string { return n.competences[g.Competence] }),
		}
	case domain.ByDomain:
		return []dimensionColumn{
			codeColumn("domain", "Code of the domain of the framework.", func(g domain.Group) string { return g.Domain }),
			nameColumn("domain_name", "Name of the domain.", func(g domain.Group, n codeNames) string { return n.domains[g.Domain] }),
		}
	case domain.ByAssessorKind:
		return []dimensionColumn{codeColumn("assessor_kind", "Who judged: self, manager or assessor.", func(g domain.Group) string { return g.AssessorKind })}
	case domain.ByMonth, domain.ByQuarter:
		return nil
	}
	return nil
}

// postColumns are the columns of the dimensions that posts and people have of their own.
func postColumns(d domain.Dimension) []dimensionColumn {
	switch d {
	case domain.ByStaffGroup:
		return []dimensionColumn{
			codeColumn("staff_group", "Code of the ESR staff group, 01 to 10; empty when not given.", func(g domain.Group) string { return g.StaffGroup }),
			nameColumn("staff_group_name", "Name of the staff group; Not given when it was not.", func(g domain.Group, n codeNames) string { return n.staffGroups[shownCode(g.StaffGroup)] }, "Staff Group", "STAFF_GROUP"),
		}
	case domain.ByJobRole:
		return []dimensionColumn{
			codeColumn("job_role", "Code of the job role in the National Workforce Data Set; empty when not given.", func(g domain.Group) string { return g.JobRole }),
			nameColumn("job_role_name", "Name of the job role; Not given when it was not.", func(g domain.Group, n codeNames) string { return n.jobRoles[shownCode(g.JobRole)] }, "Job Role"),
		}
	case domain.ByBand:
		return []dimensionColumn{
			codeColumn("band", "Agenda for Change band, VSM, MD or OTHER; empty when not given.", func(g domain.Group) string { return g.Band }, "AfC Band"),
			nameColumn("band_name", "Name of the band; Not given when it was not.", func(g domain.Group, n codeNames) string { return n.bands[shownCode(g.Band)] }),
		}
	case domain.ByAreaOfWork:
		return []dimensionColumn{
			codeColumn("area_of_work", "Code of the area of work; empty when not given.", func(g domain.Group) string { return g.AreaOfWork }),
			nameColumn("area_of_work_name", "Area of work as primary > secondary > tertiary; Not given when it was not.", func(g domain.Group, n codeNames) string { return n.areas[shownCode(g.AreaOfWork)] }, "Area of Work"),
		}
	case domain.ByDigital:
		return []dimensionColumn{codeColumn("digital", "yes: the area of work or the job role is a digital one; not_stated: it is neither, and no area of work was given; no: the rest.", func(g domain.Group) string { return g.Digital })}
	default:
		return []dimensionColumn{codeColumn("team", "Team as the organisation writes it; empty when not given.", func(g domain.Group) string { return g.Team })}
	}
}

func codeColumn(name, means string, of func(domain.Group) string, titles ...string) dimensionColumn {
	return dimensionColumn{name: name, titles: titles, means: means, key: true, of: func(g domain.Group, _ codeNames) string { return shownCode(of(g)) }}
}

func nameColumn(name, means string, of func(domain.Group, codeNames) string, titles ...string) dimensionColumn {
	return dimensionColumn{name: name, titles: titles, means: means, of: of}
}

// shownCode is a code as it is shown: empty when it was not given.
func shownCode(code string) string {
	if code == domain.NotGiven {
		return ""
	}
	return code
}

// notGivenName is the name of a code that was not given.
const notGivenName = "Not given"

// codeNames names the codes of rows.
type codeNames struct{ staffGroups, jobRoles, bands, areas, competences, domains map[string]string }

func namesOf(lists domain.Lists, framework domain.FrameworkVersion) codeNames {
	names := codeNames{
		staffGroups: map[string]string{"": notGivenName}, jobRoles: map[string]string{"": notGivenName},
		bands: map[string]string{"": notGivenName}, areas: map[string]string{"": notGivenName},
		competences: map[string]string{}, domains: map[string]string{},
	}
	for _, g := range lists.StaffGroups {
		names.staffGroups[g.Code] = g.Name
	}
	for _, r := range lists.JobRoles {
		names.jobRoles[r.Code] = r.Name
	}
	for _, b := range lists.Bands {
		names.bands[b.Code] = b.Name
	}
	for _, a := range lists.AreasOfWork {
		names.areas[a.Code] = a.Path()
	}
	for _, c := range framework.Competences {
		names.competences[c.Code] = c.Name
	}
	for _, d := range framework.Domains {
		names.domains[d.Code] = d.Name
	}
	return names
}

// quarterOf names the financial quarter that ends with a month: Q1 ends in June and
// Q4 in March, as the NHS vacancy statistics label them (domain.md 2.3).
func quarterOf(month domain.Date) string {
	// The financial year begins in April: it is that of the day three months before.
	begun := month.AddMonths(-3).Time()
	return fmt.Sprintf("%d/%02d Q%d", begun.Year(), (begun.Year()+1)%100, (int(begun.Month())-1)/3+1)
}
