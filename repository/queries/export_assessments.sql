-- The assessments of a framework version by an organisation's people.
SELECT m.organisation, m.employee_number, a.assessed_on, a.assessor_kind, nullif(a.staff_group, '-') AS staff_group,
       nullif(a.job_role, '-') AS job_role_code, nullif(a.band, '-') AS band, nullif(a.team, '') AS team, a.levels AS level, a.needs AS need
FROM assessment a
JOIN staff_member m ON m.organisation = CAST(@organisation AS text) AND m.id = a.staff_id AND m.employee_number IS NOT NULL
WHERE a.organisation = CAST(@organisation AS text) AND a.framework_version = CAST(@framework AS smallint)
  AND a.assessed_on BETWEEN coalesce(CAST(@first AS date), '-infinity') AND coalesce(CAST(@last AS date), 'infinity')
  AND a.ended_by IS NULL AND {{unrestricted a}}
ORDER BY m.employee_number COLLATE "C", a.assessed_on, a.assessor_kind COLLATE "C"
