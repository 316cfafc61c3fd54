-- Workforce totals for the month ends in @months: staff in post, and movement in the
-- period of @period months that ends with each. Two parts: the organisations of each
-- place, and the people of its groups; they are put together by the caller.
-- @days are the first and last days of all periods, in order. A day is compared by its
-- number, which is how many of them are before it, so that the periods in post of an
-- organisation are read and added up once ("piece"), however many months are asked for;
-- and organisations that stand alike in every month are added up as one of them ("class").
-- Pieces and months are put together by a FULL JOIN whose other rows are left out again,
-- because that is never a nested loop: the estimates that a fresh bulk load makes wrong
-- would choose one.
WITH RECURSIVE {{members}}, dated AS (
    SELECT m.*, period.since,
           (SELECT max(l.as_at) FROM staff_list l WHERE l.organisation = m.code AND l.as_at <= m.month AND {{live l}}) AS newest_list,
           EXISTS (SELECT FROM staff_list l WHERE l.organisation = m.code AND l.as_at <= period.since AND {{live l}}) AS listed_before
    FROM member m
    CROSS JOIN LATERAL (SELECT {{period_start}} AS since) period
), staffed AS (
    SELECT d.*, d.newest_list IS NOT NULL AS listed,
           d.listed_before AND (life.code IS NULL OR d.since BETWEEN life.opened_on AND life.closed_on) AS moving,
           width_bucket(d.month - 1, CAST(@days AS date[])) AS day_number,
           width_bucket(d.since - 1, CAST(@days AS date[])) AS since_number
    FROM dated d
    LEFT JOIN lifespan life ON life.code = d.code
), alike AS MATERIALIZED (
    SELECT s.code, min(s.code) OVER (PARTITION BY string_agg(
               CAST(ROW(s.month, s.region, s.icb, s.organisation, s.sector, s.kind, s.listed, s.moving) AS text), '' ORDER BY s.month)) AS class
    FROM staffed s
    GROUP BY s.code
), {{in_post}}, wanted AS (
    SELECT i.*
    FROM in_post i
    WHERE (CAST(@staff_groups AS text[]) IS NULL OR i.staff_group = ANY (CAST(@staff_groups AS text[])))
      AND (CAST(@job_roles AS text[]) IS NULL OR i.job_role = ANY (CAST(@job_roles AS text[])))
      AND (CAST(@bands AS text[]) IS NULL OR i.band = ANY (CAST(@bands AS text[])))
      AND (CAST(@areas_of_work AS text[]) IS NULL OR i.area_of_work = ANY (CAST(@areas_of_work AS text[])))
      AND (CAST(@digital AS text[]) IS NULL OR i.digital = ANY (CAST(@digital AS text[])))
      AND (CAST(@teams AS text[]) IS NULL OR i.team = ANY (CAST(@teams AS text[])))
), piece AS MATERIALIZED (
    SELECT k.class,
           CASE WHEN CAST(@by_staff_group AS boolean) THEN w.staff_group ELSE '' END AS staff_group,
           CASE WHEN CAST(@by_job_role AS boolean) THEN w.job_role ELSE '' END AS job_role,
           CASE WHEN CAST(@by_band AS boolean) THEN w.band ELSE '' END AS band,
           CASE WHEN CAST(@by_area_of_work AS boolean) THEN w.area_of_work ELSE '' END AS area_of_work,
           CASE WHEN CAST(@by_digital AS boolean) THEN w.digital ELSE '' END AS digital,
           CASE WHEN CAST(@by_team AS boolean) THEN w.team ELSE '' END AS team,
           width_bucket(w.from_day - 1, CAST(@days AS date[])) AS from_number,
           width_bucket(w.to_day - 1, CAST(@days AS date[])) AS to_number,
           width_bucket(w.gone_day - 1, CAST(@days AS date[])) AS gone_number,
           w.starts, w.ends, w.ends_estimated, count(*) AS people,
           CAST(sum(w.fte) * 100000 AS bigint) AS fte
    FROM wanted w
    FULL JOIN alike k ON k.code = w.code
    WHERE coalesce(w.fte >= 0, false)
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
), counted AS (
    SELECT m.month, m.region, m.icb, m.organisation, m.sector, m.kind,
           p.staff_group, p.job_role, p.band, p.area_of_work, p.digital, p.team, p.people, p.fte,
           m.day_number < p.to_number AS present,
           m.moving AND m.day_number < p.to_number AS closing,
           m.moving AND p.from_number <= m.since_number AND m.since_number < p.to_number AS opening,
           m.moving AND p.starts AND m.since_number < p.from_number AS started,
           m.moving AND p.ends AND m.since_number < p.to_number AND p.to_number <= m.day_number AS gone,
           p.ends_estimated, m.day_number < p.gone_number AS stays
    FROM piece p
    FULL JOIN staffed m ON m.code = p.class
    WHERE coalesce(m.listed AND p.from_number <= m.day_number AND (m.day_number < p.to_number
              OR m.moving AND m.since_number < p.to_number AND (p.from_number <= m.since_number OR p.starts OR p.ends)), false)
)
SELECT true AS covers, {{over region, icb, organisation, sector, kind}} AS over, month, region, icb, organisation, sector, kind,
       max(region_name) AS region_name, max(icb_name) AS icb_name, max(organisation_name) AS organisation_name,
       count(*) FILTER (WHERE listed) AS reporting, count(*) FILTER (WHERE expected) AS expected, count(*) FILTER (WHERE estimated) AS estimated,
       count(*) FILTER (WHERE moving) AS moving, min(newest_list) AS oldest_list, max(newest_list) AS newest_list,
       '' AS staff_group, '' AS job_role, '' AS band, '' AS area_of_work, '' AS digital, '' AS team,
       CAST(0 AS bigint) AS headcount, CAST(0 AS bigint) AS fte, CAST(0 AS bigint) AS opening, CAST(0 AS bigint) AS opening_fte,
       CAST(0 AS bigint) AS closing, CAST(0 AS bigint) AS closing_fte, CAST(0 AS bigint) AS starters, CAST(0 AS bigint) AS starter_fte,
       CAST(0 AS bigint) AS leavers, CAST(0 AS bigint) AS leaver_fte, CAST(0 AS bigint) AS estimated_leavers,
       CAST(0 AS bigint) AS stayers, CAST(0 AS bigint) AS stayer_fte
