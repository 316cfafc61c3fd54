package check

import (
	"slices"
	"strings"
)

// formatCode returns the number format of an index: the workbook's own, or the one
// that is built in (ECMA-376 part 1, 18.8.30).
func (s *styleSheet) formatCode(id int) string {
	if code, own := s.formats[id]; own {
		return code
	}
	switch id {
	case 0:
		return "General"
	case 1:
		return "0"
	case 2:
		return "0.00"
	case 3:
		return "#,##0"
	case 4:
		return "#,##0.00"
	case 9:
		return "0%"
	case 10:
		return "0.00%"
	case 11, 48:
		return "0.00E+00"
	case 14:
		return "dd/mm/yy"
	case 15:
		return "d-mmm-yy"
	case 16:
		return "d-mmm"
	case 17:
		return "mmm-yy"
	case 18, 19, 20, 21, 45, 46, 47:
		return "h:mm"
	case 22:
		return "dd/mm/yy h:mm"
	case 37, 38:
		return "#,##0;(#,##0)"
	case 39, 40, 43, 44:
		return "#,##0.00;(#,##0.00)"
	case 41, 42:
		return "#,##0"
	case 49:
		return "@"
	}
	return "General"
}

// bareFormat returns a number format in lower case without what it shows as text,
// and without conditions and colours.
func bareFormat(code string) string {
	var out strings.Builder
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"', '[':
			end := byte('"')
			if code[i] == '[' {
				end = ']'
			}
			close := strings.IndexByte(code[i+1:], end)
			if close < 0 {
				return strings.ToLower(out.String())
			}
			i += close + 1
		case '\\', '_', '*':
			i++
		default:
			out.WriteByte(code[i])
		}
	}
	return strings.ToLower(out.String())
}

func isDateFormat(code string) bool {
	bare := bareFormat(code)
	return bare != "general" && strings.ContainsAny(bare, "dmyh")
}

// sansSerif says whether a font is one of the usual ones without serifs.
func sansSerif(name string) bool {
	known := []string{
		"aptos", "aptos display", "aptos narrow", "arial", "arial nova", "avenir", "calibri", "calibri light", "carlito", "century gothic",
		"corbel", "dejavu sans", "frutiger", "gds transport", "gill sans", "gill sans mt", "helvetica", "helvetica neue", "liberation sans",
		"lucida sans", "noto sans", "open sans", "roboto", "segoe ui", "source sans pro", "tahoma", "trebuchet ms", "verdana",
	}
	return slices.Contains(known, strings.ToLower(strings.TrimSpace(name)))
}
