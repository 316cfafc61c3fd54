-- Takes away the latest assessments that a change ended.
DELETE FROM latest_assessment l USING assessment a
WHERE a.organisation = CAST(@organisation AS text) AND a.ended_by = CAST(@change AS bigint)
  AND l.organisation = CAST(@organisation AS text) AND l.framework_version = a.framework_version
  AND l.staff_id = a.staff_id AND l.assessor_kind = a.assessor_kind AND l.assessed_on = a.assessed_on
