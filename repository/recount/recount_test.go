package recount_test

import (
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"skillstracker/domain"
)

// questionsAsked is how many random questions the test asks about each kind of totals.
const questionsAsked = 125

// Every figure of random questions is what a recount of the base rows gives.
func TestTotalsAreWhatARecountGives(t *testing.T) {
	t.Parallel()
	seed, until := uint64(1), time.Time{}
	if long := soakFor(t); long > 0 {
		seed, until = mathrand.Uint64(), time.Now().Add(long)
		t.Logf("seed %d", seed)
	}
	r := newRegister(t, seeded(seed))
	b := readBase(t, r.db)
	checkBase(t, b)
	for i, kind := range []string{"vacancies", "skills", "workforce", "positions"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			asks := *r
			asks.random = seeded(seed + uint64(9+i))
			asked, compared := 0, 0
			for ; asked < questionsAsked || time.Now().Before(until); asked++ {
				question := asks.question(kind)
				rows, differs := compare(t, &asks, b, kind, question)
				compared += rows
				if differs != "" {
					t.Fatalf("question %d, %s\n%s", asked, describe(question), differs)
				}
			}
			if compared < 10*asked {
				t.Errorf("the questions gave only %d rows", compared)
			}
			t.Logf("%d questions, %d rows compared", asked, compared)
		})
	}
}

// soakFor is how long the questions go on beyond those that are always asked.
func soakFor(t *testing.T) time.Duration {
	t.Helper()
	text := os.Getenv("SKILLSTRACKER_SOAK")
	if text == "" {
		return 0
	}
	long, err := time.ParseDuration(text)
	if err != nil {
		t.Fatalf("SKILLSTRACKER_SOAK: %v", err)
	}
	return long
}

// seeded gives the same register and questions for a seed.
func seeded(seed uint64) *mathrand.Rand {
	return mathrand.New(mathrand.NewPCG(seed, 2026))
}

func checkBase(t *testing.T, b *base) {
	t.Helper()
	for _, code := range []string{"RXA", "RXB", "RXC"} {
		if n := len(b.organisations[code].people); n < 1750 {
			t.Fatalf("%s has only %d people", code, n)
		}
	}
}

func describe(f domain.TotalsFilter) string {
	f.Framework.Competences, f.Framework.Levels, f.Framework.Domains = nil, nil, nil
	f.Crosswalk.Levels = nil
	return fmt.Sprintf("%+v", f)
}

// compare asks the store and recounts; it returns the number of rows and how the two differ.
func compare(t *testing.T, r *register, b *base, kind string, f domain.TotalsFilter) (int, string) {
	t.Helper()
	actor := hr("RXA")
	switch kind {
	case "vacancies":
		rows, err := r.VacancyTotals(t.Context(), actor, f)
		return differ(t, rows, err, func(v *domain.VacancyTotal) *domain.Group { return &v.Group }, b.vacancies(f), vacanciesShown)
	case "skills":
		rows, err := r.SkillsTotals(t.Context(), actor, f)
		return differ(t, rows, err, func(v *domain.SkillsTotal) *domain.Group { return &v.Group }, b.skills(f), skillsShown(f))
	case "workforce":
		rows, err := r.WorkforceTotals(t.Context(), actor, f)
		return differ(t, rows, err, func(v *domain.WorkforceTotal) *domain.Group { return &v.Group }, b.workforce(f), workforceShown)
	}
	rows, err := r.PositionTotals(t.Context(), actor, f)
	return differ(t, rows, err, func(v *domain.PositionTotal) *domain.Group { return &v.Group }, b.positions(f), nil) // posts, not people
}

func differ[Row any](t *testing.T, rows []Row, err error, group func(*Row) *domain.Group, want map[key]Row, shown func(got, want Row) string) (int, string) {
	t.Helper()
	if err != nil {
		return 0, err.Error()
	}
	got := make(map[key]Row, len(rows))
	for _, row := range rows {
		g := group(&row)
		k := key{Group: *g}
		if g.Month != nil {
			k.day = *g.Month
		}
		k.Month, k.Over = nil, inOrder(k.Over)
		if _, twice := got[k]; twice {
			return 0, fmt.Sprintf("two rows of %+v", k)
		}
		*g = domain.Group{}
		got[k] = row
	}
	if differs := firstDifferences(want, got); differs != "" || shown == nil {
		return len(got), differs
	}
	for k, row := range got {
		if fault := shown(row, want[k]); fault != "" {
			return len(got), fmt.Sprintf("%+v after disclosure control: %s", k, fault)
		}
	}
	return len(got), ""
}

// inOrder writes a list of names in their order.
func inOrder(names string) string {
	list := strings.Split(names, ",")
	slices.Sort(list)
	return strings.Join(list, ",")
}

