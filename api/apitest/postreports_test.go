package apitest_test

import (
	"net/http"
	"strings"
	"testing"

	"skillstracker/domain"
)

// withPeople is totalled with assessments, targets, job roles and open posts.
func withPeople(t *testing.T) service {
	t.Helper()
	s := totalled(t)
	admin := s.token(t, domain.RoleAdmin, domain.ScopeAll)
	s.stored(t, admin, "/api/v1/targets/uploads", []byte("framework,framework_version,competence_code,level,valid_from\nhdc,2018,CCP,2,2026-01-01\nhdc,2018,TEC,3,2026-01-01\n"))
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA", "RXB", "RXC", "RXD", "A1B2C")
	var assessed strings.Builder
	assessed.WriteString("employee_number,assessed_on,CCP,TEC\n")
	for i := range 70 {
		assessed.WriteString("S000" + string([]byte{byte('0' + (i+1)/10), byte('0' + (i+1)%10)}) + ",2026-09-05," + string([]byte{byte('0' + i%4)}) + ",3\n")
	}
	for kind, file := range map[string]string{
		"assessments": assessed.String(),
		"vacancies": "as_at,staff_group,job_role_code,band,area_of_work,budgeted_fte,contracted_fte,bank_fte,agency_fte,reported_vacancies,staff_headcount\n" +
			"2026-08-31,08,,6,Corporate > Informatics > Information Management,24,20,1,1,3,22\n2026-08-31,03,,5,,100,101.5,,,,110\n" +
			"2026-07-31,08,,6,Corporate > Informatics > Information Management,24,21,,,3,22\n" +
			"2026-09-30,08,,6,Corporate > Informatics > Information Management,26,20,,,,23\n2026-09-30,08,,7,Corporate > Informatics > Information Management,5.5,6,0.5,0,1,6\n",
		"position_vacancies": "vacancy_reference,staff_group,band,area_of_work,posts,fte,opened_on,closed_on,status\nD1,08,6,Corporate > Informatics > Information Management,1,1,2026-07-01,,01\nD2,08,6,Corporate > Informatics > Information Management,1,0.6,2026-08-01,,\n",
	} {
		s.want(t, http.StatusCreated, s.upload(t, hr, "RXA", kind, csvType, []byte(file)))
	}
	return s
}

// The workbook about vacancies says what the totals endpoints say, to whoever asks.
func TestVacancyReportIsTheTotals(t *testing.T) {
	t.Parallel()
	s := withPeople(t)
	const own = "&organisation=RXA"
	for role, token := range map[domain.Role]string{
		domain.RoleHR:      s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA"),
		domain.RoleManager: s.token(t, domain.RoleManager, domain.ScopeOrganisation, "RXA"),
		domain.RolePlanner: s.token(t, domain.RolePlanner, domain.ScopeRegion, "Y60"),
	} {
		book := s.report(t, token, "vacancies.xlsx?organisation=RXA&as_at=2026-09-30")
		check := func(sheet string, labels map[string]string, fields map[string]field, question string) {
			t.Helper()
			rows, _ := s.totalsRows(t, token, question)
			book.agree(t, string(role), sheet, labels, fields, rows)
		}
		group := map[string]string{"Staff group code": "staff_group"}
		check("By_staff_group", group, postFields(), vacancyQuestion+own+"&group_by=staff_group")
		check("By_band", map[string]string{"Band code": "band"}, postFields(), vacancyQuestion+own+"&group_by=band")
		check("By_digital", map[string]string{"Digital post": "digital"}, postFields(), vacancyQuestion+own+"&group_by=digital")
		check("By_digital", map[string]string{"Digital post": "digital"}, positionFields(), positionQuestion+own+"&group_by=digital")
		const held = "/api/v1/vacancies/totals?month=2026-07-31&month=2026-08-31&month=2026-09-30" + own
		check("By_month", map[string]string{"Month": "month"}, postFields(), held+"&group_by=month")
		check("Trend", map[string]string{"Month": "month", "Staff group code": "staff_group"}, postFields(), held+"&group_by=month,staff_group")
		for header, place := range map[string]string{"This organisation": own, "Integrated care board": "&icb=QHL", "Region": "&region=Y60", "England": ""} {
			check("Benchmark", group, map[string]field{header: {"establishment_vacancy_rate", 100}}, vacancyQuestion+place+"&group_by=staff_group")
		}
		fine := 0
		for _, sheet := range []string{"By_role", "Digital_roles", "Open_vacancies"} {
			if _, there := book[sheet]; there {
				fine++
			}
		}
		if role == domain.RolePlanner {
			if fine > 0 {
				t.Errorf("planners get %d sheets that are too fine", fine)
			}
			continue
		}
		check("By_role", map[string]string{"Staff group code": "staff_group", "Job role code": "job_role"}, postFields(), vacancyQuestion+own+"&group_by=staff_group,job_role")
		post := map[string]string{"Area of work code": "area_of_work", "Job role code": "job_role", "Band code": "band"}
		check("Digital_roles", post, postFields(), vacancyQuestion+own+"&digital=yes&group_by=area_of_work,job_role,band")
		check("Digital_roles", post, positionFields(), positionQuestion+own+"&digital=yes&group_by=area_of_work,job_role,band")
		if open := book["Open_vacancies"]; len(open) != 3 || open[0]["Vacancy reference"] != "V1" || open[0]["Days open"] != "121" || open[1]["Vacancy reference"] != "D1" || open[1]["Status"] != "Open" || open[2]["Status"] != "Not stated" {
			t.Errorf("%s: open vacancies %v", role, open)
		}
	}
}

