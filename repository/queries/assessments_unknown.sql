-- Rows whose employee number is not held, and whether it is held with leading zeros
-- by somebody who is on a staff list or has an assessment.
SELECT r.row_number, r.employee_number IN (
           SELECT ltrim(m.employee_number, '0') FROM staff_member m
           WHERE m.organisation = CAST(@organisation AS text) AND m.ended_by IS NULL AND m.employee_number LIKE '0%'
             AND (EXISTS (SELECT FROM staff_version v WHERE v.organisation = m.organisation AND v.staff_id = m.id AND v.ended_by IS NULL)
               OR EXISTS (SELECT FROM assessment a WHERE a.organisation = m.organisation AND a.staff_id = m.id AND a.ended_by IS NULL))
       ) AS zeros_lost
FROM resolved_assessment r
WHERE r.staff_id IS NULL AND NOT r.make
ORDER BY r.row_number
