-- Events of the chains that are asked for: of @organisations, or of all that the scope
-- shows when that is null, and of the system alone with @system. The caller adds the
-- order and the number.
SELECT e.id, coalesce(e.organisation, '-') AS chain, e.sequence, e.at, e.actor, e.role, e.operation, e.object, e.upload_id, e.change_id,
       e.request_id, e.outcome, e.previous_hash, e.hash
FROM audit_event e
WHERE (CAST(@organisations AS text[]) IS NULL OR e.organisation = ANY (CAST(@organisations AS text[])))
  AND (NOT CAST(@system AS boolean) OR e.organisation IS NULL)
  AND (CAST(@before AS bigint) = 0 OR e.id < CAST(@before AS bigint))
  AND (CAST(@from AS timestamptz) IS NULL OR e.at >= CAST(@from AS timestamptz))
  AND (CAST(@to AS timestamptz) IS NULL OR e.at < CAST(@to AS timestamptz))
  AND (CAST(@actor AS text) IS NULL OR e.actor = CAST(@actor AS text))
  AND (CAST(@operation AS text) IS NULL OR e.operation = CAST(@operation AS text))
  AND (CAST(@outcome AS text) IS NULL OR e.outcome = CAST(@outcome AS text))
  AND (CAST(@request AS text) IS NULL OR e.request_id = CAST(@request AS text))
