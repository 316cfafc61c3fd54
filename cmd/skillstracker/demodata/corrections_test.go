package demodata_test

import (
	"slices"
	"testing"

	"skillstracker/cmd/skillstracker/demodata"
	"skillstracker/domain"
)

// TestCorrections compares the corrected assessments with the newest round: three
// people differ in one level each, and one in nothing.
func TestCorrections(t *testing.T) {
	t.Parallel()
	entry := organisation(t, demodata.Showcase)
	corrected, err := demodata.Corrections(demodata.Seed, today(), entry)
	if err != nil {
		t.Fatal(err)
	}
	rounds := ofKind(files(t, entry), domain.UploadAssessments)
	held := make(map[string]map[string]string)
	for _, row := range records(t, rounds[len(rounds)-1]) {
		held[row["employee_number"]] = row
	}
	var differences []int
	for _, row := range records(t, corrected) {
		before, known := held[row["employee_number"]]
		if !known || len(before) != len(row) {
			t.Fatal("somebody is corrected who took no part")
		}
		count := 0
		for column, value := range row {
			if column != "assessed_on" && value != before[column] { // a workbook shows dates in its own way
				count++
			}
		}
		differences = append(differences, count)
	}
	if !slices.Equal(differences, []int{1, 1, 1, 0}) {
		t.Errorf("the rows differ in %v columns", differences)
	}
}
