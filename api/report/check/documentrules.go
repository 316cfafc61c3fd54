package check

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

var (
	languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z0-9]{5,8})*$`)
	fileForm    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*\.(xlsx|ods|csv)$`)
	fileState   = regexp.MustCompile(`(^|[-_. ])(draft|final|copy|v\d+|version\d*)([-_. ]|$)`)
)

// document checks what the package says of the document.
func (c *checker) document() {
	at := func(rule, message, advice string) { c.breach(rule, nil, cellRef{}, message, advice) }
	const info = "In Excel: File, Info, Properties."
	switch title := c.core.title; {
	case strings.TrimSpace(title) == "":
		at("DOC-01", "The document has no title, which is the first thing that a screen reader reads out.", "Write the title of the cover into the document's properties. "+info)
	case strings.ContainsAny(title, "_-–—"):
		at("DOC-01", "The document's title "+quoted(title)+" has an underscore or a dash.", "Write it with spaces and commas. "+info)
	default:
		if cover := c.firstWithTitle(); cover != nil && plain(cover.seen.title()) != plain(title) {
			c.breach("DOC-01", cover, cellRef{1, 1}, "The document's title "+quoted(title)+" is not that in cell A1, "+quoted(cover.seen.title())+".", "Give both the same title.")
		}
	}
	switch language := c.core.language; {
	case language == "":
		at("DOC-02", "The document does not say its language, so a screen reader may read it with the wrong voice.", "Set dc:language in docProps/core.xml to the language's tag, such as en-GB.")
	case !languageTag.MatchString(language):
		at("DOC-02", "The document's language "+quoted(language)+" is not a valid tag.", "Set dc:language in docProps/core.xml to the language's tag, such as en-GB.")
	}
	switch creator := strings.TrimSpace(c.core.creator); {
	case creator == "":
		at("DOC-03", "The document has no author.", "Write the name of the organisation that publishes it into the document's properties. "+info)
	case strings.Contains(creator, "@"):
		at("DOC-03", "The document's author is an address.", "Write the name of the organisation that publishes it instead. "+info)
	case c.opts.Publisher != "" && plain(creator) != plain(c.opts.Publisher):
		at("DOC-03", "The document's author "+quoted(creator)+" is not "+quoted(c.opts.Publisher)+".", "Write the name of the organisation that publishes it into the document's properties. "+info)
	}
	switch keywords := strings.TrimSpace(c.core.keywords); {
	case keywords == "":
		at("DOC-04", "The document has no keywords.", "Write a few into the document's properties, with commas between them. "+info)
	case strings.Contains(keywords, ";"), !strings.Contains(keywords, ",") && strings.Count(keywords, " ") > 2:
		at("DOC-04", "The document's keywords are not separated by commas.", "Write them with commas between them. "+info)
	}
	c.dates()
	c.foreignParts()
	if c.locked {
		at("DOC-08", "The structure of the workbook is protected, which stops assistive software from adapting it.", "Take the protection off: Review, Protect Workbook.")
	}
	for _, s := range c.sheets {
		if s.layout.protected {
			c.breach("DOC-08", s, cellRef{}, "The sheet is protected, which stops readers from adapting it and some assistive software from reading it.", "Take the protection off: Review, Unprotect Sheet.")
		}
		if s.seen.formula.row > 0 {
			c.breach("DOC-07", s, s.seen.formula, fmt.Sprintf("The cell holds a formula, as do %d cells of the sheet.", s.seen.formulas), "Replace formulas by their values: copy, then Paste Special, Values.")
		}
	}
}

// firstWithTitle returns the sheet whose title the document's must equal: the cover,
// or the first sheet of a workbook of records that has a heading.
func (c *checker) firstWithTitle() *sheet {
	if cover := c.coverSheet(); cover != nil {
		return cover
	}
	if c.kind == Template {
		return c.sheets[0]
	}
	return nil
}

func (c *checker) coverSheet() *sheet {
	for _, s := range c.sheets {
		if strings.EqualFold(s.name, "Cover") {
			return s
		}
	}
	return nil
}

// dates checks when the document says it was made. Libraries that are told nothing
// write a day of their own.
func (c *checker) dates() {
	const advice = "Have the program that makes the workbook write the time at which it does."
	made, changed := c.date("created", c.core.created, advice), c.date("modified", c.core.modified, advice)
	if !made.IsZero() && !changed.IsZero() && changed.Before(made) {
		c.always("DOC-05", "", nil, cellRef{}, "The document was changed before it was made.", advice)
	}
}

