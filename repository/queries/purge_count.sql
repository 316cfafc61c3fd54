-- How many rows of an organisation have been kept long enough.
WITH gone AS MATERIALIZED (
    {{purge_people}}
)
SELECT (SELECT count(*) FROM gone) AS people,
       (SELECT count(*) FROM assessment a WHERE a.organisation = CAST(@organisation AS text)
           AND (a.assessed_on < CAST(@assessed_before AS date) OR a.staff_id IN (SELECT staff_id FROM gone))) AS assessments,
       (SELECT count(*) FROM staff_version v WHERE v.organisation = CAST(@organisation AS text) AND v.staff_id IN (SELECT staff_id FROM gone))
     + (SELECT count(*) FROM employment_spell s WHERE s.organisation = CAST(@organisation AS text) AND s.staff_id IN (SELECT staff_id FROM gone))
       AS staff_versions
