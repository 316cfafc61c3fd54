package sheet_test

import (
	"strings"
	"testing"
	"unicode"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// loose leaves of a heading what is compared, written otherwise than the package does it.
func loose(heading string) string {
	heading = strings.ReplaceAll(strings.ToLower(heading), "&", "and")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' {
			return r
		}
		return -1
	}, heading)
}

func TestNoHeadingMeansTwoColumns(t *testing.T) {
	lists := realLists(t)
	for _, kind := range allKinds() {
		frameworks := []domain.FrameworkVersion{{}}
		if kind == domain.UploadAssessments {
			frameworks = lists.Frameworks
		}
		for _, framework := range frameworks {
			meaning := make(map[string]string)
			columns := append(sheet.Columns(kind), sheet.CompetenceColumns(framework)...)
			if kind == domain.UploadAssessments {
				columns = append(columns, sheet.LongColumns()...)
			}
			for _, column := range columns {
				if column.Description == "" || column.Example == "" || !strings.HasSuffix(column.Description, ".") {
					t.Errorf("%s: %s is not described", kind, column.Name)
				}
				for _, heading := range append([]string{column.Name}, column.Synonyms...) {
					key := loose(heading)
					if other, known := meaning[key]; known {
						t.Errorf("%s: %q means %s and, perhaps by the same heading twice, %s", kind, heading, column.Name, other)
					}
					meaning[key] = column.Name
				}
			}
		}
	}
}

func TestEveryPublishedHeadingIsRecognised(t *testing.T) {
	lists := realLists(t)
	check := func(kind domain.UploadKind, framework domain.FrameworkVersion, columns []sheet.Column) {
		for _, column := range columns {
			for _, heading := range append([]string{column.Name}, column.Synonyms...) {
				for _, written := range []string{heading, strings.ToUpper(heading), strings.ReplaceAll(heading, " ", "_"), " " + heading + "*\n"} {
					opts := options(t, kind)
					opts.Framework, opts.FrameworkVersion = framework.Framework, framework.Version
					file := parseBytes(t, []byte("action,\""+written+"\"\nremove,x\n"), opts)
					if got := file.Mapping[1].Field; got != column.Name {
						t.Errorf("%s: %q means %q, want %q", kind, written, got, column.Name)
					}
				}
			}
		}
	}
	for _, kind := range []domain.UploadKind{domain.UploadStaff, domain.UploadVacancies, domain.UploadPositions, domain.UploadTargets} {
		for _, column := range sheet.Columns(kind) {
			if column.Name != "action" {
				check(kind, domain.FrameworkVersion{}, []sheet.Column{column})
			}
		}
	}
	for _, framework := range lists.Frameworks {
		check(domain.UploadAssessments, framework, sheet.CompetenceColumns(framework))
	}
}

func TestHeadingsOfTheLongForm(t *testing.T) {
	long := sheet.LongColumns()
	for i, column := range long {
		for _, heading := range append([]string{column.Name}, column.Synonyms...) {
			names := []string{"employee_number", "assessed_on"}
			for j := range long {
				if j == i {
					names = append(names, strings.ToUpper(heading)+" ")
				} else {
					names = append(names, long[j].Name)
				}
			}
			file := parseText(t, domain.UploadAssessments, strings.Join(names, ","), "E1,2026-10-31,CCP,1,2")
			wantFound(t, file)
			if got := file.Mapping[2+i].Field; got != column.Name {
				t.Errorf("%q means %q, want %q", heading, got, column.Name)
			}
		}
	}
}

func TestHeadingsThatAreNoColumn(t *testing.T) {
	for _, heading := range []string{"Assignment number", "Employee category", "Job title", "Occupation code", "Role", "Team leader", "Department", "Vacancy", "Hours"} {
		file := parseText(t, domain.UploadStaff, "employee_number,staff_group,fte,"+heading, "E1,08,1,123-2")
		wantFound(t, file, "column_unknown 0 "+heading)
	}
	wantFound(t, parseText(t, domain.UploadVacancies, "as_at,staff_group,bank_fte,Vacancies", "2026-10-31,08,1,3"), "column_unknown 0 Vacancies")
}

func TestAnUnknownKindHasNoColumns(t *testing.T) {
	if got := sheet.Columns("posts"); got != nil {
		t.Errorf("got %v", got)
	}
}
