package repository

import (
	"context"
	"crypto/sha256"
	"database/sql/driver"
	"fmt"
	"time"

	"skillstracker/domain"
)

// The application has no right on the tables of people who sign in: it reaches them by
// functions of the database only (migration 00021).

// What the audit trail calls what happens to sessions.
const (
	operationSignIn             = "signIn"
	operationSignOut            = "signOut"
	operationEndSessions        = "endSessions"
	operationFirstAdministrator = "createFirstAdministrator"
	outcomeDone                 = "done"
)

// BeginSignIn notes a sign-in that is under way.
func (s *Store) BeginSignIn(ctx context.Context, signIn domain.SignIn) error {
	return s.inScope(ctx, scope{}, false, func(t tx) error {
		_, err := t.exec(ctx, `SELECT begin_sign_in(?, ?, ?, ?, ?, ?, ?, ?)`,
			hash(signIn.State[:]), hash(signIn.Browser[:]), signIn.Provider, signIn.Nonce, signIn.Verifier, signIn.ReturnTo,
			hashOrNull(signIn.Link), signIn.At.Add(domain.SignInPatience).UTC())
		return err
	})
}

// TakeSignIn returns a sign-in that began in this browser and deletes it.
func (s *Store) TakeSignIn(ctx context.Context, state, browser [32]byte, now time.Time) (domain.SignIn, error) {
	taken := domain.SignIn{State: state, Browser: browser}
	err := s.inScope(ctx, scope{}, false, func(t tx) error {
		type row struct {
			Provider, Nonce, Verifier, ReturnTo string
			LinkSHA256                          []byte `gorm:"column:link_sha256"`
		}
		found, err := readRow[row](ctx, t, `SELECT provider, nonce, verifier, return_to, link_sha256 FROM take_sign_in(?, ?, ?)`, hash(state[:]), hash(browser[:]), now.UTC())
		if err != nil {
			return err
		}
		taken.Provider, taken.Nonce, taken.Verifier, taken.ReturnTo = found.Provider, found.Nonce, found.Verifier, found.ReturnTo
		if len(found.LinkSHA256) == sha256.Size {
			link := [32]byte(found.LinkSHA256)
			taken.Link = &link
		}
		return nil
	})
	return taken, err
}

// StartSession begins a session of somebody who has a role, and ends the one that the
// browser had before. That somebody has none, or that a link is not good, is noted and
// returned as a forbidden error. The link is used first and events are written last: who
// gives roles locks in this order too.
func (s *Store) StartSession(ctx context.Context, session domain.NewSession, link *[32]byte, requestID string) error {
	var refused *domain.Error
	err := s.inScope(ctx, scope{write: systemRows}, false, func(t tx) error {
		var err error
		actor, entry := domain.Actor{ID: session.UserID, RequestID: requestID}, auditEntry{operation: operationSignIn}
		good := true
		if link != nil {
			if good, err = useAdminLink(ctx, t, *link, session.UserID, session.At); err != nil {
				return err
			}
			session.Granted = nil // the link's role is the one in the register
		}
		var replaced []endedRow
		if session.Replaces != nil {
			if replaced, err = endSession(ctx, t, *session.Replaces, session.At); err != nil {
				return err
			}
		}
		var started []givenRow
		if good {
			if started, err = insertSession(ctx, t, session); err != nil {
				return err
			}
		}
		if err := noteSignOut(ctx, t, replaced, requestID); err != nil {
			return err
		}
		switch {
		case !good:
			refused = domain.LinkNotAccepted()
			entry.operation, entry.outcome = operationFirstAdministrator, refused.Code
		case len(started) == 0:
			refused = domain.Forbidden("user_without_role", fmt.Sprintf(
				"You are known to the identity provider, but nobody gave you a role here. Send an administrator of this service your user id, %s, and sign in again afterwards.", session.UserID))
			entry.object, entry.outcome = session.UserID, refused.Code
		default:
			actor.Role = domain.Role(started[0].Role)
			entry.object, entry.outcome = "provider "+session.Provider+" "+started[0].text(), outcomeDone
			if link != nil {
				if err := audit(ctx, t, actor, auditEntry{operation: operationFirstAdministrator, object: session.UserID + " " + started[0].text(), outcome: outcomeDone}); err != nil {
					return err
				}
			}
		}
		return audit(ctx, t, actor, entry)
	})
	if err != nil {
		return err
	}
	if refused != nil {
		return refused
	}
	return nil
}

// insertSession stores a session and returns role and scope, or no row when there is no
// role and nothing was stored.
func insertSession(ctx context.Context, t tx, session domain.NewSession) ([]givenRow, error) {
	var role, kind *string
	var codes textArray
	if session.Granted != nil {
		role, kind = textOrNull(string(session.Granted.Role)), textOrNull(string(session.Granted.Grant.Kind))
		codes = textArrayOf(session.Granted.Grant.Codes)
	}
	return readRows[givenRow](ctx, t, `SELECT role, scope_kind, array_to_string(scope_codes, ',') AS scope_codes
		FROM start_session(?, ?, ?, ?, ?, ?, CAST(? AS text[]), ?, ?)`,
		hash(session.Secret[:]), session.UserID, session.Provider, sidHash(session.Provider, session.SID), role, kind, codes,
		session.At.UTC(), session.At.Add(domain.SessionLife).UTC())
}

