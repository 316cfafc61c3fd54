package check

func sheetRules() []Rule {
	rows := []Exemption{{Kinds: records(), Sheets: []string{sheetData}, Why: "its first row holds the headings by which programs know the columns"}}
	return []Rule{
		{ID: "SH-01", Level: Essential, Asks: "Cell A1 of every sheet is its title: text of at least 15 characters that no other sheet has.", Exempt: rows},
		{ID: "SH-02", Level: Essential, Asks: "Cell A1 has the cell style Heading 1, and headings on the cover have Heading 2.", Exempt: rows},
		{ID: "SH-03", Level: Desirable, Asks: "Cell A1 is bold, sans serif, at least 14 points and without a border.", Exempt: rows},
		{
			ID: "SH-04", Level: Essential, Asks: "Cell A2 says how many tables or charts the sheet contains, such as: This worksheet contains one table.",
			Exempt: rows,
		},
		{ID: "SH-05", Level: Desirable, Asks: "A sheet has at most one table."},
		{ID: "SH-06", Level: Essential, Asks: "A table begins in column A."},
		{ID: "SH-07", Level: Essential, Asks: "Column A has no empty cell from row 1 down to the headings of the table."},
		{ID: "SH-08", Level: Desirable, Asks: "Nothing stands below or to the right of the table, and above it only column A is used."},
		{ID: "SH-09", Level: Essential, Asks: "No cells are merged."},
		{ID: "SH-10", Level: Desirable, Asks: "No rows or columns are hidden, unless column A above the table says so."},
		{
			ID: "SH-11", Level: Desirable, Asks: "No panes are frozen, unless column A above the table says that freeze panes are used.",
			Waiver: "Frozen panes that column A speaks of are listed as waived; without that text they are a breach.",
		},
		{ID: "SH-12", Level: Desirable, Asks: "There are no filter buttons, unless column A above the table says that filters are used."},
		{ID: "SH-13", Level: Essential, Asks: "There is no text in page headers or footers, shapes, text boxes or comments."},
		{ID: "SH-14", Level: Essential, Asks: "Every chart and picture has alternative text of 10 to 300 characters."},
		{
			ID: "SH-15", Level: Desirable, Asks: "There are no pictures, and no charts on a sheet with a table.",
			Waiver: "Waived: charts and pictures are what the profile is for. Their alternative text is still asked for (SH-14).",
		},
		{ID: "SH-16", Level: Desirable, Asks: "The cursor is in cell A1, which is at the top left, and the zoom is 100 per cent."},
		{
			ID: "SH-17", Level: Desirable, Asks: "No cell has a fill, a colour scale or another coloured format.",
			Waiver: "Waived: the contrast is still asked for, and the value in the cell (SH-18).",
			Exempt: []Exemption{{Kinds: []Kind{Findings}, Sheets: []string{sheetData}, Why: "faulty cells are shaded; they are framed and bold too, and the column findings says in words what is wrong"}},
		},
		{ID: "SH-18", Level: Essential, Asks: "A coloured cell has a value, and its text a contrast of at least 4.5 to 1 with the colour, and with the ends and the middle of a colour scale."},
		{ID: "SH-19", Level: Essential, Asks: "No text is raised, lowered or rotated."},
		{ID: "SH-20", Level: Desirable, Asks: "No text is italic or indented, and only links are underlined."},
		{ID: "SH-21", Level: Desirable, Asks: "Fonts are sans serif and of at least 12 points, in the automatic colour unless they are links."},
		{
			ID: "SH-22", Level: Desirable, Asks: "No cell or sheet name begins or ends with a space, has two together, or spaces letters out.",
			Exempt: []Exemption{{Kinds: []Kind{Findings}, Sheets: []string{sheetData}, Why: "it shows values as they were sent"}, {Kinds: []Kind{Template}, Sheets: []string{sheetLists}, Why: "it holds the values of the lists of reference, word for word"}},
		},
		{
			ID: "SH-23", Level: Essential, Asks: "Nothing in a table is cut off: text is wrapped or fits its column, numbers fit, and fixed rows are high enough.",
			Exempt: []Exemption{{Kinds: records(), Sheets: []string{sheetData}, Why: "a million rows are not laid out for reading; the cell that is selected shows all of its text"}},
		},
		{ID: "SH-24", Level: Desirable, Asks: "Columns are between 8 and 60 characters wide."},
	}
}

