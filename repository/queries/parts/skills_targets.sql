-- The levels that one owner expects on each of the days: of the targets of a key the
-- latest that has begun, unless it is an end, for each competence that it is about. The
-- least weight wins: it is 100 times the rank of the key (DESIGN 5), twice over so that
-- a competence's target goes before its domain's, plus the level.
SELECT t.month, t.job_role, t.staff_group, t.band, k.ordinal,
       100 * (2 * CASE WHEN t.job_role <> '-' AND t.band <> '-' THEN 1 WHEN t.job_role <> '-' THEN 2
                       WHEN t.staff_group <> '-' AND t.band <> '-' THEN 3 WHEN t.staff_group <> '-' THEN 4
                       WHEN t.band <> '-' THEN 5 ELSE 6 END
              + CASE WHEN t.competence = '-' THEN 1 ELSE 0 END) + t.level AS weight
FROM (
    SELECT DISTINCT ON (d.month, g.competence, g.domain, g.job_role, g.staff_group, g.band)
           d.month, g.competence, g.domain, g.job_role, g.staff_group, g.band, g.level
    FROM target g
    JOIN asked_day d ON g.valid_from <= d.month
    WHERE g.organisation = {{owner}} AND g.framework_version = CAST(@framework AS smallint) AND {{live g}}
    ORDER BY d.month, g.competence, g.domain, g.job_role, g.staff_group, g.band, g.valid_from DESC
) t
JOIN competence k ON k.framework_version = CAST(@framework AS smallint) AND (k.code = t.competence OR k.domain_code = t.domain)
WHERE t.level IS NOT NULL
