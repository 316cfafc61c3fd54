-- The assessment that counts of each person on each of the days: an assessment counts
-- from its day until the next. Of those made on one day an assessor's goes before a
-- manager's and that before a person's own, as the alphabet has it too, and one by the
-- framework version asked for before a translated one.
SELECT d.month, s.*
FROM (
    SELECT one.*, lag(one.assessed_on) OVER (PARTITION BY one.staff_id ORDER BY one.assessed_on DESC) AS next_on
    FROM (
        SELECT DISTINCT ON (a.staff_id, a.assessed_on)
               a.staff_id, a.framework_version, a.assessor_kind, a.assessed_on, a.levels, a.needs, a.staff_group, a.job_role, a.band, a.team
        FROM assessment a
        WHERE a.organisation = h.code AND a.framework_version IN ({{versions}}){{kinds a}} AND {{live a}} AND {{unrestricted a}}
        ORDER BY a.staff_id, a.assessed_on DESC, a.assessor_kind COLLATE "C", a.framework_version <> CAST(@framework AS smallint)
    ) one
) s
JOIN held_day d ON s.assessed_on <= d.month AND (s.next_on IS NULL OR d.month < s.next_on)
