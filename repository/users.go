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
	return domain.NotFound("user_not_found", "Nobody with this id has a role given here. GET /api/v1/users lists who has.")
}

// Users lists people with a role given here, and those who have one by claims while a
// session of theirs lasts, newest first, and how many there are.
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
			FROM list_users(?, ?) ORDER BY granted_at DESC, id LIMIT ? OFFSET ?`, now, idleSince, page.Limit, page.Offset)
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
// person with the number of sessions that last. The scope must be of codes that the
// registry holds.
func (s *Store) SetUser(ctx context.Context, actor domain.Actor, user domain.User) (domain.User, error) {
	user.GrantedBy = actor.ID
	type countRow struct{ Sessions int }
	err := s.inScope(ctx, scope{write: systemRows}, false, func(t tx) error {
		if err := requireHeld(ctx, t, user.Grant); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `SELECT set_user(?, ?, ?, CAST(? AS text[]), ?, ?)`,
			user.ID, string(user.Role), string(user.Grant.Kind), textArrayOf(user.Grant.Codes), user.GrantedAt.UTC(), actor.ID); err != nil {
			return err
		}
		lasting, err := readRow[countRow](ctx, t, `SELECT sessions FROM list_users(?, ?) WHERE id = ?`,
			user.GrantedAt.UTC(), user.GrantedAt.Add(-domain.SessionIdle).UTC(), user.ID)
		if err != nil {
			return err
		}
		user.Sessions = lasting.Sessions
		return audit(ctx, t, actor, auditEntry{operation: operationSetUser, object: user.ID, outcome: string(user.Role)})
	})
	return user, err
}

// RemoveUser takes a person's role away and ends the sessions, also those whose role came
// by claims. It returns a not-found error when no role was given here.
func (s *Store) RemoveUser(ctx context.Context, actor domain.Actor, id string, now time.Time) error {
	return s.inScope(ctx, scope{write: systemRows}, false, func(t tx) error {
		gone, err := readRow[goodRow](ctx, t, `SELECT remove_user(?) AS good`, id)
		if err != nil {
			return err
		}
		if !gone.Good {
			return userNotFound()
		}
		if _, err := t.exec(ctx, `SELECT end_user_sessions(?, ?)`, id, now.UTC()); err != nil {
			return err
		}
		return audit(ctx, t, actor, auditEntry{operation: operationRemoveUser, object: id, outcome: outcomeDone})
	})
}

// EndUserSessions ends a person's sessions. That there are none is no error.
func (s *Store) EndUserSessions(ctx context.Context, actor domain.Actor, id string, now time.Time) error {
	return s.inScope(ctx, scope{write: systemRows}, false, func(t tx) error {
		if _, err := t.exec(ctx, `SELECT end_user_sessions(?, ?)`, id, now.UTC()); err != nil {
			return err
		}
		return audit(ctx, t, actor, auditEntry{operation: operationEndSessions, object: id, outcome: outcomeDone})
	})
}
