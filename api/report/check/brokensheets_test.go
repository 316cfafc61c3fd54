package check_test

const relType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

func brokenSheets() []broken {
	view := func(attributes, children string) edit {
		return swap(dataPart, `<sheetView workbookViewId="0"/>`, `<sheetView workbookViewId="0"`+attributes+`>`+children+`</sheetView>`)
	}
	return []broken{
		{rule: "SH-01", what: "no title", sheet: "By_group", cell: "A1", edits: []edit{drop(dataPart, "A1")}, also: []string{"SH-07"}},
		{rule: "SH-01", what: "short", sheet: "By_group", cell: "A1", edits: []edit{text(dataPart, "A1", "By group")}},
		{rule: "SH-01", what: "twice", sheet: "By_group", cell: "A1", edits: []edit{text(dataPart, "A1", "Contents of this workbook")}},
		{rule: "SH-02", what: "no style", sheet: "By_group", cell: "A1", edits: []edit{style(dataPart, "A1", "25")}},
		{rule: "SH-02", what: "heading of the cover", sheet: "Cover", cell: "A4", edits: []edit{style(coverPart, "A4", "25")}},
		{rule: "SH-03", what: "not bold", sheet: "By_group", cell: "A1", edits: []edit{style(dataPart, "A1", "24")}},
		{rule: "SH-03", what: "border", sheet: "By_group", cell: "A1", edits: []edit{
			style(dataPart, "A1", "27"), swap(stylesPart, "\n</cellXfs>", `<xf fontId="1" borderId="1" xfId="1"/></cellXfs>`),
		}},
		{rule: "SH-04", what: "nothing said", sheet: "By_group", cell: "A2", edits: []edit{text(dataPart, "A2", "Some cells refer to notes.")}},
		{rule: "SH-04", what: "another number", sheet: "Notes", cell: "A2", edits: []edit{text(notesPart, "A2", "This worksheet contains two tables.")}},
		{rule: "SH-04", what: "chart", sheet: "Chart_groups", cell: "A2", edits: []edit{text(chartSheet, "A2", "This worksheet contains 2 charts.")}},
		{
			rule: "SH-05", what: "two tables", sheet: "Notes", cell: "A7",
			edits: []edit{
				text(notesPart, "A2", "This worksheet contains two tables."),
				swap(notesPart, "</sheetData>", `<row r="6">`+cellXML("A6", "5", "More")+`</row><row r="7">`+cellXML("A7", "3", "Word")+`</row><row r="8">`+cellXML("A8", "5", "FTE")+`</row></sheetData>`),
				swap(notesPart, `<tablePart r:id="rId1"/>`, `<tablePart r:id="rId1"/><tablePart r:id="rId2"/>`),
				swap("xl/worksheets/_rels/sheet3.xml.rels", "</Relationships>", `<Relationship Id="rId2" Type="`+relType+`table" Target="../tables/table4.xml"/></Relationships>`),
				add("xl/tables/table4.xml", `<table id="4" name="words" displayName="words" ref="A7:A8"><tableColumns count="1"><tableColumn id="1" name="Word"/></tableColumns></table>`),
			},
			also: []string{"NT-02"},
		},
		{
			rule: "SH-06", what: "column B", sheet: "By_group", cell: "B4",
			edits: []edit{swap(tablePart, `ref="A4:F8"`, `ref="B4:F8"`), swap(tablePart, `<tableColumn id="1" name="Staff group code"/>`, "")},
			also:  []string{"SH-08", "WB-07"},
		},
		{rule: "SH-07", what: "gap", sheet: "By_group", cell: "A3", edits: []edit{drop(dataPart, "A3"), text(dataPart, "A2", "This worksheet contains one table. Notes: [c] = withheld, [x] = not available.")}},
		{rule: "SH-08", what: "below", sheet: "By_group", cell: "A10", edits: []edit{swap(dataPart, "</sheetData>", `<row r="10">`+cellXML("A10", "5", "Source")+`</row></sheetData>`)}},
		{rule: "SH-08", what: "right", sheet: "By_group", cell: "H5", edits: []edit{swap(dataPart, "</row>\n"+`<row r="6">`, cellXML("H5", "5", "Source")+"</row>\n"+`<row r="6">`)}},
		{rule: "SH-08", what: "above", sheet: "By_group", cell: "B1", edits: []edit{swap(dataPart, "</row>\n"+`<row r="2">`, cellXML("B1", "5", "Source")+"</row>\n"+`<row r="2">`)}},
		{rule: "SH-09", what: "merged", sheet: "By_group", cell: "A1", edits: []edit{swap(dataPart, "</sheetData>", `</sheetData><mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>`)}},
		{rule: "SH-10", what: "column", sheet: "By_group", cell: "D:D", edits: []edit{swap(dataPart, `<col min="4" max="4"`, `<col min="4" max="4" hidden="1"`)}},
		{rule: "SH-10", what: "row", sheet: "By_group", cell: "6:6", edits: []edit{swap(dataPart, `<row r="6">`, `<row r="6" hidden="true">`)}},
		{rule: "SH-11", what: "panes", sheet: "By_group", edits: []edit{view("", `<pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>`)}},
		{rule: "SH-12", what: "table", sheet: "By_group", cell: "A4", edits: []edit{swap(tablePart, "<tableColumns", `<autoFilter ref="A4:F8"/><tableColumns`)}},
		{rule: "SH-12", what: "sheet", sheet: "By_group", cell: "A4", edits: []edit{swap(dataPart, "</sheetData>", `</sheetData><autoFilter ref="A4:F8"/>`)}},
		{rule: "SH-13", what: "footer", sheet: "By_group", edits: []edit{swap(dataPart, "<tableParts", `<headerFooter><oddFooter>&amp;CPage &amp;P</oddFooter></headerFooter><tableParts`)}},
		{
			rule: "SH-13", what: "text box", sheet: "Chart_groups", cell: "C3",
			edits: []edit{swap(drawingPart, "</xdr:wsDr>", `<xdr:oneCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:row>2</xdr:row></xdr:from><xdr:sp><xdr:nvSpPr><xdr:cNvPr id="3" name="Box"/></xdr:nvSpPr><xdr:txBody/></xdr:sp></xdr:oneCellAnchor></xdr:wsDr>`)},
		},
		{rule: "SH-13", what: "VML", sheet: "By_group", edits: []edit{swap(dataPart, "<tableParts", `<legacyDrawing r:id="rId7"/><tableParts`)}},
		{rule: "SH-14", what: "none", sheet: "Chart_groups", cell: "A5", edits: []edit{swap(drawingPart, ` descr="Bar chart of staff assessed and staff in post by staff group"`, "")}},
		{rule: "SH-14", what: "short", sheet: "Chart_groups", cell: "A5", edits: []edit{swap(drawingPart, "Bar chart of staff assessed and staff in post by staff group", "Chart 1")}},
		{
			rule: "SH-15", what: "chart beside a table", sheet: "By_group", cell: "A5",
			edits: []edit{
				swap(dataPart, "<tableParts", `<drawing r:id="rId2"/><tableParts`),
				swap("xl/worksheets/_rels/sheet4.xml.rels", "</Relationships>", `<Relationship Id="rId2" Type="`+relType+`drawing" Target="../drawings/drawing1.xml"/></Relationships>`),
			},
		},
		{
			rule: "SH-15", what: "picture", sheet: "Chart_groups", cell: "C3",
			edits: []edit{swap(drawingPart, "</xdr:wsDr>", `<xdr:oneCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:row>2</xdr:row></xdr:from><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="3" name="P" descr="A picture of a synthetic hospital"/></xdr:nvPicPr></xdr:pic></xdr:oneCellAnchor></xdr:wsDr>`)},
		},
		{rule: "SH-16", what: "cursor", sheet: "By_group", edits: []edit{view("", `<selection activeCell="C7" sqref="C7"/>`)}},
		{rule: "SH-16", what: "scrolled", sheet: "By_group", edits: []edit{view(` topLeftCell="A3"`, "")}},
		{rule: "SH-16", what: "zoom", sheet: "By_group", edits: []edit{view(` zoomScale="85"`, "")}},
		{rule: "SH-24", what: "narrow", sheet: "By_group", cell: "F:F", edits: []edit{swap(dataPart, `max="6" width="18"`, `max="6" width="7"`)}},
		{rule: "SH-24", what: "wide", sheet: "By_group", cell: "B:B", edits: []edit{swap(dataPart, `max="2" width="24"`, `max="2" width="85"`)}},
	}
}

