package signin

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"skillstracker/domain"
)

// Identity is somebody who signed in.
type Identity struct {
	UserID   string // domain.UserID
	Provider string
	SID      string // the provider's own id of the session; empty when it said none
	// Granted is what claims gave; nil when they gave no role.
	Granted *domain.SessionGrant
}

// claims are what a token says, by name.
type claims map[string]any

// values returns the texts of a claim that is a text, a number, or a list of them.
func (c claims) values(name string) []string {
	listed, ok := c[name].([]any)
	if !ok {
		listed = []any{c[name]}
	}
	var values []string
	for _, value := range listed {
		switch value := value.(type) {
		case string:
			values = append(values, value)
		case float64:
			values = append(values, strconv.FormatFloat(value, 'f', -1, 64))
		case json.Number:
			values = append(values, value.String())
		}
	}
	return values
}

// text returns a claim that is one text; empty when it is not.
func (c claims) text(name string) string {
	value, _ := c[name].(string)
	return value
}

// identity works out who somebody is from claims that were verified. With a refusal of
// somebody who is known it returns who that is, for the audit trail.
func (p *provider) identity(held claims) (Identity, error) {
	userID, err := p.userID(held)
	if err != nil {
		return Identity{}, refused(err)
	}
	known := Identity{UserID: userID, Provider: p.Name}
	if assurance := p.Assurance; !assurance.NotChecked &&
		!slices.ContainsFunc(held.values(assurance.Claim), func(value string) bool { return slices.Contains(assurance.Values, value) }) {
		return known, domain.Forbidden("assurance_too_low",
			"You did not sign in strongly enough for this service. Sign in again with a second factor, such as a smartcard, a security key or an app.")
	}
	granted, err := p.granted(held)
	if err != nil {
		return known, err
	}
	known.SID, known.Granted = held.text("sid"), granted
	return known, nil
}

// userID makes the id of a person from the claims that identify one.
func (p *provider) userID(held claims) (string, error) {
	parts := make([]string, len(p.Subject))
	for i, name := range p.Subject {
		if parts[i] = held.text(name); parts[i] == "" {
			return "", fmt.Errorf("the token has no claim %q, which identifies a person", name)
		}
	}
	return domain.UserID(p.Issuer, strings.Join(parts, "\x1f")), nil
}

// granted works out role and scope. It returns nil when the claims give no role.
func (p *provider) granted(held claims) (*domain.SessionGrant, error) {
	if p.Roles == nil {
		return nil, nil //nolint:nilnil // no role is no error: the register may have one
	}
	var roles []domain.Role
	for _, value := range held.values(p.Roles.Claim) {
		if role, mapped := p.Roles.Map[value]; mapped && !slices.Contains(roles, role) {
			roles = append(roles, role)
		}
	}
	switch len(roles) {
	case 0:
		return nil, nil //nolint:nilnil // as above
	case 1:
	default:
		return nil, domain.Forbidden("roles_ambiguous", "Your account at the identity provider has several roles of this service, and nobody can act in two. Ask who looks after it to leave one.")
	}
	kind, codes := domain.ScopeAll, []string(nil)
	if roles[0] != domain.RoleAdmin && p.Scope.Fixed == "" {
		kind, codes = p.Scope.Kind, held.values(p.Scope.Claim)
		slices.Sort(codes)
		codes = slices.Compact(codes)
	}
	grant, err := domain.GrantFor(roles[0], kind, codes)
	if err != nil {
		refusal := domain.Forbidden("scope_unknown", "Your account at the identity provider has a role of this service, but names no organisations for it by their ODS codes. Ask who looks after it to add them.")
		refusal.Cause = errors.New("the claim of the scope is not a list of ODS codes")
		return nil, refusal
	}
	return &domain.SessionGrant{Role: roles[0], Grant: grant}, nil
}
