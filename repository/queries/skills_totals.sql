-- Digital-literacy totals at @as_at, with ICB and region as they were on the day.
-- One population: people in post on the day, grouped by the staff version valid
-- then. An organisation without a staff list up to the day has assessed people
-- only, grouped by what was sent with the assessment; staff in post is then not
-- known. Three parts, put together by the caller: the organisations of each group,
-- its people, and by competence its people at each level. Everything of a person is
-- looked up by index, so that the plan does not depend on estimates that a fresh
-- bulk load makes wrong.
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
    SELECT o.code,
           CASE WHEN CAST(@by_region AS boolean) THEN coalesce(v.region, '') ELSE '' END AS region,
           CASE WHEN CAST(@by_icb AS boolean) THEN coalesce(v.icb, '') ELSE '' END AS icb,
           CASE WHEN CAST(@by_organisation AS boolean) THEN o.code ELSE '' END AS organisation,
           CASE WHEN CAST(@by_region AS boolean) THEN coalesce(region.name, '') ELSE '' END AS region_name,
           CASE WHEN CAST(@by_icb AS boolean) THEN coalesce(icb.name, '') ELSE '' END AS icb_name,
           CASE WHEN CAST(@by_organisation AS boolean) THEN v.name ELSE '' END AS organisation_name,
           start.reports_from <= CAST(@as_at AS date) AS reports,
           EXISTS (SELECT FROM staff_list l WHERE l.organisation = o.code AND l.ended_by IS NULL
                     AND l.as_at <= CAST(@as_at AS date)) AS listed
    FROM organisation o
    JOIN now_version v ON v.code = o.code
    LEFT JOIN now_version region ON region.code = v.region
    LEFT JOIN now_version icb ON icb.code = v.icb
    LEFT JOIN organisation_lifespan life ON life.code = o.code AND life.ended_by IS NULL
    LEFT JOIN reporting_start start ON start.organisation = o.code AND start.kind = 'assessments' AND start.ended_by IS NULL
    WHERE o.kind NOT IN ('region', 'icb')
      AND (life.opened_on IS NULL OR life.opened_on <= CAST(@as_at AS date))
      AND (life.closed_on IS NULL OR CAST(@as_at AS date) <= life.closed_on)
      AND (CAST(@regions AS text[]) IS NULL OR v.region = ANY (CAST(@regions AS text[])))
      AND (CAST(@icbs AS text[]) IS NULL OR v.icb = ANY (CAST(@icbs AS text[])))
      AND (CAST(@organisations AS text[]) IS NULL OR o.code = ANY (CAST(@organisations AS text[])))
), candidate AS (
    SELECT m.region, m.icb, m.organisation, m.code, m.listed, s.id AS staff_id
    FROM member m
    JOIN staff_member s ON s.organisation = m.code AND s.ended_by IS NULL
    CROSS JOIN LATERAL (
        SELECT count(*) > 0 AS held, bool_or(e.started_on <= CAST(@as_at AS date)
                 AND (e.left_on IS NULL OR CAST(@as_at AS date) <= e.left_on)) AS covers
        FROM employment_spell e
        WHERE e.organisation = s.organisation AND e.staff_id = s.id AND e.ended_by IS NULL
    ) spells
    WHERE spells.covers OR NOT m.listed AND NOT spells.held
), person AS (
    SELECT c.region, c.icb, c.organisation, c.code, c.listed,
           CASE WHEN CAST(@by_staff_group AS boolean) THEN coalesce(p.staff_group, a.staff_group) ELSE '' END AS staff_group,
           CASE WHEN CAST(@by_band AS boolean) THEN coalesce(p.band, a.band) ELSE '' END AS band,
           a.assessed_on, a.levels
    FROM candidate c
    LEFT JOIN LATERAL (
        SELECT v.staff_group, v.band, v.in_post
        FROM staff_version v
        WHERE v.organisation = c.code AND v.staff_id = c.staff_id AND v.ended_by IS NULL
        ORDER BY v.valid_from > CAST(@as_at AS date),
                 CASE WHEN v.valid_from <= CAST(@as_at AS date) THEN v.valid_from END DESC, v.valid_from
        LIMIT 1
    ) p ON true
    LEFT JOIN LATERAL (
        SELECT x.assessed_on, x.levels, x.staff_group, x.band
        FROM assessment x
        WHERE x.organisation = c.code AND x.staff_id = c.staff_id AND x.ended_by IS NULL
          AND x.framework_version = CAST(@framework AS smallint) AND x.assessed_on <= CAST(@as_at AS date)
          AND x.assessed_on >= CAST(@as_at AS date) - make_interval(months => CAST(@validity AS integer))
        ORDER BY x.assessed_on DESC, CASE x.assessor_kind WHEN 'assessor' THEN 1 WHEN 'manager' THEN 2 ELSE 3 END
        LIMIT 1
    ) a ON true
    WHERE (c.listed AND p.in_post OR NOT c.listed AND p.in_post IS NOT FALSE AND a.assessed_on IS NOT NULL)
      AND (CAST(@staff_groups AS text[]) IS NULL OR coalesce(p.staff_group, a.staff_group) = ANY (CAST(@staff_groups AS text[])))
      AND (CAST(@bands AS text[]) IS NULL OR coalesce(p.band, a.band) = ANY (CAST(@bands AS text[])))
)
SELECT 'organisations' AS part, m.region, m.icb, m.organisation,
       max(m.region_name) AS region_name, max(m.icb_name) AS icb_name, max(m.organisation_name) AS organisation_name,
       '' AS staff_group, '' AS band, '' AS competence, 0 AS level, 0 AS people, true AS listed,
       0 AS assessed, CAST(NULL AS date) AS newest, CAST(NULL AS date) AS oldest,
       count(*) FILTER (WHERE EXISTS (SELECT FROM assessment x WHERE x.organisation = m.code AND x.ended_by IS NULL
           AND x.framework_version = CAST(@framework AS smallint) AND x.assessed_on <= CAST(@as_at AS date)
           AND x.assessed_on >= CAST(@as_at AS date) - make_interval(months => CAST(@validity AS integer)))) AS reporting,
       count(*) FILTER (WHERE m.reports) AS expected
FROM member m
GROUP BY m.region, m.icb, m.organisation
UNION ALL
SELECT 'people', region, icb, organisation, '', '', '', staff_group, band, '', 0, count(*), bool_and(listed),
       count(assessed_on), max(assessed_on), min(assessed_on), 0, 0
FROM person
GROUP BY region, icb, organisation, staff_group, band
UNION ALL
SELECT 'levels', p.region, p.icb, p.organisation, '', '', '', p.staff_group, p.band, k.code, answer.level, count(*), true,
       0, NULL, NULL, 0, 0
FROM person p
CROSS JOIN LATERAL unnest(p.levels) WITH ORDINALITY AS answer (level, place)
JOIN competence k ON k.framework_version = CAST(@framework AS smallint) AND k.ordinal = answer.place
WHERE CAST(@by_competence AS boolean) AND answer.level IS NOT NULL
GROUP BY p.region, p.icb, p.organisation, p.staff_group, p.band, k.code, answer.level
