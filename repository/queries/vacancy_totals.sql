-- Vacancy totals for the month ends in @months, with ICB and region as they were
-- on each month end. Two parts: the organisations of each group (expected and
-- reporting), and the sums of its cells. They are put together by the caller: a
-- join of the two would depend on estimates that a fresh bulk load makes wrong.
-- An organisation counts only while it is open, so that what it and its successor
-- report is never added up.
WITH asked AS (
    SELECT month FROM unnest(CAST(@months AS date[])) AS given (month)
), version AS (
    SELECT v.code, v.name, v.region, v.icb,
           CASE WHEN row_number() OVER w = 1 THEN date '-infinity' ELSE v.valid_from END AS from_day,
           coalesce(lead(v.valid_from) OVER w, date 'infinity') AS to_day
    FROM organisation_version v
    WHERE v.ended_by IS NULL
    WINDOW w AS (PARTITION BY v.code ORDER BY v.valid_from)
), member AS (
    SELECT asked.month, o.code,
           CASE WHEN CAST(@by_region AS boolean) THEN coalesce(v.region, '') ELSE '' END AS region,
           CASE WHEN CAST(@by_icb AS boolean) THEN coalesce(v.icb, '') ELSE '' END AS icb,
           CASE WHEN CAST(@by_organisation AS boolean) THEN o.code ELSE '' END AS organisation,
           CASE WHEN CAST(@by_region AS boolean) THEN coalesce(region.name, '') ELSE '' END AS region_name,
           CASE WHEN CAST(@by_icb AS boolean) THEN coalesce(icb.name, '') ELSE '' END AS icb_name,
           CASE WHEN CAST(@by_organisation AS boolean) THEN v.name ELSE '' END AS organisation_name,
           start.reports_from <= asked.month AS expected
    FROM asked
    CROSS JOIN organisation o
    JOIN version v ON v.code = o.code AND v.from_day <= asked.month AND asked.month < v.to_day
    LEFT JOIN version region ON region.code = v.region AND region.from_day <= asked.month AND asked.month < region.to_day
    LEFT JOIN version icb ON icb.code = v.icb AND icb.from_day <= asked.month AND asked.month < icb.to_day
    LEFT JOIN organisation_lifespan life ON life.code = o.code AND life.ended_by IS NULL
    LEFT JOIN reporting_start start ON start.organisation = o.code AND start.kind = 'vacancies' AND start.ended_by IS NULL
    WHERE o.kind NOT IN ('region', 'icb')
      AND (life.opened_on IS NULL OR life.opened_on <= asked.month)
      AND (life.closed_on IS NULL OR asked.month <= life.closed_on)
      AND (CAST(@regions AS text[]) IS NULL OR v.region = ANY (CAST(@regions AS text[])))
      AND (CAST(@icbs AS text[]) IS NULL OR v.icb = ANY (CAST(@icbs AS text[])))
      AND (CAST(@organisations AS text[]) IS NULL OR o.code = ANY (CAST(@organisations AS text[])))
), cell AS (
    SELECT m.month, m.region, m.icb, m.organisation,
           CASE WHEN CAST(@by_staff_group AS boolean) THEN c.staff_group ELSE '' END AS staff_group,
           CASE WHEN CAST(@by_band AS boolean) THEN c.band ELSE '' END AS band,
           CASE WHEN CAST(@by_band AS boolean) THEN b.ordinal ELSE 0 END AS band_ordinal,
           CASE WHEN CAST(@by_digital AS boolean) THEN d.digital ELSE '' END AS digital,
           c.budgeted_fte, c.contracted_fte, c.bank_fte, c.agency_fte,
           c.reported_vacancies, c.advertised_posts, c.staff_headcount,
           c.budgeted_fte IS NOT NULL AND c.contracted_fte IS NOT NULL AS complete
    FROM member m
    JOIN vacancy_cell c ON c.organisation = m.code AND c.month = m.month AND c.ended_by IS NULL
    JOIN job_role r ON r.code = c.job_role
    JOIN area_of_work a ON a.code = c.area_of_work
    JOIN band b ON b.code = c.band
    CROSS JOIN LATERAL (
        SELECT CASE WHEN a.digital OR r.digital THEN 'yes'
                    WHEN c.area_of_work = '-' THEN 'not_stated'
                    ELSE 'no' END AS digital
    ) d
    WHERE (CAST(@staff_groups AS text[]) IS NULL OR c.staff_group = ANY (CAST(@staff_groups AS text[])))
      AND (CAST(@bands AS text[]) IS NULL OR c.band = ANY (CAST(@bands AS text[])))
      AND (CAST(@digital AS text[]) IS NULL OR d.digital = ANY (CAST(@digital AS text[])))
)
SELECT true AS coverage, m.month, m.region, m.icb, m.organisation,
       max(m.region_name) AS region_name, max(m.icb_name) AS icb_name, max(m.organisation_name) AS organisation_name,
       '' AS staff_group, '' AS band, 0 AS band_ordinal, '' AS digital, 0 AS cells, 0 AS incomplete,
       CAST(NULL AS bigint) AS budgeted, CAST(NULL AS bigint) AS contracted, CAST(NULL AS bigint) AS vacancy,
       CAST(NULL AS bigint) AS vacancy_gross, CAST(NULL AS bigint) AS rate_budgeted, CAST(NULL AS bigint) AS bank,
       CAST(NULL AS bigint) AS agency, CAST(NULL AS bigint) AS cover, CAST(NULL AS bigint) AS reported, CAST(NULL AS bigint) AS advertised,
       CAST(NULL AS bigint) AS headcount, CAST(NULL AS bigint) AS rate_reported, CAST(NULL AS bigint) AS rate_headcount,
       count(*) FILTER (WHERE EXISTS (SELECT FROM vacancy_cell c
           WHERE c.organisation = m.code AND c.month = m.month AND c.ended_by IS NULL)) AS reporting,
       count(*) FILTER (WHERE m.expected) AS expected
FROM member m
GROUP BY m.month, m.region, m.icb, m.organisation
UNION ALL
SELECT false, month, region, icb, organisation, '', '', '', staff_group, band, band_ordinal, digital,
       count(*), count(*) FILTER (WHERE NOT complete),
       CAST(sum(budgeted_fte) * 100000 AS bigint), CAST(sum(contracted_fte) * 100000 AS bigint),
       CAST(sum(budgeted_fte - contracted_fte) * 100000 AS bigint),
       CAST(sum(greatest(budgeted_fte - contracted_fte, 0)) FILTER (WHERE complete) * 100000 AS bigint),
       CAST(sum(budgeted_fte) FILTER (WHERE complete) * 100000 AS bigint),
       CAST(sum(bank_fte) * 100000 AS bigint), CAST(sum(agency_fte) * 100000 AS bigint),
       CAST(sum(coalesce(bank_fte, 0) + coalesce(agency_fte, 0))
           FILTER (WHERE complete AND (bank_fte IS NOT NULL OR agency_fte IS NOT NULL)) * 100000 AS bigint),
       sum(reported_vacancies), sum(advertised_posts), sum(staff_headcount),
       sum(reported_vacancies) FILTER (WHERE staff_headcount IS NOT NULL),
       sum(staff_headcount) FILTER (WHERE reported_vacancies IS NOT NULL), 0, 0
FROM cell
GROUP BY month, region, icb, organisation, staff_group, band, band_ordinal, digital
