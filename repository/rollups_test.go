package repository_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
	"skillstracker/repository"
	"skillstracker/repository/pgtest"
)

// careers are the random histories of some organisations in one register.
type careers struct {
	register
	random *rand.Rand
	rights *rand.Rand // of who is restricted and erased
	draws  []*drawing
	sent   map[string][]string // ids of the uploads of an organisation, oldest first
	tally  map[string]int
}

// step sends a random file of one organisation, withdraws one or sends one again.
func (c *careers) step(t *testing.T) {
	t.Helper()
	d := c.draws[c.random.IntN(len(c.draws))]
	if c.rights.IntN(10) == 0 {
		c.exercise(t, d.organisation)
	}
	if ids := c.sent[d.organisation]; len(ids) > 0 && d.one(4) {
		// The newest most often, for an earlier one may have been built upon.
		id := ids[max(0, len(ids)-1-c.random.IntN(3))]
		switch upload, err := c.VoidUpload(t.Context(), hr(d.organisation), id); {
		case err == nil:
			c.tally[string(upload.Kind)+" voided"]++
		case domain.KindOf(err) == domain.KindConflict:
			c.tally["void refused"]++
		default:
			t.Fatal(err)
		}
		return
	}
	file := d.file(nil)
	for i := range file.Vacancies {
		// Cells of one staff group and band, so that what is kept of them is of several.
		row := &file.Vacancies[i]
		row.Key.AreaOfWork = pick(c.random, domain.NotGiven, domain.NotGiven, c.lists.AreasOfWork[0].Code)
		row.Key.JobRole = pick(c.random, domain.NotGiven, "ASC33")
		row.Measures.Advertised, row.Measures.Headcount = known(c.random.Int64N(5)), domain.Measure{State: domain.DontKnow}
	}
	upload, err := c.StoreUpload(t.Context(), hr(d.organisation), file)
	if err != nil {
		t.Fatal(err)
	}
	if upload.State != domain.UploadRejected {
		c.tally[string(upload.Kind)+" stored"]++
		c.sent[d.organisation] = append(c.sent[d.organisation], upload.ID)
	}
}

// exercise restricts, lets in again or erases a random person of an organisation.
func (c *careers) exercise(t *testing.T, organisation string) {
	t.Helper()
	numbers := column(t, c.admin, `SELECT employee_number FROM staff_member WHERE organisation = $1 AND employee_number IS NOT NULL ORDER BY id`, organisation)
	if len(numbers) == 0 {
		return
	}
	number, done := pick(c.rights, numbers...), "erased"
	var err error
	if c.rights.IntN(4) == 0 {
		_, err = c.ErasePerson(t.Context(), hr(organisation), organisation, number, date(2026, 1, 1)+domain.Date(c.rights.IntN(200)), nil)
	} else {
		restricted := c.rights.IntN(3) == 0
		done = fmt.Sprint("restricted ", restricted)
		_, err = c.RestrictPerson(t.Context(), hr(organisation), organisation, number, restricted)
	}
	if err != nil {
		t.Fatal(err)
	}
	c.tally[done]++
}

// question draws a question of a random day, which may lie before and after every fact.
func (c *careers) question() domain.TotalsFilter {
	f := randomVacancyFilter(c.random, c.lists)
	f.Organisations = some(c.random, "RM0", "RM1", "RM2")
	f.Months = nil
	for _, month := range []domain.Date{date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)} {
		if c.random.IntN(3) > 0 {
			f.Months = append(f.Months, month)
		}
	}
	f.Today = date(2026, 1, 1) + domain.Date(c.random.IntN(200))
	return f
}

// What totals find in roll-ups is, to the last digit, what they work out from the
// facts, which they do when they are asked for what is known this very moment. After
// every step of random histories every row of every roll-up is what the facts give.
func TestRollupsTellWhatTheFactsTell(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			c := newCareers(t, seed)
			owner := c.database.Owner(t)
			rows := 0
			for step := range 50 {
				c.step(t)
				differences, err := owner.VerifyRollups(t.Context(), noProgress)
				if err != nil {
					t.Fatal(err)
				}
				if len(differences) > 0 {
					t.Fatalf("after step %d: %+v", step, differences)
				}
				for range 3 {
					rows += c.compareWithFacts(t, c.question())
				}
			}
			t.Log(rows, c.tally)
			for _, what := range []string{"vacancies stored", "vacancies voided", "staff stored", "staff voided", "assessments stored"} {
				if c.tally[what] == 0 {
					t.Errorf("no history has %s: %v", what, c.tally)
				}
			}
			if rows < 200 {
				t.Errorf("only %d rows were compared", rows)
			}
		})
	}
}

