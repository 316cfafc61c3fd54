-- The totals of the facts that hold of each organisation that has changed.
SELECT o.code, s.staff, v.fte, a.assessments, a.levels, c.cells, c.budgeted, c.contracted, p.positions
FROM (SELECT DISTINCT organisation AS code FROM change WHERE organisation IS NOT NULL) o
CROSS JOIN LATERAL (SELECT count(*) AS staff FROM staff_member m WHERE m.organisation = o.code AND m.ended_by IS NULL) s
CROSS JOIN LATERAL (SELECT CAST(coalesce(sum(fte), 0) AS text) AS fte FROM staff_version f WHERE f.organisation = o.code AND f.ended_by IS NULL) v
CROSS JOIN LATERAL (
    SELECT count(*) AS assessments,
           CAST(coalesce(sum((SELECT sum(level.reached) FROM unnest(f.levels) AS level (reached) WHERE level.reached > 0)), 0) AS bigint) AS levels
    FROM assessment f WHERE f.organisation = o.code AND f.ended_by IS NULL
) a
CROSS JOIN LATERAL (
    SELECT count(*) AS cells, CAST(coalesce(sum(budgeted_fte), 0) AS text) AS budgeted, CAST(coalesce(sum(contracted_fte), 0) AS text) AS contracted
    FROM vacancy_cell f WHERE f.organisation = o.code AND f.ended_by IS NULL
) c
CROSS JOIN LATERAL (SELECT count(*) AS positions FROM position_vacancy f WHERE f.organisation = o.code AND f.ended_by IS NULL) p
ORDER BY o.code COLLATE "C"
