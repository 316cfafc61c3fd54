package check

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// facts is what the rules want to know of a text. They are worked out once for each
// text of the workbook.
type facts uint32

const (
	factBlank        facts = 1 << iota // nothing but white space
	factEdge                           // white space at an end
	factDouble                         // two spaces
	factSpaced                         // l e t t e r s spaced out
	factNoWord                         // neither letter nor digit
	factNA                             // NA or N/A
	factMarker                         // shorthand as the whole value
	factBracket                        // an opening square bracket
	factNote                           // [note 1]
	factBadNote                        // a reference to a note in another form
	factNumber                         // a number, written as text
	factNumberMarker                   // a number with shorthand behind it
	factDate                           // a date in a form that is not wanted
	factQuarter                        // Q1 to Q4
	factPersonal                       // an e-mail address or a National Insurance number
	factTotal                          // the label of a row of totals
	factRaised                         // a run in superscript or subscript
	factItalic                         // an italic run
	factUnderlined                     // an underlined run
	factFont                           // a run in an unwanted font, size or colour
)

var (
	noteMarker   = regexp.MustCompile(`\[note (\d+)\]`)
	noteLike     = regexp.MustCompile(`(?i)\[\s*(foot)?notes?\b[^\]]*\]|\[\d+\]|[^\s(]\(\d{1,2}\)|\s\(\d{1,2}\)$|\b(foot)?note \d+\)`)
	marker       = regexp.MustCompile(`\[([a-z]{1,4}\d?)\]`)
	wholeMarker  = regexp.MustCompile(`^\[[a-z]{1,4}\d?\]$`)
	numberText   = regexp.MustCompile(`^[-+\x{2212}]?[£$€]?([1-9]\d{0,2}([, ]\d{3})+|0|[1-9]\d*)(\.\d+)?( ?%)?$`)
	numberMarked = regexp.MustCompile(`^[-+\x{2212}]?[£$€]?[\d,]*\.?\d+%? ?(\[[^\]]+\])+$`)
	slashDate    = regexp.MustCompile(`\b\d{1,2}/\d{1,2}/(\d{4}|\d{2})\b`)
	monthDash    = regexp.MustCompile(`(?i)\b` + months + `( \d{4})?\s?[-–—]\s?` + months + `\b`)
	shortYear    = regexp.MustCompile(`(?i)\b` + months + `\s?[-/'’]\s?'?\d{2}\b|['’]\d\d\b`)
	yearPair     = regexp.MustCompile(`\b((?:19|20)\d\d)\s?([-/–])\s?(\d\d)\b`)
	quarter      = regexp.MustCompile(`\bQ[1-4]\b`)
	email        = regexp.MustCompile(`[^\s@]+@[^\s@]+\.[A-Za-z]{2,}`)
	insurance    = regexp.MustCompile(`(?i)\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b`)
	totalLabel   = regexp.MustCompile(`(?i)^(grand |overall |sub-?\s?)?totals?( \(.*\))?( \[.*\])*$|^All( [a-z-]+){1,4}( \[.*\])*$`)
)

const months = `(Jan(uary)?|Feb(ruary)?|Mar(ch)?|Apr(il)?|May|June?|July?|Aug(ust)?|Sept?(ember)?|Oct(ober)?|Nov(ember)?|Dec(ember)?)`

// shape is what a quick look at a text shows, so that most need no closer one.
type shape struct {
	word, digit, bracket, round, slash, at, dash, quote, letterQ, high bool
}

func shapeOf(text string) shape {
	var s shape
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			s.digit, s.word = true, true
		case r < utf8.RuneSelf && (r|0x20 >= 'a' && r|0x20 <= 'z'):
			s.word = true
			s.letterQ = s.letterQ || r == 'Q'
		case r == '[':
			s.bracket = true
		case r == '(' || r == ')':
			s.round = true
		case r == '/':
			s.slash = true
		case r == '@':
			s.at = true
		case r == '-' || r == '–' || r == '—':
			s.dash = true
		case r == '\'' || r == '’':
			s.quote = true
		}
		if r >= utf8.RuneSelf {
			s.high = true
			s.word = s.word || unicode.IsLetter(r) || unicode.IsDigit(r)
		}
	}
	return s
}

