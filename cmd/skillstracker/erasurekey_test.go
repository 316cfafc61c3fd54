package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The key of a private database is made once, is read by nobody else and is the same at
// every start; that of the settings goes before it.
func TestTheErasureKeyOfAPrivateDatabase(t *testing.T) {
	t.Parallel()
	s := settings{DataDir: filepath.Join(t.TempDir(), "data")}
	path := filepath.Join(s.DataDir, erasureKeyName)
	made, forget, err := ownErasureKey(s)
	if err != nil || len(made) != 64 {
		t.Fatalf("a key of %d bytes, %v", len(made), err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	for range 2 {
		again, keep, err := ownErasureKey(s)
		if err != nil || string(again) != string(made) || keep() != nil {
			t.Errorf("another start has another key, %v", err)
		}
	}
	given, _, err := ownErasureKey(settings{DataDir: s.DataDir, ErasureKey: []byte(strings.Repeat("k", 32))})
	if err != nil || string(given) != strings.Repeat("k", 32) {
		t.Errorf("the setting does not hold, %v", err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := ownErasureKey(s); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a file for everybody: %v", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, damaged := range []string{"", "\n", "short"} {
		if err := os.WriteFile(path, []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := ownErasureKey(s); err == nil || !strings.Contains(err.Error(), "holds no key") {
			t.Errorf("%q: %v", damaged, err)
		}
	}
	if err := forget(); err != nil {
		t.Fatal(err)
	}
	if entries, err := os.ReadDir(s.DataDir); err != nil || len(entries) > 0 {
		t.Errorf("left: %v, %v", entries, err)
	}
}

func TestErasureKeysThatAreNone(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		strings.Repeat("k", 31): "too short", strings.Repeat("k", 32) + " k": "without blanks", strings.Repeat("é", 32): "without blanks",
	} {
		if _, _, err := load(t, nil, "SKILLSTRACKER_ERASURE_KEY="+text); err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), text) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
