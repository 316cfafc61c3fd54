-- Derives the positions of the staff members whom a change touched.
WITH touched AS MATERIALIZED ({{touched_staff}})
INSERT INTO staff_position (organisation, staff_id, from_day, to_day, staff_group, job_role, band, area_of_work, digital,
                            team, contract_type, fte, starts, ends, ends_estimated)
SELECT position.* FROM (
    {{staff_positions}}
) position
ORDER BY position.staff_id, position.from_day
