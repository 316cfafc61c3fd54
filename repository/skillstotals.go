package repository

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"skillstracker/domain"
)

type skillsTotalRow struct {
	Part           string
	Place          placeRow `gorm:"embedded"`
	Covers         coverage `gorm:"embedded"`
	Listed         int
	StaffGroup     string
	JobRole        string
	Band           string
	AreaOfWork     string
	Digital        string
	Team           string
	AssessorKind   string
	Staff          int
	Assessed       int
	AssessedListed int
	Due            int
	Overdue        int
	Never          int
	BySelf         int
	ByManager      int
	ByAssessor     int
	Reached        int
	ReachedBase    int
	Newest         *time.Time
	Oldest         *time.Time
	Subject        int
	Words          string
}

// cohort is the group of people that a row is about.
type cohort struct {
	place                                                              place
	over                                                               int
	staffGroup, jobRole, band, areaOfWork, digital, team, assessorKind string
}

func (r *skillsTotalRow) cohort(filter domain.TotalsFilter) cohort {
	return cohort{
		place: r.Place.place(filter), over: r.Place.Over, staffGroup: r.StaffGroup, jobRole: r.JobRole, band: r.Band,
		areaOfWork: r.AreaOfWork, digital: r.Digital, team: r.Team, assessorKind: r.AssessorKind,
	}
}

// SkillsTotals returns one row for each group and each month of filter.Months, in one
// statement, with true counts of people: the caller applies disclosure control. A group
// of organisations from which assessments are expected has a row even when it holds
// nobody, unless the rows are broken down further.
func (s *Store) SkillsTotals(ctx context.Context, _ domain.Actor, filter domain.TotalsFilter) ([]domain.SkillsTotal, error) {
	named := groupArgs(filter, domain.UploadAssessments)
	named["framework"], named["validity"], named["nation"] = filter.Framework.ID, filter.Framework.ValidityMonths, domain.NationCode
	named["translated"] = filter.Crosswalk.From.ID
	var totals []domain.SkillsTotal
	err := s.inTotals(ctx, filter, func(t tx) error {
		from, err := answerPlaces(ctx, t, filter)
		if err != nil {
			return err
		}
		// The people of one organisation are joined and counted at a time, by hash and in
		// memory, however wrong the estimates are.
		if _, err := t.exec(ctx, `SELECT set_config('enable_nestloop', 'off', true), set_config('enable_mergejoin', 'off', true),
			set_config('enable_sort', 'off', true), set_config('work_mem', '64MB', true)`); err != nil {
			return err
		}
		rows, err := readRows[skillsTotalRow](ctx, t, skillsStatement(filter, from), named)
		if err != nil {
			return err
		}
		bands, err := readBands(ctx, t)
		if err != nil {
			return err
		}
		if totals, err = foldSkills(rows, filter); err != nil {
			return err
		}
		order := groupOrder(filter, bands)
		slices.SortFunc(totals, func(a, b domain.SkillsTotal) int { return order(a.Group, b.Group) })
		return nil
	})
	return totals, err
}

// covering is what is said of the organisations of a place.
type covering struct {
	coverage
	listed int
}

func foldSkills(rows []skillsTotalRow, filter domain.TotalsFilter) ([]domain.SkillsTotal, error) {
	// Every group has a row for each competence or domain, so that they break nothing down.
	grouped := filter
	grouped.GroupBy = slices.DeleteFunc(slices.Clone(filter.GroupBy), func(d domain.Dimension) bool {
		return d == domain.ByCompetence || d == domain.ByDomain
	})
	covered, told := make(map[place]covering), make(map[place]bool)
	reporting := make(map[place]coverage)
	answers := make(map[cohort]map[int]string)
	var people []skillsTotalRow
	for i := range rows {
		r := &rows[i]
		switch r.Part {
		case "places":
			covered[r.Place.place(filter)] = covering{r.Covers, r.Listed}
			reporting[r.Place.place(filter)] = r.Covers
		case "people":
			if r.Staff+r.Assessed == 0 {
				continue
			}
			people = append(people, *r)
			if onlyPlaces(grouped, r.Place.Over) {
				told[r.Place.place(filter)] = true
			}
		case "answers":
			c := r.cohort(filter)
			if answers[c] == nil {
				answers[c] = make(map[int]string)
			}
			answers[c][r.Subject] = r.Words
		}
	}
	for _, empty := range emptyRows(grouped, reporting, told) {
		people = append(people, skillsTotalRow{Place: empty})
	}
	subjects := skillsSubjects(filter)
	totals := make([]domain.SkillsTotal, 0, len(people)*len(subjects))
	for i := range people {
		r := &people[i]
		group := answers[r.cohort(filter)]
		for n, about := range subjects {
			total := r.toDomain(filter, covered[r.Place.place(filter)], about)
			if err := countAnswers(&total, filter, about, group[n+1]); err != nil {
				return nil, err
			}
			totals = append(totals, total)
		}
	}
	return totals, nil
}

