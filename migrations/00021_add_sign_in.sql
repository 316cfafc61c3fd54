-- People who sign in by OpenID Connect. Nothing of a person is held but an id that is
-- made from issuer and subject: no name, no address, no claim. Sessions and what is
-- kept of a sign-in under way are found by hashes of secrets that only the browser
-- has. The application has no right on the tables: it reaches them by functions, each
-- of which does one thing.

-- +goose Up
SET LOCAL lock_timeout = '3s';

CREATE TABLE user_account (
    id          text        NOT NULL,
    role        text        NOT NULL,
    scope_kind  text        NOT NULL,
    scope_codes text[]      NOT NULL,
    granted_at  timestamptz NOT NULL,
    granted_by  text        NOT NULL,
    CONSTRAINT user_account_pkey PRIMARY KEY (id),
    CONSTRAINT user_account_id_check CHECK (id ~ '^u_[0-9A-Za-z]{16}$'),
    CONSTRAINT user_account_role_check CHECK (role IN ('admin', 'hr', 'manager', 'planner', 'auditor')),
    CONSTRAINT user_account_scope_check CHECK (scope_kind IN ('organisation', 'icb', 'region', 'all')
        AND (scope_kind = 'all') = (cardinality(scope_codes) = 0))
);
COMMENT ON TABLE user_account IS 'Roles that administrators gave to people who sign in.';
COMMENT ON COLUMN user_account.id IS 'u_ and 16 characters made from issuer and subject by SHA-256.';
COMMENT ON COLUMN user_account.role IS 'Role.';
COMMENT ON COLUMN user_account.scope_kind IS 'What scope_codes are.';
COMMENT ON COLUMN user_account.scope_codes IS 'ODS codes; none for all.';
COMMENT ON COLUMN user_account.granted_at IS 'When the role was given.';
COMMENT ON COLUMN user_account.granted_by IS 'Id of the token or user that gave it, or link for the first administrator.';

CREATE TABLE sign_in (
    state_sha256   bytea       NOT NULL,
    browser_sha256 bytea       NOT NULL,
    provider       text        NOT NULL,
    nonce          text        NOT NULL,
    verifier       text        NOT NULL,
    return_to      text        NOT NULL,
    link_sha256    bytea,
    expires_at     timestamptz NOT NULL,
    CONSTRAINT sign_in_pkey PRIMARY KEY (state_sha256),
    CONSTRAINT sign_in_sha256_check CHECK (octet_length(state_sha256) = 32 AND octet_length(browser_sha256) = 32 AND octet_length(link_sha256) = 32)
);
COMMENT ON TABLE sign_in IS 'Sign-ins under way: from the way to the identity provider until the way back, ten minutes at most.';
COMMENT ON COLUMN sign_in.state_sha256 IS 'SHA-256 of the state.';
COMMENT ON COLUMN sign_in.browser_sha256 IS 'SHA-256 of the secret of the browser that began it.';
COMMENT ON COLUMN sign_in.provider IS 'Name of the identity provider in the settings.';
COMMENT ON COLUMN sign_in.nonce IS 'Nonce that the id token must repeat.';
COMMENT ON COLUMN sign_in.verifier IS 'PKCE code verifier.';
COMMENT ON COLUMN sign_in.return_to IS 'Path of this server to go to afterwards.';
COMMENT ON COLUMN sign_in.link_sha256 IS 'SHA-256 of the link for the first administrator, when it began by one.';
COMMENT ON COLUMN sign_in.expires_at IS 'When it counts no longer.';

