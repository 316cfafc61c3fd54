-- Rows about people who had left before the assessment: they have spells, none
-- covers the day, and the last one before it has ended.
SELECT r.row_number FROM resolved_assessment r
WHERE NOT r.remove AND r.staff_id IS NOT NULL
  AND EXISTS (SELECT FROM employment_spell s WHERE s.organisation = CAST(@organisation AS text)
                AND s.staff_id = r.staff_id AND s.ended_by IS NULL AND s.left_on < r.assessed_on)
  AND NOT EXISTS (SELECT FROM employment_spell s WHERE s.organisation = CAST(@organisation AS text)
                AND s.staff_id = r.staff_id AND s.ended_by IS NULL
                AND s.started_on <= r.assessed_on AND (s.left_on IS NULL OR r.assessed_on <= s.left_on))
ORDER BY r.row_number
