-- The rows of vacancy_rollup of an organisation, worked out from its cells: for all
-- months, or for those of @months.
SELECT organisation, month, staff_group, band, digital,
       CAST(sum(cells) AS integer) AS cells, CAST(sum(incomplete) AS integer) AS incomplete,
       CAST(sum(budgeted) AS bigint) AS budgeted, CAST(sum(contracted) AS bigint) AS contracted, CAST(sum(vacancy) AS bigint) AS vacancy,
       CAST(sum(vacancy_gross) AS bigint) AS vacancy_gross, CAST(sum(rate_budgeted) AS bigint) AS rate_budgeted,
       CAST(sum(bank) AS bigint) AS bank, CAST(sum(agency) AS bigint) AS agency, CAST(sum(cover) AS bigint) AS cover,
       sum(reported) AS reported, sum(advertised) AS advertised, sum(headcount) AS headcount,
       sum(rate_reported) AS rate_reported, sum(rate_headcount) AS rate_headcount,
       min(first_change) AS first_change, max(last_change) AS last_change
FROM (
    SELECT c.organisation, c.month, c.staff_group, c.band, {{digital_post}} AS digital,
           {{vacancy_measures}}
    FROM vacancy_cell c
    JOIN job_role r ON r.code = c.job_role
    JOIN area_of_work a ON a.code = c.area_of_work
    WHERE c.organisation = CAST(@organisation AS text) AND {{live c}}
      AND (CAST(@months AS date[]) IS NULL OR c.month = ANY (CAST(@months AS date[])))
) cell
GROUP BY organisation, month, staff_group, band, digital
