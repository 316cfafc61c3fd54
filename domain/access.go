package domain

import (
	"fmt"
	"slices"
	"time"
)

// Role is what a caller may do. DESIGN 8 lists what each role is for.
type Role string

// The five roles.
const (
	RoleAdmin   Role = "admin"
	RoleHR      Role = "hr"
	RoleManager Role = "manager"
	RolePlanner Role = "planner"
	RoleAuditor Role = "auditor"
)

// Roles lists every role.
func Roles() []Role { return []Role{RoleAdmin, RoleHR, RoleManager, RolePlanner, RoleAuditor} }

// ScopeKind says how a credential's scope is described. It is resolved to
// organisations at each request, so that a change of membership counts at once.
type ScopeKind string

// The kinds of scope.
const (
	ScopeOrganisation ScopeKind = "organisation"
	ScopeICB          ScopeKind = "icb"
	ScopeRegion       ScopeKind = "region"
	ScopeAll          ScopeKind = "all"
)

// Grant is the scope a credential was given: a kind and, unless it is
// ScopeAll, the ODS codes it names.
type Grant struct {
	Kind  ScopeKind
	Codes []string
}

// Actor is the caller of one request: who (a token id, never a person's name),
// in which role, and for which organisations.
type Actor struct {
	ID    string
	Role  Role
	Grant Grant
	// Organisations holds the ODS codes that the grant covers now, sorted.
	Organisations []string
	// ReadOnly holds those of them that are covered as predecessors of others, sorted:
	// what they sent may be read and no longer be changed (DESIGN 8).
	ReadOnly []string
	// Followers names, for each of ReadOnly, the organisation that took over from it.
	Followers []string
	ExpiresAt time.Time // end of the token or session
	RequestID string
}

// Covers says whether the organisation is in the actor's scope.
func (a Actor) Covers(organisation string) bool {
	_, found := slices.BinarySearch(a.Organisations, organisation)
	return found
}

// MayWrite says whether the organisation is in the actor's scope to be changed.
func (a Actor) MayWrite(organisation string) bool {
	_, readOnly := slices.BinarySearch(a.ReadOnly, organisation)
	return a.Covers(organisation) && !readOnly
}

// RefuseReadOnly returns a forbidden error that names the successor when the
// organisation is in the actor's scope to be read only, and nil otherwise.
func (a Actor) RefuseReadOnly(organisation string) error {
	place, readOnly := slices.BinarySearch(a.ReadOnly, organisation)
	if !readOnly || place >= len(a.Followers) {
		return nil
	}
	return Forbidden("read_only_predecessor", fmt.Sprintf(
		"%s took over from %s. What %s sent can be read and no longer be changed: send what is new for %s.",
		a.Followers[place], organisation, organisation, a.Followers[place]))
}

// RefuseReadOnlyPerson is RefuseReadOnly for what people may ask of an organisation: it
// names who can carry that out.
func (a Actor) RefuseReadOnlyPerson(organisation string) error {
	place, readOnly := slices.BinarySearch(a.ReadOnly, organisation)
	if !readOnly || place >= len(a.Followers) {
		return nil
	}
	return Forbidden("read_only_predecessor", fmt.Sprintf(
		"%s took over from %s and reads what is held of its people, but restricts and erases nobody there. Ask an administrator for a token of %s with the role hr, and ask again with it. What %s holds of the same person is a record of its own.",
		a.Followers[place], organisation, organisation, a.Followers[place]))
}

// SeesOrganisations says whether the actor's role sees figures of single
// organisations of its scope at all: administrators and auditors see aggregates of
// ICBs, regions and the nation only (DESIGN 8).
func (a Actor) SeesOrganisations() bool {
	return a.Role == RoleHR || a.Role == RoleManager || a.Role == RolePlanner
}

// SeesUnaltered says whether the actor sees an organisation's figures about
// people without disclosure control: HR of that very organisation (DESIGN 6).
func (a Actor) SeesUnaltered(organisation string) bool {
	return a.Role == RoleHR && a.Covers(organisation)
}

// Permission is a right that an operation of the contract asks for.
type Permission string

// The permissions. Each operation of the contract names exactly one.
const (
	PermRegistryRead     Permission = "registry:read"      // organisations and reference lists
	PermRegistryWrite    Permission = "registry:write"     // organisation imports
	PermUploadWrite      Permission = "uploads:write"      // send staff lists, assessments, returns
	PermUploadRead       Permission = "uploads:read"       // own uploads and their findings
	PermNationalTargets  Permission = "targets:nation"     // send and withdraw targets of the nation
	PermTotalsRead       Permission = "totals:read"        // aggregates
	PermReportRead       Permission = "reports:read"       // reports and exports of posts of own organisations
	PermPeopleRead       Permission = "people:read"        // rows about people of own organisations
	PermPeopleRights     Permission = "people:rights"      // one person's record, erasure, restriction
	PermCallerRead       Permission = "caller:read"        // who the caller is taken for
	PermTokens           Permission = "tokens:manage"      // make, list, revoke tokens
	PermUsers            Permission = "users:manage"       // roles of people who sign in
	PermAuditRead        Permission = "audit:read"         // the audit trail
	PermOperationMetrics Permission = "operations:metrics" // counters of the running service
)

// May says whether a role holds a permission.
func May(role Role, permission Permission) bool {
	switch permission {
	case PermRegistryRead, PermCallerRead:
		return true
	case PermRegistryWrite, PermNationalTargets, PermTokens, PermUsers, PermOperationMetrics:
		return role == RoleAdmin
	case PermUploadWrite, PermUploadRead, PermPeopleRead, PermPeopleRights:
		return role == RoleHR
	case PermAuditRead:
		return role == RoleAuditor
	case PermTotalsRead:
		return true // aggregates; rows of organisations need SeesOrganisations
	case PermReportRead:
		return role == RoleHR || role == RoleManager || role == RolePlanner
	}
	return false
}
