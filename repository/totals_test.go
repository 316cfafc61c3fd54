package repository_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
	"skillstracker/repository/pgtest"
)

// pick draws one of some values.
func pick[T any](random *rand.Rand, values ...T) T { return values[random.IntN(len(values))] }

// some draws a part of some values, often none.
func some[T any](random *rand.Rand, values ...T) []T {
	var drawn []T
	if random.IntN(3) > 0 {
		return nil
	}
	for _, v := range values {
		if random.IntN(2) == 0 {
			drawn = append(drawn, v)
		}
	}
	return drawn
}

// randomRegister is a small register of synthetic returns in which organisations
// move between ICBs, close and fail to report, and people come, go and move. The
// same seed gives the same register.
func randomRegister(t *testing.T, random *rand.Rand) register {
	t.Helper()
	database := pgtest.New(t)
	r := register{database: database, Store: database.Store(t)}
	importAll(
		t, r.Store,
		edition(
			date(2026, 1, 1), entry("RXA", "A (synthetic)"), entry("RXB", "B (synthetic)"), entry("RXC", "C (synthetic)", inICB("Y60", "QUA")),
			entry("RXD", "D (synthetic)", inICB("", ""), ofKind(domain.KindSocialCare)), entry("RXE", "E (synthetic)", open(nil, datePointer(date(2026, 8, 31)))),
			entry("RXF", "F never reports (synthetic)"),
		),
		edition(date(2026, 7, 31), entry("RXB", "B renamed (synthetic)", inICB("Y60", "QUA")), entry("RXC", "C (synthetic)", inICB("Y56", "QKK"))),
	)
	var err error
	if r.lists, err = r.Lists(t.Context()); err != nil {
		t.Fatal(err)
	}
	applied := 0
	for _, organisation := range []string{"RXA", "RXB", "RXC", "RXD", "RXE"} {
		for range 5 {
			for _, file := range []domain.UploadFile{
				randomStaff(random, organisation), r.randomAssessments(t, random, organisation), r.randomReturn(random, organisation),
			} {
				if file.Counts.RowsRead == 0 {
					continue
				}
				upload, err := r.StoreUpload(t.Context(), hr(organisation), file)
				if err != nil {
					t.Fatal(err)
				}
				if upload.State == domain.UploadApplied {
					applied++
				}
			}
		}
	}
	if applied < 45 {
		t.Fatalf("only %d of the 75 random files were applied", applied)
	}
	return r
}

func randomDay(random *rand.Rand) domain.Date {
	return date(2026, 3, 1) + domain.Date(random.IntN(240))
}

func randomStaff(random *rand.Rand, organisation string) domain.UploadFile {
	asAt := randomDay(random)
	var rows []domain.StaffRow
	for i := range 14 {
		if random.IntN(4) == 0 {
			continue
		}
		row := nurse(number(i), inBand(pick(random, "5", "6", domain.NotGiven)), onContract(pick(random, domain.NotGiven, "06", "01")))
		row.StaffGroup = pick(random, "03", "08")
		switch random.IntN(5) {
		case 0:
			leftOn(asAt + domain.Date(random.IntN(120)-40))(&row)
		case 1:
			startedOn(asAt - domain.Date(random.IntN(150)))(&row)
		}
		rows = append(rows, row)
	}
	return people(organisation, asAt, random.IntN(2) == 0, rows...)
}

func (r register) randomAssessments(t *testing.T, random *rand.Rand, organisation string) domain.UploadFile {
	t.Helper()
	var rows []domain.AssessmentRow
	known := column(t, r.database.Admin(t), `SELECT employee_number FROM staff_member WHERE organisation = $1 ORDER BY 1`, organisation)
	for _, number := range known {
		if random.IntN(3) == 0 {
			continue
		}
		row := assessed(number, randomDay(random), nil, by(pick(random, domain.AssessorSelf, domain.AssessorManager, domain.AssessorOther)))
		for range 6 {
			row.Levels = append(row.Levels, pick(random, no, na, 0, 1, 2, 3, 4, 4))
		}
		row.StaffGroup, row.Band = pick(random, "03", domain.NotGiven), pick(random, "6", domain.NotGiven)
		rows = append(rows, row)
		if random.IntN(3) == 0 {
			row.AssessorKind = domain.AssessorKind(pick(random, "self", "manager", "assessor"))
			row.Levels = all(domain.Level(random.IntN(5)))
			if row.AssessorKind != rows[len(rows)-1].AssessorKind {
				rows = append(rows, row)
			}
		}
	}
	return r.assessmentFile(t, organisation, rows...)
}

