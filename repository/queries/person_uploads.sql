-- The uploads that told something of a person, who is in @people by every id that they
-- ever had: those whose changes added or ended a row about them, and those that found
-- the person as held.
WITH told AS (
    SELECT m.added_by AS change_id FROM staff_member m WHERE m.organisation = CAST(@organisation AS text) AND m.id = ANY (CAST(@people AS bigint[]))
    UNION
    SELECT m.ended_by FROM staff_member m WHERE m.organisation = CAST(@organisation AS text) AND m.id = ANY (CAST(@people AS bigint[]))
    UNION
    SELECT s.added_by FROM employment_spell s WHERE s.organisation = CAST(@organisation AS text) AND s.staff_id = ANY (CAST(@people AS bigint[]))
    UNION
    SELECT s.ended_by FROM employment_spell s WHERE s.organisation = CAST(@organisation AS text) AND s.staff_id = ANY (CAST(@people AS bigint[]))
    UNION
    SELECT v.added_by FROM staff_version v WHERE v.organisation = CAST(@organisation AS text) AND v.staff_id = ANY (CAST(@people AS bigint[]))
    UNION
    SELECT v.ended_by FROM staff_version v WHERE v.organisation = CAST(@organisation AS text) AND v.staff_id = ANY (CAST(@people AS bigint[]))
    UNION
    SELECT a.added_by FROM assessment a WHERE a.organisation = CAST(@organisation AS text) AND a.staff_id = ANY (CAST(@people AS bigint[]))
    UNION
    SELECT a.ended_by FROM assessment a WHERE a.organisation = CAST(@organisation AS text) AND a.staff_id = ANY (CAST(@people AS bigint[]))
    UNION
    SELECT l.added_by FROM staff_list l WHERE l.organisation = CAST(@organisation AS text)
       AND (l.confirmed && CAST(@people AS bigint[]) OR l.found_left && CAST(@people AS bigint[]))
    UNION
    SELECT f.added_by FROM assessment_confirmation f WHERE f.organisation = CAST(@organisation AS text) AND f.staff_ids && CAST(@people AS bigint[])
)
SELECT CAST(u.id AS text) AS id, u.kind, u.received_at, CASE WHEN u.kept_until > now() THEN u.kept_until END AS kept_until
FROM upload u
WHERE u.organisation = CAST(@organisation AS text)
  AND u.id IN (SELECT c.upload_id FROM change c JOIN told ON told.change_id = c.id)
ORDER BY u.received_at, u.id
