package check

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

var holdsForm = regexp.MustCompile(`^This worksheet contains (one|two|three|four|five|six|seven|eight|nine|ten|\d+) (table|chart)s?\b`)

// says whether column A of a sheet has a line above its table with a word. On sheets
// of rows there is no room for it; other sheets say it there.
func (c *checker) says(s *sheet, word string) bool {
	if s.saying(word) {
		return true
	}
	if s.role != roleRows {
		return false
	}
	for _, other := range c.sheets {
		if other.saying(word) {
			return true
		}
	}
	return false
}

func (s *sheet) saying(word string) bool {
	for _, l := range s.seen.top {
		if strings.Contains(strings.ToLower(l.text), word) {
			return true
		}
	}
	return false
}

// sheet holds a sheet to the rules about sheets.
func (c *checker) sheet(s *sheet) {
	if s.seen.cells > 0 {
		c.titleRules(s)
		c.holds(s)
	}
	c.tablesOf(s)
	c.view(s)
	c.objects(s)
	c.coloured(s)
	c.widths(s)
	c.shorthand(s)
}

func (c *checker) titleRules(s *sheet) {
	title, at := s.seen.title(), cellRef{1, 1}
	const advice = "Write a title in A1 that says what the sheet holds, of which organisation and for which period."
	switch {
	case title == "":
		c.breach("SH-01", s, at, "Cell A1 has no title.", advice)
		return
	case utf8.RuneCountInString(title) < 15:
		c.breach("SH-01", s, at, "The title "+quoted(title)+" is shorter than 15 characters.", advice)
	default:
		for _, other := range c.sheets[:s.place] {
			if plain(other.seen.title()) == plain(title) {
				c.breach("SH-01", s, at, "The title is that of sheet "+quoted(other.name)+" too.", advice)
				break
			}
		}
	}
	l := s.seen.titleLook
	if l == nil {
		return
	}
	if l.builtIn != heading1 {
		c.breach("SH-02", s, at, "The title does not have the cell style Heading 1, by which screen readers find it.", "Give it the style: Home, Cell Styles, Heading 1.")
	}
	switch {
	case !l.font.bold:
		c.breach("SH-03", s, at, "The title is not bold.", "Make it bold.")
	case l.font.size < 14:
		c.breach("SH-03", s, at, fmt.Sprintf("The title has %g points; the least is 14.", l.font.size), "Make it 14 to 16 points.")
	case l.border:
		c.breach("SH-03", s, at, "The title has a border.", "Take the border off; the style Heading 1 of Excel has one until it is changed.")
	case l.font.name != "" && !sansSerif(l.font.name):
		c.breach("SH-03", s, at, "The title's font "+quoted(l.font.name)+" is not known to be without serifs.", "Use Arial or another font without serifs.")
	}
}

// holds checks that A2 says what the sheet contains.
func (c *checker) holds(s *sheet) {
	if s.role == roleCover {
		return
	}
	at := cellRef{1, 2}
	const advice = "Begin A2 with: This worksheet contains one table. Or the number of tables or charts that there are."
	found := holdsForm.FindStringSubmatch(s.seen.line(2))
	if found == nil {
		c.breach("SH-04", s, at, "Cell A2 does not say how many tables or charts the sheet contains.", advice)
		return
	}
	says, err := strconv.Atoi(found[1])
	if err != nil {
		says = 1 + indexOf([]string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}, found[1])
	}
	there := len(s.tables)
	if found[2] == "chart" {
		there = len(s.charts)
	}
	if says != there {
		c.breach("SH-04", s, at, fmt.Sprintf("Cell A2 speaks of %d %ss, and there are %d.", says, found[2], there), advice)
	}
}

func indexOf(list []string, text string) int {
	for i, each := range list {
		if each == text {
			return i
		}
	}
	return -1
}

func (c *checker) tablesOf(s *sheet) {
	if len(s.tables) == 0 && s.role != roleCover && s.role != roleChart && s.seen.cells > 0 {
		c.breach("TB-01", s, cellRef{}, "The sheet has no cells that are marked up as a table.", "Select the table with its headings and press Ctrl+T; or, if the sheet is a cover, name it Cover.")
	}
	if len(s.tables) > 1 {
		c.breach("SH-05", s, cellRef{s.tables[1].ref.left, s.tables[1].ref.top}, fmt.Sprintf("The sheet has %d tables.", len(s.tables)), "Put each table on a sheet of its own.")
	}
	for _, t := range s.tables {
		if !t.ref.valid() {
			c.breach("TB-01", s, cellRef{}, "The table "+quoted(t.name)+" does not say which cells it has.", "Make the table anew.")
		} else if t.ref.left != 1 {
			c.breach("SH-06", s, cellRef{t.ref.left, t.ref.top}, "The table does not begin in column A, where screen readers look for it.", "Move it to column A.")
		}
		if t.filter && !c.says(s, "filter") {
			c.breach("SH-12", s, cellRef{t.ref.left, t.ref.top}, "The table has filter buttons.", filterAdvice)
		}
	}
	if s.layout.filter != "" && !c.says(s, "filter") {
		at, _ := parseArea(s.layout.filter)
		c.breach("SH-12", s, cellRef{at.left, at.top}, "The sheet has filter buttons.", filterAdvice)
	}
	for _, merged := range s.layout.merged {
		at, _ := parseArea(merged)
		c.breach("SH-09", s, cellRef{at.left, at.top}, "The cells "+merged+" are merged, so screen readers lose their place.", "Unmerge them, and write the value into each row.")
	}
}

