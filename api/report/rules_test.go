package report_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestAccessibilityRules holds every workbook to the rules of accessible
// spreadsheets, reading the raw parts. A rule returns its breaches.
func TestAccessibilityRules(t *testing.T) {
	t.Parallel()
	for name, write := range variants() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := readBook(t, write)
			for _, set := range []map[string]func(rawBook) []string{documentRules(), sheetRules(), tableRules()} {
				for id, rule := range set {
					for _, breach := range rule(b) {
						t.Errorf("%s: %s", id, breach)
					}
				}
			}
		})
	}
}

func breach(bad bool, format string, args ...any) []string {
	if !bad {
		return nil
	}
	return []string{fmt.Sprintf(format, args...)}
}

func eachSheet(b rawBook, visit func(rawSheet) []string) []string {
	var all []string
	for _, s := range b.sheets {
		for _, each := range visit(s) {
			all = append(all, s.name+": "+each)
		}
	}
	return all
}

func documentRules() map[string]func(rawBook) []string {
	return map[string]func(rawBook) []string{
		"DOC-01": func(b rawBook) []string {
			title := b.core.Title
			return breach(title == "" || strings.ContainsAny(title, "_-–—") || title != b.sheets[0].cell("A1").value, "title %q, A1 %q", title, b.sheets[0].cell("A1").value)
		},
		"DOC-02": func(b rawBook) []string {
			return breach(b.core.Language != "en-GB", "language %q", b.core.Language)
		},
		"DOC-03": func(b rawBook) []string {
			return breach(b.core.Creator != "North Wold Synthetic Workforce Team", "creator %q", b.core.Creator)
		},
		"DOC-04": func(b rawBook) []string {
			return breach(!strings.Contains(b.core.Keywords, ", "), "keywords %q", b.core.Keywords)
		},
		"DOC-05": func(b rawBook) []string {
			return breach(b.core.Created != "2026-11-03T14:05:00Z" || b.core.Modified != b.core.Created, "created %s, modified %s", b.core.Created, b.core.Modified)
		},
		"DOC-06 PV-03": func(b rawBook) []string {
			known := regexp.MustCompile(`^(\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/(workbook|styles|sharedStrings)\.xml|xl/_rels/workbook\.xml\.rels|xl/theme/theme1\.xml|xl/worksheets/(_rels/)?sheet\d+\.xml(\.rels)?|xl/tables/table\d+\.xml)$`)
			var bad []string
			for part := range b.parts {
				bad = append(bad, breach(!known.MatchString(part), "part %s", part)...)
			}
			return bad
		},
		"DOC-07": func(b rawBook) []string {
			return eachSheet(b, func(s rawSheet) []string { return breach(strings.Contains(s.xml, "<f"), "a formula") })
		},
		"WB-01": func(b rawBook) []string {
			active := strings.Contains(b.parts["xl/workbook.xml"], "activeTab")
			selected := eachSheet(b, func(s rawSheet) []string {
				return breach(strings.Contains(s.xml, "tabSelected") != (s.name == "Cover"), "selected or not")
			})
			return append(selected, breach(b.sheets[0].name != "Cover" || active, "first sheet %s, another active: %v", b.sheets[0].name, active)...)
		},
		"WB-02 LK-03": contentsRule,
		"WB-03 NT-02 NT-03": func(b rawBook) []string {
			marker := regexp.MustCompile(`\[note \d+\]`)
			var used, listed []string
			for _, s := range b.sheets[3:] {
				for _, c := range s.cells {
					for _, m := range marker.FindAllString(c.value, -1) {
						if !slices.Contains(used, m) {
							used = append(used, m)
						}
					}
				}
			}
			notes := b.sheets[2]
			header, last, _ := notes.bounds()
			for row := header + 1; row <= last; row++ {
				listed = append(listed, notes.cell(fmt.Sprintf("A%d", row)).value)
			}
			inOrder := true
			for i, m := range used {
				inOrder = inOrder && m == fmt.Sprintf("[note %d]", i+1)
			}
			return breach(notes.name != "Notes" || !inOrder || !slices.Equal(used, listed), "used %v, listed %v", used, listed)
		},
		"WB-04 WB-06": func(b rawBook) []string {
			name := regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,30}$`)
			hidden := breach(strings.Contains(b.parts["xl/workbook.xml"], "idden"), "a hidden sheet")
			return append(hidden, eachSheet(b, func(s rawSheet) []string { return breach(!name.MatchString(s.name), "bad name") })...)
		},
		"CV-01": func(b rawBook) []string {
			cover := b.sheets[0]
			outside := slices.ContainsFunc(cover.cells, func(c rawCell) bool { return c.col != 1 })
			return breach(outside || cover.widths[1] > 60, "columns beyond A, or too wide")
		},
		"CV-02 SH-02": func(b rawBook) []string {
			var headings []string
			for _, c := range b.sheets[0].cells {
				if b.styles.builtin(c.style) == 17 {
					headings = append(headings, c.value)
				}
			}
			var bad []string
			for _, want := range []string{"About", "Period and geography", "Source", "Status", "Published", "Next update", "Shorthand", "Notes", "Contact"} {
				bad = append(bad, breach(!slices.Contains(headings, want), "no heading %s among %v", want, headings)...)
			}
			return bad
		},
	}
}

func contentsRule(b rawBook) []string {
	s := b.sheets[1]
	header, last, _ := s.bounds()
	bad := breach(s.name != "Contents" || last-header != len(b.sheets)-2 || len(s.links) != len(b.sheets)-2, "lists %d sheets with %d links", last-header, len(s.links))
	for i, listed := range b.sheets[2:] {
		row := header + 1 + i
		_, end, _ := listed.bounds()
		start, _, _ := listed.bounds()
		ref := fmt.Sprintf("A%d", row)
		bad = append(bad, breach(
			s.cell(ref).value != listed.name || s.links[ref] != "'"+listed.name+"'!A1" || s.cell(fmt.Sprintf("C%d", row)).value != fmt.Sprint(end-start),
			"row %d: %q leads to %q, %s rows", row, s.cell(ref).value, s.links[ref], s.cell(fmt.Sprintf("C%d", row)).value,
		)...)
	}
	return bad
}
