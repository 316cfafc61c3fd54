package repository_test

import (
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"slices"
	"testing"
	"time"

	"skillstracker/domain"
	"skillstracker/repository"
	"skillstracker/repository/pgtest"
)

// register is one test's register with three synthetic organisations.
type register struct {
	database pgtest.Database
	*repository.Store
	lists domain.Lists
	admin *sql.DB // a superuser's pool, to look behind the application's back
}

func date(year, month, day int) domain.Date { return domain.NewDate(year, time.Month(month), day) }

func datePointer(d domain.Date) *domain.Date { return &d }

// newRegister holds RXA and RXB in one ICB and RXC in another of the same region;
// all are made up.
func newRegister(t *testing.T, options ...func(*repository.Config)) register {
	t.Helper()
	database := pgtest.New(t)
	r := register{database: database, Store: database.Store(t, options...), admin: database.Admin(t)}
	_, err := r.ImportOrganisations(t.Context(), admin(), domain.OrganisationImport{
		Edition: date(2025, 1, 1),
		Entries: []domain.OrganisationEntry{
			{Code: "RXA", Name: "Trust A (synthetic)", Kind: domain.KindTrust, Sector: "Acute", Region: "Y60", ICB: "QHL", Synthetic: true},
			{Code: "RXB", Name: "Trust B (synthetic)", Kind: domain.KindTrust, Sector: "Community", Region: "Y60", ICB: "QHL", Synthetic: true},
			{Code: "RXC", Name: "Trust C (synthetic)", Kind: domain.KindTrust, Sector: "Acute", Region: "Y60", ICB: "QUA", Synthetic: true},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if r.lists, err = r.Lists(t.Context()); err != nil {
		t.Fatal(err)
	}
	return r
}

func admin() domain.Actor {
	return domain.Actor{ID: "admin", Role: domain.RoleAdmin, RequestID: "test"}
}

func hr(organisations ...string) domain.Actor {
	slices.Sort(organisations)
	return domain.Actor{ID: "hr", Role: domain.RoleHR, Organisations: organisations, RequestID: "test"}
}

func (r register) framework(t *testing.T, code, version string) domain.FrameworkVersion {
	t.Helper()
	f, ok := r.lists.Framework(code, version)
	if !ok {
		t.Fatalf("framework %s %s is not published", code, version)
	}
	return f
}

// newFile is a file of which every call makes another one: the bytes of no two are
// the same.
func newFile(kind domain.UploadKind, organisation string, rows int) domain.UploadFile {
	return domain.UploadFile{
		Upload: domain.Upload{
			Organisation: organisation, Kind: kind, Format: "csv", Bytes: 1, SHA256: sha256.Sum256([]byte(rand.Text())),
			Counts: domain.UploadCounts{RowsRead: rows},
		},
		Faults: domain.NewFindings(),
	}
}

// again is a file with other bytes and the same rows, with which nothing was found yet.
func again(file domain.UploadFile) domain.UploadFile {
	file.SHA256, file.Faults = sha256.Sum256([]byte(rand.Text())), domain.NewFindings()
	return file
}

// staffList is n people numbered from 1, nurses in band 5 and, every third, clerks in band 3.
func staffList(organisation string, asAt domain.Date, n int) domain.UploadFile {
	file := newFile(domain.UploadStaff, organisation, n)
	file.AsAt = &asAt
	for i := range n {
		row := domain.StaffRow{
			Row: i + 2, EmployeeNumber: number(i + 1), StaffGroup: "03", JobRole: domain.NotGiven, Band: "5",
			AreaOfWork: domain.NotGiven, ContractType: domain.NotGiven, FTE: domain.FTEUnit, AsAt: asAt,
		}
		if i%3 == 2 {
			row.StaffGroup, row.Band = "08", "3"
		}
		file.Staff = append(file.Staff, row)
	}
	return file
}

func number(i int) string { return fmt.Sprintf("S%05d", i) }

// assessments is one self-assessment for each of n people, all six levels being level.
func (r register) assessments(t *testing.T, organisation string, on domain.Date, n int, level domain.Level) domain.UploadFile {
	t.Helper()
	file := newFile(domain.UploadAssessments, organisation, n)
	file.Assessments.Framework = r.framework(t, "hdc", "2018")
	for i := range n {
		row := domain.AssessmentRow{
			Row: i + 2, EmployeeNumber: number(i + 1), AssessedOn: on, AssessorKind: domain.AssessorSelf,
			StaffGroup: domain.NotGiven, JobRole: domain.NotGiven, Band: domain.NotGiven,
		}
		for range 6 {
			row.Levels = append(row.Levels, level)
		}
		file.Assessments.Rows = append(file.Assessments.Rows, row)
	}
	return file
}

func known(value int64) domain.Measure { return domain.Measure{State: domain.Known, Value: value} }

func fte(whole int64) domain.Measure { return known(whole * int64(domain.FTEUnit)) }

func vacancies(organisation string, rows ...domain.VacancyRow) domain.UploadFile {
	file := newFile(domain.UploadVacancies, organisation, len(rows))
	for i := range rows {
		rows[i].Row = i + 2
		for _, part := range []*string{&rows[i].Key.JobRole, &rows[i].Key.Band, &rows[i].Key.AreaOfWork} {
			if *part == "" {
				*part = domain.NotGiven
			}
		}
	}
	file.Vacancies = rows
	return file
}

// store sends a file and fails the test unless it is applied.
func (r register) store(t *testing.T, file domain.UploadFile) domain.Upload {
	t.Helper()
	upload, err := r.StoreUpload(t.Context(), hr(file.Organisation), file)
	if err != nil {
		t.Fatal(err)
	}
	if upload.State != domain.UploadApplied {
		t.Fatalf("upload is %s: %+v", upload.State, upload.Findings)
	}
	return upload
}
