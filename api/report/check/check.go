package check

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"
)

// Options says what a workbook is held against. The zero value checks a report of
// the accessible profile against all rules that need nothing else.
type Options struct {
	Profile Profile // empty for what the workbook says it is
	Kind    Kind    // empty for what the workbook says it is

	// Publisher is the organisation that the author of the document must be; empty
	// when any will do.
	Publisher string
	// Beside holds the names of the files that are published beside the workbook.
	// When it is nil, FIL-02 is not checked.
	Beside []string
	// Schema holds the sheets of the report's version with their columns; without it
	// WB-07 is not checked.
	Schema []SheetColumns
	// Codes says which codes are valid in the columns of a heading, by the heading in
	// lower case. Columns without an entry are held to the form of codes only.
	Codes map[string]func(code string) bool
	// MadeFrom and MadeTo bound when the document may say it was made; zero for no
	// bound.
	MadeFrom, MadeTo time.Time
	// LeastBase is the least number of people that may be shown; 0 for 8.
	LeastBase int
	// Limits bound what is read of the file.
	Limits Limits
}

// SheetColumns names a sheet with the headings of its table, in order.
type SheetColumns struct {
	Sheet   string
	Columns []string
}

// File checks a workbook of a size in bytes. The name is that of the file without its
// folder; when it is empty, FIL-01 is not checked.
//
// The error is a *FileError, which says what to do, when the file is not a workbook or
// is damaged. An encrypted workbook is a breach and no error.
func File(ctx context.Context, r io.ReaderAt, size int64, name string, opts Options) (Result, error) {
	if opts.LeastBase <= 0 {
		opts.LeastBase = 8
	}
	c := newChecker(name, opts)
	archive, err := openArchive(r, size, opts.Limits.orDefaults())
	if fault, is := errors.AsType[*FileError](err); is && fault.encrypted {
		return c.encrypted(fault), nil
	}
	if err != nil {
		return Result{}, err
	}
	if c.book, err = openBook(archive); err != nil {
		return Result{}, err
	}
	if c.kind == "" {
		c.kind = c.kindOf()
	}
	if c.opts.Profile == "" {
		c.opts.Profile = c.profileOf()
	}
	c.setRoles(c.kind)
	for _, s := range c.sheets {
		if err := c.readCells(ctx, s); err != nil {
			return Result{}, err
		}
	}
	for _, rules := range []func(){
		c.document, c.fileName, c.workbook, c.contents, c.schema, c.notes, c.links, c.cover, c.charts, c.privacy,
	} {
		rules()
	}
	for _, s := range c.sheets {
		c.sheet(s)
	}
	return c.result(), nil
}

// checker holds a workbook and what has been found so far.
type checker struct {
	*book
	opts      Options
	file      string
	kind      Kind
	breaches  []placed
	found     map[breachKey]int
	unchecked map[string]string // rules that could not be checked, with the reason
	unasked   map[string]string // rules about something that the workbook does not have
	catalogue map[string]Rule   // by id

	tableColumns int
	firstNamed   map[string]*table // the first table of each name in lower case, once it is asked for
	noteOrder    []string          // numbers of notes by first appearance
	noteSeen     map[string]bool
}

func newChecker(name string, opts Options) *checker {
	c := &checker{
		opts: opts, file: name, kind: opts.Kind, found: map[breachKey]int{}, catalogue: map[string]Rule{},
		unchecked: map[string]string{}, unasked: map[string]string{}, noteSeen: map[string]bool{},
	}
	for _, rule := range Rules() {
		c.catalogue[rule.ID] = rule
	}
	return c
}

// placed is a breach with the place of its sheet, by which breaches are sorted.
type placed struct {
	Breach
	sheet, rule, row, col int
}

// breachKey is what breaches that are told once have in common.
type breachKey struct {
	rule, advice string
	sheet, col   int
}

// maxBreaches is how many breaches of a rule are told on each sheet.
const maxBreaches = 40

// breach is a breach at a cell of a sheet; col and row are 0 for a whole one.
func (c *checker) breach(rule string, s *sheet, at cellRef, message, advice string) {
	c.add(rule, "", s, at, message, advice)
}

func (c *checker) add(rule string, level Level, s *sheet, at cellRef, message, advice string) {
	if c.exempt(rule, s) {
		return
	}
	c.always(rule, level, s, at, message, advice)
}

// always is a breach of a rule of which the workbook may be exempt otherwise.
func (c *checker) always(rule string, level Level, s *sheet, at cellRef, message, advice string) {
	b := placed{Breach: Breach{Rule: rule, Level: level, Message: message, Advice: advice}, sheet: -1, row: at.row, col: at.col}
	if s != nil {
		b.sheet, b.Sheet = s.place, s.name
	}
	switch {
	case at.col > 0 && at.row > 0:
		b.Cell = cellName(at.col, at.row)
	case at.col > 0:
		b.Cell = columnName(at.col) + ":" + columnName(at.col)
	case at.row > 0:
		b.Cell = cellName(1, at.row)[1:] + ":" + cellName(1, at.row)[1:]
	}
	key := breachKey{rule: rule, advice: advice, sheet: b.sheet, col: at.col}
	all := breachKey{rule: rule, sheet: b.sheet, col: -1}
	if first, known := c.found[key]; known && s != nil && at.col > 0 {
		c.breaches[first].More++
		return
	}
	if c.found[all]++; c.found[all] > maxBreaches {
		// What is beyond the limit is counted with the last one that is told.
		for i := len(c.breaches) - 1; i >= 0; i-- {
			if c.breaches[i].Rule == rule && c.breaches[i].sheet == b.sheet {
				c.breaches[i].More++
				return
			}
		}
	}
	c.found[key] = len(c.breaches)
	c.breaches = append(c.breaches, b)
}

// exempt says whether a rule is not asked of this kind of workbook, or of a sheet.
func (c *checker) exempt(rule string, s *sheet) bool {
	for _, e := range c.catalogue[rule].Exempt {
		if slices.Contains(e.Kinds, c.kind) && (len(e.Sheets) == 0 || (s != nil && slices.Contains(e.Sheets, s.name))) {
			return true
		}
	}
	return false
}

// encrypted is the result for a workbook that cannot be opened without a password.
func (c *checker) encrypted(fault *FileError) Result {
	c.book = &book{}
	if c.kind == "" {
		c.kind = Report
	}
	if c.opts.Profile == "" {
		c.opts.Profile = Accessible
	}
	for _, rule := range Rules() {
		c.unchecked[rule.ID] = "the workbook is encrypted"
	}
	delete(c.unchecked, "FIL-01")
	c.fileName()
	c.always("DOC-08", "", nil, cellRef{}, fault.Message, fault.Advice)
	return c.result()
}
