package sheet

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"time"

	xlsx "skillstracker/api/workbook"
	"skillstracker/domain"
)

// headingFindings is the heading of the column that says what is wrong with a row.
// It is known in every kind of file and never read.
const headingFindings = "findings"

// FindingsOptions says how a workbook of findings is made.
type FindingsOptions struct {
	Limits Limits    // of an upload
	MadeAt time.Time // as of [DataOptions]
}

// WriteFindings writes a workbook that is ready to be mended and sent again: on the
// sheet Data the rows that were sent, at the same row numbers, with faulty cells
// marked and a last column that says what is wrong with each row; on the sheet
// Findings the list of all findings, those about the whole file first. The records of
// a JSON file stand one row lower, below the names of their members.
//
// Without a source, or when its file is damaged, there is the list alone. The source
// must not be a file that was refused for personal data.
func WriteFindings(ctx context.Context, w io.Writer, src *Source, upload domain.Upload, findings []domain.Finding, opts FindingsOptions) error {
	findings = slices.Clone(findings)
	slices.SortStableFunc(findings, func(a, b domain.Finding) int { return cmp.Compare(a.Row, b.Row) })
	sent, err := readSent(ctx, src, upload, opts.Limits)
	if err != nil {
		return fmt.Errorf("read sent file: %w", err)
	}
	opened := xlsx.Options{
		Title: findingsTitle(upload), Subject: kindTitle(upload.Kind), Category: "findings", Creator: upload.Organisation,
		Keywords: []string{string(upload.Kind), "upload", "findings"}, Made: opts.MadeAt,
	}
	tabs := []string{sheetFindings}
	if sent != nil {
		tabs = []string{sheetData, sheetFindings}
		opened.Date1904 = sent.date1904
	}
	b, err := newBook(w, Limits{MaxBytes: math.MaxInt64, MaxUnzipped: math.MaxInt64}, opened, tabs...)
	if err != nil {
		return err
	}
	list := findingsList(sent, upload, findings, opts.Limits)
	if sent == nil {
		return b.write(list)
	}
	if err := writeSent(ctx, b, sent, *src, findings, opts.Limits); err != nil {
		return fmt.Errorf("write sheet %s: %w", sheetData, err)
	}
	return b.write(list)
}

func findingsTitle(upload domain.Upload) string {
	return "Findings of an upload: " + lowerFirst(kindTitle(upload.Kind)) + " of " + upload.Organisation
}

// WriteFindingsCSV writes the findings as CSV, those about the whole file first, in
// the form of [DataWriter]. A last record says so when more were found than stored.
func WriteFindingsCSV(w io.Writer, upload domain.Upload, findings []domain.Finding) error {
	findings = slices.Clone(findings)
	slices.SortStableFunc(findings, func(a, b domain.Finding) int { return cmp.Compare(a.Row, b.Row) })
	out := newCSVWriter(w, math.MaxInt64)
	records := [][]Cell{textCells("severity", "code", "sheet", "row", "column", "message", "mend")}
	for i := range findings {
		f := &findings[i]
		row := ""
		if f.Row > 0 {
			row = strconv.Itoa(f.Row)
		}
		records = append(records, textCells(string(f.Severity), string(f.Code), f.Sheet, row, f.Column, f.Message, f.Mend))
	}
	if more := notListed(upload, findings); more > 0 {
		records = append(records, textCells("", "", "", "", "", fmt.Sprintf("%s more findings were counted and not stored.", grouped(int64(more))), ""))
	}
	for _, record := range records {
		if err := out.row(record); err != nil {
			return err
		}
	}
	return out.close()
}

// notListed counts the findings that were counted beyond those at hand.
func notListed(upload domain.Upload, findings []domain.Finding) int {
	return max(upload.Errors+upload.Warnings-len(findings), 0)
}
