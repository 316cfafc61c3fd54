package demodata

import (
	"fmt"
	"math/rand/v2"

	"skillstracker/domain"
)

// round is one round of assessments: its number and its first and last day.
type round struct {
	number      int
	first, last domain.Date
}

// rounds are the rounds that an organisation held. Large and small ones differ:
// the ambulance services and the social care provider began later.
func (w *workforce) rounds() []round {
	last := w.dates.LastList
	all := []round{
		{0, last.AddMonths(-18).MonthEnd() + 1, last.AddMonths(-15)},
		{1, last.AddMonths(-11), last.AddMonths(-8)},
		{2, last.AddMonths(-4), last - 2},
	}
	if w.organisation.Sector == "Ambulance" || w.organisation.Kind == domain.KindSocialCare {
		return all[1:]
	}
	return all
}

// assessment is one person's part in a round.
type assessment struct {
	person person
	day    domain.Date
	kind   string
	levels [6]any
	needs  [6]any
}

// takingPart draws who is assessed in each round, when, and with what result. It
// returns the assessments by round, and the ability of everybody in post at the
// end who took no part in the last round.
func (w *workforce) takingPart() (byRound [][]assessment, absent map[string]ability) {
	random := newRandom(w.seed, w.organisation.Code, streamSkills)
	rounds := w.rounds()
	byRound = make([][]assessment, len(rounds))
	absent = make(map[string]ability)
	for _, p := range w.people {
		if p.contract == contractBank {
			continue
		}
		skill := newAbility(random, p.post)
		for place, r := range rounds {
			day := r.first + domain.Date(random.IntN(int(r.last-r.first)+1))
			share := profileOf(p.post).takesPart * (0.85 + 0.08*float64(r.number))
			if chance(random, share) && p.inPost(day) {
				byRound[place] = append(byRound[place], newAssessment(random, p, skill, day, r.number))
			} else if r.number == 2 && p.inPost(w.dates.LastList) {
				absent[p.number] = skill
			}
		}
	}
	return byRound, absent
}

func newAssessment(random *rand.Rand, p person, skill ability, day domain.Date, round int) assessment {
	a := assessment{person: p, day: day, kind: assessorKind(random)}
	answered := false
	for i := range competences() {
		a.levels[i], a.needs[i] = skill.level(random, p.post, i, round), skill.need(random, p.post, i)
		_, isLevel := a.levels[i].(int)
		answered = answered || isLevel
	}
	if !answered {
		a.levels[0] = 0
	}
	return a
}

// assessmentFiles makes one file for each round: CSV at first, and a workbook in
// which people also say what their job needs for the newest.
func (w *workforce) assessmentFiles() ([]File, error) {
	byRound, _ := w.takingPart()
	rounds := w.rounds()
	files := make([]File, 0, len(rounds))
	for i, list := range byRound {
		format, newest := formatCSV, i == len(rounds)-1
		if newest {
			format = formatXLSX
		}
		t := table{header: assessmentHeader(newest)}
		for _, a := range list {
			t.rows = append(t.rows, assessmentRow(a, newest))
		}
		name := fmt.Sprintf("assessments-round-%d", i+1)
		file, err := t.file(w.organisation.Code, domain.UploadAssessments, name, format)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

func assessmentHeader(needs bool) []string {
	header := []string{"employee_number", "assessed_on", "assessor_kind"}
	for _, code := range competences() {
		header = append(header, code)
		if needs {
			header = append(header, code+"_need")
		}
	}
	return header
}

func assessmentRow(a assessment, needs bool) []any {
	row := []any{a.person.number, a.day, a.kind}
	for i := range competences() {
		row = append(row, a.levels[i])
		if needs {
			row = append(row, a.needs[i])
		}
	}
	return row
}
