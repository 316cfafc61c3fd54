package report

import (
	"fmt"

	"skillstracker/domain"
)

// named is a code of a reference list with its name.
type named struct{ code, name string }

func staffGroupNames(groups []domain.StaffGroup) []named {
	list := make([]named, len(groups))
	for i, g := range groups {
		list[i] = named{g.Code, g.Name}
	}
	return list
}

func bandNames(bands []domain.Band) []named {
	list := make([]named, len(bands))
	for i, b := range bands {
		list[i] = named{b.Code, b.Name}
	}
	return list
}

// labelled is a row of totals with what the list says of its code. Rows without a
// code come last and are labelled so.
type labelled[R any] struct {
	named
	row R
}

// cells returns the code and the name as cells.
func (l labelled[R]) cells() []value {
	if l.code == "" {
		return []value{absent(domain.StatusNotAvailable), textValue("Not stated")}
	}
	return []value{textValue(l.code), textValue(l.name)}
}

// inOrder returns the rows in the order of a list. It fails on a code that the
// list does not hold and on a second row for the same code, as a figure would be
// left out or shown twice.
func inOrder[R any](rows []R, list []named, code func(R) string) ([]labelled[R], error) {
	byCode := make(map[string]R, len(rows))
	for _, row := range rows {
		if _, twice := byCode[code(row)]; twice {
			return nil, fmt.Errorf("report: two rows of totals for code %q", code(row))
		}
		byCode[code(row)] = row
	}
	ordered := make([]labelled[R], 0, len(rows))
	for _, each := range append(list[:len(list):len(list)], named{}) {
		if row, found := byCode[each.code]; found {
			ordered = append(ordered, labelled[R]{each, row})
			delete(byCode, each.code)
		}
	}
	for unknown := range byCode {
		return nil, fmt.Errorf("report: code %q of a row of totals is not in the reference list", unknown)
	}
	return ordered, nil
}
