package repository_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"skillstracker/domain"
)

// workforceOf asks for workforce totals, one line for each row: its group, staff in
// post, movement in people and FTE, and the organisations it rests on.
func (r register) workforceOf(t *testing.T, f domain.TotalsFilter) []string {
	t.Helper()
	totals, err := r.WorkforceTotals(t.Context(), hr("RXA"), f)
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{}
	for _, total := range totals {
		figure := func(people *int, fte *domain.FTE) string {
			if people == nil || fte == nil {
				return "x"
			}
			return fmt.Sprintf("%d (%s)", *people, fte)
		}
		estimated := "x"
		if total.EstimatedLeavers != nil {
			estimated = fmt.Sprint(*total.EstimatedLeavers)
		}
		lines = append(lines, fmt.Sprintf("%s: %s in post, %s + %s - %s = %s, %s estimated, %s stay; %d moving, %d of %d listed",
			groupText(total.Group), figure(total.Headcount, total.FTE), figure(total.Opening, total.OpeningFTE), figure(total.Starters, total.StarterFTE),
			figure(total.Leavers, total.LeaverFTE), figure(total.Closing, total.ClosingFTE), estimated, figure(total.Stayers, total.StayerFTE),
			total.Moving, total.Reporting, total.Expected))
	}
	return lines
}

func halfTime() domain.FTE { return domain.FTEUnit / 2 }

// june asks about the quarter from 31 March to 30 June.
func june(by ...domain.Dimension) domain.TotalsFilter {
	return quarterTo([]domain.Date{date(2026, 6, 30)}, by...)
}

func TestMovementByHand(t *testing.T) {
	t.Parallel()
	march, end := date(2026, 3, 31), date(2026, 6, 30)
	long := startedOn(date(2020, 1, 1))
	for name, c := range map[string]struct {
		files []domain.UploadFile
		want  string
	}{
		"stays": {
			[]domain.UploadFile{people("RXA", march, true, nurse("1"))},
			"1 (1) in post, 1 (1) + 0 (0) - 0 (0) = 1 (1), 0 estimated, 1 (1) stay",
		},
		"starts and leaves within the period": {
			[]domain.UploadFile{people("RXA", march, false, nurse("1")), people("RXA", end, false, nurse("2", startedOn(date(2026, 4, 1)), leftOn(date(2026, 5, 31))))},
			"1 (1) in post, 1 (1) + 1 (1) - 1 (1) = 1 (1), 0 estimated, 1 (1) stay",
		},
		// 31 March is still in the opening; who was there for the last time then is a leaver
		// of the first day of the period.
		"leaves on the opening day": {
			[]domain.UploadFile{people("RXA", march, true, nurse("1", long), nurse("2", long, leftOn(march)))},
			"1 (1) in post, 2 (2) + 0 (0) - 1 (1) = 1 (1), 0 estimated, 1 (1) stay",
		},
		"left on the day before the opening day": {
			[]domain.UploadFile{people("RXA", march, true, nurse("1", long), nurse("2", long, leftOn(march-1)))},
			"1 (1) in post, 1 (1) + 0 (0) - 0 (0) = 1 (1), 0 estimated, 1 (1) stay",
		},
		// The last day in post is the closing day: in post on it, so no leaver yet.
		"leaves on the closing day": {
			[]domain.UploadFile{people("RXA", march, true, nurse("1", long, leftOn(end)))},
			"1 (1) in post, 1 (1) + 0 (0) - 0 (0) = 1 (1), 0 estimated, 1 (1) stay",
		},
		"leaves on the day before the closing day": {
			[]domain.UploadFile{people("RXA", march, true, nurse("1", long, leftOn(end-1)))},
			"0 (0) in post, 1 (1) + 0 (0) - 1 (1) = 0 (0), 0 estimated, 0 (0) stay",
		},
		"starts on the opening day": {
			[]domain.UploadFile{people("RXA", march, true, nurse("1", startedOn(march)))},
			"1 (1) in post, 1 (1) + 0 (0) - 0 (0) = 1 (1), 0 estimated, 1 (1) stay",
		},
		"starts on the closing day": {
			[]domain.UploadFile{people("RXA", march, true, nurse("1")), people("RXA", end, false, nurse("2", startedOn(end)))},
			"2 (2) in post, 1 (1) + 1 (1) - 0 (0) = 2 (2), 0 estimated, 1 (1) stay",
		},
		"all leave": {
			[]domain.UploadFile{people("RXA", march, true, nurse("1", long, leftOn(date(2026, 4, 30))), nurse("2", long, leftOn(date(2026, 5, 1))))},
			"0 (0) in post, 2 (2) + 0 (0) - 2 (2) = 0 (0), 0 estimated, 0 (0) stay",
		},
		"is hired again within the period": {
			[]domain.UploadFile{
				people("RXA", march, true, nurse("1", long, leftOn(date(2026, 4, 30))), nurse("2")),
				people("RXA", date(2026, 6, 1), false, nurse("1", startedOn(date(2026, 6, 1)))),
			},
			"2 (2) in post, 2 (2) + 1 (1) - 1 (1) = 2 (2), 0 estimated, 1 (1) stay",
		},
		"moves from the bank to a substantive contract": {
			[]domain.UploadFile{
				people("RXA", march, true, nurse("1"), nurse("2", long, onContract("01"))),
				people("RXA", date(2026, 5, 15), false, nurse("2", onContract("06"), ofFTE(halfTime()))),
			},
			"2 (1.5) in post, 1 (1) + 1 (0.5) - 0 (0) = 2 (1.5), 0 estimated, 1 (1) stay",
		},
		"moves to the bank": {
			[]domain.UploadFile{
				people("RXA", march, true, nurse("1"), nurse("2", long)),
				people("RXA", date(2026, 5, 15), false, nurse("2", onContract("01"))),
			},
			"1 (1) in post, 2 (2) + 0 (0) - 1 (1) = 1 (1), 0 estimated, 1 (1) stay",
		},
		"is missing from a complete list": {
			[]domain.UploadFile{people("RXA", march, true, nurse("1"), nurse("2")), people("RXA", date(2026, 5, 31), true, nurse("1"))},
			"1 (1) in post, 2 (2) + 0 (0) - 1 (1) = 1 (1), 1 estimated, 1 (1) stay",
		},
		// The change of hours is in opening and closing, and in neither starters nor leavers.
		"works fewer hours": {
			[]domain.UploadFile{people("RXA", march, true, nurse("1"), nurse("2")), people("RXA", date(2026, 5, 31), false, nurse("2", ofFTE(halfTime())))},
			"2 (1.5) in post, 2 (2) + 0 (0) - 0 (0) = 2 (1.5), 0 estimated, 2 (2) stay",
		},
		"works fewer hours, then leaves": {
			[]domain.UploadFile{
				people("RXA", march, true, nurse("1"), nurse("2")),
				people("RXA", date(2026, 4, 30), false, nurse("2", ofFTE(halfTime()))),
				people("RXA", date(2026, 5, 31), false, nurse("2", ofFTE(halfTime()), leftOn(date(2026, 5, 20)))),
			},
			"1 (1) in post, 2 (2) + 0 (0) - 1 (0.5) = 1 (1), 0 estimated, 1 (1) stay",
		},
		"nobody": {
			[]domain.UploadFile{people("RXA", march, true, nurse("1", long, leftOn(date(2026, 1, 31))))},
			"0 (0) in post, 0 (0) + 0 (0) - 0 (0) = 0 (0), 0 estimated, 0 (0) stay",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRegister(t)
			for _, file := range c.files {
				r.store(t, file)
			}
			compareLines(t, name, r.workforceOf(t, june(domain.ByOrganisation)), []string{"RXA: " + c.want + "; 1 moving, 1 of 1 listed"})
			known := june(domain.ByOrganisation)
			latest := r.latestChange(t)
			known.KnownAt = &latest
			compareLines(t, name+", as it was known", r.workforceOf(t, known), []string{"RXA: " + c.want + "; 1 moving, 1 of 1 listed"})
		})
	}
}

