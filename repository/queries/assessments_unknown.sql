-- Rows whose employee number is on no staff list, and whether the list holds the
-- number with leading zeros.
SELECT r.row_number, EXISTS (
           SELECT FROM staff_member m
           WHERE m.organisation = CAST(@organisation AS text) AND m.ended_by IS NULL
             AND m.employee_number LIKE '0%' AND ltrim(m.employee_number, '0') = r.employee_number
             AND EXISTS (SELECT FROM staff_version v WHERE v.organisation = m.organisation AND v.staff_id = m.id AND v.ended_by IS NULL)
       ) AS zeros_lost
FROM resolved_assessment r
WHERE r.staff_id IS NULL
ORDER BY r.row_number
