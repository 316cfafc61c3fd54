-- Vacancy totals for the month ends in @months. Two parts: the organisations of each
-- place (expected, reporting, membership estimated), and the sums of its cells. They
-- are put together by the caller: a join of the two would depend on estimates that a
-- fresh bulk load makes wrong. An organisation counts only while it is open, so that
-- what it and its successor report is never added up.
-- Cells are added up for each organisation first, so that organisations can be counted by
-- what they state.
WITH RECURSIVE {{members}}, {{cells}}, {{organisation_sum}}
SELECT true AS covers, {{over region, icb, organisation, sector, kind}} AS over, month, region, icb, organisation, sector, kind,
       max(region_name) AS region_name, max(icb_name) AS icb_name, max(organisation_name) AS organisation_name,
       count(*) FILTER (WHERE reporting) AS reporting, count(*) FILTER (WHERE expected) AS expected, count(*) FILTER (WHERE estimated) AS estimated,
       '' AS staff_group, '' AS job_role, '' AS band, '' AS area_of_work, '' AS digital, CAST(0 AS bigint) AS cells, CAST(0 AS bigint) AS incomplete,
       CAST(NULL AS bigint) AS budgeted, CAST(NULL AS bigint) AS contracted, CAST(NULL AS bigint) AS vacancy,
       CAST(NULL AS bigint) AS vacancy_gross, CAST(NULL AS bigint) AS rate_budgeted, CAST(NULL AS bigint) AS bank,
       CAST(NULL AS bigint) AS agency, CAST(NULL AS bigint) AS cover, CAST(NULL AS bigint) AS reported, CAST(NULL AS bigint) AS advertised,
       CAST(NULL AS bigint) AS headcount, CAST(NULL AS bigint) AS rate_reported, CAST(NULL AS bigint) AS rate_headcount,
       0 AS with_gap, 0 AS with_reported, 0 AS with_advertised, CAST(NULL AS timestamptz) AS oldest_received, CAST(NULL AS timestamptz) AS newest_received
FROM covered
GROUP BY {{sets month, region, icb, organisation, sector, kind}}
UNION ALL
SELECT false, s.over, s.month, s.region, s.icb, s.organisation, s.sector, s.kind, '', '', '', 0, 0, 0,
       s.staff_group, s.job_role, s.band, s.area_of_work, s.digital, {{vacancy_sums}},
       count(*) FILTER (WHERE s.cells > s.incomplete), count(*) FILTER (WHERE s.reported IS NOT NULL),
       count(*) FILTER (WHERE s.advertised IS NOT NULL), min(oldest.made_at), max(newest.made_at)
FROM organisation_sum s
JOIN change oldest ON oldest.id = s.first_change
JOIN change newest ON newest.id = s.last_change
GROUP BY s.over, s.month, s.region, s.icb, s.organisation, s.sector, s.kind, s.staff_group, s.job_role, s.band, s.area_of_work, s.digital
