-- The audit trail becomes a chain for each organisation, and one for what belongs
-- to none: each event holds the hash of the one before, so that an event that was
-- changed, left out or put in is found by working the hashes out again. The newest
-- hash of each chain is kept beside it, which tells when the end of one is missing.
--
-- The hash of an event is SHA-256 of the hash before it (32 zero bytes at first)
-- followed by the fields of audit_text in UTF-8. skillstracker audit verify works it
-- out again outside of the database.

-- +goose Up
SET LOCAL lock_timeout = '3s';

CREATE TABLE audit_head (
    organisation text        NOT NULL,
    sequence     bigint      NOT NULL,
    hash         bytea       NOT NULL,
    at           timestamptz NOT NULL,
    CONSTRAINT audit_head_pkey PRIMARY KEY (organisation),
    CONSTRAINT audit_head_sequence_check CHECK (sequence > 0),
    CONSTRAINT audit_head_hash_check CHECK (octet_length(hash) = 32)
);
COMMENT ON TABLE audit_head IS 'The end of each chain of the audit trail. Written with each event by its trigger alone.';
COMMENT ON COLUMN audit_head.organisation IS 'ODS code; - for the chain of the system.';
COMMENT ON COLUMN audit_head.sequence IS 'Sequence of the newest event of the chain.';
COMMENT ON COLUMN audit_head.hash IS 'Its hash.';
COMMENT ON COLUMN audit_head.at IS 'When it was written.';

ALTER TABLE audit_event
    ADD COLUMN sequence bigint,
    ADD COLUMN previous_hash bytea,
    ADD COLUMN hash bytea;
COMMENT ON COLUMN audit_event.sequence IS 'Place in the chain of the organisation, from 1 without a gap.';
COMMENT ON COLUMN audit_event.previous_hash IS 'Hash of the event before it in the chain; 32 zero bytes for the first.';
COMMENT ON COLUMN audit_event.hash IS 'SHA-256 of previous_hash and the text of the event.';
COMMENT ON COLUMN audit_event.organisation IS 'ODS code of the chain; null for the chain of the system: the registry, tokens, users, refusals.';

-- A field is written as its length in bytes, a colon and its text, or as - when it
-- is null, and ends with a comma: no two events have the same text.
-- +goose StatementBegin
CREATE FUNCTION audit_text(chain text, place bigint, happened timestamptz, fields text[]) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
    SELECT string_agg(coalesce(octet_length(field) || ':' || field, '-') || ',', '' ORDER BY n)
    FROM unnest(ARRAY[chain, place::text, ((extract(epoch FROM happened) * 1000000)::bigint)::text] || fields) WITH ORDINALITY AS f (field, n)
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION audit_text(text, bigint, timestamptz, text[]) IS 'The text of an event whose hash is taken: chain, sequence, microseconds since 1970, actor, role, operation, object, upload, change, request, outcome.';

-- +goose StatementBegin
CREATE FUNCTION chain_audit_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    chain text := coalesce(NEW.organisation, '-');
    head  audit_head;
BEGIN
    -- The first event of a chain waits for another first one by the unique key.
    INSERT INTO audit_head (organisation, sequence, hash, at) VALUES (chain, 1, decode(repeat('00', 32), 'hex'), '-infinity')
        ON CONFLICT DO NOTHING;
    SELECT * INTO STRICT head FROM audit_head h WHERE h.organisation = chain FOR UPDATE;
    NEW.sequence := CASE WHEN head.at = '-infinity' THEN 1 ELSE head.sequence + 1 END;
    NEW.at := greatest(clock_timestamp(), head.at);
    NEW.previous_hash := head.hash;
    NEW.hash := sha256(NEW.previous_hash || convert_to(audit_text(chain, NEW.sequence, NEW.at,
        ARRAY[NEW.actor, NEW.role, NEW.operation, NEW.object, NEW.upload_id::text, NEW.change_id::text, NEW.request_id, NEW.outcome]), 'UTF8'));
    UPDATE audit_head h SET sequence = NEW.sequence, hash = NEW.hash, at = NEW.at WHERE h.organisation = chain;
    RETURN NEW;
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION chain_audit_event() IS 'Puts a new event at the end of its chain. The lock of the chain''s head lasts until the commit, so that a chain has the order of the commits.';
REVOKE ALL ON FUNCTION chain_audit_event() FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_text(text, bigint, timestamptz, text[]) FROM PUBLIC;

