package report

import (
	"cmp"
	"fmt"
	"slices"

	"skillstracker/domain"
)

// CoverageLine says what an organisation of an area has sent.
type CoverageLine struct {
	Code, Name, Sector string
	ICB, ICBName       string
	Region, RegionName string
	// Reported says that a vacancy return is held for the month of the report, Expected
	// that one is due.
	Reported, Expected bool
	// Last holds the days on which files of each kind were last received.
	Last map[domain.UploadKind]domain.Date
}

// status says what became of the vacancy return of the month.
func (l CoverageLine) status() string {
	_, sent := l.Last[domain.UploadVacancies]
	switch {
	case l.Reported:
		return "Reported"
	case !sent:
		return "Never"
	case l.Expected:
		return "Late"
	}
	return "Not expected"
}

// labels returns the code, the name, the sector and the places of the organisation as
// cells.
func (l CoverageLine) labels() []value {
	return slices.Concat([]value{textValue(l.Code), nameOr(l.Name, l.Code), nameOr(l.Sector, "Not recorded")},
		placeCells(l.ICB, l.ICBName), placeCells(l.Region, l.RegionName))
}

// coverageSheet lists the organisations of the reader's scope with what they have sent.
func (in RollupInput) coverageSheet() (*sheet, error) {
	s := &sheet{
		name:  "Coverage",
		about: "Which organisations have sent their returns, and when",
		title: in.sheetTitle("Coverage: what organisations have sent"),
		table: "rollup_coverage",
		lines: append(in.scope(), in.ofScope(), fmt.Sprintf("The status is that of the vacancy return for %s.", in.AsAt.MonthLabel())),
		columns: slices.Concat(
			[]column{{header: "ODS code", kind: kindCode}, {header: "Organisation", kind: kindText}, {header: "Sector", kind: kindText}},
			icbColumns(), regionColumns(),
			[]column{
				{header: "Status", kind: kindText, notes: []note{noteReturn}},
				{header: "Last vacancy return received on", kind: kindDay, notes: []note{noteLastReceived}},
				{header: "Last staff list received on", kind: kindDay, notes: []note{noteLastReceived}},
				{header: "Last assessments received on", kind: kindDay, notes: []note{noteLastReceived}},
			}),
		aboutFiles: true,
	}
	lines := slices.Clone(in.Coverage)
	slices.SortFunc(lines, func(a, b CoverageLine) int {
		return cmp.Or(cmp.Compare(a.Region, b.Region), cmp.Compare(a.ICB, b.ICB), cmp.Compare(a.Code, b.Code))
	})
	for _, line := range lines {
		cells := append(line.labels(), textValue(line.status()))
		for _, kind := range []domain.UploadKind{domain.UploadVacancies, domain.UploadStaff, domain.UploadAssessments} {
			if day, sent := line.Last[kind]; sent {
				cells = append(cells, dateValue(day))
			} else {
				cells = append(cells, absent(domain.StatusNotApplicable))
			}
		}
		s.rows = append(s.rows, cells)
	}
	return s, nil
}
