package domain_test

import (
	"slices"
	"strings"
	"testing"

	"skillstracker/domain"
)

// checklist is a made-up framework version of tasks without a fault.
func checklist() domain.FrameworkVersion {
	return domain.FrameworkVersion{
		Framework: "made-up", Version: "1.0", Name: "Made up 1.0", Scoring: domain.ScoringTasks,
		ValidFrom: domain.NewDate(2026, 4, 1), ValidityMonths: 12, Source: "Made up.", Licence: "None.",
		Domains:     []domain.CompetenceArea{{Code: "1", Name: "First"}, {Code: "2", Name: "Second"}},
		Competences: []domain.Competence{{Code: "1.1", Name: "One", Domain: "1", MaxLevel: 2, Threshold: 2}, {Code: "1.10", Name: "Two", Domain: "2", MaxLevel: 1, Threshold: 1}},
		Levels:      []domain.ScaleLevel{{Level: 0, Name: "None"}, {Level: 1, Name: "One", Band: "Some"}, {Level: 2, Name: "Two", Band: "Some"}},
	}
}

func TestCheckFramework(t *testing.T) {
	t.Parallel()
	type change = func(v *domain.FrameworkVersion)
	for name, c := range map[string]struct {
		change change
		want   string // places, in order
	}{
		"nothing":               {func(*domain.FrameworkVersion) {}, ""},
		"everything":            {func(v *domain.FrameworkVersion) { *v = domain.FrameworkVersion{} }, "framework version name scoring valid_from validity_months source licence domains competences"},
		"framework in capitals": {func(v *domain.FrameworkVersion) { v.Framework = "Made-Up" }, "framework"},
		"version with a space":  {func(v *domain.FrameworkVersion) { v.Version = "1 0" }, "version"},
		"long version":          {func(v *domain.FrameworkVersion) { v.Version = strings.Repeat("1", 21) }, "version"},
		"name on two lines":     {func(v *domain.FrameworkVersion) { v.Name = "Made\nup" }, "name"},
		"scoring":               {func(v *domain.FrameworkVersion) { v.Scoring = "mean" }, "scoring"},
		"valid too early":       {func(v *domain.FrameworkVersion) { v.ValidFrom = domain.NewDate(1989, 12, 31) }, "valid_from"},
		"valid for ever":        {func(v *domain.FrameworkVersion) { v.ValidityMonths = 1000 }, "validity_months"},
		"domain twice":          {func(v *domain.FrameworkVersion) { v.Domains[1].Code = "1" }, "domains[1].code competences[1].domain"},
		"domain name twice":     {func(v *domain.FrameworkVersion) { v.Domains[1].Name = "FIRST" }, "domains[1].name"},
		"domain of nobody":      {func(v *domain.FrameworkVersion) { v.Competences[1].Domain = "1" }, "domains[1].code"},
		"unknown domain": {func(v *domain.FrameworkVersion) {
			v.Competences = append(v.Competences, domain.Competence{Code: "x", Name: "X", Domain: "X", MaxLevel: 1, Threshold: 1})
		}, "competences[2].domain"},
		"code twice but for capitals": {func(v *domain.FrameworkVersion) { v.Competences[0].Code, v.Competences[1].Code = "a", "A" }, "competences[1].code"},
		"code of odd shape":           {func(v *domain.FrameworkVersion) { v.Competences[0].Code = "1..1" }, "competences[0].code"},
		"no code":                     {func(v *domain.FrameworkVersion) { v.Competences[0].Code = "" }, "competences[0].code"},
		"the sign for not given":      {func(v *domain.FrameworkVersion) { v.Competences[0].Code = domain.NotGiven }, "competences[0].code"},
		"highest level 0":             {func(v *domain.FrameworkVersion) { v.Competences[1].MaxLevel = 0 }, "competences[1].max_level competences[1].threshold"},
		"no threshold":                {func(v *domain.FrameworkVersion) { v.Competences[1].Threshold = 0 }, "competences[1].threshold"},
		"threshold out of reach":      {func(v *domain.FrameworkVersion) { v.Competences[1].Threshold = 2 }, "competences[1].threshold"},
		"thresholds of levels":        {func(v *domain.FrameworkVersion) { v.Scoring = domain.ScoringLevel }, "competences[0].threshold competences[1].threshold"},
		"scale too short":             {func(v *domain.FrameworkVersion) { v.Levels = v.Levels[:2] }, "competences[0].max_level"},
		"scale too long":              {func(v *domain.FrameworkVersion) { v.Competences[0].MaxLevel, v.Competences[0].Threshold = 1, 1 }, "levels[2].level"},
		"scale from 1":                {func(v *domain.FrameworkVersion) { v.Levels = v.Levels[1:] }, "levels[0].level levels[1].level competences[0].max_level"},
		"gap in the scale":            {func(v *domain.FrameworkVersion) { v.Levels[2].Level = 3 }, "levels[2].level"},
		"level without a name":        {func(v *domain.FrameworkVersion) { v.Levels[1].Name = "" }, "levels[1].name"},
		"level name twice":            {func(v *domain.FrameworkVersion) { v.Levels[2].Name = "one" }, "levels[2].name"},
		"long band":                   {func(v *domain.FrameworkVersion) { v.Levels[1].Band = strings.Repeat("b", 101) }, "levels[1].band"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := checklist()
			c.change(&v)
			var places []string
			for _, fault := range domain.FieldFaults(domain.CheckFramework("Made up", v)) {
				places = append(places, fault.Field)
				if fault.Message == "" {
					t.Errorf("%s says nothing", fault.Field)
				}
			}
			if got := strings.Join(places, " "); got != c.want {
				t.Errorf("faults at %q, want %q", got, c.want)
			}
		})
	}
	if faults := domain.CheckFramework("", checklist()); len(faults) != 1 || faults[0].Member != "framework_name" {
		t.Errorf("without a name of the framework: %+v", faults)
	}
}

