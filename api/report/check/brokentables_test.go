package check_test

import "skillstracker/api/report/check"

func brokenTables() []broken {
	return []broken{
		{
			rule: "TB-01", what: "no table", sheet: "By_group", also: []string{"SH-04", "WB-07"},
			edits: []edit{swap(dataPart, `<tableParts count="1"><tablePart r:id="rId1"/></tableParts>`, "")},
		},
		{rule: "TB-01", what: "no headings", sheet: "By_group", cell: "A4", edits: []edit{swap(tablePart, `totalsRowShown`, `headerRowCount="0" totalsRowShown`)}, also: []string{"TB-10", "TB-11", "TB-12"}},
		{rule: "TB-02", what: "default", sheet: "By_group", cell: "A4", edits: []edit{swapAll(tablePart, "staff_assessed_by_group", "Table3")}},
		{rule: "TB-02", what: "capitals", sheet: "By_group", cell: "A4", edits: []edit{swapAll(tablePart, "staff_assessed_by_group", "StaffByGroup")}},
		{rule: "TB-02", what: "twice", sheet: "By_group", cell: "A4", edits: []edit{swapAll(tablePart, "staff_assessed_by_group", "notes")}},
		{rule: "TB-03", what: "empty", sheet: "By_group", cell: "F4", edits: []edit{drop(dataPart, "F4")}},
		{rule: "TB-03", what: "number", sheet: "By_group", cell: "F4", edits: []edit{number(dataPart, "F4", "2026"), swap(tablePart, "Latest assessment", "2026")}, also: []string{"WB-07"}},
		{rule: "TB-03", what: "twice", sheet: "By_group", cell: "D4", edits: []edit{heading("D4", "Staff in post (people)", "STAFF assessed (people)")}, also: []string{"WB-07"}},
		{rule: "TB-03", what: "made up", sheet: "By_group", cell: "F4", edits: []edit{heading("F4", "Latest assessment", "Column6")}, also: []string{"WB-07"}},
		{rule: "TB-03", what: "another in the markup", sheet: "By_group", cell: "F4", edits: []edit{text(dataPart, "F4", "Last assessment")}},
		{rule: "TB-04", what: "style", sheet: "By_group", cell: "A4", edits: []edit{swap(tablePart, "<tableStyleInfo ", `<tableStyleInfo name="TableStyleMedium2" `)}},
		{rule: "TB-04", what: "not bold", sheet: "By_group", cell: "B4", edits: []edit{style(dataPart, "B4", "5")}},
		{rule: "TB-05", what: "row", sheet: "By_group", cell: "A9", edits: []edit{swap(tablePart, "A4:F8", "A4:F9")}},
		{
			rule: "TB-05", what: "column", sheet: "By_group", cell: "F5",
			edits: []edit{drop(dataPart, "F5"), drop(dataPart, "F6"), drop(dataPart, "F7"), drop(dataPart, "F8")},
		},
		{rule: "TB-06", what: "blank", sheet: "By_group", cell: "E5", edits: []edit{drop(dataPart, "E5")}},
		{rule: "TB-07", what: "symbol", sheet: "By_group", cell: "E5", edits: []edit{text(dataPart, "E5", "-")}},
		{rule: "TB-07", what: "NA", sheet: "By_group", cell: "E5", edits: []edit{text(dataPart, "E5", "N/A")}},
		{rule: "TB-07", what: "error", sheet: "By_group", cell: "E5", edits: []edit{setCell(dataPart, "E5", `<c r="E5" s="7" t="e"><v>#DIV/0!</v></c>`)}},
		{rule: "TB-08", what: "unknown", sheet: "By_group", cell: "E5", edits: []edit{text(dataPart, "E5", "[q]")}},
		{rule: "TB-08", what: "not explained", sheet: "By_group", cell: "E5", edits: []edit{text(dataPart, "E5", "[low]")}},
		{rule: "TB-08", what: "not used", sheet: "By_group", cell: "A3", edits: []edit{text(dataPart, "A3", "Some shorthand is used: [c] = withheld, [x] = not available, [z] = not applicable.")}},
		{rule: "TB-09", what: "beside a number", sheet: "By_group", cell: "E5", edits: []edit{text(dataPart, "E5", "81.0 [x]")}},
		{rule: "TB-13", what: "middle", sheet: "By_group", cell: "B6", edits: []edit{text(dataPart, "B6", "Sub-total")}},
		{rule: "TB-16", what: "no rows", sheet: "By_group", cell: "A4", edits: []edit{
			swap(tablePart, "A4:F8", "A4:F4"),
			drop(dataPart, "A5"), drop(dataPart, "B5"), drop(dataPart, "C5"), drop(dataPart, "D5"), drop(dataPart, "E5"), drop(dataPart, "F5"),
			drop(dataPart, "A6"), drop(dataPart, "B6"), drop(dataPart, "C6"), drop(dataPart, "D6"), drop(dataPart, "E6"), drop(dataPart, "F6"),
			drop(dataPart, "A7"), drop(dataPart, "B7"), drop(dataPart, "C7"), drop(dataPart, "D7"), drop(dataPart, "E7"), drop(dataPart, "F7"),
			drop(dataPart, "A8"), drop(dataPart, "B8"), drop(dataPart, "C8"), drop(dataPart, "D8"), drop(dataPart, "E8"), drop(dataPart, "F8"),
			text(dataPart, "A3", "There were no staff."),
		}, also: []string{"PV-03"}},
	}
}

