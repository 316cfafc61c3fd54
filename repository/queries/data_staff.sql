-- The position on a day of everybody employed on it, as known after a change: what
-- was added up to it and not ended by then. Estimated dates are left out.
SELECT m.employee_number, v.staff_group, v.job_role, v.band, v.area_of_work, v.team, v.contract_type,
       CAST(v.fte * 100000 AS bigint) AS fte,
       CASE WHEN NOT s.started_on_estimated THEN s.started_on END AS started_on,
       CASE WHEN NOT s.left_on_estimated THEN s.left_on END AS left_on
FROM staff_member m
JOIN employment_spell s
  ON s.organisation = CAST(@organisation AS text) AND s.staff_id = m.id
 AND s.started_on <= CAST(@as_at AS date) AND (s.left_on IS NULL OR CAST(@as_at AS date) <= s.left_on)
 AND s.added_by <= CAST(@known AS bigint) AND (s.ended_by IS NULL OR s.ended_by > CAST(@known AS bigint))
CROSS JOIN LATERAL (
    SELECT * FROM staff_version held
    WHERE held.organisation = CAST(@organisation AS text) AND held.staff_id = m.id AND held.valid_from <= CAST(@as_at AS date)
      AND held.added_by <= CAST(@known AS bigint) AND (held.ended_by IS NULL OR held.ended_by > CAST(@known AS bigint))
    ORDER BY held.valid_from DESC
    LIMIT 1
) v
WHERE m.organisation = CAST(@organisation AS text) AND m.employee_number IS NOT NULL
ORDER BY m.employee_number COLLATE "C"