func brokenCells() []broken {
	condition := func(sqref, rule string) edit {
		return swap(dataPart, "</sheetData>", `</sheetData><conditionalFormatting sqref="`+sqref+`">`+rule+`</conditionalFormatting>`)
	}
	return []broken{
		{rule: "SH-17", what: "fill", sheet: "By_group", cell: "B6", edits: []edit{style(dataPart, "B6", "15")}},
		{rule: "SH-17", what: "column", sheet: "By_group", cell: "H:H", edits: []edit{swap(dataPart, "</cols>", `<col min="8" max="8" width="9" style="15"/></cols>`)}},
		{rule: "SH-17", what: "colour scale", sheet: "By_group", cell: "E5", edits: []edit{condition("E5:E8", `<cfRule type="colorScale"><colorScale><cfvo type="min"/><cfvo type="max"/><color rgb="FFFFFFFF"/><color rgb="FF6BACE6"/></colorScale></cfRule>`)}},
		{rule: "SH-18", what: "dark fill", sheet: "By_group", cell: "B6", edits: []edit{style(dataPart, "B6", "16")}, also: []string{"SH-17"}},
		{rule: "SH-18", what: "no value", sheet: "By_group", cell: "H6", edits: []edit{swap(dataPart, "</row>\n"+`<row r="7">`, `<c r="H6" s="15"/></row>`+"\n"+`<row r="7">`)}, also: []string{"SH-17"}},
		{
			rule: "SH-18", what: "dark end of a scale", sheet: "By_group", cell: "E5", also: []string{"SH-17"},
			edits: []edit{condition("E5:E8", `<cfRule type="colorScale"><colorScale><cfvo type="min"/><cfvo type="max"/><color rgb="FFFFFFFF"/><color rgb="FF12436D"/></colorScale></cfRule>`)},
		},
		{rule: "SH-18", what: "dark format", sheet: "By_group", cell: "E5", also: []string{"SH-17"}, edits: []edit{condition("E5:E8", `<cfRule type="cellIs" dxfId="0"><formula>1</formula></cfRule>`)}},
		{rule: "SH-19", what: "rotated", sheet: "By_group", cell: "B6", edits: []edit{style(dataPart, "B6", "14")}},
		{rule: "SH-19", what: "raised", sheet: "By_group", cell: "B6", edits: []edit{style(dataPart, "B6", "26")}},
		{rule: "SH-19", what: "raised run", sheet: "By_group", cell: "B6", edits: []edit{setCell(dataPart, "B6", `<c r="B6" s="5" t="inlineStr"><is><r><t>Administration</t></r><r><rPr><vertAlign val="superscript"/></rPr><t> a</t></r></is></c>`)}},
		{rule: "SH-20", what: "italic", sheet: "By_group", cell: "B6", edits: []edit{style(dataPart, "B6", "11")}},
		{rule: "SH-20", what: "underlined", sheet: "By_group", cell: "B6", edits: []edit{style(dataPart, "B6", "12")}},
		{rule: "SH-20", what: "indented", sheet: "By_group", cell: "B6", edits: []edit{style(dataPart, "B6", "13")}},
		{rule: "SH-21", what: "serifs", sheet: "By_group", cell: "B6", edits: []edit{style(dataPart, "B6", "17")}},
		{rule: "SH-21", what: "small", sheet: "By_group", cell: "B6", edits: []edit{style(dataPart, "B6", "18")}},
		{rule: "SH-21", what: "red", sheet: "By_group", cell: "B6", edits: []edit{style(dataPart, "B6", "19")}},
		{rule: "SH-21", what: "pale link", sheet: "Cover", cell: "A19", edits: []edit{swap(stylesPart, "FF0000FF", "FF6BACE6")}},
		{rule: "SH-22", what: "end", sheet: "By_group", cell: "B6", edits: []edit{text(dataPart, "B6", "Administration ")}},
		{rule: "SH-22", what: "double", sheet: "By_group", cell: "B6", edits: []edit{text(dataPart, "B6", "Clinical  support")}},
		{rule: "SH-22", what: "spaced out", sheet: "By_group", cell: "B6", edits: []edit{text(dataPart, "B6", "S t a f f")}},
		{rule: "SH-22", what: "sheet name", sheet: "By__group ", edits: []edit{swap(bookPart, `name="By_group"`, `name="By__group "`), swapAll(contentsPart, "By_group", "By__group "), swapAll(chartPart, "By_group", "By__group ")}, also: []string{"WB-04", "WB-07", "CH-04"}},
		{
			rule: "SH-23", what: "cut off", sheet: "By_group", cell: "B6",
			edits: []edit{style(dataPart, "B6", "10"), text(dataPart, "B6", "Administrative and clerical staff of all wards and departments")},
		},
		{rule: "SH-23", what: "number", sheet: "By_group", cell: "C8", edits: []edit{swap(dataPart, `max="3" width="14"`, `max="3" width="8"`), number(dataPart, "C8", "123456789012")}},
		{rule: "SH-23", what: "fixed row", sheet: "By_group", cell: "E4", edits: []edit{swap(dataPart, `<row r="4">`, `<row r="4" ht="16" customHeight="1">`)}},
	}
}
