package demodata

import (
	"fmt"

	"skillstracker/domain"
)

// correctedRows is the number of people whose assessment is put right.
const correctedRows = 3

// Corrections makes a file that puts right one level of each of three people in the
// newest round of assessments, and repeats the assessment of a fourth as it was.
func Corrections(seed uint64, today domain.Date, organisation domain.OrganisationEntry) (File, error) {
	force, err := newWorkforce(seed, today, organisation)
	if err != nil {
		return File{}, err
	}
	byRound, _ := force.takingPart()
	t := table{header: assessmentHeader(true)}
	for _, a := range byRound[len(byRound)-1] {
		if len(t.rows) == correctedRows {
			t.rows = append(t.rows, assessmentRow(a, true))
			return t.file(organisation.Code, domain.UploadAssessments, "assessments-corrected", formatCSV)
		}
		if changed := len(t.rows) % len(a.levels); correct(&a, changed) {
			t.rows = append(t.rows, assessmentRow(a, true))
		}
	}
	return File{}, fmt.Errorf("make corrections: too few people of %s took part in the newest round", organisation.Code)
}

// correct raises a level by one, or lowers the highest, and says false when there
// is none.
func correct(a *assessment, competence int) bool {
	level, known := a.levels[competence].(int)
	if !known {
		return false
	}
	if level == highestLevel {
		a.levels[competence] = level - 1
	} else {
		a.levels[competence] = level + 1
	}
	return true
}
