-- How many rows of an organisation have been kept long enough, and how many kept files
-- may name those who go.
WITH gone AS MATERIALIZED (
    {{purge_people}}
), counted AS MATERIALIZED (
    SELECT (SELECT count(*) FROM gone) AS people,
           (SELECT count(*) FROM assessment a WHERE a.organisation = CAST(@organisation AS text)
               AND (a.assessed_on < CAST(@assessed_before AS date) OR a.staff_id IN (SELECT staff_id FROM gone))) AS assessments,
           (SELECT count(*) FROM staff_version v WHERE v.organisation = CAST(@organisation AS text) AND v.staff_id IN (SELECT staff_id FROM gone))
         + (SELECT count(*) FROM employment_spell s WHERE s.organisation = CAST(@organisation AS text) AND s.staff_id IN (SELECT staff_id FROM gone))
           AS staff_versions
)
SELECT people, assessments, staff_versions,
       CASE WHEN people + assessments > 0 THEN (SELECT count(*) FROM upload u WHERE u.organisation = CAST(@organisation AS text)
           AND (u.kind IN ('staff', 'assessments') OR u.state = 'rejected')
           AND EXISTS (SELECT FROM upload_file_part f WHERE f.organisation = u.organisation AND f.upload_id = u.id)) ELSE 0 END AS files
FROM counted