// What is shown of people is rounded for everybody but HR of the organisation, and a
// small number is shown to nobody else.
func TestVacancyReportProtectsPeople(t *testing.T) {
	t.Parallel()
	s := withPeople(t)
	for role, want := range map[domain.Role]string{domain.RoleHR: "142", domain.RoleManager: "135", domain.RolePlanner: "135"} {
		book := s.report(t, s.token(t, role, domain.ScopeOrganisation, "RXA"), "vacancies.xlsx?organisation=RXA&as_at=2026-09-30")
		var got string
		for _, row := range book["Summary"] {
			if strings.HasPrefix(row["Measure"], "Staff headcount") {
				got = row["This month"]
			}
		}
		if got != want {
			t.Errorf("%s: staff headcount is %s, want %s", role, got, want)
		}
	}
}

// A rank is the organisation's own; nothing of the others is in the workbook.
func TestBenchmarkTellsNothingOfOthers(t *testing.T) {
	t.Parallel()
	s := totalled(t)
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "A1B2C")
	manager := s.token(t, domain.RoleManager, domain.ScopeOrganisation, "RXB")
	rank := func() (string, string) {
		t.Helper()
		rows := s.report(t, manager, "vacancies.xlsx?organisation=RXB&as_at=2026-09-30")["Benchmark"]
		last := rows[len(rows)-1]
		return last["Rank in region"], last["Organisations compared"]
	}
	if place, compared := rank(); place != "[z]" || compared != "2" {
		t.Errorf("rank %s of %s", place, compared)
	}
	s.want(t, http.StatusCreated, s.upload(t, hr, "A1B2C", "vacancies", csvType, []byte("as_at,staff_group,band,budgeted_fte,contracted_fte\n2026-09-30,04,5,777.125,777.125\n")))
	if place, compared := rank(); place != "2" || compared != "3" {
		t.Errorf("rank %s of %s", place, compared)
	}
	content := s.want(t, http.StatusOK, s.get(t, manager, "/api/v1/reports/vacancies.xlsx?organisation=RXB&as_at=2026-09-30"))
	if cells := cellsOf(t, content); strings.Contains(cells, "RXA") || strings.Contains(cells, "Trust A") || strings.Contains(cells, "A1B2C") {
		t.Error("the workbook names another organisation")
	}
}