func tableRules() []Rule {
	const (
		sent   = "it shows values as they were sent"
		raw    = "its values are those that programs read: without units, shorthand or layout"
		blank  = "a blank cell is a value that was not given"
		lists  = "it holds the values that uploads take, word for word"
		sample = "its rows are as people fill them in"
	)
	data := []string{sheetData}
	samples := []string{sheetExamples}
	list := []string{sheetLists}
	asSent := Exemption{Kinds: []Kind{Findings}, Sheets: data, Why: sent}
	rawRows := Exemption{Kinds: records(), Sheets: data, Why: raw}
	choices := Exemption{Kinds: []Kind{Template}, Sheets: list, Why: lists}
	filled := Exemption{Kinds: []Kind{Template}, Sheets: samples, Why: sample}
	empty := Exemption{Kinds: []Kind{Template}, Sheets: data, Why: "it is for filling in"}
	return []Rule{
		{
			ID: "TB-01", Level: Essential, Asks: "Every sheet but the cover and those of charts has its cells marked up as a table with a row of headings.",
			Exempt: []Exemption{asSent, {Kinds: records(), Sheets: []string{sheetAbout}, Why: "it is text"}},
		},
		{ID: "TB-02", Level: Desirable, Asks: "A table has a name of its own in lower case with underscores, which is not Table1."},
		{ID: "TB-03", Level: Essential, Asks: "Headings are text, differ from one another, are not Column1, and are those that the table's markup holds.", Exempt: []Exemption{asSent}},
		{ID: "TB-04", Level: Desirable, Asks: "A table has no table style and no stripes, and its headings are bold."},
		{
			ID: "TB-05", Level: Essential, Asks: "No row or column of a table is blank.",
			Exempt: []Exemption{asSent, empty, {Kinds: []Kind{Data}, Sheets: data, Why: "a blank column is one that nobody filled in"}, filled},
		},
		{
			ID: "TB-06", Level: Essential, Asks: "No cell of a table is blank, unless column A above it explains blank cells.",
			Exempt: []Exemption{{Kinds: records(), Sheets: data, Why: blank}},
		},
		{ID: "TB-07", Level: Essential, Asks: "No cell of a table holds symbols alone, or NA.", Exempt: []Exemption{rawRows, choices, filled}},
		{ID: "TB-08", Level: Essential, Asks: "Shorthand is that of the harmonised list, and column A above the table explains what is used in it, and nothing else.", Exempt: []Exemption{asSent}},
		{ID: "TB-09", Level: Desirable, Asks: "Shorthand is the whole of a cell of figures, never beside a number.", Exempt: []Exemption{asSent}},
		{
			ID: "TB-10", Level: Essential, Asks: "A column is of one type: a column of figures holds numbers and shorthand only, and no number is stored as text.",
			Exempt: []Exemption{asSent, choices, filled, {Kinds: []Kind{Findings}, Sheets: []string{sheetFindings}, Why: "a row number, or the words for a whole file"}},
		},
		{ID: "TB-11", Level: Desirable, Asks: "Columns of figures and their headings are on the right, text is on the left.", Exempt: []Exemption{rawRows, choices, filled, {Kinds: []Kind{Findings}, Sheets: []string{sheetFindings}, Why: "a row number is a label here"}}},
		{
			ID: "TB-12", Level: Desirable, Asks: "A column of figures has one number format, commas between thousands, and its unit in round brackets in the heading.",
			Exempt: []Exemption{rawRows, choices, filled, {Kinds: []Kind{Findings}, Sheets: []string{sheetFindings}, Why: "a row number has no unit"}},
		},
		{ID: "TB-13", Level: Desirable, Asks: "Rows of totals are the first or the last of a table.", Exempt: []Exemption{asSent}},
		{
			ID: "TB-14", Level: Desirable, Asks: "Dates are written out: no Q1 without an explanation, no years of two digits, no 01/02/10, no dash between months.",
			Exempt: []Exemption{asSent, {Kinds: []Kind{Template}, Sheets: []string{sheetInstructions, sheetLists}, Why: "it says in which forms uploads take dates"}},
		},
		{ID: "TB-15", Level: House, Asks: "Codes are text, without spaces at their ends, and in the list of reference where one is given.", Exempt: []Exemption{asSent}},
		{ID: "TB-16", Level: House, Asks: "A table has at least one row; one without records says so in a row.", Exempt: []Exemption{empty, asSent}},
	}
}