func (r register) randomReturn(random *rand.Rand, organisation string) domain.UploadFile {
	areas := []string{domain.NotGiven}
	for _, digital := range []bool{true, false} {
		for _, a := range r.lists.AreasOfWork {
			if a.Digital == digital {
				areas = append(areas, a.Code)
				break
			}
		}
	}
	var rows []domain.VacancyRow
	for month := 4; month <= 9; month++ {
		if random.IntN(2) == 0 {
			continue
		}
		for _, group := range []string{"03", "08"} {
			for _, band := range []string{"", "5", "6"} {
				row := cell(date(2026, month+1, 0), group, band, domain.VacancyMeasures{})
				row.Key.AreaOfWork, row.Key.JobRole = pick(random, areas...), pick(random, domain.NotGiven, domain.NotGiven, "ASC33")
				m := &row.Measures
				m.Headcount = known(int64(random.IntN(9)))
				for _, measure := range []*domain.Measure{&m.Budgeted, &m.Contracted, &m.Bank, &m.Agency, &m.Reported, &m.Advertised, &m.Headcount} {
					switch random.IntN(4) {
					case 0:
						*measure = domain.Measure{State: domain.DontKnow}
					case 1, 2:
						*measure = known(random.Int64N(1_500_000))
					}
				}
				rows = append(rows, row)
			}
		}
	}
	return complete(vacancies(organisation, rows...))
}

func randomFilter(random *rand.Rand, lists domain.Lists) domain.TotalsFilter {
	framework, _ := lists.Framework("hdc", "2018")
	f := domain.TotalsFilter{
		GroupBy:       some(random, domain.ByRegion, domain.ByICB, domain.ByOrganisation, domain.ByStaffGroup, domain.ByBand, domain.ByDigital, domain.ByCompetence),
		Regions:       some(random, "Y56", "Y60"),
		ICBs:          some(random, "QHL", "QUA", "QKK"),
		Organisations: some(random, "RXA", "RXB", "RXC", "RXD", "RXE", "RXF", "RZZ"),
		StaffGroups:   some(random, "03", "08"),
		Bands:         some(random, "5", "6", domain.NotGiven),
		Digital:       some(random, domain.DigitalYes, domain.DigitalNo, domain.DigitalNotStated),
		Competences:   some(random, "CCP", "TEC", "DIW"),
		AsAt:          randomDay(random).MonthEnd(),
		Framework:     framework,
	}
	f.Framework.ValidityMonths = pick(random, 1, 2, 12)
	for month := 4; month <= 10; month++ {
		if random.IntN(2) == 0 {
			f.Months = append(f.Months, date(2026, month+1, 0))
		}
	}
	return f
}

func TestTotalsAreTheSumsOfTheRows(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, 42))
			r := randomRegister(t, random)
			m := readModel(t, r.database.Admin(t))
			rows := 0
			for range 60 {
				f := randomFilter(random, r.lists)
				rows += r.compareSkills(t, m, f) + r.compareVacancies(t, m, f)
			}
			if rows < 500 {
				t.Errorf("only %d rows of totals were compared", rows)
			}
		})
	}
}

func (r register) compareSkills(t *testing.T, m model, f domain.TotalsFilter) int {
	t.Helper()
	f.Digital = nil
	got, err := r.SkillsTotals(t.Context(), hr("RXA"), f)
	if err != nil {
		t.Fatal(err)
	}
	byGroup := make(map[domain.Group]domain.SkillsTotal)
	for _, total := range got {
		byGroup[total.Group] = total
	}
	if len(byGroup) != len(got) {
		t.Errorf("%d rows have %d groups", len(got), len(byGroup))
	}
	if diff := cmp.Diff(m.skills(f), byGroup); diff != "" {
		t.Errorf("digital literacy by %v as at %s (regions %v, ICBs %v, organisations %v, staff groups %v, bands %v, validity %d) (-want +got):\n%s",
			f.GroupBy, f.AsAt, f.Regions, f.ICBs, f.Organisations, f.StaffGroups, f.Bands, f.Framework.ValidityMonths, diff)
	}
	return len(got)
}

func (r register) compareVacancies(t *testing.T, m model, f domain.TotalsFilter) int {
	t.Helper()
	got, err := r.VacancyTotals(t.Context(), hr("RXA"), f)
	if err != nil {
		t.Fatal(err)
	}
	byMonth := make(map[domain.Date]map[domain.Group]domain.VacancyTotal)
	for _, month := range f.Months {
		byMonth[month] = make(map[domain.Group]domain.VacancyTotal)
	}
	for _, total := range got {
		group := total.Group
		group.Month = nil
		if _, twice := byMonth[*total.Month][group]; twice {
			t.Errorf("two rows of %s for %+v", total.Month, group)
		}
		byMonth[*total.Month][group] = total
	}
	want := m.vacancies(f)
	for _, groups := range want {
		for group, total := range groups {
			month := total.Month
			total.Group, total.Month = group, month
			groups[group] = total
		}
	}
	if diff := cmp.Diff(want, byMonth); diff != "" {
		t.Errorf("vacancies by %v for %v (regions %v, ICBs %v, organisations %v, staff groups %v, bands %v, digital %v) (-want +got):\n%s",
			f.GroupBy, f.Months, f.Regions, f.ICBs, f.Organisations, f.StaffGroups, f.Bands, f.Digital, diff)
	}
	return len(got)
}
