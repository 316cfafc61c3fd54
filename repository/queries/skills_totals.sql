-- Digital-literacy totals at @as_at, with ICB and region as they were on the day.
-- One population: people in post on the day in organisations with a staff list not
-- after it, grouped by the staff version valid then. Rows come once for each group
-- and, by competence, once for each level.
WITH version AS (
    SELECT v.code, v.name, v.region, v.icb,
           CASE WHEN row_number() OVER w = 1 THEN date '-infinity' ELSE v.valid_from END AS from_day,
           coalesce(lead(v.valid_from) OVER w, date 'infinity') AS to_day
    FROM organisation_version v
    WHERE v.ended_by IS NULL
    WINDOW w AS (PARTITION BY v.code ORDER BY v.valid_from)
), now_version AS (
    SELECT code, name, region, icb FROM version WHERE from_day <= CAST(@as_at AS date) AND CAST(@as_at AS date) < to_day
), member AS (
    SELECT o.code, v.region, v.icb,
           (life.opened_on IS NULL OR life.opened_on <= CAST(@as_at AS date))
             AND (life.closed_on IS NULL OR CAST(@as_at AS date) <= life.closed_on) AS open,
           start.reports_from <= CAST(@as_at AS date) AS reports,
           EXISTS (SELECT FROM staff_list l WHERE l.organisation = o.code AND l.ended_by IS NULL
                     AND l.as_at <= CAST(@as_at AS date)) AS listed
    FROM organisation o
    JOIN now_version v ON v.code = o.code
    LEFT JOIN organisation_lifespan life ON life.code = o.code AND life.ended_by IS NULL
    LEFT JOIN reporting_start start ON start.organisation = o.code AND start.kind = 'assessments' AND start.ended_by IS NULL
    WHERE o.kind NOT IN ('region', 'icb')
      AND (CAST(@regions AS text[]) IS NULL OR v.region = ANY (CAST(@regions AS text[])))
      AND (CAST(@icbs AS text[]) IS NULL OR v.icb = ANY (CAST(@icbs AS text[])))
      AND (CAST(@organisations AS text[]) IS NULL OR o.code = ANY (CAST(@organisations AS text[])))
), position AS (
    SELECT DISTINCT ON (v.organisation, v.staff_id) v.organisation, v.staff_id, v.staff_group, v.band, v.in_post
    FROM member m
    JOIN staff_version v ON v.organisation = m.code AND v.ended_by IS NULL
    ORDER BY v.organisation, v.staff_id, v.valid_from > CAST(@as_at AS date),
             CASE WHEN v.valid_from <= CAST(@as_at AS date) THEN v.valid_from END DESC, v.valid_from
), assessed AS (
    SELECT DISTINCT ON (a.organisation, a.staff_id) a.organisation, a.staff_id, a.assessed_on, a.levels
    FROM member m
    JOIN assessment a ON a.organisation = m.code AND a.ended_by IS NULL
     AND a.framework_version = CAST(@framework AS smallint) AND a.assessed_on <= CAST(@as_at AS date)
     AND a.assessed_on > CAST(@as_at AS date) - make_interval(months => CAST(@validity AS integer))
    ORDER BY a.organisation, a.staff_id, a.assessed_on DESC,
             CASE a.assessor_kind WHEN 'assessor' THEN 1 WHEN 'manager' THEN 2 ELSE 3 END
), person AS (
    SELECT CASE WHEN CAST(@by_region AS boolean) THEN coalesce(m.region, '') END AS region,
           CASE WHEN CAST(@by_icb AS boolean) THEN coalesce(m.icb, '') END AS icb,
           CASE WHEN CAST(@by_organisation AS boolean) THEN m.code END AS organisation,
           CASE WHEN CAST(@by_staff_group AS boolean) THEN p.staff_group END AS staff_group,
           CASE WHEN CAST(@by_band AS boolean) THEN p.band END AS band,
           m.code, a.assessed_on, a.levels
    FROM member m
    JOIN employment_spell s ON s.organisation = m.code AND s.ended_by IS NULL AND s.started_on <= CAST(@as_at AS date)
     AND (s.left_on IS NULL OR CAST(@as_at AS date) <= s.left_on)
    JOIN position p ON p.organisation = s.organisation AND p.staff_id = s.staff_id AND p.in_post
    LEFT JOIN assessed a ON a.organisation = s.organisation AND a.staff_id = s.staff_id
    WHERE m.open AND m.listed
      AND (CAST(@staff_groups AS text[]) IS NULL OR p.staff_group = ANY (CAST(@staff_groups AS text[])))
      AND (CAST(@bands AS text[]) IS NULL OR p.band = ANY (CAST(@bands AS text[])))
), base AS (
    SELECT region, icb, organisation, staff_group, band, count(*) AS staff_in_post, count(assessed_on) AS assessed,
           max(assessed_on) AS newest, min(assessed_on) AS oldest
    FROM person GROUP BY region, icb, organisation, staff_group, band
), answer AS (
    SELECT p.region, p.icb, p.organisation, p.staff_group, p.band, k.code AS competence, l.level, count(*) AS people
    FROM person p
    CROSS JOIN LATERAL unnest(p.levels) WITH ORDINALITY AS l (level, place)
    JOIN competence k ON k.framework_version = CAST(@framework AS smallint) AND k.ordinal = l.place
    WHERE CAST(@by_competence AS boolean) AND l.level IS NOT NULL
    GROUP BY p.region, p.icb, p.organisation, p.staff_group, p.band, k.code, l.level
), coverage AS (
    SELECT CASE WHEN CAST(@by_region AS boolean) THEN coalesce(m.region, '') END AS region,
           CASE WHEN CAST(@by_icb AS boolean) THEN coalesce(m.icb, '') END AS icb,
           CASE WHEN CAST(@by_organisation AS boolean) THEN m.code END AS organisation,
           count(*) FILTER (WHERE m.open AND m.reports) AS expected,
           count(*) FILTER (WHERE m.open AND m.listed AND EXISTS (SELECT FROM assessed a WHERE a.organisation = m.code)) AS reporting
    FROM member m
    GROUP BY 1, 2, 3
), asked AS (
    SELECT k.code, k.ordinal FROM competence k
    WHERE k.framework_version = CAST(@framework AS smallint) AND CAST(@by_competence AS boolean)
      AND (CAST(@competences AS text[]) IS NULL OR k.code = ANY (CAST(@competences AS text[])))
    UNION ALL SELECT NULL, 0 WHERE NOT CAST(@by_competence AS boolean)
)
SELECT coverage.region, region.name AS region_name, coverage.icb, icb.name AS icb_name,
       coverage.organisation, unit.name AS organisation_name, base.staff_group, base.band, asked.code AS competence,
       base.staff_in_post, coalesce(base.assessed, 0) AS assessed, base.newest, base.oldest,
       answer.level, coalesce(answer.people, 0) AS people, coverage.reporting, coverage.expected
FROM coverage
LEFT JOIN base ON base.region IS NOT DISTINCT FROM coverage.region AND base.icb IS NOT DISTINCT FROM coverage.icb
     AND base.organisation IS NOT DISTINCT FROM coverage.organisation
CROSS JOIN asked
LEFT JOIN answer ON answer.competence = asked.code
     AND answer.region IS NOT DISTINCT FROM base.region AND answer.icb IS NOT DISTINCT FROM base.icb
     AND answer.organisation IS NOT DISTINCT FROM base.organisation
     AND answer.staff_group IS NOT DISTINCT FROM base.staff_group AND answer.band IS NOT DISTINCT FROM base.band
LEFT JOIN now_version region ON region.code = coverage.region
LEFT JOIN now_version icb ON icb.code = coverage.icb
LEFT JOIN now_version unit ON unit.code = coverage.organisation
LEFT JOIN band ON band.code = base.band
WHERE base.staff_in_post IS NOT NULL
   OR coverage.expected > 0 AND NOT (CAST(@by_staff_group AS boolean) OR CAST(@by_band AS boolean))
ORDER BY coverage.region, coverage.icb, coverage.organisation, base.staff_group, band.ordinal, asked.ordinal, answer.level
