package repository_test

import (
	"slices"
	"testing"

	"skillstracker/domain"
)

// areas are a digital area of work and another.
func (r register) areas(t *testing.T) (digital, other string) {
	t.Helper()
	for _, a := range r.lists.AreasOfWork {
		switch {
		case a.Digital && digital == "":
			digital = a.Code
		case !a.Digital && other == "":
			other = a.Code
		}
	}
	return digital, other
}

func inTeam(team string) func(*domain.StaffRow) { return func(r *domain.StaffRow) { r.Team = team } }

func inArea(area string) func(*domain.StaffRow) {
	return func(r *domain.StaffRow) { r.AreaOfWork = area }
}

func TestPeopleAreGroupedAndNarrowed(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	digital, other := r.areas(t)
	r.nurses(t, inArea(digital), inArea(other), inTeam("North"), inRole("ASC33"), inBand("7"))
	day := date(2026, 9, 30)
	r.store(t, r.assessmentFile(t, "RXA", assessed("1", day, all(1)), assessed("4", day, all(1))))
	for dimension, want := range map[domain.Dimension][]string{
		domain.ByAreaOfWork: {"-: 1/3 never 2 self 1", digital + ": 1/1 self 1", other + ": 0/1 never 1"},
		domain.ByDigital:    {"yes: 2/2 self 2", "not_stated: 0/2 never 2", "no: 0/1 never 1"},
		domain.ByTeam:       {": 2/4 never 2 self 2", "North: 0/1 never 1"},
		domain.ByJobRole:    {"-: 1/4 never 3 self 1", "ASC33: 1/1 self 1"},
		domain.ByBand:       {"5: 2/4 never 2 self 2", "7: 0/1 never 1"},
		domain.ByStaffGroup: {"03: 2/5 never 3 self 2"},
		domain.BySector:     {"Acute: 2/5 never 3 self 2"},
		domain.ByKind:       {"nhs_trust: 2/5 never 3 self 2"},
		domain.ByNation:     {": 2/5 never 3 self 2"},
	} {
		if dimension == domain.ByAreaOfWork {
			slices.Sort(want)
		}
		r.expectFigures(t, string(dimension), onDay(day, dimension), want...)
	}
	for _, c := range []struct {
		narrow func(*domain.TotalsFilter)
		want   []string
	}{
		{func(f *domain.TotalsFilter) { f.AreasOfWork = []string{digital} }, []string{": 1/1 self 1"}},
		{func(f *domain.TotalsFilter) { f.AreasOfWork = []string{domain.NotGiven} }, []string{": 1/3 never 2 self 1"}},
		{func(f *domain.TotalsFilter) { f.Digital = []string{"no", "not_stated"} }, []string{": 0/3 never 3"}},
		{func(f *domain.TotalsFilter) { f.Teams = []string{"North"} }, []string{": 0/1 never 1"}},
		{func(f *domain.TotalsFilter) { f.JobRoles = []string{"ASC33"}; f.Bands = []string{"5"} }, []string{": 1/1 self 1"}},
		{func(f *domain.TotalsFilter) { f.StaffGroups = []string{"08"} }, []string{": 0/0"}},
		{func(f *domain.TotalsFilter) { f.Sectors = []string{"Community"} }, nil},
	} {
		f := onDay(day)
		c.narrow(&f)
		r.expectFigures(t, "narrowed", f, c.want...)
	}
}

