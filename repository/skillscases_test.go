package repository_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// skills asks a question of what is kept of the facts and of the facts themselves, by
// a clock that stands at the question's last day, a year later, and at what is known
// this very moment, and fails the test unless all answers are the same.
func (r register) skills(t *testing.T, f domain.TotalsFilter) []domain.SkillsTotal {
	t.Helper()
	if f.Framework.ID == 0 {
		f.Framework = r.framework(t, "hdc", "2018")
	}
	ask := func(f domain.TotalsFilter) []domain.SkillsTotal {
		totals, err := r.SkillsTotals(t.Context(), hr("RXA"), f)
		if err != nil {
			t.Fatal(err)
		}
		return totals
	}
	totals := ask(f)
	later, known := f, f
	known.KnownAt = new(r.now(t))
	if f.Basis != domain.BasisAsNow {
		later.Today += 366
	}
	for name, again := range map[string]domain.TotalsFilter{"a year later": later, "from the facts": known} {
		if diff := cmp.Diff(totals, ask(again)); diff != "" {
			t.Errorf("%s (-at once +then):\n%s", name, diff)
		}
	}
	return totals
}

// skillsOf asks for the digital-literacy totals of RXA, one line for each row:
// organisation, staff group, band, staff in post, assessed, reporting of expected
// and, when asked by competence, its levels.
func (r register) skillsOf(t *testing.T, f domain.TotalsFilter) []string {
	t.Helper()
	f.Framework = r.framework(t, "hdc", "2018")
	lines := []string{}
	for _, total := range r.skills(t, f) {
		inPost := "x"
		if total.StaffInPost != nil {
			inPost = fmt.Sprint(*total.StaffInPost)
		}
		line := fmt.Sprintf("%s%s%s%s%s%s: %d of %s assessed, %d of %d report", total.Region, total.ICB, total.Organisation,
			total.StaffGroup, total.Band, total.Competence, total.Assessed, inPost, total.Reporting, total.Expected)
		if total.Competence != "" {
			line += fmt.Sprintf(", levels %v, %d not applicable, %d answered", total.Levels, total.NotApplied, total.Answered)
		}
		lines = append(lines, line)
	}
	return lines
}

func onDay(as domain.Date, by ...domain.Dimension) domain.TotalsFilter {
	return domain.TotalsFilter{Months: []domain.Date{as}, Today: as, GroupBy: by, Organisations: []string{"RXA"}}
}

func TestPeopleCountFromTheirFirstDayToTheirLast(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, people("RXA", date(2026, 3, 31), true,
		nurse("1", startedOn(date(2020, 1, 1))), nurse("2", startedOn(date(2026, 3, 31)), leftOn(date(2026, 5, 31))),
		nurse("3", onContract("01")), nurse("4", onContract("01")), nurse("4", onContract("06"))))
	r.store(t, people("RXA", date(2026, 8, 31), false, nurse("2", startedOn(date(2026, 8, 31)), inBand("6"))))
	r.store(t, r.assessmentFile(t, "RXA", assessed("1", date(2026, 3, 1), all(1)), assessed("2", date(2026, 5, 31), all(1)), assessed("3", date(2026, 5, 31), all(1))))
	for on, want := range map[domain.Date]string{
		date(2026, 2, 28): "RXA: 0 of x assessed, 0 of 0 report", // no list yet
		date(2026, 3, 30): "RXA: 1 of x assessed, 1 of 1 report", // no list yet, an assessed person in post
		date(2026, 3, 31): "RXA: 1 of 3 assessed, 1 of 1 report",
		date(2026, 5, 31): "RXA: 2 of 3 assessed, 1 of 1 report", // 2 on the last day
		date(2026, 6, 1):  "RXA: 1 of 2 assessed, 1 of 1 report", // 2 has left
		date(2026, 8, 30): "RXA: 1 of 2 assessed, 1 of 1 report",
		date(2026, 8, 31): "RXA: 2 of 3 assessed, 1 of 1 report", // 2 is back, the assessment still counts
	} {
		got := r.skillsOf(t, onDay(on, domain.ByOrganisation))
		if on == date(2026, 2, 28) {
			if len(got) != 0 {
				t.Errorf("as at %s: %v, want nothing", on, got)
			}
			continue
		}
		if !slices.Equal(got, []string{want}) {
			t.Errorf("as at %s: %v, want %s", on, got, want)
		}
	}
	if got := r.skillsOf(t, onDay(date(2026, 7, 31), domain.ByBand)); !slices.Equal(got, []string{"5: 1 of 2 assessed, 1 of 1 report"}) {
		t.Errorf("by band before the promotion: %v", got)
	}
	if got := r.skillsOf(t, onDay(date(2026, 8, 31), domain.ByBand)); !slices.Equal(got, []string{"5: 1 of 2 assessed, 1 of 1 report", "6: 1 of 1 assessed, 1 of 1 report"}) {
		t.Errorf("by band after the promotion: %v", got)
	}
}

