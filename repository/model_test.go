package repository_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"skillstracker/domain"
)

// The model of the register: the uploads that are in force, in the order in which
// they arrived. What is held is worked out by reading them again from the first to
// the last; an upload that is withdrawn is taken off the list.
//
// Staff lists of the model state no dates of their own, so that what they say can be
// read day by day: whoever a list names is in post from its day until the next day on
// which a complete list does not name them, and has the position that the newest list
// up to the day states.

// said is what an upload said, as far as it was stored.
type said struct {
	id       string
	kind     domain.UploadKind
	complete bool
	asAt     domain.Date
	people   map[string]place // whom a staff list names
	leave    []string         // whom a staff list removes
	answers  map[answerKey]answer
	cells    map[domain.VacancyKey]domain.VacancyMeasures
	records  map[any]string // what it says of position vacancies and targets, by their keys
	drop     []any          // keys of records that are removed, other than people
	file     domain.UploadFile
	left     map[int]bool // rows of the file that were left out
	counts   domain.UploadCounts
}

// place is a position, as far as the model lets it differ.
type place struct {
	band string
	fte  domain.FTE
}

type answerKey struct {
	number string
	on     domain.Date
	kind   domain.AssessorKind
}

// answer is all that an assessment says, as text.
type answer string

// world is what is held at one time.
type world struct {
	named   map[string]map[domain.Date]place // by person and day of a list
	lists   map[domain.Date]bool             // days of complete lists
	answers map[answerKey]answer
	cells   map[domain.VacancyKey]domain.VacancyMeasures
	records map[any]string
}

func newWorld() *world {
	return &world{
		named: make(map[string]map[domain.Date]place), lists: make(map[domain.Date]bool),
		answers: make(map[answerKey]answer), cells: make(map[domain.VacancyKey]domain.VacancyMeasures),
		records: make(map[any]string),
	}
}

// modelDays is the number of days that staff lists are about, from modelDay(1) on.
const modelDays = 10

func modelDay(n int) domain.Date { return date(2026, 3, n) }

// span is a period of employment; to is the last day, or Forever.
type span struct{ from, to domain.Date }

// spans are the periods in which the person is in post.
func (w *world) spans(number string) []span {
	var found []span
	open := false
	for n := 1; n <= modelDays; n++ {
		on := modelDay(n)
		_, named := w.named[number][on]
		if named && !open {
			found, open = append(found, span{on, domain.Forever}), true
		}
		if w.lists[on] && !named && open {
			found[len(found)-1].to, open = on-1, false
		}
	}
	return found
}

// spanOn returns the period that holds the day.
func (w *world) spanOn(number string, on domain.Date) (span, bool) {
	for _, s := range w.spans(number) {
		if s.from <= on && on <= s.to {
			return s, true
		}
	}
	return span{}, false
}

// placeOn is the position in force on a day.
func (w *world) placeOn(number string, on domain.Date) (place, bool) {
	for ; on >= modelDay(1); on-- {
		if p, named := w.named[number][on]; named {
			return p, true
		}
	}
	return place{}, false
}

// history writes everything that is held of a person's employment.
func (w *world) history(number string) string {
	text := fmt.Sprint(w.spans(number))
	for n := 1; n <= modelDays; n++ {
		p, _ := w.placeOn(number, modelDay(n))
		text += fmt.Sprint(p)
	}
	return text
}

// effect is what an upload did to one record of the others.
type effect struct {
	changed   map[any]bool    // records that it added, replaced, removed or ended
	unchanged map[any]bool    // records that it found as it states them
	back      map[any]bool    // records that would be held again without it
	reports   map[any]bool    // sections of which it says which records there are
	fresh     map[string]bool // people of whom it speaks and who were on no staff list
	made      map[string]bool // people of whom it speaks and nothing was said before
	assessed  map[string]bool // people whose assessments it states or removes
	counts    domain.UploadCounts
	before    *world
	after     *world
}

