package sheet

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"skillstracker/domain"
)

// reasons writes what is wrong with the row and returns the height that it needs; 0
// for the usual one.
func (d *sentData) reasons(found []*domain.Finding, isHeader bool) (float64, error) {
	at := d.sent.findings
	if at < 0 || len(found) == 0 && !isHeader {
		return 0, nil
	}
	if isHeader {
		style, err := d.style(styleKey{format: formatText, header: true})
		d.values[at] = excelize.Cell{StyleID: style, Value: headingFindings}
		return 0, err
	}
	key := styleKey{format: formatText, mark: markedWarning, wrapped: true}
	if found[0].Severity == domain.SeverityError {
		key.mark = markedError
	}
	style, err := d.style(key)
	text := cutTo(joinReasons(found), maxExcelText, " … See the sheet Findings.")
	d.values[at] = excelize.Cell{StyleID: style, Value: textContent(text)}
	return heightFor([]Cell{{Kind: Text, Text: text}}, []float64{findingsWidth * 0.95}), err
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
