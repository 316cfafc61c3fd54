package sheet_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

const organisationHeader = "code,name,kind,sector,region,icb,opened_on,closed_on,synthetic\n"

// trustRecord is a row of the ODS trust file with the given number of fields.
func trustRecord(fields int, code, name, region, icb, opened, closed string) string {
	record := make([]string, fields)
	copy(record, []string{code, name, region, icb, "1 HIGH STREET"})
	record[10], record[11] = opened, closed
	return `"` + strings.Join(record, `","`) + `"`
}

func readOrganisations(t *testing.T, content string) ([]domain.OrganisationEntry, []domain.Finding) {
	t.Helper()
	entries, findings, err := sheet.ReadOrganisations(t.Context(), strings.NewReader(content))
	if err != nil {
		t.Fatalf("read organisations: %v", err)
	}
	if findings.Errors() > 0 && entries != nil {
		t.Fatalf("%d entries are returned in spite of errors", len(entries))
	}
	return entries, findings.List()
}

func dayOf(year int, month time.Month, day int) *domain.Date {
	d := domain.NewDate(year, month, day)
	return &d
}

func sameEntry(a, b domain.OrganisationEntry) bool {
	sameDate := func(x, y *domain.Date) bool { return (x == nil) == (y == nil) && (x == nil || *x == *y) }
	dates := sameDate(a.OpenedOn, b.OpenedOn) && sameDate(a.ClosedOn, b.ClosedOn)
	a.OpenedOn, a.ClosedOn, b.OpenedOn, b.ClosedOn = nil, nil, nil, nil
	return dates && a == b
}

func wantEntries(t *testing.T, got, want []domain.OrganisationEntry) {
	t.Helper()
	if !slices.EqualFunc(got, want, sameEntry) {
		t.Errorf("entries are %+v, want %+v", got, want)
	}
}

func TestReadOrganisationsTrustFile(t *testing.T) {
	rows := func(fields int, end string) string {
		return strings.Join([]string{
			trustRecord(fields, "G6V2S", "NORTH LONDON NHS FOUNDATION TRUST", "Y56", "QMJ", "20241101", ""),
			trustRecord(fields, "RF4", "BARKING, HAVERING AND REDBRIDGE UNIVERSITY HOSPITALS NHS TRUST", "Y56", "QMF", "20010401", ""),
			trustRecord(fields, "RVJ", "NORTH BRISTOL NHS TRUST", "Y58", "QUY", "19990401", "20990630"),
			trustRecord(fields, "RT4", "WELSH AMBULANCE SERVICES NHS TRUST", "W00", "Q99", "19980401", ""),
			trustRecord(fields, "RQF", "VELINDRE NHS TRUST", "", "", "19940401", ""),
		}, end) + end
	}
	trust := func(code, name, region, icb string, opened, closed *domain.Date) domain.OrganisationEntry {
		return domain.OrganisationEntry{
			Code: code, Name: name, Kind: domain.KindTrust, Region: region, ICB: icb, OpenedOn: opened, ClosedOn: closed,
		}
	}
	want := []domain.OrganisationEntry{
		trust("G6V2S", "North London NHS Foundation Trust", "Y56", "QMJ", dayOf(2024, 11, 1), nil),
		trust("RF4", "Barking, Havering and Redbridge University Hospitals NHS Trust", "Y56", "QMF", dayOf(2001, 4, 1), nil),
		trust("RVJ", "North Bristol NHS Trust", "Y58", "QUY", dayOf(1999, 4, 1), dayOf(2099, 6, 30)),
		trust("RT4", "Welsh Ambulance Services NHS Trust", "", "", dayOf(1998, 4, 1), nil),
		trust("RQF", "Velindre NHS Trust", "", "", dayOf(1994, 4, 1), nil),
	}
	cases := map[string]string{
		"27 fields, LF":          rows(27, "\n"),
		"27 fields, CRLF":        rows(27, "\r\n"),
		"24 fields":              rows(24, "\n"),
		"a byte-order mark":      "\xEF\xBB\xBF" + rows(27, "\r\n"),
		"no line end at the end": strings.TrimSuffix(rows(27, "\n"), "\n"),
		"blank lines":            "\n\n" + rows(27, "\n\n"),
	}
	for name, content := range cases {
		t.Run(name, func(t *testing.T) {
			got, findings := readOrganisations(t, content)
			if len(findings) > 0 {
				t.Fatalf("findings are %+v, want none", findings)
			}
			wantEntries(t, got, want)
		})
	}
}

