package check_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"skillstracker/api/report/check"
)

// broken is the good workbook with one rule broken.
type broken struct {
	rule        string
	what        string
	sheet, cell string
	edits       []edit
	name        string // of the file, when it is another
	options     func(*check.Options)
	also        []string // rules that cannot be kept either
}

// TestEveryRuleCanFail breaks each rule of the catalogue by itself.
func TestEveryRuleCanFail(t *testing.T) {
	t.Parallel()
	cases := slices.Concat(brokenDocuments(), brokenSheets(), brokenCells(), brokenTables(), brokenColumns(), brokenNotes(), brokenCharts(), brokenPrivacy())
	seen := map[string]bool{}
	for _, each := range cases {
		seen[each.rule] = true
		t.Run(each.rule+" "+each.what, func(t *testing.T) {
			t.Parallel()
			p := goodParts(t)
			for _, change := range each.edits {
				change(t, p)
			}
			opts, name := goodOptions(), goodName
			if each.options != nil {
				each.options(&opts)
			}
			if each.name != "" {
				name = each.name
			}
			result := checkBytes(t, p.pack(t), name, opts)
			found := false
			for _, b := range result.Breaches {
				if b.Rule == each.rule && b.Sheet == each.sheet && b.Cell == each.cell {
					found = true
				}
				if b.Rule != each.rule && !slices.Contains(each.also, b.Rule) {
					t.Errorf("breaks %s too: %s!%s %s", b.Rule, b.Sheet, b.Cell, b.Message)
				}
				if b.Message == "" || b.Advice == "" || !strings.HasSuffix(b.Message, ".") || !strings.HasSuffix(b.Advice, ".") {
					t.Errorf("%s says %q and %q", b.Rule, b.Message, b.Advice)
				}
			}
			if !found {
				t.Errorf("no breach at %s!%s among %+v", each.sheet, each.cell, result.Breaches)
			}
			for _, r := range result.Rules {
				if r.ID == each.rule && r.Outcome != check.Failed {
					t.Errorf("the rule is %s", r.Outcome)
				}
			}
			if result.OK() {
				t.Error("the workbook passes")
			}
		})
	}
	for _, rule := range check.Rules() {
		if !seen[rule.ID] {
			t.Errorf("nothing breaks %s", rule.ID)
		}
	}
}

