package repository_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"skillstracker/domain"
)

// recruiting is a file of position vacancies, synthetic and of nurses in band 5 unless
// a row says otherwise.
func recruiting(organisation string, rows ...domain.PositionRow) domain.UploadFile {
	file := newFile(domain.UploadPositions, organisation, len(rows))
	for i, row := range rows {
		row.Row = i + 2
		for part, otherwise := range map[*string]string{
			&row.StaffGroup: "03", &row.Band: "5", &row.JobRole: domain.NotGiven, &row.AreaOfWork: domain.NotGiven, &row.Status: domain.NotGiven,
		} {
			if *part == "" {
				*part = otherwise
			}
		}
		row.Posts, row.FTE = max(row.Posts, 1), max(row.FTE, 1)
		file.Positions = append(file.Positions, row)
	}
	return file
}

// positionsOf asks for totals of position vacancies, one line for each row: its group,
// open posts and FTE, opened, filled and closed, and the days.
func (r register) positionsOf(t *testing.T, f domain.TotalsFilter) []string {
	t.Helper()
	totals, err := r.PositionTotals(t.Context(), hr("RXA"), f)
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{}
	for _, total := range totals {
		days := func(d *float64) string {
			if d == nil {
				return "x"
			}
			return fmt.Sprint(*d)
		}
		longest := "x"
		if total.LongestDaysOpen != nil {
			longest = fmt.Sprint(*total.LongestDaysOpen)
		}
		lines = append(lines, fmt.Sprintf("%s: open %d (%s), opened %d (%s), filled %d (%s), closed %d (%s), open for %s, at most %s, filled after %s, %d of %d report",
			groupText(total.Group), total.OpenPosts, total.OpenFTE, total.Opened, total.OpenedFTE, total.Filled, total.FilledFTE,
			total.Closed, total.ClosedFTE, days(total.MedianDaysOpen), longest, days(total.MedianDaysToFill), total.Reporting, total.Expected))
	}
	return lines
}

// groupText writes what a row is broken down by, with what it is a subtotal over.
func groupText(g domain.Group) string {
	parts := slices.DeleteFunc([]string{
		g.Region, g.ICB, g.Organisation, g.Sector, g.Kind, g.StaffGroup, g.JobRole, g.Band, g.AreaOfWork, g.Digital, g.Team,
	}, func(part string) bool { return part == "" })
	if g.Over != "" {
		parts = append(parts, "over "+g.Over)
	}
	return strings.Join(parts, " ")
}

// quarterTo asks about a period of three months.
func quarterTo(months []domain.Date, by ...domain.Dimension) domain.TotalsFilter {
	return domain.TotalsFilter{Months: months, PeriodMonths: 3, GroupBy: by, Organisations: []string{"RXA"}, Today: date(2026, 11, 1)}
}

func compareLines(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got  %s\n want %s", what, strings.Join(got, "\n      "), strings.Join(want, "\n      "))
	}
}

// newRecruitment holds what the cases below were worked out from by hand.
func newRecruitment(t *testing.T) (register, domain.Upload) {
	t.Helper()
	r := newRegister(t)
	half := domain.FTEUnit / 2
	upload := r.store(t, recruiting(
		"RXA",
		domain.PositionRow{Reference: "open", FTE: 2 * half, OpenedOn: date(2026, 7, 10), Status: "01"},                                                            // 82 days on 30 September
		domain.PositionRow{Reference: "several", Posts: 2, FTE: 3 * half, OpenedOn: date(2026, 6, 30)},                                                             // opened on the day before the period, 92 days
		domain.PositionRow{Reference: "filled today", Posts: 3, FTE: 4 * half, OpenedOn: date(2026, 5, 1), ClosedOn: datePointer(date(2026, 9, 30)), Status: "09"}, // after 152 days
		domain.PositionRow{Reference: "filled tomorrow", FTE: half, OpenedOn: date(2026, 8, 1), ClosedOn: datePointer(date(2026, 10, 1)), Status: "09", Band: "6"}, // 60 days open
		domain.PositionRow{Reference: "filled before", OpenedOn: date(2026, 5, 1), ClosedOn: datePointer(date(2026, 6, 30)), Status: "09"},
		domain.PositionRow{Reference: "rejected", OpenedOn: date(2026, 7, 1), Status: "05", StaffGroup: "08"},
		domain.PositionRow{Reference: "closed without a status", Posts: 2, FTE: 2 * half, OpenedOn: date(2026, 6, 1), ClosedOn: datePointer(date(2026, 7, 1))},
		domain.PositionRow{Reference: "closed at once", FTE: half, OpenedOn: date(2026, 7, 1), ClosedOn: datePointer(date(2026, 7, 1)), Status: "10"},
		domain.PositionRow{Reference: "later", OpenedOn: date(2026, 10, 5), Status: "01"},
	))
	return r, upload
}

