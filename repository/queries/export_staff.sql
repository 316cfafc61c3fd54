-- The position on a day of everybody in post on it in an organisation, as totals count
-- staff in post, but for people who were erased since: totals of earlier days count them,
-- and no list can name them. Estimated dates are left out.
SELECT p.organisation, m.employee_number, nullif(p.staff_group, '-') AS staff_group, nullif(p.job_role, '-') AS job_role_code,
       nullif(p.band, '-') AS band, nullif(p.area_of_work, '-') AS area_of_work, nullif(p.team, '') AS team, trim_scale(p.fte) AS fte,
       nullif(p.contract_type, '-') AS contract_type,
       CASE WHEN NOT s.started_on_estimated THEN s.started_on END AS started_on,
       CASE WHEN NOT s.left_on_estimated THEN s.left_on END AS left_on
FROM staff_position p
JOIN staff_member m ON m.organisation = CAST(@organisation AS text) AND m.id = p.staff_id AND m.employee_number IS NOT NULL
JOIN employment_spell s
  ON s.organisation = CAST(@organisation AS text) AND s.staff_id = p.staff_id
 AND s.started_on <= CAST(@as_at AS date) AND (s.left_on IS NULL OR CAST(@as_at AS date) <= s.left_on)
 AND s.ended_by IS NULL
WHERE p.organisation = CAST(@organisation AS text) AND p.from_day <= CAST(@as_at AS date) AND CAST(@as_at AS date) < p.to_day
ORDER BY m.employee_number COLLATE "C"
