-- The cells as they were sent, held at the question's time, added up as the kept sums
-- are.
sender AS MATERIALIZED (
    SELECT m.code FROM (SELECT DISTINCT code FROM member) m
    WHERE EXISTS (SELECT FROM vacancy_cell c WHERE c.organisation = m.code)
), sending AS MATERIALIZED (
    SELECT m.* FROM member m JOIN sender s ON s.code = m.code
), cell AS MATERIALIZED (
    SELECT m.month, m.code, m.region, m.icb, m.organisation, m.sector, m.kind, sums.*
    FROM sending m
    CROSS JOIN LATERAL (
        SELECT staff_group, job_role, band, area_of_work, digital, {{vacancy_sums}},
               min(first_change) AS first_change, max(last_change) AS last_change
        FROM (
            SELECT CASE WHEN CAST(@by_staff_group AS boolean) THEN c.staff_group ELSE '' END AS staff_group,
                   CASE WHEN CAST(@by_job_role AS boolean) THEN c.job_role ELSE '' END AS job_role,
                   CASE WHEN CAST(@by_band AS boolean) THEN c.band ELSE '' END AS band,
                   CASE WHEN CAST(@by_area_of_work AS boolean) THEN c.area_of_work ELSE '' END AS area_of_work,
                   CASE WHEN CAST(@by_digital AS boolean) THEN d.digital ELSE '' END AS digital,
                   {{vacancy_measures}}
            FROM vacancy_cell c
            JOIN job_role r ON r.code = c.job_role
            JOIN area_of_work a ON a.code = c.area_of_work
            CROSS JOIN LATERAL (SELECT {{digital_post}} AS digital) d
            WHERE c.organisation = m.code AND c.month = m.month AND {{live c}}
              AND (CAST(@staff_groups AS text[]) IS NULL OR c.staff_group = ANY (CAST(@staff_groups AS text[])))
              AND (CAST(@job_roles AS text[]) IS NULL OR c.job_role = ANY (CAST(@job_roles AS text[])))
              AND (CAST(@bands AS text[]) IS NULL OR c.band = ANY (CAST(@bands AS text[])))
              AND (CAST(@areas_of_work AS text[]) IS NULL OR c.area_of_work = ANY (CAST(@areas_of_work AS text[])))
              AND (CAST(@digital AS text[]) IS NULL OR d.digital = ANY (CAST(@digital AS text[])))
        ) held
        GROUP BY staff_group, job_role, band, area_of_work, digital
    ) sums
), covered AS (
    SELECT m.*, r.reporting
    FROM member m
    LEFT JOIN sender s ON s.code = m.code
    LEFT JOIN LATERAL (
        SELECT true AS reporting FROM vacancy_cell c
        WHERE c.organisation = s.code AND c.month = m.month AND {{live c}}
        LIMIT 1
    ) r ON true
)
