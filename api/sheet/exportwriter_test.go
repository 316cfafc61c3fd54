package sheet_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	rules "skillstracker/api/report/check"
	"skillstracker/api/sheet"
	"skillstracker/domain"
)

func exportOptions(t *testing.T, kind domain.ExportKind) sheet.ExportOptions {
	t.Helper()
	framework, _ := realLists(t).Framework(domain.DefaultFramework, domain.DefaultFrameworkVersion)
	return sheet.ExportOptions{
		Kind: kind, Framework: framework, Organisations: []string{"RXA"}, Period: "All month ends.", Publisher: "Example Trust",
		Made: time.Date(2026, time.November, 3, 14, 5, 0, 0, time.UTC), Synthetic: true,
	}
}

func exportRow(values ...string) [][]byte {
	row := make([][]byte, len(values))
	for i, value := range values {
		if value != "" {
			row[i] = []byte(value)
		}
	}
	return row
}

// sampleExports are rows of each kind as the register hands them out.
func sampleExports() map[domain.ExportKind][][][]byte {
	return map[domain.ExportKind][][][]byte{
		domain.ExportStaff: {
			exportRow("RXA", "0012", "08", "N0B", "5", "", "=SUM(A1) & <more>", "0.8", "01", "2020-02-29", ""),
			exportRow("RXA", "S2", "02", "", "", "", "spaced, \"quoted\"", "1", "", "", "2026-12-31"),
		},
		domain.ExportAssessments: {
			exportRow("RXA", "0012", "2026-01-20", "self", "", "", "", "Ward 1", "{3,NULL,-1,0,4,2}", "{4,4,4,4,4,4}"),
			exportRow("RXA", "S2", "2026-01-21", "manager", "08", "", "6", "", "{0,0,0,0,0,0}", ""),
		},
		domain.ExportCells: {exportRow("RXA", "2026-01-31", "08", "", "5", "", "120.5", "100", "", "0", "3", "", "101")},
		domain.ExportPosts: {exportRow("RXA", "2026-01-31", "08", "", "5", "", "120.5", "100", "", "0", "3", "", "987654")},
		domain.ExportSums:  {exportRow("RXA", "2026-01-31", "08", "5", "120.5", "100", "20.5", "21", "", "0", "3", "")},
	}
}

