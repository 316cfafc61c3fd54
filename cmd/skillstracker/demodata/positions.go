package demodata

import (
	"fmt"
	"math/rand/v2"

	"skillstracker/domain"
)

// peoplePerPosition is how many people there are for each post that was recruited to
// in the last year and a half.
const peoplePerPosition = 6

// positionFiles makes the posts that an organisation recruited to since its first staff
// list. Digital posts take longer to fill.
func (w *workforce) positionFiles() ([]File, error) {
	random := newRandom(w.seed, w.organisation.Code, streamPositions)
	t := table{header: []string{
		"vacancy_reference", "staff_group", "job_role_code", "band", "area_of_work", "team", "posts", "fte", "opened_on", "closed_on", "status",
	}}
	for i := range len(w.people)/peoplePerPosition + 1 {
		of := w.people[random.IntN(len(w.people))]
		opened := w.dates.FirstList + domain.Date(random.IntN(int(w.dates.LastList-w.dates.FirstList)))
		usual := 50.0
		if of.post.digital() {
			usual = 110
		}
		status, closed := recruited(random, opened, w.dates.LastList, usual)
		t.rows = append(t.rows, []any{
			fmt.Sprintf("V%05d", i+1), of.post.staffGroup, of.post.jobRole, of.post.band, cellOf(of.post).areaOfWork, of.team, 1, of.fte, opened, closed, status,
		})
	}
	file, err := t.file(w.organisation.Code, domain.UploadPositions, "position-vacancies", formatCSV)
	return []File{file}, err
}

// recruited draws how a recruitment stands on a day: most have ended some weeks after
// they began, nearly all of these with the post filled.
func recruited(random *rand.Rand, opened, today domain.Date, usual float64) (status string, closed any) {
	day := opened + domain.Date(10+random.ExpFloat64()*usual)
	switch {
	case day > today:
		return pick(random, []string{"01", "01", "02", "03", "04", "11"}), nil
	case chance(random, 0.05):
		return "", day
	}
	return pick(random, []string{"09", "09", "09", "09", "09", "08", "10"}), day
}
