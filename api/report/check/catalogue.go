package check

import "slices"

// Rules returns the catalogue: all rules in their order.
func Rules() []Rule {
	return slices.Concat(
		inArea("Document", documentRules()),
		inArea("Workbook", workbookRules()),
		inArea("Sheets", sheetRules()),
		inArea("Tables", tableRules()),
		inArea("Notes", noteRules()),
		inArea("Links", linkRules()),
		inArea("Cover", coverRules()),
		inArea("Charts", chartRules()),
		inArea("Privacy", privacyRules()),
	)
}

func inArea(area string, rules []Rule) []Rule {
	for i := range rules {
		rules[i].Area = area
	}
	return rules
}

func documentRules() []Rule {
	return []Rule{
		{ID: "DOC-01", Level: Essential, Asks: "The document has a title without underscores or dashes, and it is that of the cover."},
		{ID: "DOC-02", Level: Essential, Asks: "The document says its language, with a valid tag such as en-GB."},
		{ID: "DOC-03", Level: Desirable, Asks: "The author of the document is the organisation that publishes it, not a person or an address."},
		{ID: "DOC-04", Level: Desirable, Asks: "The document has keywords with commas between them."},
		{
			ID: "DOC-05", Level: House, Asks: "The document says when it was made and changed, and both are true.",
			Exempt: []Exemption{{Kinds: records(), Why: "the same content has the same bytes whenever it is made, so the dates may be absent; false ones may not"}},
		},
		{ID: "DOC-06", Level: Desirable, Asks: "There are no macros, links to other workbooks, connections, embedded objects or custom XML."},
		{ID: "DOC-07", Level: Desirable, Asks: "Cells hold values and no formulas."},
		{
			ID: "DOC-08", Level: House, Asks: "The workbook is neither encrypted nor protected.",
			Exempt: []Exemption{{Kinds: []Kind{Template}, Why: "protection keeps people from changing what is not theirs to fill in; encryption is still a breach"}},
		},
		{ID: "FIL-01", Level: Desirable, Asks: "The file name is lower case with dashes, at most 60 characters, and holds no version, draft, final or copy."},
		{
			ID: "FIL-02", Level: Desirable, Asks: "An OpenDocument file (.ods) of the same name is published beside the workbook, and a CSV file or a zip of them.",
			Exempt: []Exemption{{Kinds: notPublished(), Why: "the workbook is not published"}},
		},
	}
}

func workbookRules() []Rule {
	return []Rule{
		{
			ID: "WB-01", Level: Essential, Asks: "The first sheet is the Cover, and the workbook opens on it.",
			Exempt: []Exemption{{Kinds: records(), Why: "people start on the first sheet, which is not called Cover; it must still open first"}},
		},
		{
			ID: "WB-02", Level: Essential, Asks: "With more than three sheets there is a list of contents that names every later sheet in order and links to its cell A1.",
			Exempt: []Exemption{{Kinds: records(), Why: "the few sheets are the same in every one of them, and the text says what each is for"}},
		},
		{ID: "WB-03", Level: Essential, Asks: "There is a Notes sheet if, and only if, something refers to a note."},
		{ID: "WB-04", Level: Essential, Asks: "Sheet names differ, have at most 31 characters, begin with a letter and hold only letters, digits and underscores."},
		{ID: "WB-05", Level: Essential, Asks: "No sheet is blank."},
		{
			ID: "WB-06", Level: Desirable, Asks: "No sheet is hidden.",
			Exempt: []Exemption{{Kinds: []Kind{Template}, Sheets: []string{sheetLists}, Why: "it feeds the drop-down lists"}},
		},
		{ID: "WB-07", Level: House, Asks: "Sheets and columns have the names of the report's version, so that programs find them again."},
	}
}

func noteRules() []Rule {
	return []Rule{
		{ID: "NT-01", Level: Essential, Asks: "References to notes look like [note 1], and nothing else does: no [1], (1), [note 1,2] or raised digits."},
		{ID: "NT-02", Level: Essential, Asks: "Every note that is referred to is on the Notes sheet, and every note there is referred to."},
		{ID: "NT-03", Level: Desirable, Asks: "Notes are numbered in the order in which a reader comes upon them."},
		{ID: "NT-04", Level: Desirable, Asks: "No reference to a note stands in a cell of figures."},
		{ID: "NT-05", Level: Essential, Asks: "A sheet that refers to notes says so in column A above its table."},
	}
}

func linkRules() []Rule {
	return []Rule{
		{ID: "LK-01", Level: Essential, Asks: "The text of a link says where it leads: not an address, not click here, link or more."},
		{ID: "LK-02", Level: Desirable, Asks: "Links to the same place have the same text, and links to different places different texts."},
		{ID: "LK-03", Level: Essential, Asks: "A cell has one link; it leads to an http, https or mailto address, or to cell A1 of a sheet that exists."},
		{ID: "LK-04", Level: Desirable, Asks: "The text of a link to a file says its type and size."},
	}
}

func coverRules() []Rule {
	noCover := []Exemption{{Kinds: records(), Why: "the workbook has no cover"}}
	return []Rule{
		{ID: "CV-01", Level: Essential, Asks: "The cover uses column A only.", Exempt: noCover},
		{
			ID: "CV-02", Level: Desirable,
			Asks:   "The cover has the headings About, Period and geography, Source, Status, Published, Next update, Shorthand, Notes and Contact.",
			Exempt: noCover,
		},
	}
}

func chartRules() []Rule {
	return []Rule{
		{ID: "CH-01", Level: Essential, Asks: "A chart has a title, titles of its axes, at most four series, and more than a legend to tell them apart."},
		{ID: "CH-02", Level: Essential, Asks: "The colours of a chart have a contrast of at least 3 to 1 with the background and with the series beside them."},
		{ID: "CH-03", Level: Desirable, Asks: "The texts of a chart are of at least 12 points and in the language of the document."},
		{ID: "CH-04", Level: House, Asks: "Cell A3 of a sheet with a chart sums up what it shows and names the sheet with its data."},
	}
}

func privacyRules() []Rule {
	return []Rule{
		{
			ID: "PV-01", Level: House, Asks: "No column is about single people: names, e-mail addresses, employee or National Insurance numbers.",
			Exempt: []Exemption{
				{Kinds: records(), Why: "its rows are records, for the organisation's own HR team"},
				{Kinds: []Kind{People}, Why: "naming people is its purpose; its first sheet must say OFFICIAL-SENSITIVE instead"},
			},
		},
		{
			ID: "PV-02", Level: House,
			Asks:   "No number of people from 1 to 7 is shown, and no share, mean or gap beside a number of people that is withheld as [c].",
			Exempt: []Exemption{{Kinds: notPublished(), Why: "the workbook is for the organisation's own HR team; so is one whose cover says below Status that it is not for publication, and a worksheet that says so above its table"}},
		},
		{ID: "PV-03", Level: House, Asks: "Nothing holds a second copy of figures: no pivot tables, comments or hidden sheets, and no charts that keep other figures than their cells."},
	}
}
