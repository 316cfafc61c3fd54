package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"math"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"skillstracker/cmd/skillstracker/demodata"
	"skillstracker/domain"
)

func curlLines(said string) []string {
	return regexp.MustCompile(`(?m)^ +curl .*$`).FindAllString(said, -1)
}

// pasteLines gives each line to a shell, whose curl is a function that shows its
// words, and sends what the words ask for.
func pasteLines(t *testing.T, said string) {
	t.Helper()
	want := []func(int, string){
		func(status int, body string) {
			if status != http.StatusOK {
				t.Errorf("the planner gets %d: %s", status, body)
				return
			}
			compareTotals(t, body)
		},
		func(status int, body string) {
			if status != http.StatusOK || !strings.HasPrefix(body, "PK") {
				t.Errorf("the manager gets %d", status)
			}
		},
		func(status int, body string) {
			if status != http.StatusCreated || !strings.Contains(body, `"new":12`) {
				t.Errorf("the mended file gets %d: %s", status, body)
			}
		},
		func(status int, body string) {
			if status != http.StatusOK || !strings.Contains(body, `"mend"`) || strings.Contains(body, "S9999999") {
				t.Errorf("the findings get %d: %s", status, body)
			}
		},
	}
	for i, line := range curlLines(said) {
		status, body := paste(t, line)
		want[i](status, body)
	}
}

func paste(t *testing.T, line string) (int, string) {
	t.Helper()
	script := `curl() { for word; do printf '%s\n' "$word"; done; }` + "\n" + line
	out, err := exec.CommandContext(t.Context(), "sh", "-c", script).Output()
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	method, body, header, address := http.MethodGet, io.Reader(http.NoBody), make(http.Header), ""
	words := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	for i := 0; i < len(words); i++ {
		switch words[i] {
		case "-sS":
		case "-H":
			i++
			name, value, _ := strings.Cut(words[i], ": ")
			header.Set(name, value)
		case "-o":
			i++
		case "--data-binary":
			i++
			content, err := os.ReadFile(strings.TrimPrefix(words[i], "@"))
			if err != nil {
				t.Fatal(err)
			}
			method, body = http.MethodPost, bytes.NewReader(content)
		default:
			address = words[i]
		}
	}
	request, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), method, address, body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header = header
	return send(t, request)
}

// compareTotals compares the planner's totals with sums of the files themselves.
func compareTotals(t *testing.T, answer string) {
	t.Helper()
	type key struct{ region, group, measure string }
	want := make(map[key]float64)
	entries, err := demoOrganisations(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(answer)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := make(map[string]int)
	for i, name := range rows[0] {
		column[name] = i
	}
	month, err := domain.ParseDate(rows[1][column["month"]])
	if err != nil {
		t.Fatal(err)
	}
	measures := []string{"budgeted_fte", "contracted_fte", "bank_fte", "agency_fte"}
	for _, entry := range entries {
		files, err := demodata.Files(demodata.Seed, month+1, entry)
		if err != nil {
			t.Fatal(err)
		}
		files = slices.DeleteFunc(files, func(f demodata.File) bool { return f.Kind != domain.UploadVacancies })
		for _, row := range rowsOf(t, files[len(files)-1]) {
			for _, measure := range measures {
				if text := row[measure]; text != "" {
					want[key{entry.Region, row["staff_group"], measure}] += decimal(t, text)
				}
			}
		}
	}
	compared := 0
	for _, row := range rows[1:] {
		for _, measure := range measures {
			if text := row[column[measure]]; text != "" {
				k := key{row[column["region"]], row[column["staff_group"]], measure}
				if got := decimal(t, text); math.Abs(got-want[k]) > 1e-6 {
					t.Errorf("%v is %v, and by hand %v", k, got, want[k])
				}
				delete(want, k)
				compared++
			}
		}
	}
	if len(want) > 0 || compared < 150 {
		t.Errorf("%d figures were compared; missing are %v", compared, want)
	}
}

// rowsOf reads a CSV file, each row as a map from heading to text.
func rowsOf(t *testing.T, file demodata.File) []map[string]string {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(file.Content)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]map[string]string, 0, len(records)-1)
	for _, record := range records[1:] {
		row := make(map[string]string, len(record))
		for i, text := range record {
			row[records[0][i]] = text
		}
		rows = append(rows, row)
	}
	return rows
}

func decimal(t *testing.T, text string) float64 {
	t.Helper()
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return value
}
