package repository

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"skillstracker/domain"
)

// Owner is the database as its owner role sees it: for migrations and for tokens,
// which the application role can neither list nor change. Commands use it; the
// server never does once it serves.
type Owner struct{ pool *sql.DB }

// OpenOwner connects as the owner role.
func OpenOwner(ctx context.Context, url string) (*Owner, error) {
	pool, err := openPool(url, map[string]string{"application_name": "skillstracker owner", "timezone": "UTC"})
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(4)
	if err := pool.PingContext(ctx); err != nil {
		return nil, closeAfter(pool, mapError("ping database", err))
	}
	return &Owner{pool: pool}, nil
}

// DB returns the connection pool, for migrations.
func (o *Owner) DB() *sql.DB { return o.pool }

// Close ends all connections.
func (o *Owner) Close() error {
	if err := o.pool.Close(); err != nil {
		return fmt.Errorf("close database: %w", err)
	}
	return nil
}

// CreateToken stores a token. Its secret must already be hashed.
func (o *Owner) CreateToken(ctx context.Context, token domain.StoredToken) error {
	return o.audited(ctx, "createToken", token.ID, func(t *sql.Tx) error {
		if err := requireScope(ctx, t, token.Grant); err != nil {
			return err
		}
		_, err := t.ExecContext(ctx, `INSERT INTO access_token (id, secret_sha256, role, scope_kind, scope_codes, created_at, expires_at)
			VALUES ($1, $2, $3, $4, CAST($5 AS text[]), $6, $7)`,
			token.ID, token.Secret[:], string(token.Role), string(token.Grant.Kind),
			textArrayOf(token.Grant.Codes), token.CreatedAt.UTC(), token.ExpiresAt.UTC())
		return err
	})
}

// textArrayOf never passes NULL: a scope without codes is an empty list.
func textArrayOf(items []string) textArray {
	if items == nil {
		return textArray{}
	}
	return items
}

// Tokens lists all tokens, newest first, without their secrets.
func (o *Owner) Tokens(ctx context.Context) ([]domain.StoredToken, error) {
	rows, err := o.pool.QueryContext(ctx, `SELECT id, role, scope_kind, array_to_string(scope_codes, ','),
		created_at, expires_at, last_used_at, revoked_at FROM access_token ORDER BY created_at DESC, id`)
	if err != nil {
		return nil, mapError("list tokens", err)
	}
	defer func() { _ = rows.Close() }()
	var tokens []domain.StoredToken
	for rows.Next() {
		var token domain.StoredToken
		var role, kind, codes string
		var lastUsed, revoked *time.Time
		if err := rows.Scan(&token.ID, &role, &kind, &codes, &token.CreatedAt, &token.ExpiresAt, &lastUsed, &revoked); err != nil {
			return nil, mapError("list tokens", err)
		}
		token.Role, token.LastUsedAt, token.RevokedAt = domain.Role(role), lastUsed, revoked
		token.Grant = domain.Grant{Kind: domain.ScopeKind(kind), Codes: splitCodes(codes)}
		tokens = append(tokens, token)
	}
	return tokens, mapError("list tokens", rows.Err())
}

// RevokeToken ends a token at a time. A token that is already revoked stays as it
// is; an unknown one is a not-found error.
func (o *Owner) RevokeToken(ctx context.Context, id string, at time.Time) error {
	return o.audited(ctx, "revokeToken", id, func(t *sql.Tx) error {
		result, err := t.ExecContext(ctx, `UPDATE access_token SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1`, id, at.UTC())
		if err != nil {
			return err
		}
		touched, err := result.RowsAffected()
		if err != nil {
			return err
		}
		if touched == 0 {
			return domain.NotFound("token_not_found", "There is no token with this id. `skillstracker token list` shows them.")
		}
		return nil
	})
}

// MarkSynthetic says for good that everything in this database is made up.
func (o *Owner) MarkSynthetic(ctx context.Context) error {
	_, err := o.pool.ExecContext(ctx, `UPDATE register SET synthetic = true`)
	return mapError("mark database synthetic", err)
}

// requireScope refuses a scope whose codes the registry does not hold as what the
// scope says they are: the token would work and cover nothing.
func requireScope(ctx context.Context, t *sql.Tx, grant domain.Grant) error {
	kinds := map[domain.ScopeKind]textArray{
		domain.ScopeOrganisation: {string(domain.KindTrust), string(domain.KindSocialCare), string(domain.KindCareSite), string(domain.KindOther)},
		domain.ScopeICB:          {string(domain.KindICB)},
		domain.ScopeRegion:       {string(domain.KindRegion)},
	}[grant.Kind]
	for _, code := range grant.Codes {
		var held bool
		err := t.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM organisation WHERE code = $1 AND kind = ANY (CAST($2 AS text[])))`,
			code, kinds).Scan(&held)
		if err != nil {
			return err
		}
		if !held {
			return domain.Invalid("scope_unknown", fmt.Sprintf(
				"The registry holds no %s with the code %s. Import the organisations first, or correct the code.", grant.Kind, code))
		}
	}
	return nil
}

// audited runs fn in a transaction that also writes an audit row.
func (o *Owner) audited(ctx context.Context, operation, object string, fn func(*sql.Tx) error) error {
	t, err := o.pool.BeginTx(ctx, nil)
	if err != nil {
		return mapError(operation, err)
	}
	defer func() { _ = t.Rollback() }()
	if err := fn(t); err != nil {
		return mapError(operation, err)
	}
	if _, err := t.ExecContext(ctx, `SELECT set_config('skills.write_organisation', $1, true)`, systemRows); err != nil {
		return mapError(operation, err)
	}
	if _, err := t.ExecContext(ctx, `INSERT INTO audit_event (actor, role, operation, object, request_id, outcome)
		VALUES ('command', 'admin', $1, $2, '', 'done')`, operation, object); err != nil {
		return mapError(operation, err)
	}
	return mapError(operation, t.Commit())
}

// Synthetic says whether the database is marked as made up.
func (s *Store) Synthetic(ctx context.Context) (bool, error) {
	var synthetic bool
	if err := s.pool.QueryRowContext(ctx, `SELECT synthetic FROM register`).Scan(&synthetic); err != nil {
		return false, mapError("read register", err)
	}
	return synthetic, nil
}

func splitCodes(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}
