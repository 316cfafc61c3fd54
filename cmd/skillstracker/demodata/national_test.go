package demodata_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"skillstracker/cmd/skillstracker/demodata"
	"skillstracker/domain"
)

func smallNation() demodata.National {
	return demodata.National{Seed: 7, Today: today(), Trusts: 12, Staff: 3000, Months: 15}
}

// nationalLists are as many of the reference lists as the generator looks at.
func nationalLists() domain.Lists {
	framework := domain.FrameworkVersion{ID: 1, Framework: "hdc", Version: "2018"}
	for _, code := range []string{"CCP", "TLS", "IDM", "CIS", "TEC", "DIW"} {
		framework.Competences = append(framework.Competences, domain.Competence{Code: code, Domain: code, MaxLevel: 4})
	}
	return domain.Lists{
		Frameworks:  []domain.FrameworkVersion{framework},
		AreasOfWork: []domain.AreaOfWork{{Code: "A001", Primary: "Corporate", Secondary: "Informatics", Tertiary: "Informatics", Digital: true}},
	}
}

func nationalTrusts(t *testing.T, n demodata.National) []demodata.NationalTrust {
	t.Helper()
	trusts, err := n.MakeTrusts([]domain.Organisation{{Code: "QHL", Region: "Y60"}, {Code: "QUA", Region: "Y56"}})
	if err != nil {
		t.Fatal(err)
	}
	return trusts
}

func nationalFiles(t *testing.T, trust demodata.NationalTrust) []demodata.NationalFile {
	t.Helper()
	files, err := trust.Files(nationalLists())
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestTheTrustsOfTheNationAddUp(t *testing.T) {
	t.Parallel()
	n := smallNation()
	staff, sectors, codes := 0, make(map[string]int), make(map[string]bool)
	for i, trust := range nationalTrusts(t, n) {
		staff += trust.Staff
		sectors[trust.Entry.Sector]++
		codes[trust.Entry.Code] = true
		if !domain.ValidODSCode(trust.Entry.Code) || !trust.Entry.Synthetic || trust.Entry.ICB != []string{"QHL", "QUA"}[i%2] {
			t.Errorf("trust %d is %+v", i, trust.Entry)
		}
	}
	if staff != n.Staff || len(codes) != n.Trusts || !codes[demodata.FirstTrust] || len(sectors) < 3 {
		t.Errorf("%d staff of %d trusts in the sectors %v", staff, len(codes), sectors)
	}
	for _, wrong := range []demodata.National{
		{Trusts: 0, Staff: 100, Months: 1},
		{Trusts: 1000, Staff: 1_000_000, Months: 1},
		{Trusts: 10, Staff: 10, Months: 1},
		{Trusts: 1, Staff: 100_000, Months: 1},
		{Trusts: 1, Staff: 100, Months: 0},
	} {
		if err := wrong.Check(); err == nil {
			t.Errorf("%+v is no error", wrong)
		}
	}
	if _, err := n.MakeTrusts(nil); err == nil {
		t.Error("trusts are made without an ICB")
	}
	if err := demodata.WholeNation(today()).Check(); err != nil {
		t.Error(err)
	}
}

func TestTheSameNationIsMadeAgain(t *testing.T) {
	t.Parallel()
	n := smallNation()
	trust := nationalTrusts(t, n)[10]
	first, second := nationalFiles(t, trust), nationalFiles(t, trust)
	ignored := cmpopts.IgnoreFields(domain.UploadFile{}, "Faults")
	if diff := cmp.Diff(first, second, ignored); diff != "" {
		t.Errorf("the second time differs:\n%s", diff)
	}
	n.Seed++
	if other := nationalFiles(t, nationalTrusts(t, n)[10]); cmp.Equal(first, other, ignored) {
		t.Error("another seed makes the same")
	}
}

// Every file holds what its name says, and everybody who is assessed is on a list.
func TestTheFilesOfATrustFitTogether(t *testing.T) {
	t.Parallel()
	n := smallNation()
	dates := n.Dates()
	for _, trust := range nationalTrusts(t, n)[:6] {
		kinds, names := make(map[domain.UploadKind]int), make(map[string]bool)
		listed, months := make(map[string]bool), make(map[domain.Date]bool)
		for _, file := range nationalFiles(t, trust) {
			kinds[file.Kind]++
			names[fmt.Sprintf("%s %x", file.Name, file.SHA256)] = true
			if rows := len(file.Staff) + len(file.Assessments.Rows) + len(file.Vacancies) + len(file.Positions) + len(file.Targets); rows == 0 || rows != file.Counts.RowsRead {
				t.Errorf("%s of %s has %d rows and says %d", file.Name, trust.Entry.Code, rows, file.Counts.RowsRead)
			}
			for _, row := range file.Staff {
				listed[row.EmployeeNumber] = true
				if *row.StartedOn > row.AsAt || row.LeftOn != nil && (*row.LeftOn < *row.StartedOn || *row.LeftOn >= dates.LastList) {
					t.Errorf("%s works from %s to %s on %s", row.EmployeeNumber, row.StartedOn, row.LeftOn, row.AsAt)
				}
			}
			for _, row := range file.Assessments.Rows {
				if !listed[row.EmployeeNumber] || row.AssessedOn <= dates.FirstList || row.AssessedOn >= dates.LastList || len(row.Levels) != 6 {
					t.Errorf("%s assesses %+v", file.Name, row)
				}
			}
			for _, row := range file.Vacancies {
				months[row.Key.Month] = true
			}
			for _, row := range file.Positions {
				if row.OpenedOn > dates.LastList || row.ClosedOn != nil && (*row.ClosedOn < row.OpenedOn || *row.ClosedOn > dates.LastList) || row.Posts < 1 || row.FTE < 1 {
					t.Errorf("%+v", row)
				}
			}
		}
		want := map[domain.UploadKind]int{domain.UploadStaff: 2, domain.UploadAssessments: 3, domain.UploadVacancies: 2, domain.UploadPositions: 1}
		if trust.Entry.Code == demodata.FirstTrust {
			want[domain.UploadTargets] = 1
		}
		if diff := cmp.Diff(want, kinds); diff != "" || len(months) != n.Months || !months[dates.LastList] {
			t.Errorf("%s reports on %d months, kinds of files (-want +got):\n%s", trust.Entry.Code, len(months), diff)
		}
		if files := want[domain.UploadTargets] + 8; len(names) != files {
			t.Errorf("%d of %d files have names and digests of their own", len(names), files)
		}
	}
	if targets := n.Targets(nationalLists().Frameworks[0]).Targets; len(targets) != 24 ||
		!slices.ContainsFunc(targets, func(r domain.TargetRow) bool { return r.Key.StaffGroup == "08" && *r.Level == 3 }) {
		t.Errorf("the nation's targets are %+v", targets)
	}
}
