-- Takes what goes from the lists of assessments that uploads found unchanged.
UPDATE assessment_confirmation f
SET staff_ids = left_over.staff_ids, assessed_on = left_over.assessed_on, assessor_kinds = left_over.assessor_kinds
FROM (
    SELECT c.added_by,
           coalesce(array_agg(k.staff_id ORDER BY k.place) FILTER (WHERE k.stays), '{}') AS staff_ids,
           coalesce(array_agg(k.assessed_on ORDER BY k.place) FILTER (WHERE k.stays), '{}') AS assessed_on,
           coalesce(array_agg(k.assessor_kind ORDER BY k.place) FILTER (WHERE k.stays), '{}') AS assessor_kinds
    FROM assessment_confirmation c
    CROSS JOIN LATERAL (
        SELECT e.*, e.assessed_on >= CAST(@assessed_before AS date) AND e.staff_id NOT IN (SELECT staff_id FROM purged_person) AS stays
        FROM unnest(c.staff_ids, c.assessed_on, c.assessor_kinds) WITH ORDINALITY AS e (staff_id, assessed_on, assessor_kind, place)
    ) k
    WHERE c.organisation = CAST(@organisation AS text)
    GROUP BY c.added_by
    HAVING NOT bool_and(k.stays)
) left_over
WHERE f.organisation = CAST(@organisation AS text) AND f.added_by = left_over.added_by
