-- Compares the entries of an edition (json) with what is held of that edition.
WITH sent AS (
    SELECT * FROM jsonb_to_recordset(CAST(@entries AS jsonb)) AS entry (
        code text, name text, kind text, sector text, region text, icb text,
        opened_on date, closed_on date, cqc_id text, parent text, synthetic boolean)
)
SELECT sent.code,
       held.code IS NULL AND NOT EXISTS (SELECT FROM organisation o WHERE o.code = sent.code) AS new,
       held.code IS NOT NULL AND (held.name, held.kind, held.sector, held.region, held.icb, held.opened_on, held.closed_on, held.cqc_id, held.parent, held.synthetic)
         IS NOT DISTINCT FROM (sent.name, sent.kind, sent.sector, sent.region, sent.icb, sent.opened_on, sent.closed_on, sent.cqc_id, sent.parent, sent.synthetic) AS same
FROM sent
LEFT JOIN organisation_entry held ON held.code = sent.code AND held.edition_on = CAST(@edition AS date) AND held.ended_by IS NULL
ORDER BY sent.code
