-- FTE of staff in post by month end and staff group, for the months whose end a
-- staff list covers: one with a date in the three months up to the month end. A month
-- in which nobody is in post has one row without a staff group.
WITH covered AS MATERIALIZED (
    SELECT m.month FROM unnest(CAST(@months AS date[])) AS m (month)
    WHERE EXISTS (SELECT FROM staff_list l WHERE l.organisation = CAST(@organisation AS text) AND l.ended_by IS NULL
                    AND l.as_at <= m.month AND l.as_at > m.month - interval '3 months')
), position AS (
    SELECT c.month, v.staff_group, v.fte
    FROM covered c
    JOIN employment_spell s ON s.organisation = CAST(@organisation AS text) AND s.ended_by IS NULL AND {{unrestricted s}}
         AND s.started_on <= c.month AND (s.left_on IS NULL OR c.month <= s.left_on)
    CROSS JOIN LATERAL (
        SELECT p.staff_group, p.fte, p.in_post FROM staff_version p
        WHERE p.organisation = s.organisation AND p.staff_id = s.staff_id AND p.ended_by IS NULL AND p.valid_from <= c.month
        ORDER BY p.valid_from DESC LIMIT 1
    ) v
    WHERE v.in_post
)
SELECT c.month, coalesce(p.staff_group, '') AS staff_group, CAST(coalesce(sum(p.fte), 0) * 100000 AS bigint) AS fte
FROM covered c LEFT JOIN position p ON p.month = c.month
GROUP BY c.month, p.staff_group
ORDER BY c.month, p.staff_group
