INSERT INTO assessment (organisation, staff_id, framework_version, assessed_on, assessor_kind, levels, needs,
                        staff_group, job_role, band, team, added_by)
SELECT CAST(@organisation AS text), r.staff_id, CAST(@framework AS smallint), r.assessed_on, r.assessor_kind, r.levels, r.needs,
       r.staff_group, r.job_role, r.band, r.team, CAST(@change AS bigint)
FROM resolved_assessment r
WHERE r.staff_id IS NOT NULL AND NOT r.remove AND NOT r.same
ORDER BY r.staff_id, r.assessed_on, r.assessor_kind
