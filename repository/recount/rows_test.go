package recount_test

import "skillstracker/domain"

// tally is the rows of a question at one reference date.
type tally[Row any] struct {
	f    domain.TotalsFilter
	day  domain.Date
	sets [][]domain.Dimension
	rows map[key]*Row
	met  map[alike][]*Row
}

// alike is what the rows of a fact depend on: its organisation and what the question
// groups by.
type alike struct {
	in *organisation
	figureOf
}

// newTally begins with the rows that exist though they hold nothing.
func newTally[Row any](f domain.TotalsFilter, day domain.Date, empty map[key]bool) *tally[Row] {
	t := &tally[Row]{f: f, day: day, sets: dropped(f), rows: map[key]*Row{}, met: map[alike][]*Row{}}
	for k := range empty {
		t.rows[k] = new(Row)
	}
	return t
}

// of lists the rows in which a fact counts: the finest, and with subtotals those over
// it. Facts alike in what is asked are looked up once.
func (t *tally[Row]) of(where *place, x figureOf) []*Row {
	fact := alike{where.of, asked(t.f, x)}
	found, known := t.met[fact]
	if known {
		return found
	}
	for _, over := range t.sets {
		k := keyOf(t.f, over, t.day, *where, x)
		row := t.rows[k]
		if row == nil {
			row = new(Row)
			t.rows[k] = row
		}
		found = append(found, row)
	}
	t.met[fact] = found
	return found
}

// asked keeps of a fact what the question groups by.
func asked(f domain.TotalsFilter, x figureOf) figureOf {
	var kept figureOf
	for _, d := range f.GroupBy {
		switch d {
		case domain.ByStaffGroup:
			kept.group = x.group
		case domain.ByJobRole:
			kept.role = x.role
		case domain.ByBand:
			kept.band = x.band
		case domain.ByAreaOfWork:
			kept.area = x.area
		case domain.ByDigital:
			kept.digital = x.digital
		case domain.ByTeam:
			kept.team = x.team
		case domain.ByAssessorKind:
			kept.assessor = x.assessor
		default:
		}
	}
	return kept
}
