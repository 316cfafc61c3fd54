package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// clientRun is one run of a command that asks a server.
type clientRun struct {
	stdout, stderr bytes.Buffer
	status         int
	pauses         []time.Duration // waited for between attempts
	ticks          int             // how often progress is told
	environ        []string
}

// run runs a command line against a server. No time passes: pauses are noted, and
// progress is told ticks times.
func (c *clientRun) run(t *testing.T, url string, args ...string) *clientRun {
	t.Helper()
	token, _, _, err := domain.NewToken()
	if err != nil {
		t.Fatal(err)
	}
	h := host{
		args: args, stdout: &c.stdout, stderr: &c.stderr, now: time.Now, uid: 1000, cores: 2,
		environ: append([]string{"HOME=/home/synthetic", "SKILLSTRACKER_URL=" + url, "SKILLSTRACKER_TOKEN=" + token}, c.environ...),
		wait: func(ctx context.Context, d time.Duration) error {
			if d != progressPace {
				c.pauses = append(c.pauses, d)
				return ctx.Err()
			}
			if c.ticks > 0 {
				c.ticks--
				return nil
			}
			<-ctx.Done()
			return ctx.Err()
		},
	}
	c.status = run(t.Context(), h)
	return c
}

// want fails unless the command ended with a status and said each of the words on
// standard output, or after "stderr:" on standard error.
func (c *clientRun) want(t *testing.T, status int, words ...string) {
	t.Helper()
	for _, word := range words {
		in := &c.stdout
		if after, found := strings.CutPrefix(word, "stderr:"); found {
			word, in = after, &c.stderr
		}
		if !strings.Contains(in.String(), word) {
			t.Errorf("%q is not said", word)
		}
	}
	if c.status != status {
		t.Errorf("exit status %d, want %d", c.status, status)
	}
	if t.Failed() {
		t.Logf("stdout:\n%s\nstderr:\n%s", &c.stdout, &c.stderr)
	}
}

// fakeServer answers each request with the next answer of its list, and the last
// one for ever. It keeps what it was asked.
type fakeServer struct {
	*httptest.Server
	mu       sync.Mutex
	asked    []*http.Request
	bodies   []string
	answered []http.HandlerFunc
}

func newFakeServer(t *testing.T, answers ...http.HandlerFunc) *fakeServer {
	t.Helper()
	f := &fakeServer{answered: answers}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // a sender that is cut off is one of the tests
		f.mu.Lock()
		next := f.answered[min(len(f.asked), len(f.answered)-1)]
		f.asked, f.bodies = append(f.asked, r), append(f.bodies, string(body))
		f.mu.Unlock()
		next(w, r)
	}))
	t.Cleanup(f.Close)
	return f
}

// requests are those that it was asked, and contents what came with each.
func (f *fakeServer) requests() []*http.Request {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.asked)
}

func (f *fakeServer) contents() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.bodies)
}

// answerWith answers with a status, headers as name and value, and JSON.
func answerWith(status int, body any, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		content, err := json.Marshal(body)
		if err != nil {
			content, status = []byte(err.Error()), http.StatusInternalServerError
		}
		w.WriteHeader(status)
		_, _ = w.Write(content)
	}
}