// firstDifferences says how rows differ, of three rows at most.
func firstDifferences[Row any](want, got map[key]Row) string {
	var text strings.Builder
	said := 0
	for k, row := range want {
		found, is := got[k]
		if is && reflect.DeepEqual(row, found) {
			continue
		}
		diff := cmp.Diff(row, found, cmpopts.EquateEmpty(), cmpopts.EquateApprox(0, 1e-9))
		if diff == "" && is {
			continue
		}
		if said++; said > 3 {
			break
		}
		fmt.Fprintf(&text, "%+v, there: %v\n%s", k, is, diff)
	}
	for k, row := range got {
		if _, is := want[k]; !is && said < 6 {
			said++
			fmt.Fprintf(&text, "%+v is not expected: %+v\n", k, row)
		}
	}
	return text.String()
}

// question draws a question of a kind.
func (r *register) question(kind string) domain.TotalsFilter {
	f := domain.TotalsFilter{Basis: one(r.random, "", domain.BasisAsWas, domain.BasisAsNow), Today: date(2026, 11, 22), Subtotals: r.random.IntN(3) == 0}
	dimensions := []domain.Dimension{
		domain.ByNation, domain.ByRegion, domain.ByICB, domain.ByOrganisation, domain.BySector, domain.ByKind,
		domain.ByStaffGroup, domain.ByJobRole, domain.ByBand, domain.ByAreaOfWork, domain.ByDigital,
	}
	switch kind {
	case "skills":
		dimensions = append(dimensions, domain.ByTeam, domain.ByAssessorKind, domain.ByCompetence, domain.ByCompetence, domain.ByDomain)
	case "workforce":
		dimensions = append(dimensions, domain.ByTeam)
	}
	r.random.Shuffle(len(dimensions), func(i, j int) { dimensions[i], dimensions[j] = dimensions[j], dimensions[i] })
	for _, d := range dimensions[:r.random.IntN(5)] {
		if !f.Has(d) {
			f.GroupBy = append(f.GroupBy, d)
		}
	}
	f.PeriodMonths = one(r.random, 1, 3, 12, 12)
	if r.random.IntN(10) == 0 {
		f.KnownAt = &r.now // from the facts and not from roll-ups
	}
	r.months(&f)
	r.narrow(&f)
	if kind == "skills" {
		r.skillsOnly(&f)
	} else {
		f.Teams = nil
	}
	return f
}

func (r *register) months(f *domain.TotalsFilter) {
	last := date(2026, 10, 31)
	f.AsAt = last
	switch r.random.IntN(3) {
	case 0:
		f.Months = []domain.Date{last}
	case 1:
		f.AsAt = last.AddMonths(-r.random.IntN(18)).MonthEnd()
		f.Months = []domain.Date{f.AsAt}
	default:
		for n := range 1 + r.random.IntN(4) {
			f.Months = append(f.Months, last.AddMonths(-5*n).MonthEnd())
		}
		slices.Sort(f.Months)
		f.GroupBy = append(f.GroupBy, domain.ByMonth)
	}
}

// narrow draws up to two filters.
func (r *register) narrow(f *domain.TotalsFilter) {
	for range r.random.IntN(3) {
		switch r.random.IntN(9) {
		case 0:
			f.Regions = []string{one(r.random, "Y60", "Y56")}
		case 1:
			f.ICBs = []string{one(r.random, "QHL", "QUA"), "QKK"}[:1+r.random.IntN(2)]
		case 2:
			f.Organisations = []string{one(r.random, "RXA", "RXB", "RXF"), one(r.random, "RXC", "RXD", "RXH")}
		case 3:
			f.Sectors = []string{one(r.random, "Acute", "Community", "Adult social care")}
		case 4:
			f.Kinds = []string{one(r.random, string(domain.KindTrust), string(domain.KindSocialCare))}
		case 5:
			f.StaffGroups = []string{one(r.random, "03", "08")}
		case 6:
			f.Bands = []string{"5", one(r.random, "6", domain.NotGiven)}
		case 7:
			f.Digital = []string{one(r.random, domain.DigitalYes, domain.DigitalNo, domain.DigitalNotStated)}
		case 8:
			f.JobRoles = append(r.roles("03"), domain.NotGiven)
		}
	}
}

func (r *register) skillsOnly(f *domain.TotalsFilter) {
	f.Framework, _ = r.lists.Framework(one(r.random, "hdc", "hdc", "eds-work"), "")
	if r.random.IntN(4) == 0 {
		f.AssessorKinds = []string{one(r.random, "self", "manager", "assessor")}
	}
	if r.random.IntN(6) == 0 {
		f.Teams = []string{one(r.random, "North", "")}
	}
	if f.Framework.Framework == "hdc" && r.random.IntN(4) == 0 {
		f.Crosswalk, _ = r.lists.Crosswalk("eds-to-hdc")
	}
	if f.Has(domain.ByCompetence) && r.random.IntN(2) == 0 {
		f.Competences = []string{f.Framework.Competences[1].Code, f.Framework.Competences[2].Code}
	}
	if f.Has(domain.ByDomain) && !f.Has(domain.ByCompetence) && r.random.IntN(2) == 0 {
		f.Domains = []string{f.Framework.Domains[0].Code}
	}
}
