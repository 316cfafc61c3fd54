package repository_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
	"skillstracker/repository"
)

func bothBefore(day domain.Date) repository.PurgeOptions {
	return repository.PurgeOptions{PurgeHorizon: domain.PurgeHorizon{AssessedBefore: day, LeftBefore: day}}
}

// held lists the employee numbers of an organisation, "-" for those who were erased.
func (r register) held(t *testing.T, organisation string) string {
	t.Helper()
	return strings.Join(column(t, r.admin, `SELECT coalesce(employee_number, '-') FROM staff_member WHERE organisation = $1 ORDER BY id`, organisation), " ")
}

// aged moves the time of every change so far into the past, which nothing but a
// superuser without triggers can.
func (r register) aged(t *testing.T, years string) {
	t.Helper()
	run(t, r.admin, `ALTER TABLE change DISABLE TRIGGER change_is_final`,
		`UPDATE change SET made_at = made_at - interval '`+years+` years'`, `ALTER TABLE change ENABLE TRIGGER change_is_final`)
}

// closedLongAgo makes the registry say that an organisation closed on a day of 2020.
func (r register) closedLongAgo(t *testing.T) {
	t.Helper()
	run(t, r.admin, `DELETE FROM organisation_lifespan WHERE code = 'RXA'`,
		`INSERT INTO organisation_lifespan (code, closed_on, added_by) SELECT 'RXA', '2020-05-31', min(id) FROM change`)
}

func TestWhoIsPurged(t *testing.T) {
	t.Parallel()
	horizon := date(2020, 6, 1)
	long := startedOn(date(2010, 1, 1))
	list := func(rows ...domain.StaffRow) domain.UploadFile {
		return people("RXA", date(2026, 9, 30), false, rows...)
	}
	for name, c := range map[string]struct {
		files func(t *testing.T, r register) []domain.UploadFile
		then  func(t *testing.T, r register)
		want  string
	}{
		"who left the day before goes, who left on the day stays": {
			files: func(*testing.T, register) []domain.UploadFile {
				return []domain.UploadFile{list(nurse("1", long, leftOn(horizon-1)), nurse("2", long, leftOn(horizon)), nurse("3", long))}
			},
			want: "2 3",
		},
		"who came back stays": {
			files: func(*testing.T, register) []domain.UploadFile {
				return []domain.UploadFile{list(nurse("1", long, leftOn(horizon-9))), people("RXA", date(2026, 10, 31), false, nurse("1", startedOn(date(2026, 10, 1))))}
			},
			want: "1",
		},
		"an organisation that closed employs nobody": {
			files: func(*testing.T, register) []domain.UploadFile { return []domain.UploadFile{list(nurse("1", long))} },
			then: func(t *testing.T, r register) {
				t.Helper()
				r.closedLongAgo(t)
				r.aged(t, "9")
			},
			want: "",
		},
		"but not when it has sent something since": {
			files: func(*testing.T, register) []domain.UploadFile {
				return []domain.UploadFile{list(nurse("1", long), nurse("2", long, leftOn(horizon-1)))}
			},
			then: func(t *testing.T, r register) {
				t.Helper()
				r.aged(t, "9")
				r.closedLongAgo(t)
				r.store(t, people("RXA", date(2026, 10, 31), false, nurse("3", startedOn(date(2026, 10, 1)))))
			},
			want: "1 3",
		},
		"who was erased goes like everybody": {
			files: func(*testing.T, register) []domain.UploadFile {
				return []domain.UploadFile{list(nurse("1", long, leftOn(horizon-1)), nurse("2", long))}
			},
			then: func(t *testing.T, r register) {
				t.Helper()
				run(t, r.admin, `UPDATE staff_member SET employee_number = NULL`)
			},
			want: "-",
		},
		"who is on no list stays while an assessment is kept": {
			files: func(t *testing.T, r register) []domain.UploadFile {
				t.Helper()
				file := r.assessmentFile(t, "RXA", assessed("1", horizon-1, all(1)), assessed("2", horizon, all(1)))
				file.CreateMissingStaff = true
				return []domain.UploadFile{file}
			},
			then: func(t *testing.T, r register) { t.Helper(); r.aged(t, "9") },
			want: "2",
		},
		"and while the upload is younger": {
			files: func(t *testing.T, r register) []domain.UploadFile {
				t.Helper()
				file := r.assessmentFile(t, "RXA", assessed("1", horizon-1, all(1)))
				file.CreateMissingStaff = true
				return []domain.UploadFile{file}
			},
			want: "1",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRegister(t)
			for _, file := range c.files(t, r) {
				r.store(t, file)
			}
			if c.then != nil {
				c.then(t, r)
			}
			r.purge(t, bothBefore(horizon))
			if got := r.held(t, "RXA"); got != c.want {
				t.Errorf("held are %q, want %q", got, c.want)
			}
			r.soundRollups(t, "after the purge")
		})
	}
}

