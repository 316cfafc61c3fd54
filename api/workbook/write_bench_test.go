package workbook_test

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/workbook"
)

// The benchmark of this file compares the writing of a table of 5 texts, 2 dates and 8
// numbers with other programs that write the same, each a process of its own, round by
// round, ours first in one round and second in the next. "make bench" makes a table of
// the medians. All data is synthetic.

// writeRow is what a contestant is given of one row.
type writeRow struct {
	texts   [5]string
	days    [2]int // since 1 January 1970
	numbers [8]float64
}

// syntheticRow is the same row as that of the programs in testdata.
func syntheticRow(row int) writeRow {
	groups := [...]string{
		"Nursing", "Medical and dental", "Allied health", "Estates", "Administration & clerical", "Healthcare scientists",
		"Additional clinical services",
	}
	bands := [...]string{"2", "3", "4", "5", "6", "7", "8a", "8b", "9"}
	mixed := uint32(row) * 2654435761
	const serial1970 = 25_569
	made := writeRow{
		texts: [5]string{
			fmt.Sprintf("E%07d", row), "R" + string(rune('A'+row/7000%26)) + string(rune('A'+row/180000%26)), groups[(mixed>>8)%7],
			bands[(mixed>>12)%9], "Team " + strconv.Itoa(int((mixed>>16)%400)),
		},
		days: [2]int{45_000 - serial1970 + int((mixed>>7)%700), 46_000 - serial1970 + int((mixed>>9)%365)},
	}
	for column := range made.numbers {
		if n := (mixed >> column) % 10_000; column < 4 {
			made.numbers[column] = float64(n % 5)
		} else {
			made.numbers[column] = float64(n) / 100
		}
	}
	return made
}

// wideSheet is the sheet of the benchmark's table.
func wideSheet(rows int) workbook.Sheet {
	sheet := workbook.Sheet{Name: "Data", Table: "data_rows", Rows: rows}
	for column := range 15 {
		style := workbook.Style{OneLine: true}
		switch {
		case column > 10:
			style = workbook.Style{Format: workbook.FormatTwo, Right: true}
		case column > 6:
			style = workbook.Style{Right: true}
		case column > 4:
			style.Format = workbook.FormatDay
		}
		sheet.Columns = append(sheet.Columns, workbook.Column{Header: "Column " + strconv.Itoa(column+1), Width: 14, Style: style})
	}
	return sheet
}

// writeOurs writes the table as a workbook.
func writeOurs(to io.Writer, rows int) error {
	book, err := workbook.New(to, workbook.Options{Title: "Synthetic rows"}, "Data")
	if err != nil {
		return err
	}
	if err := book.Add(wideSheet(workbook.Unknown)); err != nil {
		return err
	}
	out, err := book.Begin("Data")
	if err != nil {
		return err
	}
	for i := range rows {
		row := syntheticRow(i)
		for _, text := range row.texts {
			out.Text(text)
		}
		for _, day := range row.days {
			out.Date(day)
		}
		for _, number := range row.numbers {
			out.Number(number)
		}
		if err := out.End(); err != nil {
			return err
		}
	}
	return book.Close()
}

// The variables that tell a process of the benchmark what to write.
const (
	rowsVariable = "SKILLSTRACKER_BENCH_ROWS"
	fileVariable = "SKILLSTRACKER_BENCH_FILE"
)

// BenchmarkWriter is one writing in a process of its own; BenchmarkWrite runs it.
func BenchmarkWriter(b *testing.B) {
	rows, path := 25_000, filepath.Join(b.TempDir(), "synthetic.xlsx")
	if given := os.Getenv(rowsVariable); given != "" {
		var err error
		if rows, err = strconv.Atoi(given); err != nil {
			b.Fatal(err)
		}
		path = os.Getenv(fileVariable)
	}
	for name, write := range map[string]func(io.Writer, int) error{"ours": writeOurs, "excelize": writeExcelize} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				file, err := os.Create(path)
				if err != nil {
					b.Fatal(err)
				}
				if err := write(file, rows); err != nil {
					b.Fatal(err)
				}
				if err := file.Close(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(peakKB(b), "peak_kB")
		})
	}
}

// peakKB is the most memory that the process has held so far.
func peakKB(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	found := regexp.MustCompile(`VmHWM:\s+(\d+)`).FindSubmatch(status)
	if err != nil || found == nil {
		b.Fatalf("read peak of memory on %s: %v", runtime.GOOS, err)
	}
	size, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		b.Fatal(err)
	}
	return size
}

