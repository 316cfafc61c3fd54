package domain

import "context"

// ExportKind says what the rows of a bulk export are.
type ExportKind string

// The kinds of bulk export. Staff and assessments are about people; of vacancies there
// are the cells of the returns, with the people in post or without them, and sums over
// job roles and areas of work (DESIGN 6).
const (
	ExportStaff       ExportKind = "staff"
	ExportAssessments ExportKind = "assessments"
	ExportCells       ExportKind = "vacancies"
	ExportPosts       ExportKind = "vacancy_posts"
	ExportSums        ExportKind = "vacancy_sums"
)

// ExportType is the type of the values of a column of an export.
type ExportType int

// The types of a column.
const (
	ExportText   ExportType = iota
	ExportCode              // a text that may look like a number, such as 01
	ExportDay               // as 2026-10-31
	ExportNumber            // a decimal, as 0.8
	ExportLevels            // a level for each competence of the framework, in its order
)

// ExportColumn is a column of an export. Unit is empty for what has none.
type ExportColumn struct {
	Name string
	Type ExportType
	Unit string
}

// ExportColumns returns the columns of a kind of export in their order. The names are
// those of uploads (DESIGN 4); a column of levels stands for one of each competence.
func ExportColumns(kind ExportKind) []ExportColumn {
	organisation := ExportColumn{Name: "organisation", Type: ExportCode}
	posts := []ExportColumn{
		{Name: "job_role_code", Type: ExportCode}, {Name: "band", Type: ExportCode}, {Name: "area_of_work", Type: ExportCode},
	}
	fte := []ExportColumn{
		{Name: "budgeted_fte", Type: ExportNumber, Unit: "FTE"},
		{Name: "contracted_fte", Type: ExportNumber, Unit: "FTE"},
		{Name: "bank_fte", Type: ExportNumber, Unit: "FTE"},
		{Name: "agency_fte", Type: ExportNumber, Unit: "FTE"},
		{Name: "reported_vacancies", Type: ExportNumber, Unit: "posts"},
		{Name: "advertised_posts", Type: ExportNumber, Unit: "posts"},
	}
	month := []ExportColumn{organisation, {Name: "as_at", Type: ExportDay}, {Name: "staff_group", Type: ExportCode}}
	switch kind {
	case ExportStaff:
		return []ExportColumn{
			organisation,
			{Name: "employee_number", Type: ExportCode},
			{Name: "staff_group", Type: ExportCode},
			posts[0], posts[1], posts[2],
			{Name: "team"},
			{Name: "fte", Type: ExportNumber, Unit: "FTE"},
			{Name: "contract_type", Type: ExportCode},
			{Name: "started_on", Type: ExportDay},
			{Name: "left_on", Type: ExportDay},
		}
	case ExportAssessments:
		return []ExportColumn{
			organisation,
			{Name: "employee_number", Type: ExportCode},
			{Name: "assessed_on", Type: ExportDay},
			{Name: "assessor_kind"},
			{Name: "staff_group", Type: ExportCode},
			posts[0], posts[1],
			{Name: "team"},
			{Name: "level", Type: ExportLevels, Unit: "level"},
			{Name: "need", Type: ExportLevels, Unit: "level"},
		}
	case ExportCells:
		return append(append(append(month, posts...), fte...), ExportColumn{Name: "staff_headcount", Type: ExportNumber, Unit: "people"})
	case ExportPosts:
		return append(append(month, posts...), fte...)
	case ExportSums:
		columns := append(append(month, posts[1]), fte[:2]...)
		columns = append(columns, ExportColumn{Name: "vacancy_fte", Type: ExportNumber, Unit: "FTE"}, ExportColumn{Name: "vacancy_fte_gross", Type: ExportNumber, Unit: "FTE"})
		return append(columns, fte[2:]...)
	}
	return nil
}

// ExportQuery says which rows are exported: those of the organisations, of a day
// (staff) or of dates of assessment or month ends from From to To, which may be nil.
type ExportQuery struct {
	Kind          ExportKind
	Organisations []string // ODS codes, in the order of the rows
	AsAt          Date
	From, To      *Date
	Framework     FrameworkVersion // of assessments
}

// Exporter hands out rows in bulk.
type Exporter interface {
	// Export hands out the rows of what the register now holds, in the order of the
	// organisations and, within each, of the keys; staff are those in post on the day, as
	// totals count them. A value is the text of a column of ExportColumns, nil where
	// nothing is held, and is valid until row returns. An error of row ends the
	// export and is returned as it is. Organisations outside the actor's scope are not
	// found.
	Export(ctx context.Context, actor Actor, query ExportQuery, row func(values [][]byte) error) error
}
