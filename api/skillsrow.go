package api

import (
	"skillstracker/api/spec"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// specSkillsTotals writes an answer as the contract has it.
func (h *handlers) specSkillsTotals(answer skillsAnswer, names codeNames) spec.SkillsTotals {
	framework := answer.filter.Framework
	totals := spec.SkillsTotals{
		Meta: h.meta(answer.filter, answer.reach.rule, skillsDefinitions(framework)),
		Rows: make([]spec.SkillsTotal, len(answer.rows)),
	}
	totals.Meta.Framework, totals.Meta.FrameworkVersion = &framework.Framework, &framework.Version
	for i, row := range answer.rows {
		totals.Rows[i] = specSkillsRow(row, answer.filter, names)
	}
	return totals
}

// specSkillsRow writes a row: the dimensions grouped by, and for every figure that
// is absent the reason in its status.
func specSkillsRow(row disclosure.Skills, filter domain.TotalsFilter, names codeNames) spec.SkillsTotal {
	status := spec.Status{}
	d := dimensionsOf(row.Group, filter, names)
	written := spec.SkillsTotal{
		Nation: d.nation, Region: d.region, RegionName: d.regionName, Icb: d.icb, IcbName: d.icbName,
		Organisation: d.organisation, OrganisationName: d.organisationName, StaffGroup: d.staffGroup, StaffGroupName: d.staffGroupName,
		Band: d.band, BandName: d.bandName, OrganisationsReporting: row.Reporting, OrganisationsExpected: row.Expected,

		StaffInPost:      peopleFigure(status, "staff_in_post", row.StaffInPost),
		Assessed:         peopleFigure(status, "assessed", row.Assessed),
		CompletionRate:   figure(status, "completion_rate", row.CompletionRate.Value, row.CompletionRate.Status),
		NewestAssessment: specDateOf(row.Newest), OldestAssessment: specDateOf(row.Oldest),
		Status: status,
	}
	if row.DatesStatus != "" {
		status["newest_assessment"], status["oldest_assessment"] = string(row.DatesStatus), string(row.DatesStatus)
	}
	if filter.Has(domain.ByCompetence) {
		name := names.competences[row.Competence]
		written.Competence, written.CompetenceName = &row.Competence, &name
	}
	if row.Distribution != nil {
		writeDistribution(&written, *row.Distribution)
	}
	return written
}

// writeDistribution writes the distribution over levels with its base, which are
// one object of the disclosure rule.
func writeDistribution(row *spec.SkillsTotal, d disclosure.Distribution) {
	row.Answered = peopleFigure(row.Status, "answered", d.Base)
	row.MeanLevel = figure(row.Status, "mean_level", d.Mean.Value, d.Mean.Status)
	row.MedianLevel = figure(row.Status, "median_level", d.Median.Value, d.Median.Status)
	levels := make([]struct {
		Level  int                          `json:"level"`
		People *int                         `json:"people"`
		Status spec.SkillsTotalLevelsStatus `json:"status"`
	}, len(d.Levels))
	for i, people := range d.Levels {
		levels[i].Level, levels[i].Status = i, spec.SkillsTotalLevelsStatus(people.Status)
		if people.Status == "" {
			levels[i].People = &people.Value
		}
	}
	row.Levels = &levels
}
