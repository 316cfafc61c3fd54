package apitest_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// canaries are values that look like personal data and are nobody's: the prefix ZZ is
// given to no one, 999 begins NHS numbers for tests, and example.org belongs to
// nobody.
func canaries() []string {
	return []string{"ZZ 98 76 54 D", "ZZ987654D", "9990000018", "999 000 0018", "canary.person@example.org"}
}

// byHeading is kept for drama. Telephone numbers are refused where a heading says what
// they are.
const byHeading = "07700 900987"

// sheetRows is a sheet of a workbook by its rows.
type sheetRows struct {
	name string
	rows [][]any
}

func workbook(t *testing.T, sheets ...sheetRows) []byte {
	t.Helper()
	book := excelize.NewFile()
	for i, sheet := range sheets {
		if i == 0 {
			if err := book.SetSheetName("Sheet1", sheet.name); err != nil {
				t.Fatal(err)
			}
		} else if _, err := book.NewSheet(sheet.name); err != nil {
			t.Fatal(err)
		}
		for r, row := range sheet.rows {
			if err := book.SetSheetRow(sheet.name, fmt.Sprintf("A%d", r+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// hidingPlaces are files that hold a value somewhere.
func hidingPlaces(t *testing.T, value string) map[string][]byte {
	t.Helper()
	head := []any{"employee_number", "staff_group", "fte", "team"}
	row := []any{"S00001", "03", 1, "Ward 5"}
	with := func(place string) []any { return []any{"S00002", "03", 1, place} }
	csv := func(lines ...string) []byte { return []byte(strings.Join(lines, "\n") + "\n") }
	const csvHead, csvRow = "employee_number,staff_group,fte,team", "S00001,03,1,Ward 5"
	return map[string][]byte{
		"csv cell":             csv(csvHead, csvRow, "S00002,03,1,"+value),
		"csv cell among words": csv(csvHead, csvRow, "S00002,03,1,see "+value+" for this"),
		"csv cell of no use":   csv(csvHead+",remark", csvRow+","+value),
		"csv refused heading":  csv(csvHead+",Mobile number,note", csvRow+","+byHeading+","+value),
		"json refused member":  fmt.Appendf(nil, `{"rows":[{"employee_number":"S00001","staff_group":"03","fte":1,"date of birth":"1970-01-01","note":[%q],"mobile":%q}]}`, value, byHeading),
		"csv heading":          csv(csvHead+","+value, csvRow+",x"),
		"csv title":            csv("Staff list by "+value+",,,", csvHead, csvRow),
		"csv faulty cell":      csv(csvHead, "S00001,"+value+",1,x"),
		"csv without header":   csv("a,b,c", "x,y,"+value),
		"xlsx cell":            workbook(t, sheetRows{"Data", [][]any{head, row, with(value)}}),
		"xlsx heading":         workbook(t, sheetRows{"Data", [][]any{append(slices.Clone(head), value), append(slices.Clone(row), "x")}}),
		"xlsx title":           workbook(t, sheetRows{"Data", [][]any{{"Made for " + value}, head, row}}),
		"xlsx other sheet":     workbook(t, sheetRows{"Data", [][]any{head, row}}, sheetRows{"Contacts", [][]any{{"who", value}, {"x", "y"}}}),
		"xlsx deep in another": workbook(t, sheetRows{"Data", [][]any{head, row}}, sheetRows{"Pivot", append(slices.Repeat([][]any{{"x", "y"}}, 81), []any{"x", value})}),
		"json value":           fmt.Appendf(nil, `{"rows":[{"employee_number":"S00001","staff_group":"03","fte":1,"team":%q}]}`, value),
		"json member":          fmt.Appendf(nil, `{"rows":[{"employee_number":"S00001","staff_group":"03","fte":1,%q:"x"}]}`, value),
		"json member of last":  fmt.Appendf(nil, `{"rows":[{"employee_number":"S00001","staff_group":"03","fte":1},{"employee_number":"S00002","staff_group":"03","fte":1,%q:"x"}]}`, value),
		"json number":          fmt.Appendf(nil, `{"rows":[{"employee_number":"S00001","staff_group":"03","fte":1,"remark":[%q]}]}`, value),
	}
}

// searched is everything that may not hold a canary.
type searched map[string]string

func (s searched) lacks(t *testing.T, name string, values []string) {
	t.Helper()
	for place, text := range s {
		for _, value := range values {
			if strings.Contains(text, value) || strings.Contains(text, hex.EncodeToString([]byte(value))) {
				t.Errorf("%s: a value is in %s", name, place)
			}
		}
	}
}

// Personal data that is refused is nowhere afterwards, whatever the file and wherever
// in it the data was.
func TestCanariesAreNowhere(t *testing.T) {
	t.Parallel()
	s, hr := loaded(t)
	s.stored(t, hr, uploadsOf("staff"), []byte("employee_number,staff_group,fte,team\nCONTROL77,03,1,Control team\n"))
	kept := s.rows(t, "upload_file_part")
	values, sent := append(canaries(), byHeading), 0
	for _, canary := range canaries() {
		for place, file := range hidingPlaces(t, canary) {
			for _, options := range [][]string{nil, {"mode=valid_rows"}, {"check_only=true"}} {
				if sent++; sent%2 == 0 {
					continue // the order of the places is another one each time
				}
				name := place + " " + strings.Join(options, " ")
				answer := s.send(t, hr, http.MethodPost, uploadsOf("staff", options...), file, "Idempotency-Key", fmt.Sprint("key-", sent))
				found := searched{"the header of the answer": fmt.Sprint(answer.Header)}
				body, err := io.ReadAll(answer.Body)
				if err != nil {
					t.Fatal(err)
				}
				found["the answer"] = string(body)
				if answer.StatusCode == http.StatusCreated {
					t.Errorf("%s: the file was stored", name)
				}
				if id := rejectedID(t, body); id != "" {
					for _, path := range []string{"", "/findings", "/findings.csv"} {
						found[path] = string(s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/uploads/"+id+path)))
					}
					found["/findings.xlsx"] = cellsOf(t, s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/uploads/"+id+"/findings.xlsx")))
					s.want(t, http.StatusNotFound, s.get(t, hr, "/api/v1/uploads/"+id+"/file"))
				}
				found.lacks(t, name, values)
			}
		}
	}
	everything := searched{"the log": s.log.String(), "the database": s.dump(t), "the temporary folder": filesOf(t, s.temp), "the system's temporary folder": straysOf(t)}
	everything.lacks(t, "afterwards", values)
	if !strings.Contains(everything["the database"], "CONTROL77") || !strings.Contains(everything["the log"], "createUpload") && !strings.Contains(everything["the log"], "/uploads") {
		t.Error("the search would find nothing")
	}
	if diff := cmp.Diff(kept, s.rows(t, "upload_file_part")); diff != "" {
		t.Errorf("a refused file was kept: %s", diff)
	}
}

// rejectedID returns the id of the upload in a problem document, if there is one.
func rejectedID(t *testing.T, body []byte) string {
	t.Helper()
	problem := decode[spec.Problem](t, bytes.ReplaceAll(body, []byte(`"errors":`), []byte(`"count":`)))
	if problem.Upload == nil {
		return ""
	}
	return problem.Upload.Id.String()
}

// cellsOf writes out the cells of a workbook.
func cellsOf(t *testing.T, file []byte) string {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	var written strings.Builder
	for _, name := range book.GetSheetList() {
		rows, err := book.Rows(name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&written, name)
		for rows.Next() {
			cells, err := rows.Columns()
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&written, strings.Join(cells, "\t"))
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return written.String()
}

// filesOf writes out the files of a folder, and fails the test if there are any.
func filesOf(t *testing.T, folder string) string {
	t.Helper()
	var written strings.Builder
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		t.Errorf("%s is left", entry.Name())
		content, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		written.Write(content)
	}
	return written.String()
}

// straysOf writes out the files of the system's temporary folder, which is one of these
// tests alone, and fails the test if there are any. Its folders are those of the tests.
func straysOf(t *testing.T) string {
	t.Helper()
	var written strings.Builder
	entries, err := os.ReadDir(os.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.IsDir() {
			continue
		}
		t.Errorf("%s is in the system's temporary folder", entry.Name())
		content, err := os.ReadFile(filepath.Join(os.TempDir(), entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		written.Write(content)
	}
	return written.String()
}

// The value of a cell that is only wrong is in no finding, no problem, no log and no
// row of the database but in the kept file.
func TestValuesOfFaultyRowsAreNotRepeated(t *testing.T) {
	t.Parallel()
	s, hr := loaded(t)
	const value = "zqcanaryqz"
	faulty := "," + value
	files := map[string]string{
		"staff":       "employee_number,staff_group,job_role_code,band,area_of_work,fte,contract_type,started_on,left_on,action\nS00001" + strings.Repeat(faulty, 9) + "\n",
		"assessments": "employee_number,assessed_on,assessor_kind,CCP,CCP_need,TLS,staff_group,job_role_code,band,action\n" + value + strings.Repeat(faulty, 9) + "\n",
		"vacancies":   "as_at,staff_group,job_role_code,band,area_of_work,budgeted_fte,contracted_fte,bank_fte,reported_vacancies,action\n" + value + strings.Repeat(faulty, 9) + "\n",
		"position_vacancies": "vacancy_reference,staff_group,job_role_code,band,area_of_work,posts,fte,opened_on,closed_on,status,action\n" +
			value + " " + value + strings.Repeat(faulty, 10) + "\n",
		"targets": "framework,framework_version,competence_code,level,job_role_code,staff_group,band,valid_from,action\nhdc,2018" + strings.Repeat(faulty, 7) + "\n",
	}
	for kind, file := range files {
		answer := s.send(t, hr, http.MethodPost, uploadsOf(kind), []byte(file))
		body := s.want(t, http.StatusUnprocessableEntity, answer)
		problem := decode[spec.Problem](t, body)
		if problem.Upload.Errors < 7 {
			t.Errorf("%s: only %d errors: %+v", kind, problem.Upload.Errors, problem.Upload.Findings)
		}
		found := searched{"the answer": string(body)}
		for _, path := range []string{"", "/findings", "/findings.csv"} {
			found[path] = string(s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/uploads/"+problem.Upload.Id.String()+path)))
		}
		found.lacks(t, kind, []string{value})
	}
	searched{"the log": s.log.String(), "the database": s.dump(t, "upload_file_part")}.lacks(t, "afterwards", []string{value})
}

// What a refused file was called is nobody's business either.
func TestNamesOfFilesAreNotRepeated(t *testing.T) {
	t.Parallel()
	s := newService(t)
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	body, kind := formOf(t, "zqcanaryqz.csv", staffCSV(3))
	got := s.want(t, http.StatusCreated, s.send(t, hr, http.MethodPost, uploadsOf("staff"), body, "Content-Type", kind))
	searched{"the answer": string(got), "the log": s.log.String(), "the database": s.dump(t)}.lacks(t, "name", []string{"zqcanaryqz"})
}
