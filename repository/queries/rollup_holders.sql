-- The organisations that hold facts from which roll-ups come, or roll-ups, and how
-- many changes were made of them.
SELECT o.code, (SELECT count(*) FROM change c WHERE c.organisation = o.code AND c.number IS NOT NULL) AS changes
FROM organisation o
WHERE EXISTS (SELECT FROM vacancy_cell c WHERE c.organisation = o.code)
   OR EXISTS (SELECT FROM vacancy_rollup c WHERE c.organisation = o.code)
   OR EXISTS (SELECT FROM staff_member s WHERE s.organisation = o.code)
   OR EXISTS (SELECT FROM staff_position p WHERE p.organisation = o.code)
   OR EXISTS (SELECT FROM latest_assessment a WHERE a.organisation = o.code)
ORDER BY o.code
