-- Tokens are made, listed and revoked by administrators through the API too. The
-- application still has no right on the table: it reaches tokens by functions, each
-- of which does one thing. A token is found together with the version of the registry,
-- so that what its scope covers is worked out anew only when the registry has changed.

-- +goose Up
SET LOCAL lock_timeout = '3s';

ALTER TABLE access_token
    ADD COLUMN label text NOT NULL DEFAULT '',
    ADD COLUMN created_by text NOT NULL DEFAULT 'command',
    ADD CONSTRAINT access_token_label_check CHECK (label ~ '^([0-9A-Za-z][0-9A-Za-z ._-]{0,39})?$');
COMMENT ON COLUMN access_token.label IS 'What the token is for, such as a system; empty when nobody said.';
COMMENT ON COLUMN access_token.created_by IS 'Id of the token or user that made it, or command.';

-- Imports of the registry come one after the other, so the change of the last one is
-- the greatest.
ALTER TABLE register ADD COLUMN registry_version bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN register.registry_version IS 'Change that last touched organisations or successions.';
UPDATE register SET registry_version = (
    SELECT coalesce(max(o.change), 0) FROM (
        SELECT added_by AS change FROM organisation_version UNION ALL SELECT ended_by FROM organisation_version
        UNION ALL SELECT ended_by FROM organisation_lifespan UNION ALL SELECT added_by FROM organisation_lifespan
        UNION ALL SELECT added_by FROM organisation_succession UNION ALL SELECT ended_by FROM organisation_succession) o);

-- +goose StatementBegin
CREATE FUNCTION note_registry_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE public.register SET registry_version = NEW.id;
    RETURN NULL;
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION note_registry_change() IS 'Notes which change last touched the registry.';
REVOKE ALL ON FUNCTION note_registry_change() FROM PUBLIC;
CREATE TRIGGER change_of_registry AFTER INSERT ON change FOR EACH ROW
    WHEN (NEW.kind IN ('seed', 'organisations_import', 'successions_import')) EXECUTE FUNCTION note_registry_change();

DROP FUNCTION find_token(text);
-- +goose StatementBegin
CREATE FUNCTION find_token(token_id text)
RETURNS TABLE (secret_sha256 bytea, role text, scope_kind text, scope_codes text[], expires_at timestamptz, last_used_at timestamptz, revoked_at timestamptz, registry_version bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT t.secret_sha256, t.role, t.scope_kind, t.scope_codes, t.expires_at, t.last_used_at, t.revoked_at, r.registry_version
    FROM public.access_token t CROSS JOIN public.register r WHERE t.id = token_id
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION find_token(text) IS 'Reads one token by its id, and the version of the registry.';
REVOKE ALL ON FUNCTION find_token(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_token(text) TO skills_app;

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
DROP FUNCTION find_token(text);
-- +goose StatementBegin
CREATE FUNCTION find_token(token_id text)
RETURNS TABLE (secret_sha256 bytea, role text, scope_kind text, scope_codes text[], expires_at timestamptz, last_used_at timestamptz, revoked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT t.secret_sha256, t.role, t.scope_kind, t.scope_codes, t.expires_at, t.last_used_at, t.revoked_at
    FROM public.access_token t WHERE t.id = token_id
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION find_token(text) IS 'Reads one token by its id; the only way in which the application sees tokens.';
REVOKE ALL ON FUNCTION find_token(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_token(text) TO skills_app;
DROP TRIGGER change_of_registry ON change;
DROP FUNCTION note_registry_change();
ALTER TABLE register DROP COLUMN registry_version;
ALTER TABLE access_token DROP COLUMN created_by, DROP COLUMN label;
