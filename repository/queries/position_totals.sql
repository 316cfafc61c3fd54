-- Totals of position vacancies for the month ends in @months, of posts: each post of a
-- row counts, and the FTE of a row is that of all its posts. A row whose recruitment
-- was rejected or not approved is in no figure. Two parts: the organisations of each
-- place, and the figures of its rows; they are put together by the caller.
-- @days are the first and last days of all periods, in order. A day is compared by its
-- number, which is how many of them are before it, so that rows are read and added up
-- once, however many months are asked for; and organisations that stand alike in every
-- month are added up as one of them ("class"). The medians are found among the days,
-- of which there are few, and not among the posts.
-- Rows and months are put together by a FULL JOIN whose other rows are left out again,
-- because that is never a nested loop: the estimates that a fresh bulk load makes wrong
-- would choose one, over every row for every month.
WITH RECURSIVE {{members}}, dated AS (
    SELECT m.*, width_bucket(m.month - 1, CAST(@days AS date[])) AS day_number,
           width_bucket({{period_start}} - 1, CAST(@days AS date[])) AS since_number
    FROM member m
), alike AS MATERIALIZED (
    SELECT d.code, min(d.code) OVER (PARTITION BY string_agg(
               CAST(ROW(d.month, d.region, d.icb, d.organisation, d.sector, d.kind) AS text), '' ORDER BY d.month)) AS class
    FROM dated d
    GROUP BY d.code
), sent AS (
    SELECT v.organisation AS code,
           CASE WHEN CAST(@by_staff_group AS boolean) THEN v.staff_group ELSE '' END AS staff_group,
           CASE WHEN CAST(@by_job_role AS boolean) THEN v.job_role ELSE '' END AS job_role,
           CASE WHEN CAST(@by_band AS boolean) THEN v.band ELSE '' END AS band,
           CASE WHEN CAST(@by_area_of_work AS boolean) THEN v.area_of_work ELSE '' END AS area_of_work,
           CASE WHEN CAST(@by_digital AS boolean) THEN d.digital ELSE '' END AS digital,
           CASE WHEN CAST(@by_team AS boolean) THEN v.team ELSE '' END AS team,
           v.posts, CAST(v.fte * 100000 AS bigint) AS fte, v.opened_on, v.closed_on - v.opened_on AS days, s.outcome, made.made_at,
           width_bucket(v.opened_on - 1, CAST(@days AS date[])) AS opened_number,
           width_bucket(coalesce(v.closed_on, date 'infinity') - 1, CAST(@days AS date[])) AS closed_number
    FROM position_vacancy v
    JOIN position_vacancy_status s ON s.code = v.status
    JOIN change made ON made.id = v.added_by
    JOIN job_role r ON r.code = v.job_role
    JOIN area_of_work a ON a.code = v.area_of_work
    CROSS JOIN LATERAL (SELECT {{digital_post}} AS digital) d
    WHERE v.organisation = ANY (ARRAY(SELECT m.code FROM alike m)) AND v.opened_on <= CAST(@last_day AS date) AND {{live v}}
      AND (CAST(@staff_groups AS text[]) IS NULL OR v.staff_group = ANY (CAST(@staff_groups AS text[])))
      AND (CAST(@job_roles AS text[]) IS NULL OR v.job_role = ANY (CAST(@job_roles AS text[])))
      AND (CAST(@bands AS text[]) IS NULL OR v.band = ANY (CAST(@bands AS text[])))
      AND (CAST(@areas_of_work AS text[]) IS NULL OR v.area_of_work = ANY (CAST(@areas_of_work AS text[])))
      AND (CAST(@digital AS text[]) IS NULL OR d.digital = ANY (CAST(@digital AS text[])))
      AND (CAST(@teams AS text[]) IS NULL OR v.team = ANY (CAST(@teams AS text[])))
), held AS MATERIALIZED (
    SELECT k.class, s.staff_group, s.job_role, s.band, s.area_of_work, s.digital, s.team, s.outcome, s.opened_number, s.closed_number,
           s.opened_on, s.days, sum(s.posts) AS posts, sum(s.fte) AS fte, min(s.made_at) AS oldest, max(s.made_at) AS newest
    FROM sent s
    FULL JOIN alike k ON k.code = s.code
    WHERE coalesce(s.posts > 0, false)
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
), piece AS MATERIALIZED (
    SELECT class, staff_group, job_role, band, area_of_work, digital, team, outcome, opened_number, closed_number,
           sum(posts) AS posts, sum(fte) AS fte, min(oldest) AS oldest, max(newest) AS newest
    FROM held
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
), waiting AS MATERIALIZED (
    SELECT class, staff_group, job_role, band, area_of_work, digital, team, opened_number, closed_number, opened_on, sum(posts) AS posts
    FROM held
    WHERE outcome <> 'not_recruited'
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
), waited AS MATERIALIZED (
    SELECT class, staff_group, job_role, band, area_of_work, digital, team, closed_number, days, sum(posts) AS posts
    FROM held
    WHERE outcome = 'filled'
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
), posting AS (
    SELECT m.month, m.region, m.icb, m.organisation, m.sector, m.kind, p.staff_group, p.job_role, p.band, p.area_of_work, p.digital, p.team,
           p.posts, p.fte, p.oldest, p.newest,
           p.outcome <> 'not_recruited' AND m.day_number < p.closed_number AS open,
           p.outcome <> 'not_recruited' AND m.since_number < p.opened_number AS opened,
           p.outcome = 'filled' AND m.since_number < p.closed_number AND p.closed_number <= m.day_number AS filled,
           p.outcome NOT IN ('not_recruited', 'filled') AND m.since_number < p.closed_number AND p.closed_number <= m.day_number AS closed
    FROM piece p
    FULL JOIN dated m ON m.code = p.class
    WHERE coalesce(p.opened_number <= m.day_number, false)
), lasting AS (
    SELECT m.month, m.region, m.icb, m.organisation, m.sector, m.kind, w.staff_group, w.job_role, w.band, w.area_of_work, w.digital, w.team,
           true AS open, m.month - w.opened_on AS days, w.posts
    FROM waiting w
    FULL JOIN dated m ON m.code = w.class
    WHERE coalesce(w.opened_number <= m.day_number AND m.day_number < w.closed_number, false)
    UNION ALL
    SELECT m.month, m.region, m.icb, m.organisation, m.sector, m.kind, w.staff_group, w.job_role, w.band, w.area_of_work, w.digital, w.team,
           false, w.days, w.posts
    FROM waited w
    FULL JOIN dated m ON m.code = w.class
    WHERE coalesce(m.since_number < w.closed_number AND w.closed_number <= m.day_number, false)
), tallied AS (
    SELECT {{over region, icb, organisation, sector, kind, staff_group, job_role, band, area_of_work, digital, team}} AS over,
           month, region, icb, organisation, sector, kind, staff_group, job_role, band, area_of_work, digital, team, open, days, sum(posts) AS posts
    FROM lasting
    GROUP BY {{sets month, region, icb, organisation, sector, kind, staff_group, job_role, band, area_of_work, digital, team, open, days}}
), ranked AS (
    SELECT t.*, 2 * sum(t.posts) OVER (same ORDER BY t.days) AS twice_up_to, sum(t.posts) OVER same AS of_all
    FROM tallied t
    WINDOW same AS (PARTITION BY t.over, t.month, t.region, t.icb, t.organisation, t.sector, t.kind,
        t.staff_group, t.job_role, t.band, t.area_of_work, t.digital, t.team, t.open)
), figure AS (
    SELECT {{over region, icb, organisation, sector, kind, staff_group, job_role, band, area_of_work, digital, team}} AS over,
           month, region, icb, organisation, sector, kind, staff_group, job_role, band, area_of_work, digital, team,
           sum(posts) FILTER (WHERE open) AS open_posts, sum(fte) FILTER (WHERE open) AS open_fte,
           sum(posts) FILTER (WHERE opened) AS opened, sum(fte) FILTER (WHERE opened) AS opened_fte,
           sum(posts) FILTER (WHERE filled) AS filled, sum(fte) FILTER (WHERE filled) AS filled_fte,
           sum(posts) FILTER (WHERE closed) AS closed, sum(fte) FILTER (WHERE closed) AS closed_fte,
           CAST(NULL AS integer) AS open_low, CAST(NULL AS integer) AS open_high, CAST(NULL AS integer) AS longest,
           CAST(NULL AS integer) AS filled_low, CAST(NULL AS integer) AS filled_high, min(oldest) AS oldest, max(newest) AS newest
    FROM posting
    GROUP BY {{sets month, region, icb, organisation, sector, kind, staff_group, job_role, band, area_of_work, digital, team}}
    UNION ALL
    SELECT over, month, region, icb, organisation, sector, kind, staff_group, job_role, band, area_of_work, digital, team,
           NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
           min(days) FILTER (WHERE open AND twice_up_to >= of_all), min(days) FILTER (WHERE open AND twice_up_to > of_all),
           max(days) FILTER (WHERE open),
           min(days) FILTER (WHERE NOT open AND twice_up_to >= of_all), min(days) FILTER (WHERE NOT open AND twice_up_to > of_all), NULL, NULL
    FROM ranked
    GROUP BY over, month, region, icb, organisation, sector, kind, staff_group, job_role, band, area_of_work, digital, team
), beginning AS MATERIALIZED (
    SELECT v.organisation AS code, min(v.opened_on) AS opened_on
    FROM position_vacancy v
    WHERE v.organisation = ANY (ARRAY(SELECT m.code FROM alike m)) AND {{live v}}
    GROUP BY v.organisation
)
SELECT true AS covers, {{over region, icb, organisation, sector, kind}} AS over, month, region, icb, organisation, sector, kind,
       max(region_name) AS region_name, max(icb_name) AS icb_name, max(organisation_name) AS organisation_name,
       count(*) FILTER (WHERE b.opened_on <= month) AS reporting, count(*) FILTER (WHERE expected) AS expected,
       count(*) FILTER (WHERE estimated) AS estimated,
       '' AS staff_group, '' AS job_role, '' AS band, '' AS area_of_work, '' AS digital, '' AS team,
       CAST(0 AS bigint) AS open_posts, CAST(0 AS bigint) AS open_fte, CAST(0 AS bigint) AS opened, CAST(0 AS bigint) AS opened_fte,
       CAST(0 AS bigint) AS filled, CAST(0 AS bigint) AS filled_fte, CAST(0 AS bigint) AS closed, CAST(0 AS bigint) AS closed_fte,
       CAST(NULL AS double precision) AS median_days_open, CAST(NULL AS integer) AS longest_days_open,
       CAST(NULL AS double precision) AS median_days_to_fill,
       CAST(NULL AS timestamptz) AS oldest_received, CAST(NULL AS timestamptz) AS newest_received
FROM member m
LEFT JOIN beginning b ON b.code = m.code
GROUP BY {{sets month, region, icb, organisation, sector, kind}}
UNION ALL
SELECT false, over, month, region, icb, organisation, sector, kind, '', '', '', 0, 0, 0, staff_group, job_role, band, area_of_work, digital, team,
       CAST(coalesce(max(open_posts), 0) AS bigint), CAST(coalesce(max(open_fte), 0) AS bigint),
       CAST(coalesce(max(opened), 0) AS bigint), CAST(coalesce(max(opened_fte), 0) AS bigint),
       CAST(coalesce(max(filled), 0) AS bigint), CAST(coalesce(max(filled_fte), 0) AS bigint),
       CAST(coalesce(max(closed), 0) AS bigint), CAST(coalesce(max(closed_fte), 0) AS bigint),
       CAST(max(open_low) + max(open_high) AS double precision) / 2, max(longest),
       CAST(max(filled_low) + max(filled_high) AS double precision) / 2, min(oldest), max(newest)
FROM figure
GROUP BY over, month, region, icb, organisation, sector, kind, staff_group, job_role, band, area_of_work, digital, team