func (c *checker) date(what, text, advice string) time.Time {
	if text == "" {
		c.breach("DOC-05", nil, cellRef{}, "The document does not say when it was "+what+".", advice)
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, strings.TrimSpace(text))
	usual := time.Date(2006, time.September, 16, 0, 0, 0, 0, time.UTC)
	switch {
	case err != nil:
		c.always("DOC-05", "", nil, cellRef{}, "The time at which the document was "+what+" is not one.", advice)
		return time.Time{}
	case at.UTC().Truncate(24 * time.Hour).Equal(usual), at.Year() < 1985:
		c.always("DOC-05", "", nil, cellRef{}, "The document says it was "+what+" on "+at.Format("2 Jan 2006")+", which a library writes when it is told nothing.", advice)
	case !c.opts.MadeFrom.IsZero() && at.Before(c.opts.MadeFrom.Truncate(time.Second)), !c.opts.MadeTo.IsZero() && at.After(c.opts.MadeTo):
		c.always("DOC-05", "", nil, cellRef{}, "The document says it was "+what+" at "+at.Format(time.RFC3339)+", which cannot be.", advice)
	}
	return at
}

// foreignParts looks for parts that a workbook of values does not have.
func (c *checker) foreignParts() {
	kinds := []struct {
		below, what, advice string
	}{
		{"xl/vbaproject", "macros", "Save it as an Excel workbook without macros (.xlsx)."},
		{"xl/externallinks/", "links to other workbooks", "Break them: Data, Edit Links, Break Link."},
		{"xl/connections.xml", "connections to other data", "Remove them: Data, Queries and Connections."},
		{"xl/querytables/", "queries of other data", "Remove them: Data, Queries and Connections."},
		{"xl/embeddings/", "embedded objects", "Delete them, and publish them as files of their own."},
		{"xl/activex/", "controls", "Delete them: Developer, Design Mode."},
		{"xl/ctrlprops/", "controls", "Delete them: Developer, Design Mode."},
		{"customxml/", "custom XML", "Remove it: File, Info, Inspect Document."},
	}
	told := map[string]bool{}
	for _, kind := range kinds {
		parts := c.partsBelow(func(name string) bool { return strings.HasPrefix(name, kind.below) })
		if len(parts) > 0 && !told[kind.what] {
			told[kind.what] = true
			c.breach("DOC-06", nil, cellRef{}, fmt.Sprintf("The workbook holds %s (part %s).", kind.what, parts[0]), kind.advice)
		}
	}
	if !told["macros"] && slices.ContainsFunc(c.types, func(t string) bool { return strings.Contains(strings.ToLower(t), "macroenabled") }) {
		c.breach("DOC-06", nil, cellRef{}, "The workbook says that it holds macros.", "Save it as an Excel workbook without macros (.xlsx).")
	}
}

// fileName checks the name of the file, and those of the files beside it.
func (c *checker) fileName() {
	if c.file == "" {
		c.unchecked["FIL-01"] = "the name of the file is not known"
		c.unchecked["FIL-02"] = "the name of the file is not known"
		return
	}
	const advice = "Name it in lower case with dashes between words, such as vacancy-report-rrk-2026-10.xlsx."
	switch {
	case !fileForm.MatchString(c.file):
		c.breach("FIL-01", nil, cellRef{}, "The file name "+quoted(c.file)+" has capitals, spaces, underscores or other signs, or another ending.", advice)
	case utf8.RuneCountInString(c.file) > 60:
		c.breach("FIL-01", nil, cellRef{}, fmt.Sprintf("The file name has %d characters; the most is 60.", utf8.RuneCountInString(c.file)), "Shorten it, with what tells files apart first.")
	case fileState.MatchString(c.file):
		c.breach("FIL-01", nil, cellRef{}, "The file name "+quoted(c.file)+" says a version or a state.", "Leave that out, and say it on the cover.")
	}
	if c.opts.Beside == nil {
		c.unchecked["FIL-02"] = "the folder in which it is published was not given"
		return
	}
	stem := strings.TrimSuffix(c.file, path.Ext(c.file))
	if !slices.Contains(c.opts.Beside, stem+".ods") {
		c.breach("FIL-02", nil, cellRef{}, "There is no file "+stem+".ods beside the workbook.", "Publish the same tables as an OpenDocument file too, which is the format the guidance prefers.")
	}
	csv := slices.ContainsFunc(c.opts.Beside, func(name string) bool {
		return strings.HasPrefix(name, stem) && (strings.HasSuffix(name, ".csv") || strings.HasSuffix(name, ".zip"))
	})
	if !csv {
		c.add("FIL-02", House, nil, cellRef{}, "There is no file "+stem+".csv or .zip beside the workbook.", "Publish the tables as CSV for programs too, one file a table or all in a zip.")
	}
}
