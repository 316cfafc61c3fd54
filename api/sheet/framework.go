package sheet

import (
	"errors"
	"fmt"
	"strings"

	"skillstracker/domain"
)

// The sheets of a workbook that holds a framework version. Others are not read.
const (
	sheetFramework   = "Framework"
	sheetDomains     = "Domains"
	sheetCompetences = "Competences"
	sheetLevels      = "Levels"
)

// FrameworkLimits bounds a workbook that holds a framework version.
func FrameworkLimits() Limits {
	return Limits{MaxBytes: 4 << 20, MaxRows: 1000, MaxColumns: 50, MaxUnzipped: 32 << 20, MaxCellChars: 2000}
}

// FrameworkFile is a framework version as a workbook gives it. It is not checked
// beyond its cells.
type FrameworkFile struct {
	Name    string // of the framework
	Version domain.FrameworkVersion

	members map[string]int // row of each member of the version itself
	rows    map[domain.FrameworkPart][]int
}

// ReadFramework reads a framework version from the four sheets of a workbook. Each
// has its headings in the first row that holds a value: field and value; code and
// name; code, name, domain, max_level and threshold; level, name and band. Codes and
// the version are taken as they are displayed, so that 1.10 must be a text (DESIGN
// 3.3). Every fault of every cell is returned with its place; while there is one the
// file is not to be used. The error is about the reading alone.
func ReadFramework(src Source) (FrameworkFile, []domain.FieldFault, error) {
	r := frameworkReader{
		src: src, lim: FrameworkLimits(),
		file: FrameworkFile{members: map[string]int{}, rows: map[domain.FrameworkPart][]int{}},
	}
	for _, part := range []struct {
		sheet    string
		needed   []string
		optional []string
		row      func(frameworkRow)
	}{
		{sheetFramework, []string{"field", "value"}, []string{"explanation"}, r.member},
		{sheetDomains, []string{"code", "name"}, nil, r.domain},
		{sheetCompetences, []string{"code", "name", "domain", "max_level"}, []string{"threshold"}, r.competence},
		{sheetLevels, []string{"level", "name"}, []string{"band"}, r.level},
	} {
		err := r.readSheet(part.sheet, part.needed, part.optional, part.row)
		if fault, ours := errors.AsType[*FileError](err); ours {
			r.unreadable(part.sheet, fault)
			if fault.Code != CodeSheetNotFound {
				break
			}
			continue
		}
		if errors.Is(err, errFrameworkFile) {
			break
		}
		if err != nil {
			return FrameworkFile{}, nil, fmt.Errorf("read framework: %w", err)
		}
	}
	return r.file, r.faults, nil
}

// Place writes the place of a fault of the version as its sheet, row and column.
func (f FrameworkFile) Place(fault domain.FrameworkFault) domain.FieldFault {
	sheet := map[domain.FrameworkPart]string{
		domain.FrameworkItself: sheetFramework, domain.FrameworkDomains: sheetDomains,
		domain.FrameworkCompetences: sheetCompetences, domain.FrameworkLevels: sheetLevels,
	}[fault.Part]
	row, column := 0, fault.Member
	switch rows := f.rows[fault.Part]; {
	case fault.Part == domain.FrameworkItself:
		row, column = f.members[fault.Member], "value"
		if row == 0 {
			return domain.FieldFault{Field: "sheet " + sheet, Message: "field " + fault.Member + ": " + fault.Message}
		}
	case fault.Index >= 0 && fault.Index < len(rows):
		row = rows[fault.Index]
	}
	return domain.FieldFault{Field: frameworkPlace(sheet, row, column), Message: fault.Message}
}

func frameworkPlace(sheet string, row int, column string) string {
	place := "sheet " + sheet
	if row > 0 {
		place += fmt.Sprintf(", row %d", row)
	}
	if column != "" {
		place += ", column " + column
	}
	return place
}

// errFrameworkFile ends the reading of a file that is no workbook.
var errFrameworkFile = errors.New("the file is not a workbook")

type frameworkReader struct {
	src    Source
	lim    Limits
	file   FrameworkFile
	faults []domain.FieldFault
}

func (r *frameworkReader) fault(place, message string) {
	r.faults = append(r.faults, domain.FieldFault{Field: place, Message: message})
}

// unreadable records the fault of a whole workbook, or that it lacks a sheet.
func (r *frameworkReader) unreadable(sheet string, fault *FileError) {
	if fault.Code == CodeSheetNotFound {
		r.fault("sheet "+sheet, "The workbook has no sheet "+sheet+". Start from the template, which has all four sheets.")
		return
	}
	place := "file"
	if fault.Sheet != "" {
		place = frameworkPlace(fault.Sheet, fault.Row, "")
	}
	r.fault(place, fault.Message+" "+fault.Mend)
}

func (r *frameworkReader) member(row frameworkRow) {
	name := strings.ReplaceAll(strings.ToLower(row.text("field")), " ", "_")
	v := &r.file.Version
	texts := map[string]*string{
		"framework": &v.Framework, "framework_name": &r.file.Name, "version": &v.Version, "name": &v.Name,
		"scoring": (*string)(&v.Scoring), "source": &v.Source, "licence": &v.Licence,
	}
	if r.file.members[name] > 0 {
		row.fault("field", fmt.Sprintf("Row %d is about the same field. Keep the right one.", r.file.members[name]))
		return
	}
	switch text := texts[name]; {
	case text != nil:
		*text = row.text("value")
	case name == "valid_from":
		v.ValidFrom = row.date("value")
	case name == "validity_months":
		v.ValidityMonths = row.number("value")
	default:
		row.fault("field", "There is no such field. The template lists them.")
		return
	}
	r.file.members[name] = row.line
}

func (r *frameworkReader) domain(row frameworkRow) {
	r.keep(domain.FrameworkDomains, row)
	r.file.Version.Domains = append(r.file.Version.Domains, domain.CompetenceArea{Code: row.text("code"), Name: row.text("name")})
}

func (r *frameworkReader) competence(row frameworkRow) {
	r.keep(domain.FrameworkCompetences, row)
	r.file.Version.Competences = append(r.file.Version.Competences, domain.Competence{
		Code: row.text("code"), Name: row.text("name"), Domain: row.text("domain"),
		MaxLevel: domain.Level(row.number("max_level")), Threshold: domain.Level(row.number("threshold")),
	})
}

func (r *frameworkReader) level(row frameworkRow) {
	r.keep(domain.FrameworkLevels, row)
	r.file.Version.Levels = append(r.file.Version.Levels, domain.ScaleLevel{
		Level: domain.Level(row.number("level")), Name: row.text("name"), Band: row.text("band"),
	})
}

func (r *frameworkReader) keep(part domain.FrameworkPart, row frameworkRow) {
	r.file.rows[part] = append(r.file.rows[part], row.line)
}
