-- The position vacancies, as known after a change. The bounds are of the opening dates.
SELECT vacancy_reference, staff_group, job_role, band, area_of_work, team, posts,
       CAST(fte * 100000 AS bigint) AS fte, opened_on, closed_on, status
FROM position_vacancy
WHERE organisation = CAST(@organisation AS text)
  AND opened_on BETWEEN coalesce(CAST(@first AS date), '-infinity') AND coalesce(CAST(@last AS date), 'infinity')
  AND added_by <= CAST(@known AS bigint) AND (ended_by IS NULL OR ended_by > CAST(@known AS bigint))
ORDER BY vacancy_reference COLLATE "C"
