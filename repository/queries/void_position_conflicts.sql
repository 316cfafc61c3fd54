-- The position vacancies of an upload that later uploads touched, with the newest of
-- these. An upload that found one unchanged touched it. One that would be held again is
-- touched by every later complete file, because that one says which there are.
WITH later AS (
    SELECT u.change_id, u.complete AND u.kind = 'position_vacancies' AS whole FROM upload u
    WHERE u.organisation = CAST(@organisation AS text) AND u.state IN ('applied', 'partly_applied') AND u.change_id > CAST(@change AS bigint)
), mine AS (
    SELECT p.vacancy_reference, bool_or(p.adds) AS adds
    FROM (
        SELECT vacancy_reference, true AS adds FROM position_vacancy
        WHERE organisation = CAST(@organisation AS text) AND added_by = CAST(@change AS bigint)
        UNION ALL
        SELECT vacancy_reference, false FROM position_vacancy
        WHERE organisation = CAST(@organisation AS text) AND ended_by = CAST(@change AS bigint)
    ) p
    GROUP BY 1
), touched AS (
    SELECT added_by AS change_id, vacancy_reference FROM position_vacancy
    WHERE organisation = CAST(@organisation AS text) AND added_by = ANY (ARRAY(SELECT change_id FROM later))
    UNION ALL
    SELECT ended_by, vacancy_reference FROM position_vacancy
    WHERE organisation = CAST(@organisation AS text) AND ended_by = ANY (ARRAY(SELECT change_id FROM later))
    UNION ALL
    SELECT f.added_by, k.key FROM record_confirmation f CROSS JOIN LATERAL unnest(f.keys) AS k (key)
    WHERE f.organisation = CAST(@organisation AS text) AND f.kind = 'position_vacancies' AND f.added_by = ANY (ARRAY(SELECT change_id FROM later))
), conflict AS (
    SELECT vacancy_reference, t.change_id FROM mine m JOIN touched t USING (vacancy_reference)
    UNION ALL
    SELECT m.vacancy_reference, w.change_id
    FROM mine m CROSS JOIN (SELECT max(change_id) AS change_id FROM later WHERE whole) w
    WHERE NOT m.adds AND w.change_id IS NOT NULL
), newest AS (
    SELECT vacancy_reference, max(change_id) AS change_id FROM conflict GROUP BY 1
)
SELECT n.vacancy_reference, CAST(u.id AS text) AS upload_id, u.kind, count(*) OVER () AS total
FROM newest n JOIN upload u ON u.organisation = CAST(@organisation AS text) AND u.change_id = n.change_id
ORDER BY n.vacancy_reference COLLATE "C"
LIMIT CAST(@listed AS integer)
