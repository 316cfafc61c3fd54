package domain_test

import (
	"testing"

	"skillstracker/domain"
)

func TestCheckLostZeros(t *testing.T) {
	held := func(numbers ...string) []domain.StaffHistory {
		var people []domain.StaffHistory
		for _, number := range numbers {
			people = append(people, domain.StaffHistory{EmployeeNumber: number, Versions: []domain.StaffVersion{version(1, "5")}})
		}
		return people
	}
	for name, c := range map[string]struct {
		held  []domain.StaffHistory
		sent  []string
		codes []string
	}{
		"nobody is held":              {nil, []string{"12", "0012"}, nil},
		"the number as held":          {held("0012"), []string{"0012"}, nil},
		"without its zeros":           {held("0012", "77"), []string{"77", "12", "13"}, []string{"employee_number_zeros_lost@3"}},
		"in every row":                {held("0012"), []string{"12", "12"}, []string{"employee_number_zeros_lost@2", "employee_number_zeros_lost@3"}},
		"both numbers are held":       {held("0012", "12"), []string{"12", "0012"}, nil},
		"with other zeros":            {held("0012"), []string{"012", "00012"}, nil},
		"zeros inside and at the end": {held("0120", "1020"), []string{"12", "120", "1020"}, []string{"employee_number_zeros_lost@3"}},
		"letters":                     {held("0A1"), []string{"A1", "a1"}, []string{"employee_number_zeros_lost@2"}},
		"nothing but zeros":           {held("000"), []string{"0", "000"}, nil},
		"somebody taken off every list": {
			append(held("77"), domain.StaffHistory{EmployeeNumber: "0012"}), []string{"12"}, []string{"employee_number_zeros_lost@2"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var rows []domain.StaffRow
			for i, number := range c.sent {
				rows = append(rows, staffRow(i+2, number, "5"))
			}
			faults := domain.NewFindings()
			domain.CheckLostZeros(rows, c.held, "Staff no", faults)
			wantCodes(t, faults, c.codes...)
			for _, f := range faults.List() {
				if f.Column != "Staff no" {
					t.Errorf("the finding is of column %q", f.Column)
				}
			}
		})
	}
}
