-- The posts that are held on the one day asked about.
SELECT h.last_month AS month, p.staff_id, p.staff_group, p.job_role, p.band, p.area_of_work, p.digital, p.team
FROM staff_position p
WHERE p.organisation = h.code AND p.from_day <= h.last_month AND h.last_month < p.to_day
