package sheet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"skillstracker/domain"
)

// Greatest lengths in characters. ODS itself keeps names to 100.
const (
	organisationNameLength   = 200
	organisationSectorLength = 60
)

// readRow checks one row and keeps its entry. An entry with a fault is kept too:
// it is never returned, and the rows after it are checked against its code.
func (f *organisationFile) readRow(record []string, row int) {
	if !slices.Contains(f.layout.widths, len(record)) {
		f.faults.add(findingOrganisationFields, row, "",
			fmt.Sprintf("The row has %d fields where %s are expected.", len(record), f.layout.widthsInWords()))
		return
	}
	r := organisationRow{organisationFile: f, record: record, row: row}
	entry := domain.OrganisationEntry{
		Code: r.code(), Name: r.name(), Kind: r.kind(), Sector: r.text(organisationSector, organisationSectorLength),
		Region: r.parent(organisationRegion), ICB: r.parent(organisationICB),
		OpenedOn: r.date(organisationOpenedOn), ClosedOn: r.date(organisationClosedOn),
		CQCID: r.cqcID(), Parent: r.owner(),
		Synthetic: r.flag(organisationSynthetic),
	}
	r.checkTogether(entry)
	f.entries = append(f.entries, entry)
}

func (l organisationLayout) widthsInWords() string {
	words := make([]string, len(l.widths))
	for i, width := range l.widths {
		words[i] = strconv.Itoa(width)
	}
	return strings.Join(words, " or ")
}

// organisationRow is one row while it is checked.
type organisationRow struct {
	*organisationFile
	record []string
	row    int
}

func (r organisationRow) fault(code domain.FindingCode, column organisationColumn, detail string) {
	r.faults.add(code, r.row, r.layout.label[column], detail)
}

// cell returns a value with its white space, line breaks included, made single
// spaces. present is false when the file has no such column.
func (r organisationRow) cell(column organisationColumn) (value string, present bool) {
	place, present := r.layout.place[column]
	if !present {
		return "", false
	}
	return strings.Join(strings.Fields(r.record[place]), " "), true
}

// needed is a cell that must not be empty; ok is false when it may not be used.
func (r organisationRow) needed(column organisationColumn) (value string, ok bool) {
	value, present := r.cell(column)
	if present && value == "" {
		r.fault(findingOrganisationValue, column, "")
	}
	return value, value != ""
}

func (r organisationRow) code() string {
	text, ok := r.needed(organisationCode)
	if !ok {
		return ""
	}
	code := strings.ToUpper(text)
	if !domain.ValidODSCode(code) {
		r.fault(findingOrganisationCode, organisationCode, "")
		return ""
	}
	if earlier, twice := r.rowOf[code]; twice {
		r.fault(findingOrganisationRepeated, organisationCode, fmt.Sprintf("Row %d of the file is about the same code.", earlier))
		return code
	}
	r.rowOf[code] = r.row
	return code
}

func (r organisationRow) name() string {
	if _, ok := r.needed(organisationName); !ok {
		return ""
	}
	name := r.text(organisationName, organisationNameLength)
	if r.layout.trusts {
		return organisationDisplayName(name)
	}
	return name
}

// text returns free text of at most limit characters.
func (r organisationRow) text(column organisationColumn, limit int) string {
	value, _ := r.cell(column)
	notText := func(c rune) bool { return unicode.IsControl(c) || c == utf8.RuneError }
	switch {
	case strings.ContainsFunc(value, notText):
		r.fault(findingOrganisationText, column, "")
	case utf8.RuneCountInString(value) > limit:
		r.fault(findingOrganisationLong, column, fmt.Sprintf("The value is longer than %d characters.", limit))
	}
	return value
}

func (r organisationRow) kind() domain.OrganisationKind {
	if r.layout.trusts {
		return domain.KindTrust
	}
	text, ok := r.needed(organisationKind)
	if !ok {
		return ""
	}
	kind := domain.OrganisationKind(strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(text)))
	if !slices.Contains(domain.OrganisationKinds(), kind) || kind == domain.KindNation {
		r.fault(findingOrganisationKind, organisationKind, "")
	}
	return kind
}

// parent reads the code of a region or an ICB. Older editions of the trust file
// write W00 and Q99 for Welsh trusts, which belong to neither (domain.md 3.1).
func (r organisationRow) parent(column organisationColumn) string {
	text, _ := r.cell(column)
	code := strings.ToUpper(text)
	if code == "" || code == "W00" || code == "Q99" {
		return ""
	}
	if !domain.ValidODSCode(code) {
		r.fault(findingOrganisationCode, column, "")
		return ""
	}
	return code
}

// owner reads the code of the headquarters that a site belongs to.
func (r organisationRow) owner() string {
	text, _ := r.cell(organisationOwner)
	code := strings.ToUpper(text)
	if code != "" && !domain.ValidODSCode(code) {
		r.fault(findingOrganisationCode, organisationOwner, "")
		return ""
	}
	return code
}

// cqcID reads an id of the Care Quality Commission. A workbook may have made a date of
// it before it was saved as CSV.
func (r organisationRow) cqcID() string {
	text, _ := r.cell(organisationCQCID)
	if text != "" && !domain.ValidCQCID(text) {
		r.fault(findingOrganisationCQCID, organisationCQCID, "")
		return ""
	}
	return text
}

func (r organisationRow) date(column organisationColumn) *domain.Date {
	text, _ := r.cell(column)
	if text == "" {
		return nil
	}
	day, ok := r.layout.parseDate(text)
	if !ok {
		r.fault(findingOrganisationDate, column, "This is not a day written as "+r.layout.dateForm()+".")
		return nil
	}
	return &day
}

func (r organisationRow) flag(column organisationColumn) bool {
	text, _ := r.cell(column)
	switch strings.ToLower(text) {
	case "true", "yes", "1":
		return true
	case "", "false", "no", "0":
		return false
	}
	r.fault(findingOrganisationFlag, column, "")
	return false
}

// checkTogether finds faults that two values make between them.
func (r organisationRow) checkTogether(entry domain.OrganisationEntry) {
	if entry.OpenedOn != nil && entry.ClosedOn != nil && *entry.ClosedOn < *entry.OpenedOn {
		r.fault(findingOrganisationDates, organisationClosedOn, "The closing date is before the opening date.")
	}
	if entry.Code != "" && !domain.FitsKind(entry.Code, entry.Kind) {
		r.fault(findingOrganisationShape, organisationCode, "")
	}
	if entry.Parent != "" && entry.Parent == entry.Code {
		r.fault(findingOrganisationParent, organisationOwner, "")
	}
	if entry.Parent != "" && entry.Kind.IsLevel() {
		r.fault(findingOrganisationOwner, organisationOwner, "")
	}
	if entry.Region != "" && entry.Region == entry.Code {
		r.fault(findingOrganisationParent, organisationRegion, "")
	}
	if entry.ICB != "" && entry.ICB == entry.Code {
		r.fault(findingOrganisationParent, organisationICB, "")
	}
}
