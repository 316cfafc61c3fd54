package domain_test

import (
	"fmt"
	"slices"
	"testing"

	"skillstracker/domain"
)

// detailed is a synthetic row that gives every detail.
func detailed(row int, number string) domain.StaffRow {
	r := staffRow(row, number, "5")
	r.Team, r.JobRole, r.AreaOfWork, r.ContractType = "Team 1", "10001", "A012", "02"
	return r
}

// findingsOf are the messages of the findings with a code.
func findingsOf(faults *domain.Findings, code domain.FindingCode) []string {
	var texts []string
	for _, f := range faults.List() {
		if f.Code == code {
			texts = append(texts, f.Message)
		}
	}
	return texts
}

func TestAListThatLeavesHeldDetailsOutIsWarnedOf(t *testing.T) {
	bare := func(row int, number string) domain.StaffRow { return staffRow(row, number, domain.NotGiven) }
	noTeam, left := detailed(2, "E1"), bare(2, "E1")
	noTeam.Team, noTeam.Band = "", "6"
	left.LeftOn = dayPointer(5)
	for name, c := range map[string]struct {
		asAt int
		rows []domain.StaffRow
		want []string
	}{
		"everything is given again":  {10, []domain.StaffRow{detailed(2, "E1"), detailed(3, "E2"), detailed(4, "E3")}, nil},
		"one value of one person":    {10, []domain.StaffRow{noTeam, detailed(3, "E2")}, []string{"1 staff member loses details that were held: team (1)."}},
		"the list of the day itself": {1, []domain.StaffRow{noTeam}, []string{"1 staff member loses details that were held: team (1)."}},
		"columns of several people": {
			10,
			[]domain.StaffRow{noTeam, bare(3, "E2"), bare(4, "E3"), bare(5, "E4")},
			[]string{"3 staff members lose details that were held: band (2), team (3), job role (2), area of work (2), contract type (2)."},
		},
		"a starter":                              {10, []domain.StaffRow{bare(2, "E9")}, nil},
		"a day before what is held":              {0, []domain.StaffRow{bare(2, "E1")}, nil},
		"a leaver, whose position stays as held": {10, []domain.StaffRow{left}, nil},
		"somebody taken on again":                {10, []domain.StaffRow{bare(2, "E5")}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			register := newStaffRegister()
			gone := detailed(6, "E5")
			gone.LeftOn = dayPointer(4)
			register.apply(domain.StaffList{AsAt: day(1), Rows: []domain.StaffRow{
				detailed(2, "E1"), detailed(3, "E2"), detailed(4, "E3"), bare(5, "E4"), gone,
			}})
			_, faults := register.plan(domain.StaffList{AsAt: day(c.asAt), Rows: c.rows})
			if got := findingsOf(faults, domain.FindingStaffDetails); !slices.Equal(got, c.want) {
				t.Errorf("findings are %q, want %q", got, c.want)
			}
			faults = domain.NewFindings()
			faults.Add(domain.FindingAsAtMixed, domain.Cell{}, "")
			domain.PlanStaffList(domain.StaffList{AsAt: day(c.asAt), Rows: c.rows}, register.held(), faults)
			if got := findingsOf(faults, domain.FindingStaffDetails); len(got) > 0 {
				t.Errorf("a file that has an error itself gives %q", got)
			}
		})
	}
}

func TestACompleteListThatEndsManyIsWarnedOf(t *testing.T) {
	for name, c := range map[string]struct {
		held, named int
		partial     bool
		want        []string
	}{
		"most of the staff":    {10, 1, false, []string{"The complete list ends 9 of the 10 staff in post on 10 Oct 2026."}},
		"more than 20 in 100":  {14, 11, false, []string{"The complete list ends 3 of the 14 staff in post on 10 Oct 2026."}},
		"just 20 in 100":       {15, 12, false, nil},
		"one is not many":      {2, 1, false, nil},
		"a list of part of it": {10, 1, true, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var rows []domain.StaffRow
			for i := range c.held {
				rows = append(rows, staffRow(i+2, fmt.Sprintf("E%d", i), "5"))
			}
			left := staffRow(90, "E90", "5")
			left.LeftOn = dayPointer(5)
			register := newStaffRegister()
			register.apply(domain.StaffList{AsAt: day(1), Rows: append(slices.Clone(rows), left)})
			_, faults := register.plan(domain.StaffList{AsAt: day(10), Complete: !c.partial, Rows: rows[:c.named]})
			if got := findingsOf(faults, domain.FindingCompleteEnds); !slices.Equal(got, c.want) {
				t.Errorf("findings are %q, want %q", got, c.want)
			}
		})
	}
}

func TestARemovalOfAnotherDayNamesTheDay(t *testing.T) {
	for name, c := range map[string]struct {
		held []domain.StaffVersion
		want []string
	}{
		"before":      {[]domain.StaffVersion{version(1, "5"), version(7, "6"), version(20, "7")}, []string{"The staff list of 7 Oct 2026 holds this person; send the row with as_at=2026-10-07."}},
		"after":       {[]domain.StaffVersion{version(15, "6"), version(20, "7")}, []string{"The staff list of 15 Oct 2026 holds this person; send the row with as_at=2026-10-15."}},
		"on that day": {[]domain.StaffVersion{version(1, "5"), version(10, "6")}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			register := newStaffRegister()
			register.people["E1"] = person([]domain.Spell{spell(1, 0, "e")}, c.held)
			_, faults := register.plan(domain.StaffList{AsAt: day(10), Rows: []domain.StaffRow{removal()}})
			if got := findingsOf(faults, domain.FindingActionOtherDay); !slices.Equal(got, c.want) {
				t.Errorf("findings are %q, want %q", got, c.want)
			}
			if got := findingsOf(faults, domain.FindingActionNotHeld); len(got) > 0 {
				t.Errorf("the person is said not to be held: %q", got)
			}
		})
	}
}
