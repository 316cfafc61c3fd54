UPDATE assessment a SET ended_by = CAST(@change AS bigint)
FROM resolved_assessment r
WHERE a.organisation = CAST(@organisation AS text) AND a.staff_id = r.staff_id
  AND a.framework_version = CAST(@framework AS smallint) AND a.assessed_on = r.assessed_on
  AND a.assessor_kind = r.assessor_kind AND a.ended_by IS NULL
  AND r.held AND (r.remove OR NOT r.same)
