-- The staff members whose spells or versions a change added or ended.
SELECT s.staff_id FROM employment_spell s WHERE s.organisation = CAST(@organisation AS text) AND s.added_by = CAST(@change AS bigint)
UNION
SELECT s.staff_id FROM employment_spell s WHERE s.organisation = CAST(@organisation AS text) AND s.ended_by = CAST(@change AS bigint)
UNION
SELECT v.staff_id FROM staff_version v WHERE v.organisation = CAST(@organisation AS text) AND v.added_by = CAST(@change AS bigint)
UNION
SELECT v.staff_id FROM staff_version v WHERE v.organisation = CAST(@organisation AS text) AND v.ended_by = CAST(@change AS bigint)
