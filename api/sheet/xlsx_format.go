package sheet

import "strings"

// styleKind is how a number format shows a number, as far as it matters to a
// reader of values.
type styleKind uint8

const (
	styleGeneral  styleKind = iota // General, and every format not told apart
	styleDate                      // with a day, a month or a year
	styleZeros                     // made of zeros and at most one point
	styleExponent                  // as a power of ten, such as 5.00E+01
)

// numberStyle is the effect of a number format.
type numberStyle struct {
	kind     styleKind
	whole    uint8 // of styleZeros: digits before the point, at least
	decimals uint8 // of styleZeros and styleExponent: digits behind it
}

// builtInStyle is the effect of a number format that workbooks name without
// describing it (ECMA-376 part 1, 18.8.30). The ranges above 22 belong to
// East Asian editions, where most of them are dates.
func builtInStyle(id int) numberStyle {
	switch {
	case id == 1:
		return numberStyle{kind: styleZeros, whole: 1}
	case id == 2:
		return numberStyle{kind: styleZeros, whole: 1, decimals: 2}
	case id == 11:
		return numberStyle{kind: styleExponent, decimals: 2}
	case id == 48:
		return numberStyle{kind: styleExponent, decimals: 1}
	case id >= 14 && id <= 17, id == 22,
		id >= 27 && id <= 31, id == 36,
		id >= 50 && id <= 54, id == 57, id == 58:
		return numberStyle{kind: styleDate}
	}
	return numberStyle{}
}

// parseFormat finds the effect of a number format's code. Quoted and escaped
// characters, colours, conditions, currencies and widths mean nothing here;
// elapsed times such as [h]:mm are quantities, not dates.
func parseFormat(code string) numberStyle {
	if zeros, is := zerosStyle(code); is {
		return zeros
	}
	var day, month, clock, power bool
	decimals, counting := 0, false
	for i := 0; i < len(code); i++ {
		switch b := code[i] | 0x20; {
		case code[i] == '\\' || code[i] == '_' || code[i] == '*':
			i++ // the next character is a literal, a width or a filling
		case code[i] == '"':
			i = endOf(code, i, '"')
		case code[i] == '[':
			i = endOf(code, i, ']')
		case b == 'g' && hasFold(code[i:], "general"):
			i += len("general") - 1
		case b == 'a' && hasFold(code[i:], "am/pm"):
			i += len("am/pm") - 1
			clock = true
		case b == 'a' && hasFold(code[i:], "a/p"):
			i += len("a/p") - 1
			clock = true
		case b == 'e' && i+1 < len(code) && (code[i+1] == '+' || code[i+1] == '-'):
			i++
			power, counting = true, false
		case code[i] == '.':
			counting = !power
		case counting && (code[i] == '0' || code[i] == '#' || code[i] == '?'):
			decimals++
		case b == 'd' || b == 'y' || b == 'e' || b == 'g' || b == 'b':
			day = true // e, g and b are years of other calendars
		case b == 'm':
			month = true
		case b == 'h' || b == 's':
			clock = true
		}
	}
	// An m beside hours or seconds is minutes.
	if day || (month && !clock && !hasElapsed(code)) {
		return numberStyle{kind: styleDate}
	}
	if power {
		return numberStyle{kind: styleExponent, decimals: uint8(min(decimals, maxDecimals))}
	}
	return numberStyle{}
}

// maxDecimals is the greatest number of decimals that a number format may have.
const maxDecimals = 30

// zerosStyle recognises formats such as 0, 00000 and 0.00.
func zerosStyle(code string) (numberStyle, bool) {
	whole, decimals, pointed := strings.Cut(code, ".")
	isZeros := strings.Trim(whole+decimals, "0") == ""
	if !isZeros || whole == "" || len(whole) > 30 || len(decimals) > 30 || (pointed && decimals == "") {
		return numberStyle{}, false
	}
	return numberStyle{kind: styleZeros, whole: uint8(len(whole)), decimals: uint8(len(decimals))}, true
}

// endOf returns the place of the next mark behind i, or the last place.
func endOf(code string, i int, mark byte) int {
	if found := strings.IndexByte(code[i+1:], mark); found >= 0 {
		return i + 1 + found
	}
	return len(code) - 1
}

func hasFold(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}

// hasElapsed tells whether the format counts hours, minutes or seconds beyond
// a day, as in [h]:mm or [mm]:ss.
func hasElapsed(code string) bool {
	lower := strings.ToLower(code)
	for _, unit := range []string{"[h", "[m", "[s"} {
		_, rest, found := strings.Cut(lower, unit)
		if found && strings.HasPrefix(strings.TrimLeft(rest, unit[1:]), "]") {
			return true
		}
	}
	return false
}
