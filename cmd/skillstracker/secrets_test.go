package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skillstracker/domain"
)

// goodSecrets holds a value that each secret setting takes.
func goodSecrets(t *testing.T) map[string]string {
	t.Helper()
	token, _, _, err := domain.NewToken()
	if err != nil {
		t.Fatal(err)
	}
	const address = "postgres://hush-user:hush-password@hush.example/hush?sslmode=verify-full"
	return map[string]string{
		"database-url": address, "owner-database-url": address, "backup-database-url": address,
		"token": token, "erasure-key": strings.Repeat("hush-key", 5),
	}
}

// Every secret comes from its variable or a file, is shown by no command and repeated in
// no error.
func TestSecretsAreNotShown(t *testing.T) {
	t.Parallel()
	good := goodSecrets(t)
	for _, o := range options(host{cores: 1}) {
		if !o.secret {
			continue
		}
		secret, known := good[o.name]
		if !known {
			t.Errorf("there is no sample of the secret %s", o.name)
			continue
		}
		path := filepath.Join(t.TempDir(), o.name)
		if err := os.WriteFile(path, []byte(secret+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, pair := range []string{o.variable() + "=" + secret, o.variable() + fileSuffix + "=" + path} {
			_, values, err := load(t, nil, pair)
			if err != nil {
				t.Errorf("%s: %v", o.name, err)
				continue
			}
			var shown bytes.Buffer
			if err := showSettings(host{stdout: &shown}, values); err != nil {
				t.Fatal(err)
			}
			if text := shown.String(); strings.Contains(text, secret) || strings.Contains(text, "hush") || !strings.Contains(text, hidden) {
				t.Errorf("%s: config shows\n%s", o.name, text)
			}
		}
		for name, pairs := range map[string][]string{
			"bad":  {o.variable() + "=hush \x01 %zz"},
			"both": {o.variable() + "=" + secret, o.variable() + fileSuffix + "=" + path},
		} {
			_, _, err := load(t, nil, pairs...)
			if err == nil {
				t.Errorf("%s, %s: no error", o.name, name)
				continue
			}
			if strings.Contains(err.Error(), "hush") || strings.Contains(err.Error(), secret) {
				t.Errorf("%s, %s: the error is %v", o.name, name, err)
			}
		}
	}
}
