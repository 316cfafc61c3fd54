-- The people for whom an upload cannot be withdrawn, with the newest later upload
-- that stands in the way. There are five reasons:
--   1. the upload changed or made the person, and a later list names them;
--   2. the upload found the person unchanged, and a later list changed them or found
--      that they had left, for which it may have gone by this one;
--   3. the person would be in post again on the day of a later complete list that
--      does not name them;
--   4. a later list about an earlier day ended the person's employment because they
--      are absent from this complete one, and from no other of its day;
--   5. without the upload the person would be on no staff list, and a later upload
--      touched assessments of them.
WITH later AS (
    SELECT u.change_id, u.as_at, u.complete FROM upload u
    WHERE u.organisation = CAST(@organisation AS text) AND u.state IN ('applied', 'partly_applied') AND u.change_id > CAST(@change AS bigint)
), changed AS (
    SELECT staff_id FROM employment_spell WHERE organisation = CAST(@organisation AS text) AND added_by = CAST(@change AS bigint)
    UNION
    SELECT staff_id FROM employment_spell WHERE organisation = CAST(@organisation AS text) AND ended_by = CAST(@change AS bigint)
    UNION
    SELECT staff_id FROM staff_version WHERE organisation = CAST(@organisation AS text) AND added_by = CAST(@change AS bigint)
    UNION
    SELECT staff_id FROM staff_version WHERE organisation = CAST(@organisation AS text) AND ended_by = CAST(@change AS bigint)
    UNION
    SELECT id FROM staff_member WHERE organisation = CAST(@organisation AS text) AND added_by = CAST(@change AS bigint)
), confirmed AS (
    SELECT person.id AS staff_id FROM staff_list l CROSS JOIN LATERAL unnest(l.confirmed) AS person (id)
    WHERE l.organisation = CAST(@organisation AS text) AND l.added_by = CAST(@change AS bigint)
), listed AS (
    SELECT added_by AS change_id, staff_id, true AS decides FROM employment_spell
    WHERE organisation = CAST(@organisation AS text) AND added_by = ANY (ARRAY(SELECT change_id FROM later))
    UNION ALL
    SELECT ended_by, staff_id, true FROM employment_spell
    WHERE organisation = CAST(@organisation AS text) AND ended_by = ANY (ARRAY(SELECT change_id FROM later))
    UNION ALL
    SELECT added_by, staff_id, true FROM staff_version
    WHERE organisation = CAST(@organisation AS text) AND added_by = ANY (ARRAY(SELECT change_id FROM later))
    UNION ALL
    SELECT ended_by, staff_id, true FROM staff_version
    WHERE organisation = CAST(@organisation AS text) AND ended_by = ANY (ARRAY(SELECT change_id FROM later))
    UNION ALL
    SELECT l.added_by, person.id, true FROM staff_list l CROSS JOIN LATERAL unnest(l.found_left) AS person (id)
    WHERE l.organisation = CAST(@organisation AS text) AND l.added_by = ANY (ARRAY(SELECT change_id FROM later))
    UNION ALL
    SELECT l.added_by, person.id, false FROM staff_list l CROSS JOIN LATERAL unnest(l.confirmed) AS person (id)
    WHERE l.organisation = CAST(@organisation AS text) AND l.added_by = ANY (ARRAY(SELECT change_id FROM later))
), assessed AS (
    SELECT added_by AS change_id, staff_id FROM assessment
    WHERE organisation = CAST(@organisation AS text) AND added_by = ANY (ARRAY(SELECT change_id FROM later))
    UNION ALL
    SELECT ended_by, staff_id FROM assessment
    WHERE organisation = CAST(@organisation AS text) AND ended_by = ANY (ARRAY(SELECT change_id FROM later))
    UNION ALL
    SELECT f.added_by, person.id FROM assessment_confirmation f CROSS JOIN LATERAL unnest(f.staff_ids) AS person (id)
    WHERE f.organisation = CAST(@organisation AS text) AND f.added_by = ANY (ARRAY(SELECT change_id FROM later))
), listed_before AS (
    SELECT DISTINCT staff_id FROM staff_version
    WHERE organisation = CAST(@organisation AS text) AND added_by < CAST(@change AS bigint) AND (ended_by IS NULL OR ended_by >= CAST(@change AS bigint))
), conflict AS (
    SELECT staff_id, listed.change_id FROM changed JOIN listed USING (staff_id)
    UNION ALL
    SELECT staff_id, listed.change_id FROM confirmed JOIN listed USING (staff_id) WHERE listed.decides
    UNION ALL
    SELECT back.staff_id, l.change_id
    FROM employment_spell back JOIN later l ON l.complete AND back.started_on <= l.as_at AND (back.left_on IS NULL OR l.as_at <= back.left_on)
    WHERE back.organisation = CAST(@organisation AS text) AND back.ended_by = CAST(@change AS bigint)
    UNION ALL
    SELECT shortened.staff_id, shortened.added_by
    FROM upload u JOIN employment_spell shortened ON shortened.organisation = u.organisation AND shortened.left_on = u.as_at - 1 AND shortened.left_on_estimated
    WHERE u.organisation = CAST(@organisation AS text) AND u.change_id = CAST(@change AS bigint) AND u.complete
      AND shortened.added_by = ANY (ARRAY(SELECT change_id FROM later))
      AND EXISTS (SELECT FROM later l WHERE l.change_id = shortened.added_by AND l.as_at < u.as_at)
      AND NOT EXISTS (SELECT FROM upload same WHERE same.organisation = u.organisation AND same.state IN ('applied', 'partly_applied') AND same.complete
                      AND same.as_at = u.as_at AND same.change_id <> u.change_id AND same.change_id < shortened.added_by)
    UNION ALL
    SELECT staff_id, assessed.change_id FROM changed JOIN assessed USING (staff_id)
    WHERE NOT EXISTS (SELECT FROM listed_before b WHERE b.staff_id = changed.staff_id)
), newest AS (
    SELECT staff_id, max(change_id) AS change_id FROM conflict GROUP BY staff_id
)
SELECT coalesce(p.employee_number, '') AS employee_number, CAST(u.id AS text) AS upload_id, u.kind, count(*) OVER () AS total
FROM newest n
JOIN upload u ON u.organisation = CAST(@organisation AS text) AND u.change_id = n.change_id
JOIN staff_member p ON p.organisation = CAST(@organisation AS text) AND p.id = n.staff_id
ORDER BY p.employee_number COLLATE "C"
LIMIT CAST(@listed AS integer)
