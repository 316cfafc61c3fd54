package report_test

import (
	"testing"
	"time"

	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// The version of a report changes with everything that it says and not with the time at
// which it was made.
func TestVersion(t *testing.T) {
	t.Parallel()
	version := func(change func(*report.DigitalLiteracyInput)) [32]byte {
		in := sampleDigitalLiteracy(disclosure.Default())
		change(&in)
		book, err := report.DigitalLiteracy(in)
		if err != nil {
			t.Fatal(err)
		}
		sum, err := book.Version()
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	same := version(func(*report.DigitalLiteracyInput) {})
	if version(func(in *report.DigitalLiteracyInput) { in.MadeAt = in.MadeAt.Add(49 * time.Hour) }) != same {
		t.Error("the version changes with the time at which the report is made")
	}
	for what, change := range map[string]func(*report.DigitalLiteracyInput){
		"upload":      func(in *report.DigitalLiteracyInput) { in.Uploads[0].State = domain.UploadVoided },
		"name":        func(in *report.DigitalLiteracyInput) { in.Organisation.Name += " and others" },
		"ICB":         func(in *report.DigitalLiteracyInput) { in.Organisation.ICBName += " and others" },
		"staff group": func(in *report.DigitalLiteracyInput) { in.StaffGroups[0].Name += " and others" },
		"framework":   func(in *report.DigitalLiteracyInput) { in.Framework.ValidityMonths++ },
		"contact":     func(in *report.DigitalLiteracyInput) { in.Contact = "Ring." },
		"known at":    func(in *report.DigitalLiteracyInput) { later := in.MadeAt; in.Receipt.KnownAt = &later },
	} {
		if version(change) == same {
			t.Errorf("another %s and the version is the same", what)
		}
	}
}
