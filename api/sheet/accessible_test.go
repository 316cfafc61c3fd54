package sheet_test

import (
	"bytes"
	"slices"
	"testing"

	rules "skillstracker/api/report/check"
	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// TestWorkbooksPassTheRules holds every kind of workbook that is written here to the
// rules of accessible spreadsheets that apply to it.
func TestWorkbooksPassTheRules(t *testing.T) {
	t.Parallel()
	books := someBooks(t)
	for _, template := range allTemplates(t) {
		books["template of "+template.String()] = template.write(t, sheet.XLSX)
	}
	var framework bytes.Buffer
	if err := sheet.WriteFrameworkTemplate(&framework, "1.2.3", madeAt()); err != nil {
		t.Fatal(err)
	}
	books["framework template"] = framework.Bytes()
	file := parseText(t, domain.UploadStaff, faultyStaff)
	books["findings of a faulty file"] = findingsBook(t, []byte(faultyStaff), rejected(file))
	for name, data := range books {
		result, err := rules.File(t.Context(), bytes.NewReader(data), int64(len(data)), "synthetic.xlsx", rules.Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, breach := range result.Breaches {
			if name == "framework template" && ofForm(breach) {
				continue
			}
			t.Errorf("%s: %s %s!%s: %s", name, breach.Rule, breach.Sheet, breach.Cell, breach.Message)
		}
	}
}

// ofForm says whether a breach is one of the sheets of a framework version, which begin
// with their headings as the sheet Data of other templates does, and are examples with
// cells that may be left blank.
func ofForm(breach rules.Breach) bool {
	switch breach.Sheet {
	case "Framework", "Domains", "Competences", "Levels":
		return slices.Contains([]string{"SH-01", "SH-04", "TB-05", "TB-06", "TB-10", "TB-12"}, breach.Rule)
	}
	return false
}
