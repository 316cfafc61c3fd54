package repository

import (
	"fmt"
	"strings"

	"skillstracker/domain"
)

// answerColumns writes the parts of the statement that have a column for each
// competence. Levels and needs are taken out of their arrays once, because the database
// unpacks an array anew each time that a place of it is read; from then on l1, l2 and
// so on are levels, n1 needs and t1 targets. Nothing but numbers of the framework
// stands in the text.
type answerColumns struct {
	filter domain.TotalsFilter
	from   map[string]int // places of the competences that a crosswalk translates
}

// part returns the text of a part; false when the part is not about answers.
func (c answerColumns) part(name string) (string, bool) {
	switch name {
	case "answers":
		return c.list(func(i int) string {
			return c.answer("levels", i) + fmt.Sprintf(" AS l%d, ", i) + c.answer("needs", i) + fmt.Sprintf(" AS n%d", i)
		}), true
	case "given_answers":
		return c.list(func(i int) string { return fmt.Sprintf("a.l%[1]d, a.n%[1]d", i) }), true
	case "targets":
		return c.list(func(i int) string {
			return fmt.Sprintf("CAST(min(t.weight) FILTER (WHERE t.ordinal = %[1]d) %% 100 AS smallint) AS t%[1]d", i)
		}), true
	case "target_list":
		return c.list(func(i int) string { return fmt.Sprintf("e.t%d", i) }), true
	case "reached", "answered_all":
		return c.checklist(name == "reached"), true
	case "subject_columns":
		return c.subjectColumns(), true
	case "subject_sets":
		return c.subjectSets(), true
	case "subject_of":
		return c.subjectOf(), true
	}
	return "", false
}

// list joins what a function writes for the place of each competence, from 1.
func (c answerColumns) list(column func(i int) string) string {
	columns := make([]string, 0, len(c.filter.Framework.Competences))
	for i := range c.filter.Framework.Competences {
		columns = append(columns, column(i+1))
	}
	return strings.Join(columns, ", ")
}

// answer is the value of a competence in an array of answers, translated when the
// assessment is of the crosswalk's framework version.
func (c answerColumns) answer(array string, i int) string {
	own := fmt.Sprintf("a.%s[%d]", array, i)
	if c.filter.Crosswalk.Code == "" {
		return own
	}
	return "CASE WHEN a.framework_version = CAST(@framework AS smallint) THEN " + own + " ELSE " + c.translated(array, i) + " END"
}

// checklist is the condition that a person has done every task that the framework asks
// for, or that every area is answered. Other frameworks, and rows about a part of a
// framework, know no such thing.
func (c answerColumns) checklist(reached bool) string {
	f := c.filter
	if f.Framework.Scoring != domain.ScoringTasks || f.Has(domain.ByCompetence) || f.Has(domain.ByDomain) || len(f.Framework.Competences) == 0 {
		return "false"
	}
	var conditions []string
	for i, competence := range f.Framework.Competences {
		least := domain.Level(0)
		if reached {
			least = competence.Threshold
		}
		conditions = append(conditions, fmt.Sprintf("p.l%d >= %d", i+1, least))
	}
	return strings.Join(conditions, " AND ")
}

// subject is what a row of answers is about: a competence, a domain, or the framework
// as a whole. Its number in the statement is its place in skillsSubjects, from 1.
type subject struct {
	competence, domain string
	places             []int // of its competences, from 1
	maxLevel           domain.Level
}

