package sheet_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/sheet"
)

// TestCorpusAgreesWithExcelize reads every sheet of every workbook that the
// manifest calls good, and compares each cell with what excelize reads there.
func TestCorpusAgreesWithExcelize(t *testing.T) {
	manifest, folder := readCorpus(t)
	workbooks := 0
	for _, file := range manifest.Files {
		if file.Format != string(sheet.XLSX) || !file.Stored {
			continue
		}
		workbooks++
		t.Run(file.File, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(folder, file.File))
			noError(t, err)
			oracle, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
			noError(t, err)
			reader, err := sheet.Open(source(data), sheet.DefaultLimits())
			noError(t, err)
			cells := 0
			for _, info := range reader.Sheets() {
				cells += agreeWithOracle(t, data, oracle, info.Name)
			}
			// The smallest file is a header of three columns with one row.
			if cells < 6 {
				t.Errorf("only %d cells were compared", cells)
			}
			noError(t, oracle.Close())
		})
	}
	if workbooks < 40 {
		t.Errorf("only %d workbooks were compared", workbooks)
	}
}

// agreeWithOracle compares one sheet, both ways, and returns how many cells with
// a value it compared.
func agreeWithOracle(t *testing.T, data []byte, oracle *excelize.File, name string) int {
	t.Helper()
	ours := cellsByPlace(t, data, name)
	rows, err := oracle.GetRows(name, excelize.Options{RawCellValue: true})
	noError(t, err)
	props, err := oracle.GetWorkbookProps()
	noError(t, err)
	date1904 := props.Date1904 != nil && *props.Date1904
	compared := 0
	for r, row := range rows {
		for c, raw := range row {
			place, err := excelize.CoordinatesToCellName(c+1, r+1)
			noError(t, err)
			got := ours[place]
			delete(ours, place)
			if raw == "" && got.Kind == sheet.Empty {
				continue
			}
			compared++
			kind, err := oracle.GetCellType(name, place)
			noError(t, err)
			if want := oracleKind(kind, raw, got); got.Kind != want {
				t.Errorf("%s!%s: got %v %q, excelize has type %d", name, place, got.Kind, got.Text, kind)
			}
			if got.Text != raw && !sameBool(got, raw) {
				t.Errorf("%s!%s: got %q, excelize reads %q", name, place, got.Text, raw)
			}
			if got.Kind == sheet.Date && got.String() != oracleDay(t, raw, date1904) {
				t.Errorf("%s!%s: got the day %s, excelize has %q", name, place, got, raw)
			}
		}
	}
	for place, cell := range ours {
		if cell.Kind != sheet.Empty {
			t.Errorf("%s!%s: got %v %q, excelize reads nothing", name, place, cell.Kind, cell.Text)
		}
	}
	return compared
}

// cellsByPlace reads a whole sheet with our reader.
func cellsByPlace(t *testing.T, data []byte, name string) map[string]sheet.Cell {
	t.Helper()
	reader, err := sheet.Open(source(data), sheet.DefaultLimits())
	noError(t, err)
	noError(t, reader.Select(name))
	rows, err := drain(reader)
	noError(t, err)
	cells := make(map[string]sheet.Cell)
	for _, row := range rows {
		for i, cell := range row.Cells {
			place, err := excelize.CoordinatesToCellName(i+1, row.Number)
			noError(t, err)
			cells[place] = cell
		}
	}
	return cells
}

// oracleKind is the kind that a cell has by excelize's type. That a number is a
// date is in its format alone, which excelize's type does not tell: there the
// kind is that of ours, if it is one of the two.
func oracleKind(kind excelize.CellType, raw string, got sheet.Cell) sheet.Kind {
	switch kind {
	case excelize.CellTypeSharedString, excelize.CellTypeInlineString, excelize.CellTypeFormula:
		if raw == "" {
			return sheet.Empty
		}
		return sheet.Text
	case excelize.CellTypeBool:
		return sheet.Bool
	case excelize.CellTypeError:
		return sheet.ErrorValue
	case excelize.CellTypeDate:
		return sheet.Date
	case excelize.CellTypeNumber, excelize.CellTypeUnset:
		switch {
		case raw == "":
			return sheet.Empty
		case got.Kind == sheet.Date:
			return sheet.Date
		}
	}
	return sheet.Number
}

// oracleDay is the day that excelize makes of a date: of its serial, or of the
// text of an ISO date cell.
func oracleDay(t *testing.T, raw string, date1904 bool) string {
	t.Helper()
	if day, _, iso := strings.Cut(raw, "T"); iso {
		return day
	}
	serial, err := strconv.ParseFloat(raw, 64)
	noError(t, err)
	at, err := excelize.ExcelDateToTime(serial, date1904)
	noError(t, err)
	return at.Format(time.DateOnly)
}
