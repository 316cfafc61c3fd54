package domain_test

import (
	"regexp"
	"slices"
	"testing"

	"skillstracker/domain"
)

func TestFindingsAreCountedBeyondTheLimit(t *testing.T) {
	faults := domain.NewFindings()
	faults.Limit, faults.Sheet = 3, "Data"
	faults.Add(domain.FindingFTEHigh, domain.Cell{Row: 4, Column: "FTE"}, "")
	faults.Add(domain.FindingBandUnknown, domain.Cell{Sheet: "Other", Row: 3, Column: "Band"}, "More exactly.")
	faults.Add(domain.FindingStaffAbsent, domain.Cell{}, "")
	faults.Add(domain.FindingBandUnknown, domain.Cell{Row: 9}, "")
	faults.Add(domain.FindingJobRoleUnknown, domain.Cell{Row: 9}, "")
	faults.Add(domain.FindingCellsAbsent, domain.Cell{}, "")
	if faults.Errors() != 4 || faults.Warnings() != 2 || faults.BadRows() != 2 {
		t.Errorf("%d errors, %d warnings, %d bad rows", faults.Errors(), faults.Warnings(), faults.BadRows())
	}
	for row, bad := range map[int]bool{0: false, 3: true, 4: false, 9: true, 10: false} {
		if faults.BadRow(row) != bad {
			t.Errorf("row %d is bad: %t, want %t", row, faults.BadRow(row), bad)
		}
	}
	rule := func(code domain.FindingCode) domain.FindingRule {
		rules := domain.FindingRules()
		return rules[slices.IndexFunc(rules, func(r domain.FindingRule) bool { return r.Code == code })]
	}
	want := []domain.Finding{
		{
			Code: domain.FindingStaffAbsent, Severity: domain.SeverityWarning,
			Message: rule(domain.FindingStaffAbsent).Message, Mend: rule(domain.FindingStaffAbsent).Mend,
		},
		{
			Code: domain.FindingBandUnknown, Severity: domain.SeverityError, Sheet: "Other", Row: 3, Column: "Band",
			Message: "More exactly.", Mend: rule(domain.FindingBandUnknown).Mend,
		},
		{
			Code: domain.FindingFTEHigh, Severity: domain.SeverityWarning, Sheet: "Data", Row: 4, Column: "FTE",
			Message: rule(domain.FindingFTEHigh).Message, Mend: rule(domain.FindingFTEHigh).Mend,
		},
	}
	if got := faults.List(); !slices.Equal(got, want) {
		t.Errorf("kept are %+v, want %+v", got, want)
	}
}

func TestAnUnpublishedCodeIsAnError(t *testing.T) {
	faults := domain.NewFindings()
	faults.Add("no_such_code", domain.Cell{Row: 2}, "")
	if faults.Errors() != 1 || !faults.BadRow(2) {
		t.Errorf("%d errors, bad row %t", faults.Errors(), faults.BadRow(2))
	}
}

func TestFindingRulesArePublishable(t *testing.T) {
	code := regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)
	sentence := regexp.MustCompile(`^[A-Z].*\.$`)
	seen := make(map[domain.FindingCode]bool)
	for _, rule := range domain.FindingRules() {
		if seen[rule.Code] || !code.MatchString(string(rule.Code)) {
			t.Errorf("%q is published twice or is no code", rule.Code)
		}
		seen[rule.Code] = true
		if !sentence.MatchString(rule.Message) || !sentence.MatchString(rule.Mend) {
			t.Errorf("%s does not say in sentences what is wrong and what to do: %q %q", rule.Code, rule.Message, rule.Mend)
		}
		if rule.Severity != domain.SeverityError && rule.Severity != domain.SeverityWarning {
			t.Errorf("%s has the severity %q", rule.Code, rule.Severity)
		}
	}
	if domain.NewFindings().Limit != domain.FindingLimit {
		t.Error("a new collection has another limit than the published one")
	}
}

func TestRowsLeftAside(t *testing.T) {
	faults := domain.NewFindings()
	faults.LeaveAside(3)
	if faults.LeftAside() != 0 || faults.Warnings() != 0 {
		t.Error("a row is left aside although no row is stored anyhow")
	}
	faults.ValidRows = true
	faults.Add(domain.FindingBandUnknown, domain.Cell{Row: 2}, "")
	for _, row := range []int{2, 3, 3, 4} {
		faults.LeaveAside(row)
	}
	if faults.LeftAside() != 2 || faults.Warnings() != 2 || faults.OfFile() {
		t.Errorf("%d rows are left aside with %d warnings", faults.LeftAside(), faults.Warnings())
	}
	faults.Add(domain.FindingBandUnknown, domain.Cell{Row: 4}, "")
	if faults.LeftAside() != 1 || faults.BadRows() != 2 {
		t.Errorf("%d rows are left aside and %d have an error", faults.LeftAside(), faults.BadRows())
	}
	faults.Add(domain.FindingCellsAbsent, domain.Cell{}, "")
	if !faults.OfFile() {
		t.Error("an error without a row is not one of the file")
	}
}
