package check

import "strings"

// maxRanges is the number of ranges of a union that are read.
const maxRanges = 200

// parts returns a source for each range of a union such as (Data!$B$5:$B$7,Data!$B$9),
// each with the values that the chart keeps of it; the source itself when it is not a
// union.
func (s source) parts() []source {
	inside, isUnion := strings.CutPrefix(s.refersTo, "(")
	if !isUnion || !strings.HasSuffix(inside, ")") {
		return []source{s}
	}
	var list []source
	from := 0
	ranges := splitUnion(strings.TrimSuffix(inside, ")"))
	if len(ranges) > maxRanges {
		return []source{s}
	}
	for _, refersTo := range ranges {
		_, cells, _ := splitTarget(refersTo)
		a, isArea := parseArea(cells)
		if !isArea {
			return []source{s}
		}
		count := (a.right - a.left + 1) * (a.bottom - a.top + 1)
		part := source{refersTo: refersTo, numbers: s.numbers, literal: s.literal, values: map[int]string{}}
		for place, value := range s.values {
			if place >= from && place-from < count {
				part.values[place-from] = value
			}
		}
		list = append(list, part)
		from += count
	}
	return list
}

// splitUnion splits at commas that are not inside the quotes of a sheet's name.
func splitUnion(text string) []string {
	quoted := false
	return strings.FieldsFunc(text, func(r rune) bool {
		if r == '\'' {
			quoted = !quoted
		}
		return r == ',' && !quoted
	})
}
