package attack

import "skillstracker/domain/disclosure"

// Subject is what people have levels of: a competence, or a domain of several.
type Subject struct {
	Classes int // levels from 0
	// Target returns the level that is expected of everybody in a group; known is
	// false when the group does not tell, and level -1 when nobody in it has a target.
	Target func(Group) (level int, known bool)
	// Of are the competences of a domain, whose lowest level is the person's; nil for
	// a competence.
	Of []int
}

// Panel is everything that is published about the skills and the movement of a
// population at some dates, with all that follows from it.
type Panel struct {
	*Survey
	Rule     disclosure.Rule
	Subjects []Subject
	// Whole says that everybody who is assessed is known to have a level in every
	// competence, as where the files leave nothing out.
	Whole bool
	// Checklist are the levels from which on a competence of a checklist is reached;
	// nil when the framework is not one.
	Checklist []int
	months    int
	classes   int
}

// The figures of a month that are not about a subject. Staff in post are closing
// staff too. The greatest gap over all competences takes the last ones.
const (
	staff = iota
	assessed
	listed
	due
	overdue
	never
	bySelf
	byManager
	byAssessor
	opening
	starters
	leavers
	stayers
	checkBase
	missed
	reached
	general // so many
)

// The distributions of a subject; each takes its base and its classes.
const (
	levels = iota
	gaps
	needs
	distributions // so many
)

// NewPanel returns a panel of which nothing is known yet. Months is how many reference
// dates are asked about; may says of a group whether it may be asked for.
func NewPanel(rule disclosure.Rule, dimensions []Dimension, atMost, months int, subjects []Subject, may func(Group) bool) *Panel {
	p := &Panel{Rule: rule, Subjects: subjects, months: months}
	for _, subject := range subjects {
		p.classes = max(p.classes, subject.Classes)
	}
	p.Survey = NewSurvey(dimensions, atMost, months*p.monthly(), may)
	return p
}

func (p *Panel) monthly() int {
	return general + p.classes + 1 + len(p.Subjects)*distributions*(p.classes+1)
}

// figure is a figure of a month that is not about a subject.
func (p *Panel) figure(g Group, month, figure int) int32 {
	return p.Number(g, month*p.monthly()+figure)
}

// Level is the number of people of a group at a level, -1 for all who have one.
func (p *Panel) Level(g Group, month, subject, level int) int32 {
	return p.class(g, month, subject, levels, level)
}

// class is the number of people in a class, -1 for the base. Subject -1 has the
// greatest gaps over all competences alone.
func (p *Panel) class(g Group, month, subject, of, class int) int32 {
	first := general
	if subject >= 0 {
		first += p.classes + 1 + (subject*distributions+of)*(p.classes+1)
	}
	return p.figure(g, month, first+1+class)
}

// classNumbers are the numbers of the classes of a distribution from one on.
func (p *Panel) classNumbers(g Group, month, subject, of, from int) []int32 {
	var numbers []int32
	for class := from; class < p.classesOf(subject); class++ {
		numbers = append(numbers, p.class(g, month, subject, of, class))
	}
	return numbers
}

func (p *Panel) classesOf(subject int) int {
	if subject < 0 {
		return p.classes
	}
	return p.Subjects[subject].Classes
}

