package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"skillstracker/domain"
)

// Receipt is what a report's cover says about how it was made, so that the same
// figures can be asked for again.
type Receipt struct {
	Report string // name in paths, such as digital-literacy
	// Audience is the role for which it was made, and Scope the organisations whose
	// own rows it may show; All stands for every organisation.
	Audience domain.Role
	Scope    []string
	Area     Area
	AsAt     domain.Date
	// KnownAt is the time of the last change that the register held; nil when it
	// held nothing.
	KnownAt          *time.Time
	Basis            domain.Basis // of a report about an area
	Framework        string       // code; empty in a report without assessments
	FrameworkVersion string
	Targets          string // which targets were held, in words
	Coverage         string // how many organisations the figures rest on, in words
	Rule             string // of disclosure, with its version
	MadeAt           time.Time
	// Sheets names the sheets whose tables are in Figures, in their order.
	Sheets []string
	// Figures is the SHA-256 of the tables in their canonical form (Book.Tables).
	Figures [sha256.Size]byte
}

// Area is what a report is about: an organisation, an ICB or a region by its ODS
// code, or the nation.
type Area struct {
	Kind domain.Dimension // ByOrganisation, ByICB, ByRegion or ByNation
	Code string           // empty for the nation
}

// SheetBenchmark is the worksheet that compares an organisation with the areas around
// it: its figures rest on what other organisations hold, too.
const SheetBenchmark = "Benchmark"

// ScopeAll stands in a receipt for the scope of every organisation.
const ScopeAll = "all"

const (
	receiptHeading = "Receipt"
	// knownNothing stands in place of the time of the last change.
	knownNothing = "nothing held"
)

// lines returns the receipt as it stands on the cover: a name and a value in each
// cell. ParseReceipt reads it.
func (r Receipt) lines() []string {
	known := knownNothing
	if r.KnownAt != nil {
		known = r.KnownAt.UTC().Format(time.RFC3339Nano)
	}
	lines := []string{"With these lines the command skillstracker report verify makes the figures again and compares them with those of the Excel workbook (xlsx)."}
	for _, part := range []struct{ name, value string }{
		{receiptReport, r.Report},
		{receiptArea, strings.TrimSpace(string(r.Area.Kind) + " " + r.Area.Code)},
		{receiptAsAt, r.AsAt.String()},
		{receiptKnownAt, known},
		{receiptBasis, string(r.Basis)},
		{receiptAudience, string(r.Audience)},
		{receiptScope, strings.Join(r.Scope, " ")},
		{receiptFramework, strings.TrimSpace(r.Framework + " " + r.FrameworkVersion)},
		{receiptTargets, r.Targets},
		{receiptCoverage, r.Coverage},
		{receiptRule, r.Rule},
		{receiptMadeAt, r.MadeAt.Format(time.RFC3339Nano)},
		{receiptSheets, strings.Join(r.Sheets, " ")},
		{receiptFigures, hex.EncodeToString(r.Figures[:])},
	} {
		texts := []string{plain(part.value)}
		if part.name == receiptScope || part.name == receiptSheets {
			texts = cut(texts[0])
		}
		for _, text := range texts {
			if text != "" {
				lines = append(lines, part.name+": "+text)
			}
		}
	}
	return lines
}

// mostOfLine is the length, in bytes, to which a line of a receipt is cut, so that a
// cell holds it and a person can read it.
const mostOfLine = 1000

// cut breaks a list between its words into lines of at most mostOfLine bytes.
func cut(text string) []string {
	var lines []string
	for len(text) > mostOfLine {
		at := strings.LastIndexByte(text[:mostOfLine], ' ')
		if at < 0 {
			break
		}
		lines = append(lines, text[:at])
		text = text[at+1:]
	}
	return append(lines, text)
}

// The names of the parts of a receipt.
const (
	receiptReport    = "Report"
	receiptArea      = "Area"
	receiptAsAt      = "As at"
	receiptKnownAt   = "Known at"
	receiptBasis     = "Basis"
	receiptAudience  = "Audience"
	receiptScope     = "Scope"
	receiptFramework = "Framework and version"
	receiptTargets   = "Targets"
	receiptCoverage  = "Coverage"
	receiptRule      = "Disclosure rule"
	receiptMadeAt    = "Made at"
	receiptSheets    = "Worksheets of the figures"
	receiptFigures   = "SHA-256 of the figures"
)

// Table is a table as it stands on its sheet. A cell is a string or a float64; a
// month is the number of its day in the 1900 date system.
type Table struct {
	Sheet  string
	Header []string
	Rows   [][]any
}

// Tables returns the tables of figures in the order of the sheets, texts with the
// markers of their notes. The list of uploads is not among them: it is about files.
func (b *Book) Tables() []Table {
	var tables []Table
	for _, s := range b.sheets {
		if !s.aboutFiles {
			tables = append(tables, b.notes.table(s))
		}
	}
	return tables
}

// table returns the table of a sheet.
func (n numbering) table(s *sheet) Table {
	t := Table{Sheet: s.name, Rows: make([][]any, len(s.rows))}
	for _, c := range s.columns {
		t.Header = append(t.Header, n.mark(c.header, c.notes))
	}
	for i, row := range s.rows {
		for _, v := range row {
			if v.isNumber {
				t.Rows[i] = append(t.Rows[i], v.number)
			} else {
				t.Rows[i] = append(t.Rows[i], n.mark(v.text, v.notes))
			}
		}
	}
	return t
}

// digest returns the SHA-256 of tables in their canonical form: for each table a line
// with its name, a line with its headers and a line for each row, as JSON arrays.
func digest(tables []Table) (sum [sha256.Size]byte, err error) {
	hash := sha256.New()
	lines := canonical(hash)
	for _, t := range tables {
		if err := t.encode(lines); err != nil {
			return sum, err
		}
	}
	return [sha256.Size]byte(hash.Sum(nil)), nil
}

// canonical returns what writes JSON in the form of which digests are taken.
func canonical(to io.Writer) *json.Encoder {
	lines := json.NewEncoder(to)
	lines.SetEscapeHTML(false)
	return lines
}

// encode writes the lines of a table.
func (t Table) encode(lines *json.Encoder) error {
	for _, line := range append([]any{[]string{t.Sheet}, t.Header}, rowsOf(t)...) {
		if err := lines.Encode(line); err != nil {
			return fmt.Errorf("take digest of sheet %s: %w", t.Sheet, err)
		}
	}
	return nil
}

func rowsOf(t Table) []any {
	rows := make([]any, len(t.Rows))
	for i, row := range t.Rows {
		rows[i] = row
	}
	return rows
}
