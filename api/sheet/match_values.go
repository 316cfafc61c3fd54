package sheet

import (
	"strings"

	"skillstracker/domain"
)

// Value is a value of a coded column and the ways of writing it that are
// understood. They are compared blind to case, spaces and punctuation; `and` and
// an ampersand are the same.
type Value struct {
	Code string
	Name string

	// Synonyms are further ways of writing it, besides the code, the name and both.
	Synonyms []string
}

// Values lists what a coded column may hold, in the order of the reference lists:
// staff_group, job_role_code, band, area_of_work, contract_type, status,
// assessor_kind and action. Other columns have no such list. [CompetenceValues] has
// those of competence_code.
func Values(column string, lists domain.Lists) []Value {
	switch column {
	case fieldStaffGroup:
		return staffGroupValues(lists.StaffGroups)
	case fieldJobRole:
		return jobRoleValues(lists.JobRoles)
	case fieldBand:
		return bandValues(lists.Bands)
	case fieldAreaOfWork:
		return areaValues(lists.AreasOfWork)
	case fieldContractType:
		return contractValues(lists.ContractTypes)
	case fieldStatus:
		return statusValues(lists.PositionStatuses)
	case fieldAssessorKind:
		return assessorValues()
	case fieldAction:
		return actionValues()
	}
	return nil
}

// CompetenceValues lists the competences of a framework version.
func CompetenceValues(framework domain.FrameworkVersion) []Value {
	values := make([]Value, len(framework.Competences))
	for i, c := range framework.Competences {
		values[i] = Value{Code: c.Code, Name: c.Name}
	}
	return values
}

func staffGroupValues(groups []domain.StaffGroup) []Value {
	values := make([]Value, len(groups))
	for i, g := range groups {
		synonyms := []string{strings.TrimLeft(g.Code, "0")}
		if g.ShortName != g.Name {
			synonyms = append(synonyms, g.ShortName)
		}
		values[i] = Value{Code: g.Code, Name: g.Name, Synonyms: append(synonyms, staffGroupSynonyms(g.Code)...)}
	}
	return values
}

// staffGroupSynonyms are the abbreviations of HR teams and of reports made from
// ESR. Groups of other publications that hold several of the ten, such as ST&T,
// are none.
func staffGroupSynonyms(code string) []string {
	switch code {
	case "01":
		return []string{"Med & Dent", "Med and Dental", "M&D", "Medical"}
	case "02":
		return []string{"Student"}
	case "03":
		return []string{
			"N&M", "N&M Registered", "N&M Reg", "Nursing & Midwifery", "Nursing & Midwifery Reg", "Registered Nursing & Midwifery",
			"Registered Nurses & Midwives", "Nursing & Midwifery Registered Staff",
		}
	case "04":
		return []string{"AHP", "AHPs", "Allied Health Professional", "Allied Health Prof", "Allied Health"}
	case "05":
		return []string{
			"Add Prof Scientific and Technical", "Add Prof Sci & Tech", "Add Prof Sci and Technic", "Add Prof Sci & Technical", "Add Prof S&T",
			"Additional Prof Scientific & Technical", "Additional Prof Scientific and Technic", "Additional Professional Scientific and Technic",
			"Additional Professional Scientific & Tech", "APS&T", "APST", "PS&T", "Prof Scientific and Technic", "Professional Scientific and Technical",
		}
	case "06":
		return []string{"Healthcare Scientist", "Health Care Scientists", "Healthcare Sci", "HCS"}
	case "07":
		return []string{"Additional Clinical Service", "Add Clinical Services", "Add Clin Services", "Add Clin Serv", "Additional Clin Services", "ACS"}
	case "08":
		return []string{"A&C", "Admin & Clerical", "Admin & Cler", "Administration & Clerical", "Administrative & Clerical Staff"}
	case "09":
		return []string{"E&A", "Estates & Ancil", "Estates & Anc"}
	case "10":
		return []string{"Supplementary", "Supplementary Role"}
	}
	return nil
}

func jobRoleValues(roles []domain.JobRole) []Value {
	values := make([]Value, len(roles))
	for i, r := range roles {
		values[i] = Value{Code: r.Code, Name: r.Name}
	}
	return values
}

func areaValues(areas []domain.AreaOfWork) []Value {
	values := make([]Value, len(areas))
	for i, a := range areas {
		values[i] = Value{Code: a.Code, Name: a.Path()}
	}
	return values
}

// contractValues knows the contract types also by the names that ESR shows.
func contractValues(types []domain.ContractType) []Value {
	values := make([]Value, len(types))
	for i, t := range types {
		values[i] = Value{Code: t.Code, Name: t.Name, Synonyms: append([]string{strings.TrimLeft(t.Code, "0")}, contractSynonyms(t.Code)...)}
	}
	return values
}

func contractSynonyms(code string) []string {
	switch code {
	case "01":
		return []string{"Bank Staff", "Bank Worker", "Bank Contract"}
	case "02":
		return []string{"Fixed Term", "Fixed-Term Contract", "FTC", "Temporary", "Temp", "Fixed Term Temp"}
	case "03":
		return []string{"Honorary Contract"}
	case "04":
		return []string{"Locum Contract"}
	case "05":
		return []string{"Perm", "Permanent Contract", "Substantive"}
	case "06":
		return []string{"Retainer"}
	case "07":
		return []string{"Non-Executive Director", "Non-Exec Director/Chair", "Non-Exec Director", "Non-Exec", "NED", "Chair"}
	case "08":
		return []string{"PEC"}
	case "09":
		return []string{"Widow", "Widower"}
	}
	return nil
}

// statusValues knows two statuses also as recruiters write them.
func statusValues(statuses []domain.PositionStatus) []Value {
	values := make([]Value, len(statuses))
	for i, s := range statuses {
		values[i] = Value{Code: s.Code, Name: s.Name, Synonyms: []string{strings.TrimLeft(s.Code, "0")}}
		switch s.Code {
		case "03":
			values[i].Synonyms = append(values[i].Synonyms, "On hold")
		case "12":
			values[i].Synonyms = append(values[i].Synonyms, "Part filled")
		}
	}
	return values
}

func domainValues(framework domain.FrameworkVersion) []Value {
	values := make([]Value, len(framework.Domains))
	for i, d := range framework.Domains {
		values[i] = Value{Code: d.Code, Name: d.Name}
	}
	return values
}

func assessorValues() []Value {
	return []Value{
		{string(domain.AssessorSelf), "Self", []string{"Self assessment", "Self assessed"}},
		{string(domain.AssessorManager), "Manager", []string{"Line manager", "Manager assessment", "Manager assessed"}},
		{string(domain.AssessorOther), "Assessor", []string{"Assessor assessment", "Assessor assessed"}},
	}
}

// actionRemove is what a row asks for that withdraws its record.
const actionRemove = "remove"

// actionValues are what a row may ask for, besides nothing.
func actionValues() []Value { return []Value{{actionRemove, "Remove", []string{"delete"}}} }
