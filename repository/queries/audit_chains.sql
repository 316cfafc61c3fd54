-- Every event, chain after chain in the order of the sequence, for the verification of
-- the audit trail. The fields are those that repository/auditcopy.go reads.
SELECT e.id, coalesce(e.organisation, '-'), e.sequence, e.at, e.actor, e.role, e.operation, e.object, CAST(e.upload_id AS text), e.change_id,
       e.request_id, e.outcome, e.previous_hash, e.hash
FROM audit_event e
ORDER BY e.organisation, e.sequence