// What goes with people and assessments, and what is written down about it.
func TestPurgeIsAChangeWithItsLogAndEvent(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	old, kept, horizon := date(2019, 3, 1), date(2026, 9, 1), date(2020, 6, 1)
	long := startedOn(date(2010, 1, 1))
	rows := []domain.StaffRow{nurse("1", long, leftOn(date(2019, 12, 31))), nurse("2", long)}
	first := r.store(t, people("RXA", date(2026, 9, 30), false, rows...))
	second := r.store(t, people("RXA", date(2026, 10, 31), true, rows[1]))
	answers := func(level domain.Level) domain.UploadFile {
		return r.assessmentFile(t, "RXA", assessed("1", old, all(level)), assessed("2", old, all(level)), assessed("2", kept, all(3)))
	}
	r.store(t, answers(1))
	r.store(t, answers(2)) // replaces two, confirms one
	r.store(t, again(answers(2)))
	r.store(t, people("RXB", date(2026, 9, 30), false, rows[1]))
	run(t, r.admin, `INSERT INTO restriction (organisation, staff_id, added_by) SELECT organisation, id, added_by FROM staff_member WHERE employee_number = '1'`)

	question := domain.TotalsFilter{Months: []domain.Date{date(2026, 9, 30)}, AsAt: date(2026, 9, 30), Organisations: []string{"RXA"}, Today: date(2026, 11, 1), PeriodMonths: 12}
	question.Framework = r.framework(t, "hdc", "2018")
	before, err := r.SkillsTotals(t.Context(), hr("RXA"), question)
	if err != nil {
		t.Fatal(err)
	}
	got := r.purge(t, bothBefore(horizon))
	want := map[string]repository.Purged{"RXA": {
		Organisation: "RXA", PurgeHorizon: bothBefore(horizon).PurgeHorizon, People: 1, Assessments: 4, StaffVersions: 2, Change: got["RXA"].Change, At: got["RXA"].At,
	}}
	if diff := cmp.Diff(want, got); diff != "" || got["RXA"].Change == 0 {
		t.Fatalf("purged (-want +got):\n%s", diff)
	}
	after, err := r.SkillsTotals(t.Context(), hr("RXA"), question)
	if diff := cmp.Diff(before, after); err != nil || diff != "" {
		t.Errorf("figures of later days, %v (-before +after):\n%s", err, diff)
	}
	log, err := r.database.Owner(t).Destructions(t.Context())
	if diff := cmp.Diff([]repository.Purged{want["RXA"]}, log); err != nil || diff != "" {
		t.Errorf("the destruction log, %v (-want +got):\n%s", err, diff)
	}
	event := one(t, r.admin, `SELECT concat_ws('|', e.organisation, e.actor, e.operation, e.object, e.outcome, c.kind, c.number)
		FROM audit_event e JOIN change c ON c.id = e.change_id WHERE e.operation = 'purge'`)
	if !strings.HasPrefix(event, "RXA|command|purge|people=1 assessments=4 staff_versions=2 files=0 left_before=2020-06-01 assessed_before=2020-06-01|done|purge|") {
		t.Errorf("the event is %q", event)
	}
	r.noTraceOf(t, horizon)
	if n := one(t, r.admin, `SELECT count(*) FROM restriction`); n != "0" {
		t.Errorf("%s restrictions are left", n)
	}
	// The number may be taken in again: it is a new person then.
	r.store(t, people("RXA", date(2026, 11, 20), false, nurse("1", startedOn(date(2026, 11, 1)))))
	r.void(t, r.store(t, again(people("RXA", date(2026, 11, 21), false, nurse("2", inBand("6"))))))
	if _, err := r.VoidUpload(t.Context(), hr("RXA"), first.ID); domain.KindOf(err) != domain.KindConflict {
		t.Errorf("a list that others build upon was withdrawn: %v", err)
	}
	r.voidEverything(t)
	r.soundRollups(t, "after the withdrawals")
	if state := one(t, r.admin, `SELECT string_agg(state, ' ') FROM upload WHERE id IN ($1, $2)`, first.ID, second.ID); state != "voided voided" {
		t.Errorf("the old lists are %s", state)
	}
}

func TestPurgeOfOneOrganisation(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	gone := nurse("1", startedOn(date(2010, 1, 1)), leftOn(date(2015, 1, 1)))
	for _, organisation := range []string{"RXA", "RXB"} {
		r.store(t, people(organisation, date(2026, 9, 30), false, gone))
	}
	options := bothBefore(date(2020, 1, 1))
	options.Organisation = "RXB"
	if got := r.purge(t, options); len(got) != 1 || got["RXB"].People != 1 {
		t.Errorf("purged %+v", got)
	}
	if r.held(t, "RXA") != "1" || r.held(t, "RXB") != "" {
		t.Errorf("held are %q and %q", r.held(t, "RXA"), r.held(t, "RXB"))
	}
	options.Organisation = "RXC"
	if got := r.purge(t, options); len(got) != 0 {
		t.Errorf("purged %+v of one that holds nothing", got)
	}
	options.Organisation = "ZZZ"
	err := r.database.Owner(t).Purge(t.Context(), options, nil, nil)
	if e, ok := errors.AsType[*domain.Error](err); !ok || e.Code != "organisation_not_found" {
		t.Errorf("an unknown organisation: %v", err)
	}
}

// A purge waits for the upload that is under way, and the other way round: neither
// works on what the other has half done.
func TestPurgeTakesItsTurn(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, people("RXA", date(2026, 9, 30), false, nurse("1", startedOn(date(2010, 1, 1)), leftOn(date(2015, 1, 1)))))
	conn, err := r.admin.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(t.Context(), `SELECT pg_advisory_lock(hashtextextended('RXA', 1))`); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	owner := r.database.Owner(t)
	go func() {
		ended <- owner.Purge(t.Context(), bothBefore(date(2020, 1, 1)), func(repository.Purged) error { return nil }, func(int, int) error { return nil })
	}()
	for {
		waiting := column(t, r.admin, `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
			AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`)
		if len(waiting) > 0 {
			break
		}
		if len(ended) > 0 {
			t.Fatalf("the purge did not wait: %v", <-ended)
		}
	}
	if r.held(t, "RXA") != "1" {
		t.Error("the purge worked beside another write")
	}
	if _, err := conn.ExecContext(t.Context(), `SELECT pg_advisory_unlock(hashtextextended('RXA', 1))`); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil || r.held(t, "RXA") != "" {
		t.Errorf("after its turn %q are held: %v", r.held(t, "RXA"), err)
	}
}