// LearnSkills adds what a row of digital-literacy totals says. Subject is -1 for a row
// that is by neither competence nor domain.
func (p *Panel) LearnSkills(g Group, month, subject int, row disclosure.Skills) {
	p.learn(p.figure(g, month, staff), row.StaffInPost, 1)
	p.learn(p.figure(g, month, assessed), row.Assessed, 1)
	p.learn(p.figure(g, month, listed), row.AssessedListed, 1)
	p.learn(p.figure(g, month, due), row.Due, 1)
	p.learn(p.figure(g, month, overdue), row.Overdue, 1)
	p.learn(p.figure(g, month, never), row.NeverAssessed, 1)
	p.learnShare(p.figure(g, month, bySelf), row.BySelf, row.Assessed)
	p.learnShare(p.figure(g, month, byManager), row.ByManager, row.Assessed)
	p.learnShare(p.figure(g, month, byAssessor), row.ByAssessor, row.Assessed)
	if row.Distribution != nil {
		p.learnAll(g, month, subject, levels, *row.Distribution)
	}
	switch {
	case row.Gaps == nil:
		p.Learn(p.class(g, month, subject, gaps, -1), Bounds{})
	case row.Target != nil && subject >= 0:
		p.learnTarget(g, month, subject, int(*row.Target))
	default:
		p.learnAll(g, month, subject, gaps, row.Gaps.Distribution)
	}
	if row.NeedGaps != nil && subject >= 0 {
		p.learnAll(g, month, subject, needs, row.NeedGaps.Distribution)
	}
	if row.Checklist != nil && !row.Checklist.Withheld {
		p.learn(p.figure(g, month, checkBase), row.Checklist.Base, 0)
		p.learn(p.figure(g, month, missed), row.Checklist.Levels[0], 0)
		p.learn(p.figure(g, month, reached), row.Checklist.Levels[1], 0)
	}
}

// LearnNobody adds that a group has no row because nobody is in it.
func (p *Panel) LearnNobody(g Group, month int) {
	for _, figure := range []int{staff, assessed} {
		p.Learn(p.figure(g, month, figure), Bounds{})
	}
}

// LearnWorkforce adds what a row of workforce totals says.
func (p *Panel) LearnWorkforce(g Group, month int, row disclosure.Workforce) {
	p.learn(p.figure(g, month, staff), row.Headcount, 1)
	if row.Withheld {
		return
	}
	p.learn(p.figure(g, month, staff), row.Closing, 1)
	p.learn(p.figure(g, month, opening), row.Opening, 1)
	p.learn(p.figure(g, month, starters), row.Starters, 0)
	p.learn(p.figure(g, month, leavers), row.Leavers, 0)
	p.learn(p.figure(g, month, stayers), row.Stayers, 0)
}

// learnTarget adds that everybody of a group who has a level has one target: the gaps
// follow from the levels, and nobody has a level in a part of it with another target.
func (p *Panel) learnTarget(g Group, month, subject, target int) {
	p.relateTarget(g, month, subject, target)
	for _, parts := range p.Parts(g) {
		for _, part := range parts {
			if other, known := p.Subjects[subject].Target(part); known && other != target {
				p.Learn(p.Level(part, month, subject, -1), Bounds{})
			}
		}
	}
}

// learn adds what a count says to somebody who knows the rule. Withheld is the
// smallest number for which a count is withheld where it stands.
func (p *Panel) learn(number int32, count disclosure.Count, withheld int) {
	switch {
	case count.Status == "x" || count.Status == "z":
	case count.Status != "":
		p.Learn(number, Bounds{int32(withheld), int32(p.Rule.Threshold - 1)})
	case count.Value == 0:
		p.Learn(number, Bounds{})
	default:
		low := count.Value - p.Rule.RoundTo/2
		p.Learn(number, Bounds{int32(max(low, p.Rule.Threshold)), int32(low + p.Rule.RoundTo - 1)})
	}
}

// learnShare adds what a share of a count says: the count that it was worked out from.
func (p *Panel) learnShare(number int32, share disclosure.Share, whole disclosure.Count) {
	switch {
	case share.Status == "c" && whole.Status == "":
		p.learn(number, disclosure.Count{Status: share.Status}, 1)
	case share.Status == "" && whole.Status == "":
		p.learn(number, disclosure.Count{Value: int(share.Value*float64(whole.Value) + 0.5)}, 1)
	}
}

func (p *Panel) learnAll(g Group, month, subject, of int, d disclosure.Distribution) {
	if d.Withheld {
		return
	}
	p.learn(p.class(g, month, subject, of, -1), d.Base, 0)
	for class, count := range d.Levels {
		p.learn(p.class(g, month, subject, of, class), count, 0)
	}
}