// Without a list there is nothing to count, and with one that is later than the
// opening day there is no movement.
func TestMovementNeedsAListAtTheOpening(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	compareLines(t, "no list", r.workforceOf(t, june(domain.ByOrganisation)), []string{})
	r.store(t, people("RXA", date(2026, 4, 1), true, nurse("1", startedOn(date(2020, 1, 1)))))
	compareLines(t, "a list on the day after", r.workforceOf(t, june(domain.ByOrganisation)), []string{
		"RXA: 1 (1) in post, x + x - x = x, x estimated, x stay; 0 moving, 1 of 1 listed",
	})
	before := june(domain.ByOrganisation)
	before.Months = []domain.Date{date(2026, 3, 31)}
	compareLines(t, "before the list", r.workforceOf(t, before), []string{})
	filtered := june(domain.ByOrganisation, domain.ByMonth)
	filtered.Months = []domain.Date{date(2026, 6, 30), date(2026, 7, 31)}
	filtered.StaffGroups = []string{"08"}
	compareLines(t, "nobody of a staff group", r.workforceOf(t, filtered), []string{
		"RXA: 0 (0) in post, x + x - x = x, x estimated, x stay; 0 moving, 1 of 1 listed",
		"RXA: 0 (0) in post, 0 (0) + 0 (0) - 0 (0) = 0 (0), 0 estimated, 0 (0) stay; 1 moving, 1 of 1 listed",
	})
}

