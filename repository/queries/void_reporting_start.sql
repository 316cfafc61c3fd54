-- The first day of which an organisation's uploads that are in force speak, for one
-- kind: the day of a staff list, or the days of what they added, replaced, removed
-- or found unchanged.
WITH in_force AS (
    SELECT u.change_id, u.as_at FROM upload u
    WHERE u.organisation = CAST(@organisation AS text) AND u.kind = CAST(@kind AS text) AND u.state IN ('applied', 'partly_applied')
)
SELECT least(
    (SELECT min(as_at) FROM in_force),
    (SELECT min(assessed_on) FROM assessment
      WHERE organisation = CAST(@organisation AS text) AND CAST(@kind AS text) = 'assessments'
        AND (added_by IN (SELECT change_id FROM in_force) OR ended_by IN (SELECT change_id FROM in_force))),
    (SELECT min(k.day) FROM assessment_confirmation f CROSS JOIN LATERAL unnest(f.assessed_on) AS k (day)
      WHERE f.organisation = CAST(@organisation AS text) AND f.added_by IN (SELECT change_id FROM in_force)),
    (SELECT min(month) FROM vacancy_cell
      WHERE organisation = CAST(@organisation AS text) AND CAST(@kind AS text) = 'vacancies'
        AND (added_by IN (SELECT change_id FROM in_force) OR ended_by IN (SELECT change_id FROM in_force))),
    (SELECT min(k.month) FROM vacancy_confirmation f CROSS JOIN LATERAL unnest(f.months) AS k (month)
      WHERE f.organisation = CAST(@organisation AS text) AND f.added_by IN (SELECT change_id FROM in_force)),
    (SELECT min(opened_on) FROM position_vacancy
      WHERE organisation = CAST(@organisation AS text) AND CAST(@kind AS text) = 'position_vacancies'
        AND added_by IN (SELECT change_id FROM in_force))
) AS earliest
