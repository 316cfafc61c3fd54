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

-- +goose Down
DROP TABLE admin_link;
DROP TABLE user_session;
DROP TABLE sign_in;
DROP TABLE user_account;
