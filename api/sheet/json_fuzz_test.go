package sheet_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/api/sheet"
)

// FuzzJSON reads fuzzed JSON, and compares what is accepted with what the
// standard decoder makes of it. What is refused as no JSON must be none.
func FuzzJSON(f *testing.F) {
	for _, text := range []string{
		`{"rows":[{"employee_number":"00123","fte":0.8},{"fte":1,"action":null}]}`,
		"\ufeff { \"rows\" : [ { } , {\"a\":true,\"b\":false,\"c\":null}\n]\r}\t",
		`{"rows":[{"\u0061\ud83d\ude00":"\"\\\/\b\f\n\r\t"}]}`,
		`{"rows":[{"a":-0.5e+3,"b":0,"c":1E400,"d":12345678901234567890}]}`,
		`{"rows":[{"a":1,"a":2}]}`, `{"rows":[{"a":[1]}]}`, `{"rows":[{"a":{}}]}`, `{"rows":[],"x":1}`, `{"rows":[]}{}`,
		`{"rows":[{"a":"\ud800"}]}`, "{\"rows\":[{\"a\":\"\xff\"}]}", `{"rows":[{"a":01}]}`, `{"rows":[{"a":1,}]}`, `[{"a":1}]`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		src := source(data)
		src.ContentType = "application/json"
		if format, err := sheet.Detect(src); err != nil || format != sheet.JSON {
			return
		}
		rows, err := checked(t, src)
		if err == nil {
			sameRecords(t, data, rows)
			return
		}
		checkFault(t, err)
		fault, _ := errors.AsType[*sheet.FileError](err)
		if fault.Code == sheet.CodeJSONSyntax && json.Valid([]byte(strings.TrimPrefix(string(data), "\ufeff"))) {
			t.Fatalf("JSON is refused: %v", fault)
		}
	})
}

// TestJSONAgreesWithTheStandardDecoder writes records of random values and
// reads them back.
func TestJSONAgreesWithTheStandardDecoder(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	var records []map[string]any
	for range 2_000 {
		record := map[string]any{}
		for column := range random.IntN(9) {
			var value any = randomText(random)
			switch random.IntN(5) {
			case 0:
				value = random.Float64() * 1e6
			case 1:
				value = random.IntN(2) == 0
			case 2:
				value = nil
			}
			record[fmt.Sprintf("column %d", column)] = value
		}
		records = append(records, record)
	}
	data, err := json.MarshalIndent(map[string]any{"rows": records}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	rows := mustRead(t, data)
	filled := sameRecords(t, data, rows)
	if filled < 1_500 {
		t.Errorf("only %d records have a value", filled)
	}
}

// sameRecords compares rows with what the standard decoder makes of the file,
// and returns how many records have a value.
func sameRecords(t *testing.T, data []byte, rows []sheet.Row) (filled int) {
	t.Helper()
	var file struct{ Rows []map[string]json.RawMessage }
	if err := json.Unmarshal([]byte(strings.TrimPrefix(string(data), "\ufeff")), &file); err != nil {
		t.Fatalf("the standard decoder: %v", err)
	}
	if len(rows) == 0 {
		rows = []sheet.Row{{}}
	}
	header := rows[0]
	if header.Number != 0 {
		t.Fatalf("the header row has the number %d", header.Number)
	}
	byNumber := map[int]map[string]string{}
	for _, row := range rows[1:] {
		byNumber[row.Number] = map[string]string{}
		for i, cell := range row.Cells {
			if cell.Kind != sheet.Empty {
				byNumber[row.Number][header.Cells[i].Text] = cell.Kind.String() + ":" + cell.Text
			}
		}
	}
	for i, record := range file.Rows {
		want := map[string]string{}
		for name, raw := range record {
			var value any
			if err := json.Unmarshal(raw, &value); err != nil && raw[0] != '-' && (raw[0] < '0' || raw[0] > '9') {
				t.Fatal(err)
			}
			switch value := value.(type) {
			case string:
				if value != "" {
					want[name] = "text:" + value
				}
			case bool:
				want[name] = "true or false:" + strings.ToUpper(string(raw))
			case float64:
				want[name] = "number:" + string(raw)
			default:
				if string(raw) != "null" {
					want[name] = "number:" + string(raw) // beyond a float64
				}
			}
		}
		if len(want) > 0 {
			filled++
		}
		got := byNumber[i+1]
		delete(byNumber, i+1)
		if len(want) != len(got) || !cmp.Equal(want, got) && len(want) > 0 {
			t.Fatalf("record %d is %q, the standard decoder has %q", i+1, got, want)
		}
	}
	if len(byNumber) > 0 {
		t.Fatalf("rows beyond the last record: %v", byNumber)
	}
	return filled
}
