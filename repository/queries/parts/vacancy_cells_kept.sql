-- The sums that are kept of each organisation's cells: for what is held now, over all
-- job roles and areas of work. Most organisations of the registry never sent any: those
-- that did are found first. The rows of an organisation and month are looked up and
-- added up by themselves, so that the plan does not depend on estimates.
sender AS MATERIALIZED (
    SELECT m.code FROM (SELECT DISTINCT code FROM member) m
    WHERE EXISTS (SELECT FROM vacancy_rollup c WHERE c.organisation = m.code)
), sending AS MATERIALIZED (
    SELECT m.* FROM member m JOIN sender s ON s.code = m.code
), cell AS MATERIALIZED (
    SELECT m.month, m.code, m.region, m.icb, m.organisation, m.sector, m.kind, sums.*
    FROM sending m
    CROSS JOIN LATERAL (
        SELECT CASE WHEN CAST(@by_staff_group AS boolean) THEN c.staff_group ELSE '' END AS staff_group, '' AS job_role,
               CASE WHEN CAST(@by_band AS boolean) THEN c.band ELSE '' END AS band, '' AS area_of_work,
               CASE WHEN CAST(@by_digital AS boolean) THEN c.digital ELSE '' END AS digital,
               {{vacancy_sums}}, min(first_change) AS first_change, max(last_change) AS last_change
        FROM vacancy_rollup c
        WHERE c.organisation = m.code AND c.month = m.month
          AND (CAST(@staff_groups AS text[]) IS NULL OR c.staff_group = ANY (CAST(@staff_groups AS text[])))
          AND (CAST(@bands AS text[]) IS NULL OR c.band = ANY (CAST(@bands AS text[])))
          AND (CAST(@digital AS text[]) IS NULL OR c.digital = ANY (CAST(@digital AS text[])))
        GROUP BY 1, 2, 3, 4, 5
    ) sums
), covered AS (
    SELECT m.*, r.reporting
    FROM member m
    LEFT JOIN sender s ON s.code = m.code
    LEFT JOIN LATERAL (
        SELECT true AS reporting FROM vacancy_rollup c
        WHERE c.organisation = s.code AND c.month = m.month
        LIMIT 1
    ) r ON true
)