// Attributes sent with the assessment that counts serve people of an organisation
// without a list; who has a spell must be in post.
func TestPeopleOfAnOrganisationWithoutAStaffList(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	day := date(2026, 2, 28)
	sent := func(role, band, team string) func(*domain.AssessmentRow) {
		return func(row *domain.AssessmentRow) { row.JobRole, row.Band, row.Team = role, band, team }
	}
	file := r.assessmentFile(t, "RXA",
		assessed("1", day, all(2), sent("ASC33", "5", "North")), assessed("1", day-9, all(4), sent(domain.NotGiven, "7", "South")),
		assessed("2", day, all(1)), assessed("3", date(2025, 2, 27), all(1)))
	file.CreateMissingStaff = true
	r.store(t, file)
	// A later list about two of them: 2 was in post on the day and 4 had left by then.
	later := r.assessmentFile(t, "RXA", assessed("4", day, all(3)))
	later.CreateMissingStaff = true
	r.store(t, later)
	r.store(t, people("RXA", date(2026, 6, 30), false, nurse("2", startedOn(date(2026, 1, 1)), inBand("8a")),
		nurse("4", startedOn(date(2026, 1, 1)), leftOn(date(2026, 2, 1)))))
	r.expectFigures(t, "nobody is listed", onDay(day), ": 2 self 2")
	r.expectFigures(t, "by what is known of them", onDay(day, domain.ByBand, domain.ByDigital, domain.ByTeam), "5 yes North: 1 self 1", "8a not_stated: 1 self 1")
	r.expectFigures(t, "by area", onDay(day, domain.ByAreaOfWork), "-: 2 self 2")
	r.expectFigures(t, "once there is a list", onDay(date(2026, 6, 30)), ": 1/1 self 1")
}

// Organisations that have a list and such that have none are added up: the rate is of
// the former.
func TestListedAndUnlistedTogether(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.nurses(t, asIs, asIs)
	day := date(2026, 9, 30)
	r.store(t, r.assessmentFile(t, "RXA", assessed("1", day, all(1))))
	file := r.assessmentFile(t, "RXB", assessed("1", day, all(1)), assessed("2", day, all(1)))
	file.CreateMissingStaff = true
	r.store(t, file)
	f := onDay(day, domain.ByICB)
	f.Organisations = nil
	r.expectFigures(t, "in one ICB", f, "QHL: 3/2 never 1 self 3")
	total := r.skills(t, f)[0]
	if total.AssessedListed != 1 || total.Listed != 1 || total.Reporting != 2 || total.Expected != 2 {
		t.Errorf("assessed %d of %d listed organisations, %d of %d report", total.AssessedListed, total.Listed, total.Reporting, total.Expected)
	}
	f.GroupBy = []domain.Dimension{domain.ByOrganisation}
	r.expectFigures(t, "by organisation", f, "RXA: 1/2 never 1 self 1", "RXB: 2 self 2")
}

func TestSubtotalsOfPeople(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.nurses(t, asIs, inBand("7"), inBand("7"))
	r.store(t, people("RXC", date(2024, 1, 1), true, nurse("1", startedOn(date(2020, 1, 1)))))
	day := date(2026, 9, 30)
	r.store(t, r.assessmentFile(t, "RXA", assessed("1", day, all(1)), assessed("2", day, all(3))))
	r.store(t, r.assessmentFile(t, "RXC", assessed("1", day, all(2))))
	r.setTargets(t, r.framework(t, "hdc", "2018"), wanted{owner: "RXA", competence: "CCP", from: date(2026, 1, 1), level: 2})
	f := onDay(day, domain.ByOrganisation, domain.ByBand, domain.ByCompetence)
	f.Organisations, f.Subtotals, f.Competences = nil, true, []string{"CCP"}
	r.expectFigures(t, "over organisation and band", f,
		"RXA 5 CCP: 1/1 self 1 levels [0 1 0 0 0] target 2 gaps [0 1 0 0 0]",
		"RXA 7 CCP: 1/2 never 1 self 1 levels [0 0 0 1 0] target 2 gaps [1 0 0 0 0]",
		"RXC 5 CCP: 1/1 self 1 levels [0 0 1 0 0]",
		"5 CCP over organisation: 2/2 self 2 levels [0 1 1 0 0] targets vary gaps [0 1 0 0 0]",
		"7 CCP over organisation: 1/2 never 1 self 1 levels [0 0 0 1 0] target 2 gaps [1 0 0 0 0]",
		"RXA CCP over band: 2/3 never 1 self 2 levels [0 1 0 1 0] target 2 gaps [1 1 0 0 0]",
		"RXC CCP over band: 1/1 self 1 levels [0 0 1 0 0]",
		"CCP over organisation,band: 3/4 never 1 self 3 levels [0 1 1 1 0] targets vary gaps [1 1 0 0 0]")
}

