package domain_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"skillstracker/domain"
)

func kindsOfSuccessions() map[string]domain.OrganisationKind {
	kinds := map[string]domain.OrganisationKind{
		"QA1": domain.KindICB, "QA2": domain.KindICB, "QA3": domain.KindICB, "Y90": domain.KindRegion, "Y91": domain.KindRegion,
		"A9ZZ": domain.KindSocialCare, domain.NationCode: domain.KindNation,
	}
	for _, code := range []string{"RA1", "RA2", "RA3", "RA4", "RA5"} {
		kinds[code] = domain.KindTrust
	}
	return kinds
}

func follows(row int, predecessor, successor string, on domain.Date) domain.Succession {
	return domain.Succession{Row: row, Predecessor: predecessor, Successor: successor, EffectiveOn: on}
}

func noLonger(row int, predecessor, successor string, on domain.Date) domain.Succession {
	s := follows(row, predecessor, successor, on)
	s.Action = domain.ActionRemove
	return s
}

func TestPlanSuccessions(t *testing.T) {
	t.Parallel()
	april, may := domain.NewDate(2026, 4, 1), domain.NewDate(2026, 5, 1)
	held := []domain.Succession{follows(0, "RA1", "RA2", april), follows(0, "RA2", "RA3", april)}
	plan, faults := domain.PlanSuccessions(held, []domain.Succession{
		follows(2, "RA1", "RA2", april), follows(3, "RA2", "RA3", may), follows(4, "RA1", "RA4", may), noLonger(5, "RA9", "RA9", 0),
	}, kindsOfSuccessions())
	if len(faults) == 0 || len(plan.Add)+len(plan.End) > 0 {
		t.Fatalf("a file with a fault is planned: %+v", plan)
	}
	plan, faults = domain.PlanSuccessions(held, []domain.Succession{
		follows(2, "RA1", "RA2", april), follows(3, "RA2", "RA3", may), follows(4, "RA1", "RA4", may),
	}, kindsOfSuccessions())
	if len(faults) > 0 {
		t.Fatalf("faults %+v", faults)
	}
	if want := (domain.ImportSummary{Read: 3, New: 1, Changed: 1, Unchanged: 1}); fmt.Sprint(plan.Summary) != fmt.Sprint(want) {
		t.Errorf("summary %+v, want %+v", plan.Summary, want)
	}
	if want := []domain.Succession{follows(3, "RA2", "RA3", may), follows(4, "RA1", "RA4", may)}; !slices.Equal(plan.Add, want) {
		t.Errorf("adds %+v", plan.Add)
	}
	if want := held[1:]; !slices.Equal(plan.End, want) {
		t.Errorf("ends %+v", plan.End)
	}
	// A removal makes room for the other way round in the same file.
	plan, faults = domain.PlanSuccessions(held, []domain.Succession{
		noLonger(2, "RA2", "RA3", 0), follows(3, "RA3", "RA2", may), noLonger(4, "RA1", "RA2", april),
	}, kindsOfSuccessions())
	if len(faults) > 0 || plan.Summary.Removed != 2 || plan.Summary.New != 1 || len(plan.End) != 2 {
		t.Errorf("plan %+v, faults %+v", plan, faults)
	}
}

func TestPlanSuccessionsNamesEveryFaultOfEveryRow(t *testing.T) {
	t.Parallel()
	april := domain.NewDate(2026, 4, 1)
	held := []domain.Succession{follows(0, "RA1", "RA2", april), follows(0, "RA2", "RA3", april)}
	for name, c := range map[string]struct {
		file []domain.Succession
		want []string // place and a word of the message
	}{
		"unknown codes":          {[]domain.Succession{follows(2, "ZZ1", "ZZ2", april)}, []string{"row 2, column predecessor: no organisation", "row 2, column successor: no organisation"}},
		"itself":                 {[]domain.Succession{follows(2, "RA1", "RA1", april)}, []string{"row 2, column successor: follow itself"}},
		"twice":                  {[]domain.Succession{follows(2, "RA4", "RA5", april), follows(3, "RA4", "RA5", april)}, []string{"row 3: Row 2"}},
		"no day":                 {[]domain.Succession{follows(2, "RA4", "RA5", 0)}, []string{"row 2, column effective_on: missing"}},
		"a day long past":        {[]domain.Succession{follows(2, "RA4", "RA5", domain.NewDate(1980, 1, 1))}, []string{"row 2, column effective_on: 1990"}},
		"removal of none":        {[]domain.Succession{noLonger(2, "RA4", "RA5", april)}, []string{"row 2, column action: none can be removed"}},
		"removal of another day": {[]domain.Succession{noLonger(2, "RA1", "RA2", april+1)}, []string{"row 2, column effective_on: another day"}},
		"a trust and an ICB":     {[]domain.Succession{follows(2, "RA1", "QA1", april)}, []string{"row 2, column successor: kind icb"}},
		"an ICB and a region":    {[]domain.Succession{follows(2, "QA1", "Y90", april)}, []string{"row 2, column successor: kind region"}},
		"the nation":             {[]domain.Succession{follows(2, domain.NationCode, "Y90", april)}, []string{"row 2, column successor: kind region"}},
		"back to what is held":   {[]domain.Succession{follows(2, "RA3", "RA1", april)}, []string{"row 2, column successor: lead back"}},
		"a ring in the file": {
			[]domain.Succession{follows(2, "QA1", "QA2", april), follows(3, "QA2", "QA3", april), follows(4, "QA3", "QA1", april), follows(5, "RA4", "RA5", april)},
			[]string{"row 2, column successor: lead back", "row 3, column successor: lead back", "row 4, column successor: lead back"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, faults := domain.PlanSuccessions(held, c.file, kindsOfSuccessions())
			if len(faults) != len(c.want) {
				t.Fatalf("faults %+v, want %v", faults, c.want)
			}
			for i, want := range c.want {
				place, word, _ := strings.Cut(want, ": ")
				if faults[i].Field != place || !strings.Contains(faults[i].Message, word) {
					t.Errorf("fault %+v, want %s", faults[i], want)
				}
			}
		})
	}
}

