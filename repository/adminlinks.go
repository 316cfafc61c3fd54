package repository

import (
	"context"
	"database/sql"
	"time"

	"skillstracker/domain"
)

// operationAdminLink is what the audit trail calls the making of a link.
const operationAdminLink = "createAdminLink"

// administratorExists says that no link is made any more.
func administratorExists() *domain.Error {
	return domain.Conflict("administrator_exists", "There is an administrator already, who gives roles to others. A link is for the first one only.")
}

// LinkIsGood says whether somebody could become the first administrator by a link now.
func (s *Store) LinkIsGood(ctx context.Context, link [32]byte, now time.Time) (bool, error) {
	var found goodRow
	err := s.inScope(ctx, scope{}, true, func(t tx) error {
		var err error
		found, err = readRow[goodRow](ctx, t, `SELECT admin_link_is_good(?, ?) AS good`, hash(link[:]), now.UTC())
		return err
	})
	return found.Good, err
}

// HasAdministrator says whether somebody was given the role of administrator here.
func (s *Store) HasAdministrator(ctx context.Context) (bool, error) {
	var found goodRow
	err := s.inScope(ctx, scope{}, true, func(t tx) error {
		now := s.clock().UTC()
		var err error
		found, err = readRow[goodRow](ctx, t, `SELECT EXISTS (SELECT FROM list_users(?, ?) WHERE role = 'admin' AND granted_by <> 'claims') AS good`, now, now)
		return err
	})
	return found.Good, err
}

// MakeAdminLink stores a link, given as the SHA-256 of its secret, by which somebody can
// become the first administrator until domain.AdminLinkLife is over. When there is an
// administrator it returns a conflict error.
func (s *Store) MakeAdminLink(ctx context.Context, link [32]byte, now time.Time) error {
	return s.inScope(ctx, scope{write: systemRows}, false, func(t tx) error {
		made, err := readRow[goodRow](ctx, t, `SELECT make_admin_link(?, ?) AS good`, hash(link[:]), now.Add(domain.AdminLinkLife).UTC())
		if err != nil {
			return err
		}
		if !made.Good {
			return administratorExists()
		}
		return audit(ctx, t, domain.Actor{ID: expiryActor, Role: domain.RoleAdmin}, auditEntry{operation: operationAdminLink, outcome: outcomeDone})
	})
}

// MakeAdminLink is Store.MakeAdminLink for the command.
func (o *Owner) MakeAdminLink(ctx context.Context, link [32]byte, now time.Time) error {
	return o.audited(ctx, operationAdminLink, "", func(t *sql.Tx) error {
		var made bool
		if err := t.QueryRowContext(ctx, `SELECT make_admin_link($1, $2)`, link[:], now.Add(domain.AdminLinkLife).UTC()).Scan(&made); err != nil {
			return err
		}
		if !made {
			return administratorExists()
		}
		return nil
	})
}

// goodRow is the answer of a function that says yes or no.
type goodRow struct{ Good bool }

// useAdminLink makes a person the first administrator, or says false when the link is
// not good.
func useAdminLink(ctx context.Context, t tx, link [32]byte, userID string, now time.Time) (bool, error) {
	used, err := readRow[goodRow](ctx, t, `SELECT use_admin_link(?, ?, ?) AS good`, hash(link[:]), userID, now.UTC())
	return used.Good, err
}
