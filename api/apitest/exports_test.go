package apitest_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"skillstracker/domain"
)

// Every role exports what it may see, as CSV and as a workbook with the same rows, and
// reads of rows about people are in the audit trail.
func TestExports(t *testing.T) {
	t.Parallel()
	s := newService(t)
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA", "RXB")
	manager := s.token(t, domain.RoleManager, domain.ScopeOrganisation, "RXA")
	planner := s.token(t, domain.RolePlanner, domain.ScopeAll)
	s.stored(t, hr, uploadsOf("staff"), []byte("employee_number,staff_group,band,fte,team,as_at\n007,01,,0.5,=Team,2026-10-31\n8E1,02,8a,1,,2026-10-31\n"))
	s.stored(t, hr, uploadsOf("assessments"), []byte("employee_number,assessed_on,CCP,CCP_need,TLS\n007,2026-10-05,0,4,N/A\n8E1,2026-09-05,1,,\n"))
	s.stored(t, hr, uploadsOf("vacancies"), []byte("as_at,staff_group,job_role_code,band,budgeted_fte,contracted_fte,staff_headcount\n"+
		"2026-09-30,01,,5,10.5,8,987\n2026-09-30,02,02004,5,5,12,988\n2026-09-30,02,02008,5,1,0,\n"))

	for _, test := range []struct {
		token, file string
		want        []string
		lacks       string
	}{
		{hr, "staff.csv?as_at=2026-10-31", []string{
			"organisation,employee_number,staff_group,job_role_code,band,area_of_work,team,fte,contract_type,started_on,left_on",
			"RXA,007,01,,,,'=Team,0.5,,,", "RXA,8E1,02,,8a,,,1,,,",
		}, ""},
		{hr, "assessments.csv?to=2026-09-30", []string{
			"organisation,employee_number,assessed_on,assessor_kind,staff_group,job_role_code,band,team,CCP,TLS,IDM,CIS,TEC,DIW,CCP_need,TLS_need,IDM_need,CIS_need,TEC_need,DIW_need",
			"RXA,8E1,2026-09-05,self,,,,,1,,,,,,,,,,,",
		}, "007"},
		{hr, "vacancies.csv", []string{
			"organisation,as_at,staff_group,job_role_code,band,area_of_work,budgeted_fte,contracted_fte,bank_fte,agency_fte,reported_vacancies,advertised_posts,staff_headcount",
			"RXA,2026-09-30,01,,5,,10.5,8,,,,,987", "RXA,2026-09-30,02,02004,5,,5,12,,,,,988", "RXA,2026-09-30,02,02008,5,,1,0,,,,,",
		}, ""},
		{manager, "vacancies.csv", []string{
			"organisation,as_at,staff_group,job_role_code,band,area_of_work,budgeted_fte,contracted_fte,bank_fte,agency_fte,reported_vacancies,advertised_posts",
			"RXA,2026-09-30,01,,5,,10.5,8,,,,", "RXA,2026-09-30,02,02004,5,,5,12,,,,", "RXA,2026-09-30,02,02008,5,,1,0,,,,",
		}, "98"},
		{planner, "vacancies.csv?from=2026-09-30&to=2026-09-30", []string{
			"organisation,as_at,staff_group,band,budgeted_fte,contracted_fte,vacancy_fte,vacancy_fte_gross,bank_fte,agency_fte,reported_vacancies,advertised_posts",
			"RXA,2026-09-30,01,5,10.5,8,2.5,2.5,,,,", "RXA,2026-09-30,02,5,6,12,-6,1,,,,",
		}, "98"},
		{planner, "vacancies.csv?to=2026-08-31", []string{
			"organisation,as_at,staff_group,band,budgeted_fte,contracted_fte,vacancy_fte,vacancy_fte_gross,bank_fte,agency_fte,reported_vacancies,advertised_posts",
		}, ""},
	} {
		body := string(s.want(t, http.StatusOK, s.get(t, test.token, "/api/v1/exports/"+test.file)))
		if want := strings.Join(test.want, "\r\n") + "\r\n"; body != want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.file, body, want)
		}
		if test.lacks != "" && strings.Contains(body, test.lacks) {
			t.Errorf("%s holds %s", test.file, test.lacks)
		}
		workbook := s.want(t, http.StatusOK, s.get(t, test.token, "/api/v1/exports/"+strings.Replace(test.file, ".csv", ".xlsx", 1)))
		if rows := rowsOfExport(t, workbook); len(rows) != max(len(test.want), 2) {
			t.Errorf("%s: the workbook has %d rows, the CSV %d", test.file, len(rows), len(test.want))
		}
	}
	s.want(t, http.StatusNotFound, s.get(t, manager, "/api/v1/exports/vacancies.csv?organisation=RXB"))
	s.want(t, http.StatusForbidden, s.get(t, planner, "/api/v1/exports/staff.csv"))
	// Staff that are exported are those whom totals count.
	totals, _ := s.totalsRows(t, hr, "/api/v1/workforce/totals?organisation=RXA&as_at=2026-10-31")
	if staff := strings.Count(string(s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/exports/staff.csv?as_at=2026-10-31"))), "RXA,"); len(totals) != 1 || totals[0]["staff_in_post"] != float64(staff) {
		t.Errorf("%d staff are exported, the totals have %v", staff, totals)
	}
	if read := sum(s.rows(t, "audit_event WHERE operation = 'exportPeople' AND outcome = 'done'")); read != 10 {
		t.Errorf("%d reads of people are in the audit trail, want one for each of two organisations, files and formats", read)
	}
}

// rowsOfExport are the rows of the table of an export, its header included.
func rowsOfExport(t *testing.T, content []byte) [][]string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}()
	rows, err := book.GetRows(book.GetSheetList()[2])
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if strings.HasPrefix(row[0], "organisation") {
			return rows[i:]
		}
	}
	t.Fatal("the workbook has no header")
	return nil
}