CREATE TABLE user_session (
    id_sha256   bytea       NOT NULL,
    user_id     text        NOT NULL,
    provider    text        NOT NULL,
    sid_sha256  bytea,
    role        text,
    scope_kind  text,
    scope_codes text[],
    created_at  timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    ended_at    timestamptz,
    CONSTRAINT user_session_pkey PRIMARY KEY (id_sha256),
    CONSTRAINT user_session_user_check CHECK (user_id ~ '^u_[0-9A-Za-z]{16}$'),
    CONSTRAINT user_session_sha256_check CHECK (octet_length(id_sha256) = 32 AND octet_length(sid_sha256) = 32),
    CONSTRAINT user_session_claims_check CHECK ((role IS NULL) = (scope_kind IS NULL) AND (role IS NULL) = (scope_codes IS NULL)),
    CONSTRAINT user_session_role_check CHECK (role IN ('admin', 'hr', 'manager', 'planner', 'auditor')),
    CONSTRAINT user_session_scope_check CHECK (scope_kind IN ('organisation', 'icb', 'region', 'all')
        AND (scope_kind = 'all') = (cardinality(scope_codes) = 0))
);
CREATE INDEX user_session_user_idx ON user_session (user_id) WHERE ended_at IS NULL;
COMMENT ON TABLE user_session IS 'Sessions of people who signed in.';
COMMENT ON COLUMN user_session.id_sha256 IS 'SHA-256 of the id in the cookie.';
COMMENT ON COLUMN user_session.user_id IS 'Who signed in.';
COMMENT ON COLUMN user_session.provider IS 'Name of the identity provider in the settings.';
COMMENT ON COLUMN user_session.sid_sha256 IS 'SHA-256 of the provider''s own session id, for its sign-out.';
COMMENT ON COLUMN user_session.role IS 'Role that the claims gave; null when user_account says it.';
COMMENT ON COLUMN user_session.scope_kind IS 'What scope_codes are.';
COMMENT ON COLUMN user_session.scope_codes IS 'ODS codes that the claims gave; none for all.';
COMMENT ON COLUMN user_session.created_at IS 'When it began.';
COMMENT ON COLUMN user_session.last_used_at IS 'When it was last used, to the minute.';
COMMENT ON COLUMN user_session.expires_at IS 'When it ends, used or not.';
COMMENT ON COLUMN user_session.ended_at IS 'When it was ended by signing out, by the provider or by an administrator.';

CREATE TABLE admin_link (
    secret_sha256 bytea       NOT NULL,
    expires_at    timestamptz NOT NULL,
    used_at       timestamptz,
    CONSTRAINT admin_link_pkey PRIMARY KEY (secret_sha256),
    CONSTRAINT admin_link_sha256_check CHECK (octet_length(secret_sha256) = 32)
);
COMMENT ON TABLE admin_link IS 'One-time links by which the first administrator signs in.';
COMMENT ON COLUMN admin_link.secret_sha256 IS 'SHA-256 of the secret in the link.';
COMMENT ON COLUMN admin_link.expires_at IS 'When it ends, 15 minutes after it was made.';
COMMENT ON COLUMN admin_link.used_at IS 'When somebody became administrator by it.';

