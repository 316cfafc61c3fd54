package sheet

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	xlsx "skillstracker/api/workbook"
	"skillstracker/domain"
)

const (
	exportCover    = "Cover"
	exportContents = "Contents"
	sensitiveMark  = "OFFICIAL-SENSITIVE"
	// listedOrganisations is how many organisations are named on the cover.
	listedOrganisations = 50
)

// exportBook writes an export as a workbook: a cover, the list of the sheets, and the
// rows, which go on in further sheets when they are more than one holds. The rows go
// out as they come; cover and list are written at the end.
type exportBook struct {
	opts ExportOptions
	book *xlsx.Book
	out  *xlsx.Rows
	rows exportRows
	// count is the number of rows so far.
	count int
}

func newExportBook(w io.Writer, columns []exportColumn, opts ExportOptions) (*exportBook, error) {
	e := &exportBook{opts: opts, rows: newExportRows(columns)}
	keywords := []string{"data", "export", strings.ReplaceAll(string(opts.Kind), "_", " ")}
	if opts.people() {
		keywords = append(keywords, sensitiveMark)
	}
	if opts.Synthetic {
		keywords = append(keywords, "synthetic data")
	}
	var err error
	e.book, err = xlsx.New(w, xlsx.Options{
		Title: exportTitle(opts), Subject: exportSubject(opts.Kind), Creator: opts.Publisher, Keywords: keywords, Made: opts.Made, Fast: true,
	}, exportCover, exportContents, sheetData)
	if err != nil {
		return nil, err
	}
	if err := e.book.Add(e.table(columns)); err != nil {
		return nil, err
	}
	e.out, err = e.book.Begin(sheetData)
	return e, err
}

// table is the sheet of the rows.
func (e *exportBook) table(columns []exportColumn) xlsx.Sheet {
	s := xlsx.Sheet{Name: sheetData, Table: "export_" + string(e.opts.Kind), Rows: xlsx.Unknown}
	for i, text := range append([]string{"Rows: " + exportTitle(e.opts), "This worksheet contains one table."}, e.remarks()...) {
		style := xlsx.Style{OneLine: true}
		if i == 0 {
			style.Role = xlsx.Title
		}
		s.Lines = append(s.Lines, xlsx.Line{Text: text, Style: style})
	}
	for _, c := range columns {
		column := xlsx.Column{Header: c.header(), Width: exportWidth(c), Code: c.Type == domain.ExportCode}
		switch c.Type {
		case domain.ExportDay:
			column.Style.Format = xlsx.FormatDay
		case domain.ExportNumber, domain.ExportLevels:
			column.Style.Right = true
		case domain.ExportText, domain.ExportCode:
		}
		s.Columns = append(s.Columns, column)
	}
	return s
}

// exportWidth is the width of a column, in digits. The rows are not known when it is
// wanted, so it goes by what columns of that name usually hold.
func exportWidth(c exportColumn) float64 {
	usual := map[domain.ExportType]string{
		domain.ExportText: "A team with a longer name", domain.ExportCode: "0000000000", domain.ExportDay: "00 Mmm 0000",
		domain.ExportNumber: "000000.00000", domain.ExportLevels: "0",
	}
	return xlsx.ColumnWidth(c.header(), []string{usual[c.Type]})
}

// remarks are the lines above the table, and some of those of the cover.
func (e *exportBook) remarks() []string {
	var lines []string
	if e.opts.people() {
		lines = append(lines, sensitiveMark+": rows about single people, for HR of the organisation only.")
	}
	if e.opts.Synthetic {
		lines = append(lines, "Synthetic data: the rows were made up for demonstration and are about no real staff or posts.")
	}
	if e.opts.Kind == domain.ExportAssessments {
		return append(lines, "Blank cells are levels that were not assessed or do not apply, and values that the organisation did not give. The CSV tells them apart.")
	}
	return append(lines, "Blank cells are values that the organisation did not give.")
}

// Row writes a row.
func (e *exportBook) Row(values [][]byte) error {
	if err := e.rows.begin(values); err != nil {
		return err
	}
	e.count++
	for i := range e.rows.columns {
		c := &e.rows.columns[i]
		value := e.rows.cell(values, c)
		switch {
		case value == nil, c.Type == domain.ExportLevels && string(value) == notApplicableLevel:
			e.out.Empty()
		case c.Type == domain.ExportText || c.Type == domain.ExportCode:
			e.out.Bytes(value)
		case c.Type == domain.ExportDay:
			e.out.Day(value)
		default:
			e.out.Decimal(value)
		}
	}
	return e.out.End()
}

