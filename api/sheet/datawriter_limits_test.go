package sheet_test

import (
	"io"
	"slices"
	"strings"
	"testing"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// someRows are as many rows of a kind, all the same.
func someRows(t *testing.T, kind domain.UploadKind, count int) rowsOf {
	t.Helper()
	row := oneRow(t, kind)
	return rowsOf{
		Staff: slices.Repeat(row.Staff, count), Assessments: slices.Repeat(row.Assessments, count), Vacancies: slices.Repeat(row.Vacancies, count),
		Positions: slices.Repeat(row.Positions, count), Targets: slices.Repeat(row.Targets, count),
	}
}

func TestDataLimits(t *testing.T) {
	for _, kind := range allKinds() {
		rows := someRows(t, kind, 31)
		for _, format := range allFormats() {
			for name, limit := range map[string]func(*sheet.Limits){
				"20 rows":    func(l *sheet.Limits) { l.MaxRows = 20 },
				"1000 bytes": func(l *sheet.Limits) { l.MaxBytes = 1000 },
				"4000 bytes": func(l *sheet.Limits) { l.MaxUnzipped = 4000 },
			} {
				if name == "4000 bytes" && format != sheet.XLSX {
					continue
				}
				opts := dataOptions(t, kind, "digcomp")
				limit(&opts.Limits)
				_, err := written(format, opts, rows)
				if domain.KindOf(err) != domain.KindInvalid || !strings.Contains(err.Error(), "more than "+name) {
					t.Errorf("%s as %s, %s: got %v", kind, format, name, err)
					continue
				}
				// Only kinds that have from and to are told of them.
				if told := strings.Contains(err.Error(), "from and to"); told == (kind == domain.UploadStaff) {
					t.Errorf("%s as %s, %s: the advice is %v", kind, format, name, err)
				}
			}
		}
	}
}

// Exactly as many records as an upload may have can be fetched and sent back.
func TestDataOfAsManyRowsAsAnUploadMayHave(t *testing.T) {
	for _, kind := range allKinds() {
		for _, format := range allFormats() {
			opts := dataOptions(t, kind, "digcomp")
			opts.Limits.MaxRows = 20
			data, err := written(format, opts, someRows(t, kind, 20))
			if err != nil {
				t.Errorf("%s as %s: %v", kind, format, err)
				continue
			}
			parsed := options(t, kind)
			parsed.Framework, parsed.FrameworkVersion = opts.Framework.Framework, opts.Framework.Version
			parsed.Limits.MaxRows = 20
			if file := parseBytes(t, data, parsed); file.Counts.RowsRead != 20 {
				t.Errorf("%s as %s: of 20 rows %d came back", kind, format, file.Counts.RowsRead)
			}
		}
	}
}

func TestDataWriterRefusals(t *testing.T) {
	for _, opts := range []sheet.DataOptions{{Kind: "shoes", Limits: sheet.DefaultLimits()}} {
		if _, err := sheet.NewDataWriter(io.Discard, sheet.CSV, opts); domain.KindOf(err) != domain.KindInvalid {
			t.Errorf("kind %s: got %v", opts.Kind, err)
		}
	}
	if _, err := sheet.NewDataWriter(io.Discard, "ods", dataOptions(t, domain.UploadStaff, "")); domain.KindOf(err) != domain.KindInvalid {
		t.Errorf("format ods: got %v", err)
	}
	writer, err := sheet.NewDataWriter(io.Discard, sheet.CSV, dataOptions(t, domain.UploadAssessments, "hdc"))
	if err != nil {
		t.Fatal(err)
	}
	if err := writer.Staff(domain.StaffRow{}); err == nil {
		t.Error("a row of staff was taken among assessments")
	}
	if err := writer.Assessment(oneRow(t, domain.UploadAssessments).Assessments[0]); err == nil {
		t.Error("an assessment of another framework was taken")
	}
	if err := writer.Close(); err != nil {
		t.Error(err)
	}
	if err := writer.Assessment(domain.AssessmentRow{}); err == nil {
		t.Error("a row was taken after the end")
	}
}
