-- The posts that are held on each of the days.
SELECT d.month, p.staff_id, p.staff_group, p.job_role, p.band, p.area_of_work, p.digital, p.team
FROM held_day d
JOIN ({{posts}}) p ON p.from_day <= d.month AND d.month < p.to_day
