package report_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// cellsOf returns the cells of a column below the header, by row.
func (s rawSheet) cellsOf(col int) []rawCell {
	header, _, _ := s.bounds()
	var cells []rawCell
	for _, c := range s.cells {
		if c.col == col && c.row > header {
			cells = append(cells, c)
		}
	}
	return cells
}

func eachTable(b rawBook, visit func(rawSheet) []string) []string {
	return eachSheet(b, func(s rawSheet) []string {
		if s.table == nil {
			return nil
		}
		return visit(s)
	})
}

func tableRules() map[string]func(rawBook) []string {
	tableName := regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	marker := regexp.MustCompile(`^\[[cxz]\]$`)
	bracketed := regexp.MustCompile(`\[[^\]]*\]`)
	return map[string]func(rawBook) []string{
		"TB-02 TB-03 TB-04 SH-12": func(b rawBook) []string {
			seen := map[string]bool{}
			return eachTable(b, func(s rawSheet) []string {
				header, _, columns := s.bounds()
				bad := breach(!tableName.MatchString(s.table.Name) || seen[s.table.Name] || s.table.Style.Name != "" || s.table.Style.Stripes ||
					strings.Contains(s.table.xml, "autoFilter") || len(s.table.Columns) != columns, "table %+v", s.table)
				seen[s.table.Name] = true
				headers := map[string]bool{}
				for i, column := range s.table.Columns {
					ref := fmt.Sprintf("%s%d", columnName(i+1), header)
					c := s.cell(ref)
					bad = append(bad, breach(c.number || c.value == "" || c.value != column.Name || headers[strings.ToLower(c.value)] ||
						b.styles.Fonts[b.styles.Xfs[c.style].FontID].Bold == nil, "%s: header %q, table says %q", ref, c.value, column.Name)...)
					headers[strings.ToLower(c.value)] = true
				}
				return bad
			})
		},
		"TB-05 TB-06 TB-07 TB-16": func(b rawBook) []string {
			return eachTable(b, func(s rawSheet) []string {
				header, last, columns := s.bounds()
				bad := breach(last <= header, "no row")
				for col := 1; col <= columns; col++ {
					cells := s.cellsOf(col)
					bad = append(bad, breach(len(cells) != last-header, "column %d has %d cells in %d rows", col, len(cells), last-header)...)
					for _, c := range cells {
						bad = append(bad, breach(!strings.ContainsAny(c.value, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") || slices.Contains([]string{"NA", "N/A"}, c.value), "%s: %q", c.ref, c.value)...)
					}
				}
				return bad
			})
		},
		"TB-08": func(b rawBook) []string {
			return eachTable(b, func(s rawSheet) []string {
				header, _, _ := s.bounds()
				used, explained := map[string]bool{}, map[string]bool{}
				for _, c := range s.cells {
					for _, m := range bracketed.FindAllString(c.value, -1) {
						switch {
						case strings.HasPrefix(m, "[note ") || s.name == "Notes":
						case c.row < header:
							explained[m] = true
						default:
							used[m] = true
						}
					}
				}
				return breach(fmt.Sprint(used) != fmt.Sprint(explained), "used %v, explained %v", used, explained)
			})
		},
		"TB-09 to TB-12 NT-04": func(b rawBook) []string {
			return eachTable(b, func(s rawSheet) []string {
				header, _, columns := s.bounds()
				var bad []string
				for col := 1; col <= columns; col++ {
					head := s.cell(fmt.Sprintf("%s%d", columnName(col), header))
					bad = append(bad, columnBreaches(b, head, s.cellsOf(col), marker)...)
				}
				return bad
			})
		},
		"PV-01": func(b rawBook) []string {
			person := regexp.MustCompile(`(?i)employee|e-mail|national insurance|surname|first name`)
			return eachTable(b, func(s rawSheet) []string {
				var bad []string
				if s.name == "People" {
					return nil // of the report about people, which has no other table
				}
				for _, c := range s.table.Columns {
					bad = append(bad, breach(person.MatchString(c.Name), "column %s", c.Name)...)
				}
				return bad
			})
		},
	}
}

// columnBreaches says what is wrong with a column: its types, markers, alignment,
// number format or unit.
func columnBreaches(b rawBook, head rawCell, cells []rawCell, marker *regexp.Regexp) []string {
	month := head.value == "Month" || len(cells) > 0 && b.styles.format(cells[0].style) == "d mmm yyyy"
	numeric := !month && regexp.MustCompile(`\([a-z- ]+\)( \[note \d+\])*$`).MatchString(head.value)
	side := "left"
	if numeric {
		side = "right"
	}
	bad := breach(b.styles.Xfs[head.style].Alignment.Horizontal != side, "%s: header is not on the %s", head.ref, side)
	formats, large := map[string]bool{}, false
	for _, c := range cells {
		formats[b.styles.format(c.style)] = true
		isMarker := marker.MatchString(c.value)
		bad = append(bad, breach(b.styles.Xfs[c.style].Alignment.Horizontal != side, "%s is not on the %s", c.ref, side)...)
		switch {
		case numeric || month:
			bad = append(bad, breach(!c.number && !isMarker && c.value != "No records", "%s: %q in a column of numbers", c.ref, c.value)...)
			if value, err := strconv.ParseFloat(c.value, 64); err == nil {
				large = large || value >= 1000
			}
		default:
			bad = append(bad, breach(c.number, "%s: a number in a column of text", c.ref)...)
		}
	}
	bad = append(bad, breach(len(formats) != 1, "%s: formats %v", head.ref, formats)...)
	for format := range formats {
		bad = append(bad, breach(numeric && large && !strings.Contains(format, "#,##0"), "%s: no thousands in %s", head.ref, format)...)
		bad = append(bad, breach(month && format != "mmm yyyy" && (format != "d mmm yyyy" || head.value == "Month"), "%s: format %s", head.ref, format)...)
		bad = append(bad, breach(!numeric && !month && format != "General", "%s: format %s", head.ref, format)...)
	}
	return bad
}

func columnName(col int) string {
	if col > 26 {
		return columnName((col-1)/26) + columnName((col-1)%26+1)
	}
	return string(rune('A' + col - 1))
}
