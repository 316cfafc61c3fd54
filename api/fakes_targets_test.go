package api_test

import (
	"context"
	"time"

	"skillstracker/domain"
)

// fakeTargets holds some targets of RRK and of the nation, and remembers what it was
// asked.
type fakeTargets struct {
	asked  []domain.TargetQuery
	actors []domain.Actor
}

// Targets implements domain.TargetReader.
func (f *fakeTargets) Targets(_ context.Context, actor domain.Actor, query domain.TargetQuery) ([]domain.Target, error) {
	f.asked, f.actors = append(f.asked, query), append(f.actors, actor)
	target := func(setBy, competence, area, role, group, band string, level domain.Level) domain.Target {
		return domain.Target{SetBy: setBy, Level: level, TargetKey: domain.TargetKey{
			Framework: "hdc", Version: "2018", Competence: competence, Domain: area, JobRole: role, StaffGroup: group, Band: band,
			ValidFrom: domain.NewDate(2026, time.April, 1),
		}}
	}
	const no = domain.NotGiven
	national := []domain.Target{target(domain.NationCode, "CCP", no, no, no, no, 1), target(domain.NationCode, no, "TEC", no, "10", no, 2)}
	if query.Organisation == "" {
		return national, nil
	}
	return append([]domain.Target{target(query.Organisation, "CCP", no, "10001", no, "8a", 4)}, national...), nil
}
