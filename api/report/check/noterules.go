package check

import (
	"regexp"
	"slices"
	"strings"
)

var noteNumber = regexp.MustCompile(`(?i)^\[?(?:note )?(\d+)\]?$`)

// notes checks the references to notes, and the sheet that lists them.
func (c *checker) notes() {
	at := slices.IndexFunc(c.sheets, func(s *sheet) bool { return s.role == roleNotes })
	switch {
	case at < 0 && len(c.noteOrder) > 0:
		c.breach("WB-03", nil, cellRef{}, "Something refers to [note "+c.noteOrder[0]+"], and there is no sheet Notes.", "Add a sheet named Notes with a table of note numbers and texts.")
	case at >= 0 && len(c.noteOrder) == 0:
		c.breach("WB-03", c.sheets[at], cellRef{}, "There is a sheet Notes, and nothing refers to a note.", "Delete the sheet, or refer to its notes as [note 1].")
	}
	if at >= 0 {
		c.noteList(c.sheets[at])
	}
	for i, number := range c.noteOrder {
		if atoi(number) != i+1 {
			c.breach("NT-03", nil, cellRef{}, "[note "+number+"] is the first reference that is not in order.", "Number notes as they are come upon, from cell A1 of the first data sheet on.")
			break
		}
	}
	for _, s := range c.sheets {
		if s.seen.usesNotes && s.role != roleRows && !s.speaksOfNotes() {
			c.breach("NT-05", s, cellRef{1, 2}, "The sheet refers to notes, and column A does not say where they are.", "Add to A2: Some cells refer to notes, which can be found on the Notes worksheet.")
		}
	}
}

// noteList compares the rows of the sheet Notes with the references to them.
func (c *checker) noteList(s *sheet) {
	listed := map[string]bool{}
	for _, row := range s.seen.firstColumn {
		found := noteNumber.FindStringSubmatch(strings.TrimSpace(row.text))
		switch {
		case found == nil:
			c.breach("NT-02", s, cellRef{1, row.row}, "The cell does not hold the number of a note.", "Write the reference as it stands in the tables, such as [note 1].")
			continue
		case listed[found[1]]:
			c.breach("NT-02", s, cellRef{1, row.row}, "The note stands twice.", "Keep one row for each note.")
		case !c.noteSeen[found[1]] && len(c.noteOrder) > 0:
			c.breach("NT-02", s, cellRef{1, row.row}, "Nothing refers to this note.", "Delete the row, or refer to it.")
		}
		listed[found[1]] = true
	}
	for _, number := range c.noteOrder {
		if !listed[number] {
			c.breach("NT-02", s, cellRef{}, "There is no row for [note "+number+"], to which something refers.", "Add the row.")
		}
	}
}

// speaksOfNotes says whether a line below the title says that there are notes.
func (s *sheet) speaksOfNotes() bool {
	for _, l := range s.seen.top {
		if l.row > 1 && strings.Contains(strings.ToLower(l.text), "notes") {
			return true
		}
	}
	return false
}
