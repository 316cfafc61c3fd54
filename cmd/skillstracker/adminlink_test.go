package main

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A server at which people sign in says how the first administrator does, keeps no link
// in its log, and takes the link that the command makes.
func TestAdminLink(t *testing.T) {
	t.Parallel()
	dir, described := newDataDir(t), t.TempDir()
	for name, content := range map[string]string{
		"providers.json": `{"providers":[{"name":"test","title":"Test","issuer":"https://login.invalid","client_id":"skills","client_secret_file":"test.secret","assurance":"not_checked"}]}`,
		"test.secret":    "made up\n",
	} {
		if err := os.WriteFile(filepath.Join(described, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	settings := []string{"SKILLSTRACKER_PUBLIC_URL=https://skills.example", "SKILLSTRACKER_SIGN_IN_FILE=" + filepath.Join(described, "providers.json")}
	server, address := serving(t, dir, settings...)
	server.awaitText(t, &server.stderr, `"level":"WARN","msg":"nobody who signs in is administrator: (run) `)

	out, stderr, status := runToEnd(t, settings, "admin", "link", "--data-dir", dir)
	if status != exitDone || !strings.Contains(stderr, "within 15 minutes") || !regexp.MustCompile(`^https://skills\.example/first-administrator\?link=[\w-]{43}\n$`).MatchString(out) {
		t.Fatalf("status %d, %q, %q", status, out, stderr)
	}
	path := strings.TrimPrefix(strings.TrimSpace(out), "https://skills.example")
	if status, page := get(t, "http://"+address+path, ""); status != http.StatusOK || !strings.Contains(page, "Sign in with Test") {
		t.Errorf("the link answers %d: %s", status, page)
	}
	if status, problem := get(t, "http://"+address+path[:len(path)-1]+"_", ""); status != http.StatusForbidden || !strings.Contains(problem, "link_not_accepted") {
		t.Errorf("another link answers %d: %s", status, problem)
	}
	if strings.Contains(server.stderr.String(), path) {
		t.Error("the log holds the link")
	}
}