// A predecessor's people go where its only successor is today, and to nobody's where
// it has several. What they were assessed at, and their targets, stay their own.
func TestPeopleOfOrganisationsThatWereTakenOver(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	closed := date(2026, 3, 31)
	importAll(t, r.Store, edition(date(2026, 4, 1), entry("RXA", "A (synthetic)", inICB("Y60", "QHL"), open(nil, &closed)),
		entry("RXB", "B (synthetic)", inICB("Y60", "QHL")), entry("RXC", "C (synthetic)", inICB("Y56", "QKK"))))
	succeed(t, r.admin, "RXA", "RXC", "2026-04-01")
	r.nurses(t, asIs, asIs)
	r.store(t, people("RXC", date(2024, 1, 1), true, nurse("1", startedOn(date(2020, 1, 1)))))
	day := date(2026, 2, 28)
	r.store(t, r.assessmentFile(t, "RXA", assessed("1", day, all(1))))
	r.store(t, r.assessmentFile(t, "RXC", assessed("1", day, all(3))))
	r.setTargets(t, r.framework(t, "hdc", "2018"), wanted{owner: "RXA", competence: "CCP", from: date(2026, 1, 1), level: 4})
	f := onDay(day, domain.ByICB, domain.ByOrganisation, domain.ByCompetence)
	f.Organisations, f.Competences, f.Today = nil, []string{"CCP"}, date(2026, 4, 20)
	r.expectFigures(t, "as it was", f,
		"QHL RXA CCP: 1/2 never 1 self 1 levels [0 1 0 0 0] target 4 gaps [0 0 0 1 0]", "QUA RXC CCP: 1/1 self 1 levels [0 0 0 1 0]")
	f.Basis = domain.BasisAsNow
	r.expectFigures(t, "as it is now", f, "QKK RXC CCP: 2/3 never 1 self 2 levels [0 1 0 1 0] targets vary gaps [0 0 0 1 0]")
	f.Organisations = []string{"RXC"}
	r.expectFigures(t, "of the successor", f, "QKK RXC CCP: 2/3 never 1 self 2 levels [0 1 0 1 0] targets vary gaps [0 0 0 1 0]")
	f.Organisations = []string{"RXA"}
	r.expectFigures(t, "of the predecessor", f)
	succeed(t, r.admin, "RXA", "RXB", "2026-04-01")
	f.Organisations = nil
	r.expectFigures(t, "divided", f, "QKK RXC CCP: 1/1 self 1 levels [0 0 0 1 0]",
		"unassigned (split) unassigned (split) CCP: 1/2 never 1 self 1 levels [0 1 0 0 0] target 4 gaps [0 0 0 1 0]")
}

func TestPeopleFromMonthToMonth(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.nurses(t, asIs, leftOn(date(2026, 8, 15)))
	r.store(t, people("RXA", date(2026, 8, 31), false, nurse("1", inBand("6"))))
	r.store(t, r.assessmentFile(t, "RXA", assessed("1", date(2025, 8, 10), all(1)), assessed("1", date(2026, 9, 10), all(3)), assessed("2", date(2026, 7, 31), all(2))))
	f := onDay(0, domain.ByBand, domain.ByMonth)
	f.Months = []domain.Date{date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30)}
	f.Today = date(2026, 9, 30)
	r.expectFigures(t, "three months", f, "5: 2/2 due 1 self 2", "6: 0/1 overdue 1", "6: 1/1 self 1")
	var months []string
	for _, total := range r.skills(t, f) {
		months = append(months, total.Month.String())
	}
	if want := []string{"2026-07-31", "2026-08-31", "2026-09-30"}; !slices.Equal(months, want) {
		t.Errorf("rows are about %v, want %v", months, want)
	}
}
