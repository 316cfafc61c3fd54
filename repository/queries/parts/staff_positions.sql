-- The periods in post of the spells and versions that {{held}} lets through. Of each
-- spell they are the parts that its versions cut it into, without those that are not in
-- post. A version holds until the next; the first of a person also before itself. The
-- spells of one person do not overlap, so neither do the parts, and the neighbours of
-- one tell whether the person was in post on the day before it and is on the day after.
SELECT part.organisation, part.staff_id, part.from_day, part.to_day, part.staff_group, part.job_role, part.band, part.area_of_work,
       CASE WHEN area.digital OR role.digital THEN 'yes' WHEN part.area_of_work = '-' THEN 'not_stated' ELSE 'no' END AS digital,
       part.team, part.contract_type, part.fte, part.starts, part.ends, part.ends AND part.end_estimated AS ends_estimated
FROM (
    SELECT s.organisation, s.staff_id, greatest(s.from_day, v.from_day) AS from_day, least(s.to_day, v.to_day) AS to_day,
           v.staff_group, v.job_role, v.band, v.area_of_work, v.team, v.contract_type, v.fte,
           s.left_on_estimated AND s.to_day <= v.to_day AS end_estimated,
           lag(least(s.to_day, v.to_day)) OVER neighbours IS DISTINCT FROM greatest(s.from_day, v.from_day) AS starts,
           least(s.to_day, v.to_day) < date 'infinity'
               AND lead(greatest(s.from_day, v.from_day)) OVER neighbours IS DISTINCT FROM least(s.to_day, v.to_day) AS ends
    FROM (
        SELECT held.organisation, held.staff_id, held.started_on AS from_day, coalesce(held.left_on + 1, date 'infinity') AS to_day,
               held.left_on_estimated
        FROM employment_spell held
        WHERE {{held}}
    ) s
    JOIN (
        SELECT held.organisation, held.staff_id, held.staff_group, held.job_role, held.band, held.area_of_work, held.team,
               held.contract_type, held.fte, held.in_post,
               CASE WHEN row_number() OVER following = 1 THEN date '-infinity' ELSE held.valid_from END AS from_day,
               coalesce(lead(held.valid_from) OVER following, date 'infinity') AS to_day
        FROM staff_version held
        WHERE {{held}}
        WINDOW following AS (PARTITION BY held.organisation, held.staff_id ORDER BY held.valid_from)
    ) v ON v.organisation = s.organisation AND v.staff_id = s.staff_id AND s.from_day < v.to_day AND v.from_day < s.to_day
    WHERE v.in_post
    WINDOW neighbours AS (PARTITION BY s.organisation, s.staff_id ORDER BY greatest(s.from_day, v.from_day))
) part
JOIN area_of_work area ON area.code = part.area_of_work
JOIN job_role role ON role.code = part.job_role
