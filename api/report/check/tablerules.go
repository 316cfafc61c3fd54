package check

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	tableNameForm = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	tableDefault  = regexp.MustCompile(`(?i)^table_?\d+$`)
	columnDefault = regexp.MustCompile(`(?i)^column\d+$`)
)

// finish holds a table to the rules, once all of its cells have gone by.
func (b *body) finish(r *scan) {
	if b.next <= b.last {
		b.blankRows(b.next, b.last)
		r.breach("TB-05", b.s, cellRef{b.t.ref.left, b.next}, "The row of the table is blank.", blankRowAdvice)
	}
	if b.rows == 0 {
		r.breach("TB-16", b.s, cellRef{b.t.ref.left, b.t.ref.top}, "The table has no row with a value.", "Add a row that says No records, with [z] in the other columns.")
	}
	b.nameRule(r)
	if b.t.style != "" && b.t.style != "None" {
		r.breach("TB-04", b.s, cellRef{b.t.ref.left, b.t.ref.top}, "The table has the style "+quoted(b.t.style)+", with its colours and stripes.", "Choose the style None: Table Design, Table Styles, Clear.")
	}
	if b.plainAt.row > 0 {
		r.breach("TB-04", b.s, b.plainAt, "The heading is not bold.", "Make all headings of the table bold.")
	}
	if !b.t.header {
		r.breach("TB-01", b.s, cellRef{b.t.ref.left, b.t.ref.top}, "The table is marked up without a row of headings.", "Switch it on: Table Design, Header Row.")
	}
	if b.totalLeft {
		r.breach("TB-13", b.s, b.totalAt, "A row of totals is in the middle of the table.", "Move rows of totals to the top or the bottom of the table.")
	}
	b.headings(r)
	for i := range b.columns {
		b.columnRules(r, &b.columns[i], b.t.ref.left+i)
	}
}

func (b *body) nameRule(r *scan) {
	const advice = "Name it after what it holds, such as vacancies_by_band: Table Design, Table Name."
	at := cellRef{b.t.ref.left, b.t.ref.top}
	switch {
	case tableDefault.MatchString(b.t.name):
		r.breach("TB-02", b.s, at, "The table has no name of its own but "+quoted(b.t.name)+".", advice)
	case !tableNameForm.MatchString(b.t.name):
		r.breach("TB-02", b.s, at, "The table's name "+quoted(b.t.name)+" has capitals or other signs than letters, digits and underscores.", advice)
	case r.takenBefore(b):
		r.breach("TB-02", b.s, at, "Another table is named "+quoted(b.t.name)+" too.", advice)
	}
}

// takenBefore says whether a table that comes before one has its name.
func (c *checker) takenBefore(b *body) bool {
	if c.firstNamed == nil {
		c.firstNamed = map[string]*table{}
		for _, s := range c.sheets {
			for _, t := range s.tables {
				if name := strings.ToLower(t.name); c.firstNamed[name] == nil {
					c.firstNamed[name] = t
				}
			}
		}
	}
	return c.firstNamed[strings.ToLower(b.t.name)] != b.t
}

// headings holds the headings to the rules.
func (b *body) headings(r *scan) {
	if !b.t.header {
		return
	}
	const advice = "Write a heading of text that says what the column holds, and that no other column has."
	known := map[string]bool{}
	for i := range b.columns {
		col, at := &b.columns[i], cellRef{b.t.ref.left + i, b.t.ref.top}
		marked := ""
		if i < len(b.t.columns) {
			marked = b.t.columns[i]
		}
		lower := strings.ToLower(plain(col.heading))
		switch {
		case lower == "":
			r.breach("TB-03", b.s, at, "The heading is empty.", advice)
		case !col.isText:
			r.breach("TB-03", b.s, at, "The heading is a number.", advice)
		case known[lower]:
			r.breach("TB-03", b.s, at, "The heading "+quoted(col.heading)+" stands twice.", advice)
		case columnDefault.MatchString(lower):
			r.breach("TB-03", b.s, at, "The heading "+quoted(col.heading)+" is one that the program made up.", advice)
		case plain(marked) != plain(col.heading):
			r.breach("TB-03", b.s, at, "The heading "+quoted(col.heading)+" is "+quoted(marked)+" in the table's markup, which spreadsheet programs repair.", "Type the heading anew, or make the table anew.")
		}
		known[lower] = true
		bare := plain(noteMarker.ReplaceAllString(col.heading, ""))
		name := strings.ReplaceAll(bare, "_", " ")
		if (personHeading.MatchString(name) || personHeading.MatchString(bare)) && !strings.Contains(bare, "(people)") {
			r.breach("PV-01", b.s, at, "The column "+quoted(bare)+" is about single people.", "Take the column out, or make a workbook of people for HR, marked "+marking+".")
		}
		if col.facts&(factNoWord|factNA) != 0 && lower != "" {
			r.breach("TB-07", b.s, at, "The heading holds symbols alone, or NA.", advice)
		}
	}
}

