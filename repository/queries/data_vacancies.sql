-- The cells of vacancy returns, as known after a change.
SELECT month, staff_group, job_role, band, area_of_work,
       CAST(budgeted_fte * 100000 AS bigint) AS budgeted_fte, CAST(contracted_fte * 100000 AS bigint) AS contracted_fte,
       CAST(bank_fte * 100000 AS bigint) AS bank_fte, CAST(agency_fte * 100000 AS bigint) AS agency_fte,
       reported_vacancies, advertised_posts, staff_headcount, dont_know
FROM vacancy_cell
WHERE organisation = CAST(@organisation AS text)
  AND month BETWEEN coalesce(CAST(@first AS date), '-infinity') AND coalesce(CAST(@last AS date), 'infinity')
  AND added_by <= CAST(@known AS bigint) AND (ended_by IS NULL OR ended_by > CAST(@known AS bigint))
ORDER BY month, staff_group COLLATE "C", job_role COLLATE "C", band COLLATE "C", area_of_work COLLATE "C"
