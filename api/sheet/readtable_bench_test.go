package sheet_test

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"
)

// The table that is read: what an HR system exports about 250,000 people.
const readRows = 250_000

// readCell returns a cell of the table; the sixth column is a date.
func readCell(row, column int) string {
	if row == 0 {
		return []string{"employee_number", "staff_group", "job_role_code", "band", "team", "assessed_on", "CCP", "TLS", "IDM", "CIS", "TEC", "DIW"}[column]
	}
	switch column {
	case 0:
		return fmt.Sprintf("S%07d", row)
	case 1:
		return []string{"Nursing and Midwifery Registered", "Administrative and Clerical", "Allied Health Professionals"}[row%3]
	case 2:
		return strconv.Itoa(20100 + row%90)
	case 3:
		return "Band " + strconv.Itoa(2+row%6)
	case 4:
		return "Ward " + strconv.Itoa(row%400)
	case 5:
		return time.Date(2026, time.January, 1+row%300, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	}
	return strconv.Itoa((row + column) % 5)
}

const readColumns = 12

// writeReadWorkbook writes the table as Excel does: texts shared, dates as numbers.
func writeReadWorkbook(tb testing.TB, path string) {
	tb.Helper()
	file, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	archive := zip.NewWriter(file)
	part := func(name string, write func(w *bufio.Writer)) {
		out, err := archive.Create(name)
		if err != nil {
			tb.Fatal(err)
		}
		w := bufio.NewWriterSize(out, 1<<16)
		write(w)
		if err := w.Flush(); err != nil {
			tb.Fatal(err)
		}
	}
	text := func(content string) func(*bufio.Writer) {
		return func(w *bufio.Writer) { _, _ = w.WriteString(content) }
	}
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	const spread, relation, office = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/package/2006/relationships", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	part("[Content_Types].xml", text(head+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`))
	part("_rels/.rels", text(head+`<Relationships xmlns="`+relation+`"><Relationship Id="rId1" Type="`+office+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`))
	part("xl/workbook.xml", text(head+`<workbook xmlns="`+spread+`" xmlns:r="`+office+`"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>`))
	part("xl/_rels/workbook.xml.rels", text(head+`<Relationships xmlns="`+relation+`"><Relationship Id="rId1" Type="`+office+`/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="`+office+`/styles" Target="styles.xml"/><Relationship Id="rId3" Type="`+office+`/sharedStrings" Target="sharedStrings.xml"/></Relationships>`))
	part("xl/styles.xml", text(head+`<styleSheet xmlns="`+spread+`"><fonts count="1"><font><sz val="11"/><name val="Arial"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`))
	shared := make(map[string]int)
	var texts []string
	part("xl/worksheets/sheet1.xml", func(w *bufio.Writer) {
		_, _ = fmt.Fprintf(w, `%s<worksheet xmlns="%s"><dimension ref="A1:L%d"/><sheetData>`, head, spread, readRows)
		for row := range readRows {
			_, _ = fmt.Fprintf(w, `<row r="%d" spans="1:12">`, row+1)
			for column := range readColumns {
				cell, at := readCell(row, column), string(rune('A'+column))+strconv.Itoa(row+1)
				switch day, err := time.Parse(time.DateOnly, cell); {
				case column == 5 && err == nil:
					_, _ = fmt.Fprintf(w, `<c r="%s" s="1"><v>%d</v></c>`, at, int(day.Sub(time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)).Hours())/24)
				case column > 5 && row > 0:
					_, _ = fmt.Fprintf(w, `<c r="%s"><v>%s</v></c>`, at, cell)
				default:
					index, known := shared[cell]
					if !known {
						index = len(texts)
						shared[cell], texts = index, append(texts, cell)
					}
					_, _ = fmt.Fprintf(w, `<c r="%s" t="s"><v>%d</v></c>`, at, index)
				}
			}
			_, _ = w.WriteString(`</row>`)
		}
		_, _ = w.WriteString(`</sheetData></worksheet>`)
	})
	part("xl/sharedStrings.xml", func(w *bufio.Writer) {
		_, _ = fmt.Fprintf(w, `%s<sst xmlns="%s" uniqueCount="%d">`, head, spread, len(texts))
		for _, shared := range texts {
			_, _ = w.WriteString(`<si><t>` + shared + `</t></si>`)
		}
		_, _ = w.WriteString(`</sst>`)
	})
	if err := errors.Join(archive.Close(), file.Close()); err != nil {
		tb.Fatal(err)
	}
}
