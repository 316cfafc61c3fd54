package repository

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"skillstracker/domain"
)

// answerPlaces returns the place of each competence, by its code, in the assessments
// that a question's crosswalk translates; none without a crosswalk.
func answerPlaces(ctx context.Context, t tx, filter domain.TotalsFilter) (map[string]int, error) {
	if filter.Crosswalk.Code == "" {
		return nil, nil
	}
	type row struct {
		Code    string
		Ordinal int
	}
	rows, err := readRows[row](ctx, t, `SELECT code, ordinal FROM competence WHERE framework_version = ?`, filter.Crosswalk.From.ID)
	places := make(map[string]int, len(rows))
	for _, r := range rows {
		places[r.Code] = r.Ordinal
	}
	return places, err
}

// translated is the level that answers by the crosswalk's framework version stand for in
// the competence at a place: the lowest of those that their levels lead to; not
// applicable when all answers that could lead to one are; else not assessed.
func (c answerColumns) translated(array string, i int) string {
	competence := c.filter.Framework.Competences[i-1].Code
	var sources []int
	whens := make(map[int]string)
	for _, l := range c.filter.Crosswalk.Levels {
		if l.ToCompetence != competence {
			continue
		}
		place := c.from[l.FromCompetence]
		if !slices.Contains(sources, place) {
			sources = append(sources, place)
		}
		whens[place] += fmt.Sprintf(" WHEN %d THEN %d", l.FromLevel, l.ToLevel)
	}
	if len(sources) == 0 {
		return "NULL"
	}
	var levels, answers []string
	for _, place := range sources {
		answer := fmt.Sprintf("a.%s[%d]", array, place)
		answers = append(answers, answer)
		levels = append(levels, "CASE "+answer+whens[place]+" END")
	}
	// The greatest answer is -1 only when none is a level.
	return fmt.Sprintf("CAST(coalesce(least(%s), CASE WHEN greatest(%s) = -1 THEN -1 END) AS smallint)",
		strings.Join(levels, ", "), strings.Join(answers, ", "))
}
