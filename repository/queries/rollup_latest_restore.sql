-- Looks up what is the latest now of those whose latest assessment a change ended.
INSERT INTO latest_assessment (organisation, framework_version, staff_id, assessor_kind, assessed_on, levels, needs,
                               staff_group, job_role, band, team)
SELECT CAST(@organisation AS text), ended.framework_version, ended.staff_id, ended.assessor_kind, a.assessed_on, a.levels, a.needs,
       a.staff_group, a.job_role, a.band, a.team
FROM (
    SELECT DISTINCT e.framework_version, e.staff_id, e.assessor_kind
    FROM assessment e
    WHERE e.organisation = CAST(@organisation AS text) AND e.ended_by = CAST(@change AS bigint) AND {{unrestricted e}}
) ended
LEFT JOIN latest_assessment l
       ON l.organisation = CAST(@organisation AS text) AND l.framework_version = ended.framework_version
      AND l.staff_id = ended.staff_id AND l.assessor_kind = ended.assessor_kind
CROSS JOIN LATERAL (
    SELECT held.*
    FROM assessment held
    WHERE held.organisation = CAST(@organisation AS text) AND held.staff_id = ended.staff_id
      AND held.framework_version = ended.framework_version AND held.assessor_kind = ended.assessor_kind AND held.ended_by IS NULL
    ORDER BY held.assessed_on DESC
    LIMIT 1
) a
WHERE l.organisation IS NULL
ORDER BY ended.framework_version, ended.staff_id, ended.assessor_kind
