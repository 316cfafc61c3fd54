package domain

import (
	"context"
	"time"
)

// TargetKey names a target: what it is a target of, for whom, and from when. Exactly
// one of Competence and Domain is given. The staff group is NotGiven when the job
// role is given, which tells it.
type TargetKey struct {
	Framework  string // code of the framework as the lists have it
	Version    string
	Competence string // NotGiven for a target of a domain
	Domain     string // NotGiven for a target of a competence
	JobRole    string // NotGiven for every role
	StaffGroup string // NotGiven for every group
	Band       string // NotGiven for every band
	ValidFrom  Date
}

// TargetRow is one row of a file of targets.
type TargetRow struct {
	Row         int
	Key         TargetKey
	FrameworkID int16  // of the framework version that the key names
	Level       *Level // nil ends the target from the key's day on
	Action      Action
}

// TargetRank orders targets that fit a person (DESIGN 5): those for a job role and
// band first, then role, group and band, group, band and last everybody. A lower
// rank wins. Among targets of one rank a competence's goes before its domain's.
func (k TargetKey) TargetRank() int {
	given := func(code string) bool { return code != NotGiven }
	switch {
	case given(k.JobRole) && given(k.Band):
		return 1
	case given(k.JobRole):
		return 2
	case given(k.StaffGroup) && given(k.Band):
		return 3
	case given(k.StaffGroup):
		return 4
	case given(k.Band):
		return 5
	}
	return 6
}

// Target is a level expected, as it holds on a day.
type Target struct {
	TargetKey
	SetBy string // ODS code of the organisation, or NationCode
	Level Level
}

// TargetQuery asks for the targets that hold on a day.
type TargetQuery struct {
	// Organisation is the one whose own targets are wanted beside the nation's; empty
	// for the nation's alone.
	Organisation string
	AsAt         Date
	Framework    FrameworkVersion
	// KnownAt asks for what the register held at a time; nil for now.
	KnownAt *time.Time
}

// TargetReader reads targets.
type TargetReader interface {
	// Targets returns the targets that hold on the day, for each key the latest not
	// after it and none that has been ended: the organisation's own first, then the
	// nation's, in the order of their keys.
	Targets(ctx context.Context, actor Actor, query TargetQuery) ([]Target, error)
}
