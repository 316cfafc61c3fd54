package signin

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"slices"

	"skillstracker/domain"
)

var providerName = regexp.MustCompile(`^[a-z0-9-]{1,40}$`)

// faults says everything that is wrong with a provider; before are those that stand
// before it in the file.
func (s *Settings) faults(before []Settings) []error {
	var faults []error
	add := func(wrong bool, format string, values ...any) {
		if wrong {
			faults = append(faults, fmt.Errorf(format, values...))
		}
	}
	add(!providerName.MatchString(s.Name), "name: write 1 to 40 small letters, digits and hyphens")
	add(slices.ContainsFunc(before, func(other Settings) bool { return other.Name == s.Name }), "name: another provider has it too: choose another one")
	add(slices.ContainsFunc(before, func(other Settings) bool { return other.Issuer == s.Issuer && other.ClientID == s.ClientID }),
		"issuer and client_id: another provider has both too: remove one of the two")
	add(len(s.Title) > 100, "title: write at most 100 characters")
	if _, err := webAddress(s.Issuer); err != nil {
		add(true, "issuer: %w", err)
	}
	add(s.ClientID == "", "client_id: write the id that the provider gave this service")
	add(s.ClientSecretFile == "", "client_secret_file: name the file with the secret that the provider gave this service")
	add(!slices.Contains(s.Scopes, "openid"), "scopes: openid must be among them")
	add(slices.Contains(s.Subject, ""), "subject: name the claims, such as [\"sub\"]")
	var claims map[string]any
	add(s.Claims != nil && json.Unmarshal(s.Claims, &claims) != nil, "claims: write an object, as OpenID Connect Core 5.5 describes it")
	faults = append(faults, s.Assurance.faults()...)
	return append(faults, s.grantFaults()...)
}

func (a *Assurance) faults() []error {
	switch {
	case a == nil:
		return []error{fmt.Errorf("assurance: name the claim that says how somebody signed in, and the values that are good enough, or write %q if the provider sees to two factors by itself", notChecked)}
	case !a.NotChecked && (a.Claim == "" || len(a.Values) == 0 || slices.Contains(a.Values, "")):
		return []error{errors.New("assurance: write claim and at least one value")}
	}
	return nil
}

// grantFaults says what is wrong with roles and scope.
func (s *Settings) grantFaults() []error {
	if s.Roles == nil {
		if s.Scope != nil {
			return []error{errors.New("scope: it counts together with roles only: add roles, or remove it")}
		}
		return nil
	}
	var faults []error
	if s.Roles.Claim == "" || len(s.Roles.Map) == 0 {
		faults = append(faults, errors.New("roles: write claim, and map from its values to roles"))
	}
	onlyAdmins := true
	for value, role := range s.Roles.Map {
		if value == "" || !slices.Contains(domain.Roles(), role) {
			faults = append(faults, fmt.Errorf("roles: %q cannot be %q: the roles are admin, hr, manager, planner and auditor", value, role))
		}
		onlyAdmins = onlyAdmins && role == domain.RoleAdmin
	}
	switch scope := s.Scope; {
	case scope == nil && !onlyAdmins:
		faults = append(faults, errors.New("scope: say for which organisations the roles are: claim and kind, or fixed"))
	case scope == nil:
	case scope.Fixed != "" && (scope.Fixed != domain.ScopeAll || scope.Claim != "" || scope.Kind != ""):
		faults = append(faults, errors.New("scope: fixed can be \"all\" alone; write claim and kind for anything else"))
	case scope.Fixed == "" && (scope.Claim == "" || !slices.Contains([]domain.ScopeKind{domain.ScopeOrganisation, domain.ScopeICB, domain.ScopeRegion}, scope.Kind)):
		faults = append(faults, errors.New("scope: write claim, and kind: organisation, icb or region"))
	}
	return faults
}

// PublicURL reads the address at which people reach this service: https and a host, or
// http on the machine itself, and nothing behind. It returns it without a slash.
func PublicURL(text string) (string, error) {
	if given, err := url.Parse(text); err == nil && (given.RawQuery != "" || given.Fragment != "") {
		return "", errors.New("it has a query or a fragment: write scheme and host alone, such as https://skills.example.nhs.uk")
	}
	address, err := webAddress(text)
	if err != nil {
		return "", err
	}
	if address.Path != "" && address.Path != "/" {
		return "", errors.New("it has a path: write scheme and host alone, such as https://skills.example.nhs.uk")
	}
	return address.Scheme + "://" + address.Host, nil
}

// webAddress reads an address of https, or of http on this machine.
func webAddress(text string) (*url.URL, error) {
	address, err := url.Parse(text)
	if err != nil || address.Hostname() == "" || address.User != nil || address.RawQuery != "" || address.Fragment != "" || address.Opaque != "" {
		return nil, errors.New("it is not an address: write it like https://login.example.nhs.uk")
	}
	if address.Scheme == "https" || address.Scheme == "http" && loopback(address.Hostname()) {
		return address, nil
	}
	return nil, errors.New("it does not begin with https://; http:// is for this machine alone, such as http://localhost:8080")
}

func loopback(host string) bool {
	address := net.ParseIP(host)
	return host == "localhost" || address != nil && address.IsLoopback()
}
