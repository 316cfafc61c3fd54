package sheet

import (
	"fmt"
	"strings"
	"unicode/utf16"

	xlsx "skillstracker/api/workbook"
	"skillstracker/domain"
)

// reasons notes what is wrong with the row, and makes the row high enough for it.
func (d *sentData) reasons(found []*domain.Finding, isHeader bool) {
	at := d.sent.findings
	switch {
	case at < 0:
	case isHeader:
		d.cells[at] = sentCell{value: headingFindings, style: xlsx.Style{Role: xlsx.Header, Format: xlsx.FormatText}}
	case len(found) > 0:
		style := xlsx.Style{Format: xlsx.FormatText, Mark: xlsx.Warning}
		if found[0].Severity == domain.SeverityError {
			style.Mark = xlsx.Error
		}
		text := cutTo(joinReasons(found), maxExcelText, " … See the sheet Findings.")
		d.cells[at] = sentCell{value: text, style: style}
		d.out.Height(xlsx.RowHeight(xlsx.RowText{Text: text, Column: findingsWidth, Style: style}))
	}
}

// joinReasons writes findings a line each.
func joinReasons(found []*domain.Finding) string {
	lines := make([]string, len(found))
	for i, f := range found {
		where := ""
		if f.Column != "" {
			where = " (" + f.Column + ")"
		}
		lines[i] = fmt.Sprintf("%s %s%s: %s %s", severityWord(f.Severity), f.Code, where, f.Message, f.Mend)
	}
	return strings.Join(lines, "\n")
}

func severityWord(severity domain.Severity) string {
	if severity == domain.SeverityError {
		return "Error"
	}
	return "Warning"
}

// cutTo shortens a text to at most so many UTF-16 units, with a tail that says so.
func cutTo(text string, units int, tail string) string {
	encoded := utf16.Encode([]rune(text))
	if len(encoded) <= units {
		return text
	}
	kept := units - len(utf16.Encode([]rune(tail)))
	if utf16.IsSurrogate(rune(encoded[kept-1])) {
		kept--
	}
	return string(utf16.Decode(encoded[:kept])) + tail
}
