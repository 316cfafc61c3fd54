package api_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"skillstracker/api"
	"skillstracker/domain"
)

// longList is a register of a long staff list. It looks into the folders at the end of
// the rows.
type longList struct {
	*fakeData
	system, services string   // folders
	names            []string // of the files in the service's folder
	strays           int
}

func (l *longList) StaffRows(_ context.Context, _ domain.Actor, query domain.DataQuery, row func(domain.StaffRow) error) error {
	for range 60_000 {
		err := row(domain.StaffRow{
			EmployeeNumber: "00123", StaffGroup: "01", JobRole: domain.NotGiven, Band: "8a", AreaOfWork: domain.NotGiven, ContractType: domain.NotGiven,
			Team: "Synthetic team", FTE: 80_000, AsAt: query.AsAt, StartedOn: &query.AsAt,
		})
		if err != nil {
			return err
		}
	}
	entries, err := os.ReadDir(l.services)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		l.names = append(l.names, entry.Name())
	}
	strays, err := os.ReadDir(l.system)
	l.strays += len(strays)
	return err
}

// Rows about people are kept in the service's own folder only, under a name that the
// next start knows, and are gone with the answer.
func TestLongWorkbooksLeaveNothingOutsideTheFolder(t *testing.T) {
	data := &longList{system: t.TempDir()}
	t.Setenv("TMPDIR", data.system)
	s := newService(t, func(deps *api.Deps) {
		data.services = t.TempDir()
		deps.TempDir, deps.Data = data.services, data
	})
	data.fakeData = s.data
	s.get(domain.RoleHR, dataPath+"staff.xlsx").ok(http.StatusOK)
	if data.strays > 0 {
		t.Errorf("%d files are in the system's folder", data.strays)
	}
	for _, name := range data.names {
		known := slices.ContainsFunc(api.TempFilePatterns(), func(pattern string) bool {
			is, err := filepath.Match(pattern, name)
			return err == nil && is
		})
		if !known {
			t.Errorf("after a crash nobody would remove %s", name)
		}
	}
	strays, err := os.ReadDir(data.system)
	left, ours := os.ReadDir(data.services)
	if err != nil || ours != nil || len(strays) > 0 || len(left) > 0 {
		t.Errorf("%d and %d files are left, %v, %v", len(strays), len(left), err, ours)
	}
}
