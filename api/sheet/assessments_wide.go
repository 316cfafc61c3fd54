package sheet

import "skillstracker/domain"

// wideBinder reads assessments in wide form: a row for each assessment, a column
// for each competence.
type wideBinder struct {
	assessmentReader
	levels []levelColumn // in the framework's order of competences, as the next
	needs  []levelColumn // none when the file has no need column
	rows   []domain.AssessmentRow
}

func newWideBinder(t *table, reader assessmentReader) *wideBinder {
	competences := reader.framework.Competences
	b := &wideBinder{assessmentReader: reader, levels: make([]levelColumn, len(competences))}
	needs := make([]levelColumn, len(competences))
	for i, c := range competences {
		b.levels[i] = levelColumn{column: t.column(c.Code), highest: c.MaxLevel}
		needs[i] = levelColumn{column: t.column(c.Code + needSuffix), highest: c.MaxLevel}
		if needs[i].present() {
			b.needs = needs
		}
	}
	return b
}

// competences counts the competences that the file has a column for.
func (b *wideBinder) competences() int {
	count := 0
	for i := range b.levels {
		if b.levels[i].present() {
			count++
		}
	}
	return count
}

func (b *wideBinder) bind(r *rowReader) {
	row := b.row(r)
	if row.Action == domain.ActionStore {
		row.Levels = b.answers(r, b.levels)
		row.Needs = b.answers(r, b.needs)
		if !domain.AnswersAny(row.Needs) {
			b.slab.giveBack(row.Needs)
			row.Needs = nil
		}
	}
	b.rows = append(b.rows, row)
}

// answers reads the levels or needs of a row. A competence without a column is
// not assessed.
func (b *wideBinder) answers(r *rowReader, columns []levelColumn) []domain.Level {
	if len(columns) == 0 {
		return nil
	}
	answers := b.slab.take(len(columns))
	for i := range columns {
		answers[i] = b.scale.read(r, &columns[i])
	}
	return answers
}

func (b *wideBinder) finish(file *domain.UploadFile) { file.Assessments = b.file(b.rows) }