func newCareers(t *testing.T, seed uint64) *careers {
	t.Helper()
	database := pgtest.New(t)
	c := &careers{
		register: register{database: database, Store: database.Store(t, erasing), admin: database.Admin(t)}, random: rand.New(rand.NewPCG(seed, 7)), rights: rand.New(rand.NewPCG(seed, 8)),
		sent: make(map[string][]string), tally: make(map[string]int),
	}
	importAll(t, c.Store, edition(
		date(2026, 1, 15), entry("RM0", "M0 (synthetic)"), entry("RM1", "M1 (synthetic)", sector("Acute"), open(nil, datePointer(date(2026, 2, 28)))),
		entry("RM2", "M2 (synthetic)", inICB("Y56", "QKK"), open(datePointer(date(2026, 1, 31)), nil)),
	))
	succeed(t, c.admin, "RM1", "RM2", "2026-03-01")
	var err error
	if c.lists, err = c.Lists(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, organisation := range []string{"RM0", "RM1", "RM2"} {
		c.draws = append(c.draws, &drawing{
			random: c.random, organisation: organisation, dates: true,
			version: c.framework(t, "hdc", "2018"), other: c.framework(t, "digcomp", "3.0"),
		})
	}
	return c
}

// compareWithFacts asks once of what is kept and once of the facts.
func (c *careers) compareWithFacts(t *testing.T, f domain.TotalsFilter) int {
	t.Helper()
	kept, err := c.VacancyTotals(t.Context(), hr("RM0"), f)
	if err != nil {
		t.Fatal(err)
	}
	f.KnownAt = new(c.now(t))
	worked, err := c.VacancyTotals(t.Context(), hr("RM0"), f)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(worked, kept); diff != "" {
		t.Errorf("vacancies of %+v (-from the facts +kept):\n%s", f, diff)
	}
	return len(kept)
}

// now is the time of the newest change.
func (r register) now(t *testing.T) time.Time {
	t.Helper()
	var at time.Time
	if err := r.admin.QueryRow(`SELECT last_at FROM change_clock`).Scan(&at); err != nil {
		t.Fatal(err)
	}
	return at
}

func noProgress(int, int) error { return nil }

// A row that is missing, one too many and one that says something else are found and
// mended, and nothing else is touched.
func TestDamagedRollupsAreFoundAndMended(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	for _, organisation := range []string{"RXA", "RXB"} {
		r.store(t, vacancies(organisation,
			cell(date(2026, 6, 30), "03", "5", establishment(10, 9)), cell(date(2026, 6, 30), "08", "", establishment(3, 1)),
			cell(date(2026, 7, 31), "03", "5", establishment(12, 9))))
		r.store(t, staffList(organisation, date(2026, 6, 30), 3))
		r.store(t, r.assessments(t, organisation, date(2026, 6, 30), 3, 2))
	}
	owner, db := r.database.Owner(t), r.admin
	verify := func() []repository.RollupDifference {
		t.Helper()
		var told []int
		differences, err := owner.VerifyRollups(t.Context(), func(checked, organisations int) error {
			told = append(told, checked, organisations)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]int{1, 2, 2, 2}, told); diff != "" {
			t.Errorf("progress (-want +got):\n%s", diff)
		}
		return differences
	}
	if found := verify(); len(found) > 0 {
		t.Fatalf("roll-ups differ before they are damaged: %+v", found)
	}
	run(t, db,
		`DELETE FROM vacancy_rollup WHERE organisation = 'RXB' AND month = '2026-07-31'`,
		`UPDATE vacancy_rollup SET budgeted = budgeted + 1 WHERE organisation = 'RXB' AND staff_group = '08'`,
		`UPDATE vacancy_rollup SET band = '6' WHERE organisation = 'RXB' AND month = '2026-06-30' AND staff_group = '03'`,
		`DELETE FROM staff_position WHERE organisation = 'RXA' AND staff_id = (SELECT min(staff_id) FROM staff_position WHERE organisation = 'RXA')`,
		`UPDATE staff_position SET starts = false WHERE organisation = 'RXA'`,
		`UPDATE latest_assessment SET levels[1] = 4, needs = NULL WHERE organisation = 'RXA'`)
	want := []repository.RollupDifference{
		{Organisation: "RXA", Table: "staff_position", Missing: 1, Wrong: 2},
		{Organisation: "RXA", Table: "latest_assessment", Wrong: 3},
		{Organisation: "RXB", Table: "vacancy_rollup", Missing: 2, Surplus: 1, Wrong: 1},
	}
	if diff := cmp.Diff(want, verify()); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
	if err := owner.RebuildRollups(t.Context(), noProgress); err != nil {
		t.Fatal(err)
	}
	if found := verify(); len(found) > 0 {
		t.Errorf("after the rebuild: %+v", found)
	}
	if rows := one(t, db, `SELECT count(*) FROM audit_event WHERE operation = 'rebuildRollups' AND organisation IS NULL`); rows != "1" {
		t.Errorf("the rebuild left %s rows in the audit trail", rows)
	}
}

// A rebuild is a write of an organisation like any other: it waits for its turn.
func TestARebuildWaitsForUploads(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, vacancies("RXA", cell(date(2026, 6, 30), "03", "5", establishment(10, 9))))
	turn, err := r.admin.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := turn.ExecContext(t.Context(), `SELECT pg_advisory_xact_lock(hashtextextended('RXA', 1))`); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	owner := r.database.Owner(t)
	go func() { done <- owner.RebuildRollups(t.Context(), noProgress) }()
	for one(t, r.admin, `SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
		AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`) == "0" {
		select {
		case err := <-done:
			t.Fatalf("the rebuild did not wait: %v", err)
		default:
		}
	}
	if err := turn.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}
