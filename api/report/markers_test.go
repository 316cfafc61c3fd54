package report_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"skillstracker/api/report"
	"skillstracker/domain/disclosure"
)

// What is not known of this month says nothing of the month before.
func TestLargestGapOfTheMonthBefore(t *testing.T) {
	t.Parallel()
	in := sampleDigitalLiteracy(disclosure.Default())
	overall, byCompetence := in.Overall, in.ByCompetence
	in.Overall, in.ByCompetence = nil, nil
	for _, row := range overall {
		if *row.Month != in.AsAt {
			in.Overall = append(in.Overall, row)
		}
	}
	for _, row := range byCompetence {
		if *row.Month != in.AsAt {
			in.ByCompetence = append(in.ByCompetence, row)
		}
	}
	in.ByStaffGroup, in.ByBand, in.ByTeam, in.Priorities = report.SkillsGroups{}, report.SkillsGroups{}, nil, nil
	book, err := report.DigitalLiteracy(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range book.Tables()[0].Rows {
		if !strings.HasPrefix(fmt.Sprint(row[0]), "Largest mean gap") {
			continue
		}
		if number, shown := row[2].(float64); row[1] != "[x]" || !shown || number <= 0 || row[3] != "[x]" {
			t.Errorf("got %v", row)
		}
		return
	}
	t.Error("the summary has no largest gap")
}

// The note about counts of people stands where there are files about people.
func TestNoteOnCountsOfPeople(t *testing.T) {
	t.Parallel()
	const note = "counts of people that are not rounded"
	literacy, err := report.DigitalLiteracy(sampleDigitalLiteracy(disclosure.Default()))
	if err != nil {
		t.Fatal(err)
	}
	vacancies, err := report.Vacancies(fullVacancies(disclosure.Default()))
	if err != nil {
		t.Fatal(err)
	}
	for book, want := range map[*report.Book]bool{literacy: true, vacancies: false} {
		var out bytes.Buffer
		if err := book.Write(&out, report.XLSX, report.Accessible); err != nil {
			t.Fatal(err)
		}
		told := false
		repacked(t, out.Bytes(), func(_, text string) string {
			told = told || strings.Contains(text, note)
			return text
		})
		if told != want {
			t.Errorf("the note stands there: %t, want %t", told, want)
		}
	}
}
