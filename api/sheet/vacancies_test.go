package sheet_test

import (
	"strings"
	"testing"

	"skillstracker/domain"
)

func known(value int64) domain.Measure { return domain.Measure{State: domain.Known, Value: value} }

func TestMeasures(t *testing.T) {
	dontKnow := domain.Measure{State: domain.DontKnow}
	tests := []struct {
		column, value string
		socialCare    bool
		want          domain.Measure
		found         string
	}{
		{"budgeted_fte", "1234.5", false, known(123_450_000), ""},
		{"budgeted_fte", "", false, domain.Measure{}, ""},
		{"budgeted_fte", "0", false, known(0), ""},
		{"budgeted_fte", "None", false, known(0), ""},
		{"budgeted_fte", "nil", false, known(0), ""},
		{"budgeted_fte", "Don’t know", false, dontKnow, ""},
		{"budgeted_fte", "DONT KNOW", false, dontKnow, ""},
		{"budgeted_fte", "not known", false, dontKnow, ""},
		{"budgeted_fte", "999", true, known(99_900_000), ""},
		{"budgeted_fte", "-1", false, domain.Measure{}, "number_negative"},
		{"budgeted_fte", "1e9", false, domain.Measure{}, "number_invalid"},
		{"budgeted_fte", "10000000", false, domain.Measure{}, "number_too_large"},
		{"budgeted_fte", "1,234.50", false, domain.Measure{}, "number_invalid"},
		{"budgeted_fte", "n/a", false, domain.Measure{}, "number_invalid"},
		{"budgeted_fte", "#DIV/0!", false, domain.Measure{}, "cell_error"},
		{"reported_vacancies", "12", false, known(12), ""},
		{"reported_vacancies", "12.0", false, known(12), ""},
		{"reported_vacancies", "999", false, known(999), ""},
		{"reported_vacancies", "999", true, dontKnow, ""},
		{"advertised_posts", "999", true, dontKnow, ""},
		{"staff_headcount", "999", true, known(999), ""},
		{"reported_vacancies", "Don't know", true, dontKnow, ""},
		{"reported_vacancies", "1.5", false, domain.Measure{}, "number_not_whole"},
		{"reported_vacancies", ".0", false, known(0), ""},
		{"reported_vacancies", "-3", false, domain.Measure{}, "number_negative"},
		{"reported_vacancies", "2147483649", false, domain.Measure{}, "number_too_large"},
		{"reported_vacancies", "99999999999999999999", false, domain.Measure{}, "number_too_large"},
		{"reported_vacancies", "many", false, domain.Measure{}, "number_invalid"},
	}
	for _, test := range tests {
		t.Run(test.column+" "+test.value, func(t *testing.T) {
			opts := options(t, domain.UploadVacancies)
			opts.SocialCare = test.socialCare
			file := parseBytes(t, []byte("as_at,staff_group,"+test.column+"\n2026-10-31,08,\""+test.value+"\"\n"), opts)
			var want []string
			if test.found != "" {
				want = append(want, test.found+" 2 "+test.column)
			}
			wantFound(t, file, want...)
			m := file.Vacancies[0].Measures
			got := map[string]domain.Measure{
				"budgeted_fte": m.Budgeted, "reported_vacancies": m.Reported, "advertised_posts": m.Advertised, "staff_headcount": m.Headcount,
			}[test.column]
			if got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestVacancyMonths(t *testing.T) {
	tests := []struct{ value, want, found string }{
		{"2026-10-31", "2026-10-31", ""},
		{"31/10/2026", "2026-10-31", ""},
		{"31-Oct-2026", "2026-10-31", ""},
		{"2026-10", "2026-10-31", ""},
		{"Oct 2026", "2026-10-31", ""},
		{"october-2026", "2026-10-31", ""},
		{"Sept 2026", "2026-09-30", ""},
		{"Feb 2024", "2024-02-29", ""},
		{"2026-10-30", "", "date_not_month_end"},
		{"01/10/2026", "", "date_not_month_end"},
		{"2026-11-30", "", "date_future"},
		{"Nov 2026", "", "date_future"},
		{"2026-13", "", "date_invalid"},
		{"Smarch 2026", "", "date_invalid"},
		{"31/10/26", "", "date_two_digit_year"},
		{"10/31/2026", "", "date_month_first"},
		{"", "", "value_missing"},
	}
	for _, test := range tests {
		t.Run(test.value, func(t *testing.T) {
			file := parseText(t, domain.UploadVacancies, "Month,staff_group,budgeted_fte", test.value+",08,1")
			var want []string
			switch test.found {
			case "":
			case "date_month_first":
				want = []string{"date_month_first 0 Month"}
			default:
				want = []string{test.found + " 2 Month"}
			}
			wantFound(t, file, want...)
			got := ""
			if month := file.Vacancies[0].Key.Month; month != 0 {
				got = month.String()
			}
			if got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestMonthsTypedIntoWorkbooks(t *testing.T) {
	file := parseBytes(t, workbook(t, "Data",
		[]any{"as_at", "staff_group", "budgeted_fte"},
		[]any{onDay(t, "2026-10-31").Time(), "08", 1.5},
		[]any{onDay(t, "2026-10-01").Time(), "08", "None"}), options(t, domain.UploadVacancies))
	wantFound(t, file, "date_not_month_end 3 as_at")
	if message := file.Faults.List()[0].Message; !strings.Contains(message, "month typed alone") {
		t.Errorf("the finding does not explain: %s", message)
	}
}

func TestVacancyRow(t *testing.T) {
	file := parseText(t, domain.UploadVacancies,
		"Month end,Staff group,Job role,Band,Area of work,Establishment,Staff in post WTE,Bank,Agency WTE,Current vacancies,Adverts,Headcount,Action",
		"2026-10-31,08,Analyst,7,Informatics,10.5,8,0.25,None,Don't know,3,9,",
		"2026-10-31,08,08014,7,Informatics,x,x,x,x,x,x,x,remove",
		"2026-10-31,03,,,,,,,,,,,")
	wantFound(t, file)
	want := domain.VacancyRow{
		Row: 2,
		Key: domain.VacancyKey{Month: onDay(t, "2026-10-31"), StaffGroup: "08", JobRole: "08014", Band: "7", AreaOfWork: "A326"},
		Measures: domain.VacancyMeasures{
			Budgeted: known(1_050_000), Contracted: known(800_000), Bank: known(25_000), Agency: known(0),
			Reported: domain.Measure{State: domain.DontKnow}, Advertised: known(3), Headcount: known(9),
		},
	}
	if file.Vacancies[0] != want {
		t.Errorf("got %+v, want %+v", file.Vacancies[0], want)
	}
	removed := domain.VacancyRow{Row: 3, Key: want.Key, Action: domain.ActionRemove}
	if file.Vacancies[1] != removed {
		t.Errorf("got %+v, want %+v", file.Vacancies[1], removed)
	}
	bare := domain.VacancyRow{Row: 4, Key: domain.VacancyKey{Month: want.Key.Month, StaffGroup: "03", JobRole: "-", Band: "-", AreaOfWork: "-"}}
	if file.Vacancies[2] != bare {
		t.Errorf("got %+v, want %+v", file.Vacancies[2], bare)
	}
}

func TestVacancyFaults(t *testing.T) {
	file := parseText(t, domain.UploadVacancies, "as_at,staff_group,job_role_code,band,area_of_work,budgeted_fte,Vacancies",
		"2026-10-31,,03007,9a,Coding,x,4")
	wantFound(t, file, "column_unknown 0 Vacancies", "value_missing 2 staff_group", "band_unknown 2 band",
		"area_of_work_ambiguous 2 area_of_work", "number_invalid 2 budgeted_fte")
}

func TestUnusualFiguresAreWarnedOf(t *testing.T) {
	tests := []struct {
		columns, values string
		found           []string
	}{
		{"budgeted_fte,reported_vacancies,advertised_posts", "5,5,5", nil},
		{"budgeted_fte,reported_vacancies,advertised_posts", "5,6,6", []string{"reported_above_budget 2 reported_vacancies", "advertised_above_budget 2 advertised_posts"}},
		{"budgeted_fte,reported_vacancies,advertised_posts", "0.6,1,1", nil},
		{"budgeted_fte,reported_vacancies,advertised_posts", "Don't know,9,9", nil},
		{"budgeted_fte,reported_vacancies,advertised_posts", "None,1,Don't know", []string{"reported_above_budget 2 reported_vacancies"}},
		{"budgeted_fte,bank_fte,agency_fte", "5,2.5,2.5", nil},
		{"budgeted_fte,bank_fte,agency_fte", "5,2.5,2.50001", []string{"temporary_above_budget 2 budgeted_fte"}},
		{"budgeted_fte,bank_fte,agency_fte", "5,,5.1", []string{"temporary_above_budget 2 budgeted_fte"}},
		{"budgeted_fte,bank_fte,agency_fte", "0,1,1", nil},
		{"contracted_fte,staff_headcount", "3,2", nil},
		{"contracted_fte,staff_headcount", "3.00001,2", []string{"fte_above_headcount 2 contracted_fte"}},
		{"contracted_fte,staff_headcount", "3.1,", nil},
		{"contracted_fte,staff_headcount", "0,0", nil},
	}
	for _, test := range tests {
		t.Run(test.columns+" "+test.values, func(t *testing.T) {
			wantFound(t, parseText(t, domain.UploadVacancies, "as_at,staff_group,"+test.columns, "2026-10-31,08,"+test.values), test.found...)
		})
	}
	wantFound(t, parseText(t, domain.UploadVacancies, "as_at,staff_group,bank_fte", "2016-11-30,08,1", "2016-10-31,08,1"), "return_old 3 as_at")
}
