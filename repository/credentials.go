package repository

import (
	"context"
	"fmt"
	"slices"
	"time"

	"skillstracker/domain"
)

type tokenRow struct {
	SecretSHA256 []byte `gorm:"column:secret_sha256"`
	Role         string
	ScopeKind    string
	ScopeCodes   string
	ExpiresAt    time.Time
	LastUsedAt   *time.Time
	RevokedAt    *time.Time
}

// Token returns a token by its id. The application role sees tokens through two
// functions of the database only.
func (s *Store) Token(ctx context.Context, id string) (domain.StoredToken, error) {
	var found domain.StoredToken
	err := s.inScope(ctx, scope{}, true, func(t tx) error {
		row, err := readRow[tokenRow](ctx, t, `SELECT secret_sha256, role, scope_kind,
			array_to_string(scope_codes, ',') AS scope_codes, expires_at, last_used_at, revoked_at FROM find_token(?)`, id)
		if err != nil {
			return err
		}
		found = domain.StoredToken{
			ID: id, Role: domain.Role(row.Role), ExpiresAt: row.ExpiresAt, LastUsedAt: row.LastUsedAt, RevokedAt: row.RevokedAt,
			Grant: domain.Grant{Kind: domain.ScopeKind(row.ScopeKind), Codes: splitCodes(row.ScopeCodes)},
		}
		if copy(found.Secret[:], row.SecretSHA256) != len(found.Secret) {
			return fmt.Errorf("the stored secret of token %s is too short", id)
		}
		return nil
	})
	return found, err
}

// NoteUse notes that a token was accepted, at most once a minute.
func (s *Store) NoteUse(ctx context.Context, id string) error {
	return s.inScope(ctx, scope{}, false, func(t tx) error {
		_, err := t.exec(ctx, `SELECT touch_token(?)`, id)
		return err
	})
}

// Resolve returns the organisations that a grant covers on a day. Regions and
// ICBs have no rows of their own and are left out.
func (s *Store) Resolve(ctx context.Context, grant domain.Grant, on domain.Date) ([]string, error) {
	filter := domain.OrganisationFilter{
		AsAt: on, Page: domain.Page{Limit: 1_000_000},
		Kinds: []domain.OrganisationKind{domain.KindTrust, domain.KindSocialCare, domain.KindCareSite, domain.KindOther},
	}
	if grant.Kind != domain.ScopeAll && len(grant.Codes) == 0 {
		// An empty filter does not narrow: a scope that names nothing must not be one of everything.
		return nil, fmt.Errorf("the scope of kind %q names no code", grant.Kind)
	}
	switch grant.Kind {
	case domain.ScopeOrganisation:
		filter.Codes = grant.Codes
	case domain.ScopeICB:
		filter.ICBs = grant.Codes
	case domain.ScopeRegion:
		filter.Regions = grant.Codes
	case domain.ScopeAll:
	default:
		return nil, fmt.Errorf("scope kind %q is not known", grant.Kind)
	}
	found, _, err := s.Organisations(ctx, filter)
	if err != nil {
		return nil, err
	}
	codes := make([]string, 0, len(found))
	for _, o := range found {
		codes = append(codes, o.Code)
	}
	slices.Sort(codes) // in the order of bytes, whatever the database's collation
	return codes, nil
}
