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
	"skillstracker/repository"
	"skillstracker/repository/pgtest"
)

// madeAt is a time to the microsecond, as the database keeps it.
func madeAt() time.Time { return time.Date(2026, time.October, 31, 12, 30, 15, 123_456_000, time.UTC) }

// newToken is a token of 90 days that is not stored yet.
func newToken(t *testing.T, role domain.Role, grant domain.Grant) domain.StoredToken {
	t.Helper()
	_, id, secret, err := domain.NewToken()
	if err != nil {
		t.Fatal(err)
	}
	return domain.StoredToken{ID: id, Secret: secret, Role: role, Grant: grant, CreatedAt: madeAt(), ExpiresAt: madeAt().AddDate(0, 0, 90)}
}

func grantOf(kind domain.ScopeKind, codes ...string) domain.Grant {
	return domain.Grant{Kind: kind, Codes: codes}
}

func TestTokensAreStoredListedFoundAndRevoked(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	owner := r.database.Owner(t)
	tokens := []domain.StoredToken{
		newToken(t, domain.RoleHR, grantOf(domain.ScopeOrganisation, "RXA", "RXB")), newToken(t, domain.RolePlanner, grantOf(domain.ScopeICB, "QHL")),
		newToken(t, domain.RoleManager, grantOf(domain.ScopeRegion, "Y60")), newToken(t, domain.RoleAdmin, grantOf(domain.ScopeAll)),
	}
	for i := range tokens {
		tokens[i].CreatedAt = tokens[i].CreatedAt.Add(-time.Duration(i) * time.Hour)
		if err := owner.CreateToken(t.Context(), tokens[i]); err != nil {
			t.Fatal(err)
		}
	}
	same := []cmp.Option{cmpopts.EquateEmpty(), cmpopts.EquateApproxTime(0)}
	listed, err := owner.Tokens(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range tokens {
		tokens[i].CreatedBy = "command"
	}
	if diff := cmp.Diff(tokens, listed, append(same, cmpopts.IgnoreFields(domain.StoredToken{}, "Secret"))...); diff != "" {
		t.Errorf("listed, newest first (-stored +listed):\n%s", diff)
	}
	for _, token := range listed {
		if token.Secret != [32]byte{} {
			t.Error("a list shows what is stored of a secret")
		}
	}
	for _, token := range tokens {
		found, err := r.Token(t.Context(), token.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(token, found, append(same, cmpopts.IgnoreFields(domain.StoredToken{}, "CreatedAt", "CreatedBy", "Registry"))...); diff != "" {
			t.Errorf("found (-stored +found):\n%s", diff)
		}
		if !found.Accepts(token.Secret, madeAt()) {
			t.Error("a stored token is not accepted")
		}
	}
	revoked := madeAt().Add(time.Minute)
	for _, at := range []time.Time{revoked, revoked.Add(time.Hour)} {
		if err := owner.RevokeToken(t.Context(), tokens[0].ID, at); err != nil {
			t.Fatal(err)
		}
	}
	found, err := r.Token(t.Context(), tokens[0].ID)
	if err != nil || found.RevokedAt == nil || !found.RevokedAt.Equal(revoked) || found.Accepts(tokens[0].Secret, madeAt()) {
		t.Errorf("the revoked token is found as %+v, %v", found, err)
	}
	if other, err := r.Token(t.Context(), tokens[1].ID); err != nil || other.RevokedAt != nil {
		t.Errorf("another token: %+v, %v", other, err)
	}
	audited := column(t, r.database.Admin(t), `SELECT concat_ws(' ', actor, role, operation, object, outcome) FROM audit_event WHERE operation LIKE '%Token' ORDER BY id`)
	want := []string{
		"command admin createToken " + tokens[0].ID + " hr organisation RXA,RXB done", "command admin createToken " + tokens[1].ID + " planner icb QHL done",
		"command admin createToken " + tokens[2].ID + " manager region Y60 done", "command admin createToken " + tokens[3].ID + " admin all done",
		"command admin revokeToken " + tokens[0].ID + " done", "command admin revokeToken " + tokens[0].ID + " done",
	}
	if diff := cmp.Diff(want, audited); diff != "" {
		t.Errorf("audit rows (-want +got):\n%s", diff)
	}
}

func TestUnknownTokensAreNotFound(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	for _, id := range []string{"0123456789", "", "' OR true --", strings.Repeat("x", 10_000)} {
		if found, err := r.Token(t.Context(), id); domain.KindOf(err) != domain.KindNotFound {
			t.Errorf("%.20q is found as %+v, %v", id, found, err)
		}
		if err := r.NoteUse(t.Context(), id); err != nil {
			t.Errorf("the use of %.20q: %v", id, err)
		}
	}
	if err := r.database.Owner(t).RevokeToken(t.Context(), "0123456789", madeAt()); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("revoked: %v", err)
	}
	if got := one(t, r.database.Admin(t), `SELECT count(*) FROM audit_event WHERE operation = 'revokeToken'`); got != "0" {
		t.Errorf("%s audit rows of what was not done", got)
	}
}

func TestTheUseOfATokenIsNotedOnceAMinute(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	token := newToken(t, domain.RoleHR, grantOf(domain.ScopeOrganisation, "RXA"))
	if err := r.database.Owner(t).CreateToken(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	db := r.database.Admin(t)
	lastUse := func() string { return one(t, db, `SELECT last_used_at FROM access_token`) }
	note := func() string {
		t.Helper()
		if err := r.NoteUse(t.Context(), token.ID); err != nil {
			t.Fatal(err)
		}
		return lastUse()
	}
	if _, err := r.Token(t.Context(), token.ID); err != nil || lastUse() != "" {
		t.Errorf("looking a token up noted its use at %s, %v", lastUse(), err)
	}
	first := note()
	if first == "" {
		t.Error("the first use was not noted")
	}
	if second := note(); second != first {
		t.Errorf("a second use within the minute was noted: %s after %s", second, first)
	}
	run(t, db, `UPDATE access_token SET last_used_at = now() - interval '61 seconds'`)
	old := lastUse()
	if later := note(); later == old {
		t.Error("a use after a minute was not noted")
	}
	if found, err := r.Token(t.Context(), token.ID); err != nil || found.LastUsedAt == nil {
		t.Errorf("%+v, %v", found, err)
	}
}

func TestTokensThatMustNotBe(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	owner := r.database.Owner(t)
	valid := newToken(t, domain.RoleHR, grantOf(domain.ScopeOrganisation, "RXA"))
	if err := owner.CreateToken(t.Context(), valid); err != nil {
		t.Fatal(err)
	}
	with := func(change func(*domain.StoredToken)) domain.StoredToken {
		token := newToken(t, domain.RoleHR, grantOf(domain.ScopeOrganisation, "RXA"))
		change(&token)
		return token
	}
	for name, token := range map[string]domain.StoredToken{
		"the id of another":         with(func(s *domain.StoredToken) { s.ID = valid.ID }),
		"an id of another shape":    with(func(s *domain.StoredToken) { s.ID = "short" }),
		"an unknown role":           with(func(s *domain.StoredToken) { s.Role = "root" }),
		"an unknown kind of scope":  with(func(s *domain.StoredToken) { s.Grant = grantOf("planet", "RXA") }),
		"a scope without a code":    with(func(s *domain.StoredToken) { s.Grant = grantOf(domain.ScopeOrganisation) }),
		"a code of another kind":    with(func(s *domain.StoredToken) { s.Grant = grantOf(domain.ScopeICB, "RXA") }),
		"an ICB as organisation":    with(func(s *domain.StoredToken) { s.Grant = grantOf(domain.ScopeOrganisation, "QHL") }),
		"an unknown organisation":   with(func(s *domain.StoredToken) { s.Grant = grantOf(domain.ScopeOrganisation, "RXA", "RZZ") }),
		"an empty code":             with(func(s *domain.StoredToken) { s.Grant = grantOf(domain.ScopeOrganisation, "") }),
		"all and a code":            with(func(s *domain.StoredToken) { s.Grant = grantOf(domain.ScopeAll, "RXA") }),
		"an end before it is made":  with(func(s *domain.StoredToken) { s.ExpiresAt = s.CreatedAt }),
		"an end after two years":    with(func(s *domain.StoredToken) { s.ExpiresAt = s.CreatedAt.AddDate(2, 0, 0) }),
		"no time at which it began": with(func(s *domain.StoredToken) { s.CreatedAt = time.Time{} }),
	} {
		err := owner.CreateToken(t.Context(), token)
		refusal, ok := errors.AsType[*domain.Error](err)
		if !ok || refusal.Kind != domain.KindInvalid {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if strings.Contains(err.Error(), valid.ID) {
			t.Errorf("%s: the id is in %q", name, err)
		}
	}
	if tokens, err := owner.Tokens(t.Context()); err != nil || len(tokens) != 1 {
		t.Errorf("%d tokens, %v", len(tokens), err)
	}
}

func TestScopesFollowMembershipOnTheDay(t *testing.T) {
	t.Parallel()
	store := pgtest.New(t).Store(t)
	importAll(
		t, store,
		edition(date(2025, 1, 1), entry("XB2", "Two (synthetic)"), entry("XA1", "One (synthetic)"), entry("XC3", "Three (synthetic)", inICB("Y60", "QUA")),
			entry("XD4", "Care (synthetic)", ofKind(domain.KindSocialCare), inICB("Y56", "QKK")), entry("XE5", "Nowhere (synthetic)", inICB("", ""))),
		edition(date(2026, 1, 1), entry("XB2", "Two (synthetic)", inICB("Y56", "QKK")), entry("XC3", "Three (synthetic)", open(nil, datePointer(date(2025, 6, 30))), inICB("Y60", "QUA"))),
	)
	before, after := date(2025, 12, 31), date(2026, 1, 1)
	for _, c := range []struct {
		grant domain.Grant
		on    domain.Date
		want  []string
	}{
		{grantOf(domain.ScopeOrganisation, "XC3", "XA1"), before, []string{"XA1", "XC3"}},
		{grantOf(domain.ScopeOrganisation, "XZ9"), before, nil},
		{grantOf(domain.ScopeOrganisation, "QHL", "Y60"), before, nil},
		{grantOf(domain.ScopeICB, "QHL"), before, []string{"XA1", "XB2"}},
		{grantOf(domain.ScopeICB, "QHL"), after, []string{"XA1"}},
		{grantOf(domain.ScopeICB, "QKK"), after, []string{"XB2", "XD4"}},
		{grantOf(domain.ScopeICB, "QKK", "QUA"), before, []string{"XC3", "XD4"}},
		{grantOf(domain.ScopeRegion, "Y60"), date(2020, 1, 1), []string{"XA1", "XB2", "XC3"}},
		{grantOf(domain.ScopeRegion, "Y60"), after, []string{"XA1", "XC3"}},
		{grantOf(domain.ScopeRegion, "XA1"), after, nil},
		{grantOf(domain.ScopeAll), after, []string{"XA1", "XB2", "XC3", "XD4", "XE5"}},
	} {
		scope, err := store.Resolve(t.Context(), c.grant, c.on, 0)
		got := scope.Organisations
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%+v on %s covers %v, %v, want %v", c.grant, c.on, got, err, c.want)
		}
	}
	// What names nothing must never cover everything.
	for _, grant := range []domain.Grant{{}, {Kind: "planet"}, {Kind: domain.ScopeOrganisation}, {Kind: domain.ScopeICB}, {Kind: domain.ScopeRegion, Codes: []string{}}} {
		if got, err := store.Resolve(t.Context(), grant, after, 0); err == nil || len(got.Organisations) > 0 {
			t.Errorf("%+v covers %v, %v", grant, got, err)
		}
	}
}

func TestADatabaseIsMarkedSyntheticForGood(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t)
	store, owner := database.Store(t), database.Owner(t)
	for range 2 {
		if marked, err := store.Synthetic(t.Context()); err != nil || marked {
			t.Fatalf("%t, %v", marked, err)
		}
	}
	for range 2 {
		if err := owner.MarkSynthetic(t.Context()); err != nil {
			t.Fatal(err)
		}
		if marked, err := store.Synthetic(t.Context()); err != nil || !marked {
			t.Fatalf("%t, %v", marked, err)
		}
	}
	if err := store.Ping(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestOwnerNeedsADatabase(t *testing.T) {
	t.Parallel()
	owner, err := repository.OpenOwner(t.Context(), "postgres://skills_owner:Secret4711@/none?host=/nonexistent&connect_timeout=1")
	if domain.KindOf(err) != domain.KindUnavailable || owner != nil || strings.Contains(err.Error(), "Secret4711") {
		t.Errorf("%v, %v", owner, err)
	}
}
