package signin

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"skillstracker/domain"
)

// Settings is one identity provider as the file of SKILLSTRACKER_SIGN_IN_FILE describes
// it.
type Settings struct {
	// Name stands in addresses and in the audit trail: small letters, digits and hyphens.
	Name string `json:"name"`
	// Title is what people are shown.
	Title string `json:"title"`
	// Issuer is the provider's address, and exactly the iss of its tokens.
	Issuer string `json:"issuer"`
	// Hosts are further hosts that the provider's metadata may name.
	Hosts            []string `json:"hosts"`
	ClientID         string   `json:"client_id"`
	ClientSecretFile string   `json:"client_secret_file"`
	// Scopes are asked for; openid is among them.
	Scopes []string `json:"scopes"`
	// ACRValues and Claims are passed on to the provider, which may need them to say how
	// somebody signed in (OpenID Connect Core 3.1.2.1 and 5.5).
	ACRValues []string        `json:"acr_values"`
	Claims    json.RawMessage `json:"claims"`
	// Subject lists the claims that together identify a person.
	Subject   []string   `json:"subject"`
	Assurance *Assurance `json:"assurance"`
	Roles     *Roles     `json:"roles"`
	Scope     *Scope     `json:"scope"`

	secret string
}

// Assurance says by which claim a provider vouches for the way in which somebody signed
// in. In the file it may be the text not_checked instead.
type Assurance struct {
	Claim  string
	Values []string
	// NotChecked says that any way will do.
	NotChecked bool
}

// Roles says which values of a claim give which role.
type Roles struct {
	Claim string                 `json:"claim"`
	Map   map[string]domain.Role `json:"map"`
}

// Scope says which claim holds the ODS codes of a person's scope, and what they are
// codes of; or that the scope is all.
type Scope struct {
	Claim string           `json:"claim"`
	Kind  domain.ScopeKind `json:"kind"`
	Fixed domain.ScopeKind `json:"fixed"`
}

const notChecked = "not_checked"

// UnmarshalJSON reads the text not_checked, or claim and values.
func (a *Assurance) UnmarshalJSON(content []byte) error {
	var text string
	if json.Unmarshal(content, &text) == nil {
		if text != notChecked {
			return fmt.Errorf("assurance is %q: write claim and values, or %q", text, notChecked)
		}
		*a = Assurance{NotChecked: true}
		return nil
	}
	var members struct {
		Claim  string   `json:"claim"`
		Values []string `json:"values"`
	}
	if err := decodeStrictly(content, &members); err != nil {
		return fmt.Errorf("assurance: %w", err)
	}
	*a = Assurance{Claim: members.Claim, Values: members.Values}
	return nil
}

// Read reads the settings of identity providers, and their secrets by the function, which
// is given the path as it stands in the file. The error is for the operator: it names
// what is wrong and says what to do.
func Read(content []byte, secret func(path string) (string, error)) ([]Settings, error) {
	var file struct {
		Providers []Settings `json:"providers"`
	}
	if err := decodeStrictly(content, &file); err != nil {
		return nil, err
	}
	if len(file.Providers) == 0 {
		return nil, errors.New("there is no provider in it: describe at least one under \"providers\"")
	}
	var faults []error
	for i := range file.Providers {
		provider := &file.Providers[i]
		provider.fillIn()
		for _, fault := range provider.faults(file.Providers[:i]) {
			faults = append(faults, fmt.Errorf("provider %d (%q): %w", i+1, provider.Name, fault))
		}
		if provider.ClientSecretFile == "" {
			continue
		}
		text, err := secret(provider.ClientSecretFile)
		if provider.secret = strings.TrimSpace(text); err == nil && provider.secret == "" {
			err = errors.New("the file is empty: write the client secret into it")
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("provider %d (%q): client_secret_file: %w", i+1, provider.Name, err))
		}
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return file.Providers, nil
}

// decodeStrictly reads one JSON document that has no member that is not known.
func decodeStrictly(content []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(into)
	if err == nil {
		if _, more := decoder.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("there is text behind the document: remove it")
		}
		return err
	}
	if name, unknown := strings.CutPrefix(err.Error(), "json: unknown field "); unknown {
		return fmt.Errorf("there is no member %s here: check its spelling against docs/sign-in.md, or remove it", name)
	}
	if fault, wrong := errors.AsType[*json.UnmarshalTypeError](err); wrong {
		return fmt.Errorf("%s cannot be %s: docs/sign-in.md says what it is", fault.Field, fault.Value)
	}
	if fault, broken := errors.AsType[*json.SyntaxError](err); broken {
		return fmt.Errorf("it is not JSON, at byte %d: %w", fault.Offset, err)
	}
	return fmt.Errorf("read JSON: %w", err)
}

// fillIn sets what need not be said.
func (s *Settings) fillIn() {
	if s.Title == "" {
		s.Title = s.Name
	}
	if len(s.Scopes) == 0 {
		s.Scopes = []string{"openid"}
	}
	if len(s.Subject) == 0 {
		s.Subject = []string{"sub"}
	}
}

// GivesAdministrators says whether somebody may be administrator by the provider's
// claims.
func (s *Settings) GivesAdministrators() bool { return s.gives(domain.RoleAdmin) }

// gives says whether somebody may have a role by the provider's claims.
func (s *Settings) gives(wanted domain.Role) bool {
	if s.Roles == nil {
		return false
	}
	for _, role := range s.Roles.Map {
		if role == wanted {
			return true
		}
	}
	return false
}
