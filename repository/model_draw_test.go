package repository_test

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"slices"

	"skillstracker/domain"
)

// drawing draws files for one organisation. With dates, staff lists state dates of
// their own, several assignments and contracts, which the model does not read.
type drawing struct {
	random       *rand.Rand
	organisation string
	version      domain.FrameworkVersion
	other        domain.FrameworkVersion // of which there are targets alone
	dates        bool
	drawn        int
}

// one says yes once in n times.
func (d *drawing) one(n int) bool { return d.random.IntN(n) == 0 }

func among[T any](d *drawing, from ...T) T { return from[d.random.IntN(len(from))] }

// file draws a file; list is what is in force.
func (d *drawing) file(list []said) domain.UploadFile {
	d.drawn++
	var file domain.UploadFile
	_, held := play(list)
	kind := d.random.IntN(25)
	switch {
	case kind == 0 && len(list) > 0:
		file = d.again(list[d.random.IntN(len(list))].file)
	case kind < 7:
		file = d.staff(list)
	case kind < 11:
		file = d.answers(held)
	case kind < 16:
		file = d.cells(held)
	case kind < 20:
		file = d.posts(held)
	default:
		file = d.aims(held)
	}
	file.Counts.RowsRead = len(file.Staff) + len(file.Assessments.Rows) + len(file.Vacancies) + len(file.Positions) + len(file.Targets)
	if file.Counts.RowsRead == 0 {
		return d.file(list)
	}
	// The bytes are those of no other file.
	file.SHA256 = sha256.Sum256([]byte(fmt.Sprint(d.organisation, d.drawn)))
	if !file.Complete && d.one(2) {
		file.Mode = domain.ModeValidRows
	}
	for row := range file.Counts.RowsRead {
		if file.Mode == domain.ModeValidRows && d.one(3) || d.one(40) {
			file.Faults.Add(domain.FindingBandUnknown, domain.Cell{Row: row + 2}, "")
		}
	}
	return file
}

// again is a file that has been sent before.
func (d *drawing) again(file domain.UploadFile) domain.UploadFile {
	if slices.ContainsFunc(file.Staff, func(r domain.StaffRow) bool { return r.Action == domain.ActionRemove }) {
		return d.staff(nil)
	}
	sent := newFile(file.Kind, d.organisation, 0)
	sent.AsAt, sent.Complete, sent.CreateMissingStaff = file.AsAt, file.Complete, file.CreateMissingStaff
	sent.Staff, sent.Vacancies = slices.Clone(file.Staff), slices.Clone(file.Vacancies)
	sent.Positions, sent.Targets = slices.Clone(file.Positions), slices.Clone(file.Targets)
	sent.Assessments = file.Assessments
	sent.Assessments.Rows = slices.Clone(file.Assessments.Rows)
	return sent
}

func (d *drawing) staff(list []said) domain.UploadFile {
	asAt := modelDay(1 + d.random.IntN(modelDays))
	var rows []domain.StaffRow
	for n := range among(d, 1, 2, 5) {
		number := fmt.Sprint("P", n)
		switch {
		case d.one(2):
		case d.one(8) && (d.dates || saidOnce(list, number, asAt)):
			rows = append(rows, nurse(number, removed))
		default:
			row := nurse(number, inBand(among(d, "5", "6")), ofFTE(among[domain.FTE](d, 50_000, 100_000)))
			if d.dates {
				rows = append(rows, d.dated(row, asAt)...)
			} else {
				rows = append(rows, row)
			}
		}
	}
	return people(d.organisation, asAt, d.one(2), rows...)
}

// saidOnce says whether just one list of the day, which is not complete, names the
// person. Only then does the model know what is left when that is removed.
func saidOnce(list []said, number string, asAt domain.Date) bool {
	times := 0
	for i := range list {
		if list[i].kind != domain.UploadStaff || list[i].asAt != asAt {
			continue
		}
		if list[i].complete {
			return false
		}
		if _, named := list[i].people[number]; named || slices.Contains(list[i].leave, number) {
			times++
		}
	}
	return times == 1
}

