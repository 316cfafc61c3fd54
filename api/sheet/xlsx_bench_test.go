package sheet_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/sheet"
)

// benchWorkbook is 250,000 rows of 12 columns: texts that repeat, texts that
// do not, a date and numbers. All of it is synthetic.
func benchWorkbook(tb testing.TB, rows int) []byte {
	tb.Helper()
	file := excelize.NewFile()
	style, err := file.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		tb.Fatal(err)
	}
	writer, err := file.NewStreamWriter("Sheet1")
	if err != nil {
		tb.Fatal(err)
	}
	for i := range rows {
		day := excelize.Cell{StyleID: style, Value: time.Date(2026, 1, 1+i%300, 0, 0, 0, 0, time.UTC)}
		row := []any{
			fmt.Sprintf("%08d", i), "Nursing and Midwifery Registered", "20" + fmt.Sprint(100+i%200), day,
			"Ward " + fmt.Sprint(i%50), i % 5, i % 4, (i + 1) % 5, i % 3, 0.8, float64(i) / 8, "self",
		}
		if err := writer.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
			tb.Fatal(err)
		}
	}
	if err := writer.Flush(); err != nil {
		tb.Fatal(err)
	}
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func BenchmarkXLSXRead(b *testing.B) {
	const rows = 250_000
	data := benchWorkbook(b, rows)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		reader, err := sheet.Open(source(data), sheet.DefaultLimits())
		if err != nil {
			b.Fatal(err)
		}
		read := 0
		for {
			_, err := reader.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
			read++
		}
		if read != rows {
			b.Fatalf("read %d rows of %d", read, rows)
		}
	}
}