// Before the first version of a person's position the first one stands in.
func TestPositionsBeforeTheFirstAndAfterTheLastList(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, people("RXA", date(2026, 3, 31), false, nurse("1")))
	r.store(t, people("RXA", date(2026, 5, 31), false, nurse("2", startedOn(date(2020, 1, 1)), inBand("7")), nurse("1", inBand("6"))))
	for on, want := range map[domain.Date][]string{
		date(2026, 4, 30): {"5: 0 of 1 assessed, 0 of 0 report", "7: 0 of 1 assessed, 0 of 0 report"},
		date(2026, 5, 30): {"5: 0 of 1 assessed, 0 of 0 report", "7: 0 of 1 assessed, 0 of 0 report"},
		date(2026, 5, 31): {"6: 0 of 1 assessed, 0 of 0 report", "7: 0 of 1 assessed, 0 of 0 report"},
		date(2030, 1, 1):  {"6: 0 of 1 assessed, 0 of 0 report", "7: 0 of 1 assessed, 0 of 0 report"},
	} {
		if got := r.skillsOf(t, onDay(on, domain.ByBand)); !slices.Equal(got, want) {
			t.Errorf("as at %s: %v, want %v", on, got, want)
		}
	}
}

func TestTheAssessmentThatCounts(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, people("RXA", date(2025, 1, 1), true, nurse("1"), nurse("2"), nurse("3")))
	day := date(2025, 10, 31)
	r.store(t, r.assessmentFile(t, "RXA",
		assessed("1", day, levels(0, na, no, 0, 0, 0)),
		assessed("1", day, levels(1, 1, 1, na, no, 1), by(domain.AssessorManager)),
		assessed("1", day-1, levels(4, 4, 4, 4, 4, 4), by(domain.AssessorOther)),
		assessed("2", day, levels(2, na, no, 0, 0, 0), by(domain.AssessorManager)),
		assessed("2", day, levels(3, 0, 0, 0, 0, na), by(domain.AssessorOther)),
		assessed("3", day+1, levels(na, no, no, no, no, no))))
	ask := func(on domain.Date, competence string) []string {
		f := onDay(on, domain.ByCompetence)
		f.Competences = []string{competence}
		return r.skillsOf(t, f)
	}
	for _, c := range []struct {
		on         domain.Date
		competence string
		want       string
	}{
		{day - 1, "CCP", "CCP: 1 of 3 assessed, 1 of 1 report, levels [0 0 0 0 1], 0 not applicable, 1 answered"},
		{day, "CCP", "CCP: 2 of 3 assessed, 1 of 1 report, levels [0 1 0 1 0], 0 not applicable, 2 answered"},
		{day, "CIS", "CIS: 2 of 3 assessed, 1 of 1 report, levels [1 0 0 0 0], 1 not applicable, 1 answered"},
		{day, "TEC", "TEC: 2 of 3 assessed, 1 of 1 report, levels [1 0 0 0 0], 0 not applicable, 1 answered"},
		{day + 1, "CCP", "CCP: 3 of 3 assessed, 1 of 1 report, levels [0 1 0 1 0], 1 not applicable, 2 answered"},
		// Not older than twelve months, and then older.
		{date(2026, 10, 31), "CCP", "CCP: 3 of 3 assessed, 1 of 1 report, levels [0 1 0 1 0], 1 not applicable, 2 answered"},
		{date(2026, 11, 1), "CCP", "CCP: 1 of 3 assessed, 1 of 1 report, levels [0 0 0 0 0], 1 not applicable, 0 answered"},
		{date(2026, 11, 2), "CCP", "CCP: 0 of 3 assessed, 0 of 1 report, levels [0 0 0 0 0], 0 not applicable, 0 answered"},
	} {
		if got := ask(c.on, c.competence); !slices.Equal(got, []string{c.want}) {
			t.Errorf("as at %s: %v, want %s", c.on, got, c.want)
		}
	}
}

func TestAClosedOrganisationHasNobodyInPost(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	importAll(t, r.Store, edition(date(2025, 1, 1), entry("RXA", "Trust A (synthetic)", open(nil, datePointer(date(2026, 8, 31))))))
	r.store(t, people("RXA", date(2026, 6, 30), true, nurse("1"), nurse("2")))
	r.store(t, r.assessmentFile(t, "RXA", assessed("1", date(2026, 7, 1), all(1))))
	if got := r.skillsOf(t, onDay(date(2026, 8, 31), domain.ByOrganisation)); !slices.Equal(got, []string{"RXA: 1 of 2 assessed, 1 of 1 report"}) {
		t.Errorf("on the last day: %v", got)
	}
	if got := r.skillsOf(t, onDay(date(2026, 9, 1), domain.ByOrganisation)); len(got) > 0 {
		t.Errorf("after the last day: %v", got)
	}
}

// Whoever was taken off the only list that named them is on no list: what was sent
// with the assessment serves.
func TestAssessedPeopleWhoAreOnNoList(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, people("RXA", date(2026, 6, 30), false, nurse("1"), nurse("2")))
	sent := func(row *domain.AssessmentRow) { row.StaffGroup, row.Band = "08", "7" }
	r.store(t, r.assessmentFile(t, "RXA", assessed("1", date(2026, 5, 1), all(2), sent), assessed("2", date(2026, 5, 1), all(2), sent)))
	r.store(t, people("RXA", date(2026, 6, 30), false, nurse("1", removed)))
	if got := r.skillsOf(t, onDay(date(2026, 5, 31), domain.ByStaffGroup, domain.ByBand)); !slices.Equal(got, []string{"087: 1 of x assessed, 1 of 1 report"}) {
		t.Errorf("before the first list: %v", got)
	}
	if got := r.skillsOf(t, onDay(date(2026, 6, 30), domain.ByStaffGroup, domain.ByBand)); !slices.Equal(got, []string{"035: 1 of 1 assessed, 1 of 1 report"}) {
		t.Errorf("on the day of the list: %v", got)
	}
}
