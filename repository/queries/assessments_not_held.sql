-- Rows that ask to remove an assessment that is not held.
SELECT r.row_number FROM resolved_assessment r
WHERE r.remove AND r.staff_id IS NOT NULL AND NOT r.held
ORDER BY r.row_number
