-- Ends the assessments that are replaced or removed. They are found by the place
-- where this transaction has read them: a join by their key would depend on
-- statistics that a fresh bulk load has made wrong. For the same reason the
-- organisation, which only makes sure, is written so that no index is used for it.
UPDATE assessment a SET ended_by = CAST(@change AS bigint)
WHERE a.ctid = ANY (ARRAY(SELECT r.held_row FROM resolved_assessment r WHERE r.held AND (r.remove OR NOT r.same)))
  AND a.organisation || '' = CAST(@organisation AS text) AND a.ended_by IS NULL
