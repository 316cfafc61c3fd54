package report_test

import (
	"fmt"
	"regexp"
	"strings"
)

func sheetRules() map[string]func(rawBook) []string {
	double := regexp.MustCompile(`^\s|\s$|\s\s`)
	spaced := regexp.MustCompile(`\b(\w ){3,}\w\b`)
	return map[string]func(rawBook) []string{
		"SH-01 SH-02 SH-03": func(b rawBook) []string {
			seen := map[string]bool{}
			return eachSheet(b, func(s rawSheet) []string {
				title := s.cell("A1")
				font := b.styles.Fonts[b.styles.Xfs[title.style].FontID]
				bad := title.number || len(title.value) < 15 || seen[title.value] || b.styles.builtin(title.style) != 16 || font.Bold == nil || font.Size.Val < 14
				seen[title.value] = true
				return breach(bad, "title %q in style %d", title.value, b.styles.builtin(title.style))
			})
		},
		"SH-04 NT-05 TB-01": func(b rawBook) []string {
			return eachSheet(b, func(s rawSheet) []string {
				if s.name == "Cover" {
					return nil
				}
				refers := false
				for _, c := range s.cells {
					refers = refers || strings.Contains(c.value, "[note ") && s.name != "Notes"
				}
				says := s.cell("A2").value
				bad := s.table == nil || !strings.HasPrefix(says, "This worksheet contains one table.") ||
					refers != strings.Contains(says, "Some cells refer to notes")
				return breach(bad, "A2 says %q", says)
			})
		},
		"SH-05 to SH-08": func(b rawBook) []string {
			return eachSheet(b, func(s rawSheet) []string {
				if s.table == nil {
					return nil
				}
				header, last, columns := s.bounds()
				bad := breach(!strings.HasPrefix(s.table.Ref, "A") || strings.Count(s.xml, "<tablePart ") != 1, "table at %s", s.table.Ref)
				for row := 1; row <= header; row++ {
					bad = append(bad, breach(s.cell(fmt.Sprintf("A%d", row)).value == "", "A%d is empty", row)...)
				}
				for _, c := range s.cells {
					bad = append(bad, breach(c.row > last || c.col > columns || c.row < header && c.col > 1, "%s is beside the table", c.ref)...)
				}
				end := s.table.Ref[strings.Index(s.table.Ref, ":")+1:]
				return append(bad, breach(s.ref != "A1:"+end, "dimension %s", s.ref)...)
			})
		},
		"SH-09 to SH-16": func(b rawBook) []string {
			return eachSheet(b, func(s rawSheet) []string {
				var bad []string
				for _, never := range []string{"mergeCell", "hidden", "<pane", "autoFilter", "headerFooter", "drawing", "zoomScale", "topLeftCell", "activeCell", "conditionalFormatting", "customHeight"} {
					bad = append(bad, breach(strings.Contains(s.xml, never), "has %s", never)...)
				}
				return bad
			})
		},
		"SH-17 SH-19 SH-20 SH-21": func(b rawBook) []string {
			var bad []string
			for i, xf := range b.styles.Xfs {
				font := b.styles.Fonts[xf.FontID]
				link := font.Underline != nil
				bad = append(bad, breach(xf.FillID != 0 || xf.Alignment.Rotation != 0 || xf.Alignment.Indent != 0 || font.Italic != nil ||
					font.Name.Val != "Arial" || font.Size.Val < 12 || !link && font.Color.Theme != "1" || link && font.Color.RGB != "FF0000FF", "style %d: %+v %+v", i, xf, font)...)
			}
			return append(bad, eachSheet(b, func(s rawSheet) []string {
				var bad []string
				for _, c := range s.cells {
					_, linked := s.links[c.ref]
					bad = append(bad, breach(linked != (b.styles.Fonts[b.styles.Xfs[c.style].FontID].Underline != nil), "%s: underlined and link differ", c.ref)...)
				}
				return bad
			})...)
		},
		"SH-22": func(b rawBook) []string {
			return eachSheet(b, func(s rawSheet) []string {
				var bad []string
				for _, c := range s.cells {
					bad = append(bad, breach(double.MatchString(c.value) || spaced.MatchString(c.value), "%s: %q", c.ref, c.value)...)
				}
				return bad
			})
		},
		"SH-23 SH-24": func(b rawBook) []string {
			return eachSheet(b, func(s rawSheet) []string {
				var bad []string
				for col, width := range s.widths {
					bad = append(bad, breach(width < 8 || width > 60, "column %d is %g wide", col, width)...)
				}
				if s.table == nil {
					return bad
				}
				header, _, columns := s.bounds()
				for _, c := range s.cells {
					bad = append(bad, breach(c.row >= header && !b.styles.Xfs[c.style].Alignment.Wrap, "%s is not wrapped", c.ref)...)
				}
				return append(bad, breach(len(s.widths) != columns, "%d columns have a width", len(s.widths))...)
			})
		},
		"page": func(b rawBook) []string {
			return eachSheet(b, func(s rawSheet) []string {
				orientation, titles := "landscape", regexp.MustCompile(fmt.Sprintf(`>(&#39;%s&#39;!\$A:\$[A-Z],)?&#39;%s&#39;!\$\d+:\$\d+<`, s.name, s.name))
				if s.name == "Cover" {
					return breach(!strings.Contains(s.xml, `orientation="portrait"`), "is not portrait")
				}
				bad := !strings.Contains(s.xml, `fitToWidth="`) || !strings.Contains(s.xml, `fitToHeight="0"`) || !strings.Contains(s.xml, `fitToPage="true"`) ||
					!strings.Contains(s.xml, `orientation="`+orientation+`"`) || !titles.MatchString(b.parts["xl/workbook.xml"])
				return breach(bad, "does not print with its header on each page")
			})
		},
	}
}