// newFile writes a file of a test.
func newFile(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func pointer[T any](value T) *T { return &value }

// storedUpload is an upload without findings.
func storedUpload(state spec.UploadState, counts spec.Counts) spec.Upload {
	upload := spec.Upload{
		State: state, Kind: spec.UploadKindAssessments, Organisation: "RRK", Counts: counts,
		ReceivedAt: time.Date(2026, time.November, 22, 9, 30, 0, 0, time.UTC),
		Mapping:    []spec.MappedColumn{{Header: "Employee Number", Field: pointer("employee_number")}},
		Findings:   []spec.Finding{},
	}
	upload.Id[0] = 0x5f
	return upload
}

const storedID = "5f000000-0000-0000-0000-000000000000"

func someFindings(from, n int) []spec.Finding {
	findings := make([]spec.Finding, n)
	for i := range findings {
		findings[i] = spec.Finding{
			Code: "level_not_on_scale", Severity: "error", Row: pointer(from + i), Column: pointer("TEC"),
			Message: "The level is not on the scale of this competence, which goes from 0 to 4.", Mend: "Use a level of the framework's scale.",
		}
	}
	return findings
}

func TestImportSendsTheFileWithItsOptions(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, contentType, query string
		args                     []string
	}{
		{"a.csv", "text/csv", "kind=assessments", []string{"--kind", "assessments"}},
		{"b.csv", "text/csv", "kind=position_vacancies", []string{"--kind", "position-vacancies"}},
		{"c.csv", "text/csv", "complete=true&kind=targets", []string{"--kind", "targets", "--complete"}},
		{"a.XLSX", typeXLSX, "as_at=2026-10-31&complete=true&kind=staff", []string{"--kind", "staff", "--complete", "--as-at", "2026-10-31"}},
		{
			"a.json", "application/json", "check_only=true&create_missing_staff=true&framework=eds-work&framework_version=2019&kind=assessments&mode=valid_rows",
			[]string{"--kind", "assessments", "--check-only", "--valid-rows", "--create-missing-staff", "--framework", "eds-work", "--framework-version", "2019"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := newFakeServer(t, answerWith(http.StatusCreated, storedUpload(spec.Applied, spec.Counts{RowsRead: 8000, New: 12, Unchanged: 7988})))
			args := append([]string{"import", newFile(t, test.name, "synthetic"), "--organisation", "rrk", "--key", "run-7"}, test.args...)
			c := new(clientRun).run(t, server.URL, args...)
			c.want(t, exitDone, "Stored as upload "+storedID+".\n8,000 rows read = 12 new + 7,988 unchanged\n")
			asked := server.requests()[0]
			if asked.Method != http.MethodPost || asked.URL.Path != "/api/v1/organisations/RRK/uploads" || asked.URL.RawQuery != test.query {
				t.Errorf("asked %s %s", asked.Method, asked.URL)
			}
			if asked.Header.Get("Content-Type") != test.contentType || asked.Header.Get("Idempotency-Key") != "run-7" ||
				!strings.HasPrefix(asked.Header.Get("Authorization"), "Bearer skt_live_") || asked.ContentLength != 9 || server.contents()[0] != "synthetic" {
				t.Errorf("sent %q with %v", server.contents()[0], asked.Header)
			}
			if strings.Contains(c.stdout.String()+c.stderr.String(), "skt_live_") {
				t.Error("the token is shown")
			}
		})
	}
}

func TestImportRejected(t *testing.T) {
	t.Parallel()
	upload := storedUpload(spec.Rejected, spec.Counts{RowsRead: 1300, Rejected: 1234, NotStored: 66})
	upload.Errors, upload.Findings = 1234, someFindings(2, 100)
	upload.Findings[0].Sheet, upload.Findings[1].Row, upload.Findings[1].Column = pointer("Data \x1b[31m"), nil, nil
	upload.Mapping = append(upload.Mapping, spec.MappedColumn{Header: strings.Repeat("Remarks", 20)})
	server := newFakeServer(t,
		answerWith(http.StatusUnprocessableEntity, spec.Problem{Title: "The file was rejected", Status: 422, Detail: "The file has 1234 errors.", Upload: &upload}),
		answerWith(http.StatusOK, spec.FindingPage{Total: 1234, Findings: someFindings(102, 50)}))
	c := clientRun{environ: []string{"COLUMNS=90"}}
	c.run(t, server.URL, "import", newFile(t, "a.csv", "x"), "--kind", "assessments", "--organisation", "RRK", "--findings", "150")
	c.want(t, exitRows,
		"Rejected as upload "+storedID+". The file has 1234 errors.", "1,300 rows read = 1,234 rejected + 66 not stored",
		"1 column of 2 not used", "Understood as", "(not used)", "(whole file)", " 151  TEC ",
		"\n1,084 more findings not shown", server.URL+"/api/v1/uploads/"+storedID+"/findings.xlsx",
		"stderr:nothing of a.csv was stored: mend the errors and send it again")
	if asked := server.requests()[1].URL; asked.Path != "/api/v1/uploads/"+storedID+"/findings" || asked.RawQuery != "limit=50&offset=100" {
		t.Errorf("further findings are asked for at %s", asked)
	}
	for line := range strings.Lines(c.stdout.String()) {
		if length := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); length > 90 && !strings.Contains(line, "more findings not shown") {
			t.Errorf("a line has %d characters: %s", length, line)
		}
	}
	if strings.Contains(c.stdout.String(), "\x1b") {
		t.Error("a control character of the file reaches the terminal")
	}
}

