package repository_test

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// history is the random history of one organisation: what was sent, what is in force
// and what was seen after each step.
type history struct {
	register
	drawing
	db      *sql.DB
	inForce []said
	sent    map[string]domain.UploadState
	order   []string
	seen    []sight
	log     []string
	tally   *tally
}

// tally counts what the histories were made of.
type tally struct {
	sync.Mutex
	times map[string]int
}

func (c *tally) add(what string) {
	c.Lock()
	defer c.Unlock()
	c.times[what]++
}

// sight is what was held at a time, and the days of the positions in it.
type sight struct {
	at    time.Time
	days  []domain.Date
	lines []string
}

// steps is the number of uploads and voids of one history.
const steps = 36

// modelSeeds are drawn anew for a soak.
func modelSeeds(t *testing.T) []uint64 {
	t.Helper()
	text := os.Getenv("SKILLSTRACKER_SOAK")
	if text == "" {
		return []uint64{1, 2, 3, 4, 5}
	}
	minutes, err := time.ParseDuration(text)
	if err != nil {
		t.Fatalf("SKILLSTRACKER_SOAK is no duration: %v", err)
	}
	seeds := make([]uint64, int(minutes/time.Second))
	for i := range seeds {
		seeds[i] = rand.Uint64()
	}
	return seeds
}

// Random histories of uploads and voids give what the model reads from the uploads
// that are in force, voids are refused exactly where the model says so, and what was
// known at every earlier time is found again as it was.
func TestRandomHistories(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	seeds := modelSeeds(t)
	var entries []domain.OrganisationEntry
	for i := range 4 * len(seeds) {
		entries = append(entries, entry(fmt.Sprintf("RM%04d", i), "Trust M (synthetic)"))
	}
	importAll(t, r.Store, edition(date(2025, 1, 2), entries...))
	count := &tally{times: make(map[string]int)}
	t.Run("histories", func(t *testing.T) {
		for i, seed := range seeds {
			for j, dates := range []bool{false, true} {
				t.Run(fmt.Sprintf("seed %d, dates %t", seed, dates), func(t *testing.T) {
					t.Parallel()
					h := &history{register: r, db: r.database.Admin(t), sent: make(map[string]domain.UploadState), tally: count, drawing: drawing{
						random: rand.New(rand.NewPCG(seed, 0)), dates: dates,
						organisation: entries[4*i+2*j].Code, version: r.framework(t, "hdc", "2018"), other: r.framework(t, "digcomp", "3.0"),
					}}
					h.live(t, entries[4*i+2*j+1].Code)
				})
			}
		}
	})
	for _, kind := range []domain.UploadKind{domain.UploadStaff, domain.UploadAssessments, domain.UploadVacancies, domain.UploadPositions, domain.UploadTargets} {
		for _, what := range []string{"applied", "partly_applied", "rejected", "voided", "refused"} {
			if count.times[string(kind)+" "+what] == 0 {
				t.Errorf("no history has %s that was %s", kind, what)
			}
		}
	}
	t.Log(count.times)
}

// live goes through a whole history, whose other organisation is sent what is in
// force at the end.
func (h *history) live(t *testing.T, other string) {
	t.Helper()
	defer func() {
		if t.Failed() {
			for _, line := range h.log {
				t.Log(line)
			}
		}
	}()
	for range steps {
		if h.random.IntN(5) < 2 && len(h.order) > 0 {
			h.void(t)
		} else {
			h.upload(t)
		}
		h.look(t)
	}
	for _, s := range h.seen {
		h.lookBack(t, s)
	}
	h.replay(t, other)
	h.sendBack(t)
}

// upload sends a random file and checks what it did.
func (h *history) upload(t *testing.T) {
	t.Helper()
	file := h.file(h.inForce)
	upload, err := h.StoreUpload(t.Context(), hr(h.organisation), file)
	if err != nil {
		t.Fatal(err)
	}
	h.note(upload, file)
	h.sent[upload.ID] = upload.State
	h.tally.add(fmt.Sprint(upload.Kind, " ", upload.State))
	h.order = append(h.order, upload.ID)
	if upload.State == domain.UploadRejected {
		return
	}
	u := stored(upload, file)
	h.inForce = append(h.inForce, u)
	if h.dates {
		return
	}
	effects, _ := play(h.inForce)
	got := upload.Counts
	want := effects[len(effects)-1].counts
	// Which rows have errors is not a matter of the model: that they are counted
	// right is what TestAFileStoredInPartIsItsSoundRows shows.
	want.RowsRead, want.Rejected, want.Skipped = got.RowsRead, got.Rejected, got.Skipped
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("the counts of an upload:\n%s", diff)
	}
}

// note keeps a line of the log about an upload.
func (h *history) note(upload domain.Upload, file domain.UploadFile) {
	text := fmt.Sprintf("%d %s %s %s complete=%t mode=%s create=%t %+v", len(h.log), upload.ID, upload.Kind, upload.State, file.Complete, file.Mode, file.CreateMissingStaff, upload.Counts)
	for _, r := range file.Staff {
		text += fmt.Sprintf("\n    %s %s band %s fte %s contract %s action %d bad %t", file.AsAt, r.EmployeeNumber, r.Band, r.FTE, r.ContractType, r.Action, file.Faults.BadRow(r.Row))
		if r.StartedOn != nil {
			text += " from " + r.StartedOn.String()
		}
		if r.LeftOn != nil {
			text += " to " + r.LeftOn.String()
		}
	}
	for _, r := range file.Assessments.Rows {
		text += fmt.Sprintf("\n    %s %s %s %s action %d bad %t", r.EmployeeNumber, r.AssessedOn, r.AssessorKind, answerOf(r), r.Action, file.Faults.BadRow(r.Row))
	}
	for _, r := range file.Vacancies {
		text += fmt.Sprintf("\n    %v %v action %d bad %t", r.Key, r.Measures, r.Action, file.Faults.BadRow(r.Row))
	}
	for _, r := range file.Positions {
		text += fmt.Sprintf("\n    %s %s action %d bad %t", r.Reference, postText(r), r.Action, file.Faults.BadRow(r.Row))
	}
	for _, r := range file.Targets {
		text += fmt.Sprintf("\n    %v %s action %d bad %t", r.Key, aimText(r), r.Action, file.Faults.BadRow(r.Row))
	}
	for _, f := range file.Faults.List() {
		if f.Severity == domain.SeverityError {
			text += fmt.Sprintf("\n    %s at %d", f.Code, f.Row)
		}
	}
	h.log = append(h.log, text)
}