func exported(t *testing.T, w io.Writer, format sheet.Format, opts sheet.ExportOptions, rows [][][]byte) {
	t.Helper()
	writer, err := sheet.NewExportWriter(w, format, opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := writer.Row(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestExportCSV(t *testing.T) {
	t.Parallel()
	want := map[domain.ExportKind][]string{
		domain.ExportStaff:       {"RXA|0012|08|N0B|5||'=SUM(A1) & <more>|0.8|01|2020-02-29|", "RXA|S2|02||||spaced, \"quoted\"|1|||2026-12-31"},
		domain.ExportAssessments: {"RXA|0012|2026-01-20|self||||Ward 1|3||N/A|0|4|2|4|4|4|4|4|4", "RXA|S2|2026-01-21|manager|08||6||0|0|0|0|0|0||||||"},
		domain.ExportCells:       {"RXA|2026-01-31|08||5||120.5|100||0|3||101"},
		domain.ExportPosts:       {"RXA|2026-01-31|08||5||120.5|100||0|3|"},
		domain.ExportSums:        {"RXA|2026-01-31|08|5|120.5|100|20.5|21||0|3|"},
	}
	for kind, rows := range sampleExports() {
		var out bytes.Buffer
		exported(t, &out, sheet.CSV, exportOptions(t, kind), rows)
		records, err := csv.NewReader(&out).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		var got []string
		for _, record := range records[1:] {
			got = append(got, strings.Join(record, "|"))
		}
		if diff := cmp.Diff(want[kind], got); diff != "" {
			t.Errorf("%s: %s", kind, diff)
		}
		if records[0][0] != "organisation" || kind == domain.ExportAssessments && records[0][8] != "CCP" || kind == domain.ExportPosts && len(records[0]) != 12 {
			t.Errorf("%s: header %v", kind, records[0])
		}
	}
}

func TestExportWorkbook(t *testing.T) {
	t.Parallel()
	for kind, rows := range sampleExports() {
		var out bytes.Buffer
		opts := exportOptions(t, kind)
		exported(t, &out, sheet.XLSX, opts, rows)
		if kind == domain.ExportPosts && strings.Contains(allParts(t, out.Bytes()), "987654") {
			t.Error("people in post are in an export of posts")
		}
		book, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		tabs := book.GetSheetList()
		if len(tabs) != 3 || tabs[0] != "Cover" || tabs[1] != "Contents" {
			t.Fatalf("%s: sheets %v", kind, tabs)
		}
		listed, err := book.GetRows("Contents")
		if err != nil {
			t.Fatal(err)
		}
		if last := listed[len(listed)-1]; last[0] != tabs[2] || last[2] != fmt.Sprint(len(rows)) {
			t.Errorf("%s: contents %v", kind, last)
		}
		marked, err := book.GetTables(tabs[2])
		if err != nil || len(marked) != 1 {
			t.Fatalf("%s: %d tables, %v", kind, len(marked), err)
		}
		got, err := book.GetRows(tabs[2])
		if err != nil {
			t.Fatal(err)
		}
		sensitive := strings.Contains(fmt.Sprint(got), "OFFICIAL-SENSITIVE")
		if people := kind == domain.ExportStaff || kind == domain.ExportAssessments; sensitive != people {
			t.Errorf("%s: marked sensitive: %t", kind, sensitive)
		}
		first := got[len(got)-len(rows)]
		switch kind {
		case domain.ExportStaff:
			if strings.Join(first, "|") != "RXA|0012|08|N0B|5||=SUM(A1) & <more>|0.8|01|29 Feb 2020" {
				t.Errorf("%s: %v", kind, first)
			}
		case domain.ExportAssessments:
			if strings.Join(first[8:], "|") != "3|||0|4|2|4|4|4|4|4|4" {
				t.Errorf("%s: %v", kind, first)
			}
		case domain.ExportCells, domain.ExportPosts, domain.ExportSums:
			if kind, err := book.GetCellType(tabs[2], fmt.Sprintf("G%d", len(got))); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
				t.Errorf("a figure is of type %v, %v", kind, err)
			}
		}
		if err := book.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// Exports of every kind, empty ones and ones of very many organisations keep the rules
// for accessible spreadsheets that apply to records.
func TestExportsKeepTheRules(t *testing.T) {
	t.Parallel()
	for kind, rows := range sampleExports() {
		for name, rows := range map[string][][][]byte{"rows": rows, "no rows": nil} {
			opts := exportOptions(t, kind)
			opts.Organisations = slices.Repeat([]string{"RXA", "RXB"}, 3000)
			var out bytes.Buffer
			exported(t, &out, sheet.XLSX, opts, rows)
			found, err := rules.File(t.Context(), bytes.NewReader(out.Bytes()), int64(out.Len()), "", rules.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if found.Kind != rules.Data {
				t.Errorf("%s is taken for %s", kind, found.Kind)
			}
			for _, breach := range found.Unwaived() {
				t.Errorf("%s, %s: %+v", kind, name, breach)
			}
		}
	}
}

func TestExportRefusesWhatItCannotHold(t *testing.T) {
	t.Parallel()
	for name, row := range map[string][][]byte{
		"no number": exportRow("RXA", "2026-01-31", "08", "", "5", "", "many", "100", "", "0", "3", "", "1"),
		"no day":    exportRow("RXA", "infinity", "08", "", "5", "", "1", "100", "", "0", "3", "", "1"),
		"long text": exportRow("RXA", "2026-01-31", "08", strings.Repeat("x", 32_768), "5", "", "1", "100", "", "0", "3", "", "1"),
	} {
		writer, err := sheet.NewExportWriter(io.Discard, sheet.XLSX, exportOptions(t, domain.ExportCells))
		if err != nil {
			t.Fatal(err)
		}
		if err := writer.Row(row); err == nil || !strings.Contains(err.Error(), "cell ") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// A million rows take no more memory than a few.
func TestExportMemoryStaysFlat(t *testing.T) {
	row := exportRow("RXA", "2026-01-31", "08", "N0B", "5", "4C1", "120.5", "100", "1.25", "0", "3", "1", "101")
	for _, format := range []sheet.Format{sheet.CSV, sheet.XLSX} {
		peak := peakHeap(t, func(look func()) {
			writer, err := sheet.NewExportWriter(&counter{look: look}, format, exportOptions(t, domain.ExportCells))
			if err != nil {
				t.Fatal(err)
			}
			for range 200_000 {
				if err := writer.Row(row); err != nil {
					t.Fatal(err)
				}
			}
			look()
			if err := writer.Close(); err != nil {
				t.Fatal(err)
			}
		})
		if most := uint64(24 << 20); peak > most {
			t.Errorf("%s: %d bytes were held", format, peak)
		}
	}
}

// allParts returns the parts of a workbook one after the other.
func allParts(t *testing.T, book []byte) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range archive.File {
		part, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, io.LimitReader(part, 1<<26)); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}
