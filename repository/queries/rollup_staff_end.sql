-- Takes away the positions of the staff members whom a change touched.
WITH touched AS MATERIALIZED ({{touched_staff}})
DELETE FROM staff_position p USING touched t
WHERE p.organisation = CAST(@organisation AS text) AND p.staff_id = t.staff_id