// columnRules holds a column to the rules.
func (b *body) columnRules(r *scan, col *column, place int) {
	at := func(row int) cellRef { return cellRef{place, row} }
	if b.rows > 0 {
		switch {
		case col.filled == 0:
			r.breach("TB-05", b.s, at(b.first), "The column of the table is blank.", "Delete the column.")
		case col.blanks > 0 && b.rows > 0 && !r.says(b.s, "blank"):
			missing := col.blanks - b.blankLines()
			if missing > 0 {
				r.breach("TB-06", b.s, at(col.firstBlank), fmt.Sprintf("The cell is blank, as are %d of the column, and nothing above the table says why.", missing),
					"Write shorthand such as [x] for not available or [z] for not applicable; or say in column A above the table why cells are blank.")
			}
		}
	}
	bare := plain(noteMarker.ReplaceAllString(col.heading, ""))
	if col.badDate > 0 {
		r.breach("TB-14", b.s, at(col.badDate), "The dates are shown with strokes or with years of two digits.", "Give them the number format d mmm yyyy, or mmm yyyy for months.")
	}
	b.typeRule(r, col, place, bare)
	if col.figures > 0 && col.notes > 0 {
		r.breach("NT-04", b.s, at(col.firstNote), "A reference to a note stands in a column of figures.", "Put it behind the heading or the row label, or into a last column Notes.")
	}
	if col.firstMarked > 0 && place > b.t.ref.left && !timeHeading.MatchString(bare) && !strings.EqualFold(bare, "notes") {
		r.breach("TB-09", b.s, at(col.firstMarked), "Shorthand stands beside a number, which is text then and adds up to nothing.",
			"Keep the number alone in its cell, and say what the shorthand says in a last column Notes; or write the shorthand alone.")
	}
	if col.figures > col.texts {
		b.figureRules(r, col, place, bare)
	} else if col.texts > 0 && col.offLeft > 0 {
		r.breach("TB-11", b.s, at(col.offLeft), "The text is not on the left.", "Align texts and their headings left.")
	}
}

// blankLines is the number of rows of the table that are blank altogether.
func (b *body) blankLines() int { return b.last - b.first + 1 - b.rows }

// typeRule holds a column to one type.
func (b *body) typeRule(r *scan, col *column, place int, bare string) {
	at := func(row int) cellRef { return cellRef{place, row} }
	empty := b.noRows && b.rows == 1
	numbers := col.figures + col.dates + col.truths
	const advice = "Keep one type in a column: figures and shorthand, or dates, or text."
	switch {
	case col.figures > 0 && col.dates > 0:
		r.breach("TB-10", b.s, at(col.firstFigure), "The column holds numbers and dates.", advice)
	case col.truths > 0 && numbers+col.texts > col.truths:
		r.breach("TB-10", b.s, at(col.firstTruth), "The column holds values of true and false among others.", advice)
	case col.figures+col.dates > 0 && col.numberTexts > 0:
		r.breach("TB-10", b.s, at(col.firstNumberText), fmt.Sprintf("The cell holds a number that is stored as text, as do %d of the column.", col.numberTexts),
			"Turn texts into numbers: Data, Text to Columns, Finish.")
	case numbers > 0 && col.texts > 0 && !empty:
		if col.texts > numbers && col.figures > 0 {
			r.breach("TB-10", b.s, at(col.firstFigure), "The cell holds a number in a column of text.", advice)
		} else {
			r.breach("TB-10", b.s, at(col.firstText), "The cell holds text in a column of figures or dates.", advice)
		}
	case col.numberTexts > 0 && col.texts == 0 && b.s.role != roleRows && (col.unit || !labelHeading.MatchString(strings.ReplaceAll(bare, "_", " "))):
		r.breach("TB-10", b.s, at(col.firstNumberText), fmt.Sprintf("The cell holds a number that is stored as text, as do %d of the column.", col.numberTexts),
			"Turn texts into numbers: Data, Text to Columns, Finish. If they are codes, say so in the heading.")
	}
}

// figureRules holds a column of figures to its side, its number format and its unit.
func (b *body) figureRules(r *scan, col *column, place int, bare string) {
	at := func(row int) cellRef { return cellRef{place, row} }
	label := col.isYears() || place == b.t.ref.left
	const right = "Align figures, their shorthand and their headings right."
	switch {
	case label:
	case col.offRight > 0:
		r.breach("TB-11", b.s, at(col.offRight), "The figure is not on the right.", right)
	case col.offMarker > 0:
		r.breach("TB-11", b.s, at(col.offMarker), "The shorthand in a column of figures is not on the right.", right)
	case col.look != nil && col.look.horizontal != "right":
		r.breach("TB-11", b.s, at(b.t.ref.top), "The heading of a column of figures is not on the right.", right)
	}
	if label || col.code {
		return
	}
	switch {
	case len(col.formats) > 1:
		r.breach("TB-12", b.s, at(col.formatRow), "The column has several number formats.", "Give the whole column one number format, such as #,##0.0.")
	case col.most >= 1000 && !strings.Contains(bareFormat(col.mostFormat), ","):
		r.breach("TB-12", b.s, at(b.first), "The column has figures of 1,000 and more without commas between thousands.", "Give the column the number format #,##0 or #,##0.0.")
	}
	if !col.unit {
		r.breach("TB-12", b.s, at(b.t.ref.top), "The heading "+quoted(bare)+" does not say its unit.", "Write the unit in round brackets at its end, such as (per cent) or (people).")
	}
}
