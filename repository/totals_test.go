package repository_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

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
// move between ICBs, close, are taken over and fail to report, people come, go and
// move, and uploads are withdrawn. Its changes lie days apart. The same seed gives the
// same register.
func randomRegister(t *testing.T, random *rand.Rand) register {
	t.Helper()
	database := pgtest.New(t)
	r := register{database: database, Store: database.Store(t)}
	importAll(
		t, r.Store,
		edition(
			date(2026, 1, 1), entry("RXA", "A (synthetic)", sector("Acute")), entry("RXB", "B (synthetic)", sector("Community")), entry("RXC", "C (synthetic)", inICB("Y60", "QUA")),
			entry("RXD", "D (synthetic)", inICB("", ""), ofKind(domain.KindSocialCare)), entry("RXE", "E (synthetic)", open(nil, datePointer(date(2026, 8, 31)))),
			entry("RXF", "F never reports (synthetic)"), entry("RXG", "G (synthetic)", sector("Acute"), open(nil, datePointer(date(2026, 6, 30)))),
			entry("RXH", "H (synthetic)", inICB("Y60", "QUA"), open(nil, datePointer(date(2026, 5, 31)))),
		),
		edition(date(2026, 7, 31), entry("RXB", "B renamed (synthetic)", inICB("Y60", "QUA")), entry("RXC", "C (synthetic)", inICB("Y56", "QKK"))),
	)
	var err error
	if r.lists, err = r.Lists(t.Context()); err != nil {
		t.Fatal(err)
	}
	succeed(t, r.database.Admin(t), "RXE", "RXA", "2026-09-01")
	succeed(t, r.database.Admin(t), "RXG", "RXB", "2026-07-01")
	succeed(t, r.database.Admin(t), "RXG", "RXC", "2026-07-01")
	succeed(t, r.database.Admin(t), "RXH", "RXE", "2026-06-01")
	applied, voided := 0, 0
	for range 5 {
		for _, organisation := range []string{"RXA", "RXB", "RXC", "RXD", "RXE", "RXG", "RXH"} {
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
				if upload.State == domain.UploadApplied && random.IntN(8) == 0 {
					if _, err := r.VoidUpload(t.Context(), hr(organisation), upload.ID); err != nil {
						t.Fatal(err)
					}
					voided++
				}
			}
		}
	}
	if applied < 63 || voided == 0 {
		t.Fatalf("only %d of the 105 random files were applied, %d withdrawn", applied, voided)
	}
	// A change is never moved but here: all of them are of this very moment.
	run(t, r.database.Admin(t), `SET session_replication_role = replica;
		UPDATE change SET made_at = timestamptz '2026-10-31 23:30:00Z' - (SELECT max(number) - change.number FROM change newest) * interval '40 hours';
		SET session_replication_role = origin`)
	return r
}

// succeed notes that an organisation was taken over.
func succeed(t *testing.T, db querier, predecessor, successor, from string) {
	t.Helper()
	run(t, db, fmt.Sprintf(`DO $$
		DECLARE made bigint;
		BEGIN
			INSERT INTO change (kind, actor) VALUES ('organisations_import', 'admin') RETURNING id INTO made;
			INSERT INTO organisation_succession VALUES ('%s', '%s', '%s', made);
			PERFORM finish_change(made);
		END $$`, predecessor, successor, from))
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

// randomVacancyFilter asks of vacancies all that can be asked of them.
func randomVacancyFilter(random *rand.Rand, lists domain.Lists) domain.TotalsFilter {
	f := randomFilter(random, lists)
	f.Competences, f.Framework = nil, domain.FrameworkVersion{}
	f.GroupBy = slices.DeleteFunc(f.GroupBy, func(d domain.Dimension) bool { return d == domain.ByCompetence })
	f.GroupBy = append(f.GroupBy, some(random, domain.BySector, domain.ByKind, domain.ByMonth, domain.ByNation)...)
	if random.IntN(3) == 0 {
		f.GroupBy = append(f.GroupBy, some(random, domain.ByJobRole, domain.ByAreaOfWork)...)
		f.JobRoles = some(random, domain.NotGiven, "ASC33")
		f.AreasOfWork = some(random, domain.NotGiven, lists.AreasOfWork[0].Code)
	}
	random.Shuffle(len(f.GroupBy), func(i, j int) { f.GroupBy[i], f.GroupBy[j] = f.GroupBy[j], f.GroupBy[i] })
	f.Sectors = some(random, "Acute", "Community")
	f.Kinds = some(random, string(domain.KindTrust), string(domain.KindSocialCare))
	f.Subtotals = random.IntN(2) == 0
	f.Basis = pick(random, "", domain.BasisAsWas, domain.BasisAsNow, domain.BasisAsNow)
	f.Today = pick(random, date(2025, 12, 1), date(2026, 5, 31), date(2026, 6, 15), date(2026, 8, 31), date(2026, 10, 1))
	return f
}

func TestVacancyTotalsAreTheSumsOfTheRows(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, 42))
			r := randomRegister(t, random)
			db := r.database.Admin(t)
			rows := 0
			for range 4 {
				var known *time.Time
				if random.IntN(3) > 0 {
					known = new(time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, random.IntN(300)))
				}
				m := readModel(t, db, known)
				for range 25 {
					f := randomVacancyFilter(random, r.lists)
					f.KnownAt = known
					rows += r.compareVacancies(t, m, f)
				}
			}
			if rows < 500 {
				t.Errorf("only %d rows of totals were compared", rows)
			}
		})
	}
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
	if diff := cmp.Diff(m.vacancies(f), byMonth, cmp.Transformer("month", func(g domain.Group) domain.Group { g.Month = nil; return g })); diff != "" {
		t.Errorf("vacancies of %+v known at %v (-want +got):\n%s", f, f.KnownAt, diff)
	}
	return len(got)
}
