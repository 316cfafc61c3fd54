package apitest_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"skillstracker/domain"
)

// assessedTrusts is a service in which RXA has 200 people in two groups, four bands and
// three teams, with assessments, and RXB five. The nation and RXA have targets.
func assessedTrusts(t *testing.T) service {
	t.Helper()
	s := newService(t)
	admin := s.token(t, domain.RoleAdmin, domain.ScopeAll)
	s.stored(t, admin, "/api/v1/targets/uploads", []byte("framework,framework_version,competence_code,level,band,valid_from\nhdc,2018,CCP,2,,2026-01-01\nhdc,2018,TEC,3,,2025-01-01\nhdc,2018,TEC,4,6,2025-01-01\n"))
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA", "RXB")
	var staff, assessments strings.Builder
	staff.WriteString("employee_number,staff_group,band,team,fte,as_at\n")
	assessments.WriteString("employee_number,assessed_on,assessor_kind,CCP,TLS,IDM,CIS,TEC\n")
	for i := range 200 {
		group := []string{"03", "08", "03"}[i%3]
		fmt.Fprintf(&staff, "S%05d,%s,%d,Ward %d,1,2025-07-31\n", i, group, 3+i%4, 1+i%3)
		if i%10 == 9 {
			continue
		}
		day, kind := fmt.Sprintf("2026-%02d-15", 1+i%9), []string{"self", "manager", "self", "assessor"}[i%4]
		if i%10 == 8 {
			day = "2025-08-15"
		}
		fmt.Fprintf(&assessments, "S%05d,%s,%s,%d,%d,%d,,%d\n", i, day, kind, (i+i/7)%5, (i/3)%5, 1+i%2, (i/2)%5)
		if i%5 == 0 {
			fmt.Fprintf(&assessments, "S%05d,2025-10-01,self,%d,1,1,N/A,2\n", i, i%3)
		}
	}
	for _, sent := range []struct{ organisation, kind, file string }{
		{"RXA", "staff", staff.String()},
		{"RXA", "assessments", assessments.String()},
		{"RXA", "targets", "framework,framework_version,competence_code,level,staff_group,valid_from\nhdc,2018,IDM,2,08,2026-01-01\n"},
		{"RXB", "staff", "employee_number,staff_group,band,team,fte,as_at\nCANARY1,03,5,Tiny,1,2025-07-31\nCANARY2,03,5,Tiny,1,2025-07-31\nCANARY3,03,6,Tiny,1,2025-07-31\nCANARY4,08,6,Tiny,1,2025-07-31\nCANARY5,08,6,Tiny,1,2025-07-31\n"},
		{"RXB", "assessments", "employee_number,assessed_on,CCP,TLS,IDM,CIS,TEC,DIW\nCANARY1,2026-09-01,4,3,4,3,4,3\nCANARY2,2026-09-01,4,3,4,3,4,3\nCANARY3,2026-09-01,4,3,4,3,4,3\nCANARY4,2026-09-01,4,3,4,3,4,3\n"},
	} {
		s.want(t, http.StatusCreated, s.upload(t, hr, sent.organisation, sent.kind, csvType, []byte(sent.file)))
	}
	return s
}

// peopleFields are figures of rows of totals by neither competence nor domain.
func peopleFields() map[string]field {
	return map[string]field{
		"Staff in post": {"staff_in_post", 1}, "Staff assessed": {"assessed", 1}, "Assessed, current": {"assessed_on_list", 1}, "Completion rate": {"completion_rate", 100},
		"Due in 90 days": {"due", 1}, "Overdue": {"overdue", 1}, "Never assessed": {"never_assessed", 1},
		"Share at or above target in every competence": {"share_at_or_above_target", 100},
	}
}

// competenceFields are figures of rows of totals by competence.
func competenceFields() map[string]field {
	fields := map[string]field{
		"Staff assessed": {"answered", 1}, "Mean level": {"mean_level", 1}, "Median level": {"median_level", 1}, "Target level": {"target_level", 1},
		"Gap to target": {"mean_gap", 1}, "Mean gap": {"mean_gap", 1}, "Share at or above target": {"share_at_or_above_target", 100},
		"Rank": {"rank", 1}, "Staff below target": {"below_target", 1}, "Person levels to close": {"person_levels_to_close", 1},
	}
	for level := range 5 {
		fields[fmt.Sprintf("Share at level %d", level)] = field{fmt.Sprintf("share_at_%d", level), 100}
	}
	return fields
}

