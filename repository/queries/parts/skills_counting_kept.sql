-- The assessment that counts of each person on the one day asked about, from the latest
-- of each kind. A latest one that was made later is replaced by the one before that day.
SELECT DISTINCT ON (a.staff_id) h.last_month AS month, a.*
FROM (
    SELECT l.staff_id, l.framework_version, l.assessor_kind, l.assessed_on, l.levels, l.needs, l.staff_group, l.job_role, l.band, l.team
    FROM latest_assessment l
    WHERE l.organisation = h.code AND l.framework_version IN ({{versions}}){{kinds l}} AND l.assessed_on <= h.last_month
    UNION ALL
    SELECT l.staff_id, l.framework_version, l.assessor_kind, before.*
    FROM latest_assessment l
    CROSS JOIN LATERAL (
        SELECT a.assessed_on, a.levels, a.needs, a.staff_group, a.job_role, a.band, a.team
        FROM assessment a
        WHERE a.organisation = h.code AND a.staff_id = l.staff_id AND a.framework_version = l.framework_version
          AND a.assessor_kind = l.assessor_kind AND a.assessed_on <= h.last_month AND a.ended_by IS NULL
        ORDER BY a.assessed_on DESC
        LIMIT 1
    ) before
    WHERE l.organisation = h.code AND l.framework_version IN ({{versions}}){{kinds l}} AND l.assessed_on > h.last_month
) a
ORDER BY a.staff_id, a.assessed_on DESC, a.assessor_kind COLLATE "C", a.framework_version <> CAST(@framework AS smallint)
