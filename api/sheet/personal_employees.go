package sheet

import (
	"math"
	"strings"
)

// employeeWatch tells whether the employee numbers of a file, or the references of its
// vacancies, are NHS numbers.
//
// A staff number of ten digits passes the check of an NHS number in one case of
// eleven by chance, so one that does says nothing. A file is refused when its
// employee numbers of ten digits cannot pass so often by chance:
//
//   - of at least 3 different ones, at least nine in ten pass: by chance that
//     happens in fewer than one file of a thousand; or
//   - of at least 20 different ones, at least half pass.
//
// A number in groups of 3, 3 and 4 digits is written as an NHS number is, so a
// single one that passes is refused, as it is in every other column.
type employeeWatch struct {
	field     string              // of the column of identifiers, empty for none
	place     int                 // of that column, or of none
	tenDigits map[string]struct{} // different numbers of ten digits
	likeNHS   int                 // of those, the ones that pass
	firstLike int                 // row of the first of those
}

func newEmployeeWatch() employeeWatch {
	return employeeWatch{place: noColumn, firstLike: math.MaxInt, tenDigits: make(map[string]struct{})}
}

// see counts an employee number and returns its signs without what one number
// alone does not show.
func (w *employeeWatch) see(signs personalSigns, number string, row int) personalSigns {
	if signs&signTenDigits != 0 {
		if _, known := w.tenDigits[number]; !known {
			w.tenDigits[strings.Clone(number)] = struct{}{}
			if signs&signNHSPlain != 0 {
				w.likeNHS++
				w.firstLike = min(w.firstLike, row)
			}
		}
	}
	return signs &^ signNHSPlain
}

// areNHSNumbers decides by all numbers of the file.
func (w *employeeWatch) areNHSNumbers() bool {
	const (
		fewest     = 3
		fewestHalf = 20
	)
	all := len(w.tenDigits)
	return all >= fewest && w.likeNHS*10 >= all*9 || all >= fewestHalf && w.likeNHS*2 >= all
}
