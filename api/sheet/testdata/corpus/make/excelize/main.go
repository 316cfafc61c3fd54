// Command excelize writes the workbooks of the corpus that excelize makes, into
// the folder that it is given.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/xuri/excelize/v2"
)

// table is one of the synthetic tables that all programs of the corpus write.
type table struct {
	Header []string `json:"header"`
	Rows   [][]any  `json:"rows"`
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: excelize TABLES.json FOLDER")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(source, folder string) error {
	text, err := os.ReadFile(source)
	if err != nil {
		return fmt.Errorf("read tables: %w", err)
	}
	var tables struct{ Staff, Assessments, Vacancies, Positions table }
	if err := json.Unmarshal(text, &tables); err != nil {
		return fmt.Errorf("understand tables: %w", err)
	}
	files := []struct {
		name    string
		table   table
		write   func(*excelize.File, string, [][]any) error
		options excelize.Options
	}{
		{"excelize-staff.xlsx", tables.Staff, writeCells, excelize.Options{}},
		{"excelize-staff-streamed.xlsx", tables.Staff, writeStream, excelize.Options{}},
		{"excelize-staff-1904.xlsx", tables.Staff, writeFrom1904, excelize.Options{}},
		{"excelize-staff-rich-formulas.xlsx", tables.Staff, writeRich, excelize.Options{}},
		{"excelize-assessments.xlsx", tables.Assessments, writeCells, excelize.Options{}},
		{"excelize-vacancies.xlsx", tables.Vacancies, writeStream, excelize.Options{}},
		{"excelize-positions.xlsx", tables.Positions, writeStream, excelize.Options{}},
		{"excelize-refused-password.xlsx", tables.Staff, writeCells, excelize.Options{Password: "synthetic"}},
	}
	for _, file := range files {
		if err := write(filepath.Join(folder, file.name), values(file.table), file.write, file.options); err != nil {
			return fmt.Errorf("write %s: %w", file.name, err)
		}
	}
	return nil
}

func write(path string, rows [][]any, fill func(*excelize.File, string, [][]any) error, options excelize.Options) error {
	const sheet = "Data"
	book := excelize.NewFile()
	if err := book.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	if err := fill(book, sheet, rows); err != nil {
		return err
	}
	if err := book.SaveAs(path, options); err != nil {
		return err
	}
	return book.Close()
}

// values turns the texts that are dates into dates.
func values(t table) [][]any {
	rows := [][]any{make([]any, len(t.Header))}
	for i, name := range t.Header {
		rows[0][i] = name
	}
	for _, kept := range t.Rows {
		row := slices.Clone(kept)
		for i, value := range row {
			text, isText := value.(string)
			if !isText {
				continue
			}
			if day, err := time.Parse(time.DateOnly, text); err == nil {
				row[i] = day
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func writeCells(book *excelize.File, sheet string, rows [][]any) error {
	for r, row := range rows {
		for c, value := range row {
			if value == nil {
				continue
			}
			place, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				return err
			}
			if err := book.SetCellValue(sheet, place, value); err != nil {
				return err
			}
		}
	}
	return nil
}

func writeStream(book *excelize.File, sheet string, rows [][]any) error {
	format := "dd/mm/yyyy"
	style, err := book.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return err
	}
	stream, err := book.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	for r, row := range rows {
		for c, value := range row {
			if _, isDay := value.(time.Time); isDay {
				row[c] = excelize.Cell{StyleID: style, Value: value}
			}
		}
		if err := stream.SetRow(fmt.Sprintf("A%d", r+1), row); err != nil {
			return err
		}
	}
	return stream.Flush()
}

func writeFrom1904(book *excelize.File, sheet string, rows [][]any) error {
	yes := true
	if err := book.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
		return err
	}
	return writeCells(book, sheet, rows)
}

func writeRich(book *excelize.File, sheet string, rows [][]any) error {
	if err := writeCells(book, sheet, rows); err != nil {
		return err
	}
	runs := []excelize.RichTextRun{{Text: "Café ", Font: &excelize.Font{Bold: true}}, {Text: "£ desk"}}
	if err := book.SetCellRichText(sheet, "F2", runs); err != nil {
		return err
	}
	if err := book.SetCellFormula(sheet, "G3", "=37.5/37.5"); err != nil {
		return err
	}
	if _, err := book.NewSheet("Sums"); err != nil {
		return err
	}
	if err := book.SetCellFormula("Sums", "A1", "=SUM(Data!G2:G7)"); err != nil {
		return err
	}
	return book.SetSheetVisible("Sums", false)
}
