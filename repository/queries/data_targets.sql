-- The targets that an organisation has set, of every framework version, as known after a
-- change. The bounds are of the days from which they hold.
SELECT p.framework_version, v.framework, v.version, p.competence, p.domain, p.job_role, p.staff_group, p.band, p.valid_from, p.level
FROM target p
JOIN framework_version v ON v.id = p.framework_version
WHERE p.organisation = CAST(@organisation AS text)
  AND p.valid_from BETWEEN coalesce(CAST(@first AS date), '-infinity') AND coalesce(CAST(@last AS date), 'infinity')
  AND p.added_by <= CAST(@known AS bigint) AND (p.ended_by IS NULL OR p.ended_by > CAST(@known AS bigint))
ORDER BY v.framework COLLATE "C", v.version COLLATE "C", p.competence COLLATE "C", p.domain COLLATE "C",
         p.job_role COLLATE "C", p.staff_group COLLATE "C", p.band COLLATE "C", p.valid_from
