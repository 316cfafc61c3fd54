-- Marks the rows about staff members who are to be made: those whose employee number
-- is not held, not even with leading zeros by somebody who is on a staff list or has
-- an assessment.
UPDATE resolved_assessment r SET make = true
WHERE r.staff_id IS NULL AND NOT r.remove AND r.employee_number NOT IN (
    SELECT ltrim(m.employee_number, '0') FROM staff_member m
    WHERE m.organisation = CAST(@organisation AS text) AND m.ended_by IS NULL AND m.employee_number LIKE '0%'
      AND (EXISTS (SELECT FROM staff_version v WHERE v.organisation = m.organisation AND v.staff_id = m.id AND v.ended_by IS NULL)
        OR EXISTS (SELECT FROM assessment a WHERE a.organisation = m.organisation AND a.staff_id = m.id AND a.ended_by IS NULL)))
