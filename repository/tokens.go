package repository

import (
	"context"
	"fmt"
	"strings"
	"time"

	"skillstracker/domain"
)

var _ domain.TokenKeeper = (*Store)(nil)

var errTokenNotFound = domain.NotFound("token_not_found", "There is no token with this id. The list of tokens shows their ids.")

type tokenListRow struct {
	ID         string
	Role       string
	ScopeKind  string
	ScopeCodes string
	CreatedAt  time.Time
	ExpiresAt  time.Time
	LastUsedAt *time.Time
	RevokedAt  *time.Time
	Label      string
	CreatedBy  string
}

func (r tokenListRow) toDomain() domain.StoredToken {
	return domain.StoredToken{
		ID: r.ID, Role: domain.Role(r.Role), Grant: domain.Grant{Kind: domain.ScopeKind(r.ScopeKind), Codes: splitCodes(r.ScopeCodes)},
		CreatedAt: r.CreatedAt, ExpiresAt: r.ExpiresAt, LastUsedAt: r.LastUsedAt, RevokedAt: r.RevokedAt, Label: r.Label, CreatedBy: r.CreatedBy,
	}
}

// CreateToken stores a token whose secret is hashed and notes it in the audit trail.
func (s *Store) CreateToken(ctx context.Context, actor domain.Actor, token domain.StoredToken) error {
	return s.inScope(ctx, scope{write: systemRows}, false, func(t tx) error {
		if err := requireHeld(ctx, t, token.Grant); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `SELECT make_token(?, ?, ?, ?, CAST(? AS text[]), ?, ?, ?, ?)`,
			token.ID, token.Secret[:], string(token.Role), string(token.Grant.Kind), textArrayOf(token.Grant.Codes),
			token.CreatedAt.UTC(), token.ExpiresAt.UTC(), token.Label, actor.ID); err != nil {
			return err
		}
		return audit(ctx, t, actor, auditEntry{operation: "createToken", object: tokenObject(token.ID, token.Role, token.Grant), outcome: "done"})
	})
}

// Tokens lists tokens, newest first, and how many there are.
func (s *Store) Tokens(ctx context.Context, page domain.Page) ([]domain.StoredToken, int, error) {
	var tokens []domain.StoredToken
	total := 0
	err := s.inScope(ctx, scope{}, true, func(t tx) error {
		type countRow struct{ Count int }
		counted, err := readRow[countRow](ctx, t, `SELECT count(*) AS count FROM list_tokens()`)
		if err != nil {
			return err
		}
		total = counted.Count
		rows, err := readRows[tokenListRow](ctx, t, `SELECT id, role, scope_kind, array_to_string(scope_codes, ',') AS scope_codes,
			created_at, expires_at, last_used_at, revoked_at, label, created_by FROM list_tokens() ORDER BY created_at DESC, id LIMIT ? OFFSET ?`,
			page.Limit, page.Offset)
		for _, row := range rows {
			tokens = append(tokens, row.toDomain())
		}
		return err
	})
	return tokens, total, err
}

// RevokeToken ends a token at a time and notes it in the audit trail. One that is
// revoked stays as it is; an unknown one is a not-found error.
func (s *Store) RevokeToken(ctx context.Context, actor domain.Actor, id string, at time.Time) error {
	return s.inScope(ctx, scope{write: systemRows}, false, func(t tx) error {
		type row struct{ Found bool }
		revoked, err := readRow[row](ctx, t, `SELECT revoke_token(?, ?) AS found`, id, at.UTC())
		if err != nil {
			return err
		}
		if !revoked.Found {
			return errTokenNotFound
		}
		return audit(ctx, t, actor, auditEntry{operation: "revokeToken", object: id, outcome: "done"})
	})
}

// requireHeld refuses a scope whose codes the registry does not hold as what the scope
// says they are (domain.CheckGrant).
func requireHeld(ctx context.Context, t tx, grant domain.Grant) error {
	type row struct{ Code, Kind string }
	rows, err := readRows[row](ctx, t, `SELECT code, kind FROM organisation WHERE code = ANY (CAST(? AS text[]))`, textArrayOf(grant.Codes))
	if err != nil {
		return err
	}
	kinds := make(map[string]domain.OrganisationKind, len(rows))
	for _, r := range rows {
		kinds[r.Code] = domain.OrganisationKind(r.Kind)
	}
	return domain.CheckGrant(grant, kinds)
}

// tokenObject names a token in the audit trail: its id, its role and its scope.
func tokenObject(id string, role domain.Role, grant domain.Grant) string {
	return id + " " + grantText(role, grant)
}

// maxNamedCodes is how many codes of a scope an event of the audit trail names: what it
// was done to has at most 1,000 characters by the contract, and may be two scopes.
const maxNamedCodes = 40

// grantText is a role and its scope in the audit trail: kind and codes, of many the first
// and their number.
func grantText(role domain.Role, grant domain.Grant) string {
	text := string(role) + " " + string(grant.Kind)
	if len(grant.Codes) == 0 {
		return text
	}
	text += " " + strings.Join(grant.Codes[:min(len(grant.Codes), maxNamedCodes)], ",")
	if len(grant.Codes) > maxNamedCodes {
		text += fmt.Sprintf(" and others, %d in all", len(grant.Codes))
	}
	return text
}
