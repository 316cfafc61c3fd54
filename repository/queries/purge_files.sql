-- Deletes the kept files of an organisation that may name people: also refused ones of
-- other kinds, which may be staff lists sent as something else.
WITH gone AS (
    DELETE FROM upload_file_part
    WHERE organisation = CAST(@organisation AS text)
      AND upload_id IN (SELECT id FROM upload WHERE organisation = CAST(@organisation AS text) AND (kind IN ('staff', 'assessments') OR state = 'rejected'))
    RETURNING upload_id
)
UPDATE upload SET kept_until = NULL
WHERE organisation = CAST(@organisation AS text) AND id IN (SELECT upload_id FROM gone)