// What the planner accepts never leads back, and what it refuses for that does.
func TestPlanSuccessionsAcceptsExactlyWhatDoesNotLeadBack(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 4))
	codes := []string{"RA1", "RA2", "RA3", "RA4", "RA5"}
	refused, accepted := 0, 0
	for range 2000 {
		edges := map[[2]string]bool{}
		var file []domain.Succession
		for range random.IntN(7) {
			from, to := codes[random.IntN(len(codes))], codes[random.IntN(len(codes))]
			if from == to || edges[[2]string{from, to}] {
				continue
			}
			edges[[2]string{from, to}] = true
			file = append(file, follows(len(file)+1, from, to, domain.NewDate(2026, 4, 1)))
		}
		split := random.IntN(len(file) + 1)
		_, before := domain.PlanSuccessions(nil, file[:split], kindsOfSuccessions())
		if len(before) > 0 {
			continue
		}
		_, faults := domain.PlanSuccessions(file[:split], file[split:], kindsOfSuccessions())
		if back := leadsBack(edges, codes); back != (len(faults) > 0) {
			t.Fatalf("edges %v: leads back %t, faults %+v", edges, back, faults)
		}
		if len(faults) > 0 {
			refused++
		} else {
			accepted++
		}
	}
	if refused < 50 || accepted < 50 {
		t.Errorf("%d refused and %d accepted say little", refused, accepted)
	}
}

// leadsBack looks for a code that is reached from itself, by adding up paths.
func leadsBack(edges map[[2]string]bool, codes []string) bool {
	reach := map[[2]string]bool{}
	for edge := range edges {
		reach[edge] = true
	}
	for _, via := range codes {
		for _, from := range codes {
			for _, to := range codes {
				if reach[[2]string{from, via}] && reach[[2]string{via, to}] {
					reach[[2]string{from, to}] = true
				}
			}
		}
	}
	return slices.ContainsFunc(codes, func(code string) bool { return reach[[2]string{code, code}] })
}

func TestFollowSuccessions(t *testing.T) {
	t.Parallel()
	april := domain.NewDate(2026, 4, 1)
	successions := []domain.Succession{
		follows(0, "RA1", "RA2", april), follows(0, "RA2", "RA3", april), follows(0, "RA2", "RA4", april+30), follows(0, "RA5", "RA1", april),
	}
	for name, c := range map[string]struct {
		code   string
		on     domain.Date
		closed []string
		want   []string
	}{
		"open":                    {"RA1", april + 60, nil, []string{"RA1"}},
		"closed without any":      {"RA4", april, []string{"RA4"}, []string{"RA4"}},
		"to one that is open":     {"RA1", april + 60, []string{"RA1"}, []string{"RA2"}},
		"before it takes effect":  {"RA1", april - 1, []string{"RA1"}, []string{"RA1"}},
		"through another":         {"RA5", april, []string{"RA5", "RA1", "RA2"}, []string{"RA3"}},
		"split":                   {"RA5", april + 30, []string{"RA5", "RA1", "RA2"}, []string{"RA3", "RA4"}},
		"one end is closed too":   {"RA2", april + 30, []string{"RA2", "RA3"}, []string{"RA3", "RA4"}},
		"open again on the way":   {"RA5", april + 30, []string{"RA5", "RA2"}, []string{"RA1"}},
		"of nobody in the system": {"ZZZ", april, []string{"ZZZ"}, []string{"ZZZ"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := domain.FollowSuccessions(c.code, c.on, successions, func(code string) bool { return slices.Contains(c.closed, code) })
			if !slices.Equal(got, c.want) {
				t.Errorf("followed to %v, want %v", got, c.want)
			}
		})
	}
}

func TestFitsKind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code string
		kind domain.OrganisationKind
		want bool
	}{
		{"CA0A", domain.KindSocialCare, true},
		{"A1B2C", domain.KindSocialCare, true},
		{"VL01A", domain.KindSocialCare, false},
		{"RRK", domain.KindSocialCare, false},
		{"VL01A", domain.KindCareSite, true},
		{"VN9", domain.KindCareSite, false},
		{"Z9B2Z", domain.KindCareSite, true},
		{"CA0A", domain.KindCareSite, false},
		{"VO01A", domain.KindCareSite, false},
		{"RRK", domain.KindTrust, true},
		{"8JX76", domain.KindOther, true},
	} {
		if got := domain.FitsKind(c.code, c.kind); got != c.want {
			t.Errorf("%s as %s: %t", c.code, c.kind, got)
		}
	}
}