-- +goose StatementBegin
CREATE FUNCTION begin_sign_in(state bytea, browser bytea, at_provider text, with_nonce text, with_verifier text, going_to text, by_link bytea, ends_at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    INSERT INTO public.sign_in (state_sha256, browser_sha256, provider, nonce, verifier, return_to, link_sha256, expires_at)
    VALUES (state, browser, at_provider, with_nonce, with_verifier, going_to, by_link, ends_at)
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION begin_sign_in(bytea, bytea, text, text, text, text, bytea, timestamptz) IS 'Notes a sign-in that is under way.';

-- +goose StatementBegin
CREATE FUNCTION take_sign_in(state bytea, browser bytea, at_time timestamptz)
RETURNS TABLE (provider text, nonce text, verifier text, return_to text, link_sha256 bytea)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    DELETE FROM public.sign_in s WHERE s.state_sha256 = state AND s.browser_sha256 = browser AND s.expires_at > at_time
    RETURNING s.provider, s.nonce, s.verifier, s.return_to, s.link_sha256
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION take_sign_in(bytea, bytea, timestamptz) IS 'Returns a sign-in that this browser began and deletes it, so that it is good once.';

-- +goose StatementBegin
CREATE FUNCTION start_session(session bytea, of_user text, at_provider text, sid bytea, by_role text, kind text, codes text[], at_time timestamptz, ends_at timestamptz)
RETURNS TABLE (role text, scope_kind text, scope_codes text[])
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH allowed AS (
        SELECT by_role AS role, kind AS scope_kind, codes AS scope_codes WHERE by_role IS NOT NULL
        UNION ALL
        SELECT u.role, u.scope_kind, u.scope_codes FROM public.user_account u WHERE u.id = of_user AND by_role IS NULL
    ), started AS (
        INSERT INTO public.user_session (id_sha256, user_id, provider, sid_sha256, role, scope_kind, scope_codes, created_at, last_used_at, expires_at)
        SELECT session, of_user, at_provider, sid, by_role, kind, codes, at_time, at_time, ends_at FROM allowed
        RETURNING 1
    )
    SELECT allowed.role, allowed.scope_kind, allowed.scope_codes FROM allowed, started
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION start_session(bytea, text, text, bytea, text, text, text[], timestamptz, timestamptz) IS 'Begins a session of somebody who has a role and returns role and scope; returns no row for anybody else.';

-- +goose StatementBegin
CREATE FUNCTION find_session(session bytea, at_time timestamptz, idle_since timestamptz)
RETURNS TABLE (user_id text, provider text, by_claims boolean, role text, scope_kind text, scope_codes text[], created_at timestamptz, last_used_at timestamptz, expires_at timestamptz, registry_version bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT s.user_id, s.provider, s.role IS NOT NULL, coalesce(s.role, u.role), coalesce(s.scope_kind, u.scope_kind), coalesce(s.scope_codes, u.scope_codes),
           s.created_at, s.last_used_at, s.expires_at, r.registry_version
    FROM public.user_session s CROSS JOIN public.register r LEFT JOIN public.user_account u ON u.id = s.user_id
    WHERE s.id_sha256 = session AND s.ended_at IS NULL AND s.expires_at > at_time AND s.last_used_at > idle_since
      AND coalesce(s.role, u.role) IS NOT NULL
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION find_session(bytea, timestamptz, timestamptz) IS 'Reads one session that lasts, by the hash of its id, with the role as it is now and the version of the registry.';

-- +goose StatementBegin
CREATE FUNCTION touch_session(session bytea, at_time timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    UPDATE public.user_session s SET last_used_at = at_time
    WHERE s.id_sha256 = session AND s.ended_at IS NULL AND s.last_used_at < at_time - interval '1 minute'
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION touch_session(bytea, timestamptz) IS 'Notes that a session was used, at most once a minute.';

-- +goose StatementBegin
CREATE FUNCTION end_session(session bytea, at_time timestamptz) RETURNS TABLE (user_id text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    UPDATE public.user_session s SET ended_at = at_time
    WHERE s.id_sha256 = session AND s.ended_at IS NULL AND s.expires_at > at_time RETURNING s.user_id
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION end_session(bytea, timestamptz) IS 'Ends one session by the hash of its id and says whose it was; returns no row when it had ended.';

-- A provider that names a person and a session may have begun sessions of the person
-- without telling their ids. Any of them can be the one that is meant.
-- +goose StatementBegin
CREATE FUNCTION end_provider_sessions(at_provider text, of_user text, sid bytea, begun_by timestamptz, at_time timestamptz) RETURNS TABLE (user_id text)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    UPDATE public.user_session s SET ended_at = at_time
    WHERE s.provider = at_provider AND s.ended_at IS NULL AND s.expires_at > at_time AND s.created_at <= begun_by
      AND (of_user IS NOT NULL OR sid IS NOT NULL)
      AND (of_user IS NULL OR s.user_id = of_user)
      AND (sid IS NULL OR s.sid_sha256 = sid OR of_user IS NOT NULL AND s.sid_sha256 IS NULL)
    RETURNING s.user_id
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION end_provider_sessions(text, text, bytea, timestamptz, timestamptz) IS 'Ends the sessions of a provider that a user, the provider''s own session id or both name, as far as they had begun by a time; says whose they were.';

-- +goose StatementBegin
CREATE FUNCTION end_user_sessions(of_user text, at_time timestamptz) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH ended AS (
        UPDATE public.user_session s SET ended_at = at_time
        WHERE s.user_id = of_user AND s.ended_at IS NULL AND s.expires_at > at_time RETURNING 1
    )
    SELECT count(*) FROM ended
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION end_user_sessions(text, timestamptz) IS 'Ends all sessions of a user and says how many.';

-- What holds is listed: a role that was given here, with the sessions that act in it,
-- and each that claims gave while a session lasts that acts in that one. Claims go before
-- what was given here, and nothing else is held about them.
-- +goose StatementBegin
CREATE FUNCTION list_users(at_time timestamptz, idle_since timestamptz)
RETURNS TABLE (id text, role text, scope_kind text, scope_codes text[], granted_at timestamptz, granted_by text, sessions bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH lasting AS (
        SELECT s.* FROM public.user_session s WHERE s.ended_at IS NULL AND s.expires_at > at_time AND s.last_used_at > idle_since
    )
    SELECT u.id, u.role, u.scope_kind, u.scope_codes, u.granted_at, u.granted_by,
           (SELECT count(*) FROM lasting s WHERE s.user_id = u.id AND s.role IS NULL)
    FROM public.user_account u
    UNION ALL
    SELECT s.user_id, s.role, s.scope_kind, s.scope_codes, max(s.created_at), 'claims', count(*)
    FROM lasting s WHERE s.role IS NOT NULL GROUP BY s.user_id, s.role, s.scope_kind, s.scope_codes
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION list_users(timestamptz, timestamptz) IS 'Lists the roles of people, given here or by the claims of sessions that last, and how many sessions act in each.';

-- +goose StatementBegin
CREATE FUNCTION set_user(user_id text, to_role text, kind text, codes text[], at_time timestamptz, by_whom text)
RETURNS TABLE (role text, scope_kind text, scope_codes text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    -- What is returned is what was there before, and not what another one made of it.
    LOCK TABLE public.user_account IN SHARE ROW EXCLUSIVE MODE;
    RETURN QUERY SELECT u.role, u.scope_kind, u.scope_codes FROM public.user_account u WHERE u.id = user_id;
    INSERT INTO public.user_account AS u (id, role, scope_kind, scope_codes, granted_at, granted_by)
    VALUES (user_id, to_role, kind, codes, at_time, by_whom)
    ON CONFLICT ON CONSTRAINT user_account_pkey DO UPDATE SET role = excluded.role, scope_kind = excluded.scope_kind,
        scope_codes = excluded.scope_codes, granted_at = excluded.granted_at, granted_by = excluded.granted_by;
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION set_user(text, text, text, text[], timestamptz, text) IS 'Gives a person a role and a scope, and returns what was given here before.';

-- +goose StatementBegin
CREATE FUNCTION remove_user(of_user text) RETURNS TABLE (role text, scope_kind text, scope_codes text[])
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    DELETE FROM public.user_account u WHERE u.id = of_user RETURNING u.role, u.scope_kind, u.scope_codes
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION remove_user(text) IS 'Takes a person''s role away and returns it; returns no row when none was given here.';

-- +goose StatementBegin
CREATE FUNCTION make_admin_link(secret bytea, ends_at timestamptz) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH made AS (
        INSERT INTO public.admin_link (secret_sha256, expires_at)
        SELECT secret, ends_at WHERE NOT EXISTS (SELECT FROM public.user_account u WHERE u.role = 'admin') RETURNING 1
    )
    SELECT EXISTS (SELECT FROM made)
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION make_admin_link(bytea, timestamptz) IS 'Stores a link for the first administrator, whose secret is hashed already; says false when there is an administrator.';

-- +goose StatementBegin
CREATE FUNCTION admin_link_is_good(secret bytea, at_time timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT FROM public.admin_link l WHERE l.secret_sha256 = secret AND l.used_at IS NULL AND l.expires_at > at_time)
       AND NOT EXISTS (SELECT FROM public.user_account u WHERE u.role = 'admin')
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION admin_link_is_good(bytea, timestamptz) IS 'Says whether somebody could become the first administrator by a link now.';

-- +goose StatementBegin
CREATE FUNCTION use_admin_link(secret bytea, of_user text, at_time timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    -- Two people with two links must not both be the first.
    LOCK TABLE public.user_account IN SHARE ROW EXCLUSIVE MODE;
    IF EXISTS (SELECT FROM public.user_account u WHERE u.role = 'admin') THEN
        RETURN false;
    END IF;
    UPDATE public.admin_link l SET used_at = at_time WHERE l.secret_sha256 = secret AND l.used_at IS NULL AND l.expires_at > at_time;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM public.set_user(of_user, 'admin', 'all', '{}', at_time, 'link');
    RETURN true;
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION use_admin_link(bytea, text, timestamptz) IS 'Makes a person the first administrator by a link that is good and used up with it; says false otherwise.';

-- +goose StatementBegin
CREATE FUNCTION expire_sign_ins(at_time timestamptz, idle_since timestamptz) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH begun AS (
        DELETE FROM public.sign_in s WHERE s.expires_at <= at_time RETURNING 1
    ), over AS (
        DELETE FROM public.user_session s WHERE s.ended_at IS NOT NULL OR s.expires_at <= at_time OR s.last_used_at <= idle_since RETURNING 1
    ), links AS (
        DELETE FROM public.admin_link l WHERE l.expires_at <= at_time RETURNING 1
    )
    SELECT (SELECT count(*) FROM begun) + (SELECT count(*) FROM over) + (SELECT count(*) FROM links)
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION expire_sign_ins(timestamptz, timestamptz) IS 'Deletes sign-ins, sessions and links that nobody can use any more, and says how many.';

REVOKE ALL ON FUNCTION
    begin_sign_in(bytea, bytea, text, text, text, text, bytea, timestamptz), take_sign_in(bytea, bytea, timestamptz),
    start_session(bytea, text, text, bytea, text, text, text[], timestamptz, timestamptz), find_session(bytea, timestamptz, timestamptz),
    touch_session(bytea, timestamptz), end_session(bytea, timestamptz), end_provider_sessions(text, text, bytea, timestamptz, timestamptz),
    end_user_sessions(text, timestamptz), list_users(timestamptz, timestamptz), set_user(text, text, text, text[], timestamptz, text),
    remove_user(text), make_admin_link(bytea, timestamptz), admin_link_is_good(bytea, timestamptz), use_admin_link(bytea, text, timestamptz),
    expire_sign_ins(timestamptz, timestamptz)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    begin_sign_in(bytea, bytea, text, text, text, text, bytea, timestamptz), take_sign_in(bytea, bytea, timestamptz),
    start_session(bytea, text, text, bytea, text, text, text[], timestamptz, timestamptz), find_session(bytea, timestamptz, timestamptz),
    touch_session(bytea, timestamptz), end_session(bytea, timestamptz), end_provider_sessions(text, text, bytea, timestamptz, timestamptz),
    end_user_sessions(text, timestamptz), list_users(timestamptz, timestamptz), set_user(text, text, text, text[], timestamptz, text),
    remove_user(text), make_admin_link(bytea, timestamptz), admin_link_is_good(bytea, timestamptz), use_admin_link(bytea, text, timestamptz),
    expire_sign_ins(timestamptz, timestamptz)
    TO skills_app;

-- +goose Down
DROP FUNCTION expire_sign_ins(timestamptz, timestamptz);
DROP FUNCTION use_admin_link(bytea, text, timestamptz);
DROP FUNCTION admin_link_is_good(bytea, timestamptz);
DROP FUNCTION make_admin_link(bytea, timestamptz);
DROP FUNCTION remove_user(text);
DROP FUNCTION set_user(text, text, text, text[], timestamptz, text);
DROP FUNCTION list_users(timestamptz, timestamptz);
DROP FUNCTION end_user_sessions(text, timestamptz);
DROP FUNCTION end_provider_sessions(text, text, bytea, timestamptz, timestamptz);
DROP FUNCTION end_session(bytea, timestamptz);
DROP FUNCTION touch_session(bytea, timestamptz);
DROP FUNCTION find_session(bytea, timestamptz, timestamptz);
DROP FUNCTION start_session(bytea, text, text, bytea, text, text, text[], timestamptz, timestamptz);
DROP FUNCTION take_sign_in(bytea, bytea, timestamptz);
DROP FUNCTION begin_sign_in(bytea, bytea, text, text, text, text, bytea, timestamptz);
DROP TABLE admin_link;
DROP TABLE user_session;
DROP TABLE sign_in;
DROP TABLE user_account;