FROM staffed
GROUP BY {{sets month, region, icb, organisation, sector, kind}}
UNION ALL
SELECT false, {{over region, icb, organisation, sector, kind, staff_group, job_role, band, area_of_work, digital, team}},
       month, region, icb, organisation, sector, kind, '', '', '', 0, 0, 0, 0, NULL, NULL, staff_group, job_role, band, area_of_work, digital, team,
       CAST(coalesce(sum(people) FILTER (WHERE present), 0) AS bigint), CAST(coalesce(sum(fte) FILTER (WHERE present), 0) AS bigint),
       CAST(coalesce(sum(people) FILTER (WHERE opening), 0) AS bigint), CAST(coalesce(sum(fte) FILTER (WHERE opening), 0) AS bigint),
       CAST(coalesce(sum(people) FILTER (WHERE closing), 0) AS bigint), CAST(coalesce(sum(fte) FILTER (WHERE closing), 0) AS bigint),
       CAST(coalesce(sum(people) FILTER (WHERE started), 0) AS bigint), CAST(coalesce(sum(fte) FILTER (WHERE started), 0) AS bigint),
       CAST(coalesce(sum(people) FILTER (WHERE gone), 0) AS bigint), CAST(coalesce(sum(fte) FILTER (WHERE gone), 0) AS bigint),
       CAST(coalesce(sum(people) FILTER (WHERE gone AND ends_estimated), 0) AS bigint),
       CAST(coalesce(sum(people) FILTER (WHERE opening AND stays), 0) AS bigint), CAST(coalesce(sum(fte) FILTER (WHERE opening AND stays), 0) AS bigint)
FROM counted
GROUP BY {{sets month, region, icb, organisation, sector, kind, staff_group, job_role, band, area_of_work, digital, team}}
