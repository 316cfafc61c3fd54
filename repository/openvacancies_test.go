package repository_test

import (
	"fmt"
	"testing"
	"time"

	"skillstracker/domain"
)

// openOn lists the open positions of RXA on a day as a manager of it sees them.
func (r register) openOn(t *testing.T, asAt domain.Date, knownAt *time.Time) []string {
	t.Helper()
	manager := domain.Actor{ID: "manager", Role: domain.RoleManager, Organisations: []string{"RXA"}}
	open, err := r.OpenPositions(t.Context(), manager, domain.DataQuery{Organisation: "RXA", AsAt: asAt, KnownAt: knownAt})
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{}
	for _, p := range open {
		lines = append(lines, fmt.Sprint(p.Reference, " ", p.StaffGroup, " ", p.JobRole, " ", p.Band, " ", p.AreaOfWork, " ", p.Team, " ", p.Posts, " ", p.FTE, " ", p.OpenedOn, " ", p.Status))
	}
	return lines
}

// What is listed is what position totals count as open, on any day.
func TestOpenPositionsAreThoseThatTotalsCount(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	june, july, august := date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31)
	r.store(t, recruiting("RXA",
		domain.PositionRow{Reference: "A", OpenedOn: june, Status: "01", Posts: 3, FTE: 250_000, Team: "Ward 7", JobRole: "03001", AreaOfWork: "A001"},
		domain.PositionRow{Reference: "b", OpenedOn: june, ClosedOn: &july, Status: "09"},
		domain.PositionRow{Reference: "C", OpenedOn: date(2026, 6, 1), ClosedOn: &august},
		domain.PositionRow{Reference: "D", OpenedOn: june, Status: "05"},
		domain.PositionRow{Reference: "E", OpenedOn: august + 1},
	))
	r.store(t, recruiting("RXB", domain.PositionRow{Reference: "A", OpenedOn: june, Status: "01"}))
	for _, day := range []domain.Date{date(2026, 5, 31), june, july, august, date(2026, 9, 30)} {
		open, err := r.OpenPositions(t.Context(), hr("RXA"), domain.DataQuery{Organisation: "RXA", AsAt: day})
		if err != nil {
			t.Fatal(err)
		}
		posts, fte := 0, domain.FTE(0)
		for _, p := range open {
			posts, fte = posts+p.Posts, fte+p.FTE
		}
		totals, err := r.PositionTotals(t.Context(), hr("RXA"), quarterTo([]domain.Date{day}))
		if err != nil {
			t.Fatal(err)
		}
		want := domain.PositionTotal{}
		if len(totals) > 0 {
			want = totals[0]
		}
		if posts != want.OpenPosts || fte != want.OpenFTE {
			t.Errorf("%s: %d posts of %s FTE are listed, totals count %d of %s", day, posts, fte, want.OpenPosts, want.OpenFTE)
		}
	}
	compareLines(t, "at the end of June", r.openOn(t, june, nil), []string{
		"C 03 - 5 -  1 0.00001 2026-06-01 -", "A 03 03001 5 A001 Ward 7 3 2.5 2026-06-30 01", "b 03 - 5 -  1 0.00001 2026-06-30 09",
	})
}

func TestOpenPositionsAsTheyWereKnown(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	june := date(2026, 6, 30)
	known := func() *time.Time {
		t.Helper()
		at, err := r.LastChangeAt(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	before := known()
	r.store(t, recruiting("RXA", domain.PositionRow{Reference: "A", OpenedOn: june, Posts: 1}))
	one := known()
	r.store(t, recruiting("RXA", domain.PositionRow{Reference: "A", OpenedOn: june, Posts: 2}, domain.PositionRow{Reference: "B", OpenedOn: june}))
	two := known()
	const a1, a2, b = "A 03 - 5 -  1 0.00001 2026-06-30 -", "A 03 - 5 -  2 0.00001 2026-06-30 -", "B 03 - 5 -  1 0.00001 2026-06-30 -"
	compareLines(t, "before", r.openOn(t, june, before), []string{})
	compareLines(t, "first", r.openOn(t, june, one), []string{a1})
	compareLines(t, "second", r.openOn(t, june, two), []string{a2, b})
	compareLines(t, "now", r.openOn(t, june, nil), []string{a2, b})
}
