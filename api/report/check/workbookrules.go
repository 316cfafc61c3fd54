package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var sheetNameForm = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)

// workbook checks the sheets as a whole.
func (c *checker) workbook() {
	first := c.sheets[0]
	if !strings.EqualFold(first.name, "Cover") {
		c.breach("WB-01", first, cellRef{}, "The first sheet is not named Cover.", "Put a sheet named Cover first: title, what the workbook is about, its source, dates and a contact.")
	}
	if c.active != 0 {
		c.always("WB-01", "", nil, cellRef{}, fmt.Sprintf("The workbook opens on its sheet number %d.", c.active+1), "Select the first sheet, with the cursor in A1, and save.")
	}
	names := map[string]bool{}
	for _, s := range c.sheets {
		lower := strings.ToLower(s.name)
		switch {
		case names[lower]:
			c.breach("WB-04", s, cellRef{}, "Another sheet has the same name.", "Give every sheet a name of its own.")
		case utf8.RuneCountInString(s.name) > 31:
			c.breach("WB-04", s, cellRef{}, "The sheet's name has more than 31 characters.", "Shorten it.")
		case !sheetNameForm.MatchString(s.name):
			c.breach("WB-04", s, cellRef{}, "The sheet's name has a space or another sign, or begins with a digit.", "Use letters and digits with underscores between words, such as By_band.")
		}
		names[lower] = true
		if f := analyse(s.name); f&(factEdge|factDouble|factSpaced) != 0 {
			c.breach("SH-22", s, cellRef{}, "The sheet's name has a space at an end, two together, or letters spaced out.", "Use underscores between words.")
		}
		if s.seen.cells == 0 {
			c.breach("WB-05", s, cellRef{}, "The sheet has no cell with a value, so there is nothing that a screen reader could read.", "Delete the sheet. A chart goes on a worksheet with a title and a summary.")
		}
		if s.hidden != "" {
			c.breach("WB-06", s, cellRef{}, "The sheet is hidden.", "Delete it, or show it and name it in the contents.")
		}
	}
}

// contents checks the list of contents.
func (c *checker) contents() {
	at := slices.IndexFunc(c.sheets, func(s *sheet) bool { return s.role == roleContents })
	if at < 0 {
		if len(c.sheets) > 3 {
			c.breach("WB-02", nil, cellRef{}, fmt.Sprintf("The workbook has %d sheets and no sheet Contents that lists them.", len(c.sheets)),
				"Add a sheet named Contents behind the cover: a table with the name of each later sheet, what it holds, and a link to its cell A1.")
		}
		return
	}
	s := c.sheets[at]
	later := c.sheets[at+1:]
	rows := s.seen.firstColumn
	const advice = "List every sheet behind Contents in the order of the tabs, by the name of its tab, in the first column."
	for i, of := range later {
		if i >= len(rows) {
			c.breach("WB-02", s, cellRef{}, "The list does not name sheet "+quoted(of.name)+".", advice)
			break
		}
		cell := cellRef{1, rows[i].row}
		if rows[i].text != of.name {
			c.breach("WB-02", s, cell, "The list names "+quoted(rows[i].text)+" where sheet "+quoted(of.name)+" comes.", advice)
			break
		}
		if !s.leadsTo(cell, of.name) {
			c.breach("WB-02", s, cell, "The name of sheet "+quoted(of.name)+" is not a link to its cell A1.", "Link each name to cell A1 of its sheet: Insert, Link, Place in This Document.")
		}
	}
	if len(rows) > len(later) {
		c.breach("WB-02", s, cellRef{1, rows[len(later)].row}, "The list names "+quoted(rows[len(later)].text)+", which is no later sheet.", advice)
	}
}

// leadsTo says whether a cell has a link to cell A1 of a sheet.
func (s *sheet) leadsTo(cell cellRef, name string) bool {
	k := s.linkAt[cell]
	if k == nil {
		return false
	}
	to, ref, ok := splitTarget(k.location)
	return ok && to == name && strings.ReplaceAll(ref, "$", "") == "A1"
}

// schema compares sheets and headings with those that programs expect.
func (c *checker) schema() {
	if c.opts.Schema == nil {
		c.unchecked["WB-07"] = "the sheets and columns of the report's version were not given"
		return
	}
	const advice = "Keep the names of sheets and columns, or raise the version of the report and say what changed."
	wanted := map[string][]string{}
	for _, want := range c.opts.Schema {
		wanted[want.Sheet] = want.Columns
		if !slices.ContainsFunc(c.sheets, func(s *sheet) bool { return s.name == want.Sheet }) {
			c.breach("WB-07", nil, cellRef{}, "There is no sheet "+quoted(want.Sheet)+".", advice)
		}
	}
	for _, s := range c.sheets {
		columns, known := wanted[s.name]
		if !known {
			c.breach("WB-07", s, cellRef{}, "The sheet is not one of the report's version.", advice)
			continue
		}
		var headings []string
		if len(s.tables) > 0 {
			headings = s.tables[0].columns
		}
		for i := range max(len(columns), len(headings)) {
			if i >= len(columns) || i >= len(headings) || plain(columns[i]) != plain(headings[i]) {
				c.breach("WB-07", s, cellRef{i + 1, s.headerRow()}, fmt.Sprintf("Column %d is not that of the report's version.", i+1), advice)
				break
			}
		}
	}
}

// headerRow returns the row of the headings of a sheet's first table, 0 without one.
func (s *sheet) headerRow() int {
	if len(s.tables) == 0 {
		return 0
	}
	return s.tables[0].ref.top
}
