package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	contentTypes = "[Content_Types].xml"
	// lineHeight is that of a line of the body font, in points, and of a row unless
	// it says otherwise.
	lineHeight = 15.5
)

// collector takes the parts of the library's package.
type collector map[string]*bytes.Buffer

// Create begins a part.
func (c collector) Create(name string) (io.Writer, error) {
	c[name] = new(bytes.Buffer)
	return c[name], nil
}

// AddFS is part of the library's interface; the library does not call it.
func (c collector) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close completes the package.
func (c collector) Close() error { return nil }

// capture returns the parts of the skeleton as it is now.
func (b *Book) capture() (map[string][]byte, error) {
	c := make(collector)
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return c })
	if err := b.file.Write(io.Discard); err != nil {
		return nil, fmt.Errorf("make skeleton: %w", err)
	}
	parts := make(map[string][]byte, len(c))
	for name, content := range c {
		parts[name] = content.Bytes()
	}
	return parts, nil
}

// lay takes what stands before and after the rows of all sheets that are set up and
// not begun.
func (b *Book) lay() error {
	parts, err := b.capture()
	if err != nil {
		return err
	}
	for _, t := range b.tabs {
		if !t.set || t.done || t.head != nil {
			continue
		}
		head, rest, found := bytes.Cut(parts[t.part], []byte("<sheetData>"))
		inside, tail, ended := bytes.Cut(rest, []byte("</sheetData>"))
		if !found || !ended {
			return fmt.Errorf("make skeleton: the part of sheet %s does not look as expected", t.Name)
		}
		// The library writes a row of headers for a table, which is not used.
		if rows := bytes.Count(inside, []byte("<row ")); rows > 1 || rows > 0 && t.Table == "" {
			return fmt.Errorf("make skeleton: rows of sheet %s were set by the library's calls and would be lost", t.Name)
		}
		t.head = append(bytes.Clone(head), "<sheetData>"...)
		t.tail = append([]byte("</sheetData>"), tail...)
	}
	return nil
}

// setUp makes the skeleton of a sheet.
func (b *Book) setUp(t *tab) error {
	t.set = true
	for place, file := range b.file.GetSheetMap() {
		if file == t.Name {
			t.part = fmt.Sprintf("xl/worksheets/sheet%d.xml", place)
		}
	}
	for _, step := range []func(*tab) error{b.dimension, b.columns, b.markUp, b.page, b.extra} {
		if err := step(t); err != nil {
			return fmt.Errorf("set up sheet %s: %w", t.Name, err)
		}
	}
	return nil
}

// dimension says which range the sheet has, or leaves it out: the library says A1, and
// readers that believe that, as openpyxl does when it streams, see one cell.
func (b *Book) dimension(t *tab) error {
	if t.Rows == Unknown || t.top()+t.Rows == 0 {
		return b.file.SetSheetDimension(t.Name, "")
	}
	return b.file.SetSheetDimension(t.Name, area(1, 1, max(len(t.Columns), 1), t.top()+t.Rows))
}

func (b *Book) columns(t *tab) error {
	for i := range t.Columns {
		column, name := &t.Columns[i], letters(i+1)
		if column.Width > 0 {
			if err := b.file.SetColWidth(t.Name, name, name, column.Width); err != nil {
				return err
			}
		}
		if column.Below {
			id, err := b.styles.id(column.Style)
			if err != nil {
				return err
			}
			if err := b.file.SetColStyle(t.Name, name, id); err != nil {
				return err
			}
		}
		if column.Code {
			cells := area(i+1, t.top()+1, i+1, t.lastRow())
			if err := b.file.AddIgnoredErrors(t.Name, cells, excelize.IgnoredErrorsNumberStoredAsText); err != nil {
				return err
			}
		}
	}
	return nil
}

// lastRow returns the last row of the sheet or, where that is not known, the last that
// it may have. A table has a row below its headers in any case.
func (t *tab) lastRow() int {
	if t.Rows == Unknown {
		return MaxRows
	}
	return t.top() + max(t.Rows, 1)
}

