-- When organisations last sent a file of each kind that was stored, as known at a time:
-- a file that was withdrawn since counts still.
SELECT u.organisation, u.kind, max(u.received_at) AS received_at
FROM upload u
JOIN change made ON made.id = u.change_id
LEFT JOIN change withdrawn ON withdrawn.id = u.void_change_id
WHERE u.organisation = ANY (CAST(@organisations AS text[]))
  AND made.made_at <= coalesce(CAST(@known_at AS timestamptz), 'infinity')
  AND (u.state <> 'voided' OR withdrawn.made_at > coalesce(CAST(@known_at AS timestamptz), 'infinity'))
GROUP BY u.organisation, u.kind
ORDER BY u.organisation COLLATE "C", u.kind COLLATE "C"