func brokenDocuments() []broken {
	return []broken{
		{rule: "DOC-01", what: "no title", edits: []edit{swap(corePart, "Digital skills at Synthetic Trust, 31 October 2026", "")}},
		{rule: "DOC-01", what: "underscore", edits: []edit{swap(corePart, "Digital skills at", "Digital_skills at")}},
		{rule: "DOC-01", what: "another than the cover's", sheet: "Cover", cell: "A1", edits: []edit{swap(corePart, "Digital skills at", "Skills at")}},
		{rule: "DOC-02", what: "no language", edits: []edit{swap(corePart, "<dc:language>en-GB</dc:language>", "")}},
		{rule: "DOC-02", what: "no tag", edits: []edit{swap(corePart, "en-GB", "English")}},
		{rule: "DOC-03", what: "no author", edits: []edit{swap(corePart, "<dc:creator>Synthetic Trust</dc:creator>", "")}},
		{rule: "DOC-03", what: "address", edits: []edit{swap(corePart, "<dc:creator>Synthetic Trust", "<dc:creator>a@example.org")}},
		{rule: "DOC-03", what: "somebody else", edits: []edit{swap(corePart, "<dc:creator>Synthetic Trust", "<dc:creator>openpyxl")}},
		{rule: "DOC-04", what: "no keywords", edits: []edit{swap(corePart, "digital skills, workforce, synthetic data", "")}},
		{rule: "DOC-04", what: "semicolons", edits: []edit{swap(corePart, "digital skills, workforce, ", "digital skills; workforce; ")}},
		{rule: "DOC-05", what: "not said", edits: []edit{swap(corePart, "dcterms:created ", "dcterms:issued "), swap(corePart, "</dcterms:created>", "</dcterms:issued>")}},
		{rule: "DOC-05", what: "a library's day", edits: []edit{swap(corePart, "2026-11-03", "2006-09-16")}},
		{rule: "DOC-05", what: "outside the run", options: func(o *check.Options) {
			o.MadeFrom = time.Date(2026, time.November, 4, 0, 0, 0, 0, time.UTC)
		}},
		{rule: "DOC-06", what: "macros", edits: []edit{add("xl/vbaProject.bin", "x")}},
		{rule: "DOC-06", what: "custom XML", edits: []edit{add("customXml/item1.xml", "<x/>")}},
		{rule: "DOC-06", what: "macro content type", edits: []edit{swap("[Content_Types].xml", "openxmlformats-officedocument.spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main")}},
		{rule: "DOC-07", what: "formula", sheet: "By_group", cell: "C8", edits: []edit{setCell(dataPart, "C8", `<c r="C8" s="6"><f>SUM(C5:C7)</f><v>3525</v></c>`)}},
		{rule: "DOC-08", what: "structure", edits: []edit{swap(bookPart, "<workbookPr/>", `<workbookPr/><workbookProtection lockStructure="1"/>`)}},
		{rule: "DOC-08", what: "sheet", sheet: "By_group", edits: []edit{swap(dataPart, "</sheetData>", `</sheetData><sheetProtection sheet="1"/>`)}},
		{rule: "FIL-01", what: "capitals", name: "Digital_Skills.xlsx", also: []string{"FIL-02"}},
		{rule: "FIL-01", what: "version", name: "digital-skills-v2.xlsx", also: []string{"FIL-02"}},
		{rule: "FIL-01", what: "long", name: strings.Repeat("a", 60) + ".xlsx", also: []string{"FIL-02"}},
		{rule: "FIL-02", what: "nothing beside", options: func(o *check.Options) { o.Beside = []string{} }},
		{rule: "WB-01", what: "no cover", sheet: "Front", edits: []edit{swap(bookPart, `name="Cover"`, `name="Front"`)}, also: []string{"SH-04", "TB-01", "WB-07"}},
		{rule: "WB-01", what: "opens elsewhere", edits: []edit{swap(bookPart, "<workbookView/>", `<workbookView activeTab="3"/>`)}},
		{rule: "WB-02", what: "no contents", edits: []edit{swap(bookPart, `name="Contents"`, `name="List"`)}, also: []string{"WB-07"}},
		{rule: "WB-02", what: "another order", sheet: "Contents", cell: "A5", edits: []edit{text(contentsPart, "A5", "By_team")}},
		{rule: "WB-02", what: "no link", sheet: "Contents", cell: "A5", edits: []edit{swap(contentsPart, `<hyperlink ref="A5" location="'By_group'!A1" display="By_group"/>`, "")}, also: []string{"SH-20", "SH-21"}},
		{rule: "WB-03", what: "no notes", edits: []edit{swap(bookPart, `<sheet name="Notes" sheetId="3" r:id="rId3"/>`, "")}, also: []string{"WB-02", "WB-07", "LK-03"}},
		{
			rule: "WB-03", what: "notes for nothing", sheet: "Notes",
			edits: []edit{
				heading("B4", "Staff group [note 1]", "Staff group"), heading("E4", "Completion rate (per cent) [note 2]", "Completion rate (per cent)"),
			},
			also: []string{"WB-07"},
		},
		{rule: "WB-04", what: "space", sheet: "By group", edits: []edit{swap(bookPart, `name="By_group"`, `name="By group"`), swapAll(contentsPart, "By_group", "By group"), swapAll(chartPart, "By_group", "By group")}, also: []string{"WB-07"}},
		{rule: "WB-04", what: "twice", sheet: "BY_GROUP", edits: []edit{swap(bookPart, `name="Chart_groups"`, `name="BY_GROUP"`), swapAll(contentsPart, "Chart_groups", "BY_GROUP")}, also: []string{"WB-07"}},
		{rule: "WB-05", what: "blank", sheet: "Blank", edits: blankSheet(""), also: []string{"WB-02", "WB-07"}},
		{rule: "WB-06", what: "hidden", sheet: "Chart_groups", edits: []edit{swap(bookPart, `name="Chart_groups"`, `name="Chart_groups" state="veryHidden"`)}, also: []string{"PV-03"}},
		{rule: "WB-07", what: "column", sheet: "By_group", cell: "B4", options: func(o *check.Options) { o.Schema[3].Columns[1] = "Group" }},
		{rule: "WB-07", what: "sheet", options: func(o *check.Options) { o.Schema = append(o.Schema, check.SheetColumns{Sheet: "By_band"}) }},
		{rule: "CV-01", what: "column B", sheet: "Cover", cell: "B3", edits: []edit{swap(coverPart, `</c></row>`+"\n"+`<row r="4">`, `</c>`+cellXML("B3", "0", "beside")+`</row>`+"\n"+`<row r="4">`)}},
		{rule: "CV-02", what: "no contact", sheet: "Cover", edits: []edit{text(coverPart, "A18", "Who to ask")}},
	}
}

// blankSheet adds a sheet without cells.
func blankSheet(attributes string) []edit {
	return []edit{
		swap(bookPart, "</sheets>", `<sheet name="Blank" sheetId="6" r:id="rId6"`+attributes+`/></sheets>`),
		swap("xl/_rels/workbook.xml.rels", "</Relationships>", `<Relationship Id="rId6" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet6.xml"/></Relationships>`),
		add("xl/worksheets/sheet6.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>`),
	}
}
