package repository_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// newPeopledRegister holds RXA with a staff list, leavers, movers and assessments of all
// kinds, and RXB with assessments alone.
func newPeopledRegister(t *testing.T) register {
	t.Helper()
	r := newRegister(t)
	role, _ := r.nursingRoles(t)
	var list []domain.StaffRow
	for i := range 40 {
		row := nurse(number(i+1), startedOn(date(2020, 1, 1)))
		if i%3 == 0 {
			row.JobRole = role
		}
		if i%4 == 1 {
			row.StaffGroup, row.Band = "08", "3"
		}
		if i%5 == 0 {
			row.Team = "Ward 7"
		}
		if i%10 == 9 {
			leftOn(date(2026, 7, 15))(&row)
		}
		list = append(list, row)
	}
	list = append(list, nurse("BANK", onContract("01")))
	r.store(t, people("RXA", date(2026, 6, 30), true, list...))
	hdc := r.framework(t, "hdc", "2018")
	r.setTargets(t, hdc,
		wanted{owner: domain.NationCode, competence: "CCP", from: date(2026, 1, 1), level: 2},
		wanted{owner: domain.NationCode, domain: "TEC", group: "03", from: date(2026, 1, 1), level: 3},
		wanted{owner: "RXA", competence: "CCP", role: role, band: "5", from: date(2026, 1, 1), level: 4},
		wanted{owner: "RXA", competence: "DIW", band: "3", from: date(2026, 8, 1), level: 1})
	var rows []domain.AssessmentRow
	for i := range 32 {
		answers := levels(domain.Level(i%5), 1, domain.NotAssessed, domain.Level(i%3), domain.Level((i+2)%5), domain.Level(i%2))
		if i%7 == 0 {
			answers[0] = domain.NotApplicable
		}
		rows = append(rows, assessed(number(i+1), date(2025, 7+i%8, 1+i%28), answers))
		if i%6 == 0 {
			rows = append(rows, assessed(number(i+1), date(2026, 5, 2), all(domain.Level(i%4)), func(row *domain.AssessmentRow) { row.AssessorKind = domain.AssessorManager }))
		}
	}
	r.store(t, r.assessmentFile(t, "RXA", rows...))
	unlisted := r.assessmentFile(t, "RXB",
		assessed("1", date(2026, 3, 1), all(1), func(row *domain.AssessmentRow) { row.StaffGroup, row.Team = "03", "Ward 1" }),
		assessed("2", date(2025, 1, 1), all(3)))
	unlisted.CreateMissingStaff = true
	r.store(t, unlisted)
	return r
}