// analyse returns the facts of a text.
func analyse(text string) facts {
	if strings.TrimSpace(text) == "" {
		return factBlank | factNoWord
	}
	var f facts
	is := func(bit facts, holds bool) {
		if holds {
			f |= bit
		}
	}
	s := shapeOf(text)
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	is(factEdge, unicode.IsSpace(first) || unicode.IsSpace(last))
	is(factDouble, strings.Contains(text, "  ") || (s.high && (strings.Contains(text, "\u00A0\u00A0") || strings.Contains(text, "\u00A0 ") || strings.Contains(text, " \u00A0"))))
	is(factSpaced, spacedOut(text))
	is(factNoWord, !s.word)
	switch strings.ToUpper(strings.TrimSpace(text)) {
	case "NA", "N/A", "N.A.", "#N/A":
		f |= factNA
	}
	if s.bracket {
		f |= factBracket
		is(factMarker, wholeMarker.MatchString(text))
		is(factNote, noteMarker.MatchString(text))
		is(factNumberMarker, s.digit && numberMarked.MatchString(text))
	}
	is(factBadNote, (s.bracket || s.round) && hasBadNote(text))
	is(factBadNote, s.high && raisedDigit(text))
	if s.digit {
		is(factNumber, numberText.MatchString(text))
		is(factDate, (s.slash && slashDate.MatchString(text)) || ((s.slash || s.dash) && shortenedYears(text)) ||
			((s.dash || s.slash || s.quote) && shortYear.MatchString(text)))
		is(factQuarter, s.letterQ && quarter.MatchString(text))
	}
	is(factDate, s.dash && monthDash.MatchString(text))
	is(factPersonal, (s.at && email.MatchString(text)) || (s.digit && len(text) < 200 && insurance.MatchString(text)))
	is(factTotal, (text[0]|0x20 == 't' || text[0]|0x20 == 'g' || text[0]|0x20 == 's' || text[0]|0x20 == 'o' || text[0] == 'A') &&
		totalLabel.MatchString(text) && !strings.HasPrefix(text, "All other"))
	return f
}

// spacedOut says whether at least four letters in a row stand alone.
func spacedOut(text string) bool {
	const least = 4
	alone, word := 0, 0
	for _, r := range text + " " {
		switch {
		case r == ' ':
			if word != 1 {
				alone = 0
			} else if alone++; alone == least {
				return true
			}
			word = 0
		case unicode.IsLetter(r):
			word++
		case !strings.ContainsRune("().,;:", r):
			word += 2
		}
	}
	return false
}

// hasBadNote says whether a text refers to a note in another form than [note 1].
func hasBadNote(text string) bool {
	for _, found := range noteLike.FindAllString(text, -1) {
		if !noteMarker.MatchString(found) {
			return true
		}
	}
	return false
}

// raisedDigit says whether a text has a superscript digit that is not part of a unit
// such as m².
func raisedDigit(text string) bool {
	before := rune(0)
	for _, r := range text {
		if strings.ContainsRune("⁰¹²³⁴⁵⁶⁷⁸⁹", r) && (before != 'm' || (r != '²' && r != '³')) {
			return true
		}
		before = r
	}
	return false
}

// shortenedYears says whether a text has two years that follow one another, of which
// the second is cut to two digits. With a hyphen, 2009-10 is a month of ISO 8601.
func shortenedYears(text string) bool {
	for _, found := range yearPair.FindAllStringSubmatch(text, -1) {
		first, _ := strconv.Atoi(found[1])
		second, _ := strconv.Atoi(found[3])
		if second == (first+1)%100 && (found[2] != "-" || second > 12 || second == 0) {
			return true
		}
	}
	return false
}

// markers returns the shorthand in a text, such as c and x, without notes.
func markers(text string) []string {
	var list []string
	for _, found := range marker.FindAllStringSubmatch(text, -1) {
		list = append(list, found[1])
	}
	return list
}

// known says whether shorthand is in the harmonised list, numbered or not (Government
// Analysis Function, "Symbols in tables"; k, a and t are those of other producers).
func knownMarker(text string) bool {
	switch strings.TrimRight(text, "0123456789") {
	case "a", "b", "c", "e", "er", "f", "k", "low", "ns", "p", "r", "s", "ss", "sss", "t", "u", "w", "x", "z":
		return true
	}
	return false
}

// quoted returns a text for a message: short, and without line ends.
func quoted(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	const most = 60
	if utf8.RuneCountInString(text) > most {
		text = string([]rune(text)[:most-1]) + "…"
	}
	return `"` + text + `"`
}

// plain returns a text with every run of white space as one space.
func plain(text string) string { return strings.Join(strings.Fields(text), " ") }