func TestPositionTotalsByHand(t *testing.T) {
	t.Parallel()
	r, _ := newRecruitment(t)
	september := []domain.Date{date(2026, 9, 30)}
	compareLines(t, "a quarter", r.positionsOf(t, quarterTo(september, domain.ByOrganisation)), []string{
		"RXA: open 4 (3), opened 3 (2), filled 3 (2), closed 3 (1.5), open for 87, at most 92, filled after 152, 1 of 1 report",
	})
	compareLines(t, "an odd number of open posts", r.positionsOf(t, func() domain.TotalsFilter {
		f := quarterTo(september, domain.ByOrganisation)
		f.Bands = []string{"5"}
		return f
	}()), []string{
		"RXA: open 3 (2.5), opened 2 (1.5), filled 3 (2), closed 3 (1.5), open for 92, at most 92, filled after 152, 1 of 1 report",
	})
	compareLines(t, "one month", r.positionsOf(t, func() domain.TotalsFilter {
		f := quarterTo(september, domain.ByOrganisation)
		f.PeriodMonths = 1
		return f
	}()), []string{
		"RXA: open 4 (3), opened 0 (0), filled 3 (2), closed 0 (0), open for 87, at most 92, filled after 152, 1 of 1 report",
	})
	compareLines(t, "by group and band with subtotals", r.positionsOf(t, func() domain.TotalsFilter {
		f := quarterTo(september, domain.ByStaffGroup, domain.ByBand)
		f.Subtotals = true
		return f
	}()), []string{
		"03 5: open 3 (2.5), opened 2 (1.5), filled 3 (2), closed 3 (1.5), open for 92, at most 92, filled after 152, 1 of 1 report",
		"03 6: open 1 (0.5), opened 1 (0.5), filled 0 (0), closed 0 (0), open for 60, at most 60, filled after x, 1 of 1 report",
		"08 5: open 0 (0), opened 0 (0), filled 0 (0), closed 0 (0), open for x, at most x, filled after x, 1 of 1 report",
		"5 over staff_group: open 3 (2.5), opened 2 (1.5), filled 3 (2), closed 3 (1.5), open for 92, at most 92, filled after 152, 1 of 1 report",
		"6 over staff_group: open 1 (0.5), opened 1 (0.5), filled 0 (0), closed 0 (0), open for 60, at most 60, filled after x, 1 of 1 report",
		"03 over band: open 4 (3), opened 3 (2), filled 3 (2), closed 3 (1.5), open for 87, at most 92, filled after 152, 1 of 1 report",
		"08 over band: open 0 (0), opened 0 (0), filled 0 (0), closed 0 (0), open for x, at most x, filled after x, 1 of 1 report",
		"over staff_group,band: open 4 (3), opened 3 (2), filled 3 (2), closed 3 (1.5), open for 87, at most 92, filled after 152, 1 of 1 report",
	})
}

