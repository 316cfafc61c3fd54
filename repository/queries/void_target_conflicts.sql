-- The targets of an upload that later uploads touched, with the newest of these. An
-- upload that found a target unchanged touched it. A target that would be held again is
-- touched by every later complete file that names its framework version, because that
-- one says which there are; it names the versions of all that it touched.
WITH later AS (
    SELECT u.change_id, u.complete FROM upload u
    WHERE u.organisation = CAST(@organisation AS text) AND u.state IN ('applied', 'partly_applied') AND u.change_id > CAST(@change AS bigint)
), mine AS (
    SELECT p.framework_version, p.competence, p.domain, p.job_role, p.staff_group, p.band, p.valid_from, bool_or(p.adds) AS adds
    FROM (
        SELECT framework_version, competence, domain, job_role, staff_group, band, valid_from, true AS adds FROM target
        WHERE organisation = CAST(@organisation AS text) AND added_by = CAST(@change AS bigint)
        UNION ALL
        SELECT framework_version, competence, domain, job_role, staff_group, band, valid_from, false FROM target
        WHERE organisation = CAST(@organisation AS text) AND ended_by = CAST(@change AS bigint)
    ) p
    GROUP BY 1, 2, 3, 4, 5, 6, 7
), touched AS (
    SELECT added_by AS change_id, framework_version, competence, domain, job_role, staff_group, band, valid_from FROM target
    WHERE organisation = CAST(@organisation AS text) AND added_by = ANY (ARRAY(SELECT change_id FROM later))
    UNION ALL
    SELECT ended_by, framework_version, competence, domain, job_role, staff_group, band, valid_from FROM target
    WHERE organisation = CAST(@organisation AS text) AND ended_by = ANY (ARRAY(SELECT change_id FROM later))
    UNION ALL
    SELECT f.added_by, CAST(split_part(k.key, '|', 1) AS smallint), split_part(k.key, '|', 2), split_part(k.key, '|', 3),
           split_part(k.key, '|', 4), split_part(k.key, '|', 5), split_part(k.key, '|', 6), CAST(split_part(k.key, '|', 7) AS date)
    FROM record_confirmation f CROSS JOIN LATERAL unnest(f.keys) AS k (key)
    WHERE f.organisation = CAST(@organisation AS text) AND f.kind = 'targets' AND f.added_by = ANY (ARRAY(SELECT change_id FROM later))
), conflict AS (
    SELECT framework_version, competence, domain, job_role, staff_group, band, valid_from, t.change_id
    FROM mine m JOIN touched t USING (framework_version, competence, domain, job_role, staff_group, band, valid_from)
    UNION ALL
    SELECT m.framework_version, m.competence, m.domain, m.job_role, m.staff_group, m.band, m.valid_from, w.change_id
    FROM mine m JOIN (
        SELECT t.framework_version, max(t.change_id) AS change_id FROM touched t JOIN later l ON l.change_id = t.change_id AND l.complete GROUP BY 1
    ) w ON w.framework_version = m.framework_version
    WHERE NOT m.adds
), newest AS (
    SELECT framework_version, competence, domain, job_role, staff_group, band, valid_from, max(change_id) AS change_id
    FROM conflict GROUP BY 1, 2, 3, 4, 5, 6, 7
)
SELECT v.framework, v.version, n.competence, n.domain, n.job_role, n.staff_group, n.band, n.valid_from,
       CAST(u.id AS text) AS upload_id, u.kind, count(*) OVER () AS total
FROM newest n
JOIN framework_version v ON v.id = n.framework_version
JOIN upload u ON u.organisation = CAST(@organisation AS text) AND u.change_id = n.change_id
ORDER BY v.framework COLLATE "C", v.version COLLATE "C", n.competence COLLATE "C", n.domain COLLATE "C",
         n.job_role COLLATE "C", n.staff_group COLLATE "C", n.band COLLATE "C", n.valid_from
LIMIT CAST(@listed AS integer)