func brokenColumns() []broken {
	return []broken{
		{rule: "TB-10", what: "text among figures", sheet: "By_group", cell: "E5", edits: []edit{text(dataPart, "E5", "most of them")}},
		{rule: "TB-10", what: "number as text", sheet: "By_group", cell: "E5", edits: []edit{text(dataPart, "E5", "81.0")}},
		{
			rule: "TB-10", what: "a column of numbers as text", sheet: "By_group", cell: "E5",
			edits: []edit{text(dataPart, "E5", "81.0"), text(dataPart, "E7", "76.8"), text(dataPart, "E8", "78.1")},
		},
		{rule: "TB-10", what: "number among texts", sheet: "By_group", cell: "B6", edits: []edit{number(dataPart, "B6", "3")}},
		{rule: "TB-10", what: "dates and numbers", sheet: "By_group", cell: "F5", edits: []edit{style(dataPart, "F5", "6")}, also: []string{"TB-11", "TB-12"}},
		{rule: "TB-11", what: "figure on the left", sheet: "By_group", cell: "E5", edits: []edit{swap(dataPart, `<c r="E5" s="7">`, `<c r="E5" s="27">`), swap(stylesPart, "\n</cellXfs>", `<xf numFmtId="164" fontId="0"><alignment horizontal="left" wrapText="1"/></xf></cellXfs>`)}},
		{rule: "TB-11", what: "heading on the left", sheet: "By_group", cell: "E4", edits: []edit{style(dataPart, "E4", "3")}},
		{rule: "TB-11", what: "shorthand on the left", sheet: "By_group", cell: "E6", edits: []edit{style(dataPart, "E6", "5")}},
		{rule: "TB-11", what: "text in the middle", sheet: "By_group", cell: "B6", edits: []edit{style(dataPart, "B6", "20")}},
		{rule: "TB-12", what: "two formats", sheet: "By_group", cell: "E7", edits: []edit{style(dataPart, "E7", "21")}},
		{rule: "TB-12", what: "no commas", sheet: "By_group", cell: "D5", edits: []edit{style(dataPart, "D5", "22"), style(dataPart, "D7", "22"), style(dataPart, "D8", "22")}},
		{rule: "TB-12", what: "no unit", sheet: "By_group", cell: "E4", edits: []edit{heading("E4", "Completion rate (per cent) [note 2]", "Completion rate [note 2]")}, also: []string{"WB-07"}},
		{rule: "TB-14", what: "strokes", sheet: "By_group", cell: "B6", edits: []edit{text(dataPart, "B6", "Joined 01/02/10")}},
		{rule: "TB-14", what: "short year", sheet: "By_group", cell: "B6", edits: []edit{text(dataPart, "B6", "Year 2025/26")}},
		{rule: "TB-14", what: "dash", sheet: "By_group", cell: "B6", edits: []edit{text(dataPart, "B6", "Jan - Mar 2026")}},
		{rule: "TB-14", what: "quarter", sheet: "By_group", cell: "B6", edits: []edit{text(dataPart, "B6", "2026 Q1")}},
		{rule: "TB-14", what: "date format", sheet: "By_group", cell: "F5", edits: []edit{style(dataPart, "F5", "23")}},
		{rule: "TB-15", what: "number", sheet: "By_group", cell: "A5", edits: []edit{number(dataPart, "A5", "2")}, also: []string{"TB-10"}},
		{rule: "TB-15", what: "space", sheet: "By_group", cell: "A5", edits: []edit{text(dataPart, "A5", "02 ")}, also: []string{"SH-22"}},
		{rule: "TB-15", what: "not in the list", sheet: "By_group", cell: "A5", edits: []edit{text(dataPart, "A5", "77")}},
	}
}

