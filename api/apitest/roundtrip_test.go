package apitest_test

import (
	"net/http"
	"strings"
	"testing"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// What the register holds, downloaded in any format and sent again, changes nothing.
// The parts that are none, unknown and not applicable stay what they are.
func TestDownloadThenUploadChangesNothing(t *testing.T) {
	t.Parallel()
	s, hr := loaded(t)
	s.stored(t, hr, uploadsOf("staff"), []byte("employee_number,staff_group,job_role_code,band,area_of_work,team,fte,contract_type,as_at,started_on,left_on\n"+
		"007,01,,,,\"Ward 5, \"\"East\"\"\",0.53333,02,2026-10-31,2020-02-29,2026-12-31\n8E1,02,,8a,,=Team,1,,2026-10-31,,\n"))
	s.stored(t, hr, uploadsOf("assessments"), []byte("employee_number,assessed_on,assessor_kind,CCP,CCP_need,TLS,IDM,CIS,TEC,DIW\n"+
		"007,2026-10-05,manager,0,4,N/A,,2,3,1\n8E1,2026-09-05,self,1,,,,,,\n"))
	s.stored(t, hr, uploadsOf("vacancies"), []byte("as_at,staff_group,band,budgeted_fte,contracted_fte,bank_fte,reported_vacancies\n"+
		"2026-09-30,01,,10.5,Don't know,0,3\n2026-09-30,02,5,,12,None,\n"))
	tables := []string{"staff_member", "employment_spell", "staff_version", "assessment", "vacancy_cell"}
	for _, kind := range []string{"staff", "assessments", "vacancies"} {
		for _, format := range []string{"csv", "xlsx", "json"} {
			before := s.rows(t, tables...)
			query := ""
			if kind == "staff" {
				query = "?as_at=2026-10-31"
			}
			answer := s.get(t, hr, "/api/v1/organisations/RXA/"+kind+"."+format+query)
			file := s.want(t, http.StatusOK, answer)
			if name := answer.Header.Get("Content-Disposition"); !strings.Contains(name, "RXA-"+kind+"-2026-1") || !strings.HasSuffix(name, "."+format) {
				t.Errorf("the file is named %s", name)
			}
			if answer.Header.Get("Cache-Control") != "private, no-store" || answer.Header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("headers: %v", answer.Header)
			}
			upload := decode[spec.Upload](t, s.want(t, http.StatusCreated, s.upload(t, hr, "RXA", kind, answer.Header.Get("Content-Type"), file)))
			c := upload.Counts
			if string(upload.Format) != format || c.RowsRead == 0 || c.Unchanged != c.RowsRead || c.Ended != 0 {
				t.Errorf("%s.%s: %+v", kind, format, upload)
			}
			after := s.rows(t, tables...)
			for _, table := range tables {
				if before[table] != after[table] {
					t.Errorf("%s.%s: %s had %d rows and has %d", kind, format, table, before[table], after[table])
				}
			}
		}
	}
}

// A template as it was downloaded is understood and holds no row, its examples included.
func TestTemplatesAsTheyAre(t *testing.T) {
	t.Parallel()
	s := newService(t)
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	for _, kind := range []string{"staff", "assessments", "vacancies", "position_vacancies", "targets"} {
		for _, format := range []string{"csv", "xlsx"} {
			template := s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/templates/"+strings.ReplaceAll(kind, "_", "-")+"."+format))
			upload := s.rejected(t, hr, uploadsOf(kind), template)
			if found := errorsOf(upload); len(found) != 1 || found[0].Code != string(domain.FindingRowsMissing) {
				t.Errorf("%s.%s: %+v", kind, format, upload.Findings)
			}
			for _, column := range upload.Mapping {
				if column.Field == nil {
					t.Errorf("%s.%s: the heading %q is not understood", kind, format, column.Header)
				}
			}
		}
	}
}

// The reads were written down before they happened.
func TestReadsOfDataAreAudited(t *testing.T) {
	t.Parallel()
	s, hr := loaded(t)
	list := decode[spec.UploadPage](t, s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/organisations/RXA/uploads?kind=vacancies")))
	id := list.Uploads[0].Id.String()
	if file := s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/uploads/"+id+"/file")); string(file) != vacanciesCSV {
		t.Errorf("the kept file is another one: %q", file)
	}
	s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/uploads/"+id+"/findings.xlsx"))
	s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/organisations/RXA/staff.csv"))
	for _, operation := range []string{"getUploadFile", "getUploadFindingsXlsx", "getOrganisationData"} {
		if n := s.rows(t, "audit_event WHERE operation = '"+operation+"' AND organisation = 'RXA'"); len(n) != 1 || sum(n) != 1 {
			t.Errorf("%s was noted %d times", operation, sum(n))
		}
	}
}

func sum(counts map[string]int) int {
	total := 0
	for _, n := range counts {
		total += n
	}
	return total
}
