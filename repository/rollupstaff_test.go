package repository_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// skillsQuestion draws a question of one or several days by a clock that may stand
// before, at and long after them.
func (c *careers) skillsQuestion(t *testing.T) domain.TotalsFilter {
	t.Helper()
	f := domain.TotalsFilter{
		GroupBy: some(c.random, domain.ByICB, domain.ByOrganisation, domain.ByStaffGroup, domain.ByJobRole, domain.ByBand, domain.ByAreaOfWork,
			domain.ByDigital, domain.ByTeam, domain.ByAssessorKind),
		Subtotals: c.random.IntN(4) == 0, Basis: pick(c.random, domain.BasisAsWas, domain.BasisAsNow),
		Organisations: some(c.random, "RM0", "RM1", "RM2"), StaffGroups: some(c.random, "03", "08"), Bands: some(c.random, "5", "6", domain.NotGiven),
		AssessorKinds: some(c.random, "self", "manager", "assessor"), Framework: c.framework(t, "hdc", "2018"),
	}
	f.GroupBy = f.GroupBy[:min(len(f.GroupBy), 4)]
	f.GroupBy = append(f.GroupBy, some(c.random, domain.ByCompetence, domain.ByDomain)...)
	f.Framework.ValidityMonths = pick(c.random, 1, 2, 12)
	days := []domain.Date{date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2027, 1, 31)}
	if c.random.IntN(3) == 0 {
		f.Months = slices.DeleteFunc(days[1:], func(domain.Date) bool { return c.random.IntN(2) == 0 })
		f.GroupBy = append(f.GroupBy, domain.ByMonth)
	}
	if len(f.Months) == 0 {
		f.Months = []domain.Date{pick(c.random, days...)}
	}
	f.Today = f.Months[0] + domain.Date(c.random.IntN(200)-60)
	return f
}

// compareSkillsWithFacts asks once of what is kept and once of the facts.
func (c *careers) compareSkillsWithFacts(t *testing.T, f domain.TotalsFilter) int {
	t.Helper()
	kept, err := c.SkillsTotals(t.Context(), hr("RM0"), f)
	if err != nil {
		t.Fatal(err)
	}
	f.KnownAt = new(c.now(t))
	worked, err := c.SkillsTotals(t.Context(), hr("RM0"), f)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(worked, kept); diff != "" {
		f.Framework.Competences, f.Framework.Domains, f.Framework.Levels = nil, nil, nil
		t.Errorf("skills of %+v (-from the facts +kept):\n%s", f, diff)
	}
	people := 0
	for _, total := range kept {
		people += total.Assessed
	}
	return people
}

// sendPeople sends a random staff list or file of assessments of one organisation.
func (c *careers) sendPeople(t *testing.T) {
	t.Helper()
	d := c.draws[c.random.IntN(len(c.draws))]
	file := d.file(nil)
	for file.Kind != domain.UploadStaff && file.Kind != domain.UploadAssessments {
		file = d.file(nil)
	}
	file.CreateMissingStaff = file.CreateMissingStaff || file.Kind == domain.UploadAssessments && d.one(2)
	upload, err := c.StoreUpload(t.Context(), hr(d.organisation), file)
	if err != nil {
		t.Fatal(err)
	}
	if upload.State != domain.UploadRejected {
		c.tally[string(upload.Kind)+" stored"]++
		c.sent[d.organisation] = append(c.sent[d.organisation], upload.ID)
	}
}

// Positions and latest assessments give the answers that the facts give, after every
// step of random histories with withdrawals and re-sent files, on days before, at and
// after what the facts are about. That every row of theirs is right is looked at by
// TestRollupsTellWhatTheFactsTell.
func TestPeopleCountFromRollupsAsFromFacts(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			c := newCareers(t, seed+100)
			people := 0
			for range 30 {
				c.sendPeople(t)
				c.step(t)
				for range 3 {
					people += c.compareSkillsWithFacts(t, c.skillsQuestion(t))
				}
			}
			t.Log(people, c.tally)
			if c.tally["staff voided"]+c.tally["assessments voided"] < 2 {
				t.Errorf("the history has not enough withdrawals: %v", c.tally)
			}
			if people < 100 {
				t.Errorf("only %d people were counted", people)
			}
		})
	}
}

// positions are the periods in post of a person, one line each.
func (r register) postsOf(t *testing.T, number string) []string {
	t.Helper()
	return column(t, r.admin, `SELECT concat_ws(' ', p.from_day, p.to_day, p.band, p.digital, CASE WHEN p.starts THEN 'starts' END,
			CASE WHEN p.ends THEN 'ends' END, CASE WHEN p.ends_estimated THEN 'estimated' END)
		FROM staff_position p JOIN staff_member m ON m.organisation = p.organisation AND m.id = p.staff_id
		WHERE m.employee_number = $1 ORDER BY p.from_day`, number)
}

