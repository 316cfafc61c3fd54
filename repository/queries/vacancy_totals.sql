-- Vacancy totals for the month ends in @months, with ICB and region as they were
-- on each month end. A group of organisations from which a return is expected has
-- a row even when nothing came, unless the rows are broken down further.
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
    SELECT asked.month, o.code, v.name, v.region, v.icb,
           (life.opened_on IS NULL OR life.opened_on <= asked.month)
             AND (life.closed_on IS NULL OR asked.month <= life.closed_on)
             AND start.reports_from <= asked.month AS expected
    FROM asked
    CROSS JOIN organisation o
    JOIN version v ON v.code = o.code AND v.from_day <= asked.month AND asked.month < v.to_day
    LEFT JOIN organisation_lifespan life ON life.code = o.code AND life.ended_by IS NULL
    LEFT JOIN reporting_start start ON start.organisation = o.code AND start.kind = 'vacancies' AND start.ended_by IS NULL
    WHERE o.kind NOT IN ('region', 'icb')
      AND (CAST(@regions AS text[]) IS NULL OR v.region = ANY (CAST(@regions AS text[])))
      AND (CAST(@icbs AS text[]) IS NULL OR v.icb = ANY (CAST(@icbs AS text[])))
      AND (CAST(@organisations AS text[]) IS NULL OR o.code = ANY (CAST(@organisations AS text[])))
), cell AS (
    SELECT CASE WHEN CAST(@by_region AS boolean) THEN coalesce(m.region, '') END AS region,
           CASE WHEN CAST(@by_icb AS boolean) THEN coalesce(m.icb, '') END AS icb,
           CASE WHEN CAST(@by_organisation AS boolean) THEN m.code END AS organisation,
           CASE WHEN CAST(@by_staff_group AS boolean) THEN c.staff_group END AS staff_group,
           CASE WHEN CAST(@by_band AS boolean) THEN c.band END AS band,
           CASE WHEN CAST(@by_digital AS boolean) THEN d.digital END AS digital,
           m.month, m.code, c.budgeted_fte, c.contracted_fte, c.bank_fte, c.agency_fte,
           c.reported_vacancies, c.advertised_posts, c.staff_headcount,
           c.budgeted_fte IS NOT NULL AND c.contracted_fte IS NOT NULL AS complete
    FROM member m
    JOIN vacancy_cell c ON c.organisation = m.code AND c.month = m.month AND c.ended_by IS NULL
    JOIN job_role r ON r.code = c.job_role
    JOIN area_of_work a ON a.code = c.area_of_work
    CROSS JOIN LATERAL (
        SELECT CASE WHEN a.digital OR r.digital THEN 'yes'
                    WHEN c.area_of_work = '-' THEN 'not_stated'
                    ELSE 'no' END AS digital
    ) d
    WHERE (CAST(@staff_groups AS text[]) IS NULL OR c.staff_group = ANY (CAST(@staff_groups AS text[])))
      AND (CAST(@bands AS text[]) IS NULL OR c.band = ANY (CAST(@bands AS text[])))
      AND (CAST(@digital AS text[]) IS NULL OR d.digital = ANY (CAST(@digital AS text[])))
), total AS (
    SELECT month, region, icb, organisation, staff_group, band, digital,
           count(*) AS cells, count(*) FILTER (WHERE NOT complete) AS incomplete,
           CAST(sum(budgeted_fte) * 100000 AS bigint) AS budgeted,
           CAST(sum(contracted_fte) * 100000 AS bigint) AS contracted,
           CAST(sum(budgeted_fte - contracted_fte) * 100000 AS bigint) AS vacancy,
           CAST(sum(greatest(budgeted_fte - contracted_fte, 0)) FILTER (WHERE complete) * 100000 AS bigint) AS vacancy_gross,
           CAST(sum(budgeted_fte) FILTER (WHERE complete) * 100000 AS bigint) AS rate_budgeted,
           CAST(sum(bank_fte) * 100000 AS bigint) AS bank, CAST(sum(agency_fte) * 100000 AS bigint) AS agency,
           sum(reported_vacancies) AS reported, sum(advertised_posts) AS advertised, sum(staff_headcount) AS headcount,
           sum(reported_vacancies) FILTER (WHERE staff_headcount IS NOT NULL) AS rate_reported,
           sum(staff_headcount) FILTER (WHERE reported_vacancies IS NOT NULL) AS rate_headcount
    FROM cell
    GROUP BY month, region, icb, organisation, staff_group, band, digital
), coverage AS (
    SELECT m.month,
           CASE WHEN CAST(@by_region AS boolean) THEN coalesce(m.region, '') END AS region,
           CASE WHEN CAST(@by_icb AS boolean) THEN coalesce(m.icb, '') END AS icb,
           CASE WHEN CAST(@by_organisation AS boolean) THEN m.code END AS organisation,
           count(*) FILTER (WHERE m.expected) AS expected,
           count(*) FILTER (WHERE EXISTS (SELECT FROM vacancy_cell c
               WHERE c.organisation = m.code AND c.month = m.month AND c.ended_by IS NULL)) AS reporting
    FROM member m
    GROUP BY 1, 2, 3, 4
)
SELECT coverage.month, coverage.region, region.name AS region_name, coverage.icb, icb.name AS icb_name,
       coverage.organisation, unit.name AS organisation_name, total.staff_group, total.band, total.digital,
       coalesce(total.cells, 0) AS cells, coalesce(total.incomplete, 0) AS incomplete,
       total.budgeted, total.contracted, total.vacancy, total.vacancy_gross, total.rate_budgeted, total.bank, total.agency,
       total.reported, total.advertised, total.headcount, total.rate_reported, total.rate_headcount,
       coverage.reporting, coverage.expected
FROM coverage
LEFT JOIN total ON total.month = coverage.month AND total.region IS NOT DISTINCT FROM coverage.region
     AND total.icb IS NOT DISTINCT FROM coverage.icb AND total.organisation IS NOT DISTINCT FROM coverage.organisation
LEFT JOIN version region ON region.code = coverage.region AND region.from_day <= coverage.month AND coverage.month < region.to_day
LEFT JOIN version icb ON icb.code = coverage.icb AND icb.from_day <= coverage.month AND coverage.month < icb.to_day
LEFT JOIN version unit ON unit.code = coverage.organisation AND unit.from_day <= coverage.month AND coverage.month < unit.to_day
LEFT JOIN band ON band.code = total.band
WHERE total.month IS NOT NULL
   OR coverage.expected > 0 AND NOT (CAST(@by_staff_group AS boolean) OR CAST(@by_band AS boolean) OR CAST(@by_digital AS boolean))
ORDER BY coverage.month, coverage.region, coverage.icb, coverage.organisation, total.staff_group, band.ordinal, total.digital DESC
