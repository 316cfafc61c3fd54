package domain_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"skillstracker/domain"
)

func TestNoTwoChecksShareACodeOrTheirWording(t *testing.T) {
	codes, messages := make(map[domain.FindingCode]bool), make(map[string]domain.FindingCode)
	for _, rule := range domain.FindingRules() {
		if codes[rule.Code] {
			t.Errorf("%s is published twice", rule.Code)
		}
		codes[rule.Code] = true
		if other, known := messages[rule.Message]; known {
			t.Errorf("%s says the same as %s", rule.Code, other)
		}
		messages[rule.Message] = rule.Code
	}
	if len(codes) < 100 {
		t.Errorf("only %d checks are published", len(codes))
	}
}

func TestEveryRuleHasAnExampleAndKnownKinds(t *testing.T) {
	example := regexp.MustCompile(`^Wrong: .+\. Right: .+\.$`)
	kinds := []domain.UploadKind{
		domain.UploadStaff, domain.UploadAssessments, domain.UploadVacancies, domain.UploadPositions, domain.UploadTargets,
	}
	for _, rule := range domain.FindingRules() {
		if !example.MatchString(rule.Example) {
			t.Errorf("%s has the example %q", rule.Code, rule.Example)
		}
		if wrong, right, _ := strings.Cut(rule.Example, " Right: "); strings.TrimPrefix(wrong, "Wrong: ") == right {
			t.Errorf("%s mends nothing in its example", rule.Code)
		}
		for i, kind := range rule.Kinds {
			if !slices.Contains(kinds, kind) || slices.Contains(rule.Kinds[:i], kind) {
				t.Errorf("%s names the kind %q, or names it twice", rule.Code, kind)
			}
		}
		if len(rule.Kinds) == len(kinds) {
			t.Errorf("%s names every kind, which is what none means", rule.Code)
		}
	}
}

// Wording is for people: no identifier but the names of columns and options, no
// doubled spaces, and no number of one with a plural.
func TestRulesAreWrittenForPeople(t *testing.T) {
	faulty := regexp.MustCompile(`  |\b1 (rows|cells|columns|days|levels|characters)\b|\(s\)| ,| \.(?:[^x]|$)|\.\.|!`)
	for _, rule := range domain.FindingRules() {
		for _, text := range []string{rule.Message, rule.Mend, rule.Example} {
			if faulty.MatchString(strings.ReplaceAll(text, "{...}", "")) && !strings.Contains(text, "#REF!") {
				t.Errorf("%s: %q", rule.Code, text)
			}
			if len(text) > 220 {
				t.Errorf("%s has a text of %d characters", rule.Code, len(text))
			}
		}
	}
}
