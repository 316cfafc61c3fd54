package domain_test

import (
	"slices"
	"testing"

	"skillstracker/domain"
)

func TestPermissionsOfEachRole(t *testing.T) {
	want := map[domain.Permission][]domain.Role{
		domain.PermRegistryRead:     domain.Roles(),
		domain.PermRegistryWrite:    {domain.RoleAdmin},
		domain.PermUploadWrite:      {domain.RoleHR},
		domain.PermUploadRead:       {domain.RoleHR},
		domain.PermTotalsRead:       domain.Roles(),
		domain.PermReportRead:       {domain.RoleHR, domain.RoleManager, domain.RolePlanner},
		domain.PermOperationMetrics: {domain.RoleAdmin},
		"no such permission":        nil,
		"":                          nil,
	}
	for permission, roles := range want {
		for _, role := range domain.Roles() {
			if got := domain.May(role, permission); got != slices.Contains(roles, role) {
				t.Errorf("%q may %q: %t", role, permission, got)
			}
		}
		for _, unknown := range []domain.Role{"", "root", "HR"} {
			if domain.May(unknown, permission) && len(roles) < len(domain.Roles()) {
				t.Errorf("the unknown role %q may %q", unknown, permission)
			}
		}
	}
	if len(domain.Roles()) != 5 || len(slices.Compact(slices.Sorted(slices.Values(domain.Roles())))) != 5 {
		t.Errorf("roles %v", domain.Roles())
	}
}

func TestScopesAreExact(t *testing.T) {
	actor := domain.Actor{Role: domain.RoleHR, Organisations: []string{"RA7", "RXA", "RXA1"}}
	for code, covered := range map[string]bool{
		"RA7": true, "RXA": true, "RXA1": true, "RX": false, "RXA2": false, "RXB": false, "": false, "rxa": false, "A": false, "Z": false, "RA7,RXA": false,
	} {
		if actor.Covers(code) != covered || actor.SeesUnaltered(code) != covered {
			t.Errorf("%q is covered: %t, unaltered: %t, want %t", code, actor.Covers(code), actor.SeesUnaltered(code), covered)
		}
	}
	if (domain.Actor{Role: domain.RoleHR}).Covers("RXA") {
		t.Error("an actor without organisations covers one")
	}
	for role, sees := range map[domain.Role]bool{
		domain.RoleHR: true, domain.RoleManager: true, domain.RolePlanner: true, domain.RoleAdmin: false, domain.RoleAuditor: false, "": false,
	} {
		actor.Role = role
		if actor.SeesUnaltered("RXA") != (role == domain.RoleHR) || actor.SeesOrganisations() != sees {
			t.Errorf("%q sees unaltered figures: %t, figures of organisations: %t", role, actor.SeesUnaltered("RXA"), actor.SeesOrganisations())
		}
	}
}