// A move to another staff group is no turnover of the organisation; by staff group the
// person is in the opening of one and in the closing of the other.
func TestMovesBetweenStaffGroups(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	clerk := func(row *domain.StaffRow) { row.StaffGroup, row.Band = "08", "3" }
	r.store(t, people("RXA", date(2026, 3, 31), true, nurse("1"), nurse("2"), nurse("3")))
	r.store(t, people("RXA", date(2026, 5, 1), false, nurse("2", clerk), nurse("3", inBand("6"))))
	r.store(t, people("RXA", date(2026, 5, 31), false, nurse("3", inBand("7"), leftOn(date(2026, 6, 15)))))
	ask := june(domain.ByStaffGroup, domain.ByBand)
	ask.Subtotals = true
	compareLines(t, "by staff group and band", r.workforceOf(t, ask), []string{
		"03 5: 1 (1) in post, 3 (3) + 0 (0) - 0 (0) = 1 (1), 0 estimated, 2 (2) stay; 1 moving, 1 of 1 listed",
		"03 7: 0 (0) in post, 0 (0) + 0 (0) - 1 (1) = 0 (0), 0 estimated, 0 (0) stay; 1 moving, 1 of 1 listed",
		"08 3: 1 (1) in post, 0 (0) + 0 (0) - 0 (0) = 1 (1), 0 estimated, 0 (0) stay; 1 moving, 1 of 1 listed",
		"3 over staff_group: 1 (1) in post, 0 (0) + 0 (0) - 0 (0) = 1 (1), 0 estimated, 0 (0) stay; 1 moving, 1 of 1 listed",
		"5 over staff_group: 1 (1) in post, 3 (3) + 0 (0) - 0 (0) = 1 (1), 0 estimated, 2 (2) stay; 1 moving, 1 of 1 listed",
		"7 over staff_group: 0 (0) in post, 0 (0) + 0 (0) - 1 (1) = 0 (0), 0 estimated, 0 (0) stay; 1 moving, 1 of 1 listed",
		"03 over band: 1 (1) in post, 3 (3) + 0 (0) - 1 (1) = 1 (1), 0 estimated, 2 (2) stay; 1 moving, 1 of 1 listed",
		"08 over band: 1 (1) in post, 0 (0) + 0 (0) - 0 (0) = 1 (1), 0 estimated, 0 (0) stay; 1 moving, 1 of 1 listed",
		"over staff_group,band: 2 (2) in post, 3 (3) + 0 (0) - 1 (1) = 2 (2), 0 estimated, 2 (2) stay; 1 moving, 1 of 1 listed",
	})
}

// Movement is that of organisations that were open at both ends of the period.
func TestMovementOfOrganisationsThatOpenOrClose(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	importAll(t, r.Store, edition(date(2026, 4, 30),
		entry("RXB", "Trust B (synthetic)", open(datePointer(date(2026, 4, 1)), nil), sector("Community")),
		entry("RXC", "Trust C (synthetic)", inICB("Y60", "QUA"), sector("Acute"), open(nil, datePointer(date(2026, 5, 31))))))
	for _, code := range []string{"RXA", "RXB", "RXC"} {
		r.store(t, people(code, date(2026, 3, 31), true, nurse("1"), nurse("2")))
		r.store(t, people(code, date(2026, 5, 31), true, nurse("1")))
	}
	ask := june(domain.ByICB, domain.ByMonth)
	ask.Organisations, ask.Months = nil, []domain.Date{date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31)}
	compareLines(t, "by ICB", r.workforceOf(t, ask), []string{
		"QHL: 2 (2) in post, x + x - x = x, x estimated, x stay; 0 moving, 2 of 2 listed",
		"QUA: 1 (1) in post, x + x - x = x, x estimated, x stay; 0 moving, 1 of 1 listed",
		"QHL: 2 (2) in post, 2 (2) + 0 (0) - 1 (1) = 1 (1), 1 estimated, 1 (1) stay; 1 moving, 2 of 2 listed",
		"QHL: 2 (2) in post, 4 (4) + 0 (0) - 2 (2) = 2 (2), 2 estimated, 2 (2) stay; 2 moving, 2 of 2 listed",
	})
}

// What a later change says is not in what was known before it.
func TestMovementAsItWasKnown(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, people("RXA", date(2026, 3, 31), true, nurse("1"), nurse("2"), nurse("3")))
	first := r.latestChange(t)
	r.store(t, people("RXA", date(2026, 5, 31), true, nurse("1"), nurse("2")))
	second := r.latestChange(t)
	r.store(t, people("RXA", date(2026, 6, 30), true, nurse("1")))
	ask := june(domain.ByOrganisation)
	var got []string
	for _, known := range []domain.TotalsFilter{ask, ask, ask} {
		switch len(got) {
		case 0:
			known.KnownAt = &first
		case 1:
			known.KnownAt = &second
		}
		got = slices.Concat(got, r.workforceOf(t, known))
	}
	compareLines(t, "one after the other", got, []string{
		"RXA: 3 (3) in post, 3 (3) + 0 (0) - 0 (0) = 3 (3), 0 estimated, 3 (3) stay; 1 moving, 1 of 1 listed",
		"RXA: 2 (2) in post, 3 (3) + 0 (0) - 1 (1) = 2 (2), 1 estimated, 2 (2) stay; 1 moving, 1 of 1 listed",
		"RXA: 1 (1) in post, 3 (3) + 0 (0) - 2 (2) = 1 (1), 2 estimated, 1 (1) stay; 1 moving, 1 of 1 listed",
	})
}

func (r register) latestChange(t *testing.T) (at time.Time) {
	t.Helper()
	if err := r.admin.QueryRow(`SELECT max(made_at) FROM change`).Scan(&at); err != nil {
		t.Fatal(err)
	}
	return at
}