// withShares adds to rows by competence the share of people at each level.
func withShares(rows []map[string]any) []map[string]any {
	for _, row := range rows {
		levels, _ := row["levels"].([]any)
		status, _ := row["status"].(map[string]any)
		base, _ := row["answered"].(float64)
		for _, each := range levels {
			level, _ := each.(map[string]any)
			name := fmt.Sprintf("share_at_%v", level["level"])
			people, shown := level["people"].(float64)
			switch {
			case shown && base > 0:
				row[name] = people / base
			case shown:
				status[name] = "z"
			default:
				status[name] = level["status"]
			}
		}
		if row["rank"] == nil {
			status["rank"] = status["person_levels_to_close"]
		}
	}
	return rows
}

// The workbook about digital literacy says what the totals endpoints say, to whoever asks.
func TestDigitalLiteracyReportIsTheTotals(t *testing.T) {
	t.Parallel()
	s := assessedTrusts(t)
	const own, year = "&organisation=RXA", "/api/v1/digital-literacy/totals?from=2025-10-31&to=2026-09-30"
	for role, token := range map[domain.Role]string{
		domain.RoleHR:      s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA"),
		domain.RoleManager: s.token(t, domain.RoleManager, domain.ScopeOrganisation, "RXA"),
		domain.RolePlanner: s.token(t, domain.RolePlanner, domain.ScopeRegion, "Y60"),
	} {
		book := s.report(t, token, "digital-literacy.xlsx?organisation=RXA&as_at=2026-09-30")
		check := func(sheet string, labels map[string]string, fields map[string]field, question string, more int) []map[string]any {
			t.Helper()
			rows, _ := s.totalsRows(t, token, question)
			book.agree(t, string(role), sheet, labels, fields, withShares(rows))
			if len(book[sheet]) != len(rows)+more {
				t.Errorf("%s: %s has %d rows, the totals %d", role, sheet, len(book[sheet]), len(rows))
			}
			return rows
		}
		group, competence := map[string]string{"Staff group code": "staff_group"}, map[string]string{"Competence code": "competence"}
		check("By_domain", competence, competenceFields(), skillsQuestion+own+"&group_by=competence", 0)
		check("By_staff_group", group, peopleFields(), skillsQuestion+own+"&group_by=staff_group", 1)
		check("By_band", map[string]string{"Band code": "band"}, peopleFields(), skillsQuestion+own+"&group_by=band", 1)
		check("Trend", map[string]string{"Month": "month", "Competence code": "competence"}, competenceFields(), year+own+"&group_by=month,competence", 0)
		check("Trend_overall", map[string]string{"Month": "month"}, peopleFields(), year+own+"&group_by=month", 0)
		matrix := skillsQuestion + own + "&group_by=staff_group,competence"
		rows, _ := s.totalsRows(t, token, matrix)
		book.agreeAcross(t, string(role), "Level_by_group", "mean_level", rows)
		book.agreeAcross(t, string(role), "Domain_by_group", "mean_gap", rows)
		ranked, _ := s.totalsRows(t, token, matrix+"&order=priority")
		ranked = slices.DeleteFunc(withShares(ranked), func(row map[string]any) bool {
			status, _ := row["status"].(map[string]any)
			return status["with_target"] == "z"
		})
		book.agree(t, string(role), "Priority_gaps", map[string]string{"Staff group code": "staff_group", "Competence code": "competence"}, competenceFields(), ranked)
		for i, row := range book["Priority_gaps"] {
			if i >= len(ranked) || row["Competence code"] != ranked[i]["competence"] || row["Staff group code"] != ranked[i]["staff_group"] {
				t.Errorf("%s: place %d of the priorities is %v", role, i+1, row)
			}
		}
		if role == domain.RolePlanner {
			check("Completion", group, peopleFields(), skillsQuestion+own+"&group_by=staff_group", 1)
			if _, shown := book["By_team"]; shown {
				t.Error("planners are shown teams")
			}
		} else {
			team := map[string]string{"Team": "team"}
			check("By_team", team, peopleFields(), skillsQuestion+own+"&group_by=team", 1)
			check("Completion", team, peopleFields(), skillsQuestion+own+"&group_by=team", 1)
		}
		for header, place := range map[string]string{"This organisation": own, "Integrated care board": "&icb=QHL", "Region": "&region=Y60", "England": "&group_by=nation"} {
			overall, _ := s.totalsRows(t, token, skillsQuestion+place)
			by := strings.Replace(place+"&group_by=competence", "nation&group_by=", "nation,", 1)
			competences, _ := s.totalsRows(t, token, skillsQuestion+by)
			book.agreeBenchmark(t, string(role), header, overall[0], competences)
		}
		for header, date := range map[string]string{"This period": "2026-09-30", "Previous period": "2026-08-31"} {
			overall, _ := s.totalsRows(t, token, "/api/v1/digital-literacy/totals?as_at="+date+own)
			book.agreeMeasures(t, string(role), "Summary", header, overall[0], peopleFields())
		}
	}
}

