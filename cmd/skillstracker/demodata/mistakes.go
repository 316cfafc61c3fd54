package demodata

import (
	"fmt"
	"math/rand/v2"

	"skillstracker/domain"
)

// mistakeRows is the number of assessments in the file with mistakes.
const mistakeRows = 12

// Mistakes makes a file of assessments as somebody in a hurry would send it, with
// the six mistakes that HR users make most, and the same file put right. All
// other rows are right, and none is in the organisation's other files.
func Mistakes(seed uint64, today domain.Date, organisation domain.OrganisationEntry) (sent, mended File, err error) {
	force, err := newWorkforce(seed, today, organisation)
	if err != nil {
		return File{}, File{}, err
	}
	right, err := force.lateAssessments()
	if err != nil {
		return File{}, File{}, err
	}
	mended, err = right.file(organisation.Code, domain.UploadAssessments, "assessments-mended", formatCSV)
	if err != nil {
		return File{}, File{}, err
	}
	sent, err = spoil(right, force.dates).file(organisation.Code, domain.UploadAssessments, "assessments-with-mistakes", formatCSV)
	return sent, mended, err
}

// lateAssessments are those of people who took no part in the last round.
func (w *workforce) lateAssessments() (table, error) {
	_, absent := w.takingPart()
	random := newRandom(w.seed, w.organisation.Code, streamMistakes)
	t := table{header: append([]string{"employee_number", "job_role_code", "band", "assessed_on", "assessor_kind"}, competences()...)}
	for _, p := range w.people {
		skill, late := absent[p.number]
		if !late || len(t.rows) == mistakeRows {
			continue
		}
		t.rows = append(t.rows, w.lateRow(random, p, skill))
	}
	if len(t.rows) < mistakeRows {
		return table{}, fmt.Errorf("make mistakes: %s has too few people who missed the last round", w.organisation.Code)
	}
	return t, nil
}

func (w *workforce) lateRow(random *rand.Rand, p person, skill ability) []any {
	day := max(w.dates.LastList-domain.Date(random.IntN(10)), p.started)
	a := newAssessment(random, p, skill, day, 2)
	row := []any{p.number, p.post.jobRole, p.post.band, a.day, string(domain.AssessorSelf)}
	return append(row, a.levels[:]...)
}

// spoil puts the mistakes in.
func spoil(right table, dates Dates) table {
	wrong := table{header: right.header}
	for _, row := range right.rows {
		wrong.rows = append(wrong.rows, append([]any(nil), row...))
	}
	const number, jobRole, band, day, firstLevel = 0, 1, 2, 3, 5
	wrong.rows[1][number] = "S9999999"            // on no staff list
	wrong.rows[3][firstLevel+4] = 7               // the scale ends at 4
	wrong.rows[4][firstLevel] = "good"            // a word in place of a level
	wrong.rows[6][day] = dates.Today.AddMonths(1) // not yet
	wrong.rows[8][band] = "12"                    // there are nine
	wrong.rows[10][jobRole] = "99001"             // no such role
	again := append([]any(nil), wrong.rows[0]...)
	again[firstLevel+2] = differentLevel(again[firstLevel+2])
	wrong.rows = append(wrong.rows, again) // the first person once more, with another level
	return wrong
}

func differentLevel(level any) any {
	if level == 2 {
		return 3
	}
	return 2
}
