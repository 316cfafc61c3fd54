package sheet_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
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

	"skillstracker/api/sheet"
)

// The benchmarks of this file compare the readers with others that read the same
// file, round by round, ours first in one round and second in the next. "make bench"
// makes a table of the medians. All data is synthetic.

// duel times two contestants and reports their medians in seconds, the ratio, and
// the ratio aimed at (0 where there is none).
func duel(b *testing.B, aim float64, ours, peer func() time.Duration) {
	b.Helper()
	var times [2][]time.Duration
	for b.Loop() {
		first := len(times[0]) % 2
		for _, who := range []int{first, 1 - first} {
			times[who] = append(times[who], []func() time.Duration{ours, peer}[who]())
		}
	}
	medians := [2]float64{}
	for who := range times {
		slices.Sort(times[who])
		medians[who] = times[who][len(times[who])/2].Seconds()
	}
	b.ReportMetric(medians[0], "ours_s")
	b.ReportMetric(medians[1], "peer_s")
	b.ReportMetric(medians[1]/medians[0], "ratio")
	b.ReportMetric(aim, "aim")
	b.ReportMetric(0, "ns/op")
}

// countCells reads a file with our reader and checks that nothing is missing.
func countCells(b *testing.B, file sheet.Source) {
	b.Helper()
	limits := sheet.DefaultLimits()
	limits.MaxBytes *= 2 // JSON names every column in every row
	reader, err := sheet.Open(file, limits)
	if err != nil {
		b.Fatal(err)
	}
	rows, cells := 0, 0
	for {
		row, err := reader.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			b.Fatal(err)
		}
		rows++
		cells += len(row.Cells)
	}
	if err := reader.Close(); err != nil {
		b.Fatal(err)
	}
	if rows != readRows || cells != readRows*readColumns {
		b.Fatalf("%d rows and %d cells were read", rows, cells)
	}
}

// fileVariable names the workbook for a benchmark that another one runs.
const fileVariable = "SKILLSTRACKER_BENCH_FILE"

// BenchmarkXLSXReader is one reading in a process of its own; BenchmarkXLSX runs it.
func BenchmarkXLSXReader(b *testing.B) {
	path := os.Getenv(fileVariable)
	if path == "" {
		path = filepath.Join(b.TempDir(), "synthetic.xlsx")
		writeReadWorkbook(b, path)
	}
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			file, err := os.Open(path)
			if err != nil {
				b.Fatal(err)
			}
			info, err := file.Stat()
			if err != nil {
				b.Fatal(err)
			}
			countCells(b, sheet.Source{File: file, Size: info.Size(), Filename: path})
			if err := file.Close(); err != nil {
				b.Fatal(err)
			}
		}
		reportHeap(b)
	})
	b.Run("excelize", func(b *testing.B) {
		for b.Loop() {
			readWithExcelize(b, path)
		}
		reportHeap(b)
	})
}

// reportHeap reports the greatest size of the heap, which the runtime never gives
// back as address space.
func reportHeap(b *testing.B) {
	b.Helper()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	b.ReportMetric(float64(stats.HeapSys)/(1<<20), "heap_MiB")
}

func readWithExcelize(b *testing.B, path string) {
	b.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		b.Fatal(err)
	}
	rows, err := book.Rows("Data")
	if err != nil {
		b.Fatal(err)
	}
	cells := 0
	for rows.Next() {
		columns, err := rows.Columns()
		if err != nil {
			b.Fatal(err)
		}
		cells += len(columns)
	}
	if err := errors.Join(rows.Error(), rows.Close(), book.Close()); err != nil || cells != readRows*readColumns {
		b.Fatalf("%d cells were read: %v", cells, err)
	}
}

const readWithOpenpyxl = `
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True)
cells = sum(len(row) for row in book["Data"].iter_rows(values_only=True))
assert cells == 3_000_000, cells
`

