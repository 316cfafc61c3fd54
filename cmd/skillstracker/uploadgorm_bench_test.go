package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/logger"
)

// This is an upload as a program with GORM and no more would do it: read and check
// the file, look up the staff members at once, in batches of 1,000 find out which
// assessments are held already and what differs, write change, assessments (as an
// upsert), the compressed file and an audit row, all in one transaction. It has no
// HTTP and no row-level security, and finds no more than the first fault.

type gormStaffMember struct {
	ID             int64
	EmployeeNumber string
}

func (gormStaffMember) TableName() string { return "staff_member" }

type gormChange struct {
	ID           int64 `gorm:"default:(-)"`
	Number       int64
	MadeAt       time.Time
	Kind         string
	Organisation string
	Actor        string
}

func (gormChange) TableName() string { return "bench_change" }

type gormAssessment struct {
	Organisation     string
	StaffID          int64
	FrameworkVersion int16
	AssessedOn       time.Time
	AssessorKind     string
	Levels           string
	Needs            *string
	StaffGroup       string
	JobRole          string
	Band             string
	Team             string
	AddedBy          int64
	EndedBy          *int64
}

func (gormAssessment) TableName() string { return "bench_gorm" }

type gormFile struct {
	Organisation string
	Content      []byte
}

func (gormFile) TableName() string { return "bench_file" }

type gormAuditEvent struct {
	Organisation string
	Actor        string
	Role         string
	Operation    string
	RequestID    string
	Outcome      string
}

func (gormAuditEvent) TableName() string { return "bench_audit" }

func (u *uploadBench) createWithGORM(b *testing.B, day string) time.Duration {
	b.Helper()
	content := u.file(day, false)
	framework, change := u.framework(b), u.change(b)
	db, err := gorm.Open(postgres.Open(u.database), &gorm.Config{Logger: logger.Discard})
	if err != nil {
		b.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	err = db.WithContext(b.Context()).Transaction(func(tx *gorm.DB) error {
		var staff []gormStaffMember
		if err := tx.Where("organisation = ?", "A9ZZ").Find(&staff).Error; err != nil {
			return err
		}
		ids := make(map[string]int64, len(staff))
		for _, member := range staff {
			ids[member.EmployeeNumber] = member.ID
		}
		rows, err := gormRows(content, ids)
		if err != nil {
			return err
		}
		made := gormChange{Number: time.Now().UnixNano(), MadeAt: time.Now(), Kind: "upload", Organisation: "A9ZZ", Actor: "synthetic"}
		if err := tx.Create(&made).Error; err != nil {
			return err
		}
		for i := range rows {
			rows[i].FrameworkVersion, rows[i].AddedBy = framework, change
		}
		if _, err := gormNew(tx, rows); err != nil {
			return err
		}
		upsert := clause.OnConflict{
			Columns:     []clause.Column{{Name: "organisation"}, {Name: "staff_id"}, {Name: "framework_version"}, {Name: "assessed_on"}, {Name: "assessor_kind"}},
			TargetWhere: clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "ended_by IS NULL"}}},
			DoUpdates:   clause.AssignmentColumns([]string{"levels", "needs"}),
		}
		if err := tx.Clauses(upsert).CreateInBatches(rows, 1000).Error; err != nil {
			return err
		}
		kept, err := gormKept(content)
		if err != nil {
			return err
		}
		if err := tx.Create(&kept).Error; err != nil {
			return err
		}
		return tx.Create(&gormAuditEvent{Organisation: "A9ZZ", Actor: "synthetic", Role: "hr", Operation: "createUpload", RequestID: "synthetic", Outcome: "done"}).Error
	})
	took := time.Since(began)
	if err := errors.Join(err, pool.Close()); err != nil {
		b.Fatal(err)
	}
	var stored int
	if err := u.db.QueryRowContext(b.Context(), `SELECT count(*) FROM bench_gorm WHERE assessed_on = CAST($1 AS date)`, day).Scan(&stored); err != nil || stored != benchPeople {
		b.Fatalf("%d rows are stored: %v", stored, err)
	}
	return took
}

// gormNew counts the rows that are not held yet, or with other levels.
func gormNew(tx *gorm.DB, rows []gormAssessment) (int, error) {
	differing := 0
	for batch := range slices.Chunk(rows, 1000) {
		staff := make([]int64, len(batch))
		for i, row := range batch {
			staff[i] = row.StaffID
		}
		var held []gormAssessment
		err := tx.Where("organisation = ? AND staff_id IN ? AND assessed_on = ? AND ended_by IS NULL", "A9ZZ", staff, batch[0].AssessedOn).Find(&held).Error
		if err != nil {
			return 0, err
		}
		known := make(map[int64]gormAssessment, len(held))
		for _, row := range held {
			known[row.StaffID] = row
		}
		for _, row := range batch {
			if before, found := known[row.StaffID]; !found || before.Levels != row.Levels {
				differing++
			}
		}
	}
	return differing, nil
}

// gormKept is the file as it is kept for a while.
func gormKept(content []byte) (gormFile, error) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write(content)
	err = errors.Join(err, w.Close())
	return gormFile{Organisation: "A9ZZ", Content: out.Bytes()}, err
}

// gormRows reads and checks the rows of a file.
func gormRows(content []byte, ids map[string]int64) ([]gormAssessment, error) {
	reader := csv.NewReader(bytes.NewReader(content))
	if _, err := reader.Read(); err != nil {
		return nil, err
	}
	var rows []gormAssessment
	seen := make(map[string]bool)
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		id, known := ids[record[0]]
		day, err := time.Parse(time.DateOnly, record[1])
		key := strings.Join(record[:3], "|")
		if !known || err != nil || day.After(time.Now()) || record[2] != "self" || seen[key] {
			return nil, fmt.Errorf("row %d has a fault", len(rows)+2)
		}
		seen[key] = true
		for _, cell := range record[3:] {
			if level, err := strconv.Atoi(cell); err != nil || level < 0 || level > 4 {
				return nil, fmt.Errorf("row %d has a level that is not on the scale", len(rows)+2)
			}
		}
		rows = append(rows, gormAssessment{
			Organisation: "A9ZZ", StaffID: id, AssessedOn: day, AssessorKind: record[2], Levels: "{" + strings.Join(record[3:], ",") + "}",
			StaffGroup: "-", JobRole: "-", Band: "-",
		})
	}
}
