package api_test

import (
	"archive/zip"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"skillstracker/domain"
)

// Of figures that a purge made smaller it is said, of others it is not. An assessment
// counts for twelve months, so figures of a year after those days leave some out, too.
func TestPurgedFiguresSayThatTheyAre(t *testing.T) {
	t.Parallel()
	s := newService(t)
	horizon := &domain.PurgeHorizon{AssessedBefore: domain.NewDate(2020, time.June, 1), LeftBefore: domain.NewDate(2020, time.March, 1)}
	for target, want := range map[string]string{
		"/digital-literacy/totals?as_at=2021-05-31": "before 2021-06-01 leave out what was purged",
		"/digital-literacy/totals?as_at=2021-06-30": "",
		"/workforce/totals?as_at=2020-05-31":        "before 2020-03-01 leave out what was purged",
		"/workforce/totals?as_at=2021-04-30":        "",
		"/workforce/totals?as_at=2026-01-31":        "",
		"/vacancies/totals?as_at=2019-01-31":        "",
	} {
		for purged, says := range map[*domain.PurgeHorizon]string{nil: "", horizon: want} {
			s.totals.purged = purged
			got := s.get(domain.RolePlanner, "/api/v1"+target).ok(http.StatusOK)
			if notes := got.notesOf(); strings.Contains(notes, "purged") != (says != "") || !strings.Contains(notes, says) {
				t.Errorf("%s, purged %v: the notes are %q, want %q", target, purged != nil, notes, says)
			}
		}
	}
}

// A report says it above every table, on its cover and in the metadata of its CSVs.
func TestReportsOfPurgedFiguresSayThatTheyAre(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.totals.skills, s.totals.vacancies = sampleSkills, sampleVacancies
	horizon := &domain.PurgeHorizon{AssessedBefore: domain.NewDate(2020, time.June, 1), LeftBefore: domain.NewDate(2020, time.March, 1)}
	for target, want := range map[string]bool{
		"digital-literacy.xlsx?organisation=RRK&as_at=2022-04-30": true, // from May 2021 on
		"digital-literacy.xlsx?organisation=RRK&as_at=2022-06-30": false,
		"digital-literacy.zip?organisation=RRK&as_at=2022-04-30":  true,
		"digital-literacy.zip?organisation=RRK&as_at=2022-06-30":  false,
		"rollup.xlsx?as_at=2021-04-30":                            true,
		"people.xlsx?organisation=RRK&as_at=2021-04-30":           true,
		"people.xlsx?organisation=RRK&as_at=2021-06-30":           false,
		"vacancies.xlsx?organisation=RRK&as_at=2019-01-31":        false,
	} {
		for purged, says := range map[*domain.PurgeHorizon]bool{nil: false, horizon: want} {
			s.totals.purged = purged
			got := s.get(domain.RoleHR, "/api/v1/reports/"+target).ok(http.StatusOK)
			ends := []string{".xml"}
			if strings.Contains(target, ".zip") {
				ends = []string{"readme.txt", ".csv-metadata.json"}
			}
			const sentence = "Figures about days before 2021-06-01 leave out what was purged"
			for _, end := range ends {
				if strings.Contains(zipped(t, got.body, end), sentence) != says {
					t.Errorf("%s, purged %v: that %s says %q is %t, want %t", target, purged != nil, end, sentence, !says, says)
				}
			}
		}
	}
}

// zipped returns what is in the files of an archive whose names end so.
func zipped(t *testing.T, archive, end string) string {
	t.Helper()
	files, err := zip.NewReader(strings.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, file := range files.File {
		if !strings.HasSuffix(file.Name, end) {
			continue
		}
		content, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&text, io.LimitReader(content, 1<<24)); err != nil {
			t.Fatal(err)
		}
		_ = content.Close()
	}
	if text.Len() == 0 {
		t.Errorf("the archive holds no %s", end)
	}
	return text.String()
}
