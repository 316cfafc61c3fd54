package domain

import (
	"cmp"
	"fmt"
	"slices"
)

// rowFaults gathers findings of single rows, so that they are recorded in the
// order of the rows whatever the order of the checks.
type rowFaults struct {
	list []rowFault
}

type rowFault struct {
	row    int
	code   FindingCode
	detail string
}

func (f *rowFaults) add(row int, code FindingCode, detail string) {
	f.list = append(f.list, rowFault{row: row, code: code, detail: detail})
}

// record adds the gathered findings to the upload's.
func (f *rowFaults) record(faults *Findings) {
	slices.SortStableFunc(f.list, func(a, b rowFault) int { return cmp.Compare(a.row, b.row) })
	for _, fault := range f.list {
		faults.Add(fault.code, Cell{Row: fault.row}, fault.detail)
	}
	f.list = nil
}

// compare looks at rows with one key: places in a file, in its order. When all
// are the same as the first, the others are found to be duplicates; otherwise
// every row is found to conflict with another, which the finding names.
func (f *rowFaults) compare(group []int, rowOf func(int) int, sameAsFirst func(int) bool, record string) bool {
	different := slices.IndexFunc(group, func(i int) bool { return !sameAsFirst(i) })
	if different < 0 {
		for _, i := range group[1:] {
			f.add(rowOf(i), FindingRowDuplicate, fmt.Sprintf(
				"The row repeats row %d of the file and was counted once.", rowOf(group[0]),
			))
		}
		return false
	}
	for _, i := range group {
		other := group[0]
		if sameAsFirst(i) {
			other = group[different]
		}
		f.add(rowOf(i), FindingRowConflict, fmt.Sprintf("Row %d is also about %s and differs.", rowOf(other), record))
	}
	return true
}