// Session returns a session that lasts, with the role as it is now, and notes its use at
// most once a minute.
func (s *Store) Session(ctx context.Context, secret [32]byte, now time.Time) (domain.Session, error) {
	type sessionRow struct {
		UserID, Provider, Role, ScopeKind, ScopeCodes string
		ByClaims                                      bool
		CreatedAt, LastUsedAt, ExpiresAt              time.Time
		RegistryVersion                               int64
	}
	var found domain.Session
	err := s.inScope(ctx, scope{}, true, func(t tx) error {
		row, err := readRow[sessionRow](ctx, t, `SELECT user_id, provider, by_claims, role, scope_kind, array_to_string(scope_codes, ',') AS scope_codes,
			created_at, last_used_at, expires_at, registry_version FROM find_session(?, ?, ?)`, hash(secret[:]), now.UTC(), now.Add(-domain.SessionIdle).UTC())
		if err != nil {
			return err
		}
		found = domain.Session{
			UserID: row.UserID, Provider: row.Provider, ByClaims: row.ByClaims, Role: domain.Role(row.Role),
			Grant:     domain.Grant{Kind: domain.ScopeKind(row.ScopeKind), Codes: splitCodes(row.ScopeCodes)},
			CreatedAt: row.CreatedAt.UTC(), LastUsedAt: row.LastUsedAt.UTC(), ExpiresAt: row.ExpiresAt.UTC(),
			Registry: row.RegistryVersion,
		}
		return nil
	})
	if err != nil || !found.UseIsOld(now) {
		return found, err
	}
	return found, s.inScope(ctx, scope{}, false, func(t tx) error {
		_, err := t.exec(ctx, `SELECT touch_session(?, ?)`, hash(secret[:]), now.UTC())
		return err
	})
}

// EndSession ends a session. Ending what has ended changes nothing.
func (s *Store) EndSession(ctx context.Context, secret [32]byte, now time.Time, requestID string) error {
	return s.inScope(ctx, scope{write: systemRows}, false, func(t tx) error {
		ended, err := endSession(ctx, t, secret, now)
		if err != nil {
			return err
		}
		return noteSignOut(ctx, t, ended, requestID)
	})
}

// endSession ends a session and says whose it was; where there is none it returns no row.
func endSession(ctx context.Context, t tx, secret [32]byte, now time.Time) ([]endedRow, error) {
	return readRows[endedRow](ctx, t, `SELECT user_id FROM end_session(?, ?)`, hash(secret[:]), now.UTC())
}

// noteSignOut notes that the users of sessions signed out of them.
func noteSignOut(ctx context.Context, t tx, ended []endedRow, requestID string) error {
	for _, session := range ended {
		if err := audit(ctx, t, domain.Actor{ID: session.UserID, RequestID: requestID}, auditEntry{operation: operationSignOut, outcome: outcomeDone}); err != nil {
			return err
		}
	}
	return nil
}

// endedRow is a session that was ended.
type endedRow struct{ UserID string }

// EndProviderSessions ends the sessions that a provider names, and says how many.
func (s *Store) EndProviderSessions(ctx context.Context, logout domain.ProviderLogout, now time.Time, requestID string) (int, error) {
	count := 0
	err := s.inScope(ctx, scope{write: systemRows}, false, func(t tx) error {
		ended, err := readRows[endedRow](ctx, t, `SELECT user_id FROM end_provider_sessions(?, ?, ?, ?, ?)`,
			logout.Provider, textOrNull(logout.UserID), sidHash(logout.Provider, logout.SID), logout.BegunBy.UTC(), now.UTC())
		if err != nil {
			return err
		}
		count = len(ended)
		for _, session := range ended {
			if err := audit(ctx, t, domain.Actor{ID: session.UserID, RequestID: requestID}, auditEntry{
				operation: operationEndSessions, object: "by provider " + logout.Provider, outcome: outcomeDone,
			}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return count, nil
}

// ExpireSignIns deletes the sign-ins, sessions and links that nobody can use any more
// and returns how many there were. The end of each was known from its beginning, or
// stands in the audit trail, so that nothing is noted.
func (s *Store) ExpireSignIns(ctx context.Context) (int, error) {
	type row struct{ Gone int }
	var gone row
	err := s.inScope(ctx, scope{}, false, func(t tx) error {
		now := s.clock()
		var err error
		gone, err = readRow[row](ctx, t, `SELECT expire_sign_ins(?, ?) AS gone`, now.UTC(), now.Add(-domain.SessionIdle).UTC())
		return err
	})
	return gone.Gone, err
}

// sidHash is what is kept of a provider's own id of a session; nil for none.
func sidHash(provider, sid string) hash {
	if sid == "" {
		return nil
	}
	sum := sha256.Sum256([]byte(provider + "\x1f" + sid))
	return sum[:]
}

func hashOrNull(of *[32]byte) hash {
	if of == nil {
		return nil
	}
	return of[:]
}

// hash passes bytes as one parameter: GORM would otherwise spread a slice over as many
// placeholders.
type hash []byte

// Value returns the bytes, or SQL's NULL.
func (h hash) Value() (driver.Value, error) {
	if h == nil {
		return nil, nil //nolint:nilnil // a nil value is SQL's NULL
	}
	return []byte(h), nil
}