func brokenNotes() []broken {
	return []broken{
		{rule: "NT-01", what: "number alone", sheet: "By_group", cell: "B6", edits: []edit{text(dataPart, "B6", "Administration [1]")}},
		{rule: "NT-01", what: "two in one", sheet: "By_group", cell: "B6", edits: []edit{text(dataPart, "B6", "Administration [note 1,2]")}},
		{rule: "NT-01", what: "round brackets", sheet: "By_group", cell: "B6", edits: []edit{text(dataPart, "B6", "Administration (1)")}},
		{rule: "NT-01", what: "raised digit", sheet: "By_group", cell: "B6", edits: []edit{text(dataPart, "B6", "Administration¹")}},
		{rule: "NT-02", what: "not listed", sheet: "Notes", edits: []edit{text(dataPart, "B6", "Administration [note 3]")}, also: []string{"NT-03"}},
		{rule: "NT-02", what: "not used", sheet: "Notes", cell: "A5", edits: []edit{heading("E4", "Completion rate (per cent) [note 2]", "Completion rate (per cent)")}, also: []string{"WB-07"}},
		{rule: "NT-03", what: "order", edits: []edit{heading("B4", "Staff group [note 1]", "Staff group [note 2]"), heading("E4", "Completion rate (per cent) [note 2]", "Completion rate (per cent) [note 1]")}, also: []string{"WB-07"}},
		{rule: "NT-04", what: "in a figure", sheet: "By_group", cell: "E5", edits: []edit{text(dataPart, "E5", "81 [note 1]")}},
		{rule: "NT-04", what: "alone", sheet: "By_group", cell: "E5", edits: []edit{text(dataPart, "E5", "[note 2]")}},
		{rule: "NT-05", what: "not said", sheet: "By_group", cell: "A2", edits: []edit{text(dataPart, "A2", "This worksheet contains one table.")}},
		{rule: "LK-01", what: "click here", sheet: "Cover", cell: "A19", edits: []edit{text(coverPart, "A19", "Click here.")}},
		{rule: "LK-01", what: "address", sheet: "Cover", cell: "A19", edits: []edit{text(coverPart, "A19", "https://example.org/report")}},
		{
			rule: "LK-02", what: "same place", sheet: "Contents", cell: "A4", edits: []edit{style(coverPart, "A17", "9"), swap(coverPart, "<hyperlinks>", `<hyperlinks><hyperlink ref="A17" location="'Notes'!A1"/>`)},
		},
		{rule: "LK-03", what: "no sheet", sheet: "Contents", cell: "A6", edits: []edit{swap(contentsPart, "'Chart_groups'!A1", "'Chart'!A1")}, also: []string{"WB-02"}},
		{rule: "LK-03", what: "middle", sheet: "Contents", cell: "A6", edits: []edit{swap(contentsPart, "'Chart_groups'!A1", "'Chart_groups'!A3")}, also: []string{"WB-02"}},
		{rule: "LK-03", what: "twice", sheet: "Cover", cell: "A19", edits: []edit{swap(coverPart, "<hyperlinks>", `<hyperlinks><hyperlink ref="A19" r:id="rId1"/>`)}},
		{rule: "LK-03", what: "file", sheet: "Cover", cell: "A19", edits: []edit{swap("xl/worksheets/_rels/sheet1.xml.rels", "mailto:workforce@example.org", "file:///C:/report")}},
		{rule: "LK-04", what: "file", sheet: "Cover", cell: "A19", edits: []edit{swap("xl/worksheets/_rels/sheet1.xml.rels", "mailto:workforce@example.org", "https://example.org/quality.ods")}},
	}
}

