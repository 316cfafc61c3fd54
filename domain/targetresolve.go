package domain

import "cmp"

// TargetPerson is what a target of a person depends on. Parts that are not known are
// NotGiven.
type TargetPerson struct {
	JobRole    string
	StaffGroup string
	Band       string
}

// Fits says whether a target holds for a person: each part that it names is the
// person's.
func (k TargetKey) Fits(person TargetPerson) bool {
	fits := func(wanted, has string) bool { return wanted == NotGiven || wanted == has }
	return fits(k.JobRole, person.JobRole) && fits(k.StaffGroup, person.StaffGroup) && fits(k.Band, person.Band)
}

// ResolveTarget finds the target that holds for a person in a competence among the
// targets that hold on a day, or says false when there is none (DESIGN 5): those of the
// person's own organisation go before the nation's; among those of one setter the order
// is role and band, role, group and band, group, band, everybody; and among those of one
// rank a competence's target goes before its domain's.
func ResolveTarget(targets []Target, competence Competence, person TargetPerson) (Target, bool) {
	var best Target
	found := false
	for _, t := range targets {
		of := t.Competence == competence.Code || t.Domain == competence.Domain
		if !of || !t.Fits(person) {
			continue
		}
		if !found || compareTargets(&t, &best) < 0 {
			best, found = t, true
		}
	}
	return best, found
}

// compareTargets orders targets that fit a person in a competence by their precedence.
func compareTargets(a, b *Target) int {
	last := func(is bool) int {
		if is {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(last(a.SetBy == NationCode), last(b.SetBy == NationCode)),
		cmp.Compare(a.TargetRank(), b.TargetRank()),
		cmp.Compare(last(a.Competence == NotGiven), last(b.Competence == NotGiven)),
	)
}

// ResolveTargets finds the target that holds for a person in each competence of a
// framework version, in its order; competences without one are left out. A target of a
// domain is given for each of the domain's competences that it decides, with both codes.
func ResolveTargets(targets []Target, framework FrameworkVersion, person TargetPerson) []Target {
	var resolved []Target
	for _, competence := range framework.Competences {
		if target, found := ResolveTarget(targets, competence, person); found {
			target.Competence = competence.Code
			resolved = append(resolved, target)
		}
	}
	return resolved
}
