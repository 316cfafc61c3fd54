-- The files of some kinds that an organisation sent, as known at a time: a file that was
-- withdrawn since is what it was before.
SELECT CAST(u.id AS text) AS id, u.kind, u.received_at,
       CASE WHEN u.state <> 'voided' OR withdrawn.made_at <= coalesce(CAST(@known_at AS timestamptz), 'infinity') THEN u.state
            WHEN u.rows_rejected > 0 THEN 'partly_applied' ELSE 'applied' END AS state,
       u.rows_read, u.rows_new, u.rows_changed, u.rows_unchanged, u.rows_removed, u.rows_duplicate, u.rows_skipped,
       u.rows_rejected, u.rows_blank, u.rows_not_stored, u.records_ended, u.errors, u.warnings,
       coalesce((SELECT f.code FROM upload_finding f
                 WHERE f.organisation = u.organisation AND f.upload_id = u.id AND f.severity = 'error'
                 GROUP BY f.code ORDER BY count(*) DESC, min(f.ordinal) LIMIT 1), '') AS common_error
FROM upload u
LEFT JOIN change made ON made.id = u.change_id
LEFT JOIN change withdrawn ON withdrawn.id = u.void_change_id
WHERE u.organisation = CAST(@organisation AS text) AND u.kind = ANY (CAST(@kinds AS text[]))
  AND u.received_at >= CAST(@received_from AS timestamptz)
  AND coalesce(made.made_at, u.received_at) <= coalesce(CAST(@known_at AS timestamptz), 'infinity')
ORDER BY u.received_at DESC, u.id
