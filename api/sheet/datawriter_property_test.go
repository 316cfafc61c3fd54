package sheet_test

import (
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// someText draws a text as the register holds it: on one line, without spaces around
// it, and without anything that looks like personal data or a spreadsheet error.
func someText(rt *rapid.T, label string) string {
	part := rapid.SampledFrom([]string{
		"=1+1", "=", "+", "-", "@cmd", "'", "''", `"`, `""`, "Ward", "O'Neil", "5", "00", "1E5", ",", ";", "|", "sep=", "\\", "\\.",
		" ", "  ", "\u00a0", "é", "Ünit", "病棟", "𝒲", "👩‍⚕️", "\u202e", "<b>", "&amp;", "_x0041_", "_x0041_x0042_", "_x", "#N/A", "N/A", "null", "TRUE", "2026-10-31",
	})
	text := strings.Join(rapid.SliceOfN(part, 0, 7).Draw(rt, label), "")
	text = strings.TrimFunc(text, unicode.IsSpace)
	digits := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
	if len(digits) > 9 || text == "#N/A" {
		return "Ward 5"
	}
	return text
}

func someEmployeeNumber(rt *rapid.T) string {
	if rapid.Bool().Draw(rt, "odd number") {
		return rapid.SampledFrom([]string{
			"00123", "1E5", "5E1", "-5", "+7", "=8", "@9", "'10", "''11", "0", "000", "1.50", "8-1", "E 1", "É-2", `a"1`, "x,1", "x;1", "TRUE", "1e", "0x1F", "١٢",
		}).Draw(rt, "employee number")
	}
	return rapid.StringMatching(`[0-9]{1,7}|E-[0-9]{1,5}|0{0,6}[1-9]`).Draw(rt, "employee number")
}

// someCodes draws the codes that say what a person or post is; the role goes with
// the group.
func someCodes(rt *rapid.T, lists domain.Lists, groupOptional bool) (group, role, band string) {
	group = rapid.SampledFrom(lists.StaffGroups).Draw(rt, "group").Code
	roles := []string{domain.NotGiven}
	for _, r := range lists.JobRoles {
		if r.StaffGroup == "" || r.StaffGroup == group {
			roles = append(roles, r.Code)
		}
	}
	role = rapid.SampledFrom(roles).Draw(rt, "role")
	if groupOptional && rapid.Bool().Draw(rt, "no group") {
		group = domain.NotGiven
	}
	band = domain.NotGiven
	if rapid.Bool().Draw(rt, "has band") {
		band = rapid.SampledFrom(lists.Bands).Draw(rt, "band").Code
	}
	return group, role, band
}

func someArea(rt *rapid.T, lists domain.Lists) string {
	if rapid.Bool().Draw(rt, "no area") {
		return domain.NotGiven
	}
	return rapid.SampledFrom(lists.AreasOfWork).Draw(rt, "area").Code
}

func someDay(rt *rapid.T, from, to domain.Date, label string) domain.Date {
	return domain.Date(rapid.Int32Range(int32(from), int32(to)).Draw(rt, label))
}

// someFTE draws an FTE up to a limit, often one of few decimals.
func someFTE(rt *rapid.T, limit domain.FTE) domain.FTE {
	if rapid.Bool().Draw(rt, "round") {
		return domain.FTE(rapid.Int64Range(0, 20).Draw(rt, "tenths")) * domain.FTEUnit / 10
	}
	return domain.FTE(rapid.Int64Range(0, int64(limit)).Draw(rt, "fte"))
}

func someStaff(rt *rapid.T, lists domain.Lists, asAt domain.Date) domain.StaffRow {
	row := domain.StaffRow{
		EmployeeNumber: someEmployeeNumber(rt), Team: someText(rt, "team"), AreaOfWork: someArea(rt, lists), ContractType: domain.NotGiven,
		FTE: someFTE(rt, 9_999_999_99999), AsAt: asAt,
	}
	row.StaffGroup, row.JobRole, row.Band = someCodes(rt, lists, false)
	if rapid.Bool().Draw(rt, "has contract") {
		row.ContractType = rapid.SampledFrom(lists.ContractTypes).Draw(rt, "contract").Code
	}
	from, to := domain.NewDate(1901, 1, 1), domain.NewDate(2200, 12, 31)
	if rapid.Bool().Draw(rt, "has start") {
		day := someDay(rt, from, to, "started")
		row.StartedOn, from = &day, day
	}
	if rapid.Bool().Draw(rt, "has end") {
		day := someDay(rt, from, to, "left")
		row.LeftOn = &day
	}
	return row
}

func someAssessment(rt *rapid.T, lists domain.Lists, framework domain.FrameworkVersion, today domain.Date) domain.AssessmentRow {
	row := domain.AssessmentRow{
		EmployeeNumber: someEmployeeNumber(rt), Team: someText(rt, "team"), AssessedOn: someDay(rt, framework.ValidFrom, today, "assessed"),
		AssessorKind: rapid.SampledFrom([]domain.AssessorKind{domain.AssessorSelf, domain.AssessorManager, domain.AssessorOther}).Draw(rt, "assessor"),
	}
	row.StaffGroup, row.JobRole, row.Band = someCodes(rt, lists, true)
	levels := func(label string) []domain.Level {
		drawn := make([]domain.Level, len(framework.Competences))
		for i, c := range framework.Competences {
			drawn[i] = domain.Level(rapid.Int16Range(int16(domain.NotAssessed), int16(c.MaxLevel)).Draw(rt, label))
		}
		return drawn
	}
	row.Levels = levels("level")
	if rapid.Bool().Draw(rt, "has needs") {
		row.Needs = givenNeeds(levels("need"))
	}
	return row
}

func someVacancy(rt *rapid.T, lists domain.Lists, today domain.Date) domain.VacancyRow {
	measure := func(most int64) domain.Measure {
		switch state := rapid.SampledFrom([]domain.MeasureState{domain.NotStated, domain.DontKnow, domain.Known}).Draw(rt, "state"); state {
		case domain.Known:
			return domain.Measure{State: state, Value: rapid.Int64Range(0, most).Draw(rt, "value")}
		default:
			return domain.Measure{State: state}
		}
	}
	// A number of ten digits may be refused as an NHS number, so none is ever held.
	const fte, count = 9_999_999_99999, 999_999_999
	row := domain.VacancyRow{
		Key: domain.VacancyKey{AreaOfWork: someArea(rt, lists), Month: someDay(rt, domain.NewDate(1901, 1, 31), today, "month").LastMonthEnd()},
		Measures: domain.VacancyMeasures{
			Budgeted: measure(fte), Contracted: measure(fte), Bank: measure(fte), Agency: measure(fte),
			Reported: measure(count), Advertised: measure(count), Headcount: measure(count),
		},
	}
	row.Key.StaffGroup, row.Key.JobRole, row.Key.Band = someCodes(rt, lists, false)
	return row
}

// someReference draws a reference of a vacancy as the register holds it.
func someReference(rt *rapid.T) string {
	if rapid.Bool().Draw(rt, "odd reference") {
		return rapid.SampledFrom([]string{
			"004711", "201-DIG-0042", "=1+1", "-5", "+7", "@9", "'10", "1E5", "5E1", "0", "000", "TRUE", "x;1", `a"1`, "É-2", "TRAC/26/0042 re-advert",
			"C9201-26-0123", "0012345678901234", strings.Repeat("7-", 25), "REQ 4", "ABC",
		}).Draw(rt, "reference")
	}
	return rapid.StringMatching(`[0-9]{1,7}|[A-Z]{3}-[0-9]{1,5}|0{0,6}[1-9]`).Draw(rt, "reference")
}

func drawnPosition(rt *rapid.T, lists domain.Lists, today domain.Date) domain.PositionRow {
	row := domain.PositionRow{
		Reference: someReference(rt), Team: someText(rt, "team"), AreaOfWork: someArea(rt, lists), Status: domain.NotGiven,
		Posts: rapid.IntRange(1, 999).Draw(rt, "posts"), FTE: max(someFTE(rt, 9_999_999_99999), 1),
		OpenedOn: someDay(rt, domain.NewDate(1901, 1, 1), today, "opened"),
	}
	row.StaffGroup, row.JobRole, row.Band = someCodes(rt, lists, false)
	outcome := domain.PositionNotRecruited
	if rapid.Bool().Draw(rt, "has status") {
		status := rapid.SampledFrom(lists.PositionStatuses).Draw(rt, "status")
		row.Status, outcome = status.Code, status.Outcome
	}
	ends := outcome == domain.PositionFilled || outcome == domain.PositionClosed
	if ends || outcome == domain.PositionNotRecruited && rapid.Bool().Draw(rt, "has end") {
		day := someDay(rt, row.OpenedOn, today, "closed")
		row.ClosedOn = &day
	}
	return row
}

func drawnTarget(rt *rapid.T, lists domain.Lists) domain.TargetRow {
	framework := rapid.SampledFrom(lists.Frameworks).Draw(rt, "framework")
	row := someTarget(framework, someDay(rt, domain.NewDate(1901, 1, 1), domain.NewDate(2200, 12, 31), "valid from"))
	competence := rapid.SampledFrom(framework.Competences).Draw(rt, "competence")
	row.Key.Competence = competence.Code
	highest := competence.MaxLevel
	if rapid.Bool().Draw(rt, "is a domain's") {
		row.Key.Competence, row.Key.Domain = domain.NotGiven, competence.Domain
		for _, other := range framework.Competences {
			if other.Domain == competence.Domain {
				highest = min(highest, other.MaxLevel)
			}
		}
	}
	row.Level = nil
	if rapid.Bool().Draw(rt, "has level") {
		level := domain.Level(rapid.Int16Range(0, int16(highest)).Draw(rt, "level"))
		row.Level = &level
	}
	group, role, band := someCodes(rt, lists, true)
	if row.Key.Band, row.Key.JobRole = band, role; role == domain.NotGiven {
		row.Key.StaffGroup = group
	}
	return row
}

// TestDataComesBackUnchanged proves that a download that is uploaded again states
// the same rows, in every format.
func TestDataComesBackUnchanged(t *testing.T) {
	lists := realLists(t)
	now := onDay(t, today)
	for _, kind := range allKinds() {
		t.Run(string(kind), func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				opts := dataOptions(t, kind, "hdc")
				parsed := options(t, kind)
				if kind == domain.UploadAssessments {
					opts.Framework = rapid.SampledFrom(lists.Frameworks).Draw(rt, "framework")
					parsed.Framework, parsed.FrameworkVersion = opts.Framework.Framework, opts.Framework.Version
				}
				var rows rowsOf
				asAt := someDay(rt, domain.NewDate(1901, 1, 1), now, "as at")
				for range rapid.IntRange(1, 4).Draw(rt, "rows") {
					switch kind {
					case domain.UploadStaff:
						rows.Staff = append(rows.Staff, someStaff(rt, lists, asAt))
					case domain.UploadAssessments:
						rows.Assessments = append(rows.Assessments, someAssessment(rt, lists, opts.Framework, now))
					case domain.UploadVacancies:
						rows.Vacancies = append(rows.Vacancies, someVacancy(rt, lists, now))
					case domain.UploadPositions:
						rows.Positions = append(rows.Positions, drawnPosition(rt, lists, now))
					case domain.UploadTargets:
						rows.Targets = append(rows.Targets, drawnTarget(rt, lists))
					}
				}
				for _, format := range allFormats() {
					data, err := written(format, opts, rows)
					if err != nil {
						rt.Fatalf("write %s: %v", format, err)
					}
					file, err := sheet.Parse(t.Context(), source(data), parsed, lists)
					if err != nil {
						rt.Fatalf("parse %s: %v", format, err)
					}
					if file.Refused || file.Faults.Errors() > 0 {
						rt.Fatalf("%s: found %v", format, file.Faults.List())
					}
					if diff := cmp.Diff(rows, rowsRead(file)); diff != "" {
						rt.Fatalf("%s: rows differ:\n%s", format, diff)
					}
				}
			})
		})
	}
}

// TestDataMemory proves that what is held does not grow with the rows.
func TestDataMemory(t *testing.T) {
	opts := dataOptions(t, domain.UploadStaff, "")
	row := oneRow(t, domain.UploadStaff).Staff[0]
	for _, format := range allFormats() {
		peak := peakHeap(t, func(look func()) {
			var size counter
			writer, err := sheet.NewDataWriter(&size, format, opts)
			if err != nil {
				t.Fatal(err)
			}
			for i := range 100_000 {
				row.EmployeeNumber = "E" + strconv.Itoa(i)
				if err := writer.Staff(row); err != nil {
					t.Fatal(err)
				}
				if i%10_000 == 0 {
					look()
				}
			}
			size.look = look
			if err := writer.Close(); err != nil {
				t.Fatal(err)
			}
			t.Logf("%s: %d KiB written", format, size.written>>10)
		})
		t.Logf("%s: peak of %d KiB held", format, peak>>10)
		// The library writes a sheet's rows to disk in pieces of 16 MiB.
		if limit := uint64(64 << 20); peak > limit {
			t.Errorf("%s: %d KiB were held, the limit is %d", format, peak>>10, limit>>10)
		}
	}
}