// listed are the people of a question, in their order.
func (r register) listed(t *testing.T, query domain.PeopleQuery) []domain.Person {
	t.Helper()
	var found []domain.Person
	if err := r.People(t.Context(), hr(query.Organisation), query, func(p domain.Person) error {
		found = append(found, p)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(found, func(a, b domain.Person) int {
		if a.EmployeeNumber < b.EmployeeNumber {
			return -1
		}
		return 1
	}) {
		t.Error("people are not in the order of their employee numbers, each once")
	}
	return found
}

// added is what people add up to, for the figures of a row of totals that they are of.
func added(people []domain.Person, framework domain.FrameworkVersion, competence string, listed bool) domain.SkillsTotal {
	total := domain.SkillsTotal{}
	if listed {
		total.StaffInPost = new(int)
		*total.StaffInPost = len(people)
	}
	gaps, some := make([]int, framework.MaxLevel()+1), false
	at, by := framework.CompetenceIndex(competence)
	if by {
		total.Levels = make([]int, framework.Competences[at].MaxLevel+1)
	}
	for _, p := range people {
		switch p.Status {
		case domain.AssessmentOverdue:
			total.Overdue++
			continue
		case domain.NeverAssessed:
			total.NeverAssessed++
			continue
		case domain.AssessmentDue:
			if listed {
				total.Due++
			}
		case domain.AssessmentCurrent:
		}
		total.Assessed++
		if listed {
			total.AssessedListed++
		}
		switch p.AssessorKind {
		case domain.AssessorSelf:
			total.BySelf++
		case domain.AssessorManager:
			total.ByManager++
		case domain.AssessorOther:
			total.ByAssessor++
		}
		gap, measured := p.Gap()
		if by {
			level := p.Levels[at]
			switch {
			case level == domain.NotApplicable:
				total.NotApplied++
			case level >= 0:
				total.Answered++
				total.Levels[level]++
			}
			measured = level >= 0 && p.Targets[at] >= 0
			gap = max(p.Targets[at]-level, 0)
		}
		if measured {
			gaps[gap]++
			some = true
		}
	}
	if some {
		total.Gaps = gaps
	}
	return total
}

// People add up to the totals: all of them, by team and by competence, on any day and as
// known at any time.
func TestPeopleAddUpToTheTotals(t *testing.T) {
	t.Parallel()
	r := newPeopledRegister(t)
	before := r.now(t)
	r.store(t, people("RXA", date(2026, 8, 31), false, nurse(number(1), inBand("7")), nurse("NEW", func(row *domain.StaffRow) { row.Team = "Ward 7" })))
	r.store(t, r.assessmentFile(t, "RXA", assessed("NEW", date(2026, 9, 1), all(4)), assessed(number(2), date(2026, 8, 31), all(0))))
	r.setTargets(t, r.framework(t, "hdc", "2018"), wanted{owner: domain.NationCode, competence: "TLS", from: date(2026, 1, 1), level: 4})
	hdc := r.framework(t, "hdc", "2018")
	seen := map[domain.AssessmentStatus]int{}
	for _, organisation := range []string{"RXA", "RXB"} {
		for _, asAt := range []domain.Date{date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31), date(2026, 9, 30), date(2027, 5, 31)} {
			for _, knownAt := range []*time.Time{nil, &before} {
				query := domain.PeopleQuery{Organisation: organisation, AsAt: asAt, Today: date(2026, 10, 1), Framework: hdc, KnownAt: knownAt}
				found := r.listed(t, query)
				for _, p := range found {
					seen[p.Status]++
				}
				for _, by := range [][]domain.Dimension{nil, {domain.ByTeam}, {domain.ByStaffGroup, domain.ByBand}, {domain.ByCompetence}} {
					totals, err := r.SkillsTotals(t.Context(), hr(organisation), domain.TotalsFilter{
						GroupBy: by, Organisations: []string{organisation}, Months: []domain.Date{asAt}, AsAt: asAt, Today: query.Today, Framework: hdc, KnownAt: knownAt,
					})
					if err != nil {
						t.Fatal(err)
					}
					counted := 0
					for _, total := range totals {
						group := slices.DeleteFunc(slices.Clone(found), func(p domain.Person) bool {
							return slices.Contains(by, domain.ByTeam) && p.Team != total.Team ||
								slices.Contains(by, domain.ByStaffGroup) && (p.StaffGroup != total.StaffGroup || p.Band != total.Band)
						})
						counted += len(group)
						want := domain.SkillsTotal{
							StaffInPost: total.StaffInPost, Assessed: total.Assessed, AssessedListed: total.AssessedListed, Due: total.Due, Overdue: total.Overdue,
							NeverAssessed: total.NeverAssessed, BySelf: total.BySelf, ByManager: total.ByManager, ByAssessor: total.ByAssessor,
							Answered: total.Answered, NotApplied: total.NotApplied, Levels: total.Levels, Gaps: total.Gaps,
						}
						if diff := cmp.Diff(want, added(group, hdc, total.Competence, total.Listed > 0)); diff != "" {
							t.Errorf("%s on %s by %v, known at %v: totals, and what people add up to:\n%s", organisation, asAt, by, knownAt, diff)
						}
					}
					if !slices.Contains(by, domain.ByCompetence) && counted != len(found) {
						t.Errorf("%s on %s by %v: %d of %d people are in a row of totals", organisation, asAt, by, counted, len(found))
					}
				}
			}
		}
	}
	for _, status := range []domain.AssessmentStatus{domain.AssessmentCurrent, domain.AssessmentDue, domain.AssessmentOverdue, domain.NeverAssessed} {
		if seen[status] == 0 {
			t.Errorf("nobody was ever %s: %v", status, seen)
		}
	}
}

// A person is told by what holds on the day, as it was known.
func TestAPersonIsToldAsKnown(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	hdc := r.framework(t, "hdc", "2018")
	r.store(t, people("RXA", date(2026, 6, 30), true, nurse("007", startedOn(date(2020, 1, 1)), func(row *domain.StaffRow) { row.Team = "Ward 7" })))
	answers := levels(3, 2, domain.NotAssessed, 2, domain.NotApplicable, 4)
	first := r.store(t, r.assessmentFile(t, "RXA", assessed("007", date(2026, 6, 15), answers)))
	r.setTargets(t, hdc, wanted{owner: domain.NationCode, competence: "CIS", from: date(2026, 1, 1), level: 4})
	known := r.now(t)
	r.void(t, first)
	r.setTargets(t, hdc, wanted{owner: "RXA", competence: "CIS", from: date(2026, 1, 1), level: 1})
	query := domain.PeopleQuery{Organisation: "RXA", AsAt: date(2026, 6, 30), Today: date(2026, 7, 1), Framework: hdc}
	none := domain.NotAssessed
	want := domain.Person{
		EmployeeNumber: "007", StaffGroup: "03", JobRole: domain.NotGiven, Band: "5", Team: "Ward 7",
		Status: domain.NeverAssessed, Targets: levels(none, none, none, 1, none, none),
	}
	if diff := cmp.Diff([]domain.Person{want}, r.listed(t, query)); diff != "" {
		t.Errorf("now:\n%s", diff)
	}
	query.KnownAt = &known
	want.Status, want.AssessedOn, want.AssessorKind, want.Levels = domain.AssessmentCurrent, datePointer(date(2026, 6, 15)), domain.AssessorSelf, answers
	want.Targets[3] = 4
	found := r.listed(t, query)
	if diff := cmp.Diff([]domain.Person{want}, found); diff != "" {
		t.Errorf("as known before:\n%s", diff)
	}
	lowest, some := found[0].Lowest()
	gap, measured := found[0].Gap()
	if lowest != 1 || !some || gap != 2 || !measured {
		t.Errorf("lowest %d %t, gap %d %t", lowest, some, gap, measured)
	}
	future := known.Add(time.Hour)
	query.KnownAt = &future
	if err := r.People(t.Context(), hr("RXA"), query, nil); domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("what will be known: %v", err)
	}
}

