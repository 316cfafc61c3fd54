-- The figures of one row c of vacancy_cell that add up. FTE in hundred-thousandths.
1 AS cells,
CASE WHEN c.budgeted_fte IS NOT NULL AND c.contracted_fte IS NOT NULL THEN 0 ELSE 1 END AS incomplete,
CAST(c.budgeted_fte * 100000 AS bigint) AS budgeted,
CAST(c.contracted_fte * 100000 AS bigint) AS contracted,
CAST((c.budgeted_fte - c.contracted_fte) * 100000 AS bigint) AS vacancy,
CASE WHEN c.contracted_fte IS NOT NULL AND c.budgeted_fte IS NOT NULL
     THEN CAST(greatest(c.budgeted_fte - c.contracted_fte, 0) * 100000 AS bigint) END AS vacancy_gross,
CASE WHEN c.contracted_fte IS NOT NULL THEN CAST(c.budgeted_fte * 100000 AS bigint) END AS rate_budgeted,
CAST(c.bank_fte * 100000 AS bigint) AS bank,
CAST(c.agency_fte * 100000 AS bigint) AS agency,
CASE WHEN c.budgeted_fte IS NOT NULL AND c.contracted_fte IS NOT NULL AND (c.bank_fte IS NOT NULL OR c.agency_fte IS NOT NULL)
     THEN CAST((coalesce(c.bank_fte, 0) + coalesce(c.agency_fte, 0)) * 100000 AS bigint) END AS cover,
c.reported_vacancies AS reported,
c.advertised_posts AS advertised,
c.staff_headcount AS headcount,
CASE WHEN c.staff_headcount IS NOT NULL THEN c.reported_vacancies END AS rate_reported,
CASE WHEN c.reported_vacancies IS NOT NULL THEN c.staff_headcount END AS rate_headcount,
c.added_by AS first_change,
c.added_by AS last_change
