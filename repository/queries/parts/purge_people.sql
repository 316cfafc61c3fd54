-- The people of an organisation whose records have been kept long enough: those who
-- left before a day, by all that is held of their employment, and those of whom no
-- employment is held and no assessment will be, and whom no change has touched since.
-- An employment ends with the organisation at the latest, provided that this has sent or
-- withdrawn nothing since: else the registry may be wrong about its last day.
WITH recent AS MATERIALIZED (
    SELECT c.id, c.kind FROM change c
    WHERE c.organisation = CAST(@organisation AS text)
      AND (c.made_at IS NULL OR c.made_at >= CAST(CAST(@left_before AS date) AS timestamp) AT TIME ZONE 'UTC')
), touched AS MATERIALIZED (
    SELECT id AS staff_id FROM staff_member
    WHERE organisation = CAST(@organisation AS text) AND (added_by IN (SELECT id FROM recent) OR ended_by IN (SELECT id FROM recent))
    UNION
    SELECT staff_id FROM employment_spell
    WHERE organisation = CAST(@organisation AS text) AND (added_by IN (SELECT id FROM recent) OR ended_by IN (SELECT id FROM recent))
    UNION
    SELECT staff_id FROM staff_version
    WHERE organisation = CAST(@organisation AS text) AND (added_by IN (SELECT id FROM recent) OR ended_by IN (SELECT id FROM recent))
    UNION
    SELECT staff_id FROM assessment
    WHERE organisation = CAST(@organisation AS text) AND assessed_on >= CAST(@assessed_before AS date)
      AND (ended_by IS NULL OR added_by IN (SELECT id FROM recent) OR ended_by IN (SELECT id FROM recent))
), employment AS MATERIALIZED (
    SELECT s.staff_id, max(least(coalesce(s.left_on, date 'infinity'), coalesce(o.closed_on, date 'infinity'))) AS left_on
    FROM employment_spell s
    LEFT JOIN organisation_lifespan o ON o.code = s.organisation AND o.ended_by IS NULL
        AND NOT EXISTS (SELECT FROM recent WHERE kind IN ('upload', 'void'))
    WHERE s.organisation = CAST(@organisation AS text) AND s.ended_by IS NULL
    GROUP BY s.staff_id
)
SELECT p.id AS staff_id
FROM staff_member p
LEFT JOIN employment e ON e.staff_id = p.id
WHERE p.organisation = CAST(@organisation AS text)
  AND (e.left_on < CAST(@left_before AS date) OR e.staff_id IS NULL AND p.id NOT IN (SELECT staff_id FROM touched))