const filterAdvice = "Switch them off: Data, Filter; or say in column A above the table that filters are used and how to turn them off."

func (c *checker) objects(s *sheet) {
	for _, f := range s.frames {
		if f.kind == "shape" {
			c.breach("SH-13", s, f.at, "A shape or text box lies on the sheet, which screen readers do not find.", "Delete it, and write its text into a cell.")
			continue
		}
		length := utf8.RuneCountInString(strings.TrimSpace(f.alt))
		const advice = "Say in 10 to 300 characters what it shows: right-click, View Alt Text."
		switch {
		case length == 0:
			c.breach("SH-14", s, f.at, "The "+f.kind+" has no alternative text.", advice)
		case length < 10 || length > 300:
			c.breach("SH-14", s, f.at, fmt.Sprintf("The alternative text of the %s has %d characters.", f.kind, length), advice)
		}
		switch {
		case f.kind == "picture":
			c.breach("SH-15", s, f.at, "A picture lies on the sheet.", "Delete it, and say in cells what it shows.")
		case len(s.tables) > 0:
			c.breach("SH-15", s, f.at, "A chart lies on a sheet with a table, where it covers cells and comes between readers and them.", "Move it to a sheet of its own.")
		}
	}
}

// coloured looks at formats that give cells a colour.
func (c *checker) coloured(s *sheet) {
	for _, f := range s.layout.formats {
		if f.colours(c.styles) && len(f.areas) > 0 {
			c.breach("SH-17", s, cellRef{f.areas[0].left, f.areas[0].top}, "The cells have a format that colours them by their values.", "Clear it: Home, Conditional Formatting, Clear Rules.")
		}
	}
	for _, span := range s.layout.columns {
		if c.styles.look(span.style).fill.solid {
			c.breach("SH-17", s, cellRef{span.from, 0}, "The whole column has a fill.", "Set it to No Fill; white is a fill too.")
		}
	}
}

// widths checks the widths of the columns that hold something.
func (c *checker) widths(s *sheet) {
	const least, most, slack = 8, 60, 0.9 // programs add up to 0.83 for the edges of a cell
	for _, span := range s.layout.columns {
		if span.from > s.seen.used || span.hidden || span.width == 0 {
			continue
		}
		if span.width < least-0.01 || span.width > most+slack {
			c.breach("SH-24", s, cellRef{span.from, 0}, fmt.Sprintf("The column is %.0f characters wide.", span.width), "Make it between 8 and 60 wide, and wrap long texts.")
		}
	}
}

// shorthand checks that column A explains the shorthand of the table, and no other.
func (c *checker) shorthand(s *sheet) {
	if len(s.tables) == 0 || s.role == roleNotes || s.role == roleContents {
		return
	}
	explained := map[string]cellRef{}
	for _, l := range s.seen.top {
		if l.row > 1 && l.facts&factBracket != 0 {
			for _, m := range markers(l.text) {
				if _, known := explained[m]; !known {
					explained[m] = cellRef{1, l.row}
				}
			}
		}
	}
	for m, at := range s.seen.shorthand {
		_, is := explained[m]
		switch {
		case !knownMarker(m):
			c.breach("TB-08", s, at, "The shorthand ["+m+"] is not in the harmonised list.", "Use one that is, such as [c], [x], [z], [e], [p], [r], [u], [w], [low] or [b].")
		case !is && (s.role != roleRows || !c.says(s, "["+m+"]")):
			c.breach("TB-08", s, at, "The shorthand ["+m+"] is used, and nothing in column A above the table explains it.", "Add a line above the table: Some shorthand is used in this table: ["+m+"] = and what it means.")
		}
	}
	for m, at := range explained {
		if _, used := s.seen.shorthand[m]; !used && knownMarker(m) {
			c.add("TB-08", House, s, at, "The shorthand ["+m+"] is explained and not used in the table.", "Leave ["+m+"] out of the explanation.")
		}
	}
}
