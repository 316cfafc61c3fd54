package demodata

import "skillstracker/domain"

// staffLists makes the two staff lists: the position at the first month end, and
// the complete one of the last, on which those who have left carry their last day.
func (w *workforce) staffLists() ([]File, error) {
	first := table{header: staffHeader()}
	last := table{header: staffHeader()}
	for _, p := range w.people {
		if p.started <= w.dates.FirstList {
			earlier := p
			earlier.fte, earlier.left = p.earlierFTE, domain.Forever
			first.rows = append(first.rows, staffRows(earlier, w.dates.FirstList)...)
		}
		last.rows = append(last.rows, staffRows(p, w.dates.LastList)...)
	}
	format := formatCSV
	if w.organisation.Code == Showcase {
		format = formatXLSX
	}
	older, err := first.file(w.organisation.Code, domain.UploadStaff, "staff-"+w.dates.FirstList.String(), formatCSV)
	if err != nil {
		return nil, err
	}
	newer, err := last.file(w.organisation.Code, domain.UploadStaff, "staff-"+w.dates.LastList.String(), format)
	if err != nil {
		return nil, err
	}
	newer.Complete = true
	return []File{older, newer}, nil
}

func staffHeader() []string {
	return []string{
		"employee_number", "staff_group", "job_role_code", "band", "area_of_work", "team",
		"fte", "contract_type", "as_at", "started_on", "left_on",
	}
}

// staffRows writes one person's assignments, the one that gives the attributes first.
func staffRows(p person, asAt domain.Date) [][]any {
	row := func(contract string, fte domain.FTE) []any {
		left := any(nil)
		if p.left < domain.Forever {
			left = p.left
		}
		return []any{
			p.number, p.post.staffGroup, p.post.jobRole, p.post.band, p.post.areaOfWork, p.team,
			fte, contract, asAt, p.started, left,
		}
	}
	rows := [][]any{row(p.contract, p.fte)}
	if p.bankToo {
		rows = append(rows, row(contractBank, 20_000))
	}
	return rows
}
