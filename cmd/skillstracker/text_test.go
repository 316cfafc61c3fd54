package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"skillstracker/api/spec"
)

func TestTextTable(t *testing.T) {
	t.Parallel()
	got := textTable([]textColumn{{heading: "Row", width: 4, right: true}, {heading: "What", width: 12}}, [][]string{
		{"2", "a level that is not one"},
		{"13", "–"},
	})
	want := strings.Join([]string{
		"   Row  What",
		"   ---  ------------",
		"     2  a level that",
		"        is not one",
		"    13  –",
		"",
	}, "\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFit(t *testing.T) {
	t.Parallel()
	rows := [][]string{{"1", strings.Repeat("x", 40), strings.Repeat("y", 12)}}
	columns := []textColumn{{heading: "Row"}, {heading: "A"}, {heading: "B"}}
	for width, want := range map[int][]int{100: {3, 40, 12}, 45: {3, 23, 12}, 28: {3, 10, 10}, 5: {3, 10, 10}} {
		var got []int
		for _, column := range fit(columns, rows, width) {
			got = append(got, column.width)
		}
		if !slices.Equal(got, want) {
			t.Errorf("in %d characters: %v, want %v", width, got, want)
		}
	}
	if got := textTable(fit(columns[1:], [][]string{{"abcdefghijklmnop", ""}}, 5), [][]string{{"abcdefghijklmnop", ""}}); !strings.Contains(got, "   abcdefghij\n   klmnop\n") {
		t.Errorf("a long word is not broken:\n%s", got)
	}
}

func TestGrouped(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{
		"0": grouped(0, 0), "999": grouped(999, 0), "1,000": grouped(1000, 0), "-1,234,567.9": grouped(-1234567.89, 1), "-1.4": grouped(-1.4, 1),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestSumLine(t *testing.T) {
	t.Parallel()
	got := sumLine(spec.Counts{RowsRead: 1213, New: 1200, Rejected: 7, NotStored: 6})
	if want := "1,213 rows read = 1,200 new + 7 rejected + 6 not stored"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := sumLine(spec.Counts{}), "0 rows read = 0 new"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestShellQuote(t *testing.T) {
	t.Parallel()
	if got, want := shellQuote("a b's"), `'a b'\''s'`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestBaseURL(t *testing.T) {
	t.Parallel()
	for listen, want := range map[string]string{
		"127.0.0.1:8080": "http://127.0.0.1:8080",
		":8080":          "http://127.0.0.1:8080",
		"0.0.0.0:80":     "http://127.0.0.1:80",
		"[::]:80":        "http://[::1]:80",
		"[::1]:80":       "http://[::1]:80",
		"example:81":     "http://example:81",
	} {
		if got := baseURL(listen, false); got != want {
			t.Errorf("%s is reached at %s, want %s", listen, got, want)
		}
		if got, want := baseURL(listen, true), strings.Replace(want, "http:", "https:", 1); got != want {
			t.Errorf("%s is reached at %s with TLS, want %s", listen, got, want)
		}
	}
}

// TestProgressWithoutTerminal: a line every ten seconds, by the clock given.
func TestProgressWithoutTerminal(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	p := newProgress(host{stdout: &out, now: func() time.Time { return now }}, "files sent", 30)
	for range 30 {
		now = now.Add(time.Second)
		if err := p.step(); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.close(); err != nil {
		t.Fatal(err)
	}
	if want := "   10 of 30 files sent\n   20 of 30 files sent\n   30 of 30 files sent\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}
