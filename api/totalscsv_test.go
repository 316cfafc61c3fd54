package api_test

import (
	"encoding/csv"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"skillstracker/api"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// table reads a CSV answer as a list of rows by column.
func (a answer) table() (header []string, rows []map[string]string) {
	a.Helper()
	if strings.Count(a.body, "\n") != strings.Count(a.body, "\r\n") || !strings.HasSuffix(a.body, "\r\n") {
		a.Errorf("lines do not end in CRLF: %q", a.body)
	}
	records, err := csv.NewReader(strings.NewReader(a.body)).ReadAll()
	if err != nil {
		a.Fatalf("read csv: %v", err)
	}
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, cell := range record {
			row[records[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return records[0], rows
}

func TestVacancyCSV(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.totals.vacancies = func(domain.TotalsFilter) ([]domain.VacancyTotal, error) {
		return []domain.VacancyTotal{
			vacancyRow(domain.Group{Organisation: "RRK", Name: "=cmd|' /C calc'!A0", Band: "8a", Digital: "yes"}, 4713),
			vacancyRow(domain.Group{Organisation: "RYG", Name: "Trust, \"the\" first", Band: domain.NotGiven, Digital: "no"}, 3),
		}, nil
	}
	header, rows := s.get(domain.RolePlanner, vacanciesPath+".csv?group_by=organisation,band").ok(http.StatusOK).table()
	want := map[string]string{
		"month": "2026-10-31", "organisation": "RRK", "organisation_name": "'=cmd|' /C calc'!A0", "band": "8a", "band_name": "Band 8a",
		"region": "", "digital": "", "cells": "3", "budgeted_fte": "120.5", "budgeted_fte_status": "", "agency_fte": "", "agency_fte_status": "x",
		"establishment_vacancy_rate": "0.25", "staff_headcount": strconv.Itoa(disclosure.Default().Count(4713).Value), "staff_headcount_status": "", "synthetic": "false",
		"disclosure_rule": disclosure.Default().Name(), "organisations_expected": "2",
	}
	for column, value := range want {
		if got, found := rows[0][column]; !found || got != value {
			t.Errorf("%s: got %q, want %q", column, got, value)
		}
	}
	if second := rows[1]; second["staff_headcount"] != "" || second["staff_headcount_status"] != "c" || second["band"] != "" || second["organisation_name"] != `Trust, "the" first` {
		t.Errorf("second row: %v", second)
	}
	s.totals.vacancies = nil
	got := s.get(domain.RolePlanner, vacanciesPath+".csv").ok(http.StatusOK)
	emptyHeader, none := got.table()
	if len(none) > 0 || strings.Join(emptyHeader, ",") != strings.Join(header, ",") {
		t.Errorf("columns depend on the rows: %v", emptyHeader)
	}
	_, parameters, err := mime.ParseMediaType(got.header.Get("Content-Disposition"))
	if err != nil || parameters["filename"] != "vacancy-totals-2026-10.csv" {
		t.Errorf("file name %v (%v)", parameters, err)
	}
}

func TestSkillsCSV(t *testing.T) {
	t.Parallel()
	s := newService(t, func(deps *api.Deps) { deps.Synthetic = true })
	s.totals.skills = func(filter domain.TotalsFilter) ([]domain.SkillsTotal, error) {
		if !filter.Has(domain.ByCompetence) {
			return []domain.SkillsTotal{skillsRow(domain.Group{}, 43, 38)}, nil
		}
		return []domain.SkillsTotal{skillsRow(domain.Group{Competence: "TEC"}, 43, 38, 13, 12, 10, 3)}, nil
	}
	got := s.get(domain.RolePlanner, skillsPath+".csv?group_by=competence").ok(http.StatusOK)
	header, rows := got.table()
	for column, value := range map[string]string{
		"month": "2026-10-31", "framework": "hdc", "framework_version": "2018", "competence": "TEC", "competence_name": "Technical proficiency",
		"staff_in_post": "45", "assessed": "45", "answered": "45", "level_0_people": "15", "level_0_people_status": "",
		"level_3_people": "", "level_3_people_status": "c", "level_4_people": "", "level_4_people_status": "z",
		"newest_assessment": "2026-09-30", "newest_assessment_status": "", "synthetic": "true",
	} {
		if got, found := rows[0][column]; !found || got != value {
			t.Errorf("%s: got %q, want %q", column, got, value)
		}
	}
	if !strings.Contains(got.header.Get("Content-Disposition"), "digital-literacy-totals-2026-10-synthetic.csv") {
		t.Errorf("file name %s", got.header.Get("Content-Disposition"))
	}
	same, rows := s.get(domain.RolePlanner, skillsPath+".csv").ok(http.StatusOK).table()
	if strings.Join(same, ",") != strings.Join(header, ",") || rows[0]["answered_status"] != "z" || rows[0]["level_0_people_status"] != "z" || rows[0]["mean_level_status"] != "z" {
		t.Errorf("without competences: %v %v", same, rows[0])
	}
}
