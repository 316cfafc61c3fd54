package apitest_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// The person of these tests. Number and team stand nowhere else.
const (
	zqNumber = "0ZQ42817"
	zqTeam   = "-Zqcanary ward"
)

// rightsPath is the address of what is asked about one person.
func rightsPath(organisation, what string) string {
	return "/api/v1/organisations/" + organisation + "/people/" + what
}

func numberBody(number string) []byte {
	body, _ := json.Marshal(map[string]string{"employee_number": number})
	return body
}

// wardList are 30 others.
func wardList() string {
	var b strings.Builder
	b.WriteString("employee_number,staff_group,band,fte,team\n")
	for i := range 30 {
		fmt.Fprintf(&b, "S%05d,03,5,0.8,Ward %d\n", i+1, i%3)
	}
	return b.String()
}

// newRights is a service that holds the person by files of all forms, and their ids.
func newRights(t *testing.T) (s service, hr string, naming, others []spec.Upload) {
	t.Helper()
	s = newService(t)
	hr = s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	const head = "employee_number,staff_group,job_role_code,band,area_of_work,team,fte,started_on\n"
	others = append(others, s.stored(t, hr, uploadsOf("staff", "as_at=2026-09-30"), []byte(wardList())))
	s.stored(t, hr, uploadsOf("vacancies"), []byte(vacanciesCSV))
	naming = append(naming,
		s.stored(t, hr, uploadsOf("staff", "as_at=2026-09-30"), []byte(head+zqNumber+",03,,5,A004,"+zqTeam+",1,2020-01-01\nZ1,03,,5,,,1,\n")),
		s.stored(t, hr, uploadsOf("staff", "as_at=2026-10-31"), fmt.Appendf(nil, `{"rows":[{"employee_number":"Z1","staff_group":"03","fte":1},{"employee_number":%q,"staff_group":"03","band":"6","area_of_work":"A004","team":%q,"fte":1.6}]}`, zqNumber, zqTeam)),
		s.stored(t, hr, uploadsOf("assessments"), []byte("employee_number,assessed_on,CCP,TLS,IDM,CIS,TEC,DIW,team\n"+zqNumber+",2026-10-05,1,2,3,,N/A,4,"+zqTeam+"\n")),
		s.stored(t, hr, uploadsOf("assessments"), workbook(t, sheetRows{"Data", [][]any{
			{"employee_number", "assessed_on", "assessor_kind", "competence_code", "level"},
			{zqNumber, "2026-10-06", "manager", "CCP", 2},
			{zqNumber, "2026-10-06", "manager", "TEC", 3},
		}})),
		s.rejected(t, hr, uploadsOf("staff", "as_at=2026-11-01"), []byte(head+"Z1,03,,5,,,1,\n"+zqNumber+",nonsense,,5,,,1,\n")),
		s.stored(t, hr, uploadsOf("assessments"), workbook(t, sheetRows{"Data", [][]any{
			{"employee_number", "assessed_on", "CCP"}, {"Z1", "2026-10-07", 2},
		}}, sheetRows{"Who", [][]any{{"made by", zqNumber}}})))
	others = append(others, s.stored(t, hr, uploadsOf("assessments"), []byte("employee_number,assessed_on,CCP,remark\nZ1,2026-10-08,1,nothing\n")))
	return s, hr, naming, others
}

