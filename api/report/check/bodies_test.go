package check_test

import (
	"fmt"
	"strings"
	"testing"

	"skillstracker/api/report/check"
)

// manyTables gives the sheet By_group tables of one column, side by side and below one
// another, each with a heading, a value and, but for one of them, a row of its own.
func manyTables(across, down int) edit {
	return func(tb testing.TB, p parts) {
		tb.Helper()
		var rows, ids, rels strings.Builder
		for level := range down {
			for line := range 3 {
				row := level*3 + line + 4
				fmt.Fprintf(&rows, `<row r="%d">`, row)
				for place := range across {
					ref := fmt.Sprintf("%c%d", 'A'+place, row)
					switch {
					case line == 0:
						rows.WriteString(cellXML(ref, "3", "Group"))
						name := fmt.Sprintf("part_%d_%d", level, place)
						fmt.Fprintf(&ids, `<tablePart r:id="%s"/>`, name)
						fmt.Fprintf(&rels, `<Relationship Id="%s" Type="%stable" Target="../tables/%s.xml"/>`, name, relType, name)
						p["xl/tables/"+name+".xml"] = fmt.Sprintf(`<table name="%s" displayName="%s" ref="%s:%c%d"><tableColumns count="1"><tableColumn id="1" name="Group"/></tableColumns></table>`,
							name, name, ref, 'A'+place, row+2)
					case line == 1:
						fmt.Fprintf(&rows, `<c r="%s" s="5" t="e"><v>#N/A</v></c>`, ref)
					case level != 1 || place != 2:
						rows.WriteString(cellXML(ref, "5", "Nursing"))
					}
				}
				rows.WriteString("</row>")
			}
		}
		sheet := p[dataPart]
		kept := sheet[:strings.Index(sheet, `<row r="4">`)]
		p[dataPart] = kept + rows.String() + `</sheetData><tableParts count="1">` + ids.String() + "</tableParts></worksheet>"
		p["xl/worksheets/_rels/sheet4.xml.rels"] = "<Relationships>" + rels.String() + "</Relationships>"
	}
}

// Every cell is held to the rules of its own table, however many there are.
func TestCellsFindTheirTables(t *testing.T) {
	t.Parallel()
	p := goodParts(t)
	manyTables(7, 60)(t, p)
	counts, blank := map[string]int{}, ""
	for _, b := range checkBytes(t, p.pack(t), goodName, check.Options{}).Breaches {
		if b.Sheet != "By_group" {
			continue
		}
		counts[b.Rule] += 1 + b.More
		if b.Rule == "TB-05" {
			blank = b.Cell
		}
	}
	if counts["TB-07"] != 7*60 || counts["TB-05"] != 1 || blank != "C9" || counts["TB-02"] > 0 || counts["SH-08"] > 0 {
		t.Errorf("breaches %v, the blank row at %q", counts, blank)
	}
}

func TestTablesThatOverlap(t *testing.T) {
	t.Parallel()
	for name, ref := range map[string]string{"at a corner": "B6:D9", "the same": "A4:A6"} {
		p := goodParts(t)
		manyTables(3, 2)(t, p)
		swap("xl/tables/part_1_1.xml", `ref="B7:B9"`, `ref="`+ref+`"`)(t, p)
		if err := checked(t, p.pack(t), check.Options{}); err == nil {
			t.Errorf("%s: nothing is said", name)
		}
	}
}
