package report

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// zipFiles returns the files of an archive in their order.
func zipFiles(t *testing.T, content []byte) (names []string, files map[string]string) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	files = map[string]string{}
	for _, file := range archive.File {
		reader, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		names, files[file.Name] = append(names, file.Name), string(text)
		if !file.Modified.Equal(time.Date(2026, time.November, 3, 14, 5, 0, 0, time.UTC)) {
			t.Errorf("file %s is dated %s", file.Name, file.Modified)
		}
	}
	return names, files
}

// readCSV returns a CSV file as rows by column.
func readCSV(t *testing.T, text string) (header []string, rows []map[string]string) {
	t.Helper()
	if !utf8.ValidString(text) || strings.HasPrefix(text, "\uFEFF") || strings.Count(text, "\n") != strings.Count(text, "\r\n") || !strings.HasSuffix(text, "\r\n") {
		t.Errorf("not UTF-8 without mark and with CRLF: %.60q", text)
	}
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, cell := range record {
			row[records[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return records[0], rows
}

func TestZIPHoldsEveryTable(t *testing.T) {
	t.Parallel()
	b := everyKind(t)
	content := written(t, b, ZIP, Accessible)
	names, files := zipFiles(t, content)
	if again := written(t, everyKind(t), ZIP, Accessible); !bytes.Equal(content, again) {
		t.Error("two archives made from the same input differ")
	}
	want := []string{"readme.txt"}
	for _, name := range []string{"notes", "by-group", "by-month", "empty"} {
		want = append(want, name+".csv", name+".csv-metadata.json")
	}
	if !slices.Equal(names, want) {
		t.Fatalf("got %v, want %v", names, want)
	}
	readme := files["readme.txt"]
	for _, line := range []string{b.title(b.subject), "Figures & <markup> made up for a test.", "by-month.csv: Figures by month.", "Report: vacancies"} {
		if !strings.Contains(readme, line+"\r\n") {
			t.Errorf("the readme has no line %q", line)
		}
	}
	for _, s := range append([]*sheet{b.notes.sheet()}, b.sheets...) {
		header, rows := readCSV(t, files[s.csvName()])
		if s.noRecords {
			if len(rows) > 0 {
				t.Errorf("%s has rows %v", s.csvName(), rows)
			}
			continue
		}
		if len(rows) != len(s.rows) {
			t.Fatalf("%s has %d rows, want %d", s.csvName(), len(rows), len(s.rows))
		}
		for i, row := range s.rows {
			compareCSVRow(t, s, row, header, rows[i])
		}
	}
}

// compareCSVRow holds a row of a CSV file to that of the table. The columns of a table
// stand in the file in their order, some followed by one of reasons.
func compareCSVRow(t *testing.T, s *sheet, row []value, header []string, got map[string]string) {
	t.Helper()
	place := 0
	for i, v := range row {
		name := header[place]
		place++
		reason := ""
		if place < len(header) && header[place] == name+"_status" {
			reason = got[header[place]]
			place++
		} else if k := s.columns[i].kind; k.numeric() || k == kindDay || k == kindCode {
			t.Errorf("%s: column %s has no column of reasons", s.name, name)
		}
		switch cell := got[name]; {
		case !v.isNumber && slices.Contains([]string{"[c]", "[x]", "[z]"}, v.text):
			if cell != "" || reason != v.text[1:2] {
				t.Errorf("%s, %s: got %q because of %q, want nothing because of %s", s.name, name, cell, reason, v.text)
			}
		case reason != "":
			t.Errorf("%s, %s: %q is absent because of %s", s.name, name, cell, reason)
		case !v.isNumber:
			want := v.text
			if strings.ContainsAny(want[:1], "=+-@'") {
				want = "'" + want
			}
			if cell != want {
				t.Errorf("%s, %s: got %q, want %q", s.name, name, cell, want)
			}
		default:
			number, err := strconv.ParseFloat(cell, 64)
			if day, isDay := domain.ParseDate(cell); isDay == nil {
				number, err = dateValue(day).number, nil
			}
			if err != nil || number != v.number {
				t.Errorf("%s, %s: got %q, want %v", s.name, name, cell, v.number)
			}
		}
	}
	if place != len(header) {
		t.Errorf("%s: columns %v", s.name, header)
	}
}

func TestCSVTextsAreNotFormulae(t *testing.T) {
	t.Parallel()
	_, files := zipFiles(t, written(t, everyKind(t), ZIP, Accessible))
	_, rows := readCSV(t, files["by-group.csv"])
	for i, want := range []string{`'=cmd|' /C calc'!A0`, `'-1 a "quoted" group, with a name so long that it does not stand on one line of a chart`, "Students"} {
		if got := rows[i]["group"]; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if got := rows[3]["greatest_gap_in"]; got != "''Apostrophe'" {
		t.Errorf("got %s", got)
	}
	if got := rows[1]["people"]; got != "-1200" {
		t.Errorf("a negative number is %s", got)
	}
}

func TestCSVColumns(t *testing.T) {
	t.Parallel()
	_, files := zipFiles(t, written(t, everyKind(t), ZIP, Accessible))
	for name, want := range map[string]string{
		"by-group.csv": "group_code,group_code_status,group,people,people_status,rate_per_cent,rate_per_cent_status,rate_posts,rate_posts_status," +
			"mean_level,mean_level_status,change,change_status,greatest_gap_in,greatest_gap_in_status,assessed_on,assessed_on_status",
		"by-month.csv": "month,low,low_status,middle,middle_status,high,high_status",
		"empty.csv":    "code,code_status,post,posts,posts_status,opened_on,opened_on_status",
		"notes.csv":    "note_number,note_text",
	} {
		if got, _, _ := strings.Cut(files[name], "\r\n"); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	same := []column{{header: "Rate (posts)", kind: kindOne}, {header: "Rate posts", kind: kindOne}, {header: "Rate", kind: kindOne}}
	if _, err := (&Book{}).csvColumns(&sheet{columns: same}); err == nil {
		t.Error("two columns of one name are no error")
	}
}

// The metadata is what that of the totals is: it fits the contract's schema, and its
// columns are those of the file.
func TestCSVMetadata(t *testing.T) {
	t.Parallel()
	b := everyKind(t)
	_, files := zipFiles(t, written(t, b, ZIP, Accessible))
	for _, s := range append([]*sheet{b.notes.sheet()}, b.sheets...) {
		var described spec.CSVMetadata
		decoder := json.NewDecoder(strings.NewReader(files[s.csvName()+"-metadata.json"]))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&described); err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
		if described.Context != "http://www.w3.org/ns/csvw" || described.Url != s.csvName() || described.DcTitle != s.title || described.DcLicense == "" {
			t.Errorf("%s: %+v", s.name, described)
		}
		header, _, _ := strings.Cut(files[s.csvName()], "\r\n")
		var names []string
		for _, c := range described.TableSchema.Columns {
			names = append(names, c.Name)
			switch {
			case c.Titles[0] != c.Name:
				t.Errorf("%s: titles %v", c.Name, c.Titles)
			case strings.HasSuffix(c.Name, "_status") && (c.Datatype.Format == nil || *c.Datatype.Format != "[cxz]"):
				t.Errorf("%s: %+v", c.Name, c.Datatype)
			case c.Datatype.Base == "date" && *c.Datatype.Format != "yyyy-MM-dd":
				t.Errorf("%s: %+v", c.Name, c.Datatype)
			}
		}
		if strings.Join(names, ",") != header {
			t.Errorf("%s describes %v", s.name, names)
		}
		if s.name != "By_group" {
			continue
		}
		units := map[string]string{"people": "number", "rate_per_cent": "per cent", "rate_posts": "posts", "change": "percentage points"}
		for _, c := range described.TableSchema.Columns {
			if want, has := units[c.Name]; has && (c.SchemaUnitText == nil || *c.SchemaUnitText != want) {
				t.Errorf("%s: the unit is not %s", c.Name, want)
			}
			if c.Name == "rate_per_cent" && !strings.Contains(c.DcDescription, "[note 2] A rate is a share of the posts.") {
				t.Errorf("%s: %s", c.Name, c.DcDescription)
			}
		}
	}
}