// skillsSubjects are the subjects that have a row of their own, in the framework's order.
func skillsSubjects(filter domain.TotalsFilter) []subject {
	byCompetence, byDomain := filter.Has(domain.ByCompetence), filter.Has(domain.ByDomain)
	if !byCompetence && !byDomain {
		whole := subject{}
		for i := range filter.Framework.Competences {
			whole.places = append(whole.places, i+1)
		}
		return []subject{whole}
	}
	asked := func(d domain.Dimension, code string) bool {
		values := filter.Values(d)
		if len(values) == 0 {
			return true
		}
		for _, v := range values {
			if v == code {
				return true
			}
		}
		return false
	}
	var subjects []subject
	places := make(map[string]int) // of domains among the subjects
	for i, c := range filter.Framework.Competences {
		if !asked(domain.ByDomain, c.Domain) || byCompetence && !asked(domain.ByCompetence, c.Code) {
			continue
		}
		if byCompetence {
			s := subject{competence: c.Code, places: []int{i + 1}, maxLevel: c.MaxLevel}
			if byDomain {
				s.domain = c.Domain
			}
			subjects = append(subjects, s)
			continue
		}
		at, known := places[c.Domain]
		if !known {
			at = len(subjects)
			places[c.Domain] = at
			subjects = append(subjects, subject{domain: c.Domain})
		}
		subjects[at].places = append(subjects[at].places, i+1)
		subjects[at].maxLevel = max(subjects[at].maxLevel, c.MaxLevel)
	}
	return subjects
}

// subjectColumns writes, for each subject, what the statement calls answers, as columns
// a1, a2 and so on: in seven bits each the person's level plus 2, the need plus 2 and
// the target plus 1; 0 where there is none. A domain's level is the lowest of its
// competences, and the framework as a whole has 0; its need and target lie above that
// by the greatest gap of its competences.
func (c answerColumns) subjectColumns() string {
	var columns []string
	for n, s := range skillsSubjects(c.filter) {
		level, need, target := c.bounds(s)
		columns = append(columns, fmt.Sprintf("coalesce(%s, -2) + 2 + (coalesce(%s, -2) + 2) * 128 + (coalesce(%s, -1) + 1) * 16384 AS a%d",
			level, need, target, n+1))
	}
	return strings.Join(columns, ",\n                   ")
}

// bounds are the level, need and target of a subject.
func (c answerColumns) bounds(s subject) (level, need, target string) {
	if s.competence != "" {
		return fmt.Sprintf("p.l%d", s.places[0]), fmt.Sprintf("p.n%d", s.places[0]), fmt.Sprintf("e.t%d", s.places[0])
	}
	var lowest, levels, gaps, needs []string
	for _, i := range s.places {
		lowest = append(lowest, fmt.Sprintf("CASE WHEN p.l%[1]d >= 0 THEN p.l%[1]d END", i))
		levels = append(levels, fmt.Sprintf("p.l%d", i))
		gaps = append(gaps, fmt.Sprintf("CASE WHEN p.l%[1]d >= 0 AND e.t%[1]d IS NOT NULL THEN greatest(e.t%[1]d - p.l%[1]d, 0) END", i))
		needs = append(needs, fmt.Sprintf("CASE WHEN p.l%[1]d >= 0 AND p.n%[1]d >= 0 THEN greatest(p.n%[1]d - p.l%[1]d, 0) END", i))
	}
	gap, own := "greatest("+strings.Join(gaps, ", ")+")", "greatest("+strings.Join(needs, ", ")+")"
	if s.domain == "" {
		return "0", own, gap
	}
	least := "least(" + strings.Join(lowest, ", ") + ")"
	// Nobody's lowest level is -1, not applicable: it stands only where there is no level.
	return "coalesce(" + least + ", greatest(" + strings.Join(levels, ", ") + "))", least + " + " + own, least + " + " + gap
}

// subjectSets groups by the answers to each subject by itself.
func (c answerColumns) subjectSets() string {
	return "GROUPING SETS (" + c.eachSubject("(p.a%d)", ", ") + ")"
}

// subjectOf reads, of a row of subjectSets, the subject and the answers: those to other
// subjects are null.
func (c answerColumns) subjectOf() string {
	return "CASE" + c.eachSubject(" WHEN grouping(p.a%[1]d) = 0 THEN %[1]d", "") + " END AS subject, " +
		"coalesce(" + c.eachSubject("p.a%d", ", ") + ") AS answers"
}

func (c answerColumns) eachSubject(format, between string) string {
	var each []string
	for n := range skillsSubjects(c.filter) {
		each = append(each, fmt.Sprintf(format, n+1))
	}
	return strings.Join(each, between)
}