func (r *skillsTotalRow) toDomain(filter domain.TotalsFilter, known covering, about subject) domain.SkillsTotal {
	total := domain.SkillsTotal{
		Group: r.Place.place(filter).group(known.coverage), Assessed: r.Assessed, AssessedListed: r.AssessedListed,
		Due: r.Due, Overdue: r.Overdue, NeverAssessed: r.Never,
		BySelf: r.BySelf, ByManager: r.ByManager, ByAssessor: r.ByAssessor, Reached: r.Reached, ReachedBase: r.ReachedBase,
		Reporting: known.Reporting, Expected: known.Expected, Estimated: known.Estimated, Listed: known.listed,
		Newest: dateOrNil(r.Newest), Oldest: dateOrNil(r.Oldest),
	}
	total.StaffGroup, total.JobRole, total.Band, total.AreaOfWork, total.Digital = r.StaffGroup, r.JobRole, r.Band, r.AreaOfWork, r.Digital
	total.Team, total.AssessorKind, total.Competence, total.Domain = r.Team, r.AssessorKind, about.competence, about.domain
	total.Over = overOf(filter, r.Place.Over)
	if filter.Has(domain.ByAssessorKind) {
		// Whoever has no assessment was judged by nobody.
		total.Due, total.Overdue, total.NeverAssessed = 0, 0, 0
	} else if known.listed > 0 {
		total.StaffInPost = &r.Staff
	}
	return total
}

// countAnswers fills in what the words of a group and subject say: a letter, a value, a
// colon and the number of people.
func countAnswers(total *domain.SkillsTotal, filter domain.TotalsFilter, about subject, words string) error {
	if about.competence+about.domain != "" {
		total.Levels = make([]int, about.maxLevel+1)
	}
	gaps, needs := make([]int, filter.Framework.MaxLevel()+1), make([]int, filter.Framework.MaxLevel()+1)
	targets := make(map[int]bool)
	for word := range strings.FieldsSeq(words) {
		value, people, err := readWord(word)
		if err != nil {
			return err
		}
		var counts []int
		switch word[0] {
		case 'l':
			if total.Levels == nil {
				continue
			}
			if domain.Level(value) == domain.NotApplicable {
				total.NotApplied = people
				continue
			}
			total.Answered += people
			counts = total.Levels
		case 'g':
			counts, total.Gaps = gaps, gaps
		case 'n':
			counts, total.NeedGaps = needs, needs
		case 't':
			targets[value] = true
			continue
		}
		if value < 0 || value >= len(counts) {
			return fmt.Errorf("read answers of %q: %q is not on the scale", about.competence+about.domain, word)
		}
		counts[value] = people
	}
	setTarget(total, about, targets)
	return nil
}

func readWord(word string) (value, people int, err error) {
	level, count, _ := strings.Cut(word[1:], ":")
	if value, err = strconv.Atoi(level); err == nil {
		people, err = strconv.Atoi(count)
	}
	if err != nil {
		return 0, 0, fmt.Errorf("read counted answer %q: %w", word, err)
	}
	return value, people, nil
}

// setTarget notes the target that everybody of a row by competence has. In other rows
// there is no such thing, but whether anybody has one at all.
func setTarget(total *domain.SkillsTotal, about subject, targets map[int]bool) {
	if about.competence == "" {
		total.TargetsVary = total.Gaps != nil
		return
	}
	nobody := targets[-1]
	delete(targets, -1)
	switch {
	case len(targets) == 1 && !nobody:
		for only := range targets {
			level := domain.Level(only)
			total.Target = &level
		}
	case len(targets) > 0:
		total.TargetsVary = true
	}
}
