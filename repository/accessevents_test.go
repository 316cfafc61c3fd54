package repository_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"skillstracker/domain"
	"skillstracker/repository/pgtest"
)

// What is given, and what is taken, stands in the audit trail, and what is long is
// shortened to what the contract says of an event.
func TestEventsOfAccessNameRolesAndScopes(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t)
	store, admin := database.Store(t), database.Admin(t)
	many := domain.OrganisationImport{Edition: date(2025, 1, 1)}
	var codes []string
	for n := range 500 {
		codes = append(codes, fmt.Sprintf("T%08d", n))
		many.Entries = append(many.Entries, domain.OrganisationEntry{Code: codes[n], Name: "Trust (synthetic)", Kind: domain.KindTrust, Sector: "Acute", Region: "Y60", ICB: "QHL", Synthetic: true})
	}
	actor := domain.Actor{ID: "abcdefghij", Role: domain.RoleAdmin, RequestID: "request-1"}
	if _, err := store.ImportOrganisations(t.Context(), actor, many); err != nil {
		t.Fatal(err)
	}
	now, person := time.Date(2026, time.November, 22, 9, 30, 0, 0, time.UTC), somebody("a")
	few := domain.Grant{Kind: domain.ScopeOrganisation, Codes: codes[:2]}
	all := domain.Grant{Kind: domain.ScopeOrganisation, Codes: codes}
	set := func(role domain.Role, grant domain.Grant) {
		t.Helper()
		if _, err := store.SetUser(t.Context(), actor, domain.User{ID: person, Role: role, Grant: grant, GrantedAt: now}); err != nil {
			t.Fatal(err)
		}
	}
	start := func(provider string, granted *domain.SessionGrant) {
		t.Helper()
		if err := store.StartSession(t.Context(), domain.NewSession{Secret: secretHash(t), UserID: person, Provider: provider, Granted: granted, At: now}, nil, "request-1"); err != nil {
			t.Fatal(err)
		}
	}
	remove := func() error { return store.RemoveUser(t.Context(), actor, person, now) }
	set(domain.RoleHR, few)
	start("test", nil)
	set(domain.RolePlanner, domain.Grant{Kind: domain.ScopeAll})
	start("test", &domain.SessionGrant{Role: domain.RoleManager, Grant: few})
	if err := remove(); err != nil {
		t.Fatal(err)
	}
	set(domain.RoleManager, all)
	set(domain.RoleAuditor, all)
	start(strings.Repeat("p", 40), nil)
	token := domain.StoredToken{ID: "0123456789", Role: domain.RoleManager, Grant: all, CreatedAt: now, ExpiresAt: now.Add(time.Hour)}
	if err := store.CreateToken(t.Context(), actor, token); err != nil {
		t.Fatal(err)
	}
	if err := remove(); err != nil {
		t.Fatal(err)
	}
	if err := remove(); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("removed again: %v", err)
	}

	named := strings.Join(codes[:40], ",") + " and others, 500 in all"
	two := codes[0] + "," + codes[1]
	want := []string{
		"setUser " + person + " hr organisation " + two,
		"signIn provider test hr organisation " + two,
		"setUser " + person + " planner all, before hr organisation " + two,
		"signIn provider test manager organisation " + two,
		"removeUser " + person + " planner all",
		"setUser " + person + " manager organisation " + named,
		"setUser " + person + " auditor organisation " + named + ", before manager organisation " + named,
		"signIn provider " + strings.Repeat("p", 40) + " auditor organisation " + named,
		"createToken 0123456789 manager organisation " + named,
		"removeUser " + person + " auditor organisation " + named,
	}
	if got := column(t, admin, `SELECT operation || ' ' || object FROM audit_event WHERE operation <> 'importOrganisations' AND outcome = 'done' ORDER BY id`); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if longest := one(t, admin, `SELECT max(char_length(object)) <= 1000 FROM audit_event`); longest != "true" {
		t.Error("an event is longer than the contract says")
	}
}

