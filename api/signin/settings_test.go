package signin_test

import (
	"errors"
	"strings"
	"testing"

	"skillstracker/api/signin"
)

const goodProvider = `"name":"cis2","issuer":"https://login.example","client_id":"id","client_secret_file":"cis2.secret"`

func TestReadSettings(t *testing.T) {
	t.Parallel()
	read := func(file string) ([]signin.Settings, error) {
		return signin.Read([]byte(file), func(path string) (string, error) {
			switch path {
			case "cis2.secret":
				return " secret\n", nil
			case "empty":
				return "\n", nil
			}
			return "", errors.New("no such file")
		})
	}
	got, err := read(`{"providers":[{` + goodProvider + `,"assurance":"not_checked"}]}`)
	if err != nil || len(got) != 1 || got[0].Title != "cis2" || strings.Join(got[0].Scopes, " ") != "openid" || strings.Join(got[0].Subject, " ") != "sub" || !got[0].Assurance.NotChecked || got[0].GivesAdministrators() {
		t.Errorf("got %+v, %v", got, err)
	}
	provider := func(more string) string {
		return `{"providers":[{` + goodProvider + `,"assurance":"not_checked"` + more + `}]}`
	}
	for file, want := range map[string]string{
		"":                                       "read JSON: EOF",
		"{":                                      "read JSON",
		`{"providers":[]}`:                       "there is no provider in it",
		`{}`:                                     "there is no provider in it",
		`{"providers":[{` + goodProvider + `}]}`: `write "not_checked"`,
		`{"providers":[{` + goodProvider + `,"assurance":"none"}]}`:                            `write claim and values, or "not_checked"`,
		`{"providers":[{` + goodProvider + `,"assurance":{"claim":"acr"}}]}`:                   "at least one value",
		`{"providers":[{` + goodProvider + `,"assurance":{"claim":"acr","vals":["2"]}}]}`:      `no member "vals"`,
		`{"providers":[{"assurance":"not_checked"}]}`:                                          "client_secret_file: name the file",
		provider(`,"clientid":"x"`):                                                            `there is no member "clientid" here`,
		provider(`,"scopes":"openid"`):                                                         "scopes cannot be string",
		provider(`,"scopes":["profile"]`):                                                      "openid must be among them",
		provider(`,"subject":["sub",""]`):                                                      "name the claims",
		provider(`,"claims":[]`):                                                               "write an object",
		provider(`,"scope":{"fixed":"all"}`):                                                   "together with roles only",
		provider(`,"roles":{"claim":"roles","map":{"a":"hr"}}`):                                "say for which organisations",
		provider(`,"roles":{"claim":"roles","map":{"a":"boss"}},"scope":{"fixed":"all"}`):      `"a" cannot be "boss"`,
		provider(`,"roles":{"claim":"roles","map":{}},"scope":{"fixed":"all"}`):                "write claim, and map",
		provider(`,"roles":{"claim":"r","map":{"a":"hr"}},"scope":{"fixed":"organisation"}`):   `fixed can be "all" alone`,
		provider(`,"roles":{"claim":"r","map":{"a":"hr"}},"scope":{"claim":"o","kind":"all"}`): "kind: organisation, icb or region",
		provider(``) + "x": "text behind the document",
		strings.Replace(provider(``), "https://", "http://", 1):                                   "does not begin with https://",
		strings.Replace(provider(``), `"cis2"`, `"CIS 2"`, 1):                                     "small letters, digits and hyphens",
		strings.Replace(provider(``), "cis2.secret", "empty", 1):                                  "the file is empty",
		strings.Replace(provider(``), "cis2.secret", "absent", 1):                                 "no such file",
		`{"providers":[{` + goodProvider + `,"assurance":"not_checked"},{` + goodProvider + `}]}`: "another provider has it too",
	} {
		if _, err := read(file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\ngives %v, want %q", file, err, want)
		}
	}
	if got, err := read(provider(`,"roles":{"claim":"r","map":{"a":"admin"}}`)); err != nil || !got[0].GivesAdministrators() {
		t.Errorf("administrators by claims: %v", err)
	}
}

func TestPublicURL(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"https://skills.example.nhs.uk": "https://skills.example.nhs.uk", "https://skills.example:8443/": "https://skills.example:8443",
		"http://localhost:8080": "http://localhost:8080", "http://127.0.0.1": "http://127.0.0.1", "http://[::1]:8080": "http://[::1]:8080",
		"http://skills.example": "", "https://skills.example/tracker": "", "skills.example": "", "https://": "", "https://a:b@skills.example": "",
		"https://skills.example?x=1": "", "https://skills.example#x": "", "ftp://localhost": "", "http://localhost.example": "",
	} {
		got, err := signin.PublicURL(text)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%s: got %q, %v", text, got, err)
		}
	}
}