func brokenPrivacy() []broken {
	return []broken{
		{rule: "PV-01", what: "heading", sheet: "By_group", cell: "F4", edits: []edit{heading("F4", "Latest assessment", "Employee number")}, also: []string{"WB-07"}},
		{rule: "PV-01", what: "address", sheet: "By_group", cell: "B6", edits: []edit{text(dataPart, "B6", "somebody@example.org")}},
		{rule: "PV-01", what: "National Insurance", sheet: "By_group", cell: "B6", edits: []edit{text(dataPart, "B6", "AB 12 34 56 C")}},
		{rule: "PV-01", what: "people without a marking", sheet: "Cover", options: func(o *check.Options) { o.Kind = check.People }},
		{rule: "PV-02", what: "few people", sheet: "By_group", cell: "C7", edits: []edit{number(dataPart, "C7", "7"), swap(chartPart, "<c:v>2305</c:v>", "<c:v>7</c:v>")}},
		{rule: "PV-02", what: "rate of a withheld number", sheet: "By_group", cell: "E6", edits: []edit{number(dataPart, "E6", "50")}},
		{rule: "PV-03", what: "pivot", edits: []edit{add("xl/pivotCache/pivotCacheRecords1.xml", "<x/>")}},
		{rule: "PV-03", what: "comments", edits: []edit{add("xl/comments1.xml", "<comments/>")}},
		{rule: "PV-03", what: "hidden values", sheet: "Notes", edits: []edit{swap(bookPart, `name="Notes"`, `name="Notes" state="hidden"`)}, also: []string{"WB-06"}},
		{rule: "PV-03", what: "a chart's own figures", sheet: "Chart_groups", edits: []edit{swap(chartPart, `<c:pt idx="2"><c:v>2305`, `<c:pt idx="1"><c:v>4</c:v></c:pt><c:pt idx="2"><c:v>2305`)}},
		{rule: "PV-03", what: "a name with values", edits: []edit{swap(bookPart, "</sheets>", `</sheets><definedNames><definedName name="kept">{1,2,3}</definedName></definedNames>`)}},
	}
}

func brokenCharts() []broken {
	return []broken{
		{rule: "CH-01", what: "no title", sheet: "Chart_groups", edits: []edit{swap(chartPart, "<a:t>Staff assessed by staff group</a:t>", "<a:t> </a:t>")}},
		{rule: "CH-01", what: "no title of an axis", sheet: "Chart_groups", edits: []edit{swap(chartPart, "<a:t>People</a:t>", "<a:t></a:t>")}},
		{rule: "CH-01", what: "legend alone", sheet: "Chart_groups", edits: []edit{swapAll(chartPart, `<c:dLbls><c:showVal val="1"/><c:showSerName val="1"/></c:dLbls>`, "")}},
		{rule: "CH-01", what: "many series", sheet: "Chart_groups", edits: []edit{swap(chartPart, "<c:axId", series("801650")+series("28A197")+series("12436D")+"<c:axId")}},
		{rule: "CH-02", what: "pale", sheet: "Chart_groups", edits: []edit{swap(chartPart, "F46A25", "FFC000")}},
		{rule: "CH-02", what: "neighbours", sheet: "Chart_groups", edits: []edit{swap(chartPart, "F46A25", "2073BC")}},
		{rule: "CH-03", what: "small", sheet: "Chart_groups", edits: []edit{swap(chartPart, `sz="1200"`, `sz="1000"`)}},
		{rule: "CH-03", what: "language", sheet: "Chart_groups", edits: []edit{swap(chartPart, `lang="en-GB"`, `lang="en-US"`)}},
		{rule: "CH-04", what: "no summary", sheet: "Chart_groups", cell: "A3", edits: []edit{drop(chartSheet, "A3")}},
		{rule: "CH-04", what: "no sheet named", sheet: "Chart_groups", cell: "A3", edits: []edit{text(chartSheet, "A3", "Nursing has the most staff assessed, 2,305 of 3,000 in post.")}},
	}
}

func series(colour string) string {
	return `<c:ser><c:spPr><a:solidFill><a:srgbClr val="` + colour + `"/></a:solidFill></c:spPr><c:dLbls><c:showVal val="1"/></c:dLbls></c:ser>`
}
