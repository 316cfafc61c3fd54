package sheet_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"skillstracker/api/sheet"
)

// source makes a Source of bytes.
func source(data []byte) sheet.Source {
	return sheet.Source{File: bytes.NewReader(data), Size: int64(len(data))}
}

// readAll reads a whole file and returns its rows with their cells copied.
func readAll(data []byte, lim sheet.Limits) ([]sheet.Row, error) {
	reader, err := sheet.Open(source(data), lim)
	if err != nil {
		return nil, err
	}
	return drain(reader)
}

func drain(reader sheet.Reader) ([]sheet.Row, error) {
	var rows []sheet.Row
	for {
		row, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		row.Cells = append([]sheet.Cell(nil), row.Cells...)
		rows = append(rows, row)
	}
}

// mustRead reads a file that is good.
func mustRead(t *testing.T, data []byte) []sheet.Row {
	t.Helper()
	rows, err := readAll(data, sheet.DefaultLimits())
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return rows
}

// wantFault reads a file that must be refused with this code.
func wantFault(t *testing.T, data []byte, lim sheet.Limits, code string) *sheet.FileError {
	t.Helper()
	rows, err := readAll(data, lim)
	fault, ok := errors.AsType[*sheet.FileError](err)
	if !ok {
		t.Fatalf("read %d rows and got error %v, want a FileError %s", len(rows), err, code)
	}
	if fault.Code != code {
		t.Fatalf("got %v, want code %s", fault, code)
	}
	if fault.Message == "" || !strings.HasSuffix(fault.Mend, ".") {
		t.Errorf("fault %s lacks a message or advice: %+v", code, fault)
	}
	return fault
}

// refused reads a file that must be refused with this code.
func refused(t *testing.T, data []byte, code string) {
	t.Helper()
	if fault := wantFault(t, data, sheet.DefaultLimits(), code); fault.Limit < 0 {
		t.Errorf("a limit of %d", fault.Limit)
	}
}

// texts is what a person sees in the cells of each row.
func texts(rows []sheet.Row) [][]string {
	all := make([][]string, len(rows))
	for i, row := range rows {
		all[i] = make([]string, len(row.Cells))
		for j, cell := range row.Cells {
			all[i][j] = cell.String()
		}
	}
	return all
}

func TestOpenRefusesTooLargeFile(t *testing.T) {
	lim := sheet.DefaultLimits()
	lim.MaxBytes = 10
	fault := wantFault(t, []byte("a,b,c\n1,2,3\n"), lim, sheet.CodeFileTooLarge)
	if fault.Limit != 10 || !strings.Contains(fault.Message, "10") {
		t.Errorf("the limit is not in %+v", fault)
	}
}

// brokenFile fails with an error of its own after some bytes.
type brokenFile struct {
	data []byte
	from int64
	err  error
}

func (f brokenFile) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > f.from {
		return 0, f.err
	}
	return copy(p, f.data[off:]), nil
}

func TestErrorsOfTheDiskAreNotFaultsOfTheFile(t *testing.T) {
	disk := errors.New("disk on fire")
	long := []byte("a,b\n" + strings.Repeat("1,2\n", 100_000))
	files := map[string][]byte{
		"csv":      long,
		"utf-16":   utf16Bytes(string(long), false, true),
		"json":     []byte(`{"rows":[{"a":1}` + strings.Repeat(`,{"a":2}`, 50_000) + `]}`),
		"xlsx":     book(t, sheetXML(`<row><c><v>1</v></c></row>`)),
		"compound": append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 200_000)...),
	}
	for name, data := range files {
		for _, from := range []int64{0, int64(len(data)) / 3, int64(len(data)) - 1} {
			src := sheet.Source{File: brokenFile{data: data, from: from, err: disk}, Size: int64(len(data))}
			reader, err := sheet.Open(src, sheet.DefaultLimits())
			if err == nil {
				_, err = drain(reader)
			}
			if !errors.Is(err, disk) {
				t.Errorf("%s broken from byte %d: got %v, want the disk's own error", name, from, err)
			}
		}
		short := sheet.Source{File: bytes.NewReader(data[:len(data)-2]), Size: int64(len(data))}
		reader, err := sheet.Open(short, sheet.DefaultLimits())
		if err == nil {
			_, err = drain(reader)
		}
		if _, is := errors.AsType[*sheet.FileError](err); err == nil || is {
			t.Errorf("%s shorter than its size: got %v, want an error that is not the sender's", name, err)
		}
	}
}

func TestErrorsRepeat(t *testing.T) {
	for name, data := range map[string][]byte{
		"csv":  []byte("a,b\n\"open"),
		"json": []byte(`{"rows":[{"a":1},{"b":`),
		"xlsx": book(t, sheetXML(`<row><c><v>x</v></c></row>`)),
	} {
		reader, err := sheet.Open(source(data), sheet.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		_, first := drain(reader)
		_, second := reader.Next()
		if first == nil || first != second { //nolint:errorlint // the very same error is the promise
			t.Errorf("%s: got %v, then %v", name, first, second)
		}
		if err := reader.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := reader.Next(); err == nil || errors.Is(err, io.EOF) {
			t.Errorf("%s: reading after Close gave %v", name, err)
		}
		if others, ok := reader.(sheet.OthersReader); ok {
			if err := others.EachOther(func(string, sheet.Row) error { return nil }); err == nil {
				t.Errorf("%s: other sheets were read after Close", name)
			}
		}
	}
}