func TestReadOrganisationsHeadedFile(t *testing.T) {
	want := []domain.OrganisationEntry{
		{
			Code: "RRK", Name: "University Hospitals Birmingham NHS Foundation Trust", Kind: domain.KindTrust,
			Sector: "Acute", Region: "Y60", ICB: "QHL", OpenedOn: dayOf(1995, 4, 1),
		},
		{
			Code: "A9ZZ", Name: "Example Care, the second", Kind: domain.KindSocialCare, Sector: "Adult social care",
			ClosedOn: dayOf(2027, 3, 31), Synthetic: true,
		},
	}
	cases := map[string]string{
		"canonical order": organisationHeader +
			"RRK,University Hospitals Birmingham NHS Foundation Trust,nhs_trust,Acute,Y60,QHL,1995-04-01,,false\n" +
			"A9ZZ,\"Example Care, the second\",social_care_provider,Adult social care,,,,2027-03-31,true\n",
		"another order, headings and codes as people write them": "Synthetic,ICB, Region ,Opened On,Closed-On,KIND,Sector,Name,Code\r\n" +
			",qhl,y60,1995-04-01,,NHS trust,Acute, University  Hospitals Birmingham NHS Foundation Trust ,rrk\r\n" +
			"yes,Q99,W00,,2027-03-31,Social care provider,Adult social care,\"Example Care,\r\nthe second\",A9ZZ\r\n",
		"blank rows of a spreadsheet": "\xEF\xBB\xBF" + organisationHeader + ",,,,,,,,\n" +
			"RRK,University Hospitals Birmingham NHS Foundation Trust,nhs_trust,Acute,Y60,QHL,1995-04-01,,\n\n" +
			"A9ZZ,\"Example Care, the second\",social_care_provider,Adult social care,,,,2027-03-31,1\n , ,,,,,,,\n",
	}
	for name, content := range cases {
		t.Run(name, func(t *testing.T) {
			got, findings := readOrganisations(t, content)
			if len(findings) > 0 {
				t.Fatalf("findings are %+v, want none", findings)
			}
			wantEntries(t, got, want)
		})
	}
}

// place is a finding without its wording.
type place struct {
	code   domain.FindingCode
	row    int
	column string
}

func placesOf(findings []domain.Finding) []place {
	places := make([]place, len(findings))
	for i, f := range findings {
		places[i] = place{f.Code, f.Row, f.Column}
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.column, b.column), cmp.Compare(a.code, b.code))
	})
	return places
}