// Close completes the workbook with its cover and the list of its sheets. A table
// without rows has one that says so.
func (e *exportBook) Close() error {
	if e.count == 0 {
		e.out.Text("No records")
		if err := e.out.End(); err != nil {
			return err
		}
	}
	// Beginning another sheet ends that of the rows, which then can be listed.
	cover := e.cover()
	if err := e.book.Add(cover); err != nil {
		return err
	}
	if _, err := e.book.Begin(exportCover); err != nil {
		return err
	}
	parts := e.book.Written()
	if err := e.book.Add(contentsOf(parts)); err != nil {
		return err
	}
	rows, err := e.book.Begin(exportContents)
	if err != nil {
		return err
	}
	for _, part := range parts {
		rows.Text(part.Name)
		rows.Text(part.Title)
		rows.Whole(int64(part.Rows))
		if err := rows.End(); err != nil {
			return err
		}
	}
	return e.book.Close()
}

// contentsOf is the list of the sheets, with links.
func contentsOf(parts []xlsx.Part) xlsx.Sheet {
	title := xlsx.Style{Role: xlsx.Title, OneLine: true}
	return xlsx.Sheet{
		Name: exportContents, Table: "contents", Rows: len(parts),
		Lines: []xlsx.Line{{Text: "Contents of this workbook", Style: title}, {Text: "This worksheet contains one table.", Style: xlsx.Style{OneLine: true}}},
		Columns: []xlsx.Column{
			{Header: "Worksheet", Width: 24, Style: xlsx.Style{Role: xlsx.Link}},
			{Header: "What it holds", Width: 60},
			{Header: "Rows (number)", Width: 14, Style: xlsx.Style{Format: xlsx.FormatWhole, Right: true}},
		},
		Skeleton: func(file *excelize.File, name string) error {
			const firstRow = 4
			var faults []error
			for i, part := range parts {
				faults = append(faults, file.SetCellHyperLink(name, xlsx.CellName(1, firstRow+i), "'"+part.Name+"'!A1", "Location"))
			}
			return errors.Join(faults...)
		},
	}
}

func (e *exportBook) cover() xlsx.Sheet {
	heading, text := xlsx.Style{Role: xlsx.Heading}, xlsx.Style{}
	lines := []xlsx.Line{{Text: exportTitle(e.opts), Style: xlsx.Style{Role: xlsx.Title}}}
	section := func(title string, paragraphs ...string) {
		lines = append(lines, xlsx.Line{Text: title, Style: heading})
		for _, paragraph := range paragraphs {
			lines = append(lines, xlsx.Line{Text: paragraph, Style: text})
		}
	}
	section("About", append([]string{exportAbout(e.opts)}, e.remarks()...)...)
	section("Period and geography", e.opts.Period, exportedOrganisations(e.opts.Organisations))
	section("Source", "The files that the organisations sent to the register.")
	section("Status", "Provisional: what the register held when the file was made.")
	section("Published", fmt.Sprintf("Not published. Made on %s UTC by %s.", e.opts.Made.UTC().Format("2 Jan 2006 at 15:04"), e.opts.Publisher))
	section("Next update", "The file can be made again at any time.")
	section("Shorthand", "No shorthand is used in this workbook.")
	section("Notes", "There are no notes. The columns are explained by the guide to uploads.")
	section("Contact", "Please ask "+e.opts.Publisher+".")
	const width = 60
	return xlsx.Sheet{Name: exportCover, Lines: lines, Columns: []xlsx.Column{{Width: width}}, Page: xlsx.Page{Portrait: true}}
}

func exportTitle(opts ExportOptions) string {
	whose := fmt.Sprintf("%d organisations", len(opts.Organisations))
	if len(opts.Organisations) == 1 {
		whose = "organisation " + opts.Organisations[0]
	}
	return exportSubject(opts.Kind) + " of " + whose
}

func exportAbout(opts ExportOptions) string {
	switch opts.Kind {
	case domain.ExportStaff:
		return "One row for each person in post."
	case domain.ExportAssessments:
		return fmt.Sprintf("One row for each assessment by the framework %s %s: levels, and the levels that people say their job needs.", opts.Framework.Framework, opts.Framework.Version)
	case domain.ExportCells, domain.ExportPosts:
		return "One row for each month end, staff group, job role, band and area of work of the vacancy returns. Figures of different month ends must not be added up."
	case domain.ExportSums:
		return "One row for each month end, staff group and band: sums over job roles and areas of work of the vacancy returns. Figures of different month ends must not be added up."
	}
	return ""
}

// exportedOrganisations names the organisations as far as a reader would read on.
func exportedOrganisations(codes []string) string {
	named := codes[:min(len(codes), listedOrganisations)]
	text := "Organisations: " + strings.Join(named, ", ")
	if more := len(codes) - len(named); more > 0 {
		text += fmt.Sprintf(" and %d more; each row names its own", more)
	}
	return text + "."
}
