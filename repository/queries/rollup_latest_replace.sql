-- Puts the assessments that a change added in place of earlier ones.
UPDATE latest_assessment l
SET assessed_on = added.assessed_on, levels = added.levels, needs = added.needs, staff_group = added.staff_group,
    job_role = added.job_role, band = added.band, team = added.team
FROM ({{latest_added}}) added
WHERE l.organisation = CAST(@organisation AS text) AND l.framework_version = added.framework_version
  AND l.staff_id = added.staff_id AND l.assessor_kind = added.assessor_kind AND l.assessed_on < added.assessed_on
