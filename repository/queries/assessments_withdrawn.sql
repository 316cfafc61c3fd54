-- How many answers the file withdraws: competences that a row leaves empty and
-- that the assessment it replaces, or else the latest one before it that is still
-- valid on its day, had answered.
SELECT count(*) AS answers
FROM resolved_assessment r
CROSS JOIN LATERAL (
    SELECT coalesce(r.held_levels, (
        SELECT a.levels FROM assessment a
        WHERE a.organisation = CAST(@organisation AS text) AND a.staff_id = r.staff_id
          AND a.framework_version = CAST(@framework AS smallint) AND a.assessor_kind = r.assessor_kind
          AND a.ended_by IS NULL AND a.assessed_on < r.assessed_on
          AND a.assessed_on >= r.assessed_on - make_interval(months => CAST(@validity AS integer))
        ORDER BY a.assessed_on DESC LIMIT 1)) AS levels
) earlier
CROSS JOIN LATERAL unnest(r.levels, earlier.levels) AS answer (now, before)
WHERE NOT r.remove AND NOT r.same AND r.staff_id IS NOT NULL
  AND array_position(r.levels, NULL) IS NOT NULL
  AND answer.now IS NULL AND answer.before IS NOT NULL