func TestImportStates(t *testing.T) {
	t.Parallel()
	partly := storedUpload(spec.PartlyApplied, spec.Counts{RowsRead: 10, New: 7, Rejected: 3, Ended: 2})
	preview := func(state spec.UploadState) spec.UploadPreview {
		return spec.UploadPreview{CheckOnly: true, WouldBe: state, Counts: spec.Counts{RowsRead: 3, New: 1, Changed: 1, Rejected: 1, Ended: 1}}
	}
	changes := preview(spec.Applied)
	changes.Changes = []spec.RecordChange{
		{Outcome: spec.Ended, Record: spec.RecordKey{"employee_number": "S1"}},
		{Row: pointer(3), Outcome: spec.Changed, Record: spec.RecordKey{"employee_number": "S2", "assessed_on": "2026-10-01"}},
		{Row: pointer(2), Outcome: spec.New, Record: spec.RecordKey{"employee_number": "S3"}},
	}
	addField := func(at int, column, before, after string) {
		changes.Changes[at].Fields = append(changes.Changes[at].Fields, struct {
			After  string `json:"after"`
			Before string `json:"before"`
			Column string `json:"column"`
		}{after, before, column})
	}
	addField(0, "band", "5", "")
	addField(1, "TEC", "2", "3")
	addField(1, "DIW", "", "1")
	addField(2, "TEC", "", "4")
	for _, test := range []struct {
		name   string
		answer http.HandlerFunc
		status int
		words  []string
	}{
		{"partly", answerWith(http.StatusCreated, partly), exitRows, []string{
			"without the rows that have errors.\n10 rows read = 7 new + 3 rejected\nEnded: 2 records that the file does not hold.", "stderr:3 rows of a.csv left out: mend and send again what is wrong",
		}},
		{"replayed", answerWith(http.StatusCreated, storedUpload(spec.Applied, spec.Counts{}), "Idempotency-Replayed", "true"), exitDone, []string{
			"This is the answer to upload " + storedID + ", which was received at 2026-11-22 09:30Z",
		}},
		{"voided", answerWith(http.StatusCreated, storedUpload(spec.Voided, spec.Counts{}), "Idempotency-Replayed", "true"), exitFailed, []string{
			"stderr:a.csv was stored before and withdrawn since",
		}},
		{"preview", answerWith(http.StatusOK, changes), exitDone, []string{
			"Preview: the file would be stored. Nothing has changed.\n", "Would be ended: 1 record that the file does not hold.", "What would change",
			"        ended    employee_number S1                          (whole record)  band 5\n",
			"TEC             2         3\n", "DIW             (none)    1\n",
			"     2  new      employee_number S3                          (whole record)            TEC 4\n",
		}},
		{"preview in part", answerWith(http.StatusOK, preview(spec.PartlyApplied)), exitRows, []string{"without the rows that have errors", "stderr:1 row of a.csv would be left out"}},
		{"preview of a rejection", answerWith(http.StatusOK, preview(spec.Rejected)), exitRows, []string{"would be rejected. Nothing has changed.", "stderr:a.csv would be rejected"}},
		{"not the answer", answerWith(http.StatusOK, map[string]string{"hello": "world"}), exitFailed, []string{"stderr:was not understood"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := newFakeServer(t, test.answer)
			c := new(clientRun).run(t, server.URL, "import", newFile(t, "a.csv", "x"), "--kind", "assessments", "--organisation", "RRK")
			c.want(t, test.status, test.words...)
		})
	}
}

// TestImportPrintsTheAnswer: --json gives the server's own words, and the exit
// status stays.
func TestImportPrintsTheAnswer(t *testing.T) {
	t.Parallel()
	upload := storedUpload(spec.Rejected, spec.Counts{RowsRead: 1, Rejected: 1})
	problem := spec.Problem{Title: "The file was rejected", Status: 422, Upload: &upload}
	server := newFakeServer(t, answerWith(http.StatusUnprocessableEntity, problem))
	c := new(clientRun).run(t, server.URL, "import", newFile(t, "a.csv", "x"), "--kind", "assessments", "--organisation", "RRK", "--json")
	c.want(t, exitRows, "stderr:nothing of a.csv was stored")
	want, err := json.Marshal(problem)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.stdout.String(); got != fmt.Sprintf("%s\n", want) {
		t.Errorf("got %s", got)
	}
}
