package domain_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"skillstracker/domain"
)

// Every count of rows is part of the sum; records ended are not rows.
func TestCountsAddUp(t *testing.T) {
	if !(domain.UploadCounts{}).AddsUp() {
		t.Error("nothing does not add up")
	}
	kind := reflect.TypeFor[domain.UploadCounts]()
	for i := range kind.NumField() {
		var counts domain.UploadCounts
		reflect.ValueOf(&counts).Elem().Field(i).SetInt(3)
		name := kind.Field(i).Name
		if counts.AddsUp() != (name == "Ended") {
			t.Errorf("three of %s alone add up: %t", name, counts.AddsUp())
		}
		if name != "Ended" && name != "RowsRead" {
			counts.RowsRead = 3
			if !counts.AddsUp() {
				t.Errorf("three rows read and three of %s do not add up", name)
			}
		}
	}
	whole := domain.UploadCounts{RowsRead: 45, New: 1, Changed: 2, Unchanged: 3, Removed: 4, Duplicate: 5, Skipped: 6, Rejected: 7, Blank: 8, NotStored: 9, Ended: 100}
	if !whole.AddsUp() {
		t.Error("45 is not the sum of 1 to 9")
	}
	text, err := json.Marshal(whole)
	want := `{"rows_read":45,"new":1,"changed":2,"unchanged":3,"removed":4,"duplicate":5,"skipped":6,"rejected":7,"blank":8,"not_stored":9,"ended":100}`
	if err != nil || string(text) != want {
		t.Errorf("as JSON %s, %v", text, err)
	}
}
