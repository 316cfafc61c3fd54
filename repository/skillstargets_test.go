package repository_test

import (
	"fmt"
	"testing"

	"skillstracker/domain"
)

func inRole(role string) func(*domain.StaffRow) { return func(r *domain.StaffRow) { r.JobRole = role } }

// nursingRoles are two job roles of staff group 03 that are in use.
func (r register) nursingRoles(t *testing.T) (string, string) {
	t.Helper()
	var roles []string
	for _, role := range r.lists.JobRoles {
		if role.StaffGroup == "03" && role.Retired == "" {
			roles = append(roles, role.Code)
		}
	}
	if len(roles) < 2 {
		t.Fatal("the lists hold no two nursing roles")
	}
	return roles[0], roles[1]
}

// Each step adds one target that must win over all before it: from the nation's
// default up to the organisation's own for role and band.
func TestTheOrderOfTargets(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	role, other := r.nursingRoles(t)
	r.nurses(t, inRole(role))
	day, from := date(2026, 9, 30), date(2026, 1, 1)
	r.store(t, r.assessmentFile(t, "RXA", assessed("1", day, all(0))))
	f := onDay(day, domain.ByCompetence)
	f.Competences = []string{"CCP"}
	hdc := r.framework(t, "hdc", "2018")
	target := func(want int) {
		t.Helper()
		expected := fmt.Sprintf("CCP: 1/1 self 1 levels [1 0 0 0 0] target %d gaps [0 0 0 0 0]", want)
		at := len("CCP: 1/1 self 1 levels [1 0 0 0 0] target 0 gaps [") + 2*want
		r.expectFigures(t, fmt.Sprint("target ", want), f, expected[:at]+"1"+expected[at+1:])
	}
	for i, next := range []wanted{
		{domain: "CCP"},
		{competence: "CCP"},
		{domain: "CCP", band: "5"},
		{competence: "CCP", band: "5"},
		{domain: "CCP", group: "03"},
		{competence: "CCP", group: "03"},
		{domain: "CCP", group: "03", band: "5"},
		{competence: "CCP", group: "03", band: "5"},
		{domain: "CCP", role: role},
		{competence: "CCP", role: role},
		{domain: "CCP", role: role, band: "5"},
		{competence: "CCP", role: role, band: "5"},
	} {
		next.owner, next.from, next.level = domain.NationCode, from, 1+i%4
		r.setTargets(t, hdc, next)
		target(next.level)
	}
	// Others' targets, and those that begin later, are not the person's.
	r.setTargets(t, hdc,
		wanted{owner: "RXB", competence: "CCP", role: role, band: "5", from: from, level: 2},
		wanted{owner: domain.NationCode, competence: "CCP", role: other, band: "5", from: from, level: 2},
		wanted{owner: domain.NationCode, competence: "CCP", role: role, band: "6", from: from, level: 2},
		wanted{owner: domain.NationCode, competence: "CCP", role: role, band: "5", from: day + 1, level: 2},
		wanted{owner: "RXA", competence: "TEC", from: from, level: 2})
	target(4)
	// The least of the organisation's own goes before everything of the nation.
	r.setTargets(t, hdc, wanted{owner: "RXA", domain: "CCP", from: from, level: 1})
	target(1)
	r.setTargets(t, hdc, wanted{owner: "RXA", competence: "CCP", from: from, level: 3})
	target(3)
	// An ended target makes room for the next that fits; the latest of a key holds.
	r.setTargets(t, hdc, wanted{owner: "RXA", competence: "CCP", from: date(2026, 6, 1), level: -1})
	target(1)
	r.setTargets(t, hdc, wanted{owner: "RXA", domain: "CCP", from: day, level: -1})
	target(4)
	r.setTargets(t, hdc, wanted{owner: "RXA", competence: "CCP", from: day, level: 2})
	target(2)
	run(t, r.admin, `UPDATE target SET ended_by = (SELECT max(id) FROM change) WHERE organisation = 'RXA'`)
	got := r.framework(t, "hdc", "2018")
	f.Framework = got
	totals, err := r.SkillsTotals(t.Context(), hr("RXA"), f)
	if err != nil {
		t.Fatal(err)
	}
	if totals[0].Target == nil || *totals[0].Target != 4 {
		t.Errorf("once the organisation's rows are withdrawn: %s", figures(totals[0]))
	}
}

// The targets are those of the position held on the day.
func TestTargetsFollowThePosition(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	role, other := r.nursingRoles(t)
	r.nurses(t, inRole(role), inRole(role))
	r.store(t, people("RXA", date(2026, 6, 30), false, nurse("1", inRole(other), inBand("7"))))
	r.store(t, r.assessmentFile(t, "RXA", assessed("1", date(2026, 2, 1), all(1)), assessed("2", date(2026, 2, 1), all(2))))
	r.setTargets(t, r.framework(t, "hdc", "2018"),
		wanted{owner: "RXA", competence: "DIW", role: role, from: date(2026, 1, 1), level: 2},
		wanted{owner: "RXA", competence: "DIW", band: "7", from: date(2026, 1, 1), level: 4})
	ask := func(on domain.Date, by ...domain.Dimension) domain.TotalsFilter {
		f := onDay(on, append(by, domain.ByCompetence)...)
		f.Competences = []string{"DIW"}
		return f
	}
	r.expectFigures(t, "before the move", ask(date(2026, 6, 29), domain.ByBand), "5 DIW: 2/2 self 2 levels [0 1 1 0 0] target 2 gaps [1 1 0 0 0]")
	r.expectFigures(t, "after the move", ask(date(2026, 6, 30), domain.ByBand),
		"5 DIW: 1/1 self 1 levels [0 0 1 0 0] target 2 gaps [1 0 0 0 0]", "7 DIW: 1/1 self 1 levels [0 1 0 0 0] target 4 gaps [0 0 0 1 0]")
	r.expectFigures(t, "taken together", ask(date(2026, 6, 30)), "DIW: 2/2 self 2 levels [0 1 1 0 0] targets vary gaps [1 0 0 1 0]")
	r.store(t, people("RXA", date(2026, 8, 31), false, nurse("1", inRole(other), inBand("6"))))
	r.expectFigures(t, "one without a target", ask(date(2026, 8, 31)), "DIW: 2/2 self 2 levels [0 1 1 0 0] targets vary gaps [1 0 0 0 0]")
	r.expectFigures(t, "by job role", ask(date(2026, 8, 31), domain.ByJobRole),
		role+" DIW: 1/1 self 1 levels [0 0 1 0 0] target 2 gaps [1 0 0 0 0]", other+" DIW: 1/1 self 1 levels [0 1 0 0 0]")
}
