package report_test

import (
	"os"
	"testing"

	"skillstracker/api/report"
	"skillstracker/domain/disclosure"
)

func TestZZDump(t *testing.T) {
	dir := os.Getenv("DUMP")
	if dir == "" {
		t.Skip("no")
	}
	v, err := report.Vacancies(fullVacancies(disclosure.Default()))
	if err != nil {
		t.Fatal(err)
	}
	d, err := report.DigitalLiteracy(sampleDigitalLiteracy(disclosure.Default()))
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string]*report.Book{"v": v, "d": d} {
		f, err := os.Create(dir + "/" + name + ".xlsx")
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Write(f, report.XLSX, report.Accessible); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
}
