package check_test

import (
	"slices"
	"strings"
	"testing"

	"skillstracker/api/report/check"
)

func TestKindIsWhatTheWorkbookSays(t *testing.T) {
	t.Parallel()
	for keywords, want := range map[string]check.Kind{
		"digital skills, workforce":                     check.Report,
		"staff, upload, template, template version 1":   check.Template,
		"staff, upload, findings":                       check.Findings,
		"staff, data, export, RRK":                      check.Data,
		"digital literacy, OFFICIAL-SENSITIVE":          check.People,
		"data":                                          check.Report,
		"digital literacy, people, Official Sensitive ": check.People,
	} {
		p := goodParts(t)
		swap(corePart, "digital skills, workforce, synthetic data", keywords)(t, p)
		if got := checkBytes(t, p.pack(t), goodName, check.Options{}).Kind; got != want {
			t.Errorf("keywords %q: %s", keywords, got)
		}
	}
	for _, kind := range check.Kinds() {
		p := goodParts(t)
		swap(corePart, "<cp:keywords>", "<cp:category>"+string(kind)+"</cp:category><cp:keywords>")(t, p)
		content := p.pack(t)
		if got := checkBytes(t, content, goodName, check.Options{}).Kind; got != kind {
			t.Errorf("category %q: %s", kind, got)
		}
		if got := checkBytes(t, content, goodName, check.Options{Kind: check.Report}).Kind; got != check.Report {
			t.Errorf("category %q when told: %s", kind, got)
		}
	}
}

// TestExemptions breaks each rule where the catalogue says that it is not asked.
func TestExemptions(t *testing.T) {
	t.Parallel()
	// These are broken in a way from which nothing is exempt.
	// Workbooks of people need their marking, which the good one does not have.
	asked := []string{"DOC-05 a library's day", "DOC-05 outside the run", "WB-01 opens elsewhere"}
	cases := slices.Concat(brokenDocuments(), brokenSheets(), brokenCells(), brokenTables(), brokenColumns(), brokenNotes(), brokenCharts(), brokenPrivacy())
	tried := map[string]bool{}
	for _, rule := range check.Rules() {
		for _, e := range rule.Exempt {
			for _, each := range cases {
				if each.rule != rule.ID || (len(e.Sheets) > 0 && (each.sheet != "By_group" && each.sheet != "Chart_groups")) {
					continue
				}
				for _, kind := range e.Kinds {
					for _, sheet := range append(e.Sheets, "")[:max(1, len(e.Sheets))] {
						got := brokenAs(t, each, kind, sheet)
						want := slices.Contains(asked, each.rule+" "+each.what) || (rule.ID == "PV-01" && kind == check.People)
						if got != want {
							t.Errorf("%s %s on sheet %q of %s: %v", each.rule, each.what, sheet, kind, got)
						}
						tried[rule.ID] = true
					}
				}
			}
			if !tried[rule.ID] {
				t.Errorf("no exemption of %s was tried", rule.ID)
			}
		}
	}
}

// brokenAs says whether a rule is broken when the workbook is of a kind and the sheet
// has a name.
func brokenAs(t *testing.T, each broken, kind check.Kind, sheet string) bool {
	t.Helper()
	p := goodParts(t)
	for _, change := range each.edits {
		change(t, p)
	}
	if sheet != "" {
		swap(bookPart, `name="`+each.sheet+`"`, `name="`+sheet+`"`)(t, p)
	}
	opts := goodOptions()
	if each.options != nil {
		each.options(&opts)
	}
	opts.Kind = kind
	result := checkBytes(t, p.pack(t), goodName, opts)
	return slices.ContainsFunc(result.Breaches, func(b check.Breach) bool { return b.Rule == each.rule })
}

