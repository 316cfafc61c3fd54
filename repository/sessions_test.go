package repository_test

import (
	"crypto/rand"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"skillstracker/domain"
	"skillstracker/repository/localpg"
	"skillstracker/repository/pgtest"
)

// somebody is the id of a person who is made up.
func somebody(subject string) string { return domain.UserID("https://login.example", subject) }

func secretHash(t *testing.T) (hash [32]byte) {
	t.Helper()
	if _, err := rand.Read(hash[:]); err != nil {
		t.Fatal(err)
	}
	return hash
}

// The application sees nothing of people who sign in but through functions.
func TestPeopleAreReachedByFunctionsOnly(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t)
	db := openAs(t, database, localpg.RoleApp)
	for _, table := range []string{"user_account", "sign_in", "user_session", "admin_link"} {
		for _, statement := range []string{"SELECT FROM ", "DELETE FROM ", "TRUNCATE ", "INSERT INTO "} {
			if statement == "INSERT INTO " {
				table += " DEFAULT VALUES"
			}
			_, err := db.ExecContext(t.Context(), statement+table)
			if state, _ := sqlState(err); state != insufficientPrivilege {
				t.Errorf("%s%s: %v", statement, table, err)
			}
		}
	}
}

// However many sign in by links at once, one becomes the first administrator.
func TestThereIsOneFirstAdministrator(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t)
	store := database.Store(t)
	now := time.Date(2026, time.November, 22, 9, 30, 0, 0, time.UTC)
	const many = 8
	links := make([][32]byte, many)
	for i := range links {
		links[i] = secretHash(t)
		if err := store.MakeAdminLink(t.Context(), links[i], now); err != nil {
			t.Fatal(err)
		}
	}
	var group sync.WaitGroup
	outcomes := make([]error, many)
	for i := range links {
		session := domain.NewSession{Secret: secretHash(t), UserID: somebody(strings.Repeat("x", i)), Provider: "test", At: now}
		group.Go(func() { outcomes[i] = store.StartSession(t.Context(), session, &links[i/2], "request-1") })
	}
	group.Wait()
	done := 0
	for _, err := range outcomes {
		refused, ours := errors.AsType[*domain.Error](err)
		switch {
		case err == nil:
			done++
		case !ours || refused.Code != "link_not_accepted":
			t.Errorf("got %v", err)
		}
	}
	admin := database.Admin(t)
	if accounts := one(t, admin, `SELECT count(*) FROM user_account WHERE role = 'admin'`); done != 1 || accounts != "1" {
		t.Errorf("%d became administrator, %s accounts", done, accounts)
	}
	if events := one(t, admin, `SELECT count(*) FROM audit_event WHERE operation = 'createFirstAdministrator'`); events != "8" {
		t.Errorf("%s events", events)
	}
	if good, err := store.LinkIsGood(t.Context(), links[many-1], now); good || err != nil {
		t.Errorf("a link is good: %t, %v", good, err)
	}
	if found, err := store.HasAdministrator(t.Context()); !found || err != nil {
		t.Errorf("no administrator: %v", err)
	}
}

// A change that cannot be written down does not happen: no session, no role, no link.
func TestPeopleWithoutAuditDoNotHappen(t *testing.T) {
	t.Parallel()
	database := pgtest.New(t)
	store := database.Store(t)
	admin := database.Admin(t)
	now := time.Date(2026, time.November, 22, 9, 30, 0, 0, time.UTC)
	actor := domain.Actor{ID: "abcdefghij", Role: domain.RoleAdmin, RequestID: "request-1"}
	user := domain.User{ID: somebody("a"), Role: domain.RolePlanner, Grant: domain.Grant{Kind: domain.ScopeAll}, GrantedAt: now}
	if _, err := store.SetUser(t.Context(), actor, user); err != nil {
		t.Fatal(err)
	}
	session := domain.NewSession{Secret: secretHash(t), UserID: user.ID, Provider: "test", At: now}
	if err := store.StartSession(t.Context(), session, nil, "request-1"); err != nil {
		t.Fatal(err)
	}
	run(t, admin, `REVOKE INSERT ON audit_event FROM skills_app`)
	before := one(t, admin, `SELECT (SELECT string_agg(u::text, ';') FROM user_account u) || (SELECT string_agg(s::text, ';') FROM user_session s) || (SELECT count(*) FROM admin_link)`)
	other := session
	other.Secret = secretHash(t)
	for name, try := range map[string]func() error{
		"StartSession": func() error { return store.StartSession(t.Context(), other, nil, "request-2") },
		"EndSession":   func() error { return store.EndSession(t.Context(), session.Secret, now, "request-2") },
		"EndProviderSessions": func() error {
			_, err := store.EndProviderSessions(t.Context(), domain.ProviderLogout{Provider: "test", UserID: user.ID, BegunBy: now}, now, "request-2")
			return err
		},
		"SetUser": func() error {
			_, err := store.SetUser(t.Context(), actor, domain.User{ID: user.ID, Role: domain.RoleHR, Grant: user.Grant, GrantedAt: now})
			return err
		},
		"RemoveUser":      func() error { return store.RemoveUser(t.Context(), actor, user.ID, now) },
		"EndUserSessions": func() error { return store.EndUserSessions(t.Context(), actor, user.ID, now) },
		"MakeAdminLink":   func() error { return store.MakeAdminLink(t.Context(), secretHash(t), now) },
	} {
		if err := try(); err == nil {
			t.Errorf("%s happened", name)
		}
	}
	if after := one(t, admin, `SELECT (SELECT string_agg(u::text, ';') FROM user_account u) || (SELECT string_agg(s::text, ';') FROM user_session s) || (SELECT count(*) FROM admin_link)`); after != before {
		t.Errorf("before\n%s\nafter\n%s", before, after)
	}
}
