package sheet

import (
	"context"
	"errors"
	"fmt"
	"io"

	"skillstracker/domain"
)

// OrganisationFileLimit is the greatest size of a file of organisations, in bytes.
const OrganisationFileLimit = 32 << 20

// organisationFieldLimit is the greatest number of fields of its first row.
const organisationFieldLimit = 256

// ReadOrganisations reads one edition of organisations from a CSV file in either
// of two forms, told apart by the first record:
//
//   - the ODS trust file: 24 or 27 fields without a header row, dates as CCYYMMDD
//     (domain.md 3.2). Every row is an NHS trust; its sector is left empty, and
//     its name, which the file has in capitals, is written as managers write it;
//   - a file with a header row of the columns code, name, kind, sector, region,
//     icb, opened_on, closed_on, cqc_id, parent and synthetic, in any order, dates as
//     YYYY-MM-DD. Only sector, cqc_id, parent and synthetic may be left out: without
//     one of the others the edition would seem to say that no organisation has such a
//     value. Codes of social care must have a shape of their kind (domain.md 3.1).
//
// The region and ICB codes W00 and Q99, which stand for Wales, mean none. Every
// fault of every row is found, up to domain.FindingLimit of them: such a file is not
// read further. While there is an error among the findings no entry is returned, so
// that an edition is imported whole or not at all. The error is a domain.Error of
// kind too large for a file beyond OrganisationFileLimit, or else the wrapped error
// of r or of ctx.
func ReadOrganisations(ctx context.Context, r io.Reader) ([]domain.OrganisationEntry, *domain.Findings, error) {
	file := &organisationFile{
		faults: newOrganisationFaults(),
		rowOf:  make(map[string]int),
	}
	if err := file.read(ctx, newOrganisationRecords(r)); err != nil {
		if _, ours := errors.AsType[*domain.Error](err); ours {
			return nil, nil, err
		}
		return nil, nil, fmt.Errorf("read file of organisations: %w", err)
	}
	if file.faults.found.Errors() > 0 {
		return nil, file.faults.found, nil
	}
	return file.entries, file.faults.found, nil
}

// organisationFile gathers what one file says, and what is wrong with it.
type organisationFile struct {
	layout  organisationLayout
	faults  organisationFaults
	entries []domain.OrganisationEntry
	rowOf   map[string]int // row in which each code was first seen
	rows    int            // rows with a value below the header
}

// read goes through the records until the end of the file. It stops early only
// where nothing after the fault could be understood, or where more faults would
// help nobody.
func (f *organisationFile) read(ctx context.Context, records *organisationRecords) error {
	foreign, err := records.begin()
	if err != nil {
		return err
	}
	if foreign != "" {
		f.faults.add(findingOrganisationFile, 0, "", "The file is "+foreign+", not CSV in UTF-8.")
		return nil
	}
	for turn := 0; ; turn++ {
		if turn%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if f.faults.found.Errors() >= domain.FindingLimit {
			f.faults.add(findingOrganisationMany, 0, "", "")
			return nil
		}
		record, row, fault, err := records.next()
		switch {
		case errors.Is(err, io.EOF):
			if f.rows == 0 && f.faults.found.Errors() == 0 {
				f.faults.add(findingOrganisationEmpty, 0, "", "")
			}
			return nil
		case err != nil:
			return err
		case fault:
			f.rows++
			f.faults.add(findingOrganisationQuotes, row, "", "")
		case organisationRecordBlank(record):
		case f.layout.known():
			f.rows++
			f.readRow(record, row)
		default:
			if !f.begin(record, row) {
				return nil
			}
		}
	}
}

// begin decides the layout by the first record, and says whether it could.
func (f *organisationFile) begin(record []string, row int) bool {
	if len(record) > organisationFieldLimit {
		f.faults.add(findingOrganisationHeader, row, "", fmt.Sprintf("The first row has more than %d fields.", organisationFieldLimit))
		return false
	}
	if isOrganisationHeader(record) {
		f.layout = f.headedLayout(record, row)
		return true
	}
	if looksLikeTrustRecord(record) {
		f.layout = trustFileLayout()
		f.rows++
		f.readRow(record, row)
		return true
	}
	f.faults.add(findingOrganisationHeader, row, "", "")
	return false
}
