package repository

import (
	"context"
	"fmt"

	"skillstracker/domain"
)

// Token returns a token by its id and the version of the registry. It is asked at
// every request and so takes one round trip, outside of a transaction: the statement
// calls one function that reads two tables, both of which hold no organisation's rows.
func (s *Store) Token(ctx context.Context, id string) (domain.StoredToken, error) {
	found := domain.StoredToken{ID: id}
	var secret []byte
	var role, kind, codes string
	err := s.readAtOnce(ctx, `SELECT secret_sha256, role, scope_kind, array_to_string(scope_codes, ','),
		expires_at, last_used_at, revoked_at, registry_version FROM find_token($1)`, []any{id},
		&secret, &role, &kind, &codes, &found.ExpiresAt, &found.LastUsedAt, &found.RevokedAt, &found.Registry)
	if err != nil {
		return domain.StoredToken{}, mapError("look up token", err)
	}
	found.Role, found.Grant = domain.Role(role), domain.Grant{Kind: domain.ScopeKind(kind), Codes: splitCodes(codes)}
	if len(secret) != len(found.Secret) {
		return domain.StoredToken{}, fmt.Errorf("the stored secret of token %s is %d bytes long", id, len(secret))
	}
	copy(found.Secret[:], secret)
	return found, nil
}

// readAtOnce reads one row by one statement outside of a transaction, which must see no
// organisation's rows. A connection that turns out to be dead is replaced, as by inScope.
func (s *Store) readAtOnce(ctx context.Context, statement string, args []any, into ...any) error {
	var err error
	for range s.pool.Stats().MaxOpenConnections + 1 {
		err = s.pool.QueryRowContext(ctx, statement, args...).Scan(into...)
		if err == nil || ctx.Err() != nil || !lostConnection(err) {
			break
		}
	}
	if err != nil && ctx.Err() != nil {
		err = fmt.Errorf("%w: %w", ctx.Err(), err)
	}
	return err
}

// NoteUse notes that a token was accepted, at most once a minute.
func (s *Store) NoteUse(ctx context.Context, id string) error {
	return s.inScope(ctx, scope{}, false, func(t tx) error {
		_, err := t.exec(ctx, `SELECT touch_token(?)`, id)
		return err
	})
}

// Resolve returns what a grant covers on a day. What was worked out for a version of the
// registry holds until there is another, so an import counts from the next request on.
func (s *Store) Resolve(ctx context.Context, grant domain.Grant, on domain.Date, registry int64) (domain.Scope, error) {
	if registry == 0 {
		if err := s.readAtOnce(ctx, `SELECT registry_version FROM register`, nil, &registry); err != nil {
			return domain.Scope{}, mapError("read version of the registry", err)
		}
	}
	key := scopeCacheKey(grant, on, registry)
	if held, found := s.scopes.get(key); found {
		return held, nil
	}
	// The registry may have moved on by now. The entry is then newer than its version
	// says, and the next request asks for the newer one.
	resolved, err := s.resolve(ctx, grant, on)
	if err != nil {
		return domain.Scope{}, err
	}
	s.scopes.put(key, resolved)
	return resolved, nil
}

// resolve reads what a grant covers on a day: the organisations that it names or that
// are members of the areas it names, and whose sole predecessors these are. An area
// includes its own sole predecessors, as the membership of an organisation is that of
// the last edition that says it. Regions and ICBs have no rows of their own and are
// left out.
func (s *Store) resolve(ctx context.Context, grant domain.Grant, on domain.Date) (domain.Scope, error) {
	if grant.Kind != domain.ScopeAll && len(grant.Codes) == 0 {
		// An empty filter does not narrow: a scope that names nothing must not be one of everything.
		return domain.Scope{}, fmt.Errorf("the scope of kind %q names no code", grant.Kind)
	}
	var resolved domain.Scope
	err := s.inScope(ctx, scope{}, true, func(t tx) error {
		followed, err := readFollowed(ctx, t, on)
		if err != nil {
			return err
		}
		filter := domain.OrganisationFilter{
			AsAt: on, Page: domain.Page{Limit: 1_000_000},
			Kinds: []domain.OrganisationKind{domain.KindTrust, domain.KindSocialCare, domain.KindCareSite, domain.KindOther},
		}
		switch grant.Kind {
		case domain.ScopeOrganisation:
			filter.Codes = grant.Codes
		case domain.ScopeICB:
			filter.ICBs = followed.withPredecessors(grant.Codes)
		case domain.ScopeRegion:
			filter.Regions = followed.withPredecessors(grant.Codes)
		case domain.ScopeAll:
		default:
			return fmt.Errorf("scope kind %q is not known", grant.Kind)
		}
		rows, err := findOrganisations(ctx, t, filter)
		if err != nil {
			return err
		}
		codes := make([]string, 0, len(rows))
		for _, row := range rows {
			codes = append(codes, row.Code)
		}
		resolved = domain.NewScope(codes, followed.predecessors(codes))
		return nil
	})
	return resolved, err
}

// followed is what is known on a day about organisations that others took over from.
type followed struct {
	on          domain.Date
	successions []domain.Succession
	closed      map[string]bool
}

func readFollowed(ctx context.Context, t tx, on domain.Date) (followed, error) {
	successions, err := readSuccessions(ctx, t, nil)
	if err != nil || len(successions) == 0 {
		return followed{}, err
	}
	closed, err := readClosed(ctx, t, on)
	return followed{on: on, successions: successions, closed: closed}, err
}

// predecessors returns the sole predecessors of organisations or areas.
func (f followed) predecessors(codes []string) map[string]string {
	return domain.SolePredecessors(codes, f.on, f.successions, func(code string) bool { return f.closed[code] })
}

func (f followed) withPredecessors(codes []string) []string {
	wider := append([]string(nil), codes...)
	for code := range f.predecessors(codes) {
		wider = append(wider, code)
	}
	return wider
}