// agreeAcross compares a sheet that has a column for each competence.
func (w workbookTables) agreeAcross(t *testing.T, what, sheet, figure string, rows []map[string]any) {
	t.Helper()
	compared := 0
	for _, total := range rows {
		for _, row := range w[sheet] {
			if row["Staff group code"] != total["staff_group"] {
				continue
			}
			for header, cell := range row {
				if strings.HasPrefix(header, fmt.Sprint(total["competence"], ":")) {
					compared++
					if want := shownAs(total, field{figure, 1}); !sameCell(cell, want) {
						t.Errorf("%s: %s, %s %s is %s, totals say %s", what, sheet, total["staff_group"], header, cell, want)
					}
				}
			}
		}
	}
	if compared != len(rows) || compared == 0 {
		t.Errorf("%s: %d cells of %s were compared with %d rows", what, compared, sheet, len(rows))
	}
}

// agreeMeasures compares a column of a sheet that has a row for each measure.
func (w workbookTables) agreeMeasures(t *testing.T, what, sheet, column string, total map[string]any, fields map[string]field) {
	t.Helper()
	compared := 0
	for _, row := range w[sheet] {
		f, known := fields[plainHeader(row["Measure"])]
		if !known {
			continue
		}
		compared++
		if want := shownAs(total, f); !sameCell(row[column], want) {
			t.Errorf("%s: %s, %s of %s is %s, totals say %s", what, sheet, row["Measure"], column, row[column], want)
		}
	}
	if compared < 2 {
		t.Errorf("%s: %d measures of %s were compared", what, compared, sheet)
	}
}

func (w workbookTables) agreeBenchmark(t *testing.T, what, column string, overall map[string]any, competences []map[string]any) {
	t.Helper()
	fields := peopleFields()
	fields["Organisations with a current assessment"] = field{"organisations_reporting", 1}
	fields["Organisations expected to send assessments"] = field{"organisations_expected", 1}
	w.agreeMeasures(t, what, "Benchmark", column, overall, fields)
	compared := 0
	for _, total := range competences {
		for _, row := range w["Benchmark"] {
			if plainHeader(row["Measure"]) == total["competence_name"] {
				compared++
				if want := shownAs(total, field{"mean_level", 1}); !sameCell(row[column], want) {
					t.Errorf("%s: Benchmark, %s of %s is %s, totals say %s", what, row["Measure"], column, row[column], want)
				}
			}
		}
	}
	if compared != 6 {
		t.Errorf("%s: %d competences of the benchmark were compared", what, compared)
	}
}

