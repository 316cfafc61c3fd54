-- The assessments that an upload added, replaced or removed and that later uploads
-- touched, with the newest of these. An upload that found an assessment unchanged
-- touched it.
WITH later AS (
    SELECT u.change_id FROM upload u
    WHERE u.organisation = CAST(@organisation AS text) AND u.state IN ('applied', 'partly_applied') AND u.change_id > CAST(@change AS bigint)
), mine AS (
    SELECT staff_id, framework_version, assessed_on, assessor_kind FROM assessment
    WHERE organisation = CAST(@organisation AS text) AND added_by = CAST(@change AS bigint)
    UNION
    SELECT staff_id, framework_version, assessed_on, assessor_kind FROM assessment
    WHERE organisation = CAST(@organisation AS text) AND ended_by = CAST(@change AS bigint)
), touched AS (
    SELECT added_by AS change_id, staff_id, framework_version, assessed_on, assessor_kind FROM assessment
    WHERE organisation = CAST(@organisation AS text) AND added_by = ANY (ARRAY(SELECT change_id FROM later))
    UNION ALL
    SELECT ended_by, staff_id, framework_version, assessed_on, assessor_kind FROM assessment
    WHERE organisation = CAST(@organisation AS text) AND ended_by = ANY (ARRAY(SELECT change_id FROM later))
    UNION ALL
    SELECT f.added_by, k.staff_id, f.framework_version, k.assessed_on, k.assessor_kind
    FROM assessment_confirmation f
    CROSS JOIN LATERAL unnest(f.staff_ids, f.assessed_on, f.assessor_kinds) AS k (staff_id, assessed_on, assessor_kind)
    WHERE f.organisation = CAST(@organisation AS text) AND f.added_by = ANY (ARRAY(SELECT change_id FROM later))
), newest AS (
    SELECT staff_id, framework_version, assessed_on, assessor_kind, max(t.change_id) AS change_id
    FROM mine JOIN touched t USING (staff_id, framework_version, assessed_on, assessor_kind)
    GROUP BY 1, 2, 3, 4
)
SELECT coalesce(p.employee_number, '') AS employee_number, n.assessed_on, n.assessor_kind, v.framework, v.version,
       CAST(u.id AS text) AS upload_id, u.kind, count(*) OVER () AS total
FROM newest n
JOIN upload u ON u.organisation = CAST(@organisation AS text) AND u.change_id = n.change_id
JOIN staff_member p ON p.organisation = CAST(@organisation AS text) AND p.id = n.staff_id
JOIN framework_version v ON v.id = n.framework_version
ORDER BY p.employee_number COLLATE "C", n.assessed_on, n.assessor_kind, v.framework, v.version
LIMIT CAST(@listed AS integer)
