package sheet

import (
	"slices"

	"skillstracker/domain"
)

// longBinder reads assessments in long form: a row for each competence. The rows
// of one employee number, date and assessor kind are one record, wherever in the
// file they are.
type longBinder struct {
	assessmentReader
	competence  column
	level, need levelColumn
	competences *competenceFinder
	places      map[string]int // of a competence in the framework's order, by its code

	records []longRecord
	index   map[longKey]int // places in records
	loose   []looseRow      // rows whose key could not be read whole
}

// looseRow is a row of which a part of the key could not be read.
type looseRow struct {
	longKey
	number int
}

// longKey names a record. A part that could not be read is its zero value.
type longKey struct {
	employeeNumber string
	assessedOn     domain.Date
	assessorKind   domain.AssessorKind
}

func newLongBinder(t *table, reader assessmentReader, published []domain.FrameworkVersion) *longBinder {
	b := &longBinder{
		assessmentReader: reader,
		competence:       t.column(fieldCompetence),
		level:            levelColumn{column: t.column(fieldLevel)},
		need:             levelColumn{column: t.column(fieldNeed)},
		competences:      newCompetenceFinder(reader.framework, competencesOf(published)),
		places:           make(map[string]int, len(reader.framework.Competences)),
		index:            make(map[longKey]int),
	}
	for i, c := range reader.framework.Competences {
		b.places[c.Code] = i
	}
	return b
}

func (b *longBinder) bind(r *rowReader) {
	row := b.row(r)
	place, level, need := -1, domain.NotAssessed, domain.NotAssessed
	if row.Action == domain.ActionStore {
		place, level, need = b.answer(r)
	}
	key := longKey{row.EmployeeNumber, row.AssessedOn, row.AssessorKind}
	if key.employeeNumber == "" || key.assessedOn == 0 || key.assessorKind == "" {
		b.loose = append(b.loose, looseRow{key, r.number})
		return
	}
	record := b.record(key, row)
	record.join(r, b, &row, place, level, need)
	record.bad = record.bad || r.faults.BadRow(r.number)
}

// record returns the record of a key; the first row of it makes it.
func (b *longBinder) record(key longKey, row domain.AssessmentRow) *longRecord {
	at, known := b.index[key]
	if !known {
		at = len(b.records)
		b.index[key] = at
		row.FileRows = 0
		row.StaffGroup, row.JobRole, row.Band, row.Team = domain.NotGiven, domain.NotGiven, domain.NotGiven, ""
		record := longRecord{row: row}
		if row.Action == domain.ActionStore {
			record.open(b)
		}
		b.records = append(b.records, record)
	}
	return &b.records[at]
}

// answer reads the competence of a row and what is said of it. The place is -1 for
// a competence that could not be read; its level is read all the same, so that its
// faults are found too.
func (b *longBinder) answer(r *rowReader) (place int, level, need domain.Level) {
	place = b.competencePlace(r)
	highest := b.framework.MaxLevel()
	if place >= 0 {
		highest = b.framework.Competences[place].MaxLevel
	}
	b.level.highest, b.need.highest = highest, highest
	return place, b.scale.read(r, &b.level), b.scale.read(r, &b.need)
}

// competencePlace reads the competence of a row.
func (b *longBinder) competencePlace(r *rowReader) int {
	cell, valued := r.required(b.competence)
	if !valued {
		return -1
	}
	code := b.competences.read(r, b.competence, cell)
	if code == "" {
		return -1
	}
	return b.places[code]
}

// finish puts the whole records into the file. A record of which a row has an
// error is left out, and its other rows with it.
func (b *longBinder) finish(file *domain.UploadFile) {
	b.spoilLoose()
	rows := make([]domain.AssessmentRow, 0, len(b.records))
	duplicates := 0
	var spoilt []domain.SpoiltRows
	for _, loose := range b.loose {
		spoilt = append(spoilt, domain.SpoiltRows{EmployeeNumber: loose.employeeNumber, Rows: []int{loose.number}})
	}
	for i := range b.records {
		record := &b.records[i]
		if !record.bad && record.row.Action == domain.ActionStore && !domain.AnswersAny(record.row.Levels) {
			record.bad = true
			file.Faults.Add(domain.FindingLevelsMissing, domain.Cell{Sheet: b.sheet, Row: record.row.Row}, "")
		}
		if record.bad {
			record.leaveAside(file.Faults)
			spoilt = append(spoilt, domain.SpoiltRows{
				EmployeeNumber: record.row.EmployeeNumber, Rows: slices.Sorted(slices.Values(slices.Concat(record.rows, record.repeated))),
			})
			continue
		}
		if !domain.AnswersAny(record.row.Needs) {
			record.row.Needs = nil
		}
		record.row.FileRows = len(record.rows)
		duplicates += len(record.repeated)
		rows = append(rows, record.row)
	}
	file.Assessments = b.file(rows)
	file.Assessments.Duplicates, file.Assessments.Spoilt = duplicates, spoilt
}

// spoilLoose marks the records to which rows may belong whose date or assessor
// kind could not be read: such a record could be stored without one of its rows.
func (b *longBinder) spoilLoose() {
	if len(b.loose) == 0 {
		return
	}
	ofPerson := make(map[string][]longKey)
	for _, loose := range b.loose {
		if loose.employeeNumber != "" {
			ofPerson[loose.employeeNumber] = append(ofPerson[loose.employeeNumber], loose.longKey)
		}
	}
	for key, at := range b.index {
		for _, loose := range ofPerson[key.employeeNumber] {
			if (loose.assessedOn == 0 || loose.assessedOn == key.assessedOn) && (loose.assessorKind == "" || loose.assessorKind == key.assessorKind) {
				b.records[at].bad = true
			}
		}
	}
}