// An error of whoever takes the people comes back as it is, and ends the reading.
func TestWhoTakesPeopleMayStop(t *testing.T) {
	t.Parallel()
	r := newPeopledRegister(t)
	enough, taken := errors.New("enough"), 0
	err := r.People(t.Context(), hr("RXA"), domain.PeopleQuery{
		Organisation: "RXA", AsAt: date(2026, 6, 30), Today: date(2026, 7, 1), Framework: r.framework(t, "hdc", "2018"),
	}, func(domain.Person) error {
		taken++
		return enough
	})
	if !errors.Is(err, enough) || taken != 1 {
		t.Errorf("%v after %s", err, fmt.Sprint(taken))
	}
}

// A closed organisation has nobody in post, as in the totals.
func TestNobodyIsInPostAfterTheEnd(t *testing.T) {
	t.Parallel()
	r := newPeopledRegister(t)
	_, err := r.ImportOrganisations(t.Context(), admin(), domain.OrganisationImport{
		Edition: date(2026, 7, 1),
		Entries: []domain.OrganisationEntry{{
			Code: "RXA", Name: "Trust A (synthetic)", Kind: domain.KindTrust, Sector: "Acute", Region: "Y60", ICB: "QHL", ClosedOn: datePointer(date(2026, 6, 30)), Synthetic: true,
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for asAt, some := range map[domain.Date]bool{date(2026, 6, 30): true, date(2026, 7, 31): false} {
		found := r.listed(t, domain.PeopleQuery{Organisation: "RXA", AsAt: asAt, Today: date(2026, 8, 1), Framework: r.framework(t, "hdc", "2018")})
		if len(found) > 0 != some {
			t.Errorf("%d people on %s", len(found), asAt)
		}
	}
}
