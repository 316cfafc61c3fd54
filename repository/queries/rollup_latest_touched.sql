-- Whether a change added assessments, and whether it ended some, so that earlier ones
-- may be the latest again.
SELECT EXISTS (SELECT FROM assessment a WHERE a.organisation = CAST(@organisation AS text) AND a.added_by = CAST(@change AS bigint)) AS added,
       EXISTS (SELECT FROM assessment a WHERE a.organisation = CAST(@organisation AS text) AND a.ended_by = CAST(@change AS bigint)) AS ended
