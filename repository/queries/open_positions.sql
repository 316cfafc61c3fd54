-- The position vacancies of an organisation that are open on a day, as known after a
-- change. What is open is what position_totals.sql counts as open.
SELECT v.vacancy_reference, v.staff_group, v.job_role, v.band, v.area_of_work, v.team, v.posts,
       CAST(v.fte * 100000 AS bigint) AS fte, v.opened_on, v.closed_on, v.status
FROM position_vacancy v
JOIN position_vacancy_status s ON s.code = v.status
WHERE v.organisation = CAST(@organisation AS text) AND s.outcome <> 'not_recruited'
  AND v.opened_on <= CAST(@as_at AS date) AND (v.closed_on IS NULL OR v.closed_on > CAST(@as_at AS date))
  AND v.added_by <= CAST(@known AS bigint) AND (v.ended_by IS NULL OR v.ended_by > CAST(@known AS bigint))
ORDER BY v.opened_on, v.vacancy_reference COLLATE "C"
