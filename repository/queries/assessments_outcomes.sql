-- What the resolved rows without an error come to: in rows of the file, and in
-- assessments to add and to end.
SELECT coalesce(sum(file_rows) FILTER (WHERE outcome = 'new'), 0) AS new_rows,
       coalesce(sum(file_rows) FILTER (WHERE outcome = 'changed'), 0) AS changed_rows,
       coalesce(sum(file_rows) FILTER (WHERE outcome = 'unchanged'), 0) AS unchanged_rows,
       coalesce(sum(file_rows) FILTER (WHERE outcome = 'removed'), 0) AS removed_rows,
       count(*) FILTER (WHERE outcome IN ('new', 'changed')) AS added,
       count(*) FILTER (WHERE outcome IN ('changed', 'removed')) AS ended,
       min(assessed_on) FILTER (WHERE outcome <> '') AS earliest
FROM (
    SELECT file_rows, assessed_on,
           CASE WHEN staff_id IS NULL AND NOT make THEN ''
                WHEN remove AND held THEN 'removed'
                WHEN remove THEN ''
                WHEN same THEN 'unchanged'
                WHEN held THEN 'changed'
                ELSE 'new' END AS outcome
    FROM resolved_assessment
) judged
