-- Examples of what the file would change, removed assessments first: the answers of
-- the file and those that are held. A removal states nothing.
SELECT r.row_number, r.outcome, r.employee_number, r.assessed_on, r.assessor_kind,
       array_to_string(after.levels, ',', '') AS after_levels, array_to_string(after.needs, ',', '') AS after_needs,
       after.staff_group AS after_staff_group, after.job_role AS after_job_role, after.band AS after_band, after.team AS after_team,
       array_to_string(before.levels, ',', '') AS before_levels, array_to_string(before.needs, ',', '') AS before_needs,
       before.staff_group AS before_staff_group, before.job_role AS before_job_role, before.band AS before_band, before.team AS before_team
FROM (
    SELECT r.*, CASE WHEN r.remove THEN 'removed' WHEN r.held THEN 'changed' ELSE 'new' END AS outcome
    FROM resolved_assessment r
    WHERE CASE WHEN r.remove THEN r.held ELSE (r.staff_id IS NOT NULL OR r.make) AND NOT r.same END
    ORDER BY CASE WHEN r.remove THEN 1 WHEN r.held THEN 2 ELSE 3 END, r.row_number
    LIMIT CAST(@limit AS integer)
) r
LEFT JOIN resolved_assessment after ON after.row_number = r.row_number AND NOT r.remove
LEFT JOIN assessment before
       ON before.organisation = CAST(@organisation AS text) AND before.staff_id = r.staff_id
      AND before.framework_version = CAST(@framework AS smallint) AND before.assessed_on = r.assessed_on
      AND before.assessor_kind = r.assessor_kind AND before.ended_by IS NULL
ORDER BY CASE r.outcome WHEN 'removed' THEN 1 WHEN 'changed' THEN 2 ELSE 3 END, r.row_number
