package domain

import (
	"context"
	"fmt"
	"slices"
)

// Scope is what a grant covers on a day.
type Scope struct {
	// Organisations holds the ODS codes, sorted; those of ReadOnly are among them.
	Organisations []string
	// ReadOnly holds those that are covered as predecessors only, sorted.
	ReadOnly []string
	// Followers names, for each of ReadOnly, the organisation that took over from it.
	Followers []string
}

// Credentials finds who a caller is.
type Credentials interface {
	// Token returns a token by its id and the version of the registry, or a not-found
	// error.
	Token(ctx context.Context, id string) (StoredToken, error)
	// NoteUse notes that a token was accepted.
	NoteUse(ctx context.Context, id string) error
	// Resolve returns what a grant covers on a day, regions and ICBs left out. The
	// registry's version comes from what found the caller; with 0 it is asked for.
	Resolve(ctx context.Context, grant Grant, day Date, registry int64) (Scope, error)
}

// maxGrantCodes is the greatest number of codes that a scope names.
const maxGrantCodes = 500

// ParseGrant checks a scope as an administrator states it: exactly one kind, and
// codes of the right shape.
func ParseGrant(kind ScopeKind, codes []string) (Grant, error) {
	switch {
	case kind == ScopeAll && len(codes) > 0:
		return Grant{}, Invalid("scope_invalid", "A scope of all organisations names none.")
	case kind == ScopeAll:
		return Grant{Kind: ScopeAll}, nil
	case kind != ScopeOrganisation && kind != ScopeICB && kind != ScopeRegion:
		return Grant{}, Invalid("scope_invalid", "A scope is of organisations, ICBs, regions or all.")
	case len(codes) == 0:
		return Grant{}, Invalid("scope_invalid", "Name at least one code for the scope.")
	case len(codes) > maxGrantCodes:
		return Grant{}, Invalid("scope_invalid", fmt.Sprintf("A scope names at most %d codes. Name the ICBs or regions instead.", maxGrantCodes))
	}
	for i, code := range codes {
		if !ValidODSCode(code) {
			return Grant{}, Invalid("scope_invalid", "A scope names ODS codes: 3 to 9 capital letters and digits.")
		}
		if slices.Contains(codes[:i], code) {
			return Grant{}, Invalid("scope_invalid", "The scope names a code twice. Name each once.")
		}
	}
	return Grant{Kind: kind, Codes: codes}, nil
}

// GrantFor checks the scope that a role is given. Administrators keep what all
// organisations share, so that their scope is always all (DESIGN 8).
func GrantFor(role Role, kind ScopeKind, codes []string) (Grant, error) {
	if !slices.Contains(Roles(), role) {
		return Grant{}, Invalid("role_unknown", "The role is admin, hr, manager, planner or auditor.")
	}
	grant, err := ParseGrant(kind, codes)
	if err != nil {
		return Grant{}, err
	}
	if role == RoleAdmin && grant.Kind != ScopeAll {
		return Grant{}, Invalid("scope_invalid", "The role admin is for all organisations. Give it the scope all.")
	}
	return grant, nil
}

// CheckGrant refuses a scope whose codes the registry does not hold as what the scope
// says they are: it would be accepted and cover nothing. Kinds holds the kind of each of
// its codes that the registry knows.
func CheckGrant(grant Grant, kinds map[string]OrganisationKind) error {
	for _, code := range grant.Codes {
		kind, held := kinds[code]
		right := held && !kind.IsLevel()
		switch grant.Kind {
		case ScopeICB:
			right = kind == KindICB
		case ScopeRegion:
			right = kind == KindRegion
		case ScopeOrganisation, ScopeAll:
		}
		if !right {
			return Invalid("scope_unknown", fmt.Sprintf(
				"The registry holds no %s with the code %s. Import the organisations first, or correct the code.", grant.Kind, code))
		}
	}
	return nil
}

// SolePredecessors returns which organisations a scope includes because all of them is
// now one organisation of the scope: those whose chain of successions ends, on the day,
// at that one alone (FollowSuccessions). What was split belongs to nobody. The key is
// the predecessor and the value the organisation at the end of its chain.
func SolePredecessors(scope []string, on Date, successions []Succession, closed func(code string) bool) map[string]string {
	covered := make(map[string]bool, len(scope))
	for _, code := range scope {
		covered[code] = true
	}
	found := make(map[string]string)
	next := successorsBy(on, successions)
	for code := range next {
		if covered[code] {
			continue
		}
		if ends := follow(code, next, closed); len(ends) == 1 && ends[0] != code && covered[ends[0]] {
			found[code] = ends[0]
		}
	}
	return found
}

// NewScope puts a scope together from what the grant covers by itself and from the
// predecessors of that.
func NewScope(covered []string, predecessors map[string]string) Scope {
	scope := Scope{Organisations: slices.Clone(covered)}
	for code := range predecessors {
		scope.ReadOnly = append(scope.ReadOnly, code)
	}
	slices.Sort(scope.ReadOnly)
	for _, code := range scope.ReadOnly {
		scope.Followers = append(scope.Followers, predecessors[code])
	}
	scope.Organisations = append(scope.Organisations, scope.ReadOnly...)
	slices.Sort(scope.Organisations) // in the order of bytes, whatever the database's collation
	return scope
}