func TestPositionTotalsOverTime(t *testing.T) {
	t.Parallel()
	r, upload := newRecruitment(t)
	months := []domain.Date{date(2026, 4, 30), date(2026, 6, 30), date(2026, 10, 31)}
	compareLines(t, "three months", r.positionsOf(t, quarterTo(months, domain.ByOrganisation, domain.ByMonth)), []string{
		"RXA: open 7 (4.5), opened 8 (4.50001), filled 1 (0.00001), closed 0 (0), open for 29, at most 60, filled after 60, 1 of 1 report",
		"RXA: open 4 (2.50001), opened 2 (0.50001), filled 4 (2.5), closed 0 (0), open for 118, at most 123, filled after 152, 1 of 1 report",
	})
	other := quarterTo([]domain.Date{date(2026, 9, 30)}, domain.ByOrganisation)
	other.Organisations = []string{"RXB"}
	compareLines(t, "an organisation without any", r.positionsOf(t, other), []string{})

	// What was known before a correction stays what it was.
	r.store(t, recruiting("RXA", domain.PositionRow{Reference: "several", Posts: 2, FTE: 1, OpenedOn: date(2026, 6, 30), ClosedOn: datePointer(date(2026, 9, 1)), Status: "09"}))
	september := quarterTo([]domain.Date{date(2026, 9, 30)}, domain.ByOrganisation)
	compareLines(t, "now", r.positionsOf(t, september), []string{
		"RXA: open 2 (1.5), opened 3 (2), filled 5 (2.00001), closed 3 (1.5), open for 71, at most 82, filled after 152, 1 of 1 report",
	})
	before := r.changedAt(t, upload.ID)
	september.KnownAt = &before
	compareLines(t, "as it was known", r.positionsOf(t, september), []string{
		"RXA: open 4 (3), opened 3 (2), filled 3 (2), closed 3 (1.5), open for 87, at most 92, filled after 152, 1 of 1 report",
	})
}

// changedAt is the time of the change that an upload made.
func (r register) changedAt(t *testing.T, upload string) time.Time {
	t.Helper()
	var made time.Time
	if err := r.admin.QueryRow(`SELECT made_at FROM change WHERE upload_id = CAST($1 AS uuid) AND kind = 'upload'`, upload).Scan(&made); err != nil {
		t.Fatal(err)
	}
	return made
}

// An organisation that closed is in no total of later months, and as it is now its
// posts are those of its successor.
func TestPositionTotalsFollowOrganisations(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	importAll(t, r.Store, edition(date(2026, 8, 31),
		entry("RXA", "Trust A (synthetic)", open(nil, datePointer(date(2026, 8, 31)))), entry("RXC", "Trust C (synthetic)", inICB("Y60", "QUA"), sector("Acute"))))
	r.store(t, recruiting("RXA", domain.PositionRow{Reference: "1", OpenedOn: date(2026, 7, 10), Status: "01"}))
	r.store(t, recruiting("RXC", domain.PositionRow{Reference: "1", Posts: 2, OpenedOn: date(2026, 7, 11), Status: "01"}))
	if _, err := r.ImportSuccessions(t.Context(), admin(), []domain.Succession{{Predecessor: "RXA", Successor: "RXC", EffectiveOn: date(2026, 9, 1)}}); err != nil {
		t.Fatal(err)
	}
	ask := quarterTo([]domain.Date{date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30)}, domain.ByICB, domain.ByMonth)
	ask.Organisations = nil
	compareLines(t, "as was", r.positionsOf(t, ask), []string{
		"QHL: open 1 (0.00001), opened 1 (0.00001), filled 0 (0), closed 0 (0), open for 21, at most 21, filled after x, 1 of 1 report",
		"QUA: open 2 (0.00001), opened 2 (0.00001), filled 0 (0), closed 0 (0), open for 20, at most 20, filled after x, 1 of 1 report",
		"QHL: open 1 (0.00001), opened 1 (0.00001), filled 0 (0), closed 0 (0), open for 52, at most 52, filled after x, 1 of 1 report",
		"QUA: open 2 (0.00001), opened 2 (0.00001), filled 0 (0), closed 0 (0), open for 51, at most 51, filled after x, 1 of 1 report",
		"QUA: open 2 (0.00001), opened 2 (0.00001), filled 0 (0), closed 0 (0), open for 81, at most 81, filled after x, 1 of 1 report",
	})
	ask.Basis = domain.BasisAsNow
	compareLines(t, "as now", r.positionsOf(t, ask), []string{
		"QUA: open 3 (0.00002), opened 3 (0.00002), filled 0 (0), closed 0 (0), open for 20, at most 21, filled after x, 2 of 2 report",
		"QUA: open 3 (0.00002), opened 3 (0.00002), filled 0 (0), closed 0 (0), open for 51, at most 52, filled after x, 2 of 2 report",
		"QUA: open 2 (0.00001), opened 2 (0.00001), filled 0 (0), closed 0 (0), open for 81, at most 81, filled after x, 1 of 1 report",
	})
}
