-- Resolves the staged rows once: the staff member by employee number, and the
-- assessment held under the same key. Staff members count when they are on a staff
-- list, when the very assessment is held (so that what was handed out can be sent
-- again, and what is held of somebody whose last position was removed can still be
-- removed), or when the sender asks that missing ones be made.
CREATE TEMPORARY TABLE resolved_assessment ON COMMIT DROP AS
SELECT s.*,
       CASE WHEN s.remove OR held.staff_id IS NOT NULL OR CAST(@create AS boolean) OR EXISTS (
                SELECT FROM staff_version v WHERE v.organisation = m.organisation AND v.staff_id = m.id AND v.ended_by IS NULL)
            THEN m.id END AS staff_id,
       false AS make,
       held.staff_id IS NOT NULL AS held,
       held.staff_id IS NOT NULL
         AND (held.levels, held.needs, held.staff_group, held.job_role, held.band, held.team)
             IS NOT DISTINCT FROM (s.levels, s.needs, s.staff_group, s.job_role, s.band, s.team) AS same,
       held.levels AS held_levels, held.ctid AS held_row
FROM staged_assessment s
LEFT JOIN staff_member m
       ON m.organisation = CAST(@organisation AS text) AND m.employee_number = s.employee_number AND m.ended_by IS NULL
LEFT JOIN assessment held
       ON held.organisation = CAST(@organisation AS text) AND held.staff_id = m.id
      AND held.framework_version = CAST(@framework AS smallint) AND held.assessed_on = s.assessed_on
      AND held.assessor_kind = s.assessor_kind AND held.ended_by IS NULL