// markUp has the library list a table among the parts. Its part is ours.
func (b *Book) markUp(t *tab) error {
	if t.Table == "" {
		return nil
	}
	row := t.headerRow()
	off := false
	if err := b.file.AddTable(t.Name, &excelize.Table{
		Range: area(1, row, len(t.headers()), row+1), Name: t.Table, ShowRowStripes: &off,
	}); err != nil {
		return fmt.Errorf("add table %s: %w", t.Table, err)
	}
	b.file.Pkg.Range(func(path, content any) bool {
		name, isName := path.(string)
		part, isPart := content.([]byte)
		if isName && isPart && strings.HasPrefix(name, "xl/tables/") && bytes.Contains(part, []byte(` name="`+t.Table+`"`)) {
			t.tablePart = name
		}
		return t.tablePart == ""
	})
	if _, err := fmt.Sscanf(t.tablePart, "xl/tables/table%d.xml", &t.tableID); err != nil {
		return fmt.Errorf("find the part of table %s: %w", t.Table, err)
	}
	return nil
}

// page sets the sheet up for printing on A4, as many pages high as it takes.
func (b *Book) page(t *tab) error {
	const a4 = 9
	size, fit, wide, high, height, orientation := a4, true, max(t.Page.Wide, 1), 0, lineHeight, "landscape"
	if t.Page.Portrait {
		orientation = "portrait"
	}
	return errors.Join(
		b.file.SetSheetProps(t.Name, &excelize.SheetPropsOptions{FitToPage: &fit, DefaultRowHeight: &height}),
		b.file.SetPageLayout(t.Name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high}),
	)
}

func (b *Book) extra(t *tab) error {
	if t.Skeleton == nil {
		return nil
	}
	return t.Skeleton(b.file, t.Name)
}

// titles has rows and columns printed on every page. It waits for the last sheet,
// because the library counts sheets and does not follow them when one is put between.
func (b *Book) titles() error {
	for _, t := range b.tabs {
		if t.Table == "" {
			continue
		}
		row := t.headerRow()
		cells := fmt.Sprintf("'%s'!$%d:$%d", t.Name, row, row)
		if t.Page.Labels > 0 {
			cells = fmt.Sprintf("'%s'!$A:$%s,%s", t.Name, letters(t.Page.Labels), cells)
		}
		if err := b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: cells, Scope: t.Name}); err != nil {
			return fmt.Errorf("set print titles of sheet %s: %w", t.Name, err)
		}
	}
	return nil
}

// rest writes all parts that have not been written.
func (b *Book) rest() error {
	if err := b.titles(); err != nil {
		return err
	}
	// The library keeps the headers that it made up for tables.
	if strs := b.file.SharedStrings; strs != nil {
		strs.SI, strs.Count, strs.UniqueCount = nil, 0, 0
	}
	parts, err := b.capture()
	if err != nil {
		return err
	}
	for name, content := range b.first {
		if !bytes.Equal(content, parts[name]) {
			return fmt.Errorf("complete workbook: part %s is other than it was when it was written", name)
		}
		delete(parts, name)
	}
	for _, t := range b.tabs {
		delete(parts, t.part)
		if t.Table == "" {
			continue
		}
		if parts[t.tablePart], err = tablePart(t.tableID, t.Table, t.headers(), t.headerRow(), t.last); err != nil {
			return fmt.Errorf("mark up table %s: %w", t.Table, err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		if err := b.out.whole(name, parts[name]); err != nil {
			return err
		}
	}
	return nil
}

// withoutTimes takes the times out of the properties: the library dates every workbook
// to one day of 2006.
func (b *Book) withoutTimes() error {
	const core = "docProps/core.xml"
	content, _ := b.file.Pkg.Load(core)
	part, isPart := content.([]byte)
	for _, element := range []string{"created", "modified"} {
		before, rest, found := bytes.Cut(part, []byte("<dcterms:"+element))
		_, after, ended := bytes.Cut(rest, []byte("</dcterms:"+element+">"))
		if !isPart || !found || !ended {
			return fmt.Errorf("part %s does not look as expected", core)
		}
		part = append(bytes.Clone(before), after...)
	}
	b.file.Pkg.Store(core, part)
	return nil
}
