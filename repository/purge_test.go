package repository_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"skillstracker/domain"
	"skillstracker/repository"
)

// purge purges and returns what was told, by organisation.
func (r register) purge(t *testing.T, options repository.PurgeOptions) map[string]repository.Purged {
	t.Helper()
	told := make(map[string]repository.Purged)
	finished := 0
	err := r.database.Owner(t).Purge(t.Context(), options, func(p repository.Purged) error {
		told[p.Organisation] = p
		return nil
	}, func(n, of int) error {
		finished++
		if n != finished || n > of {
			t.Errorf("told that %d of %d are done after %d", n, of, finished)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return told
}

// soundRollups fails unless every roll-up is what the facts give.
func (r register) soundRollups(t *testing.T, when string) {
	t.Helper()
	found, err := r.database.Owner(t).VerifyRollups(t.Context(), func(int, int) error { return nil })
	if err != nil || len(found) > 0 {
		t.Errorf("%s the roll-ups differ: %+v, %v", when, found, err)
	}
}

// lateQuestion draws a question about days that a purge with both horizons on a day must
// not change: an assessment counts for as long as its framework says.
func lateQuestion(random *rand.Rand, lists domain.Lists, horizon domain.Date) domain.TotalsFilter {
	f := randomVacancyFilter(random, lists)
	g := randomFilter(random, lists)
	f.Framework, f.Competences, f.Today = g.Framework, g.Competences, date(2026, 11, 1)
	if random.IntN(2) == 0 {
		f.GroupBy = append(f.GroupBy, domain.ByCompetence)
	}
	f.GroupBy = slices.DeleteFunc(f.GroupBy, func(d domain.Dimension) bool {
		return d == domain.ByDigital || d == domain.ByJobRole || d == domain.ByAreaOfWork || d == domain.ByMonth
	})
	f.Digital, f.JobRoles, f.AreasOfWork = nil, nil, nil
	f.Framework.ValidityMonths, f.PeriodMonths = pick(random, 1, 2), pick(random, 1, 2)
	f.AsAt = pick(random, date(2026, 9, 30), date(2026, 10, 31), date(2026, 12, 31))
	for f.AsAt-domain.Date(31*2) < horizon {
		f.AsAt = (f.AsAt + 1).MonthEnd()
	}
	f.Months = []domain.Date{f.AsAt}
	return f
}

// figures are the answers of every kind of totals to one question. Of people whose last
// assessments went, it can only be said that they are not assessed. Whether an
// organisation reports is left out: these random people are assessed after they have
// left, too, which goes with them.
func (r register) figures(t *testing.T, f domain.TotalsFilter) []any {
	t.Helper()
	skills, err := r.SkillsTotals(t.Context(), hr("RXA"), f)
	if err != nil {
		t.Fatal(err)
	}
	for i := range skills {
		skills[i].NeverAssessed += skills[i].Overdue
		skills[i].Overdue, skills[i].Reporting = 0, 0
	}
	f.GroupBy = slices.DeleteFunc(slices.Clone(f.GroupBy), func(d domain.Dimension) bool { return d == domain.ByCompetence })
	f.Competences = nil
	vacancies, err := r.VacancyTotals(t.Context(), hr("RXA"), f)
	if err != nil {
		t.Fatal(err)
	}
	workforce, err := r.WorkforceTotals(t.Context(), hr("RXA"), f)
	if err != nil {
		t.Fatal(err)
	}
	return []any{skills, vacancies, workforce}
}

// A random register in which people come and go: what a purge tells beforehand is what
// it destroys, figures about later days are the same before and after, roll-ups are
// what the facts give, and every upload can still be withdrawn or is refused clearly.
func TestPurgeLeavesLaterFiguresAsTheyAre(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(0, 7))
	r := randomRegister(t, random)
	r.admin = r.database.Admin(t)
	horizon := pick(random, date(2026, 7, 15), date(2026, 8, 10))
	options := repository.PurgeOptions{PurgeHorizon: domain.PurgeHorizon{AssessedBefore: horizon, LeftBefore: horizon}}
	var questions []domain.TotalsFilter
	var before [][]any
	for range 16 {
		f := lateQuestion(random, r.lists, horizon)
		questions, before = append(questions, f), append(before, r.figures(t, f))
	}
	held := contents(t, r)
	dry := options
	dry.DryRun = true
	foretold := r.purge(t, dry)
	if diff := cmp.Diff(held, contents(t, r)); diff != "" {
		t.Errorf("the dry run wrote something:\n%s", diff)
	}
	done := r.purge(t, options)
	if diff := cmp.Diff(foretold, done, cmpopts.IgnoreFields(repository.Purged{}, "Change", "At")); diff != "" {
		t.Errorf("purged (-foretold +done):\n%s", diff)
	}
	var people, assessments int64
	for _, p := range done {
		if p.Change == 0 || p.At.IsZero() {
			t.Errorf("a purge without a change: %+v", p)
		}
		people, assessments = people+p.People, assessments+p.Assessments
	}
	if people < 8 || assessments < 20 {
		t.Errorf("too little was destroyed to show anything: %d people, %d assessments", people, assessments)
	}
	r.soundRollups(t, "after the purge")
	for i, f := range questions {
		if diff := cmp.Diff(before[i], r.figures(t, f)); diff != "" {
			t.Fatalf("figures as at %s by %v, period %d, validity %d, horizon %s (-before +after):\n%s",
				f.AsAt, f.GroupBy, f.PeriodMonths, f.Framework.ValidityMonths, horizon, diff)
		}
	}
	r.noTraceOf(t, horizon)
	if more := r.purge(t, options); len(more) > 0 {
		t.Errorf("a second purge destroyed more: %+v", more)
	}
	r.voidEverything(t)
	r.soundRollups(t, "after the withdrawals")
}

// noTraceOf looks for assessments of days before a horizon, and for people who are
// named and not held.
func (r register) noTraceOf(t *testing.T, horizon domain.Date) {
	t.Helper()
	for what, query := range map[string]string{
		"assessments":           `SELECT count(*) FROM assessment WHERE assessed_on < $1`,
		"confirmed assessments": `SELECT count(*) FROM assessment_confirmation WHERE $1 > ANY (assessed_on)`,
		"confirmed people": `SELECT count(*) FROM assessment_confirmation f, unnest(f.staff_ids) AS e (id) WHERE $1 = $1::date
			AND NOT EXISTS (SELECT FROM staff_member m WHERE m.organisation = f.organisation AND m.id = e.id)`,
		"listed people": `SELECT count(*) FROM staff_list f, unnest(f.confirmed || f.found_left) AS e (id) WHERE $1 = $1::date
			AND NOT EXISTS (SELECT FROM staff_member m WHERE m.organisation = f.organisation AND m.id = e.id)`,
	} {
		if n := one(t, r.admin, query, horizon.Time()); n != "0" {
			t.Errorf("%s %s are left", n, what)
		}
	}
}

// voidEverything withdraws every upload, the newest first. Nothing is built upon then.
func (r register) voidEverything(t *testing.T) {
	t.Helper()
	for _, line := range column(t, r.admin, `SELECT organisation || ' ' || id FROM upload
		WHERE state IN ('applied', 'partly_applied') ORDER BY change_id DESC`) {
		organisation, id := line[:3], line[4:]
		if _, err := r.VoidUpload(t.Context(), hr(organisation), id); err != nil {
			t.Fatalf("an upload of %s cannot be withdrawn: %v", organisation, err)
		}
	}
	if left := one(t, r.admin, `SELECT (SELECT count(*) FROM staff_version WHERE ended_by IS NULL) + (SELECT count(*) FROM assessment WHERE ended_by IS NULL)
		+ (SELECT count(*) FROM vacancy_cell WHERE ended_by IS NULL)`); left != "0" {
		t.Errorf("%s facts are left of uploads that were all withdrawn", left)
	}
}
