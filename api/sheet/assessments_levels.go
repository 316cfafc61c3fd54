package sheet

import (
	"strconv"
	"strings"

	"skillstracker/domain"
)

// levelScale reads the levels of a framework.
type levelScale struct {
	words   map[string]domain.Level // by key: names of levels and the answers that are none
	invalid string                  // what is said of a cell that holds none; empty for what is published
}

// newLevelScale knows the names of the framework's levels, Level 2 and L2, and
// the ways of writing not applicable and not assessed.
func newLevelScale(framework domain.FrameworkVersion) *levelScale {
	s := &levelScale{words: levelWords(framework)}
	for _, word := range []string{"N/A", "not applicable"} {
		s.words[keyOf(word)] = domain.NotApplicable
	}
	s.words[keyOf("not assessed")] = domain.NotAssessed
	return s
}

// newTargetScale knows levels alone: nobody can be expected to be not assessed.
func newTargetScale(framework domain.FrameworkVersion) *levelScale {
	return &levelScale{
		words:   levelWords(framework),
		invalid: "A target is a whole number, a level of the framework's scale; an empty cell ends the target.",
	}
}

func levelWords(framework domain.FrameworkVersion) map[string]domain.Level {
	words := make(map[string]domain.Level)
	for _, l := range framework.Levels {
		digits := strconv.Itoa(int(l.Level))
		for _, word := range []string{l.Name, "Level " + digits, "L" + digits} {
			words[keyOf(word)] = l.Level
		}
	}
	return words
}

// levelColumn is the column of one competence's levels or needs.
type levelColumn struct {
	column
	highest domain.Level
	// ofDomain says that the highest level is the lowest of several competences'.
	ofDomain bool
}

// read reads an answer. An empty cell is not assessed.
func (s *levelScale) read(r *rowReader, c *levelColumn) domain.Level {
	cell, valued := r.optional(c.column)
	if !valued {
		return domain.NotAssessed
	}
	text, numeric := numberText(cell)
	switch {
	case !numeric:
		s.noLevel(r, c, cell)
		return domain.NotAssessed
	case len(text) == 1 && isDigitByte(text[0]):
		return s.onScale(r, c, int64(text[0]-'0'))
	case isPlainDecimal(text):
		return s.whole(r, c, text)
	}
	var room [keySize]byte
	level, known := s.words[string(appendKey(room[:0], text))]
	switch {
	case !known:
		s.noLevel(r, c, cell)
	case level >= 0:
		return s.onScale(r, c, int64(level))
	default:
		return level
	}
	return domain.NotAssessed
}

// noLevel records that a cell holds no level.
func (s *levelScale) noLevel(r *rowReader, c *levelColumn, cell Cell) {
	if fault := noNumber(cell); fault == domain.FindingNumberDate {
		r.fault(fault, c.column, "")
		return
	}
	r.fault(domain.FindingLevelInvalid, c.column, s.invalid)
}

// whole reads a number of several characters, such as 2.0 or -1.
func (s *levelScale) whole(r *rowReader, c *levelColumn, text string) domain.Level {
	digits, fraction, _ := strings.Cut(text, ".")
	level, err := strconv.ParseInt(digits, 10, 64)
	switch {
	case strings.Trim(fraction, "0") != "" || digits == "":
		r.fault(domain.FindingLevelInvalid, c.column, s.invalid)
		return domain.NotAssessed
	case err != nil:
		level = -1 // beyond every scale
	}
	return s.onScale(r, c, level)
}

func (s *levelScale) onScale(r *rowReader, c *levelColumn, level int64) domain.Level {
	if level < 0 || level > int64(c.highest) {
		text := "The level is not on the scale of this competence, which goes from 0 to "
		if c.ofDomain {
			text = "The level is not on the scale of every competence of the domain; the shortest of these goes from 0 to "
		}
		r.fault(domain.FindingLevelOutOfRange, c.column, text+strconv.Itoa(int(c.highest))+".")
		return domain.NotAssessed
	}
	return domain.Level(level)
}

// levelSlab hands out room for the levels of a row, many rows at a time.
type levelSlab struct {
	free []domain.Level
	last []domain.Level // free before the last room was handed out
}

// rowsPerSlab is the number of rows for which room is made at once.
const rowsPerSlab = 512

func (s *levelSlab) take(count int) []domain.Level {
	if len(s.free) < count {
		s.free = make([]domain.Level, count*rowsPerSlab)
	}
	taken := s.free[:count:count]
	s.last, s.free = s.free, s.free[count:]
	return taken
}

// giveBack takes back the room that was handed out last.
func (s *levelSlab) giveBack(taken []domain.Level) {
	if len(taken) > 0 {
		s.free = s.last
	}
}