-- The application reads the heads that its scope names; only the trigger, which has
-- the rights of the owner, writes the one of the organisation that is written to.
ALTER TABLE audit_head ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_head FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_head_read ON audit_head FOR SELECT USING (
    organisation = ANY ((SELECT string_to_array(current_setting('skills.organisations', true), ','))::text[])
    OR (SELECT current_setting('skills.audit', true)) = 'on');
CREATE POLICY audit_head_chain ON audit_head TO CURRENT_USER
    USING (organisation = (SELECT current_setting('skills.write_organisation', true)))
    WITH CHECK (organisation = (SELECT current_setting('skills.write_organisation', true)));

-- Events that are there already are chained in the order of their ids.
-- +goose StatementBegin
DO $$
DECLARE
    chain    text;
    event    audit_event;
    previous bytea;
    place    bigint;
    next     bytea;
BEGIN
    PERFORM set_config('skills.aggregate', 'on', true);
    ALTER TABLE audit_event DISABLE TRIGGER audit_event_is_final;
    FOR chain IN SELECT DISTINCT coalesce(organisation, '-') FROM audit_event LOOP
        PERFORM set_config('skills.write_organisation', chain, true);
        previous := decode(repeat('00', 32), 'hex');
        place := 0;
        FOR event IN SELECT * FROM audit_event WHERE coalesce(organisation, '-') = chain ORDER BY id LOOP
            place := place + 1;
            next := sha256(previous || convert_to(audit_text(chain, place, event.at,
                ARRAY[event.actor, event.role, event.operation, event.object, event.upload_id::text, event.change_id::text, event.request_id, event.outcome]), 'UTF8'));
            UPDATE audit_event SET sequence = place, previous_hash = previous, hash = next WHERE id = event.id;
            previous := next;
        END LOOP;
        INSERT INTO audit_head VALUES (chain, place, previous, event.at);
    END LOOP;
    ALTER TABLE audit_event ENABLE TRIGGER audit_event_is_final;
    PERFORM set_config('skills.aggregate', '', true), set_config('skills.write_organisation', '', true);
END
$$;
-- +goose StatementEnd

ALTER TABLE audit_event
    ALTER COLUMN sequence SET NOT NULL,
    ALTER COLUMN previous_hash SET NOT NULL,
    ALTER COLUMN hash SET NOT NULL,
    ADD CONSTRAINT audit_event_sequence_check CHECK (sequence > 0),
    ADD CONSTRAINT audit_event_hash_check CHECK (octet_length(hash) = 32 AND octet_length(previous_hash) = 32);
CREATE UNIQUE INDEX audit_event_chain_key ON audit_event (organisation, sequence) NULLS NOT DISTINCT;
CREATE TRIGGER audit_event_chain BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION chain_audit_event();

-- Aggregates no longer see the trail: no total is made of it. Auditors of all
-- organisations do, and whoever verifies it.
DROP POLICY audit_event_read ON audit_event;
CREATE POLICY audit_event_read ON audit_event FOR SELECT USING (
    coalesce(organisation, '-') = ANY ((SELECT string_to_array(current_setting('skills.organisations', true), ','))::text[])
    OR (SELECT current_setting('skills.audit', true)) = 'on');
GRANT SELECT ON audit_event, audit_head TO skills_app;

-- +goose Down
REVOKE SELECT ON audit_event FROM skills_app;
DROP TRIGGER audit_event_chain ON audit_event;
DROP INDEX audit_event_chain_key;
DROP POLICY audit_event_read ON audit_event;
CREATE POLICY audit_event_read ON audit_event FOR SELECT USING (
    coalesce(organisation, '-') = ANY ((SELECT string_to_array(current_setting('skills.organisations', true), ','))::text[])
    OR (SELECT current_setting('skills.aggregate', true)) = 'on');
ALTER TABLE audit_event
    DROP CONSTRAINT audit_event_sequence_check,
    DROP CONSTRAINT audit_event_hash_check,
    DROP COLUMN sequence,
    DROP COLUMN previous_hash,
    DROP COLUMN hash;
COMMENT ON COLUMN audit_event.organisation IS 'ODS code; null for the registry.';
DROP TABLE audit_head;
DROP FUNCTION chain_audit_event();
DROP FUNCTION audit_text(text, bigint, timestamptz, text[]);
