-- The people of one organisation whom skills totals count on one day, with the assessment
-- that counts of each and the targets of their profile. The parts are those of the totals,
-- so that the figures of both are the same, but for people who were erased since: totals
-- of earlier days count them, and no list can name them.
WITH asked_day AS MATERIALIZED (
    SELECT a.month, CAST(a.month - make_interval(months => CAST(@validity AS integer)) AS date) AS current_from,
           CAST(a.month + 90 - make_interval(months => CAST(@validity AS integer)) AS date) AS due_before
    FROM unnest(CAST(@months AS date[])) AS a (month)
), holder AS (
    SELECT CAST(@organisation AS text) AS code, d.month AS last_month,
           EXISTS (SELECT FROM staff_list l WHERE l.organisation = CAST(@organisation AS text) AND l.as_at <= d.month AND {{live l}}) AS listed
    FROM asked_day d
    WHERE NOT EXISTS (SELECT FROM organisation_lifespan life WHERE life.code = CAST(@organisation AS text) AND {{live life}}
        AND (d.month < life.opened_on OR life.closed_on < d.month))
), nation_target AS MATERIALIZED (
    {{nation_targets}}
)
SELECT m.employee_number, body.staff_group, body.job_role, body.band, coalesce(body.team, '') AS team, body.status,
       body.assessed_on, coalesce(body.assessor_kind, '') AS assessor_kind, body.levels, body.targets
FROM holder h
CROSS JOIN LATERAL (
    WITH held_day AS MATERIALIZED (
        SELECT d.month, d.current_from, d.due_before, h.listed FROM asked_day d
    ), counting AS (
        {{skills_counting}}
    ), post AS (
        {{skills_posts}}
    ), person AS MATERIALIZED (
        SELECT coalesce(p.staff_id, a.staff_id) AS staff_id,
               CASE WHEN a.staff_id IS NULL THEN 'never_assessed' WHEN a.assessed_on < d.current_from THEN 'overdue'
                    WHEN a.assessed_on < d.due_before THEN 'due' ELSE 'current' END AS status,
               a.assessed_on, a.assessor_kind, a.levels, coalesce(p.staff_group, a.staff_group) AS staff_group,
               coalesce(p.job_role, a.job_role) AS job_role, coalesce(p.band, a.band) AS band, coalesce(p.team, a.team) AS team
        FROM post p
        FULL JOIN counting a ON a.month = p.month AND a.staff_id = p.staff_id
        JOIN held_day d ON d.month = coalesce(p.month, a.month)
        WHERE (p.staff_id IS NOT NULL OR NOT d.listed AND a.staff_id NOT IN (
                  SELECT e.staff_id FROM employment_spell e WHERE e.organisation = h.code AND {{live e}}))
          AND (d.listed OR a.assessed_on >= d.current_from)
    ), expected AS (
        SELECT f.staff_group, f.job_role, f.band, {{targets}}
        FROM (SELECT DISTINCT p.staff_group, p.job_role, p.band FROM person p) f
        CROSS JOIN LATERAL (VALUES (f.job_role, '-', f.band), (f.job_role, '-', '-'), ('-', f.staff_group, f.band),
                                   ('-', f.staff_group, '-'), ('-', '-', f.band), ('-', '-', '-')) fits (job_role, staff_group, band)
        JOIN (
            {{own_targets}}
            UNION ALL
            SELECT n.month, n.job_role, n.staff_group, n.band, n.ordinal, n.weight + 10000 FROM nation_target n
        ) t ON t.job_role = fits.job_role AND t.staff_group = fits.staff_group AND t.band = fits.band
        GROUP BY f.staff_group, f.job_role, f.band
    )
    SELECT p.*, CASE WHEN e.staff_group IS NOT NULL THEN ARRAY[{{target_list}}] END AS targets
    FROM person p
    LEFT JOIN expected e ON e.staff_group = p.staff_group AND e.job_role = p.job_role AND e.band = p.band
) body
JOIN staff_member m ON m.organisation = h.code AND m.id = body.staff_id AND m.employee_number IS NOT NULL
ORDER BY m.employee_number COLLATE "C"
