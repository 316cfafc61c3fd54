package repository

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"skillstracker/domain"
)

// commandMaker is who made a token that no caller of the API made.
const commandMaker = "command"

// CreateToken stores a token. Its secret must already be hashed.
func (o *Owner) CreateToken(ctx context.Context, token domain.StoredToken) error {
	return o.audited(ctx, "createToken", tokenObject(token.ID, token.Role, token.Grant), func(t *sql.Tx) error {
		kinds, err := o.kindsOf(ctx, t, token.Grant.Codes)
		if err != nil {
			return err
		}
		if err := domain.CheckGrant(token.Grant, kinds); err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, `SELECT make_token($1, $2, $3, $4, CAST($5 AS text[]), $6, $7, $8, $9)`,
			token.ID, token.Secret[:], string(token.Role), string(token.Grant.Kind),
			textArrayOf(token.Grant.Codes), token.CreatedAt.UTC(), token.ExpiresAt.UTC(), token.Label, commandMaker)
		return err
	})
}

func (o *Owner) kindsOf(ctx context.Context, t *sql.Tx, codes []string) (map[string]domain.OrganisationKind, error) {
	rows, err := t.QueryContext(ctx, `SELECT code, kind FROM organisation WHERE code = ANY (CAST($1 AS text[]))`, textArrayOf(codes))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	kinds := make(map[string]domain.OrganisationKind, len(codes))
	for rows.Next() {
		var code, kind string
		if err := rows.Scan(&code, &kind); err != nil {
			return nil, err
		}
		kinds[code] = domain.OrganisationKind(kind)
	}
	return kinds, rows.Err()
}

// Tokens lists all tokens, newest first, without their secrets.
func (o *Owner) Tokens(ctx context.Context) ([]domain.StoredToken, error) {
	rows, err := o.pool.QueryContext(ctx, `SELECT id, role, scope_kind, array_to_string(scope_codes, ','),
		created_at, expires_at, last_used_at, revoked_at, label, created_by FROM list_tokens()`)
	if err != nil {
		return nil, mapError("list tokens", err)
	}
	defer func() { _ = rows.Close() }()
	var tokens []domain.StoredToken
	for rows.Next() {
		var r tokenListRow
		if err := rows.Scan(&r.ID, &r.Role, &r.ScopeKind, &r.ScopeCodes, &r.CreatedAt, &r.ExpiresAt, &r.LastUsedAt, &r.RevokedAt, &r.Label, &r.CreatedBy); err != nil {
			return nil, mapError("list tokens", err)
		}
		tokens = append(tokens, r.toDomain())
	}
	return tokens, mapError("list tokens", rows.Err())
}

// RevokeToken ends a token at a time. A token that is already revoked stays as it
// is; an unknown one is a not-found error.
func (o *Owner) RevokeToken(ctx context.Context, id string, at time.Time) error {
	return o.audited(ctx, "revokeToken", id, func(t *sql.Tx) error {
		var found bool
		if err := t.QueryRowContext(ctx, `SELECT revoke_token($1, $2)`, id, at.UTC()).Scan(&found); err != nil {
			return err
		}
		if !found {
			return errTokenNotFound
		}
		return nil
	})
}

// textArrayOf never passes NULL: a scope without codes is an empty list.
func textArrayOf(items []string) textArray {
	if items == nil {
		return textArray{}
	}
	return items
}

func splitCodes(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}
