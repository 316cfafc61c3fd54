-- The assessments of a framework version, as known after a change.
SELECT m.employee_number, a.assessed_on, a.assessor_kind, a.levels, a.needs, a.staff_group, a.job_role, a.band, a.team
FROM assessment a
JOIN staff_member m ON m.organisation = CAST(@organisation AS text) AND m.id = a.staff_id AND m.employee_number IS NOT NULL
WHERE a.organisation = CAST(@organisation AS text) AND a.framework_version = CAST(@framework AS smallint)
  AND a.assessed_on BETWEEN coalesce(CAST(@first AS date), '-infinity') AND coalesce(CAST(@last AS date), 'infinity')
  AND a.added_by <= CAST(@known AS bigint) AND (a.ended_by IS NULL OR a.ended_by > CAST(@known AS bigint))
ORDER BY m.employee_number COLLATE "C", a.assessed_on, a.assessor_kind COLLATE "C"