func writeExcelize(to io.Writer, rows int) error {
	book := excelize.NewFile()
	day, two := workbook.FormatDay, workbook.FormatTwo
	dayStyle, err := book.NewStyle(&excelize.Style{CustomNumFmt: &day})
	if err != nil {
		return err
	}
	twoStyle, err := book.NewStyle(&excelize.Style{CustomNumFmt: &two})
	if err != nil {
		return err
	}
	stream, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	const serial1970 = 25_569
	cells := make([]any, 15)
	for column := range cells {
		cells[column] = "Column " + strconv.Itoa(column+1)
	}
	if err := stream.SetRow("A1", cells); err != nil {
		return err
	}
	for i := range rows {
		row := syntheticRow(i)
		for column, text := range row.texts {
			cells[column] = text
		}
		for column, day := range row.days {
			cells[5+column] = excelize.Cell{StyleID: dayStyle, Value: day + serial1970}
		}
		for column, number := range row.numbers {
			if cells[7+column] = number; column > 3 {
				cells[7+column] = excelize.Cell{StyleID: twoStyle, Value: number}
			}
		}
		if err := stream.SetRow("A"+strconv.Itoa(i+2), cells); err != nil {
			return err
		}
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	if err := book.Write(to); err != nil {
		return err
	}
	return book.Close()
}

// writing is what the processes of one contestant took.
type writing struct {
	seconds, peaks []float64
	bytes          int64
}

// BenchmarkWrite compares whole processes.
func BenchmarkWrite(b *testing.B) {
	folder := b.TempDir()
	library := filepath.Join(folder, "libxlsxwriter")
	if said, err := exec.CommandContext(b.Context(), "cc", "-O2", "-o", library, "testdata/libxlsxwriter.c", "-lxlsxwriter").CombinedOutput(); err != nil {
		b.Fatalf("compile the program with libxlsxwriter: %v\n%s", err, said)
	}
	python := os.Getenv("PYTHON")
	if python == "" {
		python = "python3"
	}
	inGo := func(name string) func(rows, path string) []string {
		return func(string, string) []string {
			return []string{os.Args[0], "-test.run=^$", "-test.bench=^BenchmarkWriter$/^" + name + "$", "-test.benchtime=1x"}
		}
	}
	ours := inGo("ours")
	for _, peer := range []struct {
		name    string
		command func(rows, path string) []string
	}{
		{"libxlsxwriter", func(rows, path string) []string { return []string{library, rows, path} }},
		{"XlsxWriter", func(rows, path string) []string { return []string{python, "testdata/xlsxwriter_rows.py", rows, path} }},
		{"excelize", inGo("excelize")},
	} {
		for _, rows := range []int{25_000, 250_000, 1_000_000} {
			b.Run(fmt.Sprintf("%d_x_15_against_%s", rows, peer.name), func(b *testing.B) {
				var took [2]writing
				for b.Loop() {
					first := len(took[0].seconds) % 2
					for _, who := range []int{first, 1 - first} {
						path := filepath.Join(folder, "synthetic.xlsx")
						command := []func(rows, path string) []string{ours, peer.command}[who](strconv.Itoa(rows), path)
						took[who].run(b, command, rows, path)
					}
				}
				aim := 0.0
				if rows == 1_000_000 && peer.name == "libxlsxwriter" {
					aim = 8
				}
				report(b, aim, took)
			})
		}
	}
}

// run has one contestant write the file.
func (w *writing) run(b *testing.B, command []string, rows int, path string) {
	b.Helper()
	process := exec.CommandContext(b.Context(), command[0], command[1:]...)
	process.Env = append(os.Environ(), rowsVariable+"="+strconv.Itoa(rows), fileVariable+"="+path)
	began := time.Now()
	said, err := process.CombinedOutput()
	took := time.Since(began)
	if err != nil {
		b.Fatalf("%s: %v\n%s", command[0], err, said)
	}
	info, err := os.Stat(path)
	peak := regexp.MustCompile(`peak_kB (\d+)|([\d.e+]+) peak_kB`).FindSubmatch(said)
	if err != nil || peak == nil {
		b.Fatalf("%s: %v\n%s", command[0], err, said)
	}
	size, err := strconv.ParseFloat(string(peak[1])+string(peak[2]), 64)
	if err != nil {
		b.Fatal(err)
	}
	w.seconds, w.peaks, w.bytes = append(w.seconds, took.Seconds()), append(w.peaks, size/1024), info.Size()
	if err := os.Remove(path); err != nil {
		b.Fatal(err)
	}
}

func report(b *testing.B, aim float64, took [2]writing) {
	b.Helper()
	for who, name := range []string{"ours", "peer"} {
		slices.Sort(took[who].seconds)
		b.ReportMetric(took[who].seconds[len(took[who].seconds)/2], name+"_s")
		b.ReportMetric(slices.Max(took[who].peaks), name+"_heap_MiB")
		b.ReportMetric(float64(took[who].bytes)/(1<<20), name+"_file_MiB")
	}
	b.ReportMetric(took[1].seconds[len(took[1].seconds)/2]/took[0].seconds[len(took[0].seconds)/2], "ratio")
	b.ReportMetric(aim, "aim")
	b.ReportMetric(0, "ns/op")
}
