package domain_test

import (
	"testing"

	"skillstracker/domain"
)

func TestFrameworksAndCompetencesAreFoundByTheirCodes(t *testing.T) {
	lists := domain.Lists{Frameworks: []domain.FrameworkVersion{
		{Framework: "hdc", Version: "2018", Competences: []domain.Competence{{Code: "CCP", MaxLevel: 4}, {Code: "TLS", MaxLevel: 9}, {Code: "DIW", MaxLevel: 4}}},
		{Framework: "hdc", Version: "2030a"},
		{Framework: "digcomp", Version: "3.0", Competences: []domain.Competence{{Code: "1.1", MaxLevel: 8}, {Code: "1.10", MaxLevel: 8}}},
	}}
	for _, c := range []struct {
		framework, version string
		found              bool
	}{
		{domain.DefaultFramework, domain.DefaultFrameworkVersion, true},
		{"HDC", "2018", true},
		{"hdc", "2030A", true},
		{"digcomp", "3.0", true},
		{"digcomp", "3", false},
		{"hdc", "", true},
		{"", "2018", false},
		{"hdc ", "2018", false},
		{"digcomp", "2018", false},
	} {
		if got, found := lists.Framework(c.framework, c.version); found != c.found || found == (got.Framework == "") {
			t.Errorf("%q %q: found %t, %+v", c.framework, c.version, found, got)
		}
	}
	newest := domain.Lists{Frameworks: []domain.FrameworkVersion{
		{Framework: "hdc", Version: "2018", ValidFrom: 10},
		{Framework: "hdc", Version: "2030", ValidFrom: 30},
		{Framework: "hdc", Version: "2025", ValidFrom: 20},
		{Framework: "digcomp", Version: "3.0", ValidFrom: 40},
	}}
	if got, found := newest.Framework("HDC", ""); !found || got.Version != "2030" {
		t.Errorf("the newest hdc is %+v", got)
	}
	hdc, _ := lists.Framework("hdc", "2018")
	digcomp, _ := lists.Framework("digcomp", "3.0")
	for _, c := range []struct {
		version domain.FrameworkVersion
		code    string
		place   int
		found   bool
	}{{hdc, "CCP", 0, true}, {hdc, "diw", 2, true}, {hdc, "", 0, false}, {hdc, "XXX", 0, false}, {digcomp, "1.1", 0, true}, {digcomp, "1.10", 1, true}, {digcomp, "1", 0, false}} {
		if place, found := c.version.CompetenceIndex(c.code); place != c.place || found != c.found {
			t.Errorf("%s %q: %d, %t, want %d, %t", c.version.Framework, c.code, place, found, c.place, c.found)
		}
	}
	if hdc.MaxLevel() != 9 || digcomp.MaxLevel() != 8 || (domain.FrameworkVersion{}).MaxLevel() != 0 {
		t.Errorf("the highest levels are %d, %d and %d", hdc.MaxLevel(), digcomp.MaxLevel(), (domain.FrameworkVersion{}).MaxLevel())
	}
}

func TestAreaPath(t *testing.T) {
	area := domain.AreaOfWork{Primary: "Support Services", Secondary: "Informatics", Tertiary: "Information"}
	if got := area.Path(); got != "Support Services > Informatics > Information" {
		t.Errorf("the path is %q", got)
	}
}