// dated gives a row dates of its own, a contract and sometimes a second assignment.
func (d *drawing) dated(row domain.StaffRow, asAt domain.Date) []domain.StaffRow {
	// Few days, so that lists state the same dates again.
	if d.one(3) {
		row.StartedOn = datePointer(min(asAt, among(d, modelDay(0), modelDay(5), asAt)))
	}
	if d.one(3) {
		row.LeftOn = datePointer(among(d, modelDay(3), modelDay(7), asAt+1))
		if row.StartedOn != nil {
			row.LeftOn = datePointer(max(*row.LeftOn, *row.StartedOn))
		}
	}
	if d.one(6) {
		row.ContractType = among(d, "01", "02")
	}
	rows := []domain.StaffRow{row}
	if d.one(6) {
		rows = append(rows, row)
	}
	return rows
}

func (d *drawing) answers(held *world) domain.UploadFile {
	file := newFile(domain.UploadAssessments, d.organisation, 0)
	file.Assessments.Framework, file.CreateMissingStaff = d.version, d.one(2)
	for n := range 5 {
		for _, on := range []domain.Date{modelDay(2), modelDay(6)} {
			for _, kind := range []domain.AssessorKind{domain.AssessorSelf, domain.AssessorManager} {
				key := answerKey{fmt.Sprint("P", n), on, kind}
				row := assessed(key.number, key.on, levels(among[domain.Level](d, 0, 1, na), 1, no, 2, na, 3), by(key.kind))
				if d.one(2) {
					row.Needs = levels(no, among[domain.Level](d, 1, no), 2, no, no, no)
				}
				switch {
				case !d.one(4):
					continue
				case held.answers[key] != "" && d.one(3):
					withdrawn(&row)
				}
				row.Row, row.FileRows = len(file.Assessments.Rows)+2, 1
				file.Assessments.Rows = append(file.Assessments.Rows, row)
			}
		}
	}
	return file
}

func (d *drawing) cells(held *world) domain.UploadFile {
	var rows []domain.VacancyRow
	whole := d.one(2)
	for _, month := range []domain.Date{date(2026, 1, 31), date(2026, 2, 28)} {
		for _, group := range []string{"03", "08"} {
			if d.one(2) {
				continue
			}
			for _, band := range []string{"5", "6", "7"} {
				row := cell(month, group, band, establishment(among[int64](d, 5, 6), 5))
				row.Key.JobRole, row.Key.AreaOfWork = domain.NotGiven, domain.NotGiven
				_, known := held.cells[row.Key]
				switch {
				case known && d.one(6):
					row = withdrawnCell(month, group, band)
				case known && !whole && !d.one(10), d.one(2):
				default:
					continue
				}
				if d.one(8) {
					row.Measures.Reported = domain.Measure{State: domain.DontKnow}
				}
				rows = append(rows, row)
			}
		}
	}
	file := vacancies(d.organisation, rows...)
	file.Complete = whole
	return file
}

// stored is what an upload said, without the rows that were left out, as the model
// reads it.
func stored(upload domain.Upload, file domain.UploadFile) said {
	left := make(map[int]bool)
	for _, f := range file.Faults.List() {
		if f.Row > 0 && f.Severity == domain.SeverityError || f.Code == domain.FindingRowLeftAside {
			left[f.Row] = true
		}
	}
	u := said{
		id: upload.ID, kind: upload.Kind, complete: upload.Complete, counts: upload.Counts, file: file, left: left,
		people: make(map[string]place), answers: make(map[answerKey]answer), cells: make(map[domain.VacancyKey]domain.VacancyMeasures),
	}
	if file.AsAt != nil {
		u.asAt = *file.AsAt
	}
	for _, row := range file.Staff {
		switch {
		case left[row.Row]:
			continue
		case row.Action == domain.ActionRemove:
			u.leave = append(u.leave, row.EmployeeNumber)
		default:
			u.people[row.EmployeeNumber] = place{row.Band, row.FTE}
		}
	}
	for _, row := range file.Assessments.Rows {
		key := answerKey{row.EmployeeNumber, row.AssessedOn, row.AssessorKind}
		switch {
		case left[row.Row]:
			continue
		case row.Action == domain.ActionRemove:
			u.drop = append(u.drop, key)
		default:
			u.answers[key] = answerOf(row)
		}
	}
	for _, row := range file.Vacancies {
		switch {
		case left[row.Row]:
			continue
		case row.Action == domain.ActionRemove:
			u.drop = append(u.drop, row.Key)
		default:
			u.cells[row.Key] = row.Measures
		}
	}
	u.readRecords(file, left)
	return u
}

func answerOf(row domain.AssessmentRow) answer {
	return answer(fmt.Sprint(row.Levels, row.Needs, row.StaffGroup, row.JobRole, row.Band, row.Team))
}
