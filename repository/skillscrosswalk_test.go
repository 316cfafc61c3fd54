package repository_test

import (
	"testing"

	"skillstracker/domain"
)

// Digcomp's 1.1 and 1.2 lead to CCP, of which the lowest counts, 2.1 to TLS.
func TestAssessmentsOfAnotherFrameworkAreTranslated(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	hdc, digcomp := r.framework(t, "hdc", "2018"), r.framework(t, "digcomp", "3.0")
	walk := domain.Crosswalk{
		Code: "digcomp-hdc", Name: "DigComp to HDC (synthetic)", Source: "made up",
		From: domain.FrameworkRef{Framework: "digcomp", Version: "3.0"}, To: domain.FrameworkRef{Framework: "hdc", Version: "2018"},
	}
	for level := range domain.Level(9) {
		walk.Levels = append(walk.Levels,
			domain.CrosswalkLevel{FromCompetence: "1.1", FromLevel: level, ToCompetence: "CCP", ToLevel: level / 2},
			domain.CrosswalkLevel{FromCompetence: "1.2", FromLevel: level, ToCompetence: "CCP", ToLevel: level / 4})
	}
	walk.Levels = append(walk.Levels, domain.CrosswalkLevel{FromCompetence: "2.1", FromLevel: 3, ToCompetence: "TLS", ToLevel: 4})
	walk, err := r.PublishCrosswalk(t.Context(), admin(), walk)
	if err != nil {
		t.Fatal(err)
	}
	r.nurses(t, asIs, asIs, asIs, asIs, asIs, asIs, asIs)
	answers := func(first, second, fourth domain.Level) []domain.Level {
		given := make([]domain.Level, len(digcomp.Competences))
		for i := range given {
			given[i] = no
		}
		given[0], given[1], given[2], given[3] = first, second, 5, fourth
		return given
	}
	day := date(2026, 9, 30)
	needs := func(row *domain.AssessmentRow) { row.Needs = answers(8, 8, 3) }
	file := r.assessmentFile(t, "RXA",
		assessed("1", day, answers(8, 4, 3), needs), // 4 and 1: 1; level 3 leads to 4
		assessed("2", day, answers(4, na, 2)),       // 2; level 2 leads nowhere
		assessed("3", day, answers(na, na, na)),     // not applicable
		assessed("4", day, answers(no, na, no)),     // what was answered is not applicable; not assessed
		assessed("5", day, answers(8, 8, 3)),        // of one day: its own first
		assessed("6", day, answers(8, 8, 3)),        // the later counts
		assessed("7", day-1, answers(8, 8, 3)))
	file.Assessments.Framework = digcomp
	r.store(t, file)
	r.store(t, r.assessmentFile(t, "RXA", assessed("5", day, all(0)), assessed("6", day-1, all(0)), assessed("7", day, all(0))))
	r.setTargets(t, hdc, wanted{owner: "RXA", competence: "CCP", from: date(2026, 1, 1), level: 2})
	r.setTargets(t, digcomp, wanted{owner: "RXA", competence: "1.1", from: date(2026, 1, 1), level: 8})
	f := onDay(day, domain.ByCompetence)
	f.Competences = []string{"CCP", "TLS", "DIW"}
	r.expectFigures(t, "by the framework alone", f,
		"CCP: 3/7 never 4 self 3 levels [3 0 0 0 0] target 2 gaps [0 0 3 0 0]",
		"TLS: 3/7 never 4 self 3 levels [3 0 0 0 0]", "DIW: 3/7 never 4 self 3 levels [3 0 0 0 0]")
	f.Crosswalk = walk
	r.expectFigures(t, "with the translated", f,
		"CCP: 7/7 self 7 n/a 2 levels [2 1 2 0 0] target 2 gaps [2 1 2 0 0] need gaps [0 1 0 0 0]",
		"TLS: 7/7 self 7 n/a 1 levels [2 0 0 0 2] need gaps [1 0 0 0 0]",
		"DIW: 7/7 self 7 levels [2 0 0 0 0]")
	// Coverage is of those who report by the framework itself.
	if total := r.skills(t, f)[0]; total.Reporting != 1 || total.Expected != 1 {
		t.Errorf("%d of %d report", total.Reporting, total.Expected)
	}
	f.AssessorKinds = []string{"manager"}
	r.expectFigures(t, "of no such assessor", f, "CCP: 0/7 never 7", "TLS: 0/7 never 7", "DIW: 0/7 never 7")
}