// play reads what the uploads said and returns what each did and what is held at the
// end.
func play(list []said) ([]effect, *world) {
	now := newWorld()
	effects := make([]effect, 0, len(list))
	everSaid := make(map[string]bool)
	for i := range list {
		u := &list[i]
		e := effect{
			changed: make(map[any]bool), unchanged: make(map[any]bool), back: make(map[any]bool), reports: make(map[any]bool),
			fresh: make(map[string]bool), made: make(map[string]bool), assessed: make(map[string]bool), before: now.clone(),
		}
		for _, number := range u.numbers() {
			e.made[number] = !everSaid[number]
			e.fresh[number] = len(now.named[number]) == 0
			everSaid[number] = true
		}
		switch u.kind {
		case domain.UploadStaff:
			now.sayStaff(u, &e)
		case domain.UploadAssessments:
			now.sayAnswers(u, &e)
		case domain.UploadVacancies:
			now.sayCells(u, &e)
		case domain.UploadPositions, domain.UploadTargets:
			now.sayRecords(u, &e)
		}
		e.after = now.clone()
		effects = append(effects, e)
	}
	return effects, now
}

// numbers are the people of whom an upload speaks.
func (u *said) numbers() []string {
	numbers := slices.Concat(slices.Collect(maps.Keys(u.people)), u.leave)
	for key := range u.answers {
		numbers = append(numbers, key.number)
	}
	for _, key := range u.drop {
		if k, ok := key.(answerKey); ok {
			numbers = append(numbers, k.number)
		}
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// clone copies a world.
func (w *world) clone() *world {
	other := newWorld()
	for number, days := range w.named {
		other.named[number] = maps.Clone(days)
	}
	other.lists, other.answers, other.cells = maps.Clone(w.lists), maps.Clone(w.answers), maps.Clone(w.cells)
	other.records = maps.Clone(w.records)
	return other
}

// sayAnswers stores and removes assessments.
func (w *world) sayAnswers(u *said, e *effect) {
	for key, a := range u.answers {
		e.assessed[key.number] = true
		e.store(key, w.answers[key] == a, w.answers[key] != "")
		w.answers[key] = a
	}
	for _, key := range u.drop {
		k, _ := key.(answerKey)
		e.assessed[k.number] = true
		e.changed[key] = true
		e.counts.Removed++
		delete(w.answers, k)
	}
}

// store notes what storing a record did.
func (e *effect) store(key any, same, held bool) {
	switch {
	case same:
		e.unchanged[key] = true
		e.counts.Unchanged++
	case held:
		e.changed[key] = true
		e.counts.Changed++
	default:
		e.changed[key] = true
		e.counts.New++
	}
}

// section is a month of a staff group.
type section struct {
	month domain.Date
	group string
}

func sectionOf(k domain.VacancyKey) section { return section{k.Month, k.StaffGroup} }

// sayCells stores, removes and, for a complete return, ends cells.
func (w *world) sayCells(u *said, e *effect) {
	for key := range u.cells {
		e.reports[sectionOf(key)] = true
	}
	for key := range w.cells {
		_, stated := u.cells[key]
		if u.complete && e.reports[sectionOf(key)] && !stated && !slices.Contains(u.drop, any(key)) {
			e.changed[key], e.back[key] = true, true
			e.counts.Ended++
			delete(w.cells, key)
		}
	}
	for key, measures := range u.cells {
		held, known := w.cells[key]
		e.store(key, known && held == measures, known)
		w.cells[key] = measures
	}
	for _, key := range u.drop {
		k, _ := key.(domain.VacancyKey)
		e.changed[key], e.back[key] = true, true
		e.counts.Removed++
		delete(w.cells, k)
	}
}

// lines writes what is held: the positions on some days, the assessments and the
// cells.
func (w *world) lines(days []domain.Date) []string {
	var lines []string
	for _, on := range days {
		for _, number := range slices.Sorted(maps.Keys(w.named)) {
			if _, in := w.spanOn(number, on); in {
				p, _ := w.placeOn(number, on)
				lines = append(lines, staffLine(on, number, p))
			}
		}
	}
	keys := slices.SortedFunc(maps.Keys(w.answers), func(a, b answerKey) int {
		return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.on, b.on), cmp.Compare(a.kind, b.kind))
	})
	for _, key := range keys {
		lines = append(lines, fmt.Sprint(key, w.answers[key]))
	}
	cells := slices.SortedFunc(maps.Keys(w.cells), func(a, b domain.VacancyKey) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.StaffGroup, b.StaffGroup), cmp.Compare(a.Band, b.Band))
	})
	for _, key := range cells {
		lines = append(lines, fmt.Sprint(key, w.cells[key]))
	}
	return append(lines, w.recordLines()...)
}

func staffLine(on domain.Date, number string, p place) string {
	return fmt.Sprintf("%s: %s %s %s", on, number, p.band, p.fte)
}
