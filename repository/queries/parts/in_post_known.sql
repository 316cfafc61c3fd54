-- The periods in post of listed organisations as they were known, made of the spells and
-- versions that were held then. gone_day is the first day on which the person was in
-- post no longer, however often the position changed before.
in_post AS (
    SELECT p.organisation AS code, p.staff_group, p.job_role, p.band, p.area_of_work, p.digital, p.team, p.fte,
           p.from_day, p.to_day, p.starts, p.ends, p.ends_estimated,
           coalesce(min(p.to_day) FILTER (WHERE p.ends) OVER later, date 'infinity') AS gone_day
    FROM (
        {{staff_positions}}
    ) p
    WINDOW later AS (PARTITION BY p.organisation, p.staff_id ORDER BY p.from_day DESC)
)
