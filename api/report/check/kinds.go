package check

import (
	"slices"
	"strings"
)

// The sheets of templates, findings and exports that rules treat apart. Programs know
// them by these names.
const (
	sheetData     = "Data"
	sheetAbout    = "About"
	sheetLists    = "Lists"
	sheetExamples = "Examples"
	sheetFindings = "Findings"

	sheetInstructions = "Instructions"
)

// records are the kinds whose rows are records, to be sent in or taken over.
func records() []Kind { return []Kind{Template, Findings, Data} }

// notPublished are the kinds that no reader outside an organisation gets.
func notPublished() []Kind { return append(records(), People) }

// marking is the marking of workbooks that name people.
const marking = "OFFICIAL-SENSITIVE"

// kindOf returns what a workbook says it is: by its category, which is the name of a
// kind, or by its keywords. The keywords are those by which templates ("upload",
// "template"), findings ("upload", "findings") and exports ("data", "export") of this
// project name themselves, and the marking of workbooks that name people.
func (b *book) kindOf() Kind {
	if kind := Kind(strings.ToLower(strings.TrimSpace(b.core.category))); slices.Contains(Kinds(), kind) {
		return kind
	}
	words := b.keywords()
	has := func(word string) bool { return slices.Contains(words, word) }
	switch {
	case has("template") && has("upload"):
		return Template
	case has("findings") && has("upload"):
		return Findings
	case has("data") && (has("export") || has("upload")):
		return Data
	case has(strings.ToLower(marking)), has("people") && has("official sensitive"):
		return People
	}
	return Report
}

// keywords returns the keywords of the document in lower case.
func (b *book) keywords() []string {
	var words []string
	for word := range strings.SplitSeq(strings.ToLower(b.core.keywords), ",") {
		words = append(words, strings.TrimSpace(word))
	}
	return words
}

// managementKeyword is the keyword of workbooks of the management profile.
const managementKeyword = "management profile"

// profileOf returns the profile that a workbook says it is made for: management when
// that is among its keywords, else accessible.
func (b *book) profileOf() Profile {
	if slices.Contains(b.keywords(), managementKeyword) {
		return Management
	}
	return Accessible
}

// setRoles decides what each sheet is for.
func (b *book) setRoles(kind Kind) {
	for _, s := range b.sheets {
		switch name := strings.ToLower(s.name); {
		case name == "cover", kind == Data && s.name == sheetAbout:
			s.role = roleCover
		case name == "contents" || name == "table_of_contents":
			s.role = roleContents
		case name == "notes":
			s.role = roleNotes
		case s.chart || (len(s.charts) > 0 && len(s.tables) == 0):
			s.role = roleChart
		case slices.Contains(records(), kind) && s.name == sheetData:
			s.role = roleRows
		default:
			s.role = roleTable
		}
	}
}
