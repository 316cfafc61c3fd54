package api

import "skillstracker/api/spec"

// vacancyColumns are the columns of vacancy totals.
func vacancyColumns(meta spec.TotalsMeta) []csvColumn[spec.VacancyTotal] {
	type row = spec.VacancyTotal
	status := func(r row) spec.Status { return r.Status }
	columns := []csvColumn[row]{
		{"month", func(r row) string { return r.Month.String() }},
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
		textColumn("digital", func(r row) *string { return (*string)(r.Digital) }),
		whole("cells", func(r row) int { return r.Cells }),
		whole("incomplete", func(r row) int { return r.Incomplete }),
	}
	for _, figure := range []struct {
		name string
		of   func(row) *float64
	}{
		{"budgeted_fte", func(r row) *float64 { return r.BudgetedFte }},
		{"contracted_fte", func(r row) *float64 { return r.ContractedFte }},
		{"vacancy_fte", func(r row) *float64 { return r.VacancyFte }},
		{"vacancy_fte_gross", func(r row) *float64 { return r.VacancyFteGross }},
		{"rate_budgeted_fte", func(r row) *float64 { return r.RateBudgetedFte }},
		{"establishment_vacancy_rate", func(r row) *float64 { return r.EstablishmentVacancyRate }},
		{"bank_fte", func(r row) *float64 { return r.BankFte }},
		{"agency_fte", func(r row) *float64 { return r.AgencyFte }},
		{"temporary_cover", func(r row) *float64 { return r.TemporaryCover }},
	} {
		columns = append(columns, figures(figure.name, figure.of, status)...)
	}
	columns = append(columns, figures("reported_vacancies", func(r row) *int { return r.ReportedVacancies }, status)...)
	columns = append(columns, figures("advertised_posts", func(r row) *int { return r.AdvertisedPosts }, status)...)
	columns = append(columns, figures("staff_headcount", func(r row) *int { return r.StaffHeadcount }, status)...)
	columns = append(columns, figures("reported_vacancy_rate", func(r row) *float64 { return r.ReportedVacancyRate }, status)...)
	columns = append(columns,
		whole("organisations_reporting", func(r row) int { return r.OrganisationsReporting }),
		whole("organisations_expected", func(r row) int { return r.OrganisationsExpected }),
	)
	return append(columns, closing[row](meta)...)
}
