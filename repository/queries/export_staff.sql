-- The position on a day of everybody employed on it by an organisation. Estimated dates
-- are left out.
SELECT m.organisation, m.employee_number, nullif(v.staff_group, '-') AS staff_group, nullif(v.job_role, '-') AS job_role_code,
       nullif(v.band, '-') AS band, nullif(v.area_of_work, '-') AS area_of_work, nullif(v.team, '') AS team, trim_scale(v.fte) AS fte,
       nullif(v.contract_type, '-') AS contract_type,
       CASE WHEN NOT s.started_on_estimated THEN s.started_on END AS started_on,
       CASE WHEN NOT s.left_on_estimated THEN s.left_on END AS left_on
FROM staff_member m
JOIN employment_spell s
  ON s.organisation = CAST(@organisation AS text) AND s.staff_id = m.id
 AND s.started_on <= CAST(@as_at AS date) AND (s.left_on IS NULL OR CAST(@as_at AS date) <= s.left_on)
 AND s.ended_by IS NULL
CROSS JOIN LATERAL (
    SELECT * FROM staff_version held
    WHERE held.organisation = CAST(@organisation AS text) AND held.staff_id = m.id AND held.valid_from <= CAST(@as_at AS date)
      AND held.ended_by IS NULL
    ORDER BY held.valid_from DESC
    LIMIT 1
) v
WHERE m.organisation = CAST(@organisation AS text) AND m.employee_number IS NOT NULL
ORDER BY m.employee_number COLLATE "C"