// void withdraws a random upload, most often one of the newest, and checks that it
// is refused exactly where the model says so.
func (h *history) void(t *testing.T) {
	t.Helper()
	id := h.order[h.random.IntN(len(h.order))]
	switch h.random.IntN(5) {
	case 0:
		id = h.order[max(0, len(h.order)-1-h.random.IntN(3))]
	case 1, 2:
		kind := among(&h.drawing, domain.UploadStaff, domain.UploadAssessments, domain.UploadVacancies, domain.UploadPositions, domain.UploadTargets)
		ofKind := slices.DeleteFunc(slices.Clone(h.inForce), func(u said) bool { return u.kind != kind })
		if len(ofKind) > 0 {
			id = ofKind[h.random.IntN(len(ofKind))].id
		}
	}
	before := h.changes(t)
	upload, err := h.VoidUpload(t.Context(), hr(h.organisation), id)
	h.log = append(h.log, fmt.Sprintf("%d void %s: %s %v", len(h.log), id, upload.State, err))
	at := slices.IndexFunc(h.inForce, func(u said) bool { return u.id == id })
	refusal, refused := errors.AsType[*domain.VoidConflictError](err)
	switch {
	case h.sent[id] == domain.UploadRejected:
		if domain.KindOf(err) != domain.KindConflict || refused {
			t.Fatalf("the void of a rejected upload: %v", err)
		}
	case h.sent[id] == domain.UploadVoided:
		if err != nil || upload.State != domain.UploadVoided {
			t.Fatalf("the void of a voided upload: %s, %v", upload.State, err)
		}
	case refused:
		h.tally.add(fmt.Sprint(h.inForce[at].kind, " refused"))
		h.wantConflicts(t, refusal, at)
	case err != nil:
		t.Fatal(err)
	default:
		if want := conflicts(h.inForce, at); len(want) > 0 && !h.dates {
			t.Fatalf("an upload was withdrawn in spite of %v", want)
		}
		if upload.State != domain.UploadVoided || upload.Voided == nil || upload.Voided.Actor != "hr" {
			t.Fatalf("the voided upload is %+v", upload)
		}
		h.tally.add(fmt.Sprint(upload.Kind, " voided"))
		h.inForce = slices.Delete(h.inForce, at, at+1)
		h.sent[id] = domain.UploadVoided
		before++
	}
	if after := h.changes(t); after != before {
		t.Fatalf("there are %d changes, want %d", after, before)
	}
}

func (h *history) changes(t *testing.T) int {
	t.Helper()
	var n int
	if err := h.db.QueryRow(`SELECT count(*) FROM change WHERE organisation = $1`, h.organisation).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// wantConflicts compares the records of a refusal with those of the model.
func (h *history) wantConflicts(t *testing.T, refusal *domain.VoidConflictError, at int) {
	t.Helper()
	got := make(map[any]bool)
	for _, c := range refusal.Conflicts {
		if !slices.ContainsFunc(h.inForce[at+1:], func(u said) bool { return u.id == c.UploadID && u.kind == c.Kind }) {
			t.Fatalf("a conflict with %s %s, which is no later upload in force", c.Kind, c.UploadID)
		}
		got[recordOf(t, c.Record)] = true
	}
	if len(got) != refusal.Total || len(got) == 0 {
		t.Fatalf("%d conflicts are listed of %d", len(got), refusal.Total)
	}
	if want := conflicts(h.inForce, at); !h.dates && !maps.Equal(got, want) {
		t.Fatalf("the conflicts are %v, want %v", got, want)
	}
}

func recordOf(t *testing.T, record []domain.ColumnValue) any {
	t.Helper()
	values := make(map[string]string)
	for _, c := range record {
		values[c.Column] = c.Value
	}
	parse := func(text string) domain.Date {
		d, err := domain.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	switch len(record) {
	case 1:
		if values["vacancy_reference"] != "" {
			return reference(values["vacancy_reference"])
		}
		return person(values["employee_number"])
	case 8:
		given := func(column string) string {
			if values[column] == "" {
				return domain.NotGiven
			}
			return values[column]
		}
		return domain.TargetKey{
			Framework: values["framework"], Version: values["framework_version"], Competence: given("competence_code"), Domain: given("domain_code"),
			JobRole: given("job_role_code"), StaffGroup: given("staff_group"), Band: given("band"), ValidFrom: parse(values["valid_from"]),
		}
	case 5:
		if values["assessor_kind"] == "" {
			return domain.VacancyKey{
				Month: parse(values["as_at"]), StaffGroup: values["staff_group"], Band: values["band"],
				JobRole: domain.NotGiven, AreaOfWork: domain.NotGiven,
			}
		}
		return answerKey{values["employee_number"], parse(values["assessed_on"]), domain.AssessorKind(values["assessor_kind"])}
	}
	t.Fatalf("the record %v", record)
	return nil
}
