package sheet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"skillstracker/domain"
)

// The columns of a file of successions. All but action are compulsory.
const (
	successionPredecessor = "predecessor"
	successionSuccessor   = "successor"
	successionEffective   = "effective_on"
	successionAction      = "action"
)

func successionColumns() []string {
	return []string{successionPredecessor, successionSuccessor, successionEffective, successionAction}
}

// ReadSuccessions reads successions of organisations from a CSV file with the columns
// predecessor, successor, effective_on and action in any order, dates as YYYY-MM-DD.
// An action is empty or remove; a removal may leave the day empty. Every fault of
// every row is found, up to domain.FindingLimit of them; while there is an error among
// the findings no succession is returned. Whether the codes are held is for the
// register to say. The error is as that of ReadOrganisations.
func ReadSuccessions(ctx context.Context, r io.Reader) ([]domain.Succession, *domain.Findings, error) {
	file := &successionFile{faults: newSuccessionFaults()}
	if err := file.read(ctx, newOrganisationRecords(r)); err != nil {
		if _, ours := errors.AsType[*domain.Error](err); ours {
			return nil, nil, err
		}
		return nil, nil, fmt.Errorf("read file of successions: %w", err)
	}
	if file.faults.found.Errors() > 0 {
		return nil, file.faults.found, nil
	}
	return file.successions, file.faults.found, nil
}

type successionFile struct {
	faults      organisationFaults
	places      map[string]int // nil until the header row
	width       int
	rows        int
	successions []domain.Succession
}

func (f *successionFile) read(ctx context.Context, records *organisationRecords) error {
	foreign, err := records.begin()
	if err != nil {
		return err
	}
	if foreign != "" {
		f.faults.add(findingSuccessionFile, 0, "", "The file is "+foreign+", not CSV in UTF-8.")
		return nil
	}
	for turn := 0; ; turn++ {
		if turn%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if f.faults.found.Errors() >= domain.FindingLimit {
			f.faults.add(findingSuccessionMany, 0, "", "")
			return nil
		}
		record, row, fault, err := records.next()
		switch {
		case errors.Is(err, io.EOF):
			if f.rows == 0 && f.faults.found.Errors() == 0 {
				f.faults.add(findingSuccessionEmpty, 0, "", "")
			}
			return nil
		case err != nil:
			return err
		case fault:
			f.rows++
			f.faults.add(findingSuccessionQuotes, row, "", "")
		case organisationRecordBlank(record):
		case f.places == nil:
			if !f.header(record, row) {
				return nil
			}
		default:
			f.rows++
			f.row(record, row)
		}
	}
}

// header finds the columns, and says whether the rows below can be understood.
func (f *successionFile) header(record []string, row int) bool {
	f.places, f.width = make(map[string]int), len(record)
	for place, heading := range record {
		column, known := "", false
		for _, name := range successionColumns() {
			if lettersAndDigits(heading) == lettersAndDigits(name) {
				column, known = name, true
			}
		}
		_, twice := f.places[column]
		switch label := placeLabel(CSV, place); {
		case !known && strings.TrimSpace(heading) == "":
		case !known:
			f.faults.add(findingSuccessionUnknown, row, label, "")
		case twice:
			f.faults.add(findingSuccessionTwice, row, label, "")
		default:
			f.places[column] = place
		}
	}
	if len(f.places) == 0 {
		f.faults.add(findingSuccessionHeader, row, "", "")
		return false
	}
	for _, name := range successionColumns() {
		if _, present := f.places[name]; !present && name != successionAction {
			f.faults.add(findingSuccessionMissing, row, name, "")
		}
	}
	return true
}

func (f *successionFile) row(record []string, row int) {
	if len(record) != f.width {
		f.faults.add(findingSuccessionFields, row, "", fmt.Sprintf("The row has %d fields where %d are expected.", len(record), f.width))
		return
	}
	cell := func(column string) (string, bool) {
		place, present := f.places[column]
		if !present {
			return "", false
		}
		return strings.Join(strings.Fields(record[place]), " "), true
	}
	code := func(column string) string {
		text, present := cell(column)
		text = strings.ToUpper(text)
		switch {
		case present && text == "":
			f.faults.add(findingSuccessionValue, row, column, "")
		case present && !domain.ValidODSCode(text):
			f.faults.add(findingSuccessionCode, row, column, "")
		}
		return text
	}
	s := domain.Succession{Row: row, Predecessor: code(successionPredecessor), Successor: code(successionSuccessor)}
	action, _ := cell(successionAction)
	switch {
	case action == "":
	case strings.EqualFold(action, actionRemove):
		s.Action = domain.ActionRemove
	default:
		f.faults.add(findingSuccessionAction, row, successionAction, "")
	}
	text, present := cell(successionEffective)
	day, err := time.Parse(time.DateOnly, text)
	switch {
	case text == "" && present && s.Action == domain.ActionStore:
		f.faults.add(findingSuccessionValue, row, successionEffective, "")
	case text == "":
	case err != nil || day.Year() < domain.SuccessionFirstYear || day.Year() > domain.SuccessionLastYear:
		f.faults.add(findingSuccessionDate, row, successionEffective, "")
	default:
		s.EffectiveOn = domain.DateOf(day)
	}
	f.successions = append(f.successions, s)
}
