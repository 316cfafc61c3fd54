package api

import (
	"fmt"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// notApplicable is the status of a distribution in a row that is not about one
// competence, and of a level that is not on the competence's scale.
const notApplicable = string(domain.StatusNotApplicable)

// skillsColumns are the columns of digital-literacy totals. There are columns for
// every level of the framework's scale, whatever the rows hold.
func skillsColumns(meta spec.TotalsMeta, framework domain.FrameworkVersion) []csvColumn[spec.SkillsTotal] {
	type row = spec.SkillsTotal
	status := func(r row) spec.Status { return r.Status }
	ofCompetence := func(r row) spec.Status {
		if r.Levels == nil {
			return spec.Status{"answered": notApplicable, "mean_level": notApplicable, "median_level": notApplicable}
		}
		return r.Status
	}
	columns := []csvColumn[row]{
		constant[row]("as_at", meta.AsAt.String()),
		constant[row]("framework", framework.Framework),
		constant[row]("framework_version", framework.Version),
		textColumn("nation", func(r row) *string { return r.Nation }),
		textColumn("region", func(r row) *string { return r.Region }),
		textColumn("region_name", func(r row) *string { return r.RegionName }),
		textColumn("icb", func(r row) *string { return r.Icb }),
		textColumn("icb_name", func(r row) *string { return r.IcbName }),
		textColumn("organisation", func(r row) *string { return r.Organisation }),
		textColumn("organisation_name", func(r row) *string { return r.OrganisationName }),
		textColumn("staff_group", func(r row) *string { return r.StaffGroup }),
		textColumn("staff_group_name", func(r row) *string { return r.StaffGroupName }),
		textColumn("band", func(r row) *string { return r.Band }),
		textColumn("band_name", func(r row) *string { return r.BandName }),
		textColumn("competence", func(r row) *string { return r.Competence }),
		textColumn("competence_name", func(r row) *string { return r.CompetenceName }),
	}
	columns = append(columns, figures("staff_in_post", func(r row) *int { return r.StaffInPost }, status)...)
	columns = append(columns, figures("assessed", func(r row) *int { return r.Assessed }, status)...)
	columns = append(columns, figures("completion_rate", func(r row) *float64 { return r.CompletionRate }, status)...)
	columns = append(columns, figures("answered", func(r row) *int { return r.Answered }, ofCompetence)...)
	for level := range int(framework.MaxLevel()) + 1 {
		columns = append(columns, levelColumns(level)...)
	}
	columns = append(columns, figures("mean_level", func(r row) *float64 { return r.MeanLevel }, ofCompetence)...)
	columns = append(columns, figures("median_level", func(r row) *float64 { return r.MedianLevel }, ofCompetence)...)
	columns = append(columns, dateColumns("newest_assessment", func(r row) *openapi_types.Date { return r.NewestAssessment })...)
	columns = append(columns, dateColumns("oldest_assessment", func(r row) *openapi_types.Date { return r.OldestAssessment })...)
	columns = append(columns,
		whole("organisations_reporting", func(r row) int { return r.OrganisationsReporting }),
		whole("organisations_expected", func(r row) int { return r.OrganisationsExpected }),
	)
	return append(columns, closing[row](meta)...)
}

// dateColumns are the two columns of a date that may be absent.
func dateColumns(name string, of func(spec.SkillsTotal) *openapi_types.Date) []csvColumn[spec.SkillsTotal] {
	return []csvColumn[spec.SkillsTotal]{
		{name, func(row spec.SkillsTotal) string {
			if day := of(row); day != nil {
				return day.String()
			}
			return ""
		}},
		{name + "_status", func(row spec.SkillsTotal) string { return row.Status[name] }},
	}
}

// levelColumns are the two columns of one level of the distribution.
func levelColumns(level int) []csvColumn[spec.SkillsTotal] {
	name := fmt.Sprintf("level_%d_people", level)
	at := func(row spec.SkillsTotal) (people, status string) {
		if row.Levels == nil || level >= len(*row.Levels) {
			return "", notApplicable
		}
		found := (*row.Levels)[level]
		return numberCell(found.People), string(found.Status)
	}
	return []csvColumn[spec.SkillsTotal]{
		{name, func(row spec.SkillsTotal) string { people, _ := at(row); return people }},
		{name + "_status", func(row spec.SkillsTotal) string { _, status := at(row); return status }},
	}
}
