-- The assessments that the file found as they are held, as one row.
INSERT INTO assessment_confirmation (organisation, upload_id, framework_version, staff_ids, assessed_on, assessor_kinds, added_by)
SELECT CAST(@organisation AS text), CAST(@upload AS uuid), CAST(@framework AS smallint),
       array_agg(r.staff_id), array_agg(r.assessed_on), array_agg(r.assessor_kind), CAST(@change AS bigint)
FROM (
    SELECT staff_id, assessed_on, assessor_kind FROM resolved_assessment
    WHERE NOT remove AND same
    ORDER BY staff_id, assessed_on, assessor_kind
) r
HAVING count(*) > 0
