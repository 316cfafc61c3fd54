package main

import (
	"strings"
	"testing"
)

// TestSuccessionsByCommand imports successions beside a server, with and without faults.
func TestSuccessionsByCommand(t *testing.T) {
	t.Parallel()
	dir := newDataDir(t)
	serving(t, dir)
	here := []string{"--data-dir", dir, "organisations"}
	organisations := newFile(t, "organisations.csv", syntheticOrganisations+"CZ9Z,Example Care 2 (synthetic),social_care_provider,,Y60,QHL,2015-04-01,,true\n")
	must(t, nil, append(here, "import", organisations, "--as-of", "2025-12-31")...)

	good := newFile(t, "successions.csv", "predecessor,successor,effective_on\nA9ZZ,CZ9Z,2026-01-01\n")
	if out := must(t, nil, append(here, "successions", good)...); !strings.Contains(out, "1 successions: 1 new, 0 changed, 0 removed, 0 unchanged.") {
		t.Errorf("the import says %q", out)
	}
	if out := must(t, nil, append(here, "successions", good)...); !strings.Contains(out, "0 new, 0 changed, 0 removed, 1 unchanged.") {
		t.Errorf("a second import says %q", out)
	}
	for content, want := range map[string]string{
		"predecessor,successor,effective_on\nA9ZZ,CZ9Z,soon\n":                             "row 2, effective_on: The day is not a day",
		"predecessor,successor,effective_on\nCZ9Z,A9ZZ,2026-02-01\nA9ZX,CZ9Z,2026-02-01\n": "row 3, column predecessor: The registry holds no organisation",
	} {
		out, stderr, status := runToEnd(t, nil, append(here, "successions", newFile(t, "faulty.csv", content))...)
		if status != exitFailed || out != "" || !strings.Contains(stderr, want) || !strings.Contains(stderr, "nothing of it was") {
			t.Errorf("a faulty file ends with status %d and says %s%s", status, out, stderr)
		}
	}
}
