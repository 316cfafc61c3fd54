package sheet_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// frameworkTemplate is the workbook to fill in.
func frameworkTemplate(tb testing.TB) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := sheet.WriteFrameworkTemplate(&out, "1.2.3", madeAt()); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// editedFramework is the template as a person changed it.
func editedFramework(t *testing.T, edit func(f *excelize.File) error) []byte {
	t.Helper()
	file, err := excelize.OpenReader(bytes.NewReader(frameworkTemplate(t)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	if err := edit(file); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func readFramework(t *testing.T, content []byte) (sheet.FrameworkFile, []domain.FieldFault) {
	t.Helper()
	file, faults, err := sheet.ReadFramework(sheet.Source{File: bytes.NewReader(content), Size: int64(len(content))})
	if err != nil {
		t.Fatal(err)
	}
	return file, faults
}

func TestFrameworkTemplateIsReadBack(t *testing.T) {
	t.Parallel()
	file, faults := readFramework(t, frameworkTemplate(t))
	if len(faults) > 0 {
		t.Fatalf("faults %+v", faults)
	}
	name, want := sheet.ExampleFramework()
	if diff := cmp.Diff(want, file.Version); diff != "" || file.Name != name {
		t.Errorf("read %q, %s", file.Name, diff)
	}
	faultsOf := append(domain.CheckFramework(name, want), sheet.FrameworkClashes(want, realLists(t).Frameworks)...)
	if len(faultsOf) > 0 {
		t.Errorf("the example cannot be published: %+v", faultsOf)
	}
}

func TestReadFrameworkNamesEachCell(t *testing.T) {
	t.Parallel()
	set := func(sheet, cell string, value any) func(f *excelize.File) error {
		return func(f *excelize.File) error { return f.SetCellValue(sheet, cell, value) }
	}
	for name, c := range map[string]struct {
		edit func(f *excelize.File) error
		want string
	}{
		"a number for a level": {set("Competences", "D2", 2.5), "sheet Competences, row 2, column max_level"},
		"a text for a level":   {set("Levels", "A3", "one"), "sheet Levels, row 3, column level"},
		"no level":             {set("Levels", "A3", nil), "sheet Levels, row 3, column level"},
		"true for a name":      {set("Domains", "B2", true), "sheet Domains, row 2, column name"},
		"months in words":      {set("Framework", "B8", "a year"), "sheet Framework, row 8, column value"},
		"no day":               {set("Framework", "B7", "spring"), "sheet Framework, row 7, column value"},
		"an unknown field":     {set("Framework", "A11", "author"), "sheet Framework, row 11, column field"},
		"a field twice":        {set("Framework", "A11", "version"), "sheet Framework, row 11, column field"},
		"an unknown column":    {set("Domains", "C1", "colour"), "sheet Domains, row 1, column C"},
		"a column twice":       {set("Levels", "D1", "Band"), "sheet Levels, row 1, column D"},
		"a column less":        {set("Competences", "C1", nil), "sheet Competences"},
		"a sheet less":         {func(f *excelize.File) error { return f.DeleteSheet("Levels") }, "sheet Levels"},
		"a code turned into a day": {func(f *excelize.File) error {
			style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
			if err != nil {
				return err
			}
			if err := f.SetCellStyle("Competences", "A3", "A3", style); err != nil {
				return err
			}
			return f.SetCellValue("Competences", "A3", 46031)
		}, "sheet Competences, row 3, column code"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, faults := readFramework(t, editedFramework(t, c.edit))
			if len(faults) != 1 || faults[0].Field != c.want || faults[0].Message == "" {
				t.Errorf("faults %+v, want one at %s", faults, c.want)
			}
		})
	}
}

// A number is what the cell shows: 1.1000000000000001 is 1.1, and so is 1.10.
func TestReadFrameworkTakesNumbersAsShown(t *testing.T) {
	t.Parallel()
	file, faults := readFramework(t, editedFramework(t, func(f *excelize.File) error {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: new("0.00")})
		if err != nil {
			return err
		}
		return firstOf(
			f.SetCellStyle("Competences", "A2", "A4", 0), f.SetCellValue("Competences", "A2", 1.1000000000000001),
			f.SetCellStyle("Competences", "A3", "A3", style), f.SetCellValue("Competences", "A3", 1.1),
			f.SetCellValue("Competences", "C2", 1), f.SetCellValue("Competences", "C3", 1),
			f.SetCellStyle("Framework", "B4", "B4", 0), f.SetCellValue("Framework", "B4", 2026),
		)
	}))
	if len(faults) > 0 {
		t.Fatalf("faults %+v", faults)
	}
	got := []string{file.Version.Version, file.Version.Competences[0].Code, file.Version.Competences[1].Code, file.Version.Competences[1].Domain}
	if want := []string{"2026", "1.1", "1.10", "1"}; strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("read %v, want %v", got, want)
	}
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestFaultsOfAFrameworkArePlacedInItsWorkbook(t *testing.T) {
	t.Parallel()
	file, faults := readFramework(t, editedFramework(t, func(f *excelize.File) error {
		return firstOf(
			f.SetCellValue("Competences", "A4", "1.1"), f.SetCellValue("Competences", "C4", "9"), f.SetCellValue("Levels", "B4", ""),
			f.SetCellValue("Framework", "B3", ""), f.SetCellValue("Framework", "A9", ""), f.SetCellValue("Framework", "B9", ""), f.SetCellValue("Framework", "C9", ""),
		)
	}))
	if len(faults) > 0 {
		t.Fatalf("faults %+v", faults)
	}
	var places []string
	for _, fault := range domain.CheckFramework(file.Name, file.Version) {
		places = append(places, file.Place(fault).Field)
	}
	want := []string{
		"sheet Framework, row 3, column value", "sheet Framework", "sheet Domains, row 3, column code",
		"sheet Competences, row 4, column code", "sheet Competences, row 4, column domain", "sheet Levels, row 4, column name",
	}
	if diff := cmp.Diff(want, places); diff != "" {
		t.Error(diff)
	}
}

func TestReadFrameworkRefusesOtherFiles(t *testing.T) {
	t.Parallel()
	whole := frameworkTemplate(t)
	for name, content := range map[string][]byte{
		"CSV": []byte("code,name\n1,One\n"), "JSON": []byte(`{"rows":[]}`), "half a workbook": whole[:len(whole)/2], "nothing": {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, faults := readFramework(t, content)
			if len(faults) != 1 || faults[0].Field != "file" {
				t.Errorf("faults %+v", faults)
			}
		})
	}
}

func FuzzReadFramework(f *testing.F) {
	f.Add(frameworkTemplate(f))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, content []byte) {
		file, faults := readFramework(t, content)
		for _, fault := range append(faults, domain.FieldFaults(domain.CheckFramework(file.Name, file.Version))...) {
			if fault.Message == "" {
				t.Fatalf("fault at %q says nothing", fault.Field)
			}
		}
	})
}
