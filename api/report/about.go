package report

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// About says which organisation or area and month end a report is about, and by whom,
// when and by which disclosure rule it was made.
type About struct {
	// Organisation is the one the report is about; without a code when it is about the
	// area of the receipt, whose name is AreaName.
	Organisation domain.Organisation
	AreaName     string
	AsAt         domain.Date // a month end
	MadeAt       time.Time
	// Publisher is the name of the organisation that publishes the workbook. It
	// becomes the document's creator, so it must not be a person's address.
	Publisher string
	// Contact is a sentence that says how to reach the publisher; when it is
	// empty, readers are told to ask the publisher.
	Contact string
	// Rule is the rule that the rows about people have passed. Rows must not be
	// unaltered unless it is disclosure.Unaltered.
	Rule disclosure.Rule
	// AreaRule is the rule that figures about people of whole areas have passed in a
	// report whose own figures are unaltered; the zero value when it has none of areas.
	AreaRule disclosure.Rule
	// Receipt holds what makes the report; its rule, time and digest are set when the
	// report is put together.
	Receipt Receipt
	// Purged are sentences that say which figures leave out what was purged.
	Purged []string
	// Synthetic marks made-up figures; those of a synthetic organisation always are.
	Synthetic bool
}

// PreviousAsAt returns the month end before AsAt: the previous period of a summary.
func (a About) PreviousAsAt() domain.Date { return a.AsAt.AddMonths(-1).MonthEnd() }

// YearBefore returns the same month end a year before AsAt.
func (a About) YearBefore() domain.Date { return a.AsAt.AddMonths(-12).MonthEnd() }

func (a About) validate() error {
	switch {
	case a.ofArea() && plain(a.AreaName) == "":
		return fmt.Errorf("report: area %s has no name", a.Receipt.Area.Code)
	case !a.ofArea() && !domain.ValidODSCode(a.Organisation.Code):
		return errors.New("report: the organisation's code does not have the shape of an ODS code")
	case !a.ofArea() && plain(a.Organisation.Name) == "":
		return fmt.Errorf("report: organisation %s has no name", a.Organisation.Code)
	case !a.AsAt.IsMonthEnd():
		return fmt.Errorf("report: %s is not a month end", a.AsAt)
	case a.MadeAt.IsZero():
		return errors.New("report: the time at which it is made is not given")
	case plain(a.Publisher) == "" || strings.Contains(a.Publisher, "@"):
		return errors.New("report: the publisher must be the name of an organisation")
	}
	return nil
}

// rules names the rules that the figures about people have passed.
func (a About) rules() string {
	if a.unaltered() && a.AreaRule != (disclosure.Rule{}) {
		return a.Rule.Name() + "; figures of whole areas: " + a.AreaRule.Name()
	}
	return a.Rule.Name()
}

func (a About) synthetic() bool { return a.Synthetic || a.Organisation.Synthetic }

func (a About) unaltered() bool { return a.Rule == disclosure.Unaltered() }

// ofArea says whether the report is about an ICB, a region or the nation.
func (a About) ofArea() bool {
	return a.Receipt.Area.Kind != "" && a.Receipt.Area.Kind != domain.ByOrganisation
}

// code returns the ODS code of what the report is about; England for the nation.
func (a About) code() string {
	switch {
	case !a.ofArea():
		return a.Organisation.Code
	case a.Receipt.Area.Code == "":
		return plain(a.AreaName)
	}
	return a.Receipt.Area.Code
}

// name returns the name of the organisation or area with its code.
func (a About) name() string {
	switch {
	case a.ofArea() && a.Receipt.Area.Code == "":
		return plain(a.AreaName)
	case a.ofArea():
		return fmt.Sprintf("%s (%s)", plain(a.AreaName), a.Receipt.Area.Code)
	}
	return fmt.Sprintf("%s (%s)", plain(a.Organisation.Name), a.Organisation.Code)
}

// title returns the title of the document: the subject, the organisation and the
// date, without the dashes and underscores that a document title may not have.
func (a About) title(subject string) string {
	place := "at"
	if a.ofArea() {
		place = "for"
	}
	text := fmt.Sprintf("%s %s %s, %s", subject, place, a.name(), a.AsAt.LongLabel())
	return plain(strings.NewReplacer("_", " ", "-", " ", "–", " ", "—", " ").Replace(text))
}

// sheetTitle returns the title of a sheet, short enough to be read without
// scrolling: the organisation is named in full two lines below.
func (a About) sheetTitle(subject string) string {
	return fmt.Sprintf("%s, %s, %s", subject, a.code(), a.AsAt.LongLabel())
}

// warnings returns the lines that every sheet must carry.
func (a About) warnings() []string {
	var lines []string
	if marking := a.marking(); marking != "" {
		lines = append(lines, marking)
	}
	if a.synthetic() {
		lines = append(lines, "Synthetic data: these figures were made up for demonstration and are about no real staff or posts.")
	}
	if a.unaltered() {
		lines = append(lines, "Management information for the organisation's own HR team only. It is not for publication.")
	}
	return append(lines, a.Purged...)
}

// roughness returns the line that says how far figures about few people may be off, when
// they have been rounded.
func (a About) roughness() []string {
	if a.unaltered() || a.Rule.RoundTo <= 1 {
		return nil
	}
	const roundings = 10 // of which one is a tenth
	return []string{fmt.Sprintf(
		"Counts of people are rounded to the nearest %d: shares, averages and changes of groups of fewer than about %d people are rough.",
		a.Rule.RoundTo, roundings*a.Rule.RoundTo,
	)}
}

// plain returns text with every run of white space as one space and none at the
// ends, as cells and tab names of an accessible workbook must be.
func plain(text string) string { return strings.Join(strings.Fields(text), " ") }
