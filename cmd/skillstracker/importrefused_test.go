package main

import (
	"net/http"
	"path/filepath"
	"testing"

	"skillstracker/api/spec"
)

// TestImportWhatIsNotSent: what cannot be meant is refused before a server is asked.
func TestImportWhatIsNotSent(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "folder.csv")
	file := newFile(t, "a.csv", "x")
	staff := []string{"--kind", "staff", "--organisation", "RRK"}
	for _, test := range []struct {
		name   string
		args   []string
		status int
		says   string
	}{
		{"no file", nil, exitUsage, `"skillstracker import" takes one argument, the name of a file, but got 0`},
		{"no kind", []string{file, "--organisation", "RRK"}, exitUsage, "--kind staff, assessments, vacancies, position_vacancies or targets"},
		{"unknown kind", []string{file, "--kind", "people"}, exitUsage, `--kind is "people": write staff, assessments, vacancies, position_vacancies or targets`},
		{"no organisation", []string{file, "--kind", "staff"}, exitUsage, "say which organisation the file is about"},
		{"staff of the nation", []string{file, "--kind", "staff", "--nation"}, exitUsage, "--nation goes with --kind targets alone"},
		{"of the nation and not", []string{file, "--kind", "targets", "--nation", "--organisation", "RRK"}, exitUsage, "--nation does not go with --organisation"},
		{"not a key of the nation", []string{file, "--kind", "targets", "--nation", "--key", "a b"}, exitUsage, "without spaces"},
		{"not a code", []string{file, "--kind", "staff", "--organisation", "../x"}, exitUsage, "an ODS code has 3 to 9 letters and digits"},
		{"options that exclude one another", append([]string{file, "--complete", "--valid-rows"}, staff...), exitUsage, "--valid-rows does not go with --complete"},
		{"not a day", append([]string{file, "--as-at", "31/10/2026"}, staff...), exitUsage, "write a day like 2026-10-31"},
		{"too many findings", append([]string{file, "--findings", "10001"}, staff...), exitUsage, "write a number from 0 to 10000"},
		{"not a key", append([]string{file, "--key", "a b"}, staff...), exitUsage, "without spaces"},
		{"an old workbook", append([]string{"a.xls"}, staff...), exitUsage, "save it as an Excel workbook (.xlsx) or as CSV UTF-8"},
		{"a picture", append([]string{"a.png"}, staff...), exitUsage, "its name must end with .csv, .xlsx or .json"},
		{"no such file", append([]string{folder}, staff...), exitFailed, "there is no file " + folder},
		{"a folder", append([]string{filepath.Dir(file) + "/../001"}, staff...), exitUsage, "its name must end with"},
		{"an empty file", append([]string{newFile(t, "b.csv", "")}, staff...), exitFailed, "b.csv is empty"},
		{"a token on the command line", append([]string{file, "--token", "skt_live_x"}, staff...), exitUsage, "unknown flag: --token"},
		{"another machine", append([]string{file, "--url", "http://skills.example"}, staff...), exitUsage, "is another machine and has no TLS"},
		{"a secret in the address", append([]string{file, "--url", "http://user:hush@127.0.0.1"}, staff...), exitUsage, "not the address of a server"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := newFakeServer(t, answerWith(http.StatusCreated, storedUpload(spec.Applied, spec.Counts{})))
			c := new(clientRun).run(t, server.URL, append([]string{"import"}, test.args...)...)
			c.want(t, test.status, "stderr:"+test.says)
			if len(server.requests()) > 0 {
				t.Error("the server was asked")
			}
		})
	}
	c := new(clientRun).run(t, "http://127.0.0.1:1", append([]string{"import", newFolder(t, "folder.csv")}, staff...)...)
	c.want(t, exitFailed, "stderr:folder.csv is a folder: name a file in it")
}

// TestImportRefusals: each refusal of the server says what to do.
func TestImportRefusals(t *testing.T) {
	t.Parallel()
	problem := func(status int, detail string) http.HandlerFunc {
		return answerWith(status, spec.Problem{Title: "Title", Status: status, Detail: detail, RequestId: "r-1"})
	}
	for _, test := range []struct {
		name   string
		answer http.HandlerFunc
		says   string
	}{
		{"401", problem(401, "The token is revoked."), "does not accept the token: it was revoked, has run out, or belongs to another server"},
		{"403", problem(403, "Its role is planner."), "the token does not allow this: to send staff of organisation RRK. Its role is planner."},
		{"404", problem(404, "There is no such organisation."), "the server does not know what was asked for: to send staff of organisation RRK. There is no such organisation."},
		{"413", problem(413, "The body is larger than 32 MiB."), "the file is too large for the server. The body is larger than 32 MiB."},
		{"415", problem(415, "Send CSV.\x1b[2J"), "the server answered 415, title: Send CSV.\uFFFD[2J (request r-1)"},
		{"a proxy", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadGateway)
			_, _ = w.Write([]byte("<html>"))
		}, "answered 502 Bad Gateway without saying why"},
		{"a redirect", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://elsewhere.example/x?secret=1", http.StatusTemporaryRedirect)
		}, "it sends callers on to https://elsewhere.example: set SKILLSTRACKER_URL"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := newFakeServer(t, test.answer)
			c := new(clientRun).run(t, server.URL, "import", newFile(t, "a.csv", "x"), "--kind", "staff", "--organisation", "RRK")
			c.want(t, exitFailed, "stderr:"+test.says)
			if len(server.requests()) != 1 {
				t.Errorf("the server was asked %d times", len(server.requests()))
			}
		})
	}
}

func TestTokensStayOnThisMachine(t *testing.T) {
	t.Parallel()
	for url, refused := range map[string]bool{
		"http://127.0.0.1:8080": false, "http://localhost:8080": false, "http://[::1]": false, "https://skills.example/app": false,
		"http://skills.example": true, "http://10.0.0.1": true, "http://127.0.0.1.example": true,
	} {
		_, err := newRemote(settings{URL: url, Token: "synthetic"})
		if (err != nil) != refused {
			t.Errorf("%s: %v", url, err)
		}
		if _, err := newRemote(settings{URL: url, Token: "synthetic", AllowPlainHTTP: true}); err != nil {
			t.Errorf("%s, allowed: %v", url, err)
		}
	}
	if _, err := newRemote(settings{URL: "http://127.0.0.1"}); exitStatus(err) != exitUsage {
		t.Errorf("without a token: %v", err)
	}
}
