-- Adds the assessments that a change added where there was none.
INSERT INTO latest_assessment (organisation, framework_version, staff_id, assessor_kind, assessed_on, levels, needs,
                               staff_group, job_role, band, team)
SELECT added.*
FROM ({{latest_added}}) added
WHERE NOT EXISTS (
    SELECT FROM latest_assessment l
    WHERE l.organisation = CAST(@organisation AS text) AND l.framework_version = added.framework_version
      AND l.staff_id = added.staff_id AND l.assessor_kind = added.assessor_kind
)
