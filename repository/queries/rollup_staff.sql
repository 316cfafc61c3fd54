-- All positions that staff_position must hold of an organisation.
SELECT position.* FROM (
    {{staff_positions}}
) position
ORDER BY position.staff_id, position.from_day
