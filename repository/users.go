package repository

import (
	"context"
	"time"

	"skillstracker/domain"
)

// What the audit trail calls changes of a person's role.
const (
	operationSetUser    = "setUser"
	operationRemoveUser = "removeUser"
)

func userNotFound() *domain.Error {
	return domain.NotFound("user_not_found", "Nobody with this id has a role given here, or a session. GET /api/v1/users lists who has.")
}

// givenRow is a role with its scope, as functions of the database return it.
type givenRow struct{ Role, ScopeKind, ScopeCodes string }

func (r givenRow) grant() domain.Grant {
	return domain.Grant{Kind: domain.ScopeKind(r.ScopeKind), Codes: splitCodes(r.ScopeCodes)}
}

func (r givenRow) text() string { return grantText(domain.Role(r.Role), r.grant()) }

// Users lists the roles of people, newest first, and how many there are: those given here,
// and those by claims while a session lasts that acts in them.
func (s *Store) Users(ctx context.Context, page domain.Page, now time.Time) ([]domain.User, int, error) {
	type userRow struct {
		ID, Role, ScopeKind, ScopeCodes string
		GrantedAt                       time.Time
		GrantedBy                       string
		Sessions                        int
	}
	type countRow struct{ Count int }
	var users []domain.User
	var total countRow
	err := s.inScope(ctx, scope{}, true, func(t tx) error {
		now, idleSince := now.UTC(), now.Add(-domain.SessionIdle).UTC()
		var err error
		if total, err = readRow[countRow](ctx, t, `SELECT count(*) AS count FROM list_users(?, ?)`, now, idleSince); err != nil {
			return err
		}
		rows, err := readRows[userRow](ctx, t, `SELECT id, role, scope_kind, array_to_string(scope_codes, ',') AS scope_codes, granted_at, granted_by, sessions
			FROM list_users(?, ?) ORDER BY granted_at DESC, id, granted_by, role, scope_kind, scope_codes LIMIT ? OFFSET ?`, now, idleSince, page.Limit, page.Offset)
		for _, row := range rows {
			users = append(users, domain.User{
				ID: row.ID, Role: domain.Role(row.Role), Grant: domain.Grant{Kind: domain.ScopeKind(row.ScopeKind), Codes: splitCodes(row.ScopeCodes)},
				GrantedAt: row.GrantedAt.UTC(), GrantedBy: row.GrantedBy, Sessions: row.Sessions,
			})
		}
		return err
	})
	return users, total.Count, err
}

// SetUser gives a person a role, at the time that user has in GrantedAt, and returns the
// person with the number of sessions that act in it. The scope must be of codes that the
// registry holds.
func (s *Store) SetUser(ctx context.Context, actor domain.Actor, user domain.User) (domain.User, error) {
	user.GrantedBy = actor.ID
	type countRow struct{ Sessions int }
	err := s.inScope(ctx, scope{write: systemRows}, false, func(t tx) error {
		if err := requireHeld(ctx, t, user.Grant); err != nil {
			return err
		}
		before, err := readRows[givenRow](ctx, t, `SELECT role, scope_kind, array_to_string(scope_codes, ',') AS scope_codes FROM set_user(?, ?, ?, CAST(? AS text[]), ?, ?)`,
			user.ID, string(user.Role), string(user.Grant.Kind), textArrayOf(user.Grant.Codes), user.GrantedAt.UTC(), actor.ID)
		if err != nil {
			return err
		}
		acting, err := readRow[countRow](ctx, t, `SELECT sessions FROM list_users(?, ?) WHERE id = ? AND granted_by <> 'claims'`,
			user.GrantedAt.UTC(), user.GrantedAt.Add(-domain.SessionIdle).UTC(), user.ID)
		if err != nil {
			return err
		}
		user.Sessions = acting.Sessions
		object := user.ID + " " + grantText(user.Role, user.Grant)
		if len(before) > 0 {
			object += ", before " + before[0].text()
		}
		return audit(ctx, t, actor, auditEntry{operation: operationSetUser, object: object, outcome: outcomeDone})
	})
	return user, err
}

// RemoveUser takes a person's role away and ends the sessions, also those whose role came
// by claims. It returns a not-found error when no role was given here and no session was
// there to end.
func (s *Store) RemoveUser(ctx context.Context, actor domain.Actor, id string, now time.Time) error {
	return s.inScope(ctx, scope{write: systemRows}, false, func(t tx) error {
		taken, err := readRows[givenRow](ctx, t, `SELECT role, scope_kind, array_to_string(scope_codes, ',') AS scope_codes FROM remove_user(?)`, id)
		if err != nil {
			return err
		}
		ended, err := endUserSessions(ctx, t, id, now)
		if err != nil {
			return err
		}
		object := id
		switch {
		case len(taken) > 0:
			object += " " + taken[0].text()
		case ended == 0:
			return userNotFound()
		}
		return audit(ctx, t, actor, auditEntry{operation: operationRemoveUser, object: object, outcome: outcomeDone})
	})
}

// endUserSessions ends a person's sessions and says how many there were.
func endUserSessions(ctx context.Context, t tx, id string, now time.Time) (int, error) {
	type countRow struct{ Ended int }
	counted, err := readRow[countRow](ctx, t, `SELECT end_user_sessions(?, ?) AS ended`, id, now.UTC())
	return counted.Ended, err
}

// EndUserSessions ends a person's sessions. That there are none is no error.
func (s *Store) EndUserSessions(ctx context.Context, actor domain.Actor, id string, now time.Time) error {
	return s.inScope(ctx, scope{write: systemRows}, false, func(t tx) error {
		if _, err := endUserSessions(ctx, t, id, now); err != nil {
			return err
		}
		return audit(ctx, t, actor, auditEntry{operation: operationEndSessions, object: id, outcome: outcomeDone})
	})
}
