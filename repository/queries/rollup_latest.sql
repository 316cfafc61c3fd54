-- The rows that latest_assessment must hold of an organisation: of all its people, or of
-- those in @people.
SELECT DISTINCT ON (a.framework_version, a.staff_id, a.assessor_kind)
       a.organisation, a.framework_version, a.staff_id, a.assessor_kind, a.assessed_on, a.levels, a.needs,
       a.staff_group, a.job_role, a.band, a.team
FROM assessment a
WHERE a.organisation = CAST(@organisation AS text) AND a.ended_by IS NULL AND {{unrestricted a}}
  AND (CAST(@people AS bigint[]) IS NULL OR a.staff_id = ANY (CAST(@people AS bigint[])))
ORDER BY a.framework_version, a.staff_id, a.assessor_kind, a.assessed_on DESC
