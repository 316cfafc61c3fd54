package report

import (
	"fmt"
	"slices"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// skillsPeriod is what the totals say of a group of people at one date.
type skillsPeriod struct {
	// everybody is their row without competences, nil when the totals hold none.
	everybody *disclosure.Skills
	// competences are in the framework's order.
	competences []competenceFigures
}

// competenceFigures is what the totals say of one competence. Its row is nil when they
// hold none; the distribution is then that of nobody.
type competenceFigures struct {
	domain.Competence
	distribution disclosure.Distribution
	row          *disclosure.Skills
	// unknown is the reason why figures other than the distribution are absent when
	// there is no row.
	unknown domain.Status
}

// period returns what the totals say of the organisation at a month end.
func (in DigitalLiteracyInput) period(month domain.Date) (skillsPeriod, error) {
	overall := inMonth(in.Overall, month)
	if len(overall) > 1 {
		return skillsPeriod{}, fmt.Errorf("report: %d rows of totals of everybody for %s", len(overall), month)
	}
	var everybody *disclosure.Skills
	if len(overall) == 1 {
		everybody = &overall[0]
	}
	return in.periodOf(everybody, inMonth(in.ByCompetence, month))
}

// periodOf puts the rows about a group of people together.
func (in DigitalLiteracyInput) periodOf(everybody *disclosure.Skills, rows []disclosure.Skills) (skillsPeriod, error) {
	p := skillsPeriod{everybody: everybody, competences: make([]competenceFigures, len(in.Framework.Competences))}
	for i, c := range in.Framework.Competences {
		p.competences[i] = competenceFigures{Competence: c, distribution: p.nobody(in.Rule, int(c.MaxLevel)+1), unknown: domain.StatusNotApplicable}
		if everybody == nil {
			p.competences[i].unknown = domain.StatusNotAvailable
		}
	}
	for _, row := range rows {
		i, known := in.Framework.CompetenceIndex(row.Competence)
		switch {
		case !known:
			return p, fmt.Errorf("report: competence %q of a row of totals is not in framework %s %s", row.Competence, in.Framework.Framework, in.Framework.Version)
		case p.competences[i].row != nil:
			return p, fmt.Errorf("report: two rows of totals for competence %q", row.Competence)
		case row.Distribution == nil:
			return p, fmt.Errorf("report: the row of totals for competence %q has no distribution", row.Competence)
		case len(row.Distribution.Shares) != int(p.competences[i].MaxLevel)+1:
			return p, fmt.Errorf("report: the row of totals for competence %q has %d levels and not %d", row.Competence, len(row.Distribution.Shares), p.competences[i].MaxLevel+1)
		}
		p.competences[i].distribution, p.competences[i].row = *row.Distribution, &row
	}
	return p, nil
}

// nobody returns what stands for a competence without a row: what the rule makes
// of nobody, so that a missing row tells no more than an empty one. It is not available
// when nothing is known of the people, and not applicable when it is shown that none of
// them has been assessed, which leaves nothing to withhold.
func (p skillsPeriod) nobody(rule disclosure.Rule, levels int) disclosure.Distribution {
	switch {
	case p.everybody == nil:
		return noLevels(disclosure.Count{Status: domain.StatusNotAvailable}, levels, domain.StatusNotAvailable)
	case p.everybody.Assessed == disclosure.Count{}:
		return noLevels(disclosure.Count{}, levels, domain.StatusNotApplicable)
	}
	return rule.Distribution(make([]int, levels), 0)
}

// noLevels returns a distribution of which every figure but the base is absent for one
// reason.
func noLevels(base disclosure.Count, levels int, why domain.Status) disclosure.Distribution {
	return disclosure.Distribution{
		Base: base, Shares: slices.Repeat([]disclosure.Share{{Status: why}}, levels), Mean: disclosure.Average{Status: why}, Median: disclosure.Average{Status: why},
	}
}

// figure returns a figure of the row of everybody, not available when there is none.
func (p skillsPeriod) figure(of func(disclosure.Skills) value) value {
	if p.everybody == nil {
		return absent(domain.StatusNotAvailable)
	}
	return of(*p.everybody)
}

// gapFigure returns a figure of how far people are below their targets, not applicable
// when nobody has one.
func gapFigure(g *disclosure.Gaps, of func(disclosure.Gaps) value) value {
	if g == nil {
		return absent(domain.StatusNotApplicable)
	}
	return of(*g)
}

func (c competenceFigures) gaps(of func(disclosure.Gaps) value) value {
	if c.row == nil {
		return absent(c.unknown)
	}
	return gapFigure(c.row.Gaps, of)
}

// target returns the level expected: not applicable when nobody has a target or they
// differ.
func (c competenceFigures) target() value {
	switch {
	case c.row == nil:
		return absent(c.unknown)
	case c.row.Target == nil:
		return absent(domain.StatusNotApplicable)
	}
	return numberValue(float64(*c.row.Target))
}

func meanGap(g disclosure.Gaps) value { return averageValue(g.Mean) }
func reached(g disclosure.Gaps) value { return shareValue(g.Reached) }

// reachedTargets is the share of people at or above target in every competence.
func reachedTargets(s disclosure.Skills) value { return gapFigure(s.Gaps, reached) }

// reachedThresholds is the share of people who reached every threshold of a checklist.
func reachedThresholds(s disclosure.Skills) value {
	if s.Checklist == nil || len(s.Checklist.Shares) != 2 {
		return absent(domain.StatusNotApplicable)
	}
	return shareValue(s.Checklist.Shares[1])
}

// largestGap returns the competence with the greatest mean gap of those that are shown,
// the first of several, with that gap; none when nobody is below target. Where no gap is
// shown both are absent for the same reason.
func (p skillsPeriod) largestGap() (name, gap value, competence int) {
	competence, gap = -1, absent(domain.StatusNotApplicable)
	for i, c := range p.competences {
		mean := c.gaps(meanGap)
		switch {
		case mean.isNumber && (!gap.isNumber || mean.number > gap.number):
			competence, gap = i, mean
		case !mean.isNumber && !gap.isNumber && mean.text != absent(domain.StatusNotApplicable).text:
			gap = mean
		}
	}
	switch {
	case competence < 0:
		return gap, gap, competence
	case gap.number == 0:
		return textValue("None"), gap, competence
	}
	return textValue(p.competences[competence].Name), gap, competence
}

// withholdsGap says whether some competence has a gap that is not shown, so that the
// largest of those shown need not be the largest.
func (p skillsPeriod) withholdsGap() bool {
	return slices.ContainsFunc(p.competences, func(c competenceFigures) bool {
		gap := c.gaps(meanGap)
		return !gap.isNumber && gap.text != absent(domain.StatusNotApplicable).text
	})
}
