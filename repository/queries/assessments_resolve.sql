-- Resolves the staged rows once: the staff member by employee number, and the
-- assessment held under the same key. Somebody whose last position was removed is
-- on no staff list any more, but what is held of them can still be removed.
CREATE TEMPORARY TABLE resolved_assessment ON COMMIT DROP AS
SELECT s.*, m.id AS staff_id, held.staff_id IS NOT NULL AS held,
       held.staff_id IS NOT NULL
         AND (held.levels, held.needs, held.staff_group, held.job_role, held.band, held.team)
             IS NOT DISTINCT FROM (s.levels, s.needs, s.staff_group, s.job_role, s.band, s.team) AS same,
       held.levels AS held_levels
FROM staged_assessment s
LEFT JOIN staff_member m
       ON m.organisation = CAST(@organisation AS text) AND m.employee_number = s.employee_number AND m.ended_by IS NULL
      AND (s.remove OR EXISTS (SELECT FROM staff_version v
               WHERE v.organisation = m.organisation AND v.staff_id = m.id AND v.ended_by IS NULL))
LEFT JOIN assessment held
       ON held.organisation = CAST(@organisation AS text) AND held.staff_id = m.id
      AND held.framework_version = CAST(@framework AS smallint) AND held.assessed_on = s.assessed_on
      AND held.assessor_kind = s.assessor_kind AND held.ended_by IS NULL
