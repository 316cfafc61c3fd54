package sheet_test

import (
	"strings"
	"testing"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

func TestFrameworkClashes(t *testing.T) {
	t.Parallel()
	published := realLists(t).Frameworks
	code := func(code string) func(v *domain.FrameworkVersion) {
		return func(v *domain.FrameworkVersion) { v.Competences[0].Code = code }
	}
	named := func(name string) func(v *domain.FrameworkVersion) {
		return func(v *domain.FrameworkVersion) { v.Competences[0].Name = name }
	}
	for name, c := range map[string]struct {
		change func(v *domain.FrameworkVersion)
		want   string // places and words
	}{
		"none":                             {func(*domain.FrameworkVersion) {}, ""},
		"a canonical column":               {code("band"), "competences[0].code:column band"},
		"a column but for its spaces":      {code("Job-Role"), "competences[0].code:column job_role_code"},
		"a synonym":                        {code("Grade"), "competences[0].code:column band"},
		"a column of the long form":        {code("score"), "competences[0].code:column level"},
		"a name that is a column":          {named("Team"), "competences[0].name:column team"},
		"a need":                           {code("X_need"), "competences[0].code:_need"},
		"the need of another":              {code("1.10need"), "competences[1].code:competence 1.10need"},
		"one code but for the hyphen":      {code("1.1-0"), "competences[1].code:competence 1.1-0"},
		"one name but for the punctuation": {named("Sharing records, safely!"), "competences[2].name:competence 1.1"},
		"a name that is another's code":    {named("2.1"), "competences[2].code:competence 1.1"},
		"a published framework's code":     {func(v *domain.FrameworkVersion) { v.Framework = "edswork" }, "framework:eds-work 2019"},
		"a published framework's name":     {func(v *domain.FrameworkVersion) { v.Name = "DIGCOMP 3.0" }, "name:digcomp 3.0"},
		"a published framework's title":    {func(v *domain.FrameworkVersion) { v.Name = "DigComp 2026" }, "name:digcomp 3.0"},
		"code and version of another":      {func(v *domain.FrameworkVersion) { v.Framework, v.Version = "hdc-20", "18" }, "version:hdc 2018"},
		"the name of another version": {func(v *domain.FrameworkVersion) {
			v.Framework, v.Version, v.Name = "hdc", "2030", "Health and Care Digital Capabilities 2018"
		}, "name:hdc 2018"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, version := sheet.ExampleFramework()
			c.change(&version)
			faults := sheet.FrameworkClashes(version, published)
			place, word, _ := strings.Cut(c.want, ":")
			switch {
			case c.want == "" && len(faults) > 0, c.want != "" && len(faults) != 1:
				t.Errorf("faults %+v, want %q", faults, c.want)
			case c.want != "" && (faults[0].Field() != place || !strings.Contains(faults[0].Message, word)):
				t.Errorf("fault %s: %s, want %q", faults[0].Field(), faults[0].Message, c.want)
			}
		})
	}
}

// The headings of what ships mean one thing each.
func TestBuiltInFrameworksHaveNoClash(t *testing.T) {
	t.Parallel()
	published := realLists(t).Frameworks
	for i, version := range published {
		others := append(append([]domain.FrameworkVersion{}, published[:i]...), published[i+1:]...)
		for _, fault := range sheet.FrameworkClashes(version, others) {
			t.Errorf("%s %s, %s: %s", version.Framework, version.Version, fault.Field(), fault.Message)
		}
	}
}
