-- The latest assessments of those that a change added.
SELECT DISTINCT ON (a.framework_version, a.staff_id, a.assessor_kind)
       a.organisation, a.framework_version, a.staff_id, a.assessor_kind, a.assessed_on, a.levels, a.needs,
       a.staff_group, a.job_role, a.band, a.team
FROM assessment a
WHERE a.organisation = CAST(@organisation AS text) AND a.added_by = CAST(@change AS bigint) AND {{unrestricted a}}
ORDER BY a.framework_version, a.staff_id, a.assessor_kind, a.assessed_on DESC
