-- The sums of vacancy figures; the rows added up have the same names for theirs.
CAST(sum(cells) AS bigint) AS cells, CAST(sum(incomplete) AS bigint) AS incomplete,
CAST(sum(budgeted) AS bigint) AS budgeted, CAST(sum(contracted) AS bigint) AS contracted, CAST(sum(vacancy) AS bigint) AS vacancy,
CAST(sum(vacancy_gross) AS bigint) AS vacancy_gross, CAST(sum(rate_budgeted) AS bigint) AS rate_budgeted,
CAST(sum(bank) AS bigint) AS bank, CAST(sum(agency) AS bigint) AS agency, CAST(sum(cover) AS bigint) AS cover,
CAST(sum(reported) AS bigint) AS reported, CAST(sum(advertised) AS bigint) AS advertised, CAST(sum(headcount) AS bigint) AS headcount,
CAST(sum(rate_reported) AS bigint) AS rate_reported, CAST(sum(rate_headcount) AS bigint) AS rate_headcount
