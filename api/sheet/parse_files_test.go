package sheet_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"skillstracker/domain"
)

// fileRows are the rows of every file in testdata/files, without their places.
func fileRows(t *testing.T) []domain.StaffRow {
	t.Helper()
	return []domain.StaffRow{
		{
			EmployeeNumber: "00123", StaffGroup: "08", JobRole: "08014", Band: "6", AreaOfWork: "A320", Team: "Café £ desk",
			ContractType: "05", FTE: 60_000, AsAt: onDay(t, today), StartedOn: ptr(onDay(t, "2020-10-31")),
		},
		{
			EmployeeNumber: "A-77", StaffGroup: "05", JobRole: "05012", Band: "8a", AreaOfWork: "-", Team: "Night, day; and weekend",
			ContractType: "02", FTE: 100_000, AsAt: onDay(t, today), StartedOn: ptr(onDay(t, "2021-02-01")), LeftOn: ptr(onDay(t, "2026-12-31")),
		},
		{
			EmployeeNumber: "123456789", StaffGroup: "03", JobRole: "03007", Band: "5", AreaOfWork: "A277", Team: `Ward "Five"`,
			ContractType: "-", FTE: 53_333, AsAt: onDay(t, today),
		},
	}
}

// sameStaff compares rows by value, dates included, and leaves out their places.
func sameStaff(a, b domain.StaffRow) bool {
	dates := dayText(a.StartedOn) == dayText(b.StartedOn) && dayText(a.LeftOn) == dayText(b.LeftOn)
	a.StartedOn, b.StartedOn, a.LeftOn, b.LeftOn, a.Row, b.Row = nil, nil, nil, nil, 0, 0
	return dates && a == b
}

func TestDialects(t *testing.T) {
	tests := map[string]struct {
		rows  []int
		read  int
		found []string
	}{
		"staff-utf8.csv":                  {[]int{2, 3, 4}, 3, nil},
		"staff-utf8-bom-crlf.csv":         {[]int{2, 3, 4}, 3, nil},
		"staff-windows1252-semicolon.csv": {[]int{2, 3, 4}, 3, []string{"encoding_assumed 0"}},
		"staff-utf16le-tab.txt":           {[]int{2, 3, 4}, 3, []string{"encoding_assumed 0"}},
		"staff-utf16be-comma.csv":         {[]int{2, 3, 4}, 3, []string{"encoding_assumed 0"}},
		"staff-sep-line.csv":              {[]int{2, 3, 4}, 3, nil},
		"staff-titles-breaks-blanks.csv":  {[]int{5, 9, 10}, 6, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", "files", name))
			if err != nil {
				t.Fatal(err)
			}
			file := parseBytes(t, data, options(t, domain.UploadStaff))
			wantFound(t, file, test.found...)
			if !slices.EqualFunc(file.Staff, fileRows(t), sameStaff) {
				t.Errorf("got %+v", file.Staff)
			}
			var places []int
			for _, row := range file.Staff {
				places = append(places, row.Row)
			}
			if !slices.Equal(places, test.rows) || file.Counts.RowsRead != test.read || file.Blank != test.read-3 {
				t.Errorf("got rows %v of %d read and %d blank", places, file.Counts.RowsRead, file.Blank)
			}
			for i, column := range file.Mapping {
				if column.Field == "" {
					t.Errorf("column %d was not recognised: %+v", i, column)
				}
			}
		})
	}
}
