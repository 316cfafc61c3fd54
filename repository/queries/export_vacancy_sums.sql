-- The sums of an organisation's vacancy cells by month, staff group and band.
SELECT organisation, month AS as_at, staff_group, nullif(band, '-') AS band,
       trim_scale(sum(budgeted) / 100000.0) AS budgeted_fte, trim_scale(sum(contracted) / 100000.0) AS contracted_fte,
       trim_scale(sum(vacancy) / 100000.0) AS vacancy_fte, trim_scale(sum(vacancy_gross) / 100000.0) AS vacancy_fte_gross,
       trim_scale(sum(bank) / 100000.0) AS bank_fte, trim_scale(sum(agency) / 100000.0) AS agency_fte,
       sum(reported) AS reported_vacancies, sum(advertised) AS advertised_posts
FROM vacancy_rollup
WHERE organisation = CAST(@organisation AS text)
  AND month BETWEEN coalesce(CAST(@first AS date), '-infinity') AND coalesce(CAST(@last AS date), 'infinity')
GROUP BY organisation, month, vacancy_rollup.staff_group, vacancy_rollup.band
ORDER BY organisation, month, vacancy_rollup.staff_group, vacancy_rollup.band
