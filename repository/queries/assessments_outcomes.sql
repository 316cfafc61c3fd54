-- What the resolved rows come to, and what is to be said of them: one row for
-- each kind of trouble with the first row number and the number of rows.
SELECT count(*) FILTER (WHERE NOT remove AND staff_id IS NOT NULL AND NOT held) AS new,
       count(*) FILTER (WHERE NOT remove AND held AND NOT same) AS changed,
       count(*) FILTER (WHERE NOT remove AND same) AS unchanged,
       count(*) FILTER (WHERE remove AND held) AS removed,
       min(assessed_on) AS earliest
FROM resolved_assessment
