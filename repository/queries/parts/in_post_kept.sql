-- The periods in post that are kept of listed organisations, as far as they touch the
-- days asked for. gone_day is the first day on which the person was in post no longer,
-- however often the position changed before; it is looked up for the few whose position
-- changed.
in_post AS (
    SELECT p.organisation AS code, p.staff_group, p.job_role, p.band, p.area_of_work, p.digital, p.team, p.fte,
           p.from_day, p.to_day, p.starts, p.ends, p.ends_estimated,
           CASE WHEN p.ends OR p.to_day = date 'infinity' THEN p.to_day
                ELSE (SELECT coalesce(min(later.to_day), date 'infinity') FROM staff_position later
                      WHERE later.organisation = p.organisation AND later.staff_id = p.staff_id AND later.ends AND later.to_day > p.to_day)
           END AS gone_day
    FROM staff_position p
    WHERE p.organisation = ANY (ARRAY(SELECT s.code FROM staffed s WHERE s.listed))
      AND p.from_day <= CAST(@last_day AS date) AND p.to_day > CAST(@first_day AS date)
)
