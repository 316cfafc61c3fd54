-- Tokens are made, listed and revoked by administrators through the API too. The
-- application still has no right on the table: it reaches tokens by functions, each
-- of which does one thing.

-- +goose Up
SET LOCAL lock_timeout = '3s';

ALTER TABLE access_token
    ADD COLUMN label text NOT NULL DEFAULT '',
    ADD COLUMN created_by text NOT NULL DEFAULT 'command',
    ADD CONSTRAINT access_token_label_check CHECK (label ~ '^([0-9A-Za-z][0-9A-Za-z ._-]{0,39})?$');
COMMENT ON COLUMN access_token.label IS 'What the token is for, such as a system; empty when nobody said.';
COMMENT ON COLUMN access_token.created_by IS 'Id of the token or user that made it, or command.';

-- +goose StatementBegin
CREATE FUNCTION make_token(token_id text, secret bytea, token_role text, kind text, codes text[], made_at timestamptz, ends_at timestamptz, made_for text, made_by text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    INSERT INTO public.access_token (id, secret_sha256, role, scope_kind, scope_codes, created_at, expires_at, label, created_by)
    VALUES (token_id, secret, token_role, kind, codes, made_at, ends_at, made_for, made_by)
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION make_token(text, bytea, text, text, text[], timestamptz, timestamptz, text, text) IS 'Stores a token whose secret is hashed already.';

-- +goose StatementBegin
CREATE FUNCTION list_tokens()
RETURNS TABLE (id text, role text, scope_kind text, scope_codes text[], created_at timestamptz, expires_at timestamptz, last_used_at timestamptz, revoked_at timestamptz, label text, created_by text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT t.id, t.role, t.scope_kind, t.scope_codes, t.created_at, t.expires_at, t.last_used_at, t.revoked_at, t.label, t.created_by
    FROM public.access_token t ORDER BY t.created_at DESC, t.id
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION list_tokens() IS 'Lists tokens without their secrets, newest first.';

-- +goose StatementBegin
CREATE FUNCTION revoke_token(token_id text, ended timestamptz) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH found AS (
        UPDATE public.access_token t SET revoked_at = coalesce(t.revoked_at, ended) WHERE t.id = token_id RETURNING 1
    )
    SELECT EXISTS (SELECT FROM found)
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION revoke_token(text, timestamptz) IS 'Ends a token for good; says false when there is none with this id.';
REVOKE ALL ON FUNCTION make_token(text, bytea, text, text, text[], timestamptz, timestamptz, text, text), list_tokens(), revoke_token(text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION make_token(text, bytea, text, text, text[], timestamptz, timestamptz, text, text), list_tokens(), revoke_token(text, timestamptz) TO skills_app;

-- +goose Down
DROP FUNCTION revoke_token(text, timestamptz);
DROP FUNCTION list_tokens();
DROP FUNCTION make_token(text, bytea, text, text, text[], timestamptz, timestamptz, text, text);
ALTER TABLE access_token DROP COLUMN created_by, DROP COLUMN label;
