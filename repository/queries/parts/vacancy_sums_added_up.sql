-- The sums of an organisation's cells for each kind of row, subtotals among them.
organisation_sum AS (
    SELECT {{over region, icb, organisation, sector, kind, staff_group, job_role, band, area_of_work, digital}} AS over,
           month, code, region, icb, organisation, sector, kind, staff_group, job_role, band, area_of_work, digital,
           {{vacancy_sums}}, min(first_change) AS first_change, max(last_change) AS last_change
    FROM cell
    GROUP BY {{sets month, code, region, icb, organisation, sector, kind, staff_group, job_role, band, area_of_work, digital}}
)
