-- Tokens and the audit trail. Tokens are read by one narrow function only; the
-- application can add audit rows and can neither read, change nor delete them.

-- +goose Up
SET LOCAL lock_timeout = '3s';

CREATE TABLE access_token (
    id            text        NOT NULL,
    secret_sha256 bytea       NOT NULL,
    role          text        NOT NULL,
    scope_kind    text        NOT NULL,
    scope_codes   text[]      NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    expires_at    timestamptz NOT NULL,
    last_used_at  timestamptz,
    revoked_at    timestamptz,
    CONSTRAINT access_token_pkey PRIMARY KEY (id),
    CONSTRAINT access_token_id_check CHECK (id ~ '^[0-9A-Za-z]{10}$'),
    CONSTRAINT access_token_sha256_check CHECK (octet_length(secret_sha256) = 32),
    CONSTRAINT access_token_role_check CHECK (role IN ('admin', 'hr', 'manager', 'planner', 'auditor')),
    CONSTRAINT access_token_scope_check CHECK (scope_kind IN ('organisation', 'icb', 'region', 'all')
        AND (scope_kind = 'all') = (cardinality(scope_codes) = 0)),
    CONSTRAINT access_token_expiry_check CHECK (expires_at > created_at AND expires_at <= created_at + interval '366 days')
);
COMMENT ON TABLE access_token IS 'Credentials of machines. The secret is kept only as its SHA-256.';
COMMENT ON COLUMN access_token.id IS 'Public part of the token.';
COMMENT ON COLUMN access_token.secret_sha256 IS 'SHA-256 of the secret part.';
COMMENT ON COLUMN access_token.role IS 'Role.';
COMMENT ON COLUMN access_token.scope_kind IS 'What scope_codes are.';
COMMENT ON COLUMN access_token.scope_codes IS 'ODS codes; none for all.';
COMMENT ON COLUMN access_token.created_at IS 'When it was made.';
COMMENT ON COLUMN access_token.expires_at IS 'When it ends, at most 365 days later.';
COMMENT ON COLUMN access_token.last_used_at IS 'When it was last used, to the minute.';
COMMENT ON COLUMN access_token.revoked_at IS 'When it was revoked.';

-- +goose StatementBegin
CREATE FUNCTION find_token(token_id text)
RETURNS TABLE (secret_sha256 bytea, role text, scope_kind text, scope_codes text[], expires_at timestamptz, last_used_at timestamptz, revoked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT t.secret_sha256, t.role, t.scope_kind, t.scope_codes, t.expires_at, t.last_used_at, t.revoked_at
    FROM public.access_token t WHERE t.id = token_id
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION find_token(text) IS 'Reads one token by its id; the only way in which the application sees tokens.';

-- +goose StatementBegin
CREATE FUNCTION touch_token(token_id text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    UPDATE public.access_token t SET last_used_at = now()
    WHERE t.id = token_id AND (t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute')
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION touch_token(text) IS 'Notes that a token was used, at most once a minute.';
REVOKE ALL ON FUNCTION find_token(text), touch_token(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_token(text), touch_token(text) TO skills_app;

CREATE TABLE audit_event (
    id           bigint GENERATED ALWAYS AS IDENTITY,
    at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    organisation text,
    actor        text        NOT NULL,
    role         text        NOT NULL,
    operation    text        NOT NULL,
    object       text,
    upload_id    uuid,
    change_id    bigint,
    request_id   text        NOT NULL,
    outcome      text        NOT NULL,
    CONSTRAINT audit_event_pkey PRIMARY KEY (id),
    CONSTRAINT audit_event_change_fkey FOREIGN KEY (change_id) REFERENCES change (id)
);
CREATE INDEX audit_event_organisation_idx ON audit_event (organisation, at);
COMMENT ON TABLE audit_event IS 'Who did what when; never values. Append-only.';
COMMENT ON COLUMN audit_event.id IS 'Order of writing.';
COMMENT ON COLUMN audit_event.at IS 'When.';
COMMENT ON COLUMN audit_event.organisation IS 'ODS code; null for the registry.';
COMMENT ON COLUMN audit_event.actor IS 'Id of the token or user.';
COMMENT ON COLUMN audit_event.role IS 'Role in which it acted.';
COMMENT ON COLUMN audit_event.operation IS 'What was done.';
COMMENT ON COLUMN audit_event.object IS 'Id of what it was done to, where that is no upload: a token, an edition.';
COMMENT ON COLUMN audit_event.upload_id IS 'Upload concerned, if any.';
COMMENT ON COLUMN audit_event.change_id IS 'Change made, if any.';
COMMENT ON COLUMN audit_event.request_id IS 'Id of the request.';
COMMENT ON COLUMN audit_event.outcome IS 'What came of it.';
CREATE TRIGGER audit_event_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_row_change();
CALL protect_organisation_rows('audit_event');
GRANT INSERT ON audit_event TO skills_app;

-- +goose Down
DROP TABLE audit_event;
DROP FUNCTION touch_token(text);
DROP FUNCTION find_token(text);
DROP TABLE access_token;
