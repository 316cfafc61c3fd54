package domain_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

func codeOf(err error) string {
	if ours, ok := errors.AsType[*domain.Error](err); ok {
		return ours.Code
	}
	return ""
}

func TestGrantFor(t *testing.T) {
	t.Parallel()
	many := make([]string, 501)
	for i := range many {
		many[i] = "R" + string(rune('A'+i/26%26)) + string(rune('A'+i%26)) + string(rune('A'+i/676))
	}
	for name, test := range map[string]struct {
		role  domain.Role
		kind  domain.ScopeKind
		codes []string
		code  string
	}{
		"hr of two":              {domain.RoleHR, domain.ScopeOrganisation, []string{"RRK", "RYG"}, ""},
		"an auditor of one":      {domain.RoleAuditor, domain.ScopeOrganisation, []string{"RRK"}, ""},
		"an auditor of all":      {domain.RoleAuditor, domain.ScopeAll, nil, ""},
		"an admin of all":        {domain.RoleAdmin, domain.ScopeAll, nil, ""},
		"five hundred":           {domain.RoleHR, domain.ScopeOrganisation, many[:500], ""},
		"an admin of one":        {domain.RoleAdmin, domain.ScopeOrganisation, []string{"RRK"}, "scope_invalid"},
		"all and one":            {domain.RoleHR, domain.ScopeAll, []string{"RRK"}, "scope_invalid"},
		"none":                   {domain.RoleHR, domain.ScopeICB, nil, "scope_invalid"},
		"no kind":                {domain.RoleHR, "", []string{"RRK"}, "scope_invalid"},
		"an unknown kind":        {domain.RoleHR, "planet", []string{"RRK"}, "scope_invalid"},
		"small letters":          {domain.RoleHR, domain.ScopeOrganisation, []string{"rrk"}, "scope_invalid"},
		"twice":                  {domain.RoleHR, domain.ScopeOrganisation, []string{"RRK", "RRK"}, "scope_invalid"},
		"five hundred and one":   {domain.RoleHR, domain.ScopeOrganisation, many, "scope_invalid"},
		"an unknown role":        {"root", domain.ScopeAll, nil, "role_unknown"},
		"an unknown empty thing": {"", "", nil, "role_unknown"},
	} {
		grant, err := domain.GrantFor(test.role, test.kind, test.codes)
		if codeOf(err) != test.code || (err == nil) != (test.code == "") {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil && (grant.Kind != test.kind || !slices.Equal(grant.Codes, test.codes)) {
			t.Errorf("%s: %+v", name, grant)
		}
	}
}

func TestCheckGrant(t *testing.T) {
	t.Parallel()
	kinds := map[string]domain.OrganisationKind{
		"RRK": domain.KindTrust, "AXY": domain.KindSocialCare, "AXYZ1": domain.KindCareSite, "QHL": domain.KindICB, "Y60": domain.KindRegion, domain.NationCode: domain.KindNation,
	}
	for kind, right := range map[domain.ScopeKind][]string{
		domain.ScopeOrganisation: {"RRK", "AXY", "AXYZ1"}, domain.ScopeICB: {"QHL"}, domain.ScopeRegion: {"Y60"},
	} {
		for _, code := range []string{"RRK", "AXY", "AXYZ1", "QHL", "Y60", domain.NationCode, "RZZ"} {
			err := domain.CheckGrant(domain.Grant{Kind: kind, Codes: []string{code}}, kinds)
			if slices.Contains(right, code) != (err == nil) {
				t.Errorf("%s %s: %v", kind, code, err)
			}
			if err != nil && (codeOf(err) != "scope_unknown" || !strings.Contains(err.Error(), code)) {
				t.Errorf("%s %s: %v", kind, code, err)
			}
		}
	}
	if err := domain.CheckGrant(domain.Grant{Kind: domain.ScopeAll}, nil); err != nil {
		t.Error(err)
	}
}

func TestSolePredecessors(t *testing.T) {
	t.Parallel()
	on := domain.NewDate(2026, time.April, 1)
	from := func(predecessor, successor string, days domain.Date) domain.Succession {
		return domain.Succession{Predecessor: predecessor, Successor: successor, EffectiveOn: on + days}
	}
	for name, test := range map[string]struct {
		successions []domain.Succession
		open        string
		scope       string
		want        map[string]string
	}{
		"one":                        {[]domain.Succession{from("RA", "RB", 0)}, "RB", "RB", map[string]string{"RA": "RB"}},
		"of somebody else":           {[]domain.Succession{from("RA", "RB", 0)}, "RB RC", "RC", map[string]string{}},
		"not yet":                    {[]domain.Succession{from("RA", "RB", 1)}, "RB", "RB", map[string]string{}},
		"it goes on":                 {[]domain.Succession{from("RA", "RB", 0)}, "RA RB", "RB", map[string]string{}},
		"a chain":                    {[]domain.Succession{from("RA", "RB", -9), from("RB", "RC", 0)}, "RC", "RC", map[string]string{"RA": "RC", "RB": "RC"}},
		"a chain that goes on":       {[]domain.Succession{from("RA", "RB", -9), from("RB", "RC", 1)}, "RB RC", "RC", map[string]string{}},
		"a split":                    {[]domain.Succession{from("RA", "RB", 0), from("RA", "RC", 0)}, "RB RC", "RB RC", map[string]string{}},
		"a split further back":       {[]domain.Succession{from("RA", "RB", -9), from("RA", "RC", -9), from("RB", "RD", 0)}, "RC RD", "RD", map[string]string{"RB": "RD"}},
		"a split that came together": {[]domain.Succession{from("RA", "RB", -9), from("RA", "RC", -9), from("RB", "RD", 0), from("RC", "RD", 0)}, "RD", "RD", map[string]string{"RA": "RD", "RB": "RD", "RC": "RD"}},
		"two of one":                 {[]domain.Succession{from("RA", "RC", 0), from("RB", "RC", -400)}, "RC", "RC", map[string]string{"RA": "RC", "RB": "RC"}},
		"named already":              {[]domain.Succession{from("RA", "RB", 0)}, "RB", "RA RB", map[string]string{}},
		"none":                       {nil, "RA", "RA", map[string]string{}},
	} {
		closed := func(code string) bool { return !slices.Contains(strings.Fields(test.open), code) }
		got := domain.SolePredecessors(strings.Fields(test.scope), on, test.successions, closed)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestActorsReadPredecessorsOnly(t *testing.T) {
	t.Parallel()
	scope := domain.NewScope([]string{"RRK", "RA7"}, map[string]string{"RYG": "RRK", "R1A": "RA7"})
	actor := domain.Actor{Role: domain.RoleHR, Organisations: scope.Organisations, ReadOnly: scope.ReadOnly, Followers: scope.Followers}
	if !slices.Equal(scope.Organisations, []string{"R1A", "RA7", "RRK", "RYG"}) || !slices.Equal(scope.ReadOnly, []string{"R1A", "RYG"}) || !slices.Equal(scope.Followers, []string{"RA7", "RRK"}) {
		t.Errorf("%+v", scope)
	}
	for code, follower := range map[string]string{"R1A": "RA7", "RYG": "RRK", "RA7": "", "RRK": "", "RZZ": ""} {
		err := actor.RefuseReadOnly(code)
		if (err != nil) != (follower != "") || err != nil && (codeOf(err) != "read_only_predecessor" || !strings.Contains(err.Error(), follower)) {
			t.Errorf("%s: %v", code, err)
		}
		if got, want := actor.MayWrite(code), follower == "" && code != "RZZ"; got != want {
			t.Errorf("may write %s: %t", code, got)
		}
		if got, want := actor.Covers(code), code != "RZZ"; got != want {
			t.Errorf("covers %s: %t", code, got)
		}
	}
}

func TestTokenEnd(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.November, 22, 23, 59, 59, 0, time.UTC)
	day := func(d domain.Date) *domain.Date { return &d }
	today := domain.DateOf(now)
	for name, test := range map[string]struct {
		last *domain.Date
		want time.Time
	}{
		"not said":  {nil, now.AddDate(0, 0, 90)},
		"today":     {day(today), time.Date(2026, time.November, 23, 0, 0, 0, 0, time.UTC)},
		"the last":  {day(today + 364), time.Date(2027, time.November, 22, 0, 0, 0, 0, time.UTC)},
		"yesterday": {day(today - 1), time.Time{}},
		"too late":  {day(today + 365), time.Time{}},
	} {
		got, err := domain.TokenEnd(test.last, now)
		if !got.Equal(test.want) || (codeOf(err) == "expiry_invalid") != test.want.IsZero() {
			t.Errorf("%s: %s, %v", name, got, err)
		}
		if got.Sub(now) > domain.MaxTokenLife*24*time.Hour {
			t.Errorf("%s: %s is too late", name, got)
		}
	}
}

func TestTokenLabels(t *testing.T) {
	t.Parallel()
	for label, want := range map[string]bool{
		"": true, "ESR export 2": true, "PBI-1.2_a": true, strings.Repeat("x", 40): true,
		strings.Repeat("x", 41): false, " a": false, "a\n": false, "<b>": false, "é": false, "a@b": false,
	} {
		if got := domain.ValidTokenLabel(label); got != want {
			t.Errorf("%q: %t", label, got)
		}
	}
}