// Everything held about a person is handed out to HR of the organisation, with what was
// held before and when, as JSON and as CSV, and its name does not tell of whom it is.
func TestAPersonIsToldWhatIsHeld(t *testing.T) {
	t.Parallel()
	s, hr, naming, _ := newRights(t)
	answer := s.call(t, hr, http.MethodPost, rightsPath("RXA", "record"), jsonType, numberBody("  "+zqNumber+" "))
	if name := answer.Header.Get("Content-Disposition"); name != "attachment; filename=OFFICIAL-SENSITIVE-RXA-person-record-2026-11-22.json" || !strings.Contains(answer.Header.Get("Cache-Control"), "no-store") {
		t.Errorf("headers %v", answer.Header)
	}
	record := decode[spec.PersonRecord](t, s.want(t, http.StatusOK, answer))
	if record.EmployeeNumber != zqNumber || record.Restricted || len(record.Employments) != 1 || len(record.Positions) != 2 || len(record.Assessments) != 2 {
		t.Fatalf("%+v", record)
	}
	if p := record.Positions[1]; p.Band != "6" || p.Fte != "1.6" || p.Team != zqTeam || p.AreaOfWork != "A004" || p.JobRole != "" || p.History.EndedAt != nil {
		t.Errorf("%+v", p)
	}
	if p := record.Positions[1]; p.StaffGroupName != "Nursing and Midwifery Registered" || p.BandName != "Band 6" || !strings.Contains(p.AreaOfWorkName, " > ") || p.JobRoleName != "Not given" || p.ContractTypeName != "Not given" {
		t.Errorf("names %+v", p)
	}
	if a := record.Assessments[0]; a.FrameworkName == "" || a.StaffGroupName == "" || record.Person == 0 || record.RestrictedSince != nil {
		t.Errorf("names %+v", a)
	}
	var answers []string
	for _, c := range record.Assessments[0].Competences {
		level := "-"
		if c.Level != nil {
			level = fmt.Sprint(*c.Level)
		}
		answers = append(answers, c.Code+" "+level+" "+c.LevelName)
	}
	if want := []string{"CCP 1", "TLS 2", "IDM 3", "CIS - Not assessed", "TEC -1 Not applicable", "DIW 4"}; !slices.EqualFunc(answers, want, strings.HasPrefix) {
		t.Errorf("answers %q", answers)
	}
	var uploads []string
	for _, upload := range record.Uploads {
		uploads = append(uploads, upload.Id.String())
		if upload.FileKeptUntil == nil {
			t.Errorf("the file of %s is kept", upload.Id)
		}
	}
	if want := idsOf(naming[:4]); !slices.Equal(slices.Sorted(slices.Values(uploads)), slices.Sorted(slices.Values(want))) {
		t.Errorf("uploads %v, want %v", uploads, want)
	}
	answer = s.call(t, hr, http.MethodPost, rightsPath("RXA", "record.csv"), jsonType, numberBody(zqNumber))
	if name := answer.Header.Get("Content-Disposition"); name != "attachment; filename=OFFICIAL-SENSITIVE-RXA-person-record-2026-11-22.csv" || !strings.Contains(answer.Header.Get("Cache-Control"), "no-store") {
		t.Errorf("headers %v", answer.Header)
	}
	rows, err := csv.NewReader(strings.NewReader(string(s.want(t, http.StatusOK, answer)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	recorded := record.Positions[1].History.RecordedAt.UTC().Format("2006-01-02T15:04:05.999999999Z07:00")
	for _, want := range [][]string{
		{"Section", "Row", "Field", "Value", "Name", "Recorded at", "Ended at"},
		{"Person", "1", "Employee number", zqNumber, "", "", ""},
		{"Position", "2", "Team", "'" + zqTeam, "", recorded, ""},
		{"Position", "2", "Band", "6", "Band 6", recorded, ""},
		{"Position", "2", "FTE", "1.6", "", recorded, ""},
	} {
		if !slices.ContainsFunc(rows, func(row []string) bool { return slices.Equal(row, want) }) {
			t.Errorf("the CSV lacks %q", want)
		}
	}
	if !slices.ContainsFunc(rows, func(row []string) bool { return strings.HasPrefix(row[2], "CCP ") && strings.HasPrefix(row[3], "1 (") }) {
		t.Errorf("the CSV lacks an answer: %q", rows)
	}
	var trail string
	if err := s.database.Admin(t).QueryRowContext(t.Context(), `SELECT string_agg(CAST(e AS text), ' ') FROM audit_event e WHERE operation = 'getPersonRecord'`).Scan(&trail); err != nil {
		t.Fatal(err)
	}
	searched{"the log": s.log.String(), "the audit trail": trail}.lacks(t, "after two records", []string{zqNumber, zqTeam})
}

func idsOf(uploads []spec.Upload) (ids []string) {
	for _, upload := range uploads {
		ids = append(ids, upload.Id.String())
	}
	return ids
}

// A number that is not held and another's organisation are answered alike.
func TestNobodyLearnsWhoIsHeld(t *testing.T) {
	t.Parallel()
	s, hr, _, _ := newRights(t)
	other := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXB")
	for what, body := range map[string]string{
		"record": `{"employee_number":%q}`, "record.csv": `{"employee_number":%q}`, "erasures": `{"employee_number":%q}`,
		"restrictions": `{"employee_number":%q,"restricted":true}`,
	} {
		told := make(map[string]int)
		for _, asked := range []struct{ token, organisation, number string }{
			{other, "RXA", zqNumber}, {other, "RXA", "nobody"}, {other, "RZZ", zqNumber}, {hr, "RXA", "nobody"}, {other, "RXB", zqNumber},
		} {
			answer := s.call(t, asked.token, http.MethodPost, rightsPath(asked.organisation, what), jsonType, fmt.Appendf(nil, body, asked.number))
			problem := decode[map[string]any](t, s.want(t, http.StatusNotFound, answer))
			told[fmt.Sprint(problem["code"], problem["title"], problem["detail"])]++
		}
		if len(told) != 1 {
			t.Errorf("%s: %v", what, told)
		}
	}
	for _, role := range []domain.Role{domain.RoleManager, domain.RolePlanner} {
		token := s.token(t, role, domain.ScopeOrganisation, "RXA")
		s.want(t, http.StatusForbidden, s.call(t, token, http.MethodPost, rightsPath("RXA", "record"), jsonType, numberBody(zqNumber)))
	}
	s.want(t, http.StatusUnprocessableEntity, s.call(t, hr, http.MethodPost, rightsPath("RXA", "record"), jsonType, numberBody("  ")))
}

// After an erasure neither the number nor the team of the person is in any row of the
// database, ended ones among them, in any kept file, or in the log; the figures are as
// before, and a later file with the number stores nothing of the person and is not kept.
func TestAnErasedPersonIsNowhere(t *testing.T) {
	t.Parallel()
	s, hr, naming, others := newRights(t)
	found := searched{"the database": s.dump(t)}
	if !strings.Contains(found["the database"], zqNumber) || !strings.Contains(found["the database"], zqTeam) {
		t.Fatal("the search would find nothing")
	}
	figures := func() string {
		return string(s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/workforce/totals.csv?organisation=RXA&group_by=organisation,staff_group,band,month&from=2026-09-30&to=2026-10-31"))) +
			string(s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/digital-literacy/totals.csv?organisation=RXA&group_by=organisation,staff_group,band,month,competence&from=2026-09-30&to=2026-10-31")))
	}
	before := figures()
	erasure := decode[spec.Erasure](t, s.want(t, http.StatusOK, s.call(t, hr, http.MethodPost, rightsPath("RXA", "erasures"), jsonType, numberBody(zqNumber))))
	if erasure.FilesDeleted != len(naming) || erasure.FindingsDeleted < 2 || erasure.Rows < 4 || erasure.Change == 0 ||
		erasure.EmploymentEndedOn == nil || erasure.EmploymentEndedOn.String() != "2026-11-22" {
		t.Errorf("%+v", erasure)
	}
	if diff := cmp.Diff(before, figures()); diff != "" {
		t.Errorf("figures (-before +after):\n%s", diff)
	}
	found = searched{"the database": s.dump(t), "the log": s.log.String(), "the temporary folder": filesOf(t, s.temp)}
	for _, upload := range naming {
		s.want(t, http.StatusNotFound, s.get(t, hr, "/api/v1/uploads/"+upload.Id.String()+"/file"))
		found["findings of "+upload.Id.String()] = cellsOf(t, s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/uploads/"+upload.Id.String()+"/findings.xlsx")))
	}
	for _, upload := range others {
		found["the file of "+upload.Id.String()] = string(s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/uploads/"+upload.Id.String()+"/file")))
	}
	for _, path := range []string{
		"/api/v1/organisations/RXA/staff.csv", "/api/v1/organisations/RXA/assessments.csv", "/api/v1/exports/staff.csv?organisation=RXA", "/api/v1/exports/assessments.csv?organisation=RXA",
	} {
		found[path] = string(s.want(t, http.StatusOK, s.get(t, hr, path)))
	}
	found["people.xlsx"] = cellsOf(t, s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/reports/people.xlsx?organisation=RXA&as_at=2026-10-31")))
	found.lacks(t, "after the erasure", []string{zqNumber, zqTeam})
	s.want(t, http.StatusNotFound, s.call(t, hr, http.MethodPost, rightsPath("RXA", "record"), jsonType, numberBody(zqNumber)))

	again := s.stored(t, hr, uploadsOf("staff", "as_at=2026-11-20", "complete=true"), []byte(wardList()+"Z1,03,5,1,\n"+zqNumber+",03,5,1,"+zqTeam+"\n"))
	s.want(t, http.StatusNotFound, s.get(t, hr, "/api/v1/uploads/"+again.Id.String()+"/file"))
	if again.Counts.Skipped != 1 || !slices.ContainsFunc(again.Findings, func(f spec.Finding) bool { return f.Code == "erased_person" && f.Row != nil && *f.Row == 33 }) {
		t.Errorf("the number again: %+v", again)
	}
	long := s.stored(t, hr, uploadsOf("assessments", "create_missing_staff=true"), []byte("employee_number,assessed_on,competence_code,level\nZ1,2026-11-01,CCP,2\n"+
		zqNumber+",2026-11-01,CCP,2\n"+zqNumber+",2026-11-01,TEC,77\n"+zqNumber+",2026-99-01,TEC,1\n"))
	if long.Counts.Skipped != 3 || long.Counts.New != 1 || long.Errors != 0 {
		t.Errorf("the number in long form: %+v", long)
	}
	searched{"the database": s.dump(t), "the log": s.log.String()}.lacks(t, "after the number was sent again", []string{zqNumber, zqTeam})
}

// A person who is restricted is in no figure until the restriction is lifted.
func TestARestrictionOverTheAPI(t *testing.T) {
	t.Parallel()
	s, hr, _, _ := newRights(t)
	figures := func() any {
		totals := decode[map[string]any](t, s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/workforce/totals?organisation=RXA&group_by=organisation&as_at=2026-10-31")))
		return totals["rows"]
	}
	ask := func(restricted bool) spec.Restriction {
		body := fmt.Appendf(nil, `{"employee_number":%q,"restricted":%t}`, zqNumber, restricted)
		return decode[spec.Restriction](t, s.want(t, http.StatusOK, s.call(t, hr, http.MethodPost, rightsPath("RXA", "restrictions"), jsonType, body)))
	}
	before := fmt.Sprint(figures())
	if got := ask(true); !got.Restricted || got.Since == nil {
		t.Errorf("%+v", got)
	}
	if during := fmt.Sprint(figures()); before == during {
		t.Errorf("figures %s, before %s", during, before)
	}
	if record := decode[spec.PersonRecord](t, s.want(t, http.StatusOK, s.call(t, hr, http.MethodPost, rightsPath("RXA", "record"), jsonType, numberBody(zqNumber)))); !record.Restricted || record.RestrictedSince == nil {
		t.Error("the record does not say so")
	}
	if list := string(s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/organisations/RXA/staff.csv"))); !strings.Contains(list, zqNumber) {
		t.Error("HR's own list lacks the person, who would be ended by sending it back")
	}
	if got := ask(false); got.Restricted || got.Since != nil {
		t.Errorf("%+v", got)
	}
	if after := fmt.Sprint(figures()); before != after {
		t.Errorf("figures %s, before %s", after, before)
	}
}

// Of a kept file that cannot be read any more nobody can say whom it names, so it goes.
func TestADamagedKeptFileNamesEverybody(t *testing.T) {
	t.Parallel()
	s, hr, naming, others := newRights(t)
	for i, damage := range []string{`'\x00'`, `substr(content, 1, length(content) - 12)`, `overlay(content placing '\xffffffff' from 11 for 4)`} {
		if _, err := s.database.Admin(t).ExecContext(t.Context(), `UPDATE upload_file_part SET content = `+damage+` WHERE upload_id = CAST($1 AS uuid)`, naming[i].Id.String()); err != nil {
			t.Fatal(err)
		}
	}
	erasure := decode[spec.Erasure](t, s.want(t, http.StatusOK, s.call(t, hr, http.MethodPost, rightsPath("RXA", "erasures"), jsonType, numberBody("S00001"))))
	if erasure.FilesDeleted != 4 { // and the list that names the person
		t.Errorf("%+v", erasure)
	}
	for _, upload := range append(naming[:3:3], others[0]) {
		s.want(t, http.StatusNotFound, s.get(t, hr, "/api/v1/uploads/"+upload.Id.String()+"/file"))
	}
	for _, upload := range append(naming[3:len(naming):len(naming)], others[1]) {
		s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/uploads/"+upload.Id.String()+"/file"))
	}
}
