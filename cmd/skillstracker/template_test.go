package main

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"skillstracker/api/spec"
)

func newFolder(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTemplate(t *testing.T) {
	t.Parallel()
	there := newFile(t, "there.xlsx", "filled in")
	folder := newFolder(t, "folder")
	for _, test := range []struct {
		name   string
		args   []string
		asked  string
		status int
		says   string
		file   string
	}{
		{"workbook", []string{"staff", "-o", filepath.Join(folder, "a.xlsx")}, "/api/v1/templates/staff.xlsx", exitDone, "a.xlsx", filepath.Join(folder, "a.xlsx")},
		{"by its name", []string{"vacancies", "-o", filepath.Join(folder, "b.csv")}, "/api/v1/templates/vacancies.csv", exitDone, "b.csv", filepath.Join(folder, "b.csv")},
		{
			"framework to standard output",
			[]string{"assessments", "--format", "csv", "--framework", "eds-work", "--framework-version", "2019", "-o", "-"},
			"/api/v1/templates/assessments.csv?framework=eds-work&framework_version=2019", exitDone, `"the template"`, "",
		},
		{"name of two words", []string{"position_vacancies", "-o", filepath.Join(folder, "d.xlsx")}, "/api/v1/templates/position-vacancies.xlsx", exitDone, "d.xlsx", ""},
		{"with a hyphen", []string{"position-vacancies", "-o", filepath.Join(folder, "e.csv")}, "/api/v1/templates/position-vacancies.csv", exitDone, "e.csv", ""},
		{
			"targets of a framework",
			[]string{"targets", "--framework", "digcomp", "-o", filepath.Join(folder, "f.xlsx")},
			"/api/v1/templates/targets.xlsx?framework=digcomp", exitDone, "f.xlsx", "",
		},
		{"file that is there", []string{"staff", "-o", there}, "/api/v1/templates/staff.xlsx", exitFailed, "stderr:there.xlsx is already there and stays as it is", ""},
		{"unknown kind", []string{"people"}, "", exitUsage, `stderr:"people" is not a kind of file: write staff, assessments, vacancies, position_vacancies or targets`, ""},
		{"unknown form", []string{"staff", "--format", "ods"}, "", exitUsage, `stderr:--format is "ods": write xlsx or csv`, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := newFakeServer(t, answerWith(http.StatusOK, "the template"))
			c := new(clientRun).run(t, server.URL, append([]string{"template"}, test.args...)...)
			c.want(t, test.status, test.says)
			asked := ""
			if len(server.requests()) > 0 {
				asked = server.requests()[0].URL.String()
			}
			if asked != test.asked {
				t.Errorf("asked for %q", asked)
			}
			if test.file != "" {
				if content, err := os.ReadFile(test.file); err != nil || string(content) != `"the template"` {
					t.Errorf("the file holds %q, %v", content, err)
				}
			}
		})
	}
	if content, err := os.ReadFile(there); err != nil || string(content) != "filled in" {
		t.Errorf("a file that was there holds %q, %v", content, err)
	}
	server := newFakeServer(t, answerWith(http.StatusNotFound, spec.Problem{Title: "Not found", Detail: "There is no such framework."}))
	c := new(clientRun).run(t, server.URL, "template", "assessments", "--framework", "x", "-o", filepath.Join(folder, "c.xlsx"))
	c.want(t, exitFailed, "stderr:There is no such framework.")
	if _, err := os.Stat(filepath.Join(folder, "c.xlsx")); err == nil {
		t.Error("a refusal is written as a template")
	}
}
