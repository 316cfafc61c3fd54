package domain_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// target is a target of a setter: of TEC, or of its domain when ofDomain is set, for a
// role, group and band.
func target(setBy, role, group, band string, ofDomain bool, l domain.Level) domain.Target {
	key := targetKey("TEC", band, 1)
	if ofDomain {
		key.Competence, key.Domain = domain.NotGiven, "HDC"
	}
	key.JobRole, key.StaffGroup = role, group
	return domain.Target{TargetKey: key, SetBy: setBy, Level: l}
}

// Each target is taken as soon as those before it are taken away.
func TestResolveTargetTakesTheFirstInTheOrderOfPrecedence(t *testing.T) {
	const no = domain.NotGiven
	order := []domain.Target{
		target("RXA", "10001", no, "5", false, 1),
		target("RXA", "10001", no, "5", true, 2),
		target("RXA", "10001", no, no, false, 3),
		target("RXA", "10001", no, no, true, 4),
		target("RXA", no, "10", "5", false, 1),
		target("RXA", no, "10", "5", true, 2),
		target("RXA", no, "10", no, false, 3),
		target("RXA", no, "10", no, true, 4),
		target("RXA", no, no, "5", false, 1),
		target("RXA", no, no, "5", true, 2),
		target("RXA", no, no, no, false, 3),
		target("RXA", no, no, no, true, 4),
		target(domain.NationCode, "10001", no, "5", false, 1),
		target(domain.NationCode, no, no, no, false, 2),
		target(domain.NationCode, no, no, no, true, 3),
	}
	foreign := []domain.Target{
		target("RXA", "10002", no, no, false, 4), target("RXA", no, "02", "5", false, 4), target("RXA", no, no, "6", true, 4),
	}
	other := target("RXA", no, no, no, false, 4)
	other.Competence = "DIW"
	foreign = append(foreign, other)
	person := domain.TargetPerson{JobRole: "10001", StaffGroup: "10", Band: "5"}
	competence := domain.Competence{Code: "TEC", Domain: "HDC", MaxLevel: 4}
	for i := range order {
		left := append([]domain.Target{}, foreign...)
		for j := len(order) - 1; j >= i; j-- {
			left = append(left, order[j])
		}
		got, found := domain.ResolveTarget(left, competence, person)
		if diff := cmp.Diff(order[i], got); !found || diff != "" {
			t.Errorf("with the first %d taken away:\n%s", i, diff)
		}
	}
	if got, found := domain.ResolveTarget(foreign, competence, person); found {
		t.Errorf("the target of others holds: %+v", got)
	}
}

func TestTargetsForPartsThatAreNotKnownDoNotFit(t *testing.T) {
	const no = domain.NotGiven
	competence := domain.Competence{Code: "TEC", Domain: "HDC", MaxLevel: 4}
	targets := []domain.Target{target("RXA", "10001", no, no, false, 4), target("RXA", no, no, "5", false, 3), target(domain.NationCode, no, no, no, true, 1)}
	got, found := domain.ResolveTarget(targets, competence, domain.TargetPerson{JobRole: no, StaffGroup: "10", Band: no})
	if !found || got.Level != 1 {
		t.Errorf("the target is %+v", got)
	}
}

func TestResolveTargetsOfAFramework(t *testing.T) {
	const no = domain.NotGiven
	framework := domain.FrameworkVersion{Competences: []domain.Competence{
		{Code: "TEC", Domain: "HDC", MaxLevel: 4}, {Code: "DIW", Domain: "HDC", MaxLevel: 4}, {Code: "X", Domain: "OTHER", MaxLevel: 4},
	}}
	own, whole := target("RXA", no, no, no, false, 2), target(domain.NationCode, no, no, no, true, 1)
	ofDIW := whole
	ofDIW.Competence = "DIW"
	got := domain.ResolveTargets([]domain.Target{own, whole}, framework, domain.TargetPerson{JobRole: no, StaffGroup: no, Band: no})
	if diff := cmp.Diff([]domain.Target{own, ofDIW}, got); diff != "" {
		t.Errorf("resolved:\n%s", diff)
	}
}