// People add up to the totals, for HR; nobody else gets them, and each read is noted
// before it happens.
func TestPeopleReportIsTheTotals(t *testing.T) {
	t.Parallel()
	s := assessedTrusts(t)
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	const target = "/api/v1/reports/people.xlsx?as_at=2026-09-30&organisation="
	for _, role := range []domain.Role{domain.RoleManager, domain.RolePlanner} {
		s.want(t, http.StatusForbidden, s.get(t, s.token(t, role, domain.ScopeOrganisation, "RXA"), target+"RXA"))
	}
	s.want(t, http.StatusNotFound, s.get(t, hr, target+"RXB"))
	s.want(t, http.StatusNotFound, s.get(t, hr, target+"RZZ9"))
	noted := func() int {
		t.Helper()
		var n int
		if err := s.database.Admin(t).QueryRowContext(t.Context(), `SELECT count(*) FROM audit_event WHERE operation = 'getPeopleReport' AND organisation = 'RXA' AND outcome = 'done'
			AND object = 'people.xlsx as_at=2026-09-30 framework=hdc framework_version=2018'`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if noted() != 0 {
		t.Error("a refused read is noted as one that was done")
	}
	people := s.report(t, hr, "people.xlsx?as_at=2026-09-30&organisation=RXA")["People"]
	if noted() != 1 || len(people) != 200 || people[0]["Employee number"] != "S00000" || people[0]["Status"] != "Current" || people[0]["Team"] != "Ward 1" {
		t.Errorf("%d reads are noted, %d people, the first is %v", noted(), len(people), people[0])
	}
	overall, _ := s.totalsRows(t, hr, skillsQuestion+"&organisation=RXA")
	counted := map[string]float64{"staff_in_post": float64(len(people)), "at_or_above_target": 0}
	for _, person := range people {
		current := person["Status"] == "Current" || person["Status"] == "Due"
		for name, counts := range map[string]bool{
			"assessed": current, "due": person["Status"] == "Due", "overdue": person["Status"] == "Overdue", "never_assessed": person["Status"] == "Never assessed",
			"at_or_above_target": current && person["Levels below target"] == "0", "with_target": current && person["Levels below target"] != "[z]",
		} {
			if counts {
				counted[name]++
			}
		}
	}
	for name, people := range counted {
		if overall[0][name] != people || people == 0 {
			t.Errorf("%v people are %s, totals say %v", people, name, overall[0][name])
		}
	}
	competences, _ := s.totalsRows(t, hr, skillsQuestion+"&organisation=RXA&group_by=competence")
	for _, row := range competences {
		at := map[string]int{}
		for _, person := range people {
			for header, level := range person {
				if strings.HasPrefix(header, fmt.Sprint(row["competence"], ":")) && (person["Status"] == "Current" || person["Status"] == "Due") {
					at[level]++
				}
			}
		}
		levels, _ := row["levels"].([]any)
		for _, each := range levels {
			level, _ := each.(map[string]any)
			if shown, _ := level["people"].(float64); at[fmt.Sprint(level["level"])] != int(shown) {
				t.Errorf("%v: %d people are at level %v, totals say %v", row["competence"], at[fmt.Sprint(level["level"])], level["level"], shown)
			}
		}
	}
	// A read that fails was noted all the same.
	if _, err := s.database.Admin(t).ExecContext(t.Context(), `REVOKE SELECT ON staff_member FROM skills_app`); err != nil {
		t.Fatal(err)
	}
	s.want(t, http.StatusInternalServerError, s.get(t, hr, target+"RXA"))
	if noted() != 2 {
		t.Errorf("%d reads are noted, the last one was not", noted())
	}
}

// A manager of a team of five learns nothing of anybody in it from any part of any file
// of the report.
func TestATeamOfFiveIsNotFoundInThePackage(t *testing.T) {
	t.Parallel()
	s := assessedTrusts(t)
	manager, hr := s.token(t, domain.RoleManager, domain.ScopeOrganisation, "RXB"), s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXB")
	question := "digital-literacy.xlsx?organisation=RXB&as_at=2026-09-30"
	// What may be a number: what is not about people of the organisation, and no people.
	aboutOthers := []string{"Integrated care board", "Region", "England", "Month", "Received on", "Target level", "Target"}
	for sheet, rows := range s.report(t, manager, question) {
		for _, row := range rows {
			for header, cell := range row {
				_, err := strconv.ParseFloat(cell, 64)
				targets := sheet == "Data_quality" && row["Kind of file"] == "Targets"
				organisations := strings.HasPrefix(row["Measure"], "Organisations ")
				if err == nil && cell != "0" && !slices.Contains(aboutOthers, header) && !targets && !organisations && !strings.HasSuffix(header, "code") {
					t.Errorf("%s shows %s of five people: %s", sheet, header, cell)
				}
			}
		}
	}
	number := regexp.MustCompile(`<c:v>([^<]*)</c:v>`)
	for _, file := range []string{question, question + "&profile=management", strings.Replace(question, "xlsx", "ods", 1), strings.Replace(question, "xlsx", "zip", 1)} {
		for part, content := range partsOf(t, s.want(t, http.StatusOK, s.get(t, manager, "/api/v1/reports/"+file))) {
			if strings.Contains(content, "CANARY") || strings.Contains(content, "definedName") && !strings.Contains(content, "_xlnm.Print_Titles") {
				t.Errorf("%s: part %s names somebody", file, part)
			}
			if found := number.FindString(content); found != "" {
				t.Errorf("%s: part %s draws %s", file, part, found)
			}
		}
	}
	seen := strings.Builder{}
	for _, content := range partsOf(t, s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/reports/people.xlsx?organisation=RXB&as_at=2026-09-30"))) {
		seen.WriteString(content)
	}
	if !strings.Contains(seen.String(), "CANARY5") || s.report(t, hr, question)["By_team"][0]["Staff in post"] != "5" {
		t.Error("the search finds nothing even where HR sees it")
	}
}

// partsOf are the parts of a package by name.
func partsOf(t *testing.T, content []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, file := range archive.File {
		part, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		parts[file.Name] = string(text)
		_ = part.Close()
	}
	return parts
}
