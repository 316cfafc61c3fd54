-- The targets that hold on a day, of an organisation and then of the nation: of each key
-- the latest from a day not after it, unless that one ended the target.
SELECT e.organisation, e.framework_version, v.framework, v.version, e.competence, e.domain, e.job_role, e.staff_group, e.band, e.valid_from, e.level
FROM (
    SELECT DISTINCT ON (g.organisation, g.competence, g.domain, g.job_role, g.staff_group, g.band) g.*
    FROM target g
    WHERE g.organisation IN (CAST(@organisation AS text), CAST(@nation AS text)) AND g.framework_version = CAST(@framework AS smallint)
      AND g.valid_from <= CAST(@as_at AS date) AND {{live g}}
    ORDER BY g.organisation, g.competence, g.domain, g.job_role, g.staff_group, g.band, g.valid_from DESC
) e
JOIN framework_version v ON v.id = e.framework_version
WHERE e.level IS NOT NULL
ORDER BY e.organisation = CAST(@nation AS text), e.competence COLLATE "C", e.domain COLLATE "C", e.job_role COLLATE "C", e.staff_group COLLATE "C", e.band COLLATE "C"
