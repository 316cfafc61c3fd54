package workbook

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

const (
	language    = "en-GB"
	application = "skillstracker"
)

// Options is what the properties of a workbook say of it.
type Options struct {
	Title    string
	Subject  string
	Category string // what kind of workbook it is, such as template
	Creator  string // the organisation that answers for it
	Keywords []string

	// Made is when it was made; the zero time leaves that out. It is the only time in
	// the file.
	Made time.Time

	// Fast trades the size of the file for time, for files that are sent while they are
	// read.
	Fast bool

	// Date1904 has days counted from 1904, as a workbook that is written again has
	// them.
	Date1904 bool
}

// Book is a workbook that is being written. Its sheets are added, begun and written
// one after the other, in any order; Close completes the file. It holds neither files
// nor goroutines, so one that is given up needs no call. It is not safe for use by
// several goroutines.
type Book struct {
	file    *excelize.File
	styles  *styles
	out     *pack
	tabs    []*tab
	started bool // a part has been written
	first   map[string][]byte
	rows    *Rows // of the sheet that is being written
	written []Part
	closed  bool
	// most is the number of rows of a sheet, and mostBytes that of its bytes, from
	// which on its table goes on in the next.
	most      int
	mostBytes int64
}

// tab is a worksheet of the book.
type tab struct {
	Sheet
	part      string // name of the sheet's part, once it is set up
	tablePart string
	tableID   int
	set, done bool
	head      []byte
	tail      []byte
	last      int // last row of the table
}

// Part is a worksheet that has been written, or the part of one whose rows did not
// fit into one.
type Part struct {
	Name  string // of the tab
	Of    string // name of the sheet that was added: the same, but for its further parts
	Title string // the text in A1
	Rows  int    // below the headers
}

// New begins a workbook with the tabs in the order in which people see them. A sheet
// must be added for each. Bytes are written to w as soon as there are any.
func New(w io.Writer, opts Options, tabs ...string) (*Book, error) {
	if len(tabs) == 0 {
		return nil, errors.New("begin workbook: it has no sheet")
	}
	file := excelize.NewFile()
	styles, err := newStyles(file)
	if err != nil {
		return nil, err
	}
	// Programs close a workbook for damaged whose sheet has more than 4 GiB, unless
	// the package says beforehand that it may.
	const mostBytes = 3 << 30
	b := &Book{file: file, styles: styles, out: newPack(w, opts.Fast), first: make(map[string][]byte), most: MaxRows, mostBytes: mostBytes}
	for i, name := range tabs {
		if err := checkTab(name); err != nil {
			return nil, fmt.Errorf("begin workbook: %w", err)
		}
		if b.tab(name) != nil {
			return nil, fmt.Errorf("begin workbook: two sheets are named %s", name)
		}
		b.tabs = append(b.tabs, &tab{Sheet: Sheet{Name: name}})
		if i == 0 {
			err = file.SetSheetName(file.GetSheetName(0), name)
		} else {
			_, err = file.NewSheet(name)
		}
		if err != nil {
			return nil, fmt.Errorf("begin workbook: %w", err)
		}
	}
	if err := b.properties(opts); err != nil {
		return nil, fmt.Errorf("write document properties: %w", err)
	}
	return b, nil
}

// tab returns a worksheet by its name, blind to case as spreadsheet programs are; nil
// when there is none.
func (b *Book) tab(name string) *tab {
	for _, t := range b.tabs {
		if strings.EqualFold(t.Name, name) {
			return t
		}
	}
	return nil
}

// Add says what the sheet of a tab is. When all sheets have been added and their rows
// counted before the first is begun, the list of the package's parts is its first
// part, as some programs expect; otherwise it is its last.
func (b *Book) Add(sheet Sheet) error {
	t := b.tab(sheet.Name)
	switch {
	case t == nil:
		return fmt.Errorf("add sheet: there is no tab %s", sheet.Name)
	case t.set:
		return fmt.Errorf("add sheet: there is one %s already", sheet.Name)
	}
	if err := sheet.check(); err != nil {
		return fmt.Errorf("add sheet: %w", err)
	}
	if sheet.Rows > b.most-sheet.top() {
		sheet.Rows = Unknown // it goes on in another
	}
	t.Sheet = sheet
	return b.setUp(t)
}

// Begin begins to write the sheet of a tab, which ends the one before it. Its lines
// and headers are written; the rows are the caller's.
func (b *Book) Begin(name string) (*Rows, error) {
	t := b.tab(name)
	if t == nil || !t.set || t.done {
		return nil, fmt.Errorf("begin sheet %s: it has not been added, or it has been begun", name)
	}
	if err := b.endSheet(); err != nil {
		return nil, err
	}
	return b.begin(t, name)
}

func (b *Book) begin(t *tab, of string) (*Rows, error) {
	if err := b.start(); err != nil {
		return nil, err
	}
	if t.head == nil {
		if err := b.lay(); err != nil {
			return nil, err
		}
	}
	t.done = true
	if err := b.out.whole(t.part, t.head); err != nil {
		return nil, err
	}
	if b.rows == nil {
		b.rows = &Rows{book: b}
	}
	b.rows.begin(t, of)
	return b.rows, b.rows.top()
}

// start writes the list of parts if it is known.
func (b *Book) start() error {
	if b.started {
		return nil
	}
	b.started = true
	if err := b.lay(); err != nil {
		return err
	}
	for _, t := range b.tabs {
		if !t.set || t.Rows == Unknown {
			return nil
		}
	}
	parts, err := b.capture()
	if err != nil {
		return err
	}
	for _, name := range []string{contentTypes, "_rels/.rels"} {
		b.first[name] = parts[name]
		if err := b.out.whole(name, parts[name]); err != nil {
			return err
		}
	}
	return nil
}

// endSheet completes the sheet that is being written.
func (b *Book) endSheet() error {
	if b.rows == nil || b.rows.tab == nil {
		return nil
	}
	return b.rows.finish()
}

// Written lists the sheets that have been completed, in the order in which they were
// written.
func (b *Book) Written() []Part { return slices.Clone(b.written) }

// Unzipped returns the number of bytes that the parts written so far have when they
// are unzipped.
func (b *Book) Unzipped() int64 { return b.out.raw }

// Close completes the file. Sheets that were added and not begun are written without
// rows.
func (b *Book) Close() error {
	if b.closed {
		return errors.New("close workbook: it is closed")
	}
	b.closed = true
	for _, t := range slices.Clone(b.tabs) {
		if !t.set {
			return fmt.Errorf("close workbook: the sheet of tab %s was never added", t.Name)
		}
		if t.done {
			continue
		}
		if _, err := b.Begin(t.Name); err != nil {
			return err
		}
	}
	if err := b.endSheet(); err != nil {
		return err
	}
	if err := b.rest(); err != nil {
		return err
	}
	return b.out.close()
}

func (b *Book) properties(opts Options) error {
	properties := &excelize.DocProperties{
		Title: opts.Title, Subject: opts.Subject, Creator: opts.Creator, LastModifiedBy: opts.Creator,
		Category: opts.Category, Keywords: strings.Join(opts.Keywords, ", "), Language: language,
	}
	if !opts.Made.IsZero() {
		properties.Created = opts.Made.UTC().Format(time.RFC3339)
		properties.Modified = properties.Created
	}
	if err := errors.Join(
		b.file.SetDocProps(properties),
		b.file.SetAppProps(&excelize.AppProperties{Application: application, Company: opts.Creator}),
		b.file.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &opts.Date1904}),
	); err != nil || !opts.Made.IsZero() {
		return err
	}
	return b.withoutTimes()
}
