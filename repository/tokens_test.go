package repository_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"skillstracker/domain"
)

func asAdmin() domain.Actor {
	return domain.Actor{ID: "adminToken", Role: domain.RoleAdmin, Grant: domain.Grant{Kind: domain.ScopeAll}, RequestID: "request-1"}
}

func TestAdministratorsKeepTokens(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	first := newToken(t, domain.RoleHR, grantOf(domain.ScopeOrganisation, "RXA", "RXB"))
	first.Label = "ESR export 2"
	second := newToken(t, domain.RoleAuditor, grantOf(domain.ScopeICB, "QHL"))
	second.CreatedAt = second.CreatedAt.Add(time.Hour)
	for _, token := range []domain.StoredToken{first, second} {
		if err := r.CreateToken(t.Context(), asAdmin(), token); err != nil {
			t.Fatal(err)
		}
	}
	first.CreatedBy, second.CreatedBy = "adminToken", "adminToken"
	listed, total, err := r.Tokens(t.Context(), domain.Page{Limit: 10})
	if err != nil || total != 2 {
		t.Fatalf("%d tokens, %v", total, err)
	}
	if diff := cmp.Diff([]domain.StoredToken{second, first}, listed, cmpopts.EquateApproxTime(0), cmpopts.IgnoreFields(domain.StoredToken{}, "Secret")); diff != "" {
		t.Errorf("listed, newest first (-stored +listed):\n%s", diff)
	}
	for _, token := range listed {
		if token.Secret != [32]byte{} {
			t.Error("a list shows what is stored of a secret")
		}
	}
	for offset, want := range []int{2, 1, 0, 0} {
		if page, total, err := r.Tokens(t.Context(), domain.Page{Limit: 10, Offset: offset}); err != nil || len(page) != want || total != 2 {
			t.Errorf("from %d on there are %d of %d, %v", offset, len(page), total, err)
		}
	}
	found, err := r.Token(t.Context(), first.ID)
	if err != nil || !found.Accepts(first.Secret, madeAt()) || found.Accepts(second.Secret, madeAt()) {
		t.Errorf("found %+v, %v", found, err)
	}
	for range 2 {
		if err := r.RevokeToken(t.Context(), asAdmin(), first.ID, madeAt().Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	if found, err = r.Token(t.Context(), first.ID); err != nil || found.Accepts(first.Secret, madeAt()) || !found.RevokedAt.Equal(madeAt().Add(time.Minute)) {
		t.Errorf("after the revocation %+v, %v", found, err)
	}
	if err := r.RevokeToken(t.Context(), asAdmin(), "0123456789", madeAt()); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("an unknown one: %v", err)
	}
	audited := column(t, r.admin, `SELECT concat_ws(' ', coalesce(organisation, '-'), actor, role, operation, object, request_id, outcome) FROM audit_event WHERE operation LIKE '%Token' ORDER BY id`)
	want := []string{
		"- adminToken admin createToken " + first.ID + " hr organisation RXA,RXB request-1 done",
		"- adminToken admin createToken " + second.ID + " auditor icb QHL request-1 done",
		"- adminToken admin revokeToken " + first.ID + " request-1 done",
		"- adminToken admin revokeToken " + first.ID + " request-1 done",
	}
	if diff := cmp.Diff(want, audited); diff != "" {
		t.Errorf("audit rows (-want +got):\n%s", diff)
	}
}

func TestTokensThatAreNotKept(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	for name, change := range map[string]func(*domain.StoredToken){
		"an unknown organisation": func(s *domain.StoredToken) { s.Grant = grantOf(domain.ScopeOrganisation, "RXA", "RZZ") },
		"an ICB as organisation":  func(s *domain.StoredToken) { s.Grant = grantOf(domain.ScopeOrganisation, "QHL") },
		"the nation":              func(s *domain.StoredToken) { s.Grant = grantOf(domain.ScopeOrganisation, domain.NationCode) },
		"the nation as region":    func(s *domain.StoredToken) { s.Grant = grantOf(domain.ScopeRegion, domain.NationCode) },
		"an odd label":            func(s *domain.StoredToken) { s.Label = "<b>" },
		"a long label":            func(s *domain.StoredToken) { s.Label = strings.Repeat("x", 41) },
		"an end after two years":  func(s *domain.StoredToken) { s.ExpiresAt = s.CreatedAt.AddDate(2, 0, 0) },
	} {
		token := newToken(t, domain.RoleHR, grantOf(domain.ScopeOrganisation, "RXA"))
		change(&token)
		err := r.CreateToken(t.Context(), asAdmin(), token)
		if refusal, ok := errors.AsType[*domain.Error](err); !ok || refusal.Kind != domain.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if left := column(t, r.admin, `SELECT id FROM access_token UNION ALL SELECT operation FROM audit_event WHERE operation = 'createToken'`); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// mergedRegister is newRegister after mergers: RXB took over from RXA, RXD before that
// from RXE; RXF was split between RXB and RXC; RXG goes on beside the one that took over
// a part of it, and RXH is taken over only later.
func mergedRegister(t *testing.T) register {
	t.Helper()
	r := newRegister(t)
	closing := open(nil, datePointer(date(2026, 3, 31)))
	importAll(t, r.Store, edition(
		date(2026, 4, 1), entry("RXA", "Trust A (synthetic)", closing), entry("RXE", "Trust E (synthetic)", inICB("Y60", "QUA"), open(nil, datePointer(date(2025, 3, 31)))),
		entry("RXF", "Trust F (synthetic)", closing), entry("RXG", "Trust G (synthetic)", inICB("Y60", "QUA")), entry("RXH", "Trust H (synthetic)", inICB("Y60", "QUA"), open(nil, datePointer(date(2026, 12, 31)))),
	))
	april := date(2026, 4, 1)
	importSuccessions(
		t, r.Store, successor("RXA", "RXB", april), successor("RXE", "RXA", date(2025, 4, 1)), successor("RXF", "RXB", april), successor("RXF", "RXC", april),
		successor("RXG", "RXB", april), successor("RXH", "RXB", date(2027, 1, 1)),
	)
	return r
}

func TestAScopeIncludesItsSolePredecessorsToRead(t *testing.T) {
	t.Parallel()
	r := mergedRegister(t)
	before, after, later := date(2026, 3, 31), date(2026, 4, 1), date(2027, 1, 1)
	for _, c := range []struct {
		grant                    domain.Grant
		on                       domain.Date
		covers, readOnly, follow string
	}{
		{grantOf(domain.ScopeOrganisation, "RXB"), after, "RXA RXB RXE", "RXA RXE", "RXB RXB"},
		{grantOf(domain.ScopeOrganisation, "RXB"), later, "RXA RXB RXE RXH", "RXA RXE RXH", "RXB RXB RXB"},
		{grantOf(domain.ScopeOrganisation, "RXB"), before, "RXB", "", ""},
		{grantOf(domain.ScopeOrganisation, "RXA"), before, "RXA RXE", "RXE", "RXA"},
		// Who was given the predecessor itself keeps it, and it alone.
		{grantOf(domain.ScopeOrganisation, "RXA"), after, "RXA", "", ""},
		{grantOf(domain.ScopeOrganisation, "RXA", "RXB"), after, "RXA RXB RXE", "RXE", "RXB"},
		{grantOf(domain.ScopeOrganisation, "RXC"), after, "RXC", "", ""},
		{grantOf(domain.ScopeOrganisation, "RXF"), after, "RXF", "", ""},
		{grantOf(domain.ScopeOrganisation, "RXG"), after, "RXG", "", ""},
		// Of an area: RXE was in another one.
		{grantOf(domain.ScopeICB, "QHL"), after, "RXA RXB RXE RXF", "RXE", "RXB"},
		{grantOf(domain.ScopeICB, "QUA"), after, "RXC RXE RXG RXH", "", ""},
		{grantOf(domain.ScopeRegion, "Y60"), after, "RXA RXB RXC RXE RXF RXG RXH", "", ""},
		{grantOf(domain.ScopeAll), after, "RXA RXB RXC RXE RXF RXG RXH", "", ""},
	} {
		got, err := r.Resolve(t.Context(), c.grant, c.on, 0)
		if err != nil || strings.Join(got.Organisations, " ") != c.covers || strings.Join(got.ReadOnly, " ") != c.readOnly || strings.Join(got.Followers, " ") != c.follow {
			t.Errorf("%+v on %s covers %+v, %v, want %q, %q to read only", c.grant, c.on, got, err, c.covers, c.readOnly)
		}
	}
}

// An ICB that took over from another one covers the organisations that the last edition
// still puts under the old code, as totals as they are now do.
func TestAnAreaIncludesItsSolePredecessors(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	importAll(t, r.Store, edition(date(2026, 1, 1), entry("QZ1", "ICB (synthetic)", ofKind(domain.KindICB), inICB("Y60", ""))),
		edition(date(2026, 1, 2), entry("QUA", "ICB that ends (synthetic)", ofKind(domain.KindICB), inICB("Y60", ""), open(nil, datePointer(date(2026, 3, 31))))))
	importSuccessions(t, r.Store, successor("QUA", "QZ1", date(2026, 4, 1)))
	for on, want := range map[domain.Date][]string{date(2026, 3, 31): nil, date(2026, 4, 1): {"RXC"}} {
		got, err := r.Resolve(t.Context(), grantOf(domain.ScopeICB, "QZ1"), on, 0)
		if err != nil || !slices.Equal(got.Organisations, want) || len(got.ReadOnly) > 0 {
			t.Errorf("on %s it covers %+v, %v", on, got, err)
		}
	}
}

// What the registry says counts at the next request, and between two imports a scope is
// worked out once.
func TestAnImportCountsAtTheNextRequest(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	token := newToken(t, domain.RoleHR, grantOf(domain.ScopeICB, "QHL"))
	if err := r.CreateToken(t.Context(), asAdmin(), token); err != nil {
		t.Fatal(err)
	}
	today := date(2026, 10, 31)
	covers := func() (string, int64) {
		t.Helper()
		found, err := r.Token(t.Context(), token.ID)
		if err != nil {
			t.Fatal(err)
		}
		scope, err := r.Resolve(t.Context(), found.Grant, today, found.Registry)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(scope.Organisations, " "), found.Registry
	}
	first, version := covers()
	if first != "RXA RXB" || version == 0 {
		t.Fatalf("covers %q at %d", first, version)
	}
	// Behind the back of the registry's changes nothing is noticed: the answer was kept.
	run(t, r.admin, `UPDATE organisation_version SET icb = 'QUA' WHERE code = 'RXB'`)
	if again, same := covers(); again != first || same != version {
		t.Errorf("covers %q at %d without an import", again, same)
	}
	run(t, r.admin, `UPDATE organisation_version SET icb = 'QHL' WHERE code = 'RXB'`)
	r.store(t, staffList("RXA", date(2026, 9, 30), 3))
	if _, same := covers(); same != version {
		t.Errorf("an upload is a version of the registry: %d after %d", same, version)
	}
	importAll(t, r.Store, edition(date(2026, 6, 1), entry("RXC", "Trust C (synthetic)"), entry("RXA", "Trust A (synthetic)", inICB("Y60", "QUA"))))
	second, newer := covers()
	if second != "RXB RXC" || newer <= version {
		t.Errorf("after the import it covers %q at %d", second, newer)
	}
	importAll(t, r.Store, edition(date(2026, 6, 1), entry("RXC", "Trust C (synthetic)"), entry("RXA", "Trust A (synthetic)", inICB("Y60", "QUA"))))
	if _, same := covers(); same != newer {
		t.Errorf("an import that changes nothing is a version: %d after %d", same, newer)
	}
	importAll(t, r.Store, edition(date(2026, 7, 1), entry("RXA", "Trust A (synthetic)", inICB("Y60", "QUA"), open(nil, datePointer(date(2026, 7, 31))))))
	importSuccessions(t, r.Store, successor("RXA", "RXB", date(2026, 8, 1)))
	if third, _ := covers(); third != "RXA RXB RXC" {
		t.Errorf("after the succession it covers %q", third)
	}
	// A transaction that ends without a commit is no version.
	if got, want := one(t, r.admin, `SELECT registry_version FROM register`), one(t, r.admin, `SELECT max(id) FROM change WHERE kind IN ('seed', 'organisations_import', 'successions_import')`); got != want {
		t.Errorf("the version is %s and the last change of the registry %s", got, want)
	}
}

func TestPredecessorsAreReadAndNotWritten(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	held := r.store(t, staffList("RXA", date(2026, 9, 30), 3))
	actor := hr("RXA", "RXB")
	actor.ReadOnly, actor.Followers = []string{"RXA"}, []string{"RXB"}
	before := contents(t, r)
	for name, write := range map[string]func() error{
		"an upload": func() error {
			_, err := r.StoreUpload(t.Context(), actor, staffList("RXA", date(2026, 9, 30), 3))
			return err
		},
		"a preview": func() error {
			file := staffList("RXA", date(2026, 9, 30), 3)
			file.CheckOnly = true
			_, err := r.StoreUpload(t.Context(), actor, file)
			return err
		},
		"a void": func() error {
			_, err := r.VoidUpload(t.Context(), actor, held.ID)
			return err
		},
	} {
		refusal, ok := errors.AsType[*domain.Error](write())
		if !ok || refusal.Kind != domain.KindForbidden || refusal.Code != "read_only_predecessor" || !strings.Contains(refusal.Message, "RXB") {
			t.Errorf("%s: %v", name, refusal)
		}
	}
	grown, ended := wantGrown(t, before, contents(t, r))
	if len(grown)+len(ended) > 0 {
		t.Errorf("written: %v, ended: %v", grown, ended)
	}
	if upload, err := r.Upload(t.Context(), actor, held.ID, 0); err != nil || upload.Organisation != "RXA" {
		t.Errorf("the upload is read as %+v, %v", upload, err)
	}
	exported := 0
	err := r.Export(t.Context(), actor, domain.ExportQuery{Kind: domain.ExportStaff, Organisations: []string{"RXA"}, AsAt: date(2026, 10, 31)}, func([][]byte) error {
		exported++
		return nil
	})
	if err != nil || exported != 3 {
		t.Errorf("%d rows are exported, %v", exported, err)
	}
	if _, err := r.StoreUpload(t.Context(), actor, staffList("RXB", date(2026, 9, 30), 3)); err != nil {
		t.Errorf("an upload of the successor: %v", err)
	}
}