func TestSameVersion(t *testing.T) {
	t.Parallel()
	same := [][2]string{{"3.0", "3"}, {"3.0", "3.00"}, {"3.10", "3.1"}, {"A", "a"}, {"2018", "2018"}}
	for _, pair := range same {
		if !domain.SameVersion(pair[0], pair[1]) || !domain.SameVersion(pair[1], pair[0]) {
			t.Errorf("%v are two versions", pair)
		}
	}
	for _, pair := range [][2]string{{"30", "3"}, {"3.01", "3.1"}, {"1.0.0", "1.0"}, {"2018", "2019"}} {
		if domain.SameVersion(pair[0], pair[1]) {
			t.Errorf("%v are one version", pair)
		}
	}
}

func TestCheckCrosswalk(t *testing.T) {
	t.Parallel()
	from, to := checklist(), checklist()
	from.ID, to.ID, to.Version = 4, 5, "2.0"
	whole := func() domain.Crosswalk {
		return domain.Crosswalk{
			Code: "made-up-1.0-2.0", Name: "From 1.0 to 2.0", Source: "Made up.",
			Levels: []domain.CrosswalkLevel{
				{FromCompetence: "1.1", FromLevel: 2, ToCompetence: "1.10", ToLevel: 1}, {FromCompetence: "1.10", FromLevel: 1, ToCompetence: "1.10", ToLevel: 1},
			},
		}
	}
	for name, c := range map[string]struct {
		change func(c *domain.Crosswalk, to *domain.FrameworkVersion)
		want   string
	}{
		"nothing":            {func(*domain.Crosswalk, *domain.FrameworkVersion) {}, ""},
		"code":               {func(c *domain.Crosswalk, _ *domain.FrameworkVersion) { c.Code = "A b" }, "code"},
		"texts":              {func(c *domain.Crosswalk, _ *domain.FrameworkVersion) { c.Name, c.Source = "", " x" }, "name source"},
		"to itself":          {func(_ *domain.Crosswalk, to *domain.FrameworkVersion) { to.ID = 4 }, "to"},
		"no level":           {func(c *domain.Crosswalk, _ *domain.FrameworkVersion) { c.Levels = nil }, "levels"},
		"unknown competence": {func(c *domain.Crosswalk, _ *domain.FrameworkVersion) { c.Levels[0].FromCompetence = "9" }, "levels[0].from_competence"},
		"level out of scale": {func(c *domain.Crosswalk, _ *domain.FrameworkVersion) {
			c.Levels[0].ToLevel, c.Levels[1].FromLevel = 2, -1
		}, "levels[0].to_level levels[1].from_level"},
		"the same twice": {func(c *domain.Crosswalk, _ *domain.FrameworkVersion) { c.Levels[1] = c.Levels[0] }, "levels[1]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			crosswalk, target := whole(), to
			c.change(&crosswalk, &target)
			var places []string
			for _, fault := range domain.CheckCrosswalk(crosswalk, from, target) {
				places = append(places, fault.Field)
			}
			if got := strings.Join(places, " "); got != c.want {
				t.Errorf("faults at %q, want %q", got, c.want)
			}
		})
	}
	twice := whole()
	twice.Levels[1] = twice.Levels[0]
	twice.Levels[1].ToLevel = 0
	if faults := domain.CheckCrosswalk(twice, from, to); !slices.ContainsFunc(faults, func(f domain.FieldFault) bool { return f.Field == "levels[1]" }) {
		t.Errorf("one level leads to two levels of a competence: %+v", faults)
	}
}
