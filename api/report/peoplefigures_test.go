package report_test

import (
	"errors"
	"strings"
	"testing"

	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

func TestPeopleRows(t *testing.T) {
	t.Parallel()
	in := samplePeopleReport(6)
	b := readBook(t, made(report.People(in)))
	s := b.sheet(t, "People")
	date := func(d domain.Date) float64 { return float64(d) + 25569 }
	for number, want := range map[string][]any{
		"00004711": {"08", "Nursing and Midwifery Registered", "08001", "Staff Nurse", "Band 5", "Ward 7", "Current", date(in.AsAt - 100), "Self", date((in.AsAt - 100).AddMonths(12)), "Digital identity, wellbeing, safety and security", 2.0, 2.0, 3.0, 1.0, 4.0, 2.0, 0.0},
		"00004712": {"08", "Nursing and Midwifery Registered", "08001", "Staff Nurse", "Band 5", "Ward 7", "Due", date(in.AsAt - 300), "Manager", date((in.AsAt - 300).AddMonths(12)), "Communication, collaboration and participation", 0.0, 2.0, 2.0, 2.0, 2.0, 4.0, "[x]"},
		"00004713": {"08", "Nursing and Midwifery Registered", "08001", "Staff Nurse", "Not stated", "Not stated", "Overdue", date(in.AsAt - 800), "Assessor", date((in.AsAt - 800).AddMonths(12)), "Digital identity, wellbeing, safety and security", 2.0, 2.0, 3.0, 1.0, 4.0, 2.0, 0.0},
		"00004714": {"03", "Administrative and Clerical", "[x]", "Not stated", "Band 5", `Team named "(c)"`, "Current", date(in.AsAt - 100), "Self", date((in.AsAt - 100).AddMonths(12)), "Digital identity, wellbeing, safety and security", "[z]", 2.0, 3.0, 1.0, 4.0, 2.0, 0.0},
		"00004715": {"08", "Nursing and Midwifery Registered", "08001", "Staff Nurse", "Band 5", "Ward 7", "Current", date(in.AsAt - 100), "Self", date((in.AsAt - 100).AddMonths(12)), "[x]", "[z]", "[x]", "[z]", "[x]", "[x]", "[x]", "[x]"},
		"00004716": {"08", "Nursing and Midwifery Registered", "08001", "Staff Nurse", "Band 5", "Ward 7", "Never assessed", "[x]", "[x]", "[x]", "[x]", "[x]", "[x]", "[x]", "[x]", "[x]", "[x]", "[x]"},
	} {
		wantCells(t, number, s.row(t, 1, number)[1:], want...)
	}
	for _, s := range b.sheets {
		marked := 0
		for _, c := range s.cells {
			if c.col == 1 && strings.HasPrefix(c.value, "OFFICIAL-SENSITIVE") {
				marked++
			}
		}
		if marked == 0 {
			t.Errorf("sheet %s is not marked", s.name)
		}
	}
	book, err := report.People(in)
	if err != nil {
		t.Fatal(err)
	}
	if name := book.FileName(report.XLSX, report.Accessible); name != "digital-literacy-people-rxx9-2026-10-synthetic.xlsx" {
		t.Errorf("the file is called %s", name)
	}
}

// The report about people is made for unaltered figures alone, and of nobody that the
// lists do not know.
func TestPeopleRefuses(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for name, test := range map[string]struct {
		change func(*report.PeopleInput)
		says   string
	}{
		"another rule": {func(in *report.PeopleInput) { in.Rule = disclosure.Default() }, "HR of one organisation only"},
		"an area": {func(in *report.PeopleInput) {
			in.Receipt.Area, in.AreaName = report.Area{Kind: domain.ByICB, Code: "QXX"}, "North Wold"
		}, "HR of one organisation only"},
		"no month end":  {func(in *report.PeopleInput) { in.AsAt-- }, "month end"},
		"unknown group": {func(in *report.PeopleInput) { in.StaffGroups = in.StaffGroups[:3] }, `"08"`},
		"unknown role":  {func(in *report.PeopleInput) { in.JobRoles = nil }, `"08001"`},
		"unknown band":  {func(in *report.PeopleInput) { in.Bands = nil }, `"5"`},
		"other levels":  {func(in *report.PeopleInput) { in.Framework.Competences = in.Framework.Competences[:5] }, "6 levels"},
		"not read":      {func(in *report.PeopleInput) { in.Each = func(func(domain.Person) error) error { return broken } }, "read people: broken"},
	} {
		in := samplePeopleReport(6)
		test.change(&in)
		if _, err := report.People(in); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: got %v, want an error that says %q", name, err, test.says)
		}
	}
}
