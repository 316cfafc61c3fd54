-- The assessment that counts of each person on the one day asked about, from the latest
-- of each kind. A latest one that was made later is replaced by the one before that day.
SELECT DISTINCT ON (a.staff_id) h.last_month AS month, a.*
FROM (
    SELECT l.staff_id, l.framework_version, l.assessor_kind, coalesce(before.assessed_on, l.assessed_on) AS assessed_on,
           coalesce(before.levels, l.levels) AS levels, CASE WHEN before.levels IS NULL THEN l.needs ELSE before.needs END AS needs,
           coalesce(before.staff_group, l.staff_group) AS staff_group, coalesce(before.job_role, l.job_role) AS job_role,
           coalesce(before.band, l.band) AS band, coalesce(before.team, l.team) AS team
    FROM latest_assessment l
    LEFT JOIN LATERAL (
        SELECT a.assessed_on, a.levels, a.needs, a.staff_group, a.job_role, a.band, a.team
        FROM assessment a
        WHERE l.assessed_on > h.last_month
          AND a.organisation = h.code AND a.staff_id = l.staff_id AND a.framework_version = l.framework_version
          AND a.assessor_kind = l.assessor_kind AND a.assessed_on <= h.last_month AND a.ended_by IS NULL
        ORDER BY a.assessed_on DESC
        LIMIT 1
    ) before ON true
    WHERE l.organisation = h.code AND l.framework_version IN ({{versions}}){{kinds l}}
      AND (l.assessed_on <= h.last_month OR before.assessed_on IS NOT NULL)
) a
ORDER BY a.staff_id, a.assessed_on DESC, a.assessor_kind COLLATE "C", a.framework_version <> CAST(@framework AS smallint)
