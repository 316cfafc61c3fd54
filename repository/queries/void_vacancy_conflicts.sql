-- The cells of a vacancy return that later returns touched, with the newest of
-- these. A return that found a cell unchanged touched it. A cell that would be
-- held again is touched by every later return that reports on its month and staff
-- group, because that one says which cells there are.
WITH later AS (
    SELECT u.change_id FROM upload u
    WHERE u.organisation = CAST(@organisation AS text) AND u.state IN ('applied', 'partly_applied') AND u.change_id > CAST(@change AS bigint)
), mine AS (
    SELECT c.month, c.staff_group, c.job_role, c.band, c.area_of_work, bool_or(c.adds) AS adds
    FROM (
        SELECT month, staff_group, job_role, band, area_of_work, true AS adds FROM vacancy_cell
        WHERE organisation = CAST(@organisation AS text) AND added_by = CAST(@change AS bigint)
        UNION ALL
        SELECT month, staff_group, job_role, band, area_of_work, false FROM vacancy_cell
        WHERE organisation = CAST(@organisation AS text) AND ended_by = CAST(@change AS bigint)
    ) c
    GROUP BY 1, 2, 3, 4, 5
), touched AS (
    SELECT added_by AS change_id, month, staff_group, job_role, band, area_of_work, true AS reports FROM vacancy_cell
    WHERE organisation = CAST(@organisation AS text) AND added_by = ANY (ARRAY(SELECT change_id FROM later))
    UNION ALL
    SELECT ended_by, month, staff_group, job_role, band, area_of_work, false FROM vacancy_cell
    WHERE organisation = CAST(@organisation AS text) AND ended_by = ANY (ARRAY(SELECT change_id FROM later))
    UNION ALL
    SELECT f.added_by, k.month, k.staff_group, k.job_role, k.band, k.area_of_work, true
    FROM vacancy_confirmation f
    CROSS JOIN LATERAL unnest(f.months, f.staff_groups, f.job_roles, f.bands, f.areas_of_work) AS k (month, staff_group, job_role, band, area_of_work)
    WHERE f.organisation = CAST(@organisation AS text) AND f.added_by = ANY (ARRAY(SELECT change_id FROM later))
), conflict AS (
    SELECT month, staff_group, m.job_role, m.band, m.area_of_work, t.change_id
    FROM mine m JOIN touched t USING (month, staff_group, job_role, band, area_of_work)
    UNION ALL
    SELECT month, staff_group, m.job_role, m.band, m.area_of_work, t.change_id
    FROM mine m JOIN touched t USING (month, staff_group)
    WHERE NOT m.adds AND t.reports
), newest AS (
    SELECT month, staff_group, job_role, band, area_of_work, max(change_id) AS change_id FROM conflict GROUP BY 1, 2, 3, 4, 5
)
SELECT n.month, n.staff_group, n.job_role, n.band, n.area_of_work, CAST(u.id AS text) AS upload_id, u.kind, count(*) OVER () AS total
FROM newest n JOIN upload u ON u.organisation = CAST(@organisation AS text) AND u.change_id = n.change_id
ORDER BY n.month, n.staff_group COLLATE "C", n.job_role COLLATE "C", n.band COLLATE "C", n.area_of_work COLLATE "C"
LIMIT CAST(@listed AS integer)
