package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"

	"skillstracker/repository"
)

// refuseBrokenBackups tries to restore files that are not whole, and files for other
// eyes, into an empty database, which stays empty.
func refuseBrokenBackups(t *testing.T, empty []string, plain, sealed string) {
	t.Helper()
	content, err := os.ReadFile(plain)
	if err != nil {
		t.Fatal(err)
	}
	encrypted, err := os.ReadFile(sealed)
	if err != nil {
		t.Fatal(err)
	}
	_, other := keyPair(t)
	flipped := bytes.Clone(content)
	flipped[len(flipped)/3] ^= 1
	for what, c := range map[string]struct {
		content []byte
		args    []string
		status  int
		want    string
	}{
		"a changed byte":          {flipped, nil, exitFailed, "not a whole backup"},
		"a file that was cut off": {content[:len(content)*2/3], nil, exitFailed, "not a whole backup"},
		"another kind of file":    {[]byte("a,b\n1,2\n"), nil, exitFailed, "not a whole backup"},
		"an empty file":           {nil, nil, exitFailed, "not a whole backup"},
		"another dump inside":     {forged(t, content, func(m *manifest) { m.DumpSHA256 = strings.Repeat("0", 64) }), nil, exitFailed, "another check-sum"},
		"a form to come":          {forged(t, content, func(m *manifest) { m.Format = 2 }), nil, exitFailed, "the form 2"},
		"a schema to come":        {forged(t, content, func(m *manifest) { m.Contents.SchemaVersion = 9999 }), nil, exitFailed, "newer program"},
		"another role":            {forged(t, content, func(m *manifest) { m.Contents.Roles = append(m.Contents.Roles, "gone") }), nil, exitFailed, "does not know the roles .*: gone"},
		"other rows": {forged(t, content, func(m *manifest) {
			m.Contents.Tables["staff_member"] = repository.TableContents{Rows: 9}
		}), nil, exitFailed, "left the database empty: .*rows of staff_member: 9 became 2"},
		"an encrypted file without a key":  {encrypted, nil, exitUsage, "is encrypted"},
		"an encrypted file, another key":   {encrypted, []string{"--identity", other}, exitFailed, "no key of --identity opens"},
		"an encrypted file that was cut":   {encrypted[:len(encrypted)-99], []string{"--identity", other}, exitFailed, "no key of --identity opens|not a whole backup"},
		"a key that is none":               {encrypted, []string{"--identity", plain}, exitUsage, "is not a file of keys"},
		"a file that is not there, anyway": {content, []string{"--identity", plain + ".none"}, exitUsage, "no such file"},
	} {
		path := newFile(t, "broken.backup", string(c.content))
		if said, complaint, status := runToEnd(t, empty, append([]string{"restore", path}, c.args...)...); status != c.status || !matches(c.want, complaint) {
			t.Errorf("%s: status %d, want %d and %q:\n%s%s", what, status, c.status, c.want, said, complaint)
		}
	}
}

// forged returns a backup with another manifest.
func forged(t *testing.T, content []byte, change func(*manifest)) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var made bytes.Buffer
	writer := zip.NewWriter(&made)
	for _, entry := range archive.File {
		from, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		if entry.Name == manifestName {
			var about manifest
			if err := json.Unmarshal(text, &about); err != nil {
				t.Fatal(err)
			}
			change(&about)
			if text, err = json.Marshal(about); err != nil {
				t.Fatal(err)
			}
		}
		to, err := writer.Create(entry.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return made.Bytes()
}