// BenchmarkXLSX compares whole processes that read the workbook.
func BenchmarkXLSX(b *testing.B) {
	path := filepath.Join(b.TempDir(), "synthetic.xlsx")
	writeReadWorkbook(b, path)
	heaps := make(map[string][]float64)
	process := func(name string, args ...string) time.Duration {
		command := exec.CommandContext(b.Context(), args[0], args[1:]...) //nolint:gosec // this program and the operator's Python
		command.Env = append(os.Environ(), fileVariable+"="+path)
		began := time.Now()
		said, err := command.CombinedOutput()
		took := time.Since(began)
		if err != nil {
			b.Fatalf("%s: %v\n%s", name, err, said)
		}
		if heap := regexp.MustCompile(`([\d.]+) heap_MiB`).FindSubmatch(said); heap != nil {
			size, err := strconv.ParseFloat(string(heap[1]), 64)
			if err != nil {
				b.Fatal(err)
			}
			heaps[name] = append(heaps[name], size)
		}
		return took
	}
	inGo := func(name string) func() time.Duration {
		return func() time.Duration {
			return process(name, os.Args[0], "-test.run=^$", "-test.bench=^BenchmarkXLSXReader$/^"+name+"$", "-test.benchtime=1x")
		}
	}
	python := os.Getenv("PYTHON")
	if python == "" {
		python = "python3"
	}
	for _, peer := range []struct {
		name string
		run  func() time.Duration
	}{
		{"excelize", inGo("excelize")},
		{"openpyxl", func() time.Duration { return process("openpyxl", python, "-c", readWithOpenpyxl, path) }},
	} {
		b.Run("250000_x_12_against_"+peer.name, func(b *testing.B) {
			duel(b, 15, inGo("ours"), peer.run)
			b.ReportMetric(slices.Max(heaps["ours"]), "ours_heap_MiB")
			if len(heaps[peer.name]) > 0 {
				b.ReportMetric(slices.Max(heaps[peer.name]), "peer_heap_MiB")
			}
		})
	}
}

// BenchmarkCSV and BenchmarkJSON compare the readers with the standard library's,
// which check nothing, on the same table.
func BenchmarkCSV(b *testing.B) {
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	for row := range readRows {
		var cells []string
		for column := range readColumns {
			cells = append(cells, readCell(row, column))
		}
		if err := w.Write(cells); err != nil {
			b.Fatal(err)
		}
	}
	w.Flush()
	b.Run("250000_x_12_against_encoding/csv", func(b *testing.B) {
		duel(b, 0, timed(func() { countCells(b, source(text.Bytes())) }), timed(func() {
			reader, rows := csv.NewReader(bytes.NewReader(text.Bytes())), 0
			reader.ReuseRecord = true
			for {
				if _, err := reader.Read(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					b.Fatal(err)
				}
				rows++
			}
			if rows != readRows {
				b.Fatalf("%d rows were read", rows)
			}
		}))
	})
}

func BenchmarkJSON(b *testing.B) {
	var text bytes.Buffer
	text.WriteString(`{"rows":[`)
	for row := 1; row < readRows; row++ {
		if row > 1 {
			text.WriteByte(',')
		}
		for column := range readColumns {
			separator, quote := ",", `"`
			if column == 0 {
				separator = "{"
			}
			if column > 5 {
				quote = ""
			}
			text.WriteString(separator + `"` + readCell(0, column) + `":` + quote + readCell(row, column) + quote)
		}
		text.WriteByte('}')
	}
	text.WriteString(`]}`)
	b.Run("250000_x_12_against_encoding/json", func(b *testing.B) {
		duel(b, 0, timed(func() { countCells(b, source(text.Bytes())) }), timed(func() {
			var file struct{ Rows []map[string]any }
			if err := json.Unmarshal(text.Bytes(), &file); err != nil || len(file.Rows) != readRows-1 {
				b.Fatalf("%d rows were read: %v", len(file.Rows), err)
			}
		}))
	})
}

func timed(work func()) func() time.Duration {
	return func() time.Duration {
		began := time.Now()
		work()
		return time.Since(began)
	}
}
