package sheet

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"skillstracker/domain"
)

// ExportOptions says what a bulk export holds.
type ExportOptions struct {
	Kind          domain.ExportKind
	Framework     domain.FrameworkVersion // of assessments
	Organisations []string                // ODS codes
	// Period says in words of which day or days the rows are.
	Period string
	// Publisher is the organisation, or the service, that answers for the file.
	Publisher string
	Made      time.Time
	Synthetic bool
}

// people says whether the rows are about single people.
func (o ExportOptions) people() bool {
	return o.Kind == domain.ExportStaff || o.Kind == domain.ExportAssessments
}

// ExportWriter writes rows in bulk as they come, so that memory does not grow with
// them. Its values are texts in the order of domain.ExportColumns, nil for none.
type ExportWriter interface {
	// Row writes a row. Values beyond the columns are left out. The values are not kept.
	Row(values [][]byte) error
	// Close completes the file. It must not be called after an error.
	Close() error
}

// NewExportWriter begins an export as CSV or as a workbook.
func NewExportWriter(w io.Writer, format Format, opts ExportOptions) (ExportWriter, error) {
	columns := exportColumns(opts)
	if len(columns) == 0 {
		return nil, fmt.Errorf("write export: there is no kind %q", opts.Kind)
	}
	switch format {
	case CSV:
		return newExportCSV(w, columns)
	case XLSX:
		return newExportBook(w, columns, opts)
	case JSON:
	}
	return nil, fmt.Errorf("write export: there is no format %q of it", format)
}

// exportColumn is a column of the file. Several may be of one value: the levels.
type exportColumn struct {
	domain.ExportColumn
	value int // index of the value
	level int // index of the level in it
}

// exportColumns returns the columns of the file, with one for each competence in place
// of a column of levels.
func exportColumns(opts ExportOptions) []exportColumn {
	var columns []exportColumn
	for i, c := range domain.ExportColumns(opts.Kind) {
		if c.Type != domain.ExportLevels {
			columns = append(columns, exportColumn{ExportColumn: c, value: i})
			continue
		}
		for j, competence := range opts.Framework.Competences {
			named := c
			named.Name = competence.Code
			if c.Name == "need" {
				named.Name += needSuffix
			}
			columns = append(columns, exportColumn{ExportColumn: named, value: i, level: j})
		}
	}
	return columns
}

var errLevels = errors.New("what should be an array of levels is not one")

// splitLevels cuts an array such as {3,NULL,-1} into its elements, which share its
// bytes; a level that is not given is empty. It returns none for no array.
func splitLevels(array []byte, levels [][]byte) ([][]byte, error) {
	levels = levels[:0]
	if array == nil {
		return levels, nil
	}
	if len(array) < 2 || array[0] != '{' || array[len(array)-1] != '}' {
		return levels, errLevels
	}
	rest := array[1 : len(array)-1]
	for from := 0; from <= len(rest); {
		to := from
		for to < len(rest) && rest[to] != ',' {
			to++
		}
		level := rest[from:to]
		if string(level) == "NULL" {
			level = nil
		}
		levels = append(levels, level)
		from = to + 1
	}
	return levels, nil
}

// notApplicableLevel is how a level that does not apply is held (architecture, storage).
const notApplicableLevel = "-1"

// exportRows hands the cells of rows on, column by column.
type exportRows struct {
	columns []exportColumn
	levels  map[int][][]byte // of the row, by value
}

func newExportRows(columns []exportColumn) exportRows {
	rows := exportRows{columns: columns, levels: map[int][][]byte{}}
	for _, c := range columns {
		if c.Type == domain.ExportLevels {
			rows.levels[c.value] = nil
		}
	}
	return rows
}

// begin reads the arrays of a row.
func (e exportRows) begin(values [][]byte) error {
	for i, kept := range e.levels {
		levels, err := splitLevels(values[i], kept)
		if err != nil {
			return fmt.Errorf("write export: column %d: %w", i+1, err)
		}
		e.levels[i] = levels
	}
	return nil
}

// cell returns the text of a column, nil for none.
func (e exportRows) cell(values [][]byte, c *exportColumn) []byte {
	if c.Type != domain.ExportLevels {
		return values[c.value]
	}
	if levels := e.levels[c.value]; c.level < len(levels) {
		return levels[c.level]
	}
	return nil
}

// exportHeader is a column's header in a workbook: its name, with the unit.
func (c exportColumn) header() string {
	if c.Unit == "" {
		return c.Name
	}
	return c.Name + " (" + c.Unit + ")"
}

func exportSubject(kind domain.ExportKind) string {
	switch kind {
	case domain.ExportStaff:
		return "Staff in post"
	case domain.ExportAssessments:
		return "Assessments of digital skills"
	case domain.ExportCells, domain.ExportPosts:
		return "Vacancies by job role, band and area of work"
	case domain.ExportSums:
		return "Vacancies by staff group and band"
	}
	return strings.ReplaceAll(string(kind), "_", " ")
}