// Each role that holds is listed with the sessions that act in it, and taking a role away
// ends the sessions of somebody who has one by claims alone.
func TestRolesOfClaimsAreListedAndEnded(t *testing.T) {
	t.Parallel()
	store := pgtest.New(t).Store(t)
	now := time.Date(2026, time.November, 22, 9, 30, 0, 0, time.UTC)
	actor := domain.Actor{ID: "abcdefghij", Role: domain.RoleAdmin, RequestID: "request-1"}
	all := domain.Grant{Kind: domain.ScopeAll}
	start := func(person string, role domain.Role) [32]byte {
		t.Helper()
		session := domain.NewSession{Secret: secretHash(t), UserID: person, Provider: "test", At: now}
		if role != "" {
			session.Granted = &domain.SessionGrant{Role: role, Grant: all}
		}
		if err := store.StartSession(t.Context(), session, nil, "request-1"); err != nil {
			t.Fatal(err)
		}
		return session.Secret
	}
	listed := func() []string {
		t.Helper()
		users, total, err := store.Users(t.Context(), domain.Page{Limit: 10}, now)
		if err != nil || total != len(users) {
			t.Fatalf("%d of %d users, %v", len(users), total, err)
		}
		var texts []string
		for _, user := range users {
			texts = append(texts, fmt.Sprintf("%s %s %s %d", user.ID, user.GrantedBy, user.Role, user.Sessions))
		}
		slices.Sort(texts)
		return texts
	}
	both, claimed := somebody("both"), somebody("claims")
	if _, err := store.SetUser(t.Context(), actor, domain.User{ID: both, Role: domain.RolePlanner, Grant: all, GrantedAt: now}); err != nil {
		t.Fatal(err)
	}
	start(both, "")
	start(both, domain.RoleHR)
	start(both, domain.RoleHR)
	start(both, domain.RoleManager)
	secret := start(claimed, domain.RoleHR)
	if user, err := store.SetUser(t.Context(), actor, domain.User{ID: both, Role: domain.RoleAuditor, Grant: all, GrantedAt: now}); err != nil || user.Sessions != 1 {
		t.Errorf("%d sessions act in the role that was given, %v", user.Sessions, err)
	}
	want := []string{both + " abcdefghij auditor 1", both + " claims hr 2", both + " claims manager 1", claimed + " claims hr 1"}
	slices.Sort(want)
	if got := listed(); !slices.Equal(got, want) {
		t.Errorf("listed %q, want %q", got, want)
	}
	if session, err := store.Session(t.Context(), secret, now); err != nil || !session.ByClaims {
		t.Errorf("%+v, %v", session, err)
	}
	for _, person := range []string{claimed, both} {
		if err := store.RemoveUser(t.Context(), actor, person, now); err != nil {
			t.Error(err)
		}
		if err := store.RemoveUser(t.Context(), actor, person, now); domain.KindOf(err) != domain.KindNotFound {
			t.Errorf("removed again: %v", err)
		}
	}
	if _, err := store.Session(t.Context(), secret, now); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("the session lasts: %v", err)
	}
	if got := listed(); len(got) > 0 {
		t.Errorf("left: %q", got)
	}
}

// A provider that names a person and a session means, of the sessions of that person,
// those too of which it never told an id.
func TestProvidersEndSessionsWithoutAnID(t *testing.T) {
	t.Parallel()
	store := pgtest.New(t).Store(t)
	now := time.Date(2026, time.November, 22, 9, 30, 0, 0, time.UTC)
	lasting := func(logout domain.ProviderLogout) []string {
		t.Helper()
		started := map[string][32]byte{}
		for _, person := range []string{"one", "two"} {
			for _, sid := range []string{"", "a", "b"} {
				session := domain.NewSession{
					Secret: secretHash(t), UserID: somebody(person), Provider: "test", SID: sid, At: now,
					Granted: &domain.SessionGrant{Role: domain.RoleHR, Grant: domain.Grant{Kind: domain.ScopeAll}},
				}
				if err := store.StartSession(t.Context(), session, nil, "request-1"); err != nil {
					t.Fatal(err)
				}
				started[person+sid] = session.Secret
			}
		}
		logout.Provider, logout.BegunBy = "test", now
		if _, err := store.EndProviderSessions(t.Context(), logout, now, "request-2"); err != nil {
			t.Fatal(err)
		}
		var left []string
		for name, secret := range started {
			if _, err := store.Session(t.Context(), secret, now); err == nil {
				left = append(left, name)
			}
		}
		slices.Sort(left)
		return left
	}
	for _, test := range []struct {
		logout domain.ProviderLogout
		left   []string
	}{
		{domain.ProviderLogout{UserID: somebody("one"), SID: "a"}, []string{"oneb", "two", "twoa", "twob"}},
		{domain.ProviderLogout{UserID: somebody("one")}, []string{"two", "twoa", "twob"}},
		{domain.ProviderLogout{SID: "a"}, []string{"one", "oneb", "two", "twob"}},
		{domain.ProviderLogout{}, []string{"one", "onea", "oneb", "two", "twoa", "twob"}},
	} {
		if left := lasting(test.logout); !slices.Equal(left, test.left) {
			t.Errorf("%+v leaves %q, want %q", test.logout, left, test.left)
		}
	}
}

// Whoever waits to become the first administrator holds nothing that somebody needs who
// gives roles: the end of the audit chain would be locked by one and the roles by another.
func TestFirstAdministratorWaitsWithoutLocks(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t)
	store, admin := database.Store(t), database.Admin(t)
	now := time.Date(2026, time.November, 22, 9, 30, 0, 0, time.UTC)
	link := secretHash(t)
	if err := store.MakeAdminLink(t.Context(), link, now); err != nil {
		t.Fatal(err)
	}
	session := domain.NewSession{
		Secret: secretHash(t), UserID: somebody("a"), Provider: "test", At: now,
		Granted: &domain.SessionGrant{Role: domain.RoleHR, Grant: domain.Grant{Kind: domain.ScopeAll}},
	}
	if err := store.StartSession(t.Context(), session, nil, "request-1"); err != nil {
		t.Fatal(err)
	}
	giving, err := admin.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = giving.Rollback() }()
	run(t, giving, `LOCK TABLE user_account IN ROW EXCLUSIVE MODE`)
	before := session.Secret
	session.Replaces, session.Secret = &before, secretHash(t)
	ended := make(chan error, 1)
	go func() { ended <- store.StartSession(t.Context(), session, &link, "request-2") }()
	blocked(t, admin, ended)
	if got := column(t, giving, `SELECT organisation FROM audit_head WHERE organisation = '-' FOR UPDATE SKIP LOCKED`); len(got) != 1 {
		t.Error("the end of the audit chain is locked while the role is waited for")
	}
	if err := giving.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := store.Session(t.Context(), before, now); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("the session that the browser had lasts: %v", err)
	}
}
