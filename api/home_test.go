package api_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"skillstracker/api"
	"skillstracker/domain"
)

func TestHome(t *testing.T) {
	t.Parallel()
	s := newService(t)
	got := s.get(domain.RoleManager, "/").ok(http.StatusOK).has(
		`<html lang="en-GB">`, `<meta charset="utf-8">`, "University Hospitals Birmingham (RRK)", "Coventry &lt;&amp; Warwickshire&gt;",
		`href="/api/v1/reports/digital-literacy.xlsx?as_at=2026-10-31&amp;organisation=RRK"`, `href="/api/v1/reports/rollup.xlsx?as_at=2026-10-31&amp;profile=management"`, `href="/api/v1/reports/vacancies.xlsx?as_at=2025-11-30&amp;organisation=RYG"`,
		"Vacancy report, RYG, Nov 2025 (Excel, XLSX)",
	).lacks("<script", " style=", "Synthetic", "RA7", "Next page", "http:", "https:", "people.xlsx")
	for what, count := range map[string]int{"<h1": 1, "<h2": 3, "<table": 3, "<caption": 3, `scope="col"`: 8, `scope="row"`: 36, "<th": 44 + 3, "<a ": 180, "<title>": 1, "<main": 1} {
		if found := strings.Count(got.body, what); found != count {
			t.Errorf("%d of %s, want %d", found, what, count)
		}
	}
	style := regexp.MustCompile(`(?s)<style>(.*)</style>`).FindStringSubmatch(got.body)
	sum := sha256.Sum256([]byte(style[1]))
	if !strings.Contains(got.header.Get("Content-Security-Policy"), "sha256-"+base64.StdEncoding.EncodeToString(sum[:])) {
		t.Error("the policy does not let the page's own style through")
	}
	texts := map[string]bool{}
	for _, link := range regexp.MustCompile(`<a [^>]*>([^<]*)</a>`).FindAllStringSubmatch(got.body, -1) {
		if texts[link[1]] {
			t.Errorf("two links read %q", link[1])
		}
		texts[link[1]] = true
	}
	links := regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(got.body, -1)
	if nation := strings.Index(got.body, "<h2>England</h2>"); nation < 0 || nation > strings.Index(got.body, "(RRK)") {
		t.Error("the report about England is not the first")
	}
	for _, i := range []int{0, 1, len(links) - 1} {
		s.get(domain.RoleManager, strings.ReplaceAll(links[i][1], "&amp;", "&")).ok(http.StatusOK)
	}
}

func TestHomeSaysWhenFiguresAreMadeUp(t *testing.T) {
	t.Parallel()
	newService(t, func(deps *api.Deps) { deps.Synthetic = true }).get(domain.RoleManager, "/").ok(http.StatusOK).has("Synthetic data.")
}

func TestHomeHasPages(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var codes []string
	for i := range 23 {
		codes = append(codes, fmt.Sprintf("R%02d", i))
	}
	s.tokens[domain.RoleManager] = s.token(domain.RoleManager, domain.Grant{Kind: domain.ScopeOrganisation, Codes: codes}, func(*domain.StoredToken) {})
	s.get(domain.RoleManager, "/").ok(http.StatusOK).has("Page 1 of 3", "<h2>England</h2>", "<h2>R00</h2>", "R09", `href="/?page=2" rel="next"`).lacks("R10", "Previous page")
	s.get(domain.RoleManager, "/?page=2").ok(http.StatusOK).has("R10", "R19", `href="/?page=1" rel="prev"`, `href="/?page=3"`).lacks("R09", "R20", "rollup")
	s.get(domain.RoleManager, "/?page=3").ok(http.StatusOK).has("R20", "R22", "23 organisations").lacks("Next page", "rollup")
	s.get(domain.RoleManager, "/?page=4").problem(http.StatusNotFound, "page_not_found")
	s.get(domain.RoleManager, "/?page=0").problem(http.StatusBadRequest, "invalid_parameters")
}

// Whoever plans for a region or for ICBs finds the reports about them before that about
// the nation and those of single organisations.
func TestHomeListsTheAreasOfAToken(t *testing.T) {
	t.Parallel()
	for parameter, grant := range map[string]domain.Grant{
		"region": {Kind: domain.ScopeRegion, Codes: []string{"Y60"}},
		"icb":    {Kind: domain.ScopeICB, Codes: []string{"QUA", "QHL"}},
	} {
		s := newService(t)
		s.tokens[domain.RolePlanner] = s.token(domain.RolePlanner, grant, func(*domain.StoredToken) {})
		got := s.get(domain.RolePlanner, "/").ok(http.StatusOK)
		last := 0
		for _, code := range append(slices.Sorted(slices.Values(grant.Codes)), domain.Nation) {
			at := strings.Index(got.body, code)
			if at <= last {
				t.Errorf("%s is at %d, not after %d", code, at, last)
			}
			last = at
		}
		for _, code := range grant.Codes {
			got.has("/api/v1/reports/rollup.xlsx?as_at=2026-10-31&amp;" + parameter + "=" + code)
		}
	}
}

// Administrators and auditors have no reports: the page leads them to what they have.
func TestHomeOfRolesWithoutReports(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.get(domain.RoleAdmin, "/").ok(http.StatusOK).has("<h1>Start</h1>", "This role has no reports", `href="/api/v1/users"`, `href="/api/v1/tokens"`).lacks("<h2", "rollup", "Sign out", "Next page")
	s.get(domain.RoleAuditor, "/").ok(http.StatusOK).has(`href="/api/v1/audit"`).lacks("/api/v1/users", "<h2")
	s.get(domain.RoleAdmin, "/?page=2").problem(http.StatusNotFound, "page_not_found")
}