func TestPeriodsInPost(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	digital := r.lists.AreasOfWork[slices.IndexFunc(r.lists.AreasOfWork, func(a domain.AreaOfWork) bool { return a.Digital })].Code
	area := func(row *domain.StaffRow) { row.AreaOfWork = digital }
	r.store(t, people("RXA", date(2026, 1, 31), true,
		nurse("1", startedOn(date(2020, 1, 1))), nurse("2", startedOn(date(2020, 1, 1))), nurse("3", startedOn(date(2026, 1, 1)), leftOn(date(2026, 2, 10))),
		nurse("4", onContract("01")), nurse("5", startedOn(date(2020, 1, 1)))))
	r.store(t, people("RXA", date(2026, 3, 31), false,
		nurse("1", inBand("6"), area), nurse("3", startedOn(date(2026, 2, 11)), inBand("7")), nurse("4", onContract("06")), nurse("5", onContract("01"))))
	last := r.store(t, people("RXA", date(2026, 5, 31), true,
		nurse("1", inBand("6"), area), nurse("3", inBand("7")), nurse("4", onContract("06")), nurse("5", onContract("01"))))
	want := map[string][]string{
		"1": {"2020-01-01 2026-03-31 5 not_stated starts", "2026-03-31 infinity 6 yes"},
		"2": {"2020-01-01 2026-05-31 5 not_stated starts ends estimated"},
		// Back on the day after the last: never out of post.
		"3": {"2026-01-01 2026-02-11 5 not_stated starts", "2026-02-11 2026-03-31 5 not_stated", "2026-03-31 infinity 7 not_stated"},
		"4": {"2026-03-31 infinity 5 not_stated starts"},        // on the bank before
		"5": {"2020-01-01 2026-03-31 5 not_stated starts ends"}, // on the bank since
	}
	check := func() {
		t.Helper()
		for number, periods := range want {
			if diff := cmp.Diff(periods, r.postsOf(t, number)); diff != "" {
				t.Errorf("periods of %s (-want +got):\n%s", number, diff)
			}
		}
	}
	check()
	if _, err := r.VoidUpload(t.Context(), hr("RXA"), last.ID); err != nil {
		t.Fatal(err)
	}
	want["2"] = []string{"2020-01-01 infinity 5 not_stated starts"}
	check()
}

// The latest of each kind is kept, whatever order files come in, and comes back when
// what took its place is withdrawn or removed.
func TestLatestAssessments(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, people("RXA", date(2026, 1, 31), true, nurse("1"), nurse("2")))
	check := func(want ...string) {
		t.Helper()
		got := column(t, r.admin, `SELECT concat_ws(' ', m.employee_number, l.assessor_kind, l.assessed_on, l.levels[1])
			FROM latest_assessment l JOIN staff_member m ON m.organisation = l.organisation AND m.id = l.staff_id ORDER BY 1`)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("latest assessments (-want +got):\n%s", diff)
		}
	}
	send := func(rows ...domain.AssessmentRow) domain.Upload {
		t.Helper()
		return r.store(t, r.assessmentFile(t, "RXA", rows...))
	}
	march, april, may := date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)
	send(assessed("1", april, all(2)), assessed("1", march, all(4)), assessed("2", march, all(1), by(domain.AssessorManager)))
	check("1 self 2026-04-30 2", "2 manager 2026-03-31 1")
	send(assessed("1", march-1, all(3)), assessed("2", march, all(1)))
	check("1 self 2026-04-30 2", "2 manager 2026-03-31 1", "2 self 2026-03-31 1")
	newer := send(assessed("1", may, all(0)), assessed("2", march, all(4), by(domain.AssessorManager)))
	check("1 self 2026-05-31 0", "2 manager 2026-03-31 4", "2 self 2026-03-31 1")
	if _, err := r.VoidUpload(t.Context(), hr("RXA"), newer.ID); err != nil {
		t.Fatal(err)
	}
	check("1 self 2026-04-30 2", "2 manager 2026-03-31 1", "2 self 2026-03-31 1")
	removal := send(assessed("1", april, nil, withdrawn))
	check("1 self 2026-03-31 4", "2 manager 2026-03-31 1", "2 self 2026-03-31 1")
	if _, err := r.VoidUpload(t.Context(), hr("RXA"), removal.ID); err != nil {
		t.Fatal(err)
	}
	check("1 self 2026-04-30 2", "2 manager 2026-03-31 1", "2 self 2026-03-31 1")
}