func TestReadOrganisationsFindsEveryFault(t *testing.T) {
	const good = "RRK,Good Trust,nhs_trust,,Y60,QHL,1995-04-01,,false\n"
	long := strings.Repeat("é", 201)
	cases := map[string]struct {
		content string
		want    []place
	}{
		"empty":              {"", []place{{"organisation_file_empty", 0, ""}}},
		"only a mark":        {"\xEF\xBB\xBF", []place{{"organisation_file_empty", 0, ""}}},
		"only a header":      {organisationHeader, []place{{"organisation_file_empty", 0, ""}}},
		"UTF-16":             {"\xFF\xFEc\x00o\x00", []place{{"organisation_file_not_csv", 0, ""}}},
		"a workbook":         {"PK\x03\x04....", []place{{"organisation_file_not_csv", 0, ""}}},
		"something else":     {"a,b\n1,2\n", []place{{"organisation_header_missing", 1, ""}}},
		"semicolons":         {strings.ReplaceAll(organisationHeader+good, ",", ";"), []place{{"organisation_header_missing", 1, ""}}},
		"columns at fault":   {"code,Code,name,kind,region,icb,opened_on,ward\nRRK,,x,icb,,,,\n", []place{{"organisation_column_twice", 1, "Code"}, {"organisation_column_missing", 1, "closed_on"}, {"organisation_column_unknown", 1, "ward"}}},
		"an unnamed column":  {"code,name,kind,region,icb,opened_on,closed_on,\nRRK,x,icb,,,,,note\n", []place{{"organisation_column_unknown", 1, "column 8"}}},
		"missing values":     {organisationHeader + good + ",,,Acute,,,,,\n", []place{{"organisation_value_missing", 3, "code"}, {"organisation_value_missing", 3, "kind"}, {"organisation_value_missing", 3, "name"}}},
		"bad codes":          {organisationHeader + "5E+01,x,icb,,Y6,Q-L,,,\n", []place{{"organisation_code_invalid", 2, "code"}, {"organisation_code_invalid", 2, "icb"}, {"organisation_code_invalid", 2, "region"}}},
		"a code twice":       {organisationHeader + good + "\n" + strings.ToLower(good), []place{{"organisation_code_repeated", 4, "code"}}},
		"its own parent":     {organisationHeader + "QHL,x,icb,,QHL,QHL,,,\n", []place{{"organisation_parent_itself", 2, "icb"}, {"organisation_parent_itself", 2, "region"}}},
		"unknown words":      {organisationHeader + "RRK,x,hospital,,,,,,perhaps\n", []place{{"organisation_kind_unknown", 2, "kind"}, {"organisation_flag_invalid", 2, "synthetic"}}},
		"bad dates":          {organisationHeader + "RRK,x,icb,,,,31/10/2026,2026-02-30,\n", []place{{"organisation_date_invalid", 2, "closed_on"}, {"organisation_date_invalid", 2, "opened_on"}}},
		"dates out of reach": {organisationHeader + "RRK,x,icb,,,,0001-01-01,9999-12-31,\n", []place{{"organisation_date_invalid", 2, "closed_on"}, {"organisation_date_invalid", 2, "opened_on"}}},
		"close before open":  {organisationHeader + "RRK,x,icb,,,,2026-10-31,2026-10-30,\n", []place{{"organisation_date_order", 2, "closed_on"}}},
		"text at fault":      {organisationHeader + "RRK,x\xE9,icb,a\x00b,,,,,\nRRJ," + long + ",icb,,,,,,\n", []place{{"organisation_text_invalid", 2, "name"}, {"organisation_text_invalid", 2, "sector"}, {"organisation_value_too_long", 3, "name"}}},
		"wrong field counts": {organisationHeader + "RRK,Barking, Havering,icb,,,,,,\nRRJ,x\n" + good, []place{{"organisation_fields_wrong", 2, ""}, {"organisation_fields_wrong", 3, ""}}},
		"quotes, with row numbers that count line breaks and blank lines": {
			organisationHeader + "RRJ,\"two\nlines\",icb,,,,,,\n\n" + "RRL,\"a\" b,icb,,,,,,\nRRM,a \"b\",icb,,,,,,\n" + good + ",y,icb,,,,,,\n\"RRN",
			[]place{{"organisation_quotes_unbalanced", 4, ""}, {"organisation_quotes_unbalanced", 5, ""}, {"organisation_value_missing", 7, "code"}, {"organisation_quotes_unbalanced", 8, ""}},
		},
		"trust file": {
			strings.Join([]string{
				trustRecord(26, "RR1", "FIRST", "Y60", "QHL", "19950401", ""),
				trustRecord(27, "RR2", "", "Y-0", "Q", "1995-04-01", "20260230"),
				trustRecord(24, "RR3", "THIRD", "", "", "20261031", "20261030"),
				trustRecord(27, "R 4", "FOURTH", "", "", "", ""),
				trustRecord(27, "rr3", "THIRD AGAIN", "", "", "", ""),
			}, "\r\n"),
			[]place{
				{"organisation_fields_wrong", 1, ""},
				{"organisation_date_invalid", 2, "field 11 (open date)"},
				{"organisation_date_invalid", 2, "field 12 (close date)"},
				{"organisation_value_missing", 2, "field 2 (name)"},
				{"organisation_code_invalid", 2, "field 3 (national grouping)"},
				{"organisation_code_invalid", 2, "field 4 (high level health geography)"},
				{"organisation_date_order", 3, "field 12 (close date)"},
				{"organisation_code_invalid", 4, "field 1 (code)"},
				{"organisation_code_repeated", 5, "field 1 (code)"},
			},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, findings := readOrganisations(t, c.content)
			if got := placesOf(findings); !slices.Equal(got, c.want) {
				t.Errorf("findings are %+v, want %+v", got, c.want)
			}
			for _, f := range findings {
				if f.Message == "" || f.Mend == "" || f.Severity == "" {
					t.Errorf("finding %s does not say what is wrong and what to do: %+v", f.Code, f)
				}
			}
		})
	}
}

func TestReadOrganisationsKeepsEntriesBesideAWarning(t *testing.T) {
	entries, findings := readOrganisations(t, "ward,"+organisationHeader+"W1,RRK,Good Trust,nhs_trust,,,,,,\n")
	if got := placesOf(findings); !slices.Equal(got, []place{{"organisation_column_unknown", 1, "ward"}}) {
		t.Errorf("findings are %+v", got)
	}
	wantEntries(t, entries, []domain.OrganisationEntry{{Code: "RRK", Name: "Good Trust", Kind: domain.KindTrust}})
}
