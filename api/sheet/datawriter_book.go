package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/zip"
	"github.com/xuri/excelize/v2"
)

// The names of the sheets of the workbooks that are written here. All but the
// first are passed over when such a workbook is sent in.
const (
	sheetData         = "Data"
	sheetAbout        = "About"
	sheetFindings     = "Findings"
	sheetInstructions = "Instructions"
	sheetExamples     = "Examples"
	sheetLists        = "Lists"
)

// maxSheetRows and maxSheetColumns are what a worksheet can have.
const (
	maxSheetRows    = 1_048_576
	maxSheetColumns = 16_384
)

// book is a workbook that is being written. Its parts go to the output one after
// the other; only the rows of sheets that are not streamed are held in memory.
type book struct {
	file   *excelize.File
	out    *limitedWriter
	parts  *limitedWriter // counts what comes out when the workbook is unzipped
	styles bookStyles
	// streamed is the sheet whose rows go out as they come, if there is one.
	streamed string
}

// newBook begins a workbook. The library keeps long sheets in files of tempDir until
// the workbook is closed.
func newBook(w io.Writer, lim Limits, tempDir string) (*book, error) {
	b := &book{
		file:  excelize.NewFile(excelize.Options{TmpDir: tempDir}),
		out:   &limitedWriter{to: w, limit: lim.MaxBytes},
		parts: &limitedWriter{limit: lim.MaxUnzipped},
	}
	if err := b.makeStyles(); err != nil {
		return nil, errors.Join(fmt.Errorf("make cell styles: %w", err), b.close())
	}
	// The library gathers the whole package in memory if it may.
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zipParts{Writer: zip.NewWriter(b.out), size: b.parts} })
	return b, nil
}

// zipParts makes the parts of the package.
type zipParts struct {
	*zip.Writer
	size *limitedWriter
}

// Create begins a part.
func (z zipParts) Create(name string) (io.Writer, error) {
	part, err := z.Writer.Create(name)
	if err != nil {
		return nil, fmt.Errorf("create part %s: %w", name, err)
	}
	return &limitedWriter{to: part, limit: z.size.limit, shared: z.size}, nil
}

// bookProperties is what the properties of a workbook say of it.
type bookProperties struct {
	title, subject, creator string
	keywords                []string
}