func TestProfiles(t *testing.T) {
	t.Parallel()
	outcome := func(result check.Result, id string) check.Outcome {
		for _, r := range result.Rules {
			if r.ID == id {
				return r.Outcome
			}
		}
		return ""
	}
	charts := workbook("charts.xlsx")
	strict, lax := checkFile(t, charts, check.Options{}), checkFile(t, charts, check.Options{Profile: check.Management})
	for _, test := range []struct {
		id          string
		strict, lax check.Outcome
	}{
		{"SH-11", check.Passed, check.Waived},
		{"SH-15", check.Passed, check.Passed},
		{"SH-17", check.Failed, check.Waived},
		{"SH-18", check.Passed, check.Passed},
		{"CH-01", check.Passed, check.Passed},
		{"FIL-02", check.NotChecked, check.NotChecked},
		{"WB-07", check.NotChecked, check.NotChecked},
	} {
		if a, b := outcome(strict, test.id), outcome(lax, test.id); a != test.strict || b != test.lax {
			t.Errorf("%s is %s and %s", test.id, a, b)
		}
	}
	if strict.OK() || !lax.OK() || lax.Waived != 2 || len(lax.Unwaived()) != 0 || len(lax.Breaches) == 0 {
		t.Errorf("accessible %+v, management %+v", strict, lax)
	}

	// What the profile waives in one way it asks for in another.
	cases := slices.Concat(brokenSheets(), brokenCells())
	for _, each := range cases {
		p := goodParts(t)
		for _, change := range each.edits {
			change(t, p)
		}
		opts := goodOptions()
		opts.Profile = check.Management
		result := checkBytes(t, p.pack(t), goodName, opts)
		waived := each.rule == "SH-15" || each.rule == "SH-17"
		if got := outcome(result, each.rule); (got == check.Waived) != waived || result.OK() != waived {
			t.Errorf("%s %s is %s in the profile management", each.rule, each.what, got)
		}
	}
}

func TestNotForPublication(t *testing.T) {
	t.Parallel()
	p := goodParts(t)
	number(dataPart, "C7", "3")(t, p)
	swap(chartPart, "<c:v>2305</c:v>", "<c:v>3</c:v>")(t, p)
	text(coverPart, "A9", "Management information for the organisation's own HR team. It is not for publication.")(t, p)
	result := checkBytes(t, p.pack(t), goodName, goodOptions())
	wantNone(t, result)
	for _, r := range result.Rules {
		if r.ID == "PV-02" && (r.Outcome != check.NotApplicable || !strings.Contains(r.Why, "not for publication")) {
			t.Errorf("PV-02 is %s: %s", r.Outcome, r.Why)
		}
	}
}

// Only what stands below Status is about the whole workbook; what stands above a table is
// about its worksheet.
func TestNotForPublicationElsewhere(t *testing.T) {
	t.Parallel()
	const says = " It is not for publication."
	for name, test := range map[string]struct {
		change edit
		told   bool
	}{
		"nowhere":            {func(testing.TB, parts) {}, true},
		"about the source":   {text(coverPart, "A7", "Lists of staff, the raw form of which is not for publication."), true},
		"in the title":       {text(coverPart, "A1", "Digital skills, not for publication"), true},
		"on another sheet":   {text(notesPart, "A2", "This worksheet contains one table."+says), true},
		"on its own sheet":   {text(dataPart, "A3", "Some shorthand is used in this table: [c] = withheld to protect people, [x] = not available."+says), false},
		"in the table":       {text(dataPart, "B5", "Not for publication"), true},
		"below Status":       {text(coverPart, "A9", "Management information."+says), false},
		"as the next Status": {text(coverPart, "A10", "Not for publication"), true},
	} {
		p := goodParts(t)
		number(dataPart, "C7", "3")(t, p)
		swap(chartPart, "<c:v>2305</c:v>", "<c:v>3</c:v>")(t, p)
		test.change(t, p)
		told := false
		for _, b := range checkBytes(t, p.pack(t), goodName, goodOptions()).Breaches {
			told = told || b.Rule == "PV-02"
		}
		if told != test.told {
			t.Errorf("%s: a small number is told %t", name, told)
		}
	}
}

func TestPeopleWithTheirMarking(t *testing.T) {
	t.Parallel()
	p := goodParts(t)
	heading("F4", "Latest assessment", "Employee number")(t, p)
	text(coverPart, "A9", "OFFICIAL-SENSITIVE. For HR of the organisation only.")(t, p)
	opts := check.Options{Kind: check.People}
	wantNone(t, checkBytes(t, p.pack(t), goodName, opts))
}

// A workbook says by a keyword that it is of the management profile, and whoever asks may
// hold it to another.
func TestProfileByKeyword(t *testing.T) {
	t.Parallel()
	said := goodParts(t)
	said["docProps/core.xml"] = strings.Replace(said["docProps/core.xml"], "</cp:keywords>", ", Management Profile</cp:keywords>", 1)
	for name, test := range map[string]struct {
		content []byte
		asked   check.Profile
		want    check.Profile
	}{
		"says nothing":         {goodParts(t).pack(t), "", check.Accessible},
		"says management":      {said.pack(t), "", check.Management},
		"held to the stricter": {said.pack(t), check.Accessible, check.Accessible},
	} {
		if got := checkBytes(t, test.content, goodName, check.Options{Profile: test.asked}).Profile; got != test.want {
			t.Errorf("%s: held to %s, want %s", name, got, test.want)
		}
	}
}
