package apitest_test

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// examplesIn returns the examples of one language in a guide, in its order.
func examplesIn(t *testing.T, guide, language string) []string {
	t.Helper()
	text, err := os.ReadFile("../../docs/" + guide)
	if err != nil {
		t.Fatal(err)
	}
	var examples []string
	for _, block := range strings.Split(string(text), "```"+language+"\n")[1:] {
		example, _, closed := strings.Cut(block, "```")
		if !closed {
			t.Fatalf("an example of %s does not end", guide)
		}
		examples = append(examples, example)
	}
	return examples
}

func TestExamplesOfTheGuidesAreTaken(t *testing.T) {
	t.Parallel()
	s := newService(t)
	admin := s.token(t, domain.RoleAdmin, domain.ScopeAll)
	documents, files := examplesIn(t, "frameworks.md", "json"), examplesIn(t, "organisations.md", "csv")
	if len(documents) != 2 || len(files) != 2 {
		t.Fatalf("the guides hold %d documents and %d files", len(documents), len(files))
	}
	for i, path := range []string{frameworksPath, "/api/v1/crosswalks"} {
		s.want(t, http.StatusCreated, s.call(t, admin, http.MethodPost, path, jsonType, []byte(documents[i])))
	}
	imported := decode[spec.ImportSummary](t, s.want(t, http.StatusCreated,
		s.call(t, admin, http.MethodPost, "/api/v1/organisations/imports?as_of=2026-06-30", csvType, []byte(files[0]))))
	if imported.New != 7 || len(imported.UnknownParents) > 0 {
		t.Errorf("organisations: %+v", imported)
	}
	followed := decode[spec.SuccessionSummary](t, s.want(t, http.StatusCreated,
		s.call(t, admin, http.MethodPost, "/api/v1/organisation-successions", csvType, []byte(files[1]))))
	if followed.New != 3 {
		t.Errorf("successions: %+v", followed)
	}
}
