-- The cells of an organisation's vacancy returns, with people in post, in the order of their
-- key.
SELECT organisation, month AS as_at, staff_group, nullif(job_role, '-') AS job_role_code, nullif(band, '-') AS band,
       nullif(area_of_work, '-') AS area_of_work, trim_scale(budgeted_fte) AS budgeted_fte, trim_scale(contracted_fte) AS contracted_fte,
       trim_scale(bank_fte) AS bank_fte, trim_scale(agency_fte) AS agency_fte, reported_vacancies, advertised_posts, staff_headcount
FROM vacancy_cell
WHERE organisation = CAST(@organisation AS text)
  AND month BETWEEN coalesce(CAST(@first AS date), '-infinity') AND coalesce(CAST(@last AS date), 'infinity')
  AND ended_by IS NULL
ORDER BY organisation, month, vacancy_cell.staff_group, vacancy_cell.job_role, vacancy_cell.band, vacancy_cell.area_of_work
