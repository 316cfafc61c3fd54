package report

import (
	"fmt"
	"strings"

	"skillstracker/api/workbook"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

const coverName = "Cover"

// cover lays the cover sheet out: the title, then headings with their paragraphs, all
// in column A.
func (w *writer) cover(b *Book) {
	lines := []workbook.Line{{Text: b.title(b.subject), Style: workbook.Style{Role: workbook.Title}}}
	for _, s := range b.waives(w.profile) {
		lines = append(lines, workbook.Line{Text: s.heading, Style: workbook.Style{Role: workbook.Heading}})
		for _, text := range s.paragraphs {
			lines = append(lines, workbook.Line{Text: plain(text)})
		}
	}
	w.sheets = append(w.sheets, laidSheet{Sheet: workbook.Sheet{
		Name: coverName, Lines: lines, Columns: []workbook.Column{{Width: workbook.MaxWidth}}, Page: workbook.Page{Portrait: true},
	}})
}

// coverParts is what differs between the covers of two reports.
type coverParts struct {
	about    []string
	coverage []string
	source   string
	made     []section // how the figures are made
	next     string
}

// coverOf returns the sections of a cover, the same ones in the same order for
// every report.
func (a About) coverOf(parts coverParts, receipt Receipt, sheets []*sheet) []section {
	sections := []section{{"About", parts.about}}
	if marking := a.marking(); marking != "" {
		sections = append(sections, section{protectiveMarking, []string{marking, "Keep it where only they can read it, do not send it by e-mail, and delete it when it has served its purpose."}})
	}
	if a.synthetic() {
		sections = append(sections, section{"Synthetic data", []string{
			"Every figure in this workbook was made up for demonstration. None is about real staff, posts or organisations, even where an organisation's real name is used.",
		}})
	}
	if len(a.Purged) > 0 {
		sections = append(sections, section{"Purged data", a.Purged})
	}
	sections = append(sections,
		section{"Period and geography", a.periodAndGeography()},
		section{"Coverage", parts.coverage},
		section{"Source", []string{parts.source}})
	sections = append(sections, parts.made...)
	sections = append(sections,
		section{"Disclosure control", a.disclosure()},
		section{"Status", []string{a.status()}},
		section{"Published", []string{a.published()}},
		section{"Next update", []string{parts.next}})
	sections = append(sections,
		section{"Shorthand", []string{shorthandOnCover(sections, sheets)}},
		section{"Notes", []string{"Some headings and row labels refer to notes. A reference is a number in square brackets after the word note. The notes are listed on the Notes worksheet."}},
		section{"Contact", []string{a.contact()}},
		section{receiptHeading, receipt.lines()})
	return sections
}

func (a About) periodAndGeography() []string {
	if a.ofArea() {
		return a.areaGeography()
	}
	o := a.Organisation
	lines := []string{
		fmt.Sprintf("Figures are as at %s.", a.AsAt.LongLabel()),
		fmt.Sprintf("Organisation: %s.", a.name()),
		fmt.Sprintf("Kind of organisation: %s.", kindLabel(o.Kind)),
	}
	switch {
	case o.OpenedOn != nil && *o.OpenedOn > a.AsAt:
		lines = append(lines, fmt.Sprintf("The organisation opened on %s, after the date of the figures.", o.OpenedOn.LongLabel()))
	case o.ClosedOn != nil && *o.ClosedOn < a.AsAt:
		lines = append(lines, fmt.Sprintf("The organisation closed on %s, before the date of the figures.", o.ClosedOn.LongLabel()))
	}
	for _, part := range []struct{ label, name, code string }{
		{"Sector", o.Sector, ""}, {"Integrated care board", o.ICBName, o.ICB}, {"Region", o.RegionName, o.Region},
	} {
		switch {
		case part.name == "" && part.code == "":
			lines = append(lines, part.label+": not recorded.")
		case part.name == "" || part.code == "":
			lines = append(lines, fmt.Sprintf("%s: %s%s.", part.label, part.name, part.code))
		default:
			lines = append(lines, fmt.Sprintf("%s: %s (%s).", part.label, part.name, part.code))
		}
	}
	if o.Estimated {
		lines = append(lines, "The integrated care board and the region are those of the first known edition of the register, which is later than this date.")
	}
	return lines
}

func kindLabel(k domain.OrganisationKind) string {
	switch k {
	case domain.KindTrust:
		return "NHS trust"
	case domain.KindICB:
		return "integrated care board"
	case domain.KindRegion:
		return "region"
	case domain.KindSocialCare, domain.KindCareSite:
		return "social care provider"
	case domain.KindNation, domain.KindOther:
	}
	return "other organisation"
}

// disclosure returns the rule in sentences. They name it, but for the rule that
// changes nothing.
func (a About) disclosure() []string {
	if a.unaltered() {
		lines := append([]string{"Rule: " + a.Rule.Name() + "."}, a.Rule.Describe()...)
		if a.AreaRule != (disclosure.Rule{}) {
			lines = append(lines, fmt.Sprintf("Figures about the people of an ICB, a region or England, on the worksheet Benchmark, are not exact: they have passed the rule %s, as for everybody.", a.AreaRule.Name()))
		}
		return lines
	}
	return a.Rule.Describe()
}

func (a About) status() string {
	if a.unaltered() {
		return "Management information for the organisation's own HR team. It is not for publication and must not be passed on."
	}
	if a.ofArea() {
		return "Provisional. A figure changes when an organisation sends, corrects or withdraws a file about this date."
	}
	return "Provisional. A figure changes when the organisation sends, corrects or withdraws a file about this date."
}

func (a About) published() string {
	made := a.MadeAt.UTC().Format("2 Jan 2006 at 15:04")
	if a.unaltered() {
		return fmt.Sprintf("Not published. Made on %s UTC by %s.", made, plain(a.Publisher))
	}
	return fmt.Sprintf("Made on %s UTC and published by %s.", made, plain(a.Publisher))
}

func (a About) contact() string {
	if text := plain(a.Contact); text != "" {
		return text
	}
	return fmt.Sprintf("Please ask %s, which publishes this workbook.", plain(a.Publisher))
}

// nextMonth says from when the next month's workbook can be made.
func (a About) nextMonth() string {
	next := (a.AsAt + 1).MonthEnd()
	return fmt.Sprintf("The workbook for %s can be made from %s on.", next.MonthLabel(), (next + 1).LongLabel())
}

func shorthandOnCover(sections []section, sheets []*sheet) string {
	var texts []string
	for _, s := range sections {
		texts = append(texts, s.paragraphs...)
	}
	for _, s := range sheets {
		for _, row := range s.rows {
			for _, v := range row {
				texts = append(texts, v.text)
			}
		}
	}
	used := explainShorthand(texts)
	if used == "" {
		return "No shorthand is used in this workbook."
	}
	return "Some shorthand stands in place of a figure: " + strings.TrimSuffix(used, ".") + "."
}
