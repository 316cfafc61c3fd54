package apitest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

const frameworksPath = "/api/v1/frameworks"

func (s service) frameworkTemplate(t *testing.T, token string) []byte {
	t.Helper()
	return s.want(t, http.StatusOK, s.get(t, token, frameworksPath+"/template.xlsx"))
}

// The template is sent back as it is, and everything works with what it publishes: the
// template of assessments, an upload, and totals.
func TestAPublishedFrameworkIsOfUse(t *testing.T) {
	t.Parallel()
	s := newService(t)
	admin, hr := s.token(t, domain.RoleAdmin, domain.ScopeAll), s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	workbook := s.frameworkTemplate(t, hr)
	const one = frameworksPath + "/example-skills/2026"

	checked := decode[spec.Framework](t, s.want(t, http.StatusOK, s.call(t, admin, http.MethodPost, frameworksPath+"?check_only=true", xlsxType, workbook)))
	s.want(t, http.StatusNotFound, s.get(t, hr, one))
	published := decode[spec.Framework](t, s.want(t, http.StatusCreated, s.call(t, admin, http.MethodPost, frameworksPath, xlsxType, workbook)))
	if diff := cmp.Diff(checked, published); diff != "" {
		t.Errorf("checked and published differ: %s", diff)
	}
	if diff := cmp.Diff(published, decode[spec.Framework](t, s.want(t, http.StatusOK, s.get(t, hr, one)))); diff != "" {
		t.Errorf("published and shown differ: %s", diff)
	}
	if list := string(s.want(t, http.StatusOK, s.get(t, hr, frameworksPath))); !strings.Contains(list, `"example-skills"`) || !strings.Contains(list, `"threshold":8`) {
		t.Errorf("listed: %s", list)
	}
	s.want(t, http.StatusConflict, s.call(t, admin, http.MethodPost, frameworksPath, xlsxType, workbook))
	s.want(t, http.StatusConflict, s.call(t, admin, http.MethodPost, frameworksPath+"?check_only=true", xlsxType, workbook))

	const of = "framework=example-skills&framework_version=2026"
	header := strings.TrimSpace(strings.TrimPrefix(string(s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/templates/assessments.csv?"+of))), "\ufeff"))
	columns := strings.Split(header, ",")
	for _, want := range []string{"1.1", "1.1_need", "1.10", "1.10_need", "2.1"} {
		if !strings.Contains(","+header+",", ","+want+",") {
			t.Errorf("the template has no column %s: %s", want, header)
		}
	}
	s.want(t, http.StatusCreated, s.upload(t, hr, "RXA", "staff", csvType, staffCSV(30)))
	values := map[string]string{"assessed_on": "2026-10-05", "assessor_kind": "self", "framework": "example-skills", "framework_version": "2026", "1.1": "3", "1.10": "1", "2.1": "N/A", "1.10_need": "2"}
	var file strings.Builder
	file.WriteString(header + "\r\n")
	for i := range 20 {
		values["employee_number"] = fmt.Sprintf("S%05d", i+1)
		row := make([]string, len(columns))
		for j, column := range columns {
			row[j] = values[column]
		}
		file.WriteString(strings.Join(row, ",") + "\r\n")
	}
	upload := decode[spec.Upload](t, s.want(t, http.StatusCreated, s.upload(t, hr, "RXA", "assessments", csvType, []byte(file.String()))))
	if upload.Counts.New != 20 {
		t.Fatalf("upload: %+v", upload)
	}
	totals := decode[struct {
		Rows []struct {
			Competence string
			Levels     []struct{ People int }
		}
	}](t, s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/digital-literacy/totals?organisation=RXA&as_at=2026-10-31&group_by=competence&"+of)))
	got := map[string]string{}
	for _, row := range totals.Rows {
		people := []string{}
		for _, level := range row.Levels {
			people = append(people, fmt.Sprint(level.People))
		}
		got[row.Competence] = strings.Join(people, " ")
	}
	if diff := cmp.Diff(map[string]string{"1.1": "0 0 0 20", "1.10": "0 20 0 0", "2.1": "0 0 0 0"}, got); diff != "" {
		t.Errorf("totals: %s", diff)
	}
}

// frameworkJSON is a checklist of tasks; changes adjust its members.
func frameworkJSON(t *testing.T, changes func(document map[string]any)) []byte {
	t.Helper()
	document := map[string]any{
		"framework": "made-up", "framework_name": "Made up", "version": "1.0", "name": "Made up 1.0", "scoring": "task_checklist", "valid_from": "2026-04-01",
		"validity_months": 12, "source": "Made up.", "licence": "None.",
		"domains":     []any{map[string]any{"code": "A", "name": "First"}},
		"competences": []any{map[string]any{"code": "A1", "name": "Tasks", "domain": "A", "max_level": 2, "threshold": 2}},
		"levels":      []any{map[string]any{"level": 0, "name": "None"}, map[string]any{"level": 1, "name": "One"}, map[string]any{"level": 2, "name": "Two", "band": "Some"}},
	}
	changes(document)
	body, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestFaultsOfAFrameworkAreNamedWhereTheyAre(t *testing.T) {
	t.Parallel()
	s := newService(t)
	admin := s.token(t, domain.RoleAdmin, domain.ScopeAll)
	competence := func(document map[string]any, member string, value any) {
		list, ok := document["competences"].([]any)
		if !ok {
			t.Fatal("no competences")
		}
		one, ok := list[0].(map[string]any)
		if !ok {
			t.Fatal("no competence")
		}
		one[member] = value
	}
	for name, c := range map[string]struct {
		change func(document map[string]any)
		code   string
		places []string
	}{
		"the schema": {func(d map[string]any) {
			delete(d, "source")
			d["validity_months"], d["author"] = "12", "x"
			competence(d, "max_level", 100)
		}, "body_invalid", []string{"author", "competences[0].max_level", "source", "validity_months"}},
		"the rules":      {func(d map[string]any) { competence(d, "threshold", 3); d["version"] = "1 0" }, "framework_rejected", []string{"version", "competences[0].threshold"}},
		"a clash":        {func(d map[string]any) { competence(d, "code", "band") }, "framework_rejected", []string{"competences[0].code"}},
		"another's code": {func(d map[string]any) { d["framework"] = "dig-comp" }, "framework_rejected", []string{"framework"}},
		"another's name": {func(d map[string]any) { d["framework"] = "hdc" }, "framework_rejected", []string{"framework_name"}},
	} {
		if diff := cmp.Diff(c.places, s.refused(t, admin, frameworksPath, jsonType, string(frameworkJSON(t, c.change)), c.code)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader(s.frameworkTemplate(t, admin)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	if err := book.SetCellValue("Competences", "D3", 9); err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := book.Write(&file); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"sheet Competences, row 3, column max_level"}, s.refused(t, admin, frameworksPath, xlsxType, file.String(), "framework_rejected")); diff != "" {
		t.Error(diff)
	}
	if err := book.SetCellValue("Competences", "D3", "nine"); err != nil {
		t.Fatal(err)
	}
	file.Reset()
	if err := book.Write(&file); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"sheet Competences, row 3, column max_level"}, s.refused(t, admin, frameworksPath+"?check_only=true", xlsxType, file.String(), "framework_rejected")); diff != "" {
		t.Error(diff)
	}
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	s.want(t, http.StatusForbidden, s.call(t, hr, http.MethodPost, frameworksPath, jsonType, frameworkJSON(t, func(map[string]any) {})))
	s.want(t, http.StatusCreated, s.call(t, admin, http.MethodPost, frameworksPath, jsonType, frameworkJSON(t, func(map[string]any) {})))
	s.want(t, http.StatusConflict, s.call(t, admin, http.MethodPost, frameworksPath, jsonType, frameworkJSON(t, func(d map[string]any) { d["version"] = "1" })))
	s.want(t, http.StatusRequestEntityTooLarge, s.call(t, admin, http.MethodPost, frameworksPath, jsonType, bytes.Repeat([]byte(" "), 5<<20)))
}

func TestACrosswalkIsPublishedAndShown(t *testing.T) {
	t.Parallel()
	s := newService(t)
	admin, planner := s.token(t, domain.RoleAdmin, domain.ScopeAll), s.token(t, domain.RolePlanner, domain.ScopeAll)
	const path = "/api/v1/crosswalks"
	if list := string(s.want(t, http.StatusOK, s.get(t, planner, path))); !strings.Contains(list, `{"crosswalks":[]}`) {
		t.Errorf("built in: %s", list)
	}
	const body = `{"code":"digcomp-to-hdc","name":"DigComp to HDC (made up)","from":{"framework":"digcomp","version":"3.0"},"to":{"framework":"hdc","version":"2018"},
		"source":"Made up for a test.","levels":[{"from_competence":"1.1","from_level":8,"to_competence":"TEC","to_level":4},{"from_competence":"1.1","from_level":0,"to_competence":"TEC","to_level":0}]}`
	published := decode[spec.Crosswalk](t, s.want(t, http.StatusCreated, s.call(t, admin, http.MethodPost, path, jsonType, []byte(body))))
	if diff := cmp.Diff(published, decode[spec.Crosswalk](t, s.want(t, http.StatusOK, s.get(t, planner, path+"/digcomp-to-hdc")))); diff != "" || len(published.Levels) != 2 {
		t.Errorf("shown: %s", diff)
	}
	s.want(t, http.StatusConflict, s.call(t, admin, http.MethodPost, path, jsonType, []byte(body)))
	s.want(t, http.StatusNotFound, s.get(t, planner, path+"/none"))
	s.want(t, http.StatusForbidden, s.call(t, planner, http.MethodPost, path, jsonType, []byte(body)))
	faulty := strings.NewReplacer("digcomp-to-hdc", "other", `"from_level":8`, `"from_level":9`, `"to_competence":"TEC","to_level":0`, `"to_competence":"tec","to_level":0`).Replace(body)
	if diff := cmp.Diff([]string{"levels[0].from_level", "levels[1].to_competence"}, s.refused(t, admin, path, jsonType, faulty, "crosswalk_rejected")); diff != "" {
		t.Error(diff)
	}
}