// write completes the workbook, with its first sheet active, and writes it. What the
// library keeps in temporary files is removed whether that succeeds or not.
func (b *book) write(properties bookProperties) (err error) {
	defer func() { err = errors.Join(err, b.close()) }()
	b.file.SetActiveSheet(0)
	for _, name := range b.file.GetSheetList() {
		if b.streamed == name {
			continue
		}
		if err := b.noDimension(name); err != nil {
			return err
		}
	}
	if err := b.properties(properties); err != nil {
		return fmt.Errorf("write document properties: %w", err)
	}
	if err := b.file.Write(io.Discard); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// noDimension leaves out the range that a new sheet says it has, A1 alone: readers
// that believe it, as openpyxl does when it streams, would see one cell.
func (b *book) noDimension(name string) error {
	if err := b.file.SetSheetDimension(name, ""); err != nil {
		return fmt.Errorf("leave out the range of sheet %s: %w", name, err)
	}
	return nil
}

func (b *book) close() error {
	if err := b.file.Close(); err != nil {
		return fmt.Errorf("close workbook: %w", err)
	}
	return nil
}

func (b *book) properties(p bookProperties) error {
	err := errors.Join(
		b.file.SetDocProps(&excelize.DocProperties{
			Title: p.title, Subject: p.subject, Creator: p.creator, LastModifiedBy: p.creator,
			Keywords: strings.Join(p.keywords, ", "), Language: "en-GB",
		}),
		b.file.SetAppProps(&excelize.AppProperties{Application: "skillstracker"}),
	)
	const core = "docProps/core.xml"
	content, held := b.file.Pkg.Load(core)
	part, isPart := content.([]byte)
	if err != nil || !held || !isPart {
		return err
	}
	// The library dates every workbook to one day of 2006.
	for _, element := range []string{"created", "modified"} {
		before, rest, found := bytes.Cut(part, []byte("<dcterms:"+element))
		_, after, ended := bytes.Cut(rest, []byte("</dcterms:"+element+">"))
		if found && ended {
			part = append(bytes.Clone(before), after...)
		}
	}
	b.file.Pkg.Store(core, part)
	return nil
}

// lines writes texts into column A, the first as the sheet's title, and returns the
// row below them.
func (b *book) lines(sheet string, texts ...string) (int, error) {
	for i, text := range texts {
		style := b.styles.line
		if i == 0 {
			style = b.styles.title
		}
		if err := b.text(sheet, 1, i+1, text, style); err != nil {
			return 0, err
		}
	}
	return len(texts) + 1, b.file.SetRowHeight(sheet, 1, titleHeight)
}

// text writes a cell that stays text even if it looks like a number or a formula.
func (b *book) text(sheet string, column, row int, text string, style int) error {
	ref := cellName(column, row)
	return errors.Join(b.file.SetCellStr(sheet, ref, text), b.file.SetCellStyle(sheet, ref, ref, style))
}

// widths sets the widths of columns from the first on, in digits.
func (b *book) widths(sheet string, widths ...float64) error {
	for i, width := range widths {
		letters := columnLetters(i)
		if err := b.file.SetColWidth(sheet, letters, letters, width); err != nil {
			return err
		}
	}
	return nil
}

// The height of a line of the body font and of the title, and the greatest one that
// a row can have, in points.
const (
	lineHeight  = 15.5
	titleHeight = 21
	maxHeight   = 409
)

// heightFor returns the height of a row whose texts are wrapped in columns of the
// widths. It is an estimate on the safe side: letters count as nearly as wide as digits.
func heightFor(cells []Cell, widths []float64) float64 {
	most := 1
	for i := range cells {
		if cells[i].Kind == Text {
			most = max(most, linesOf(cells[i].Text, int(widths[i]*1.1)-1))
		}
	}
	return min(float64(most)*lineHeight+1, maxHeight)
}

// linesOf counts the lines of a text that is broken between words.
func linesOf(text string, width int) int {
	lines := 0
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines++
		used := 0
		for word := range strings.FieldsSeq(paragraph) {
			length := utf8.RuneCountInString(word)
			if used > 0 && used+1+length > width {
				lines++
				used = 0
			}
			lines += max(length-1, 0) / width
			used += length%width + 1
		}
	}
	return lines
}

// landscape has a sheet printed on A4 pages, all its columns on each, and makes its
// rows high enough for the body font.
func (b *book) landscape(sheet string) error {
	const a4 = 9
	size, orientation, fit, wide, high, row := a4, "landscape", true, 1, 0, lineHeight+1
	return errors.Join(
		b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit, DefaultRowHeight: &row}),
		b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high}),
	)
}

// frozen are panes that keep the first rows in view.
func frozen(rows int) *excelize.Panes {
	cell := cellName(1, rows+1)
	return &excelize.Panes{
		Freeze: true, YSplit: rows, TopLeftCell: cell, ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: "A1", ActiveCell: "A1"}, {SQRef: cell, ActiveCell: cell, Pane: "bottomLeft"}},
	}
}

// cellName is the reference of a cell by its column and row, from 1.
func cellName(column, row int) string { return columnLetters(column-1) + strconv.Itoa(row) }

// areaName is the reference of the cells from one corner to the other.
func areaName(column, row, lastColumn, lastRow int) string {
	return cellName(column, row) + ":" + cellName(lastColumn, lastRow)
}

// overlappingEscapes are texts in which two of the escapes of the file format share
// an underscore, which the library escapes wrongly.
var overlappingEscapes = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_`)

// textContent is the value of a streamed cell of text.
func textContent(text string) any {
	if !strings.Contains(text, "_x") || !overlappingEscapes.MatchString(text) || !fits(text, maxExcelText) {
		return text
	}
	first, rest, _ := strings.Cut(text, "_x")
	var runs []excelize.RichTextRun
	if first != "" {
		runs = append(runs, excelize.RichTextRun{Text: first})
	}
	for part := range strings.SplitSeq(rest, "_x") {
		runs = append(runs, excelize.RichTextRun{Text: "_x" + part})
	}
	return runs
}
