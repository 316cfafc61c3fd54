CREATE FUNCTION public.admin_link_is_good(secret bytea, at_time timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    SELECT EXISTS (SELECT FROM public.admin_link l WHERE l.secret_sha256 = secret AND l.used_at IS NULL AND l.expires_at > at_time)
       AND NOT EXISTS (SELECT FROM public.user_account u WHERE u.role = 'admin')
$$;

COMMENT ON FUNCTION public.admin_link_is_good(secret bytea, at_time timestamp with time zone) IS 'Says whether somebody could become the first administrator by a link now.';

CREATE FUNCTION public.audit_text(chain text, place bigint, happened timestamp with time zone, fields text[]) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    SELECT string_agg(coalesce(octet_length(field) || ':' || field, '-') || ',', '' ORDER BY n)
    FROM unnest(ARRAY[chain, place::text, ((extract(epoch FROM happened) * 1000000)::bigint)::text] || fields) WITH ORDINALITY AS f (field, n)
$$;

COMMENT ON FUNCTION public.audit_text(chain text, place bigint, happened timestamp with time zone, fields text[]) IS 'The text of an event whose hash is taken: chain, sequence, microseconds since 1970, actor, role, operation, object, upload, change, request, outcome.';

CREATE FUNCTION public.begin_sign_in(state bytea, browser bytea, at_provider text, with_nonce text, with_verifier text, going_to text, by_link bytea, ends_at timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    INSERT INTO public.sign_in (state_sha256, browser_sha256, provider, nonce, verifier, return_to, link_sha256, expires_at)
    VALUES (state, browser, at_provider, with_nonce, with_verifier, going_to, by_link, ends_at)
$$;

COMMENT ON FUNCTION public.begin_sign_in(state bytea, browser bytea, at_provider text, with_nonce text, with_verifier text, going_to text, by_link bytea, ends_at timestamp with time zone) IS 'Notes a sign-in that is under way.';

CREATE FUNCTION public.chain_audit_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
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

COMMENT ON FUNCTION public.chain_audit_event() IS 'Puts a new event at the end of its chain. The lock of the chain''s head lasts until the commit, so that a chain has the order of the commits.';

CREATE FUNCTION public.check_assessment_references() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public'
    AS $$
DECLARE
    broken text;
BEGIN
    SELECT CASE
        WHEN f.id IS NULL OR i.answers <> f.competences THEN 'assessment_framework_version_fkey'
        WHEN g.code IS NULL AND i.staff_group <> '-' THEN 'assessment_staff_group_fkey'
        WHEN r.code IS NULL THEN 'assessment_job_role_fkey'
        WHEN b.code IS NULL THEN 'assessment_band_fkey'
        WHEN c.id IS NULL THEN 'assessment_added_by_fkey'
    END INTO broken
    FROM (SELECT DISTINCT framework_version, cardinality(levels) AS answers, staff_group, job_role, band, added_by FROM inserted) i
    LEFT JOIN (
        SELECT v.id, (SELECT count(*) FROM public.competence k WHERE k.framework_version = v.id) AS competences
        FROM public.framework_version v
    ) f ON f.id = i.framework_version
    LEFT JOIN public.staff_group g ON g.code = i.staff_group
    LEFT JOIN public.job_role r ON r.code = i.job_role
    LEFT JOIN public.band b ON b.code = i.band
    LEFT JOIN public.change c ON c.id = i.added_by
    WHERE f.id IS NULL OR i.answers <> f.competences
       OR g.code IS NULL AND i.staff_group <> '-'
       OR r.code IS NULL OR b.code IS NULL OR c.id IS NULL
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'an assessment refers to something that does not exist'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = broken;
    END IF;
    IF EXISTS (
        WITH high AS MATERIALIZED (
            SELECT i.framework_version, i.levels, i.needs FROM inserted i
            JOIN (SELECT framework_version, min(max_level) AS least FROM public.competence GROUP BY framework_version) f
                ON f.framework_version = i.framework_version
            WHERE f.least < ANY (i.levels) OR f.least < ANY (i.needs)
        )
        SELECT FROM high i
        CROSS JOIN LATERAL unnest(i.levels, i.needs) WITH ORDINALITY AS answer (level, need, place)
        JOIN public.competence k ON k.framework_version = i.framework_version AND k.ordinal = answer.place
        WHERE answer.level > k.max_level OR answer.need > k.max_level
    ) THEN
        RAISE EXCEPTION 'a level is above the scale of its competence'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'assessment_scale_check';
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION public.check_assessment_references() IS 'Checks the references and scales of all rows of an insert at once.';

CREATE FUNCTION public.check_target_levels() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    IF EXISTS (
        SELECT FROM inserted i
        JOIN public.competence k ON k.framework_version = i.framework_version
            AND (k.code = i.competence OR k.domain_code = i.domain)
        WHERE i.level > k.max_level
    ) THEN
        RAISE EXCEPTION 'a target is above the scale of its competence'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'target_scale_check';
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION public.check_target_levels() IS 'Checks that targets lie on the scales of their competences.';

CREATE FUNCTION public.end_provider_sessions(at_provider text, of_user text, sid bytea, begun_by timestamp with time zone, at_time timestamp with time zone) RETURNS TABLE(user_id text)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    UPDATE public.user_session s SET ended_at = at_time
    WHERE s.provider = at_provider AND s.ended_at IS NULL AND s.expires_at > at_time AND s.created_at <= begun_by
      AND (of_user IS NOT NULL OR sid IS NOT NULL)
      AND (of_user IS NULL OR s.user_id = of_user)
      AND (sid IS NULL OR s.sid_sha256 = sid OR of_user IS NOT NULL AND s.sid_sha256 IS NULL)
    RETURNING s.user_id
$$;

COMMENT ON FUNCTION public.end_provider_sessions(at_provider text, of_user text, sid bytea, begun_by timestamp with time zone, at_time timestamp with time zone) IS 'Ends the sessions of a provider that a user, the provider''s own session id or both name, as far as they had begun by a time; says whose they were.';

CREATE FUNCTION public.end_session(session bytea, at_time timestamp with time zone) RETURNS TABLE(user_id text)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    UPDATE public.user_session s SET ended_at = at_time
    WHERE s.id_sha256 = session AND s.ended_at IS NULL AND s.expires_at > at_time RETURNING s.user_id
$$;

COMMENT ON FUNCTION public.end_session(session bytea, at_time timestamp with time zone) IS 'Ends one session by the hash of its id and says whose it was; returns no row when it had ended.';

CREATE FUNCTION public.end_user_sessions(of_user text, at_time timestamp with time zone) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    WITH ended AS (
        UPDATE public.user_session s SET ended_at = at_time
        WHERE s.user_id = of_user AND s.ended_at IS NULL AND s.expires_at > at_time RETURNING 1
    )
    SELECT count(*) FROM ended
$$;

COMMENT ON FUNCTION public.end_user_sessions(of_user text, at_time timestamp with time zone) IS 'Ends all sessions of a user and says how many.';

CREATE FUNCTION public.erase_person(employer text, person bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
DECLARE
    taken   bigint := 0;
    touched bigint;
BEGIN
    UPDATE public.staff_member SET employee_number = NULL WHERE organisation = employer AND id = person AND employee_number IS NOT NULL;
    GET DIAGNOSTICS touched = ROW_COUNT;
    taken := taken + touched;
    UPDATE public.staff_version SET team = '', area_of_work = '-'
        WHERE organisation = employer AND staff_id = person AND (team <> '' OR area_of_work <> '-');
    GET DIAGNOSTICS touched = ROW_COUNT;
    taken := taken + touched;
    UPDATE public.assessment SET team = '' WHERE organisation = employer AND staff_id = person AND team <> '';
    GET DIAGNOSTICS touched = ROW_COUNT;
    RETURN taken + touched;
END
$$;

COMMENT ON FUNCTION public.erase_person(employer text, person bigint) IS 'Takes employee number, team and area of work from all that is and was held about a person, and returns from how many rows. The policies of the tables hold here too: it must be the organisation that is written to.';

CREATE FUNCTION public.expire_sign_ins(at_time timestamp with time zone, idle_since timestamp with time zone) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    WITH begun AS (
        DELETE FROM public.sign_in s WHERE s.expires_at <= at_time RETURNING 1
    ), over AS (
        DELETE FROM public.user_session s WHERE s.ended_at IS NOT NULL OR s.expires_at <= at_time OR s.last_used_at <= idle_since RETURNING 1
    ), links AS (
        DELETE FROM public.admin_link l WHERE l.expires_at <= at_time RETURNING 1
    )
    SELECT (SELECT count(*) FROM begun) + (SELECT count(*) FROM over) + (SELECT count(*) FROM links)
$$;

COMMENT ON FUNCTION public.expire_sign_ins(at_time timestamp with time zone, idle_since timestamp with time zone) IS 'Deletes sign-ins, sessions and links that nobody can use any more, and says how many.';

CREATE FUNCTION public.find_session(session bytea, at_time timestamp with time zone, idle_since timestamp with time zone) RETURNS TABLE(user_id text, provider text, by_claims boolean, role text, scope_kind text, scope_codes text[], created_at timestamp with time zone, last_used_at timestamp with time zone, expires_at timestamp with time zone, registry_version bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    SELECT s.user_id, s.provider, s.role IS NOT NULL, coalesce(s.role, u.role), coalesce(s.scope_kind, u.scope_kind), coalesce(s.scope_codes, u.scope_codes),
           s.created_at, s.last_used_at, s.expires_at, r.registry_version
    FROM public.user_session s CROSS JOIN public.register r LEFT JOIN public.user_account u ON u.id = s.user_id
    WHERE s.id_sha256 = session AND s.ended_at IS NULL AND s.expires_at > at_time AND s.last_used_at > idle_since
      AND coalesce(s.role, u.role) IS NOT NULL
$$;

COMMENT ON FUNCTION public.find_session(session bytea, at_time timestamp with time zone, idle_since timestamp with time zone) IS 'Reads one session that lasts, by the hash of its id, with the role as it is now and the version of the registry.';

CREATE FUNCTION public.find_token(token_id text) RETURNS TABLE(secret_sha256 bytea, role text, scope_kind text, scope_codes text[], expires_at timestamp with time zone, last_used_at timestamp with time zone, revoked_at timestamp with time zone, registry_version bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    SELECT t.secret_sha256, t.role, t.scope_kind, t.scope_codes, t.expires_at, t.last_used_at, t.revoked_at, r.registry_version
    FROM public.access_token t CROSS JOIN public.register r WHERE t.id = token_id
$$;

COMMENT ON FUNCTION public.find_token(token_id text) IS 'Reads one token by its id, and the version of the registry.';

CREATE FUNCTION public.finish_change(change_id bigint) RETURNS TABLE(change_number bigint, changed_at timestamp with time zone)
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    SELECT FROM public.change_clock FOR UPDATE;
    WITH tick AS (
        UPDATE public.change_clock
        SET last_number = last_number + 1,
            last_at = greatest(clock_timestamp(), last_at + interval '1 microsecond')
        RETURNING last_number, last_at
    )
    UPDATE public.change c
    SET number = tick.last_number, made_at = tick.last_at
    FROM tick
    WHERE c.id = change_id AND c.number IS NULL
    RETURNING c.number, c.made_at
$$;

COMMENT ON FUNCTION public.finish_change(change_id bigint) IS 'Numbers a change. Must be the last statement before commit.';

CREATE FUNCTION public.forget_file(employer text, sent uuid) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    WITH gone AS (
        DELETE FROM public.upload_file_part WHERE organisation = employer AND upload_id = sent RETURNING 1
    ), noted AS (
        UPDATE public.upload SET kept_until = NULL WHERE organisation = employer AND id = sent AND EXISTS (SELECT FROM gone)
    )
    SELECT count(*) FROM gone
$$;

COMMENT ON FUNCTION public.forget_file(employer text, sent uuid) IS 'Deletes the kept file of an upload before its time, and returns the number of its parts.';

CREATE FUNCTION public.forget_findings(employer text, sent uuid, rows integer[]) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    WITH gone AS (DELETE FROM public.upload_finding WHERE organisation = employer AND upload_id = sent AND row_number = ANY (rows) RETURNING 1)
    SELECT count(*) FROM gone
$$;

COMMENT ON FUNCTION public.forget_findings(employer text, sent uuid, rows integer[]) IS 'Deletes the findings about rows of a file, and returns their number.';

CREATE FUNCTION public.list_tokens() RETURNS TABLE(id text, role text, scope_kind text, scope_codes text[], created_at timestamp with time zone, expires_at timestamp with time zone, last_used_at timestamp with time zone, revoked_at timestamp with time zone, label text, created_by text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    SELECT t.id, t.role, t.scope_kind, t.scope_codes, t.created_at, t.expires_at, t.last_used_at, t.revoked_at, t.label, t.created_by
    FROM public.access_token t ORDER BY t.created_at DESC, t.id
$$;

COMMENT ON FUNCTION public.list_tokens() IS 'Lists tokens without their secrets, newest first.';

CREATE FUNCTION public.list_users(at_time timestamp with time zone, idle_since timestamp with time zone) RETURNS TABLE(id text, role text, scope_kind text, scope_codes text[], granted_at timestamp with time zone, granted_by text, sessions bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
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

COMMENT ON FUNCTION public.list_users(at_time timestamp with time zone, idle_since timestamp with time zone) IS 'Lists the roles of people, given here or by the claims of sessions that last, and how many sessions act in each.';

CREATE FUNCTION public.make_admin_link(secret bytea, ends_at timestamp with time zone) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    WITH made AS (
        INSERT INTO public.admin_link (secret_sha256, expires_at)
        SELECT secret, ends_at WHERE NOT EXISTS (SELECT FROM public.user_account u WHERE u.role = 'admin') RETURNING 1
    )
    SELECT EXISTS (SELECT FROM made)
$$;

COMMENT ON FUNCTION public.make_admin_link(secret bytea, ends_at timestamp with time zone) IS 'Stores a link for the first administrator, whose secret is hashed already; says false when there is an administrator.';

CREATE FUNCTION public.make_token(token_id text, secret bytea, token_role text, kind text, codes text[], made_at timestamp with time zone, ends_at timestamp with time zone, made_for text, made_by text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    INSERT INTO public.access_token (id, secret_sha256, role, scope_kind, scope_codes, created_at, expires_at, label, created_by)
    VALUES (token_id, secret, token_role, kind, codes, made_at, ends_at, made_for, made_by)
$$;

COMMENT ON FUNCTION public.make_token(token_id text, secret bytea, token_role text, kind text, codes text[], made_at timestamp with time zone, ends_at timestamp with time zone, made_for text, made_by text) IS 'Stores a token whose secret is hashed already.';

CREATE FUNCTION public.note_registry_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    UPDATE public.register SET registry_version = NEW.id;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION public.note_registry_change() IS 'Notes which change last touched the registry.';

CREATE PROCEDURE public.protect_organisation_rows(IN protected regclass)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public'
    AS $_$
DECLARE
    bare text := (SELECT relname FROM pg_class WHERE oid = protected);
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', protected);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', protected);
    EXECUTE format($policy$CREATE POLICY %I ON %s FOR SELECT USING (
        coalesce(organisation, '-') = ANY ((SELECT string_to_array(current_setting('skills.organisations', true), ','))::text[])
        OR (SELECT current_setting('skills.aggregate', true)) = 'on')$policy$, bare || '_read', protected);
    EXECUTE format($policy$CREATE POLICY %I ON %s FOR INSERT WITH CHECK (
        coalesce(organisation, '-') = (SELECT current_setting('skills.write_organisation', true)))$policy$, bare || '_insert', protected);
    EXECUTE format($policy$CREATE POLICY %I ON %s FOR UPDATE
        USING (coalesce(organisation, '-') = (SELECT current_setting('skills.write_organisation', true)))
        WITH CHECK (coalesce(organisation, '-') = (SELECT current_setting('skills.write_organisation', true)))$policy$, bare || '_update', protected);
END
$_$;

COMMENT ON PROCEDURE public.protect_organisation_rows(IN protected regclass) IS 'Forces row-level security on a table with an organisation column: a transaction sees the organisations of skills.organisations (or, for aggregates, all) and writes the one of skills.write_organisation; "-" stands for no organisation.';

CREATE FUNCTION public.refuse_change_of_crosswalk() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.crosswalk w JOIN public.change c ON c.id = w.added_by
        WHERE w.code = NEW.crosswalk AND c.number IS NULL
    ) THEN
        RAISE EXCEPTION 'a published crosswalk cannot be changed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'crosswalk_published_check';
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION public.refuse_change_of_crosswalk() IS 'Refuses new levels of a crosswalk that has been published.';

CREATE FUNCTION public.refuse_change_of_published() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.framework_version v JOIN public.change c ON c.id = v.added_by
        WHERE v.id = NEW.framework_version AND c.number IS NULL
    ) THEN
        RAISE EXCEPTION 'a published framework version cannot be changed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'framework_version_published_check';
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION public.refuse_change_of_published() IS 'Refuses new parts of a framework version that has been published.';

CREATE FUNCTION public.refuse_row_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    RAISE EXCEPTION 'rows of % cannot be changed this way', TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
END
$$;

COMMENT ON FUNCTION public.refuse_row_change() IS 'Refuses the statement; used where a row may never be changed or deleted again.';

CREATE FUNCTION public.remove_user(of_user text) RETURNS TABLE(role text, scope_kind text, scope_codes text[])
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    DELETE FROM public.user_account u WHERE u.id = of_user RETURNING u.role, u.scope_kind, u.scope_codes
$$;

COMMENT ON FUNCTION public.remove_user(of_user text) IS 'Takes a person''s role away and returns it; returns no row when none was given here.';

CREATE FUNCTION public.require_finished_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public'
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.change c WHERE c.id = NEW.id AND c.number IS NOT NULL) THEN
        RAISE EXCEPTION 'a change was committed without a number'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'change_must_be_finished';
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION public.require_finished_change() IS 'Refuses to commit a change that has no number.';

CREATE FUNCTION public.revoke_token(token_id text, ended timestamp with time zone) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    WITH found AS (
        UPDATE public.access_token t SET revoked_at = coalesce(t.revoked_at, ended) WHERE t.id = token_id RETURNING 1
    )
    SELECT EXISTS (SELECT FROM found)
$$;

COMMENT ON FUNCTION public.revoke_token(token_id text, ended timestamp with time zone) IS 'Ends a token for good; says false when there is none with this id.';

CREATE FUNCTION public.set_user(user_id text, to_role text, kind text, codes text[], at_time timestamp with time zone, by_whom text) RETURNS TABLE(role text, scope_kind text, scope_codes text[])
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
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

COMMENT ON FUNCTION public.set_user(user_id text, to_role text, kind text, codes text[], at_time timestamp with time zone, by_whom text) IS 'Gives a person a role and a scope, and returns what was given here before.';

CREATE FUNCTION public.start_session(session bytea, of_user text, at_provider text, sid bytea, by_role text, kind text, codes text[], at_time timestamp with time zone, ends_at timestamp with time zone) RETURNS TABLE(role text, scope_kind text, scope_codes text[])
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
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

COMMENT ON FUNCTION public.start_session(session bytea, of_user text, at_provider text, sid bytea, by_role text, kind text, codes text[], at_time timestamp with time zone, ends_at timestamp with time zone) IS 'Begins a session of somebody who has a role and returns role and scope; returns no row for anybody else.';

CREATE FUNCTION public.take_sign_in(state bytea, browser bytea, at_time timestamp with time zone) RETURNS TABLE(provider text, nonce text, verifier text, return_to text, link_sha256 bytea)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    DELETE FROM public.sign_in s WHERE s.state_sha256 = state AND s.browser_sha256 = browser AND s.expires_at > at_time
    RETURNING s.provider, s.nonce, s.verifier, s.return_to, s.link_sha256
$$;

COMMENT ON FUNCTION public.take_sign_in(state bytea, browser bytea, at_time timestamp with time zone) IS 'Returns a sign-in that this browser began and deletes it, so that it is good once.';

CREATE FUNCTION public.touch_session(session bytea, at_time timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    UPDATE public.user_session s SET last_used_at = at_time
    WHERE s.id_sha256 = session AND s.ended_at IS NULL AND s.last_used_at < at_time - interval '1 minute'
$$;

COMMENT ON FUNCTION public.touch_session(session bytea, at_time timestamp with time zone) IS 'Notes that a session was used, at most once a minute.';

CREATE FUNCTION public.touch_token(token_id text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
    UPDATE public.access_token t SET last_used_at = now()
    WHERE t.id = token_id AND (t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute')
$$;

COMMENT ON FUNCTION public.touch_token(token_id text) IS 'Notes that a token was used, at most once a minute.';

CREATE FUNCTION public.use_admin_link(secret bytea, of_user text, at_time timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public'
    AS $$
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

COMMENT ON FUNCTION public.use_admin_link(secret bytea, of_user text, at_time timestamp with time zone) IS 'Makes a person the first administrator by a link that is good and used up with it; says false otherwise.';

CREATE TABLE public.access_token (
    id text NOT NULL,
    secret_sha256 bytea NOT NULL,
    role text NOT NULL,
    scope_kind text NOT NULL,
    scope_codes text[] NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    label text DEFAULT ''::text NOT NULL,
    created_by text DEFAULT 'command'::text NOT NULL,
    CONSTRAINT access_token_expiry_check CHECK (((expires_at > created_at) AND (expires_at <= (created_at + '366 days'::interval)))),
    CONSTRAINT access_token_id_check CHECK ((id ~ '^[0-9A-Za-z]{10}$'::text)),
    CONSTRAINT access_token_label_check CHECK ((label ~ '^([0-9A-Za-z][0-9A-Za-z ._-]{0,39})?$'::text)),
    CONSTRAINT access_token_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'hr'::text, 'manager'::text, 'planner'::text, 'auditor'::text]))),
    CONSTRAINT access_token_scope_check CHECK (((scope_kind = ANY (ARRAY['organisation'::text, 'icb'::text, 'region'::text, 'all'::text])) AND ((scope_kind = 'all'::text) = (cardinality(scope_codes) = 0)))),
    CONSTRAINT access_token_sha256_check CHECK ((octet_length(secret_sha256) = 32))
);

COMMENT ON TABLE public.access_token IS 'Credentials of machines. The secret is kept only as its SHA-256.';

COMMENT ON COLUMN public.access_token.id IS 'Public part of the token.';

COMMENT ON COLUMN public.access_token.secret_sha256 IS 'SHA-256 of the secret part.';

COMMENT ON COLUMN public.access_token.role IS 'Role.';

COMMENT ON COLUMN public.access_token.scope_kind IS 'What scope_codes are.';

COMMENT ON COLUMN public.access_token.scope_codes IS 'ODS codes; none for all.';

COMMENT ON COLUMN public.access_token.created_at IS 'When it was made.';

COMMENT ON COLUMN public.access_token.expires_at IS 'When it ends, at most 365 days later.';

COMMENT ON COLUMN public.access_token.last_used_at IS 'When it was last used, to the minute.';

COMMENT ON COLUMN public.access_token.revoked_at IS 'When it was revoked.';

COMMENT ON COLUMN public.access_token.label IS 'What the token is for, such as a system; empty when nobody said.';

COMMENT ON COLUMN public.access_token.created_by IS 'Id of the token or user that made it, or command.';

CREATE TABLE public.admin_link (
    secret_sha256 bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT admin_link_sha256_check CHECK ((octet_length(secret_sha256) = 32))
);

COMMENT ON TABLE public.admin_link IS 'One-time links by which the first administrator signs in.';

COMMENT ON COLUMN public.admin_link.secret_sha256 IS 'SHA-256 of the secret in the link.';

COMMENT ON COLUMN public.admin_link.expires_at IS 'When it ends, 15 minutes after it was made.';

COMMENT ON COLUMN public.admin_link.used_at IS 'When somebody became administrator by it.';

CREATE TABLE public.area_of_work (
    code text NOT NULL,
    primary_name text NOT NULL,
    secondary_name text NOT NULL,
    tertiary_name text NOT NULL,
    retired text,
    digital boolean NOT NULL,
    CONSTRAINT area_of_work_code_check CHECK (((code = '-'::text) OR (code ~ '^A[0-9]{3}$'::text)))
);

COMMENT ON TABLE public.area_of_work IS 'Areas of work of the National Workforce Data Set; - means not given.';

COMMENT ON COLUMN public.area_of_work.code IS 'Our own code (the standard gives names only); never changes.';

COMMENT ON COLUMN public.area_of_work.primary_name IS 'Primary area.';

COMMENT ON COLUMN public.area_of_work.secondary_name IS 'Secondary area.';

COMMENT ON COLUMN public.area_of_work.tertiary_name IS 'Tertiary area.';

COMMENT ON COLUMN public.area_of_work.retired IS 'The standard''s note when the area is retired.';

COMMENT ON COLUMN public.area_of_work.digital IS 'Whether a post in this area is a digital post.';

CREATE TABLE public.assessment (
    organisation text NOT NULL,
    staff_id bigint NOT NULL,
    framework_version smallint NOT NULL,
    assessed_on date NOT NULL,
    assessor_kind text NOT NULL,
    levels smallint[] NOT NULL,
    needs smallint[],
    staff_group text NOT NULL,
    job_role text NOT NULL,
    band text NOT NULL,
    team text NOT NULL,
    added_by bigint NOT NULL,
    ended_by bigint,
    CONSTRAINT assessment_assessor_kind_check CHECK ((assessor_kind = ANY (ARRAY['self'::text, 'manager'::text, 'assessor'::text]))),
    CONSTRAINT assessment_levels_check CHECK (((array_ndims(levels) = 1) AND ('-1'::integer <= ALL (levels)))),
    CONSTRAINT assessment_needs_check CHECK (((cardinality(needs) = cardinality(levels)) AND ('-1'::integer <= ALL (needs)))),
    CONSTRAINT assessment_team_check CHECK ((length(team) <= 100))
);

ALTER TABLE ONLY public.assessment FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.assessment IS 'Digital-literacy assessments of staff members.';

COMMENT ON COLUMN public.assessment.organisation IS 'ODS code.';

COMMENT ON COLUMN public.assessment.staff_id IS 'Staff member.';

COMMENT ON COLUMN public.assessment.framework_version IS 'Framework version.';

COMMENT ON COLUMN public.assessment.assessed_on IS 'Day of the assessment.';

COMMENT ON COLUMN public.assessment.assessor_kind IS 'Who judged: self, manager or assessor.';

COMMENT ON COLUMN public.assessment.levels IS 'Level for each competence; null not assessed, -1 not applicable.';

COMMENT ON COLUMN public.assessment.needs IS 'Level that the person says the job needs, for each competence; null when not asked.';

COMMENT ON COLUMN public.assessment.staff_group IS 'Staff group sent with the assessment, or -.';

COMMENT ON COLUMN public.assessment.job_role IS 'Job role sent with it, or -.';

COMMENT ON COLUMN public.assessment.band IS 'Band sent with it, or -.';

COMMENT ON COLUMN public.assessment.team IS 'Team sent with it; empty when not given.';

COMMENT ON COLUMN public.assessment.added_by IS 'Change that added the row.';

COMMENT ON COLUMN public.assessment.ended_by IS 'Change that ended the row.';

CREATE TABLE public.assessment_confirmation (
    organisation text NOT NULL,
    upload_id uuid NOT NULL,
    framework_version smallint NOT NULL,
    staff_ids bigint[] NOT NULL,
    assessed_on date[] NOT NULL,
    assessor_kinds text[] NOT NULL,
    added_by bigint NOT NULL,
    ended_by bigint,
    CONSTRAINT assessment_confirmation_length_check CHECK (((cardinality(staff_ids) = cardinality(assessed_on)) AND (cardinality(staff_ids) = cardinality(assessor_kinds))))
);

ALTER TABLE ONLY public.assessment_confirmation FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.assessment_confirmation IS 'Assessments that an upload found unchanged, as arrays of equal length: an earlier upload of them can no longer be withdrawn.';

COMMENT ON COLUMN public.assessment_confirmation.organisation IS 'ODS code.';

COMMENT ON COLUMN public.assessment_confirmation.upload_id IS 'Upload.';

COMMENT ON COLUMN public.assessment_confirmation.framework_version IS 'Framework version of all of them.';

COMMENT ON COLUMN public.assessment_confirmation.staff_ids IS 'Staff members.';

COMMENT ON COLUMN public.assessment_confirmation.assessed_on IS 'Days of the assessments.';

COMMENT ON COLUMN public.assessment_confirmation.assessor_kinds IS 'Who judged.';

COMMENT ON COLUMN public.assessment_confirmation.added_by IS 'Change that added the row.';

COMMENT ON COLUMN public.assessment_confirmation.ended_by IS 'Change that ended the row.';

CREATE TABLE public.audit_event (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    organisation text,
    actor text NOT NULL,
    role text NOT NULL,
    operation text NOT NULL,
    object text,
    upload_id uuid,
    change_id bigint,
    request_id text NOT NULL,
    outcome text NOT NULL,
    sequence bigint NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_event_hash_check CHECK (((octet_length(hash) = 32) AND (octet_length(previous_hash) = 32))),
    CONSTRAINT audit_event_sequence_check CHECK ((sequence > 0))
);

ALTER TABLE ONLY public.audit_event FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.audit_event IS 'Who did what when; never values. Append-only.';

COMMENT ON COLUMN public.audit_event.id IS 'Order of writing.';

COMMENT ON COLUMN public.audit_event.at IS 'When.';

COMMENT ON COLUMN public.audit_event.organisation IS 'ODS code of the chain; null for the chain of the system: the registry, tokens, users, refusals.';

COMMENT ON COLUMN public.audit_event.actor IS 'Id of the token or user.';

COMMENT ON COLUMN public.audit_event.role IS 'Role in which it acted.';

COMMENT ON COLUMN public.audit_event.operation IS 'What was done.';

COMMENT ON COLUMN public.audit_event.object IS 'What it was done to, never a value: a token, an edition, a file that was read and its options, numbers of what was deleted.';

COMMENT ON COLUMN public.audit_event.upload_id IS 'Upload concerned, if any.';

COMMENT ON COLUMN public.audit_event.change_id IS 'Change made, if any.';

COMMENT ON COLUMN public.audit_event.request_id IS 'Id of the request.';

COMMENT ON COLUMN public.audit_event.outcome IS 'What came of it.';

COMMENT ON COLUMN public.audit_event.sequence IS 'Place in the chain of the organisation, from 1 without a gap.';

COMMENT ON COLUMN public.audit_event.previous_hash IS 'Hash of the event before it in the chain; 32 zero bytes for the first.';

COMMENT ON COLUMN public.audit_event.hash IS 'SHA-256 of previous_hash and the text of the event.';

ALTER TABLE public.audit_event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audit_head (
    organisation text NOT NULL,
    sequence bigint NOT NULL,
    hash bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT audit_head_hash_check CHECK ((octet_length(hash) = 32)),
    CONSTRAINT audit_head_sequence_check CHECK ((sequence > 0))
);

ALTER TABLE ONLY public.audit_head FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.audit_head IS 'The end of each chain of the audit trail. Written with each event by its trigger alone.';

COMMENT ON COLUMN public.audit_head.organisation IS 'ODS code; - for the chain of the system.';

COMMENT ON COLUMN public.audit_head.sequence IS 'Sequence of the newest event of the chain.';

COMMENT ON COLUMN public.audit_head.hash IS 'Its hash.';

COMMENT ON COLUMN public.audit_head.at IS 'When it was written.';

CREATE TABLE public.band (
    code text NOT NULL,
    name text NOT NULL,
    ordinal smallint NOT NULL
);

COMMENT ON TABLE public.band IS 'Agenda for Change bands and the three pay groups outside it; - means not given.';

COMMENT ON COLUMN public.band.code IS '1 to 7, 8a to 8d, 9, VSM, MD, OTHER, or -.';

COMMENT ON COLUMN public.band.name IS 'Name as managers read it.';

COMMENT ON COLUMN public.band.ordinal IS 'Order of display.';

CREATE TABLE public.change (
    id bigint NOT NULL,
    number bigint,
    made_at timestamp with time zone,
    kind text NOT NULL,
    organisation text,
    actor text NOT NULL,
    upload_id uuid,
    CONSTRAINT change_finished_check CHECK (((number IS NULL) = (made_at IS NULL))),
    CONSTRAINT change_kind_check CHECK ((kind = ANY (ARRAY['seed'::text, 'organisations_import'::text, 'successions_import'::text, 'reporting_start'::text, 'framework'::text, 'crosswalk'::text, 'upload'::text, 'void'::text, 'erasure'::text, 'restriction'::text, 'purge'::text])))
);

ALTER TABLE ONLY public.change FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.change IS 'Every write of facts, numbered in the order of commits. Fact rows name the change that added them and the one that ended them.';

COMMENT ON COLUMN public.change.id IS 'Key that fact rows carry; given when the write begins.';

COMMENT ON COLUMN public.change.number IS 'Place in the order of commits; given in the last statement before commit.';

COMMENT ON COLUMN public.change.made_at IS 'Time of the commit, in number order.';

COMMENT ON COLUMN public.change.kind IS 'What made the change.';

COMMENT ON COLUMN public.change.organisation IS 'ODS code of the organisation whose rows changed; null for the registry.';

COMMENT ON COLUMN public.change.actor IS 'Id of the token or user that made the change; never a name.';

COMMENT ON COLUMN public.change.upload_id IS 'The upload that made the change, if one did.';

CREATE TABLE public.change_clock (
    singleton boolean DEFAULT true NOT NULL,
    last_number bigint NOT NULL,
    last_at timestamp with time zone NOT NULL,
    CONSTRAINT change_clock_singleton_check CHECK (singleton)
);

COMMENT ON TABLE public.change_clock IS 'One row: the number and time of the newest finished change. Its row lock orders the commits.';

COMMENT ON COLUMN public.change_clock.singleton IS 'Always true; keeps the table at one row.';

COMMENT ON COLUMN public.change_clock.last_number IS 'Number of the newest finished change.';

COMMENT ON COLUMN public.change_clock.last_at IS 'Time of the newest finished change; never runs backwards.';

ALTER TABLE public.change ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.competence (
    framework_version smallint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    domain_code text NOT NULL,
    ordinal smallint NOT NULL,
    max_level smallint NOT NULL,
    threshold smallint,
    CONSTRAINT competence_max_level_check CHECK (((max_level >= 1) AND (max_level <= 99))),
    CONSTRAINT competence_threshold_check CHECK (((threshold >= 1) AND (threshold <= max_level)))
);

COMMENT ON TABLE public.competence IS 'What is assessed. Levels are stored in the order of ordinal.';

COMMENT ON COLUMN public.competence.framework_version IS 'Framework version.';

COMMENT ON COLUMN public.competence.code IS 'Code, text.';

COMMENT ON COLUMN public.competence.name IS 'Name.';

COMMENT ON COLUMN public.competence.domain_code IS 'Domain it belongs to.';

COMMENT ON COLUMN public.competence.ordinal IS 'Place in the arrays of levels, from 1, without gaps.';

COMMENT ON COLUMN public.competence.max_level IS 'Highest level; the lowest is 0.';

COMMENT ON COLUMN public.competence.threshold IS 'Task checklists: tasks that must be done for the framework to be reached; null otherwise.';

CREATE TABLE public.contract_type (
    code text NOT NULL,
    name text NOT NULL,
    in_post boolean NOT NULL,
    CONSTRAINT contract_type_code_check CHECK (((code = '-'::text) OR (code ~ '^0[1-9]$'::text)))
);

COMMENT ON TABLE public.contract_type IS 'Contract types of the National Workforce Data Set; - means not given, which is taken as substantive.';

COMMENT ON COLUMN public.contract_type.code IS 'Two digits.';

COMMENT ON COLUMN public.contract_type.name IS 'Name of the standard.';

COMMENT ON COLUMN public.contract_type.in_post IS 'Whether people on it count as staff in post.';

CREATE TABLE public.crosswalk (
    code text NOT NULL,
    name text NOT NULL,
    from_version smallint NOT NULL,
    to_version smallint NOT NULL,
    source text NOT NULL,
    published_at timestamp with time zone DEFAULT now() NOT NULL,
    added_by bigint NOT NULL,
    CONSTRAINT crosswalk_code_check CHECK (((code ~ '^[a-z0-9]+([.-][a-z0-9]+)*$'::text) AND (length(code) <= 50))),
    CONSTRAINT crosswalk_versions_check CHECK ((from_version <> to_version))
);

COMMENT ON TABLE public.crosswalk IS 'Named mappings of one framework version''s levels to another''s, applied only when asked for.';

COMMENT ON COLUMN public.crosswalk.code IS 'Code used in queries.';

COMMENT ON COLUMN public.crosswalk.name IS 'Name.';

COMMENT ON COLUMN public.crosswalk.from_version IS 'Framework version whose assessments are translated.';

COMMENT ON COLUMN public.crosswalk.to_version IS 'Framework version they are translated to.';

COMMENT ON COLUMN public.crosswalk.source IS 'Who made the mapping and why it holds.';

COMMENT ON COLUMN public.crosswalk.published_at IS 'When it was published here.';

COMMENT ON COLUMN public.crosswalk.added_by IS 'Change that published it.';

CREATE TABLE public.crosswalk_level (
    crosswalk text NOT NULL,
    from_competence text NOT NULL,
    from_level smallint NOT NULL,
    to_competence text NOT NULL,
    to_level smallint NOT NULL,
    CONSTRAINT crosswalk_level_level_check CHECK ((((from_level >= 0) AND (from_level <= 99)) AND ((to_level >= 0) AND (to_level <= 99))))
);

COMMENT ON TABLE public.crosswalk_level IS 'One row for each level of a competence that a crosswalk translates. Of several competences that lead to one, the lowest level counts.';

COMMENT ON COLUMN public.crosswalk_level.crosswalk IS 'Crosswalk.';

COMMENT ON COLUMN public.crosswalk_level.from_competence IS 'Competence of the version that is translated.';

COMMENT ON COLUMN public.crosswalk_level.from_level IS 'Its level.';

COMMENT ON COLUMN public.crosswalk_level.to_competence IS 'Competence of the other version.';

COMMENT ON COLUMN public.crosswalk_level.to_level IS 'The level that it stands for.';

CREATE TABLE public.destruction (
    organisation text NOT NULL,
    change_id bigint NOT NULL,
    assessed_before date NOT NULL,
    left_before date NOT NULL,
    assessments bigint NOT NULL,
    people bigint NOT NULL,
    staff_versions bigint NOT NULL,
    files bigint NOT NULL,
    CONSTRAINT destruction_counts_check CHECK (((assessments >= 0) AND (people >= 0) AND (staff_versions >= 0) AND (files >= 0)))
);

ALTER TABLE ONLY public.destruction FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.destruction IS 'The destruction log: what was purged of an organisation because the time for which it is kept had passed.';

COMMENT ON COLUMN public.destruction.organisation IS 'ODS code.';

COMMENT ON COLUMN public.destruction.change_id IS 'The purge.';

COMMENT ON COLUMN public.destruction.assessed_before IS 'Assessments of days before this one were purged.';

COMMENT ON COLUMN public.destruction.left_before IS 'Staff who left before this day were purged.';

COMMENT ON COLUMN public.destruction.assessments IS 'Number of rows of assessments.';

COMMENT ON COLUMN public.destruction.people IS 'Number of staff members.';

COMMENT ON COLUMN public.destruction.staff_versions IS 'Number of rows of their positions and employments.';

COMMENT ON COLUMN public.destruction.files IS 'Number of kept files of staff and assessments, which may have named them.';

CREATE TABLE public.employment_spell (
    organisation text NOT NULL,
    staff_id bigint NOT NULL,
    started_on date NOT NULL,
    started_on_estimated boolean NOT NULL,
    left_on date,
    left_on_estimated boolean NOT NULL,
    added_by bigint NOT NULL,
    ended_by bigint,
    CONSTRAINT employment_spell_order_check CHECK ((left_on >= started_on))
);

ALTER TABLE ONLY public.employment_spell FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.employment_spell IS 'Periods of employment.';

COMMENT ON COLUMN public.employment_spell.organisation IS 'ODS code.';

COMMENT ON COLUMN public.employment_spell.staff_id IS 'Staff member.';

COMMENT ON COLUMN public.employment_spell.started_on IS 'First day in post.';

COMMENT ON COLUMN public.employment_spell.started_on_estimated IS 'Derived from the date of a staff list.';

COMMENT ON COLUMN public.employment_spell.left_on IS 'Last day in post; may lie in the future; null while in post.';

COMMENT ON COLUMN public.employment_spell.left_on_estimated IS 'Derived from absence from a complete staff list.';

COMMENT ON COLUMN public.employment_spell.added_by IS 'Change that added the row.';

COMMENT ON COLUMN public.employment_spell.ended_by IS 'Change that ended the row.';

CREATE TABLE public.erased_number (
    organisation text NOT NULL,
    number_hmac bytea NOT NULL,
    key_id bytea NOT NULL,
    added_by bigint NOT NULL,
    CONSTRAINT erased_number_hmac_check CHECK ((octet_length(number_hmac) = 32)),
    CONSTRAINT erased_number_key_check CHECK ((octet_length(key_id) = 8))
);

ALTER TABLE ONLY public.erased_number FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.erased_number IS 'Employee numbers of people who were erased, so that they are not taken in again: not the numbers, but what a key that is not in the database makes of them.';

COMMENT ON COLUMN public.erased_number.organisation IS 'ODS code of the employer.';

COMMENT ON COLUMN public.erased_number.number_hmac IS 'HMAC-SHA-256 of the organisation and the employee number, one row for each form: as it was held, without leading zeros, in capitals.';

COMMENT ON COLUMN public.erased_number.key_id IS 'Which key that was made with: the first 8 bytes of its HMAC of a fixed text.';

COMMENT ON COLUMN public.erased_number.added_by IS 'Change that erased the person.';

CREATE TABLE public.framework (
    code text NOT NULL,
    name text NOT NULL,
    CONSTRAINT framework_code_check CHECK ((code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);

COMMENT ON TABLE public.framework IS 'Digital-literacy frameworks.';

COMMENT ON COLUMN public.framework.code IS 'Code used in files and queries.';

COMMENT ON COLUMN public.framework.name IS 'Name.';

CREATE TABLE public.framework_domain (
    framework_version smallint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    ordinal smallint NOT NULL
);

COMMENT ON TABLE public.framework_domain IS 'Domains (areas) of a framework version.';

COMMENT ON COLUMN public.framework_domain.framework_version IS 'Framework version.';

COMMENT ON COLUMN public.framework_domain.code IS 'Code of the domain.';

COMMENT ON COLUMN public.framework_domain.name IS 'Name.';

COMMENT ON COLUMN public.framework_domain.ordinal IS 'Order, from 1.';

CREATE TABLE public.framework_level (
    framework_version smallint NOT NULL,
    level smallint NOT NULL,
    name text NOT NULL,
    band text,
    CONSTRAINT framework_level_level_check CHECK (((level >= 0) AND (level <= 99)))
);

COMMENT ON TABLE public.framework_level IS 'Levels of a framework version''s scale.';

COMMENT ON COLUMN public.framework_level.framework_version IS 'Framework version.';

COMMENT ON COLUMN public.framework_level.level IS 'Level, a whole number; 0 means not at level 1.';

COMMENT ON COLUMN public.framework_level.name IS 'Name of the level.';

COMMENT ON COLUMN public.framework_level.band IS 'Named band of levels, where the framework has them.';

CREATE TABLE public.framework_version (
    id smallint NOT NULL,
    framework text NOT NULL,
    version text NOT NULL,
    name text NOT NULL,
    scoring text NOT NULL,
    valid_from date NOT NULL,
    validity_months smallint NOT NULL,
    source text NOT NULL,
    licence text NOT NULL,
    published_at timestamp with time zone DEFAULT now() NOT NULL,
    added_by bigint,
    CONSTRAINT framework_version_scoring_check CHECK ((scoring = ANY (ARRAY['level_per_competence'::text, 'task_checklist'::text]))),
    CONSTRAINT framework_version_validity_check CHECK (((validity_months >= 1) AND (validity_months <= 999)))
);

COMMENT ON TABLE public.framework_version IS 'Published versions of frameworks.';

COMMENT ON COLUMN public.framework_version.id IS 'Short key that assessments carry.';

COMMENT ON COLUMN public.framework_version.framework IS 'Code of the framework.';

COMMENT ON COLUMN public.framework_version.version IS 'Version, as text.';

COMMENT ON COLUMN public.framework_version.name IS 'Name of the version.';

COMMENT ON COLUMN public.framework_version.scoring IS 'How answers are read.';

COMMENT ON COLUMN public.framework_version.valid_from IS 'First day an assessment against it can be dated.';

COMMENT ON COLUMN public.framework_version.validity_months IS 'How long an assessment counts as current, in months.';

COMMENT ON COLUMN public.framework_version.source IS 'Where it comes from, and what is still to be confirmed.';

COMMENT ON COLUMN public.framework_version.licence IS 'Licence of what is shipped.';

COMMENT ON COLUMN public.framework_version.published_at IS 'When it was published here.';

COMMENT ON COLUMN public.framework_version.added_by IS 'Change that published it; null for the built-in ones.';

CREATE TABLE public.idempotency_key (
    organisation text NOT NULL,
    actor text NOT NULL,
    key text NOT NULL,
    content_sha256 bytea NOT NULL,
    options_sha256 bytea NOT NULL,
    upload_id uuid NOT NULL,
    kept_until timestamp with time zone NOT NULL,
    CONSTRAINT idempotency_key_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255))),
    CONSTRAINT idempotency_key_sha256_check CHECK (((octet_length(content_sha256) = 32) AND (octet_length(options_sha256) = 32)))
);

ALTER TABLE ONLY public.idempotency_key FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.idempotency_key IS 'Keys under which requests were answered, so that a request that is sent again gets the same answer.';

COMMENT ON COLUMN public.idempotency_key.organisation IS 'ODS code.';

COMMENT ON COLUMN public.idempotency_key.actor IS 'Id of the token or user.';

COMMENT ON COLUMN public.idempotency_key.key IS 'The sender''s key.';

COMMENT ON COLUMN public.idempotency_key.content_sha256 IS 'SHA-256 of the bytes sent under it.';

COMMENT ON COLUMN public.idempotency_key.options_sha256 IS 'Digest of the options sent under it.';

COMMENT ON COLUMN public.idempotency_key.upload_id IS 'The upload that was the answer.';

COMMENT ON COLUMN public.idempotency_key.kept_until IS 'When it may be deleted and counts no longer.';

CREATE TABLE public.job_role (
    code text NOT NULL,
    name text NOT NULL,
    staff_group text,
    retired text,
    digital boolean NOT NULL,
    CONSTRAINT job_role_code_check CHECK (((code = '-'::text) OR (code ~ '^[0-9]{5}$'::text) OR (code ~ '^ASC[0-9]{2}$'::text))),
    CONSTRAINT job_role_group_of_code_check CHECK (((code !~ '^[0-9]{5}$'::text) OR (staff_group = "left"(code, 2))))
);

COMMENT ON TABLE public.job_role IS 'Job roles of the National Workforce Data Set, and the six social care digital roles; - means not given.';

COMMENT ON COLUMN public.job_role.code IS 'Five digits, or ASC and the ASC-WDS role number.';

COMMENT ON COLUMN public.job_role.name IS 'Name of the standard.';

COMMENT ON COLUMN public.job_role.staff_group IS 'Staff group of the role; null for social care roles and for -.';

COMMENT ON COLUMN public.job_role.retired IS 'The standard''s note when the role is retired or closed to new entrants.';

COMMENT ON COLUMN public.job_role.digital IS 'Whether a post in this role is a digital post whatever its area of work.';

CREATE TABLE public.latest_assessment (
    organisation text NOT NULL,
    framework_version smallint NOT NULL,
    staff_id bigint NOT NULL,
    assessor_kind text NOT NULL,
    assessed_on date NOT NULL,
    levels smallint[] NOT NULL,
    needs smallint[],
    staff_group text NOT NULL,
    job_role text NOT NULL,
    band text NOT NULL,
    team text NOT NULL
)
WITH (fillfactor='50');

ALTER TABLE ONLY public.latest_assessment FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.latest_assessment IS 'The latest assessment of each staff member, framework version and assessor kind. Whether it is still current is asked of it by date.';

COMMENT ON COLUMN public.latest_assessment.organisation IS 'ODS code.';

COMMENT ON COLUMN public.latest_assessment.framework_version IS 'Framework version.';

COMMENT ON COLUMN public.latest_assessment.staff_id IS 'Staff member.';

COMMENT ON COLUMN public.latest_assessment.assessor_kind IS 'Who judged.';

COMMENT ON COLUMN public.latest_assessment.assessed_on IS 'Day of the assessment.';

COMMENT ON COLUMN public.latest_assessment.levels IS 'Levels, as in assessment.';

COMMENT ON COLUMN public.latest_assessment.needs IS 'Needs, as in assessment.';

COMMENT ON COLUMN public.latest_assessment.staff_group IS 'Staff group sent with it, or -.';

COMMENT ON COLUMN public.latest_assessment.job_role IS 'Job role sent with it, or -.';

COMMENT ON COLUMN public.latest_assessment.band IS 'Band sent with it, or -.';

COMMENT ON COLUMN public.latest_assessment.team IS 'Team sent with it; empty when not given.';

CREATE TABLE public.organisation (
    code text NOT NULL,
    kind text NOT NULL,
    sector text,
    synthetic boolean DEFAULT false NOT NULL,
    added_by bigint NOT NULL,
    cqc_id text,
    parent text,
    CONSTRAINT organisation_code_check CHECK ((code ~ '^[0-9A-Z]{3,9}$'::text)),
    CONSTRAINT organisation_cqc_id_check CHECK ((cqc_id ~ '^[0-9]-[0-9]{8,12}$'::text)),
    CONSTRAINT organisation_kind_check CHECK ((kind = ANY (ARRAY['nhs_trust'::text, 'icb'::text, 'region'::text, 'nation'::text, 'social_care_provider'::text, 'social_care_site'::text, 'other'::text]))),
    CONSTRAINT organisation_parent_check CHECK (((parent ~ '^[0-9A-Z]{3,9}$'::text) AND (parent <> code)))
);

COMMENT ON TABLE public.organisation IS 'Everything with an ODS code.';

COMMENT ON COLUMN public.organisation.code IS 'ODS code.';

COMMENT ON COLUMN public.organisation.kind IS 'What it is.';

COMMENT ON COLUMN public.organisation.sector IS 'Acute, Ambulance, Community, Mental Health, Adult social care and so on; null when not known.';

COMMENT ON COLUMN public.organisation.synthetic IS 'Made up for demonstration.';

COMMENT ON COLUMN public.organisation.added_by IS 'Change that added the row.';

COMMENT ON COLUMN public.organisation.cqc_id IS 'Provider or location id of the Care Quality Commission; null when it has none.';

COMMENT ON COLUMN public.organisation.parent IS 'ODS code of the headquarters that a site belongs to; null when it has none.';

CREATE TABLE public.organisation_entry (
    edition_on date NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    sector text,
    region text,
    icb text,
    opened_on date,
    closed_on date,
    synthetic boolean DEFAULT false NOT NULL,
    added_by bigint NOT NULL,
    ended_by bigint,
    cqc_id text,
    parent text,
    CONSTRAINT organisation_entry_cqc_id_check CHECK ((cqc_id ~ '^[0-9]-[0-9]{8,12}$'::text)),
    CONSTRAINT organisation_entry_kind_check CHECK ((kind = ANY (ARRAY['nhs_trust'::text, 'icb'::text, 'region'::text, 'nation'::text, 'social_care_provider'::text, 'social_care_site'::text, 'other'::text]))),
    CONSTRAINT organisation_entry_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT organisation_entry_parent_check CHECK (((parent ~ '^[0-9A-Z]{3,9}$'::text) AND (parent <> code)))
);

COMMENT ON TABLE public.organisation_entry IS 'What an edition of a reference file says of an organisation.';

COMMENT ON COLUMN public.organisation_entry.edition_on IS 'The day whose state the edition shows.';

COMMENT ON COLUMN public.organisation_entry.code IS 'ODS code.';

COMMENT ON COLUMN public.organisation_entry.name IS 'Name in this edition.';

COMMENT ON COLUMN public.organisation_entry.kind IS 'What it is.';

COMMENT ON COLUMN public.organisation_entry.sector IS 'Sector, when the file says.';

COMMENT ON COLUMN public.organisation_entry.region IS 'ODS code of the region; null when it has none.';

COMMENT ON COLUMN public.organisation_entry.icb IS 'ODS code of the ICB; null when it has none.';

COMMENT ON COLUMN public.organisation_entry.opened_on IS 'First day open.';

COMMENT ON COLUMN public.organisation_entry.closed_on IS 'Closing date; may lie in the future.';

COMMENT ON COLUMN public.organisation_entry.synthetic IS 'Made up for demonstration.';

COMMENT ON COLUMN public.organisation_entry.added_by IS 'Change that added the row.';

COMMENT ON COLUMN public.organisation_entry.ended_by IS 'Change that ended the row.';

COMMENT ON COLUMN public.organisation_entry.cqc_id IS 'Id of the Care Quality Commission, when the file says.';

COMMENT ON COLUMN public.organisation_entry.parent IS 'Headquarters of a site, when the file says.';

CREATE TABLE public.organisation_lifespan (
    code text NOT NULL,
    opened_on date,
    closed_on date,
    added_by bigint NOT NULL,
    ended_by bigint,
    CONSTRAINT organisation_lifespan_order_check CHECK ((closed_on >= opened_on))
);

COMMENT ON TABLE public.organisation_lifespan IS 'When an organisation opened and closes, as the newest edition says.';

COMMENT ON COLUMN public.organisation_lifespan.code IS 'ODS code.';

COMMENT ON COLUMN public.organisation_lifespan.opened_on IS 'First day open; null when not known.';

COMMENT ON COLUMN public.organisation_lifespan.closed_on IS 'Closing date; null when none is known.';

COMMENT ON COLUMN public.organisation_lifespan.added_by IS 'Change that added the row.';

COMMENT ON COLUMN public.organisation_lifespan.ended_by IS 'Change that ended the row.';

CREATE TABLE public.organisation_succession (
    predecessor text NOT NULL,
    successor text NOT NULL,
    effective_on date NOT NULL,
    added_by bigint NOT NULL,
    ended_by bigint,
    CONSTRAINT organisation_succession_self_check CHECK ((predecessor <> successor))
);

COMMENT ON TABLE public.organisation_succession IS 'Which organisation took over from which; many to many.';

COMMENT ON COLUMN public.organisation_succession.predecessor IS 'ODS code of the organisation that was taken over, wholly or in part.';

COMMENT ON COLUMN public.organisation_succession.successor IS 'ODS code of the organisation that took over.';

COMMENT ON COLUMN public.organisation_succession.effective_on IS 'First day on which the successor stands in its place.';

COMMENT ON COLUMN public.organisation_succession.added_by IS 'Change that added the row.';

COMMENT ON COLUMN public.organisation_succession.ended_by IS 'Change that ended the row.';

CREATE TABLE public.organisation_version (
    code text NOT NULL,
    valid_from date NOT NULL,
    name text NOT NULL,
    region text,
    icb text,
    added_by bigint NOT NULL,
    ended_by bigint
);

COMMENT ON TABLE public.organisation_version IS 'Name and membership of an organisation from a day until its next version.';

COMMENT ON COLUMN public.organisation_version.code IS 'ODS code.';

COMMENT ON COLUMN public.organisation_version.valid_from IS 'Date of the edition that first says so.';

COMMENT ON COLUMN public.organisation_version.name IS 'Name.';

COMMENT ON COLUMN public.organisation_version.region IS 'ODS code of the region.';

COMMENT ON COLUMN public.organisation_version.icb IS 'ODS code of the ICB.';

COMMENT ON COLUMN public.organisation_version.added_by IS 'Change that added the row.';

COMMENT ON COLUMN public.organisation_version.ended_by IS 'Change that ended the row.';

CREATE TABLE public.position_vacancy (
    organisation text NOT NULL,
    vacancy_reference text NOT NULL,
    staff_group text NOT NULL,
    job_role text NOT NULL,
    band text NOT NULL,
    area_of_work text NOT NULL,
    team text NOT NULL,
    posts smallint NOT NULL,
    fte numeric(12,5) NOT NULL,
    opened_on date NOT NULL,
    closed_on date,
    status text NOT NULL,
    added_by bigint NOT NULL,
    ended_by bigint,
    CONSTRAINT position_vacancy_closed_check CHECK (((status <> ALL (ARRAY['08'::text, '09'::text, '10'::text])) OR (closed_on IS NOT NULL))),
    CONSTRAINT position_vacancy_fte_check CHECK ((fte > (0)::numeric)),
    CONSTRAINT position_vacancy_open_check CHECK (((status <> ALL (ARRAY['01'::text, '02'::text, '03'::text, '04'::text, '07'::text, '11'::text, '12'::text])) OR (closed_on IS NULL))),
    CONSTRAINT position_vacancy_order_check CHECK ((closed_on >= opened_on)),
    CONSTRAINT position_vacancy_posts_check CHECK (((posts >= 1) AND (posts <= 999))),
    CONSTRAINT position_vacancy_reference_check CHECK (((length(vacancy_reference) >= 1) AND (length(vacancy_reference) <= 50))),
    CONSTRAINT position_vacancy_team_check CHECK ((length(team) <= 100))
);

ALTER TABLE ONLY public.position_vacancy FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.position_vacancy IS 'Posts being recruited to, from opening to filling or closing. The reference is unique within the organisation only.';

COMMENT ON COLUMN public.position_vacancy.organisation IS 'ODS code.';

COMMENT ON COLUMN public.position_vacancy.vacancy_reference IS 'The organisation''s own reference.';

COMMENT ON COLUMN public.position_vacancy.staff_group IS 'Staff group.';

COMMENT ON COLUMN public.position_vacancy.job_role IS 'Job role, or -.';

COMMENT ON COLUMN public.position_vacancy.band IS 'Band, or -.';

COMMENT ON COLUMN public.position_vacancy.area_of_work IS 'Area of work, or -.';

COMMENT ON COLUMN public.position_vacancy.team IS 'Team; empty when not given.';

COMMENT ON COLUMN public.position_vacancy.posts IS 'Number of alike posts under this reference.';

COMMENT ON COLUMN public.position_vacancy.fte IS 'Full-time equivalent of all posts of the reference together.';

COMMENT ON COLUMN public.position_vacancy.opened_on IS 'First day of recruitment.';

COMMENT ON COLUMN public.position_vacancy.closed_on IS 'Day on which an offer was accepted or recruitment ended; null while open.';

COMMENT ON COLUMN public.position_vacancy.status IS 'Status of the standard, or -.';

COMMENT ON COLUMN public.position_vacancy.added_by IS 'Change that added the row.';

COMMENT ON COLUMN public.position_vacancy.ended_by IS 'Change that ended the row.';

CREATE TABLE public.position_vacancy_status (
    code text NOT NULL,
    name text NOT NULL,
    outcome text NOT NULL,
    CONSTRAINT position_vacancy_status_outcome_check CHECK ((outcome = ANY (ARRAY['open'::text, 'filled'::text, 'closed'::text, 'not_recruited'::text])))
);

COMMENT ON TABLE public.position_vacancy_status IS 'Statuses of position vacancies (National Workforce Data Set, POSITION VACANCY STATUS); - means not given.';

COMMENT ON COLUMN public.position_vacancy_status.code IS 'Two digits, 01 to 12, or -.';

COMMENT ON COLUMN public.position_vacancy_status.name IS 'Name of the standard.';

COMMENT ON COLUMN public.position_vacancy_status.outcome IS 'What it means for a count: being recruited to, filled, closed without being filled, or never recruited to.';

CREATE TABLE public.record_confirmation (
    organisation text NOT NULL,
    upload_id uuid NOT NULL,
    kind text NOT NULL,
    keys text[] NOT NULL,
    added_by bigint NOT NULL,
    ended_by bigint,
    CONSTRAINT record_confirmation_kind_check CHECK ((kind = ANY (ARRAY['position_vacancies'::text, 'targets'::text])))
);

ALTER TABLE ONLY public.record_confirmation FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.record_confirmation IS 'Position vacancies and targets that an upload found unchanged: an earlier upload of them can no longer be withdrawn.';

COMMENT ON COLUMN public.record_confirmation.organisation IS 'ODS code.';

COMMENT ON COLUMN public.record_confirmation.upload_id IS 'Upload.';

COMMENT ON COLUMN public.record_confirmation.kind IS 'Kind of the upload.';

COMMENT ON COLUMN public.record_confirmation.keys IS 'Keys of the records: the vacancy reference, or the key columns of a target in their order with | between them.';

COMMENT ON COLUMN public.record_confirmation.added_by IS 'Change that added the row.';

COMMENT ON COLUMN public.record_confirmation.ended_by IS 'Change that ended the row.';

CREATE TABLE public.register (
    singleton boolean DEFAULT true NOT NULL,
    synthetic boolean DEFAULT false NOT NULL,
    registry_version bigint DEFAULT 0 NOT NULL,
    CONSTRAINT register_singleton_check CHECK (singleton)
);

COMMENT ON TABLE public.register IS 'One row: facts about the whole database.';

COMMENT ON COLUMN public.register.singleton IS 'Always true; keeps the table at one row.';

COMMENT ON COLUMN public.register.synthetic IS 'Everything in this database is made up for demonstration.';

COMMENT ON COLUMN public.register.registry_version IS 'Change that last touched organisations or successions.';

CREATE TABLE public.reporting_start (
    organisation text NOT NULL,
    kind text NOT NULL,
    reports_from date NOT NULL,
    added_by bigint NOT NULL,
    ended_by bigint,
    CONSTRAINT reporting_start_kind_check CHECK ((kind = ANY (ARRAY['staff'::text, 'assessments'::text, 'vacancies'::text, 'position_vacancies'::text])))
);

ALTER TABLE ONLY public.reporting_start FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.reporting_start IS 'From when an organisation is expected to send a kind of return; set by its first upload or by an administrator.';

COMMENT ON COLUMN public.reporting_start.organisation IS 'ODS code.';

COMMENT ON COLUMN public.reporting_start.kind IS 'Kind of upload.';

COMMENT ON COLUMN public.reporting_start.reports_from IS 'First day from which it is expected.';

COMMENT ON COLUMN public.reporting_start.added_by IS 'Change that added the row.';

COMMENT ON COLUMN public.reporting_start.ended_by IS 'Change that ended the row.';

CREATE TABLE public.restriction (
    organisation text NOT NULL,
    staff_id bigint NOT NULL,
    added_by bigint NOT NULL,
    ended_by bigint
);

ALTER TABLE ONLY public.restriction FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.restriction IS 'People who are kept out of every figure, whatever day or time a figure is about, for as long as their restriction lasts.';

COMMENT ON COLUMN public.restriction.organisation IS 'ODS code of the employer.';

COMMENT ON COLUMN public.restriction.staff_id IS 'Staff member.';

COMMENT ON COLUMN public.restriction.added_by IS 'Change that restricted the person.';

COMMENT ON COLUMN public.restriction.ended_by IS 'Change that lifted the restriction.';

CREATE TABLE public.sector_of_organisation (
    code text NOT NULL,
    sector text NOT NULL
);

COMMENT ON TABLE public.sector_of_organisation IS 'Sector of each trust, for reference files that do not say.';

COMMENT ON COLUMN public.sector_of_organisation.code IS 'ODS code.';

COMMENT ON COLUMN public.sector_of_organisation.sector IS 'Sector.';

CREATE TABLE public.sign_in (
    state_sha256 bytea NOT NULL,
    browser_sha256 bytea NOT NULL,
    provider text NOT NULL,
    nonce text NOT NULL,
    verifier text NOT NULL,
    return_to text NOT NULL,
    link_sha256 bytea,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT sign_in_sha256_check CHECK (((octet_length(state_sha256) = 32) AND (octet_length(browser_sha256) = 32) AND (octet_length(link_sha256) = 32)))
);

COMMENT ON TABLE public.sign_in IS 'Sign-ins under way: from the way to the identity provider until the way back, ten minutes at most.';

COMMENT ON COLUMN public.sign_in.state_sha256 IS 'SHA-256 of the state.';

COMMENT ON COLUMN public.sign_in.browser_sha256 IS 'SHA-256 of the secret of the browser that began it.';

COMMENT ON COLUMN public.sign_in.provider IS 'Name of the identity provider in the settings.';

COMMENT ON COLUMN public.sign_in.nonce IS 'Nonce that the id token must repeat.';

COMMENT ON COLUMN public.sign_in.verifier IS 'PKCE code verifier.';

COMMENT ON COLUMN public.sign_in.return_to IS 'Path of this server to go to afterwards.';

COMMENT ON COLUMN public.sign_in.link_sha256 IS 'SHA-256 of the link for the first administrator, when it began by one.';

COMMENT ON COLUMN public.sign_in.expires_at IS 'When it counts no longer.';

CREATE TABLE public.staff_group (
    code text NOT NULL,
    name text NOT NULL,
    short_name text NOT NULL,
    CONSTRAINT staff_group_code_check CHECK ((code ~ '^(0[1-9]|10)$'::text))
);

COMMENT ON TABLE public.staff_group IS 'The ten ESR staff groups (National Workforce Data Set).';

COMMENT ON COLUMN public.staff_group.code IS 'Two digits, 01 to 10.';

COMMENT ON COLUMN public.staff_group.name IS 'Name of the standard.';

COMMENT ON COLUMN public.staff_group.short_name IS 'Name as ESR screens abbreviate it.';

CREATE TABLE public.staff_list (
    organisation text NOT NULL,
    as_at date NOT NULL,
    upload_id uuid NOT NULL,
    complete boolean NOT NULL,
    confirmed bigint[] NOT NULL,
    added_by bigint NOT NULL,
    ended_by bigint,
    found_left bigint[] NOT NULL
);

ALTER TABLE ONLY public.staff_list FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.staff_list IS 'Staff lists received. Who was found unchanged is kept, so that a later list about an earlier day never overrides what this one said.';

COMMENT ON COLUMN public.staff_list.organisation IS 'ODS code.';

COMMENT ON COLUMN public.staff_list.as_at IS 'Date of the position that the list states.';

COMMENT ON COLUMN public.staff_list.upload_id IS 'Upload.';

COMMENT ON COLUMN public.staff_list.complete IS 'Whether the list names everybody.';

COMMENT ON COLUMN public.staff_list.confirmed IS 'Ids of the staff members whom the list found unchanged.';

COMMENT ON COLUMN public.staff_list.added_by IS 'Change that added the row.';

COMMENT ON COLUMN public.staff_list.ended_by IS 'Change that ended the row.';

COMMENT ON COLUMN public.staff_list.found_left IS 'Ids of the staff members whom the list found to have left before its day, as held: an earlier list about them can no longer be withdrawn.';

CREATE TABLE public.staff_member (
    organisation text NOT NULL,
    id bigint NOT NULL,
    employee_number text,
    added_by bigint NOT NULL,
    ended_by bigint,
    CONSTRAINT staff_member_employee_number_check CHECK (((length(employee_number) >= 1) AND (length(employee_number) <= 32)))
);

ALTER TABLE ONLY public.staff_member FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.staff_member IS 'People employed by an organisation.';

COMMENT ON COLUMN public.staff_member.organisation IS 'ODS code of the employer.';

COMMENT ON COLUMN public.staff_member.id IS 'Id of the person in the register. It leaves the database in the person''s own record and in events of the audit trail about it only, so that the two can be matched; with the employee number erased it names nobody.';

COMMENT ON COLUMN public.staff_member.employee_number IS 'The employer''s own identifier, text, leading zeros kept; null after erasure.';

COMMENT ON COLUMN public.staff_member.added_by IS 'Change that added the row.';

COMMENT ON COLUMN public.staff_member.ended_by IS 'Change that ended the row.';

ALTER TABLE public.staff_member ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.staff_member_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_position (
    organisation text NOT NULL,
    staff_id bigint NOT NULL,
    from_day date NOT NULL,
    to_day date NOT NULL,
    staff_group text NOT NULL,
    job_role text NOT NULL,
    band text NOT NULL,
    area_of_work text NOT NULL,
    digital text NOT NULL,
    team text NOT NULL,
    contract_type text NOT NULL,
    fte numeric(12,5) NOT NULL,
    starts boolean NOT NULL,
    ends boolean NOT NULL,
    ends_estimated boolean NOT NULL,
    CONSTRAINT staff_position_digital_check CHECK ((digital = ANY (ARRAY['yes'::text, 'no'::text, 'not_stated'::text]))),
    CONSTRAINT staff_position_order_check CHECK ((to_day > from_day))
);

ALTER TABLE ONLY public.staff_position FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.staff_position IS 'Staff in post: each period in which a staff member was in post with the same attributes, from spells and versions.';

COMMENT ON COLUMN public.staff_position.organisation IS 'ODS code.';

COMMENT ON COLUMN public.staff_position.staff_id IS 'Staff member.';

COMMENT ON COLUMN public.staff_position.from_day IS 'First day.';

COMMENT ON COLUMN public.staff_position.to_day IS 'Day after the last; infinity while in post.';

COMMENT ON COLUMN public.staff_position.staff_group IS 'Staff group.';

COMMENT ON COLUMN public.staff_position.job_role IS 'Job role, or -.';

COMMENT ON COLUMN public.staff_position.band IS 'Band, or -.';

COMMENT ON COLUMN public.staff_position.area_of_work IS 'Area of work, or -.';

COMMENT ON COLUMN public.staff_position.digital IS 'Whether it is a digital post.';

COMMENT ON COLUMN public.staff_position.team IS 'Team; empty when not given.';

COMMENT ON COLUMN public.staff_position.contract_type IS 'Contract type, or -.';

COMMENT ON COLUMN public.staff_position.fte IS 'Full-time equivalent.';

COMMENT ON COLUMN public.staff_position.starts IS 'Whether the person was not in post on the day before.';

COMMENT ON COLUMN public.staff_position.ends IS 'Whether the person is not in post on to_day.';

COMMENT ON COLUMN public.staff_position.ends_estimated IS 'Whether the last day is estimated from absence from a complete list.';

CREATE TABLE public.staff_version (
    organisation text NOT NULL,
    staff_id bigint NOT NULL,
    valid_from date NOT NULL,
    staff_group text NOT NULL,
    job_role text NOT NULL,
    band text NOT NULL,
    area_of_work text NOT NULL,
    team text NOT NULL,
    contract_type text NOT NULL,
    fte numeric(12,5) NOT NULL,
    assignments smallint NOT NULL,
    in_post boolean NOT NULL,
    added_by bigint NOT NULL,
    ended_by bigint,
    CONSTRAINT staff_version_assignments_check CHECK ((assignments > 0)),
    CONSTRAINT staff_version_fte_check CHECK ((fte >= (0)::numeric)),
    CONSTRAINT staff_version_team_check CHECK ((length(team) <= 100))
);

ALTER TABLE ONLY public.staff_version FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.staff_version IS 'Position of a staff member from a day until the next version, all assignments taken together.';

COMMENT ON COLUMN public.staff_version.organisation IS 'ODS code.';

COMMENT ON COLUMN public.staff_version.staff_id IS 'Staff member.';

COMMENT ON COLUMN public.staff_version.valid_from IS 'Date of the staff list that says so.';

COMMENT ON COLUMN public.staff_version.staff_group IS 'Staff group of the main assignment.';

COMMENT ON COLUMN public.staff_version.job_role IS 'Job role, or -.';

COMMENT ON COLUMN public.staff_version.band IS 'Band, or -.';

COMMENT ON COLUMN public.staff_version.area_of_work IS 'Area of work, or -.';

COMMENT ON COLUMN public.staff_version.team IS 'Team, as the employer writes it; empty when not given.';

COMMENT ON COLUMN public.staff_version.contract_type IS 'Contract type, or -.';

COMMENT ON COLUMN public.staff_version.fte IS 'Full-time equivalent over the assignments that count.';

COMMENT ON COLUMN public.staff_version.assignments IS 'Number of assignments on the list.';

COMMENT ON COLUMN public.staff_version.in_post IS 'False when every assignment is bank, honorary or non-executive.';

COMMENT ON COLUMN public.staff_version.added_by IS 'Change that added the row.';

COMMENT ON COLUMN public.staff_version.ended_by IS 'Change that ended the row.';

CREATE TABLE public.target (
    organisation text NOT NULL,
    framework_version smallint NOT NULL,
    competence text NOT NULL,
    domain text NOT NULL,
    job_role text NOT NULL,
    staff_group text NOT NULL,
    band text NOT NULL,
    valid_from date NOT NULL,
    level smallint,
    added_by bigint NOT NULL,
    ended_by bigint,
    competence_code text GENERATED ALWAYS AS (NULLIF(competence, '-'::text)) STORED,
    domain_code text GENERATED ALWAYS AS (NULLIF(domain, '-'::text)) STORED,
    staff_group_code text GENERATED ALWAYS AS (NULLIF(staff_group, '-'::text)) STORED,
    CONSTRAINT target_level_check CHECK (((level >= 0) AND (level <= 99))),
    CONSTRAINT target_role_check CHECK (((job_role = '-'::text) OR (staff_group = '-'::text))),
    CONSTRAINT target_subject_check CHECK (((competence = '-'::text) <> (domain = '-'::text)))
);

ALTER TABLE ONLY public.target FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.target IS 'Levels expected, of an organisation or, under its code, of the nation.';

COMMENT ON COLUMN public.target.organisation IS 'ODS code, or E92000001 for the nation.';

COMMENT ON COLUMN public.target.framework_version IS 'Framework version.';

COMMENT ON COLUMN public.target.competence IS 'Competence, or - for a target of a domain.';

COMMENT ON COLUMN public.target.domain IS 'Domain, or - for a target of a competence.';

COMMENT ON COLUMN public.target.job_role IS 'Job role it holds for, or - for every one.';

COMMENT ON COLUMN public.target.staff_group IS 'Staff group it holds for, or - for every one; - when the job role is given, which tells it.';

COMMENT ON COLUMN public.target.band IS 'Band it holds for, or - for every one.';

COMMENT ON COLUMN public.target.valid_from IS 'First day on which it holds, until the next of the same key.';

COMMENT ON COLUMN public.target.level IS 'Level expected; null ends the target.';

COMMENT ON COLUMN public.target.added_by IS 'Change that added the row.';

COMMENT ON COLUMN public.target.ended_by IS 'Change that ended the row.';

COMMENT ON COLUMN public.target.competence_code IS 'Competence, null for a domain.';

COMMENT ON COLUMN public.target.domain_code IS 'Domain, null for a competence.';

COMMENT ON COLUMN public.target.staff_group_code IS 'Staff group, null for every one.';

CREATE TABLE public.upload (
    organisation text NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    format text NOT NULL,
    content_sha256 bytea NOT NULL,
    content_bytes bigint NOT NULL,
    complete boolean NOT NULL,
    as_at date,
    received_at timestamp with time zone NOT NULL,
    actor text NOT NULL,
    request_id text NOT NULL,
    change_id bigint,
    rows_read integer NOT NULL,
    rows_new integer NOT NULL,
    rows_changed integer NOT NULL,
    rows_unchanged integer NOT NULL,
    rows_removed integer NOT NULL,
    rows_duplicate integer NOT NULL,
    rows_skipped integer NOT NULL,
    rows_rejected integer NOT NULL,
    rows_blank integer NOT NULL,
    rows_not_stored integer NOT NULL,
    records_ended integer NOT NULL,
    mapping jsonb NOT NULL,
    errors integer NOT NULL,
    warnings integer NOT NULL,
    mode text NOT NULL,
    create_missing_staff boolean NOT NULL,
    options_sha256 bytea NOT NULL,
    kept_until timestamp with time zone,
    voided_at timestamp with time zone,
    voided_by text,
    void_change_id bigint,
    CONSTRAINT upload_complete_check CHECK (((NOT complete) OR (mode = 'all'::text))),
    CONSTRAINT upload_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'xlsx'::text, 'json'::text]))),
    CONSTRAINT upload_kind_check CHECK ((kind = ANY (ARRAY['staff'::text, 'assessments'::text, 'vacancies'::text, 'position_vacancies'::text, 'targets'::text]))),
    CONSTRAINT upload_mode_check CHECK ((mode = ANY (ARRAY['all'::text, 'valid_rows'::text]))),
    CONSTRAINT upload_options_check CHECK ((octet_length(options_sha256) = 32)),
    CONSTRAINT upload_partly_check CHECK (((state <> 'partly_applied'::text) OR (mode = 'valid_rows'::text))),
    CONSTRAINT upload_rejected_check CHECK (((state = 'rejected'::text) = (change_id IS NULL))),
    CONSTRAINT upload_rows_check CHECK ((rows_read = ((((((((rows_new + rows_changed) + rows_unchanged) + rows_removed) + rows_duplicate) + rows_skipped) + rows_rejected) + rows_blank) + rows_not_stored))),
    CONSTRAINT upload_sha256_check CHECK ((octet_length(content_sha256) = 32)),
    CONSTRAINT upload_state_check CHECK ((state = ANY (ARRAY['applied'::text, 'partly_applied'::text, 'rejected'::text, 'voided'::text]))),
    CONSTRAINT upload_voided_check CHECK ((((state = 'voided'::text) = (voided_at IS NOT NULL)) AND ((state = 'voided'::text) = (voided_by IS NOT NULL)) AND ((state = 'voided'::text) = (void_change_id IS NOT NULL))))
);

ALTER TABLE ONLY public.upload FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.upload IS 'Files sent in by HR and what became of their rows.';

COMMENT ON COLUMN public.upload.organisation IS 'ODS code.';

COMMENT ON COLUMN public.upload.id IS 'Public id.';

COMMENT ON COLUMN public.upload.kind IS 'What the rows are.';

COMMENT ON COLUMN public.upload.state IS 'What became of the upload.';

COMMENT ON COLUMN public.upload.format IS 'File format.';

COMMENT ON COLUMN public.upload.content_sha256 IS 'SHA-256 of the bytes sent.';

COMMENT ON COLUMN public.upload.content_bytes IS 'Size in bytes.';

COMMENT ON COLUMN public.upload.complete IS 'Whether the sender said that the file is complete.';

COMMENT ON COLUMN public.upload.as_at IS 'Date of the position that a staff list states.';

COMMENT ON COLUMN public.upload.received_at IS 'When the file had arrived.';

COMMENT ON COLUMN public.upload.actor IS 'Id of the token or user that sent it.';

COMMENT ON COLUMN public.upload.request_id IS 'Id of the request.';

COMMENT ON COLUMN public.upload.change_id IS 'The change it made; null when it was rejected.';

COMMENT ON COLUMN public.upload.rows_read IS 'Rows below the header; the other counts of rows add up to it.';

COMMENT ON COLUMN public.upload.rows_new IS 'Rows that added a record.';

COMMENT ON COLUMN public.upload.rows_changed IS 'Rows that replaced a record.';

COMMENT ON COLUMN public.upload.rows_unchanged IS 'Rows that said what was already held.';

COMMENT ON COLUMN public.upload.rows_removed IS 'Rows that withdrew a record.';

COMMENT ON COLUMN public.upload.rows_duplicate IS 'Rows that repeat another row of the file.';

COMMENT ON COLUMN public.upload.rows_skipped IS 'Rows left aside on purpose.';

COMMENT ON COLUMN public.upload.rows_rejected IS 'Rows with an error.';

COMMENT ON COLUMN public.upload.rows_blank IS 'Blank rows.';

COMMENT ON COLUMN public.upload.rows_not_stored IS 'Valid rows of a rejected file.';

COMMENT ON COLUMN public.upload.records_ended IS 'Records that a complete file ended because it does not hold them.';

COMMENT ON COLUMN public.upload.mapping IS 'How each column of the file was understood.';

COMMENT ON COLUMN public.upload.errors IS 'Errors found, stored or not.';

COMMENT ON COLUMN public.upload.warnings IS 'Warnings found, stored or not.';

COMMENT ON COLUMN public.upload.mode IS 'all: any error rejects the file; valid_rows: rows with errors are left out.';

COMMENT ON COLUMN public.upload.create_missing_staff IS 'Whether staff members on no staff list were to be made.';

COMMENT ON COLUMN public.upload.options_sha256 IS 'Digest of the options as the sender gave them.';

COMMENT ON COLUMN public.upload.kept_until IS 'Until when the sent file is kept; null when it is not.';

COMMENT ON COLUMN public.upload.voided_at IS 'When the upload was withdrawn.';

COMMENT ON COLUMN public.upload.voided_by IS 'Id of the token or user that withdrew it.';

COMMENT ON COLUMN public.upload.void_change_id IS 'The change that withdrew it.';

CREATE TABLE public.upload_file_part (
    organisation text NOT NULL,
    upload_id uuid NOT NULL,
    part integer NOT NULL,
    content bytea NOT NULL,
    kept_until timestamp with time zone NOT NULL,
    CONSTRAINT upload_file_part_content_check CHECK (((octet_length(content) >= 1) AND (octet_length(content) <= 1048576))),
    CONSTRAINT upload_file_part_part_check CHECK ((part > 0))
);
ALTER TABLE ONLY public.upload_file_part ALTER COLUMN content SET STORAGE EXTERNAL;

ALTER TABLE ONLY public.upload_file_part FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.upload_file_part IS 'Sent files, compressed with gzip and cut into parts, kept for a while. A file refused for personal data, or one that could not be read to its end, is never kept.';

COMMENT ON COLUMN public.upload_file_part.organisation IS 'ODS code.';

COMMENT ON COLUMN public.upload_file_part.upload_id IS 'Upload.';

COMMENT ON COLUMN public.upload_file_part.part IS 'Place of the part, from 1.';

COMMENT ON COLUMN public.upload_file_part.content IS 'Bytes of the part, at most 1 MiB.';

COMMENT ON COLUMN public.upload_file_part.kept_until IS 'When it may be deleted and is handed out no longer.';

CREATE TABLE public.upload_finding (
    organisation text NOT NULL,
    upload_id uuid NOT NULL,
    ordinal integer NOT NULL,
    code text NOT NULL,
    severity text NOT NULL,
    sheet text NOT NULL,
    row_number integer NOT NULL,
    column_name text NOT NULL,
    message text NOT NULL,
    mend text NOT NULL,
    CONSTRAINT upload_finding_severity_check CHECK ((severity = ANY (ARRAY['error'::text, 'warning'::text])))
);

ALTER TABLE ONLY public.upload_finding FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.upload_finding IS 'Faults of uploads. A finding names the class of a value, never the value.';

COMMENT ON COLUMN public.upload_finding.organisation IS 'ODS code.';

COMMENT ON COLUMN public.upload_finding.upload_id IS 'Upload.';

COMMENT ON COLUMN public.upload_finding.ordinal IS 'Order in which it was found, from 1.';

COMMENT ON COLUMN public.upload_finding.code IS 'Published finding code.';

COMMENT ON COLUMN public.upload_finding.severity IS 'error or warning.';

COMMENT ON COLUMN public.upload_finding.sheet IS 'Worksheet; empty for CSV.';

COMMENT ON COLUMN public.upload_finding.row_number IS 'Row as a spreadsheet shows it; 0 for the whole file.';

COMMENT ON COLUMN public.upload_finding.column_name IS 'The file''s own heading; empty for the whole row.';

COMMENT ON COLUMN public.upload_finding.message IS 'What is wrong.';

COMMENT ON COLUMN public.upload_finding.mend IS 'What to do next.';

CREATE TABLE public.user_account (
    id text NOT NULL,
    role text NOT NULL,
    scope_kind text NOT NULL,
    scope_codes text[] NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    granted_by text NOT NULL,
    CONSTRAINT user_account_id_check CHECK ((id ~ '^u_[0-9A-Za-z]{16}$'::text)),
    CONSTRAINT user_account_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'hr'::text, 'manager'::text, 'planner'::text, 'auditor'::text]))),
    CONSTRAINT user_account_scope_check CHECK (((scope_kind = ANY (ARRAY['organisation'::text, 'icb'::text, 'region'::text, 'all'::text])) AND ((scope_kind = 'all'::text) = (cardinality(scope_codes) = 0))))
);

COMMENT ON TABLE public.user_account IS 'Roles that administrators gave to people who sign in.';

COMMENT ON COLUMN public.user_account.id IS 'u_ and 16 characters made from issuer and subject by SHA-256.';

COMMENT ON COLUMN public.user_account.role IS 'Role.';

COMMENT ON COLUMN public.user_account.scope_kind IS 'What scope_codes are.';

COMMENT ON COLUMN public.user_account.scope_codes IS 'ODS codes; none for all.';

COMMENT ON COLUMN public.user_account.granted_at IS 'When the role was given.';

COMMENT ON COLUMN public.user_account.granted_by IS 'Id of the token or user that gave it, or link for the first administrator.';

CREATE TABLE public.user_session (
    id_sha256 bytea NOT NULL,
    user_id text NOT NULL,
    provider text NOT NULL,
    sid_sha256 bytea,
    role text,
    scope_kind text,
    scope_codes text[],
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT user_session_claims_check CHECK ((((role IS NULL) = (scope_kind IS NULL)) AND ((role IS NULL) = (scope_codes IS NULL)))),
    CONSTRAINT user_session_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'hr'::text, 'manager'::text, 'planner'::text, 'auditor'::text]))),
    CONSTRAINT user_session_scope_check CHECK (((scope_kind = ANY (ARRAY['organisation'::text, 'icb'::text, 'region'::text, 'all'::text])) AND ((scope_kind = 'all'::text) = (cardinality(scope_codes) = 0)))),
    CONSTRAINT user_session_sha256_check CHECK (((octet_length(id_sha256) = 32) AND (octet_length(sid_sha256) = 32))),
    CONSTRAINT user_session_user_check CHECK ((user_id ~ '^u_[0-9A-Za-z]{16}$'::text))
);

COMMENT ON TABLE public.user_session IS 'Sessions of people who signed in.';

COMMENT ON COLUMN public.user_session.id_sha256 IS 'SHA-256 of the id in the cookie.';

COMMENT ON COLUMN public.user_session.user_id IS 'Who signed in.';

COMMENT ON COLUMN public.user_session.provider IS 'Name of the identity provider in the settings.';

COMMENT ON COLUMN public.user_session.sid_sha256 IS 'SHA-256 of the provider''s own session id, for its sign-out.';

COMMENT ON COLUMN public.user_session.role IS 'Role that the claims gave; null when user_account says it.';

COMMENT ON COLUMN public.user_session.scope_kind IS 'What scope_codes are.';

COMMENT ON COLUMN public.user_session.scope_codes IS 'ODS codes that the claims gave; none for all.';

COMMENT ON COLUMN public.user_session.created_at IS 'When it began.';

COMMENT ON COLUMN public.user_session.last_used_at IS 'When it was last used, to the minute.';

COMMENT ON COLUMN public.user_session.expires_at IS 'When it ends, used or not.';

COMMENT ON COLUMN public.user_session.ended_at IS 'When it was ended by signing out, by the provider or by an administrator.';

CREATE TABLE public.vacancy_cell (
    organisation text NOT NULL,
    month date NOT NULL,
    staff_group text NOT NULL,
    job_role text NOT NULL,
    band text NOT NULL,
    area_of_work text NOT NULL,
    budgeted_fte numeric(12,5),
    contracted_fte numeric(12,5),
    bank_fte numeric(12,5),
    agency_fte numeric(12,5),
    reported_vacancies integer,
    advertised_posts integer,
    staff_headcount integer,
    dont_know smallint NOT NULL,
    added_by bigint NOT NULL,
    ended_by bigint,
    CONSTRAINT vacancy_cell_agency_check CHECK ((agency_fte >= (0)::numeric)),
    CONSTRAINT vacancy_cell_bank_check CHECK ((bank_fte >= (0)::numeric)),
    CONSTRAINT vacancy_cell_budgeted_check CHECK ((budgeted_fte >= (0)::numeric)),
    CONSTRAINT vacancy_cell_contracted_check CHECK ((contracted_fte >= (0)::numeric)),
    CONSTRAINT vacancy_cell_counts_check CHECK (((reported_vacancies >= 0) AND (advertised_posts >= 0) AND (staff_headcount >= 0))),
    CONSTRAINT vacancy_cell_dont_know_check CHECK ((((dont_know >= 0) AND (dont_know <= 127)) AND ((((dont_know)::integer & 1) = 0) OR (budgeted_fte IS NULL)) AND ((((dont_know)::integer & 2) = 0) OR (contracted_fte IS NULL)) AND ((((dont_know)::integer & 4) = 0) OR (bank_fte IS NULL)) AND ((((dont_know)::integer & 8) = 0) OR (agency_fte IS NULL)) AND ((((dont_know)::integer & 16) = 0) OR (reported_vacancies IS NULL)) AND ((((dont_know)::integer & 32) = 0) OR (advertised_posts IS NULL)) AND ((((dont_know)::integer & 64) = 0) OR (staff_headcount IS NULL)))),
    CONSTRAINT vacancy_cell_month_check CHECK ((month = ((date_trunc('month'::text, (month)::timestamp without time zone) + '1 mon -1 days'::interval))::date))
);

ALTER TABLE ONLY public.vacancy_cell FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.vacancy_cell IS 'Cells of vacancy returns. Vacancies are stocks at a month end.';

COMMENT ON COLUMN public.vacancy_cell.organisation IS 'ODS code.';

COMMENT ON COLUMN public.vacancy_cell.month IS 'Last day of the month.';

COMMENT ON COLUMN public.vacancy_cell.staff_group IS 'Staff group.';

COMMENT ON COLUMN public.vacancy_cell.job_role IS 'Job role, or - when not broken down by it.';

COMMENT ON COLUMN public.vacancy_cell.band IS 'Band, or -.';

COMMENT ON COLUMN public.vacancy_cell.area_of_work IS 'Area of work, or -.';

COMMENT ON COLUMN public.vacancy_cell.budgeted_fte IS 'Budgeted (funded establishment) FTE.';

COMMENT ON COLUMN public.vacancy_cell.contracted_fte IS 'Contracted FTE of staff in post.';

COMMENT ON COLUMN public.vacancy_cell.bank_fte IS 'FTE worked by bank staff.';

COMMENT ON COLUMN public.vacancy_cell.agency_fte IS 'FTE worked by agency staff.';

COMMENT ON COLUMN public.vacancy_cell.reported_vacancies IS 'Posts being recruited to, a headcount.';

COMMENT ON COLUMN public.vacancy_cell.advertised_posts IS 'Posts advertised.';

COMMENT ON COLUMN public.vacancy_cell.staff_headcount IS 'People in post.';

COMMENT ON COLUMN public.vacancy_cell.dont_know IS 'Bits of the measures that the sender does not know, in the order of the columns above.';

COMMENT ON COLUMN public.vacancy_cell.added_by IS 'Change that added the row.';

COMMENT ON COLUMN public.vacancy_cell.ended_by IS 'Change that ended the row.';

CREATE TABLE public.vacancy_confirmation (
    organisation text NOT NULL,
    upload_id uuid NOT NULL,
    months date[] NOT NULL,
    staff_groups text[] NOT NULL,
    job_roles text[] NOT NULL,
    bands text[] NOT NULL,
    areas_of_work text[] NOT NULL,
    added_by bigint NOT NULL,
    ended_by bigint,
    CONSTRAINT vacancy_confirmation_length_check CHECK (((cardinality(months) = cardinality(staff_groups)) AND (cardinality(months) = cardinality(job_roles)) AND (cardinality(months) = cardinality(bands)) AND (cardinality(months) = cardinality(areas_of_work))))
);

ALTER TABLE ONLY public.vacancy_confirmation FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.vacancy_confirmation IS 'Cells of vacancy returns that an upload found unchanged, as arrays of equal length: an earlier upload of them can no longer be withdrawn.';

COMMENT ON COLUMN public.vacancy_confirmation.organisation IS 'ODS code.';

COMMENT ON COLUMN public.vacancy_confirmation.upload_id IS 'Upload.';

COMMENT ON COLUMN public.vacancy_confirmation.months IS 'Months.';

COMMENT ON COLUMN public.vacancy_confirmation.staff_groups IS 'Staff groups.';

COMMENT ON COLUMN public.vacancy_confirmation.job_roles IS 'Job roles, or -.';

COMMENT ON COLUMN public.vacancy_confirmation.bands IS 'Bands, or -.';

COMMENT ON COLUMN public.vacancy_confirmation.areas_of_work IS 'Areas of work, or -.';

COMMENT ON COLUMN public.vacancy_confirmation.added_by IS 'Change that added the row.';

COMMENT ON COLUMN public.vacancy_confirmation.ended_by IS 'Change that ended the row.';

CREATE TABLE public.vacancy_rollup (
    organisation text NOT NULL,
    month date NOT NULL,
    staff_group text NOT NULL,
    band text NOT NULL,
    digital text NOT NULL,
    cells integer NOT NULL,
    incomplete integer NOT NULL,
    budgeted bigint,
    contracted bigint,
    vacancy bigint,
    vacancy_gross bigint,
    rate_budgeted bigint,
    bank bigint,
    agency bigint,
    cover bigint,
    reported bigint,
    advertised bigint,
    headcount bigint,
    rate_reported bigint,
    rate_headcount bigint,
    first_change bigint NOT NULL,
    last_change bigint NOT NULL,
    CONSTRAINT vacancy_rollup_digital_check CHECK ((digital = ANY (ARRAY['yes'::text, 'no'::text, 'not_stated'::text])))
);

ALTER TABLE ONLY public.vacancy_rollup FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.vacancy_rollup IS 'Sums of an organisation''s vacancy cells, over job roles and areas of work. FTE in hundred-thousandths.';

COMMENT ON COLUMN public.vacancy_rollup.organisation IS 'ODS code.';

COMMENT ON COLUMN public.vacancy_rollup.month IS 'Last day of the month.';

COMMENT ON COLUMN public.vacancy_rollup.staff_group IS 'Staff group.';

COMMENT ON COLUMN public.vacancy_rollup.band IS 'Band, or -.';

COMMENT ON COLUMN public.vacancy_rollup.digital IS 'Whether the posts are digital posts.';

COMMENT ON COLUMN public.vacancy_rollup.cells IS 'Cells.';

COMMENT ON COLUMN public.vacancy_rollup.incomplete IS 'Cells without both budgeted and contracted FTE.';

COMMENT ON COLUMN public.vacancy_rollup.budgeted IS 'Budgeted FTE.';

COMMENT ON COLUMN public.vacancy_rollup.contracted IS 'Contracted FTE.';

COMMENT ON COLUMN public.vacancy_rollup.vacancy IS 'Signed gap of complete cells.';

COMMENT ON COLUMN public.vacancy_rollup.vacancy_gross IS 'Gaps above zero of complete cells.';

COMMENT ON COLUMN public.vacancy_rollup.rate_budgeted IS 'Budgeted FTE of complete cells.';

COMMENT ON COLUMN public.vacancy_rollup.bank IS 'Bank FTE.';

COMMENT ON COLUMN public.vacancy_rollup.agency IS 'Agency FTE.';

COMMENT ON COLUMN public.vacancy_rollup.cover IS 'Bank and agency FTE of complete cells.';

COMMENT ON COLUMN public.vacancy_rollup.reported IS 'Reported vacancies.';

COMMENT ON COLUMN public.vacancy_rollup.advertised IS 'Advertised posts.';

COMMENT ON COLUMN public.vacancy_rollup.headcount IS 'Staff headcount.';

COMMENT ON COLUMN public.vacancy_rollup.rate_reported IS 'Reported vacancies of cells with a headcount.';

COMMENT ON COLUMN public.vacancy_rollup.rate_headcount IS 'Headcount of cells with reported vacancies.';

COMMENT ON COLUMN public.vacancy_rollup.first_change IS 'Earliest change that added one of the cells.';

COMMENT ON COLUMN public.vacancy_rollup.last_change IS 'Latest change that added one of them.';

ALTER TABLE ONLY public.access_token
    ADD CONSTRAINT access_token_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.admin_link
    ADD CONSTRAINT admin_link_pkey PRIMARY KEY (secret_sha256);

ALTER TABLE ONLY public.area_of_work
    ADD CONSTRAINT area_of_work_path_key UNIQUE (primary_name, secondary_name, tertiary_name);

ALTER TABLE ONLY public.area_of_work
    ADD CONSTRAINT area_of_work_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.assessment_confirmation
    ADD CONSTRAINT assessment_confirmation_pkey PRIMARY KEY (organisation, added_by);

ALTER TABLE ONLY public.assessment
    ADD CONSTRAINT assessment_pkey PRIMARY KEY (organisation, added_by, staff_id, framework_version, assessed_on, assessor_kind);

ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_head
    ADD CONSTRAINT audit_head_pkey PRIMARY KEY (organisation);

ALTER TABLE ONLY public.band
    ADD CONSTRAINT band_name_key UNIQUE (name);

ALTER TABLE ONLY public.band
    ADD CONSTRAINT band_ordinal_key UNIQUE (ordinal);

ALTER TABLE ONLY public.band
    ADD CONSTRAINT band_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.change_clock
    ADD CONSTRAINT change_clock_pkey PRIMARY KEY (singleton);

ALTER TABLE ONLY public.change
    ADD CONSTRAINT change_number_key UNIQUE (number);

ALTER TABLE ONLY public.change
    ADD CONSTRAINT change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.competence
    ADD CONSTRAINT competence_ordinal_key UNIQUE (framework_version, ordinal);

ALTER TABLE ONLY public.competence
    ADD CONSTRAINT competence_pkey PRIMARY KEY (framework_version, code);

ALTER TABLE ONLY public.contract_type
    ADD CONSTRAINT contract_type_name_key UNIQUE (name);

ALTER TABLE ONLY public.contract_type
    ADD CONSTRAINT contract_type_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.crosswalk_level
    ADD CONSTRAINT crosswalk_level_pkey PRIMARY KEY (crosswalk, to_competence, from_competence, from_level);

ALTER TABLE ONLY public.crosswalk
    ADD CONSTRAINT crosswalk_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.destruction
    ADD CONSTRAINT destruction_pkey PRIMARY KEY (organisation, change_id);

ALTER TABLE ONLY public.employment_spell
    ADD CONSTRAINT employment_spell_pkey PRIMARY KEY (organisation, staff_id, started_on, added_by);

ALTER TABLE ONLY public.erased_number
    ADD CONSTRAINT erased_number_pkey PRIMARY KEY (organisation, number_hmac);

ALTER TABLE ONLY public.framework_domain
    ADD CONSTRAINT framework_domain_ordinal_key UNIQUE (framework_version, ordinal);

ALTER TABLE ONLY public.framework_domain
    ADD CONSTRAINT framework_domain_pkey PRIMARY KEY (framework_version, code);

ALTER TABLE ONLY public.framework_level
    ADD CONSTRAINT framework_level_pkey PRIMARY KEY (framework_version, level);

ALTER TABLE ONLY public.framework
    ADD CONSTRAINT framework_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.framework_version
    ADD CONSTRAINT framework_version_key UNIQUE (framework, version);

ALTER TABLE ONLY public.framework_version
    ADD CONSTRAINT framework_version_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.idempotency_key
    ADD CONSTRAINT idempotency_key_pkey PRIMARY KEY (organisation, actor, key);

ALTER TABLE ONLY public.job_role
    ADD CONSTRAINT job_role_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.latest_assessment
    ADD CONSTRAINT latest_assessment_pkey PRIMARY KEY (organisation, framework_version, staff_id, assessor_kind);

ALTER TABLE ONLY public.organisation_entry
    ADD CONSTRAINT organisation_entry_pkey PRIMARY KEY (code, edition_on, added_by);

ALTER TABLE ONLY public.organisation_lifespan
    ADD CONSTRAINT organisation_lifespan_pkey PRIMARY KEY (code, added_by);

ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT organisation_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.organisation_succession
    ADD CONSTRAINT organisation_succession_pkey PRIMARY KEY (predecessor, successor, added_by);

ALTER TABLE ONLY public.organisation_version
    ADD CONSTRAINT organisation_version_pkey PRIMARY KEY (code, valid_from, added_by);

ALTER TABLE ONLY public.position_vacancy
    ADD CONSTRAINT position_vacancy_pkey PRIMARY KEY (organisation, vacancy_reference, added_by);

ALTER TABLE ONLY public.position_vacancy_status
    ADD CONSTRAINT position_vacancy_status_name_key UNIQUE (name);

ALTER TABLE ONLY public.position_vacancy_status
    ADD CONSTRAINT position_vacancy_status_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.record_confirmation
    ADD CONSTRAINT record_confirmation_pkey PRIMARY KEY (organisation, added_by);

ALTER TABLE ONLY public.register
    ADD CONSTRAINT register_pkey PRIMARY KEY (singleton);

ALTER TABLE ONLY public.reporting_start
    ADD CONSTRAINT reporting_start_pkey PRIMARY KEY (organisation, kind, added_by);

ALTER TABLE ONLY public.restriction
    ADD CONSTRAINT restriction_pkey PRIMARY KEY (organisation, staff_id, added_by);

ALTER TABLE ONLY public.sector_of_organisation
    ADD CONSTRAINT sector_of_organisation_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.sign_in
    ADD CONSTRAINT sign_in_pkey PRIMARY KEY (state_sha256);

ALTER TABLE ONLY public.staff_group
    ADD CONSTRAINT staff_group_name_key UNIQUE (name);

ALTER TABLE ONLY public.staff_group
    ADD CONSTRAINT staff_group_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.staff_list
    ADD CONSTRAINT staff_list_pkey PRIMARY KEY (organisation, as_at, added_by);

ALTER TABLE ONLY public.staff_member
    ADD CONSTRAINT staff_member_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY public.staff_position
    ADD CONSTRAINT staff_position_pkey PRIMARY KEY (organisation, staff_id, from_day);

ALTER TABLE ONLY public.staff_version
    ADD CONSTRAINT staff_version_pkey PRIMARY KEY (organisation, staff_id, valid_from, added_by);

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_pkey PRIMARY KEY (organisation, framework_version, competence, domain, job_role, staff_group, band, valid_from, added_by);

ALTER TABLE ONLY public.upload_file_part
    ADD CONSTRAINT upload_file_part_pkey PRIMARY KEY (organisation, upload_id, part);

ALTER TABLE ONLY public.upload_finding
    ADD CONSTRAINT upload_finding_pkey PRIMARY KEY (organisation, upload_id, ordinal);

ALTER TABLE ONLY public.upload
    ADD CONSTRAINT upload_pkey PRIMARY KEY (organisation, id);

ALTER TABLE ONLY public.user_account
    ADD CONSTRAINT user_account_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.user_session
    ADD CONSTRAINT user_session_pkey PRIMARY KEY (id_sha256);

ALTER TABLE ONLY public.vacancy_cell
    ADD CONSTRAINT vacancy_cell_pkey PRIMARY KEY (organisation, month, staff_group, job_role, band, area_of_work, added_by);

ALTER TABLE ONLY public.vacancy_confirmation
    ADD CONSTRAINT vacancy_confirmation_pkey PRIMARY KEY (organisation, added_by);

ALTER TABLE ONLY public.vacancy_rollup
    ADD CONSTRAINT vacancy_rollup_pkey PRIMARY KEY (organisation, month, staff_group, band, digital);

CREATE INDEX assessment_ended_by_idx ON public.assessment USING btree (organisation, ended_by) WHERE (ended_by IS NOT NULL);

CREATE UNIQUE INDEX assessment_key ON public.assessment USING btree (organisation, staff_id, framework_version, assessed_on, assessor_kind) WHERE (ended_by IS NULL);

CREATE UNIQUE INDEX audit_event_chain_key ON public.audit_event USING btree (organisation, sequence) NULLS NOT DISTINCT;

CREATE INDEX audit_event_organisation_idx ON public.audit_event USING btree (organisation, at);

CREATE INDEX change_organisation_idx ON public.change USING btree (organisation, id);

CREATE INDEX change_upload_idx ON public.change USING btree (organisation, upload_id);

CREATE INDEX employment_spell_added_by_idx ON public.employment_spell USING btree (organisation, added_by);

CREATE INDEX employment_spell_ended_by_idx ON public.employment_spell USING btree (organisation, ended_by) WHERE (ended_by IS NOT NULL);

CREATE UNIQUE INDEX employment_spell_key ON public.employment_spell USING btree (organisation, staff_id, started_on) WHERE (ended_by IS NULL);

CREATE INDEX organisation_cqc_id_idx ON public.organisation USING btree (cqc_id) WHERE (cqc_id IS NOT NULL);

CREATE UNIQUE INDEX organisation_entry_key ON public.organisation_entry USING btree (code, edition_on) WHERE (ended_by IS NULL);

CREATE UNIQUE INDEX organisation_lifespan_key ON public.organisation_lifespan USING btree (code) WHERE (ended_by IS NULL);

CREATE UNIQUE INDEX organisation_succession_key ON public.organisation_succession USING btree (predecessor, successor) WHERE (ended_by IS NULL);

CREATE UNIQUE INDEX organisation_version_key ON public.organisation_version USING btree (code, valid_from) WHERE (ended_by IS NULL);

CREATE INDEX position_vacancy_added_by_idx ON public.position_vacancy USING btree (organisation, added_by);

CREATE INDEX position_vacancy_ended_by_idx ON public.position_vacancy USING btree (organisation, ended_by) WHERE (ended_by IS NOT NULL);

CREATE UNIQUE INDEX position_vacancy_key ON public.position_vacancy USING btree (organisation, vacancy_reference) WHERE (ended_by IS NULL);

CREATE UNIQUE INDEX reporting_start_key ON public.reporting_start USING btree (organisation, kind) WHERE (ended_by IS NULL);

CREATE UNIQUE INDEX restriction_key ON public.restriction USING btree (organisation, staff_id) WHERE (ended_by IS NULL);

CREATE INDEX staff_member_added_by_idx ON public.staff_member USING btree (organisation, added_by);

CREATE UNIQUE INDEX staff_member_employee_number_key ON public.staff_member USING btree (organisation, employee_number) WHERE (ended_by IS NULL);

CREATE INDEX staff_version_added_by_idx ON public.staff_version USING btree (organisation, added_by);

CREATE INDEX staff_version_ended_by_idx ON public.staff_version USING btree (organisation, ended_by) WHERE (ended_by IS NOT NULL);

CREATE UNIQUE INDEX staff_version_key ON public.staff_version USING btree (organisation, staff_id, valid_from) WHERE (ended_by IS NULL);

CREATE INDEX target_added_by_idx ON public.target USING btree (organisation, added_by);

CREATE INDEX target_ended_by_idx ON public.target USING btree (organisation, ended_by) WHERE (ended_by IS NOT NULL);

CREATE UNIQUE INDEX target_key ON public.target USING btree (organisation, framework_version, competence, domain, job_role, staff_group, band, valid_from) WHERE (ended_by IS NULL);

CREATE INDEX upload_content_idx ON public.upload USING btree (organisation, content_sha256);

CREATE INDEX upload_received_idx ON public.upload USING btree (organisation, received_at DESC, id);

CREATE INDEX user_session_user_idx ON public.user_session USING btree (user_id) WHERE (ended_at IS NULL);

CREATE INDEX vacancy_cell_added_by_idx ON public.vacancy_cell USING btree (organisation, added_by);

CREATE INDEX vacancy_cell_ended_by_idx ON public.vacancy_cell USING btree (organisation, ended_by) WHERE (ended_by IS NOT NULL);

CREATE UNIQUE INDEX vacancy_cell_key ON public.vacancy_cell USING btree (organisation, month, staff_group, job_role, band, area_of_work) WHERE (ended_by IS NULL);

CREATE TRIGGER assessment_confirmation_end_is_final BEFORE UPDATE OF ended_by ON public.assessment_confirmation FOR EACH ROW WHEN ((old.ended_by IS NOT NULL)) EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER assessment_end_is_final BEFORE UPDATE OF ended_by ON public.assessment FOR EACH ROW WHEN ((old.ended_by IS NOT NULL)) EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER assessment_references AFTER INSERT ON public.assessment REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION public.check_assessment_references();

CREATE TRIGGER audit_event_chain BEFORE INSERT ON public.audit_event FOR EACH ROW EXECUTE FUNCTION public.chain_audit_event();

CREATE TRIGGER audit_event_is_final BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_event FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER band_undeletable BEFORE DELETE OR TRUNCATE ON public.band FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER change_is_final BEFORE UPDATE ON public.change FOR EACH ROW WHEN ((old.number IS NOT NULL)) EXECUTE FUNCTION public.refuse_row_change();

CREATE CONSTRAINT TRIGGER change_must_be_finished AFTER INSERT ON public.change DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.require_finished_change();

CREATE TRIGGER change_of_registry AFTER INSERT ON public.change FOR EACH ROW WHEN ((new.kind = ANY (ARRAY['seed'::text, 'organisations_import'::text, 'successions_import'::text]))) EXECUTE FUNCTION public.note_registry_change();

CREATE TRIGGER change_undeletable BEFORE DELETE OR TRUNCATE ON public.change FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER competence_published BEFORE INSERT ON public.competence FOR EACH ROW EXECUTE FUNCTION public.refuse_change_of_published();

CREATE TRIGGER competence_undeletable BEFORE DELETE OR UPDATE OR TRUNCATE ON public.competence FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER crosswalk_level_published BEFORE INSERT ON public.crosswalk_level FOR EACH ROW EXECUTE FUNCTION public.refuse_change_of_crosswalk();

CREATE TRIGGER crosswalk_level_undeletable BEFORE DELETE OR UPDATE OR TRUNCATE ON public.crosswalk_level FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER crosswalk_undeletable BEFORE DELETE OR UPDATE OR TRUNCATE ON public.crosswalk FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER employment_spell_end_is_final BEFORE UPDATE ON public.employment_spell FOR EACH ROW WHEN ((old.ended_by IS NOT NULL)) EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER framework_domain_published BEFORE INSERT ON public.framework_domain FOR EACH ROW EXECUTE FUNCTION public.refuse_change_of_published();

CREATE TRIGGER framework_domain_undeletable BEFORE DELETE OR UPDATE OR TRUNCATE ON public.framework_domain FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER framework_level_published BEFORE INSERT ON public.framework_level FOR EACH ROW EXECUTE FUNCTION public.refuse_change_of_published();

CREATE TRIGGER framework_level_undeletable BEFORE DELETE OR UPDATE OR TRUNCATE ON public.framework_level FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER framework_undeletable BEFORE DELETE OR UPDATE OR TRUNCATE ON public.framework FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER framework_version_undeletable BEFORE DELETE OR UPDATE OR TRUNCATE ON public.framework_version FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER job_role_undeletable BEFORE DELETE OR TRUNCATE ON public.job_role FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER organisation_entry_end_is_final BEFORE UPDATE ON public.organisation_entry FOR EACH ROW WHEN ((old.ended_by IS NOT NULL)) EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER organisation_lifespan_end_is_final BEFORE UPDATE ON public.organisation_lifespan FOR EACH ROW WHEN ((old.ended_by IS NOT NULL)) EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER organisation_succession_end_is_final BEFORE UPDATE ON public.organisation_succession FOR EACH ROW WHEN ((old.ended_by IS NOT NULL)) EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER organisation_version_end_is_final BEFORE UPDATE ON public.organisation_version FOR EACH ROW WHEN ((old.ended_by IS NOT NULL)) EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER position_vacancy_end_is_final BEFORE UPDATE ON public.position_vacancy FOR EACH ROW WHEN ((old.ended_by IS NOT NULL)) EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER record_confirmation_end_is_final BEFORE UPDATE ON public.record_confirmation FOR EACH ROW WHEN ((old.ended_by IS NOT NULL)) EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER reporting_start_end_is_final BEFORE UPDATE ON public.reporting_start FOR EACH ROW WHEN ((old.ended_by IS NOT NULL)) EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER restriction_end_is_final BEFORE UPDATE ON public.restriction FOR EACH ROW WHEN ((old.ended_by IS NOT NULL)) EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER staff_group_undeletable BEFORE DELETE OR TRUNCATE ON public.staff_group FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER staff_list_end_is_final BEFORE UPDATE OF ended_by ON public.staff_list FOR EACH ROW WHEN ((old.ended_by IS NOT NULL)) EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER staff_member_end_is_final BEFORE UPDATE OF ended_by ON public.staff_member FOR EACH ROW WHEN ((old.ended_by IS NOT NULL)) EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER staff_version_end_is_final BEFORE UPDATE OF ended_by ON public.staff_version FOR EACH ROW WHEN ((old.ended_by IS NOT NULL)) EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER target_end_is_final BEFORE UPDATE ON public.target FOR EACH ROW WHEN ((old.ended_by IS NOT NULL)) EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER target_scale AFTER INSERT ON public.target REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION public.check_target_levels();

CREATE TRIGGER upload_is_final BEFORE UPDATE OF state, voided_at, voided_by, void_change_id ON public.upload FOR EACH ROW WHEN (((old.state <> ALL (ARRAY['applied'::text, 'partly_applied'::text])) OR (new.state <> 'voided'::text))) EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER vacancy_cell_end_is_final BEFORE UPDATE ON public.vacancy_cell FOR EACH ROW WHEN ((old.ended_by IS NOT NULL)) EXECUTE FUNCTION public.refuse_row_change();

CREATE TRIGGER vacancy_confirmation_end_is_final BEFORE UPDATE ON public.vacancy_confirmation FOR EACH ROW WHEN ((old.ended_by IS NOT NULL)) EXECUTE FUNCTION public.refuse_row_change();

ALTER TABLE ONLY public.assessment_confirmation
    ADD CONSTRAINT assessment_confirmation_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.assessment_confirmation
    ADD CONSTRAINT assessment_confirmation_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.assessment_confirmation
    ADD CONSTRAINT assessment_confirmation_framework_fkey FOREIGN KEY (framework_version) REFERENCES public.framework_version(id);

ALTER TABLE ONLY public.assessment_confirmation
    ADD CONSTRAINT assessment_confirmation_upload_fkey FOREIGN KEY (organisation, upload_id) REFERENCES public.upload(organisation, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.assessment
    ADD CONSTRAINT assessment_staff_fkey FOREIGN KEY (organisation, staff_id) REFERENCES public.staff_member(organisation, id);

ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_event_change_fkey FOREIGN KEY (change_id) REFERENCES public.change(id);

ALTER TABLE ONLY public.competence
    ADD CONSTRAINT competence_domain_fkey FOREIGN KEY (framework_version, domain_code) REFERENCES public.framework_domain(framework_version, code);

ALTER TABLE ONLY public.crosswalk
    ADD CONSTRAINT crosswalk_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.crosswalk
    ADD CONSTRAINT crosswalk_from_fkey FOREIGN KEY (from_version) REFERENCES public.framework_version(id);

ALTER TABLE ONLY public.crosswalk_level
    ADD CONSTRAINT crosswalk_level_crosswalk_fkey FOREIGN KEY (crosswalk) REFERENCES public.crosswalk(code);

ALTER TABLE ONLY public.crosswalk
    ADD CONSTRAINT crosswalk_to_fkey FOREIGN KEY (to_version) REFERENCES public.framework_version(id);

ALTER TABLE ONLY public.destruction
    ADD CONSTRAINT destruction_change_fkey FOREIGN KEY (change_id) REFERENCES public.change(id);

ALTER TABLE ONLY public.destruction
    ADD CONSTRAINT destruction_organisation_fkey FOREIGN KEY (organisation) REFERENCES public.organisation(code);

ALTER TABLE ONLY public.employment_spell
    ADD CONSTRAINT employment_spell_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.employment_spell
    ADD CONSTRAINT employment_spell_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.employment_spell
    ADD CONSTRAINT employment_spell_staff_fkey FOREIGN KEY (organisation, staff_id) REFERENCES public.staff_member(organisation, id);

ALTER TABLE ONLY public.erased_number
    ADD CONSTRAINT erased_number_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.erased_number
    ADD CONSTRAINT erased_number_organisation_fkey FOREIGN KEY (organisation) REFERENCES public.organisation(code);

ALTER TABLE ONLY public.framework_domain
    ADD CONSTRAINT framework_domain_version_fkey FOREIGN KEY (framework_version) REFERENCES public.framework_version(id);

ALTER TABLE ONLY public.framework_level
    ADD CONSTRAINT framework_level_version_fkey FOREIGN KEY (framework_version) REFERENCES public.framework_version(id);

ALTER TABLE ONLY public.framework_version
    ADD CONSTRAINT framework_version_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.framework_version
    ADD CONSTRAINT framework_version_framework_fkey FOREIGN KEY (framework) REFERENCES public.framework(code);

ALTER TABLE ONLY public.idempotency_key
    ADD CONSTRAINT idempotency_key_upload_fkey FOREIGN KEY (organisation, upload_id) REFERENCES public.upload(organisation, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.job_role
    ADD CONSTRAINT job_role_staff_group_fkey FOREIGN KEY (staff_group) REFERENCES public.staff_group(code);

ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT organisation_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.organisation_entry
    ADD CONSTRAINT organisation_entry_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.organisation_entry
    ADD CONSTRAINT organisation_entry_code_fkey FOREIGN KEY (code) REFERENCES public.organisation(code);

ALTER TABLE ONLY public.organisation_entry
    ADD CONSTRAINT organisation_entry_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.organisation_lifespan
    ADD CONSTRAINT organisation_lifespan_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.organisation_lifespan
    ADD CONSTRAINT organisation_lifespan_code_fkey FOREIGN KEY (code) REFERENCES public.organisation(code);

ALTER TABLE ONLY public.organisation_lifespan
    ADD CONSTRAINT organisation_lifespan_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.organisation_succession
    ADD CONSTRAINT organisation_succession_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.organisation_succession
    ADD CONSTRAINT organisation_succession_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.organisation_succession
    ADD CONSTRAINT organisation_succession_predecessor_fkey FOREIGN KEY (predecessor) REFERENCES public.organisation(code);

ALTER TABLE ONLY public.organisation_succession
    ADD CONSTRAINT organisation_succession_successor_fkey FOREIGN KEY (successor) REFERENCES public.organisation(code);

ALTER TABLE ONLY public.organisation_version
    ADD CONSTRAINT organisation_version_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.organisation_version
    ADD CONSTRAINT organisation_version_code_fkey FOREIGN KEY (code) REFERENCES public.organisation(code);

ALTER TABLE ONLY public.organisation_version
    ADD CONSTRAINT organisation_version_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.position_vacancy
    ADD CONSTRAINT position_vacancy_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.position_vacancy
    ADD CONSTRAINT position_vacancy_area_of_work_fkey FOREIGN KEY (area_of_work) REFERENCES public.area_of_work(code);

ALTER TABLE ONLY public.position_vacancy
    ADD CONSTRAINT position_vacancy_band_fkey FOREIGN KEY (band) REFERENCES public.band(code);

ALTER TABLE ONLY public.position_vacancy
    ADD CONSTRAINT position_vacancy_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.position_vacancy
    ADD CONSTRAINT position_vacancy_job_role_fkey FOREIGN KEY (job_role) REFERENCES public.job_role(code);

ALTER TABLE ONLY public.position_vacancy
    ADD CONSTRAINT position_vacancy_organisation_fkey FOREIGN KEY (organisation) REFERENCES public.organisation(code);

ALTER TABLE ONLY public.position_vacancy
    ADD CONSTRAINT position_vacancy_staff_group_fkey FOREIGN KEY (staff_group) REFERENCES public.staff_group(code);

ALTER TABLE ONLY public.position_vacancy
    ADD CONSTRAINT position_vacancy_status_fkey FOREIGN KEY (status) REFERENCES public.position_vacancy_status(code);

ALTER TABLE ONLY public.record_confirmation
    ADD CONSTRAINT record_confirmation_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.record_confirmation
    ADD CONSTRAINT record_confirmation_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.record_confirmation
    ADD CONSTRAINT record_confirmation_upload_fkey FOREIGN KEY (organisation, upload_id) REFERENCES public.upload(organisation, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.reporting_start
    ADD CONSTRAINT reporting_start_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.reporting_start
    ADD CONSTRAINT reporting_start_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.reporting_start
    ADD CONSTRAINT reporting_start_organisation_fkey FOREIGN KEY (organisation) REFERENCES public.organisation(code);

ALTER TABLE ONLY public.restriction
    ADD CONSTRAINT restriction_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.restriction
    ADD CONSTRAINT restriction_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.restriction
    ADD CONSTRAINT restriction_staff_fkey FOREIGN KEY (organisation, staff_id) REFERENCES public.staff_member(organisation, id);

ALTER TABLE ONLY public.staff_list
    ADD CONSTRAINT staff_list_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.staff_list
    ADD CONSTRAINT staff_list_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.staff_list
    ADD CONSTRAINT staff_list_upload_fkey FOREIGN KEY (organisation, upload_id) REFERENCES public.upload(organisation, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.staff_member
    ADD CONSTRAINT staff_member_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.staff_member
    ADD CONSTRAINT staff_member_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.staff_member
    ADD CONSTRAINT staff_member_organisation_fkey FOREIGN KEY (organisation) REFERENCES public.organisation(code);

ALTER TABLE ONLY public.staff_version
    ADD CONSTRAINT staff_version_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.staff_version
    ADD CONSTRAINT staff_version_area_of_work_fkey FOREIGN KEY (area_of_work) REFERENCES public.area_of_work(code);

ALTER TABLE ONLY public.staff_version
    ADD CONSTRAINT staff_version_band_fkey FOREIGN KEY (band) REFERENCES public.band(code);

ALTER TABLE ONLY public.staff_version
    ADD CONSTRAINT staff_version_contract_type_fkey FOREIGN KEY (contract_type) REFERENCES public.contract_type(code);

ALTER TABLE ONLY public.staff_version
    ADD CONSTRAINT staff_version_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.staff_version
    ADD CONSTRAINT staff_version_job_role_fkey FOREIGN KEY (job_role) REFERENCES public.job_role(code);

ALTER TABLE ONLY public.staff_version
    ADD CONSTRAINT staff_version_staff_fkey FOREIGN KEY (organisation, staff_id) REFERENCES public.staff_member(organisation, id);

ALTER TABLE ONLY public.staff_version
    ADD CONSTRAINT staff_version_staff_group_fkey FOREIGN KEY (staff_group) REFERENCES public.staff_group(code);

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_band_fkey FOREIGN KEY (band) REFERENCES public.band(code);

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_competence_fkey FOREIGN KEY (framework_version, competence_code) REFERENCES public.competence(framework_version, code);

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_domain_fkey FOREIGN KEY (framework_version, domain_code) REFERENCES public.framework_domain(framework_version, code);

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_job_role_fkey FOREIGN KEY (job_role) REFERENCES public.job_role(code);

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_organisation_fkey FOREIGN KEY (organisation) REFERENCES public.organisation(code);

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_staff_group_fkey FOREIGN KEY (staff_group_code) REFERENCES public.staff_group(code);

ALTER TABLE ONLY public.upload
    ADD CONSTRAINT upload_change_fkey FOREIGN KEY (change_id) REFERENCES public.change(id);

ALTER TABLE ONLY public.upload_file_part
    ADD CONSTRAINT upload_file_part_upload_fkey FOREIGN KEY (organisation, upload_id) REFERENCES public.upload(organisation, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.upload_finding
    ADD CONSTRAINT upload_finding_upload_fkey FOREIGN KEY (organisation, upload_id) REFERENCES public.upload(organisation, id);

ALTER TABLE ONLY public.upload
    ADD CONSTRAINT upload_organisation_fkey FOREIGN KEY (organisation) REFERENCES public.organisation(code);

ALTER TABLE ONLY public.upload
    ADD CONSTRAINT upload_void_change_fkey FOREIGN KEY (void_change_id) REFERENCES public.change(id);

ALTER TABLE ONLY public.vacancy_cell
    ADD CONSTRAINT vacancy_cell_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.vacancy_cell
    ADD CONSTRAINT vacancy_cell_area_of_work_fkey FOREIGN KEY (area_of_work) REFERENCES public.area_of_work(code);

ALTER TABLE ONLY public.vacancy_cell
    ADD CONSTRAINT vacancy_cell_band_fkey FOREIGN KEY (band) REFERENCES public.band(code);

ALTER TABLE ONLY public.vacancy_cell
    ADD CONSTRAINT vacancy_cell_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.vacancy_cell
    ADD CONSTRAINT vacancy_cell_job_role_fkey FOREIGN KEY (job_role) REFERENCES public.job_role(code);

ALTER TABLE ONLY public.vacancy_cell
    ADD CONSTRAINT vacancy_cell_organisation_fkey FOREIGN KEY (organisation) REFERENCES public.organisation(code);

ALTER TABLE ONLY public.vacancy_cell
    ADD CONSTRAINT vacancy_cell_staff_group_fkey FOREIGN KEY (staff_group) REFERENCES public.staff_group(code);

ALTER TABLE ONLY public.vacancy_confirmation
    ADD CONSTRAINT vacancy_confirmation_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.vacancy_confirmation
    ADD CONSTRAINT vacancy_confirmation_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.change(id);

ALTER TABLE ONLY public.vacancy_confirmation
    ADD CONSTRAINT vacancy_confirmation_upload_fkey FOREIGN KEY (organisation, upload_id) REFERENCES public.upload(organisation, id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE public.assessment ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.assessment_confirmation ENABLE ROW LEVEL SECURITY;

CREATE POLICY assessment_confirmation_insert ON public.assessment_confirmation FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY assessment_confirmation_read ON public.assessment_confirmation FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY assessment_confirmation_update ON public.assessment_confirmation FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY assessment_insert ON public.assessment FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY assessment_purge ON public.assessment FOR DELETE TO skills_owner USING ((organisation = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY assessment_read ON public.assessment FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY assessment_update ON public.assessment FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.audit_event ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_event_insert ON public.audit_event FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY audit_event_read ON public.audit_event FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.audit'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY audit_event_update ON public.audit_event FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.audit_head ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_head_chain ON public.audit_head TO skills_owner USING ((organisation = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((organisation = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY audit_head_read ON public.audit_head FOR SELECT USING (((organisation = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.audit'::text, true) AS current_setting) = 'on'::text)));

ALTER TABLE public.change ENABLE ROW LEVEL SECURITY;

CREATE POLICY change_insert ON public.change FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY change_read ON public.change FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY change_update ON public.change FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.destruction ENABLE ROW LEVEL SECURITY;

CREATE POLICY destruction_insert ON public.destruction FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY destruction_read ON public.destruction FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY destruction_update ON public.destruction FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.employment_spell ENABLE ROW LEVEL SECURITY;

CREATE POLICY employment_spell_insert ON public.employment_spell FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY employment_spell_purge ON public.employment_spell FOR DELETE TO skills_owner USING ((organisation = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY employment_spell_read ON public.employment_spell FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY employment_spell_update ON public.employment_spell FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.erased_number ENABLE ROW LEVEL SECURITY;

CREATE POLICY erased_number_insert ON public.erased_number FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY erased_number_read ON public.erased_number FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY erased_number_update ON public.erased_number FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.idempotency_key ENABLE ROW LEVEL SECURITY;

CREATE POLICY idempotency_key_expire ON public.idempotency_key FOR DELETE USING (((kept_until <= now()) AND ((( SELECT current_setting('skills.expire'::text, true) AS current_setting) = 'on'::text) OR (organisation = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)))));

CREATE POLICY idempotency_key_expire_read ON public.idempotency_key FOR SELECT USING (((kept_until <= now()) AND (( SELECT current_setting('skills.expire'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY idempotency_key_insert ON public.idempotency_key FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY idempotency_key_read ON public.idempotency_key FOR SELECT USING ((organisation = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])));

CREATE POLICY idempotency_key_update ON public.idempotency_key FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.latest_assessment ENABLE ROW LEVEL SECURITY;

CREATE POLICY latest_assessment_delete ON public.latest_assessment FOR DELETE USING ((organisation = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY latest_assessment_insert ON public.latest_assessment FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY latest_assessment_read ON public.latest_assessment FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY latest_assessment_update ON public.latest_assessment FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.position_vacancy ENABLE ROW LEVEL SECURITY;

CREATE POLICY position_vacancy_insert ON public.position_vacancy FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY position_vacancy_read ON public.position_vacancy FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY position_vacancy_update ON public.position_vacancy FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.record_confirmation ENABLE ROW LEVEL SECURITY;

CREATE POLICY record_confirmation_insert ON public.record_confirmation FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY record_confirmation_read ON public.record_confirmation FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY record_confirmation_update ON public.record_confirmation FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.reporting_start ENABLE ROW LEVEL SECURITY;

CREATE POLICY reporting_start_insert ON public.reporting_start FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY reporting_start_read ON public.reporting_start FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY reporting_start_update ON public.reporting_start FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.restriction ENABLE ROW LEVEL SECURITY;

CREATE POLICY restriction_insert ON public.restriction FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY restriction_purge ON public.restriction FOR DELETE TO skills_owner USING ((organisation = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY restriction_read ON public.restriction FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY restriction_update ON public.restriction FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.staff_list ENABLE ROW LEVEL SECURITY;

CREATE POLICY staff_list_insert ON public.staff_list FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY staff_list_read ON public.staff_list FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY staff_list_update ON public.staff_list FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.staff_member ENABLE ROW LEVEL SECURITY;

CREATE POLICY staff_member_insert ON public.staff_member FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY staff_member_purge ON public.staff_member FOR DELETE TO skills_owner USING ((organisation = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY staff_member_read ON public.staff_member FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY staff_member_update ON public.staff_member FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.staff_position ENABLE ROW LEVEL SECURITY;

CREATE POLICY staff_position_delete ON public.staff_position FOR DELETE USING ((organisation = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY staff_position_insert ON public.staff_position FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY staff_position_read ON public.staff_position FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY staff_position_update ON public.staff_position FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.staff_version ENABLE ROW LEVEL SECURITY;

CREATE POLICY staff_version_insert ON public.staff_version FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY staff_version_purge ON public.staff_version FOR DELETE TO skills_owner USING ((organisation = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY staff_version_read ON public.staff_version FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY staff_version_update ON public.staff_version FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.target ENABLE ROW LEVEL SECURITY;

CREATE POLICY target_insert ON public.target FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY target_of_the_nation ON public.target FOR SELECT USING ((organisation = 'E92000001'::text));

CREATE POLICY target_read ON public.target FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY target_update ON public.target FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.upload ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.upload_file_part ENABLE ROW LEVEL SECURITY;

CREATE POLICY upload_file_part_expire ON public.upload_file_part FOR DELETE USING (((kept_until <= now()) AND (( SELECT current_setting('skills.expire'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY upload_file_part_expire_read ON public.upload_file_part FOR SELECT USING (((kept_until <= now()) AND (( SELECT current_setting('skills.expire'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY upload_file_part_forget ON public.upload_file_part FOR DELETE TO skills_owner USING ((organisation = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY upload_file_part_insert ON public.upload_file_part FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY upload_file_part_read ON public.upload_file_part FOR SELECT USING ((organisation = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])));

CREATE POLICY upload_file_part_update ON public.upload_file_part FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.upload_finding ENABLE ROW LEVEL SECURITY;

CREATE POLICY upload_finding_forget ON public.upload_finding FOR DELETE TO skills_owner USING ((organisation = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY upload_finding_insert ON public.upload_finding FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY upload_finding_read ON public.upload_finding FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY upload_finding_update ON public.upload_finding FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY upload_insert ON public.upload FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY upload_read ON public.upload FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY upload_update ON public.upload FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.vacancy_cell ENABLE ROW LEVEL SECURITY;

CREATE POLICY vacancy_cell_insert ON public.vacancy_cell FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY vacancy_cell_read ON public.vacancy_cell FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY vacancy_cell_update ON public.vacancy_cell FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.vacancy_confirmation ENABLE ROW LEVEL SECURITY;

CREATE POLICY vacancy_confirmation_insert ON public.vacancy_confirmation FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY vacancy_confirmation_read ON public.vacancy_confirmation FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY vacancy_confirmation_update ON public.vacancy_confirmation FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

ALTER TABLE public.vacancy_rollup ENABLE ROW LEVEL SECURITY;

CREATE POLICY vacancy_rollup_delete ON public.vacancy_rollup FOR DELETE USING ((organisation = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY vacancy_rollup_insert ON public.vacancy_rollup FOR INSERT WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

CREATE POLICY vacancy_rollup_read ON public.vacancy_rollup FOR SELECT USING (((COALESCE(organisation, '-'::text) = ANY (( SELECT string_to_array(current_setting('skills.organisations'::text, true), ','::text) AS string_to_array)::text[])) OR (( SELECT current_setting('skills.aggregate'::text, true) AS current_setting) = 'on'::text)));

CREATE POLICY vacancy_rollup_update ON public.vacancy_rollup FOR UPDATE USING ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting))) WITH CHECK ((COALESCE(organisation, '-'::text) = ( SELECT current_setting('skills.write_organisation'::text, true) AS current_setting)));

REVOKE ALL ON FUNCTION public.admin_link_is_good(secret bytea, at_time timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.admin_link_is_good(secret bytea, at_time timestamp with time zone) TO skills_app;

REVOKE ALL ON FUNCTION public.audit_text(chain text, place bigint, happened timestamp with time zone, fields text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.begin_sign_in(state bytea, browser bytea, at_provider text, with_nonce text, with_verifier text, going_to text, by_link bytea, ends_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.begin_sign_in(state bytea, browser bytea, at_provider text, with_nonce text, with_verifier text, going_to text, by_link bytea, ends_at timestamp with time zone) TO skills_app;

REVOKE ALL ON FUNCTION public.chain_audit_event() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.end_provider_sessions(at_provider text, of_user text, sid bytea, begun_by timestamp with time zone, at_time timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.end_provider_sessions(at_provider text, of_user text, sid bytea, begun_by timestamp with time zone, at_time timestamp with time zone) TO skills_app;

REVOKE ALL ON FUNCTION public.end_session(session bytea, at_time timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.end_session(session bytea, at_time timestamp with time zone) TO skills_app;

REVOKE ALL ON FUNCTION public.end_user_sessions(of_user text, at_time timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.end_user_sessions(of_user text, at_time timestamp with time zone) TO skills_app;

REVOKE ALL ON FUNCTION public.erase_person(employer text, person bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.erase_person(employer text, person bigint) TO skills_app;

REVOKE ALL ON FUNCTION public.expire_sign_ins(at_time timestamp with time zone, idle_since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.expire_sign_ins(at_time timestamp with time zone, idle_since timestamp with time zone) TO skills_app;

REVOKE ALL ON FUNCTION public.find_session(session bytea, at_time timestamp with time zone, idle_since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.find_session(session bytea, at_time timestamp with time zone, idle_since timestamp with time zone) TO skills_app;

REVOKE ALL ON FUNCTION public.find_token(token_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.find_token(token_id text) TO skills_app;

REVOKE ALL ON FUNCTION public.forget_file(employer text, sent uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.forget_file(employer text, sent uuid) TO skills_app;

REVOKE ALL ON FUNCTION public.forget_findings(employer text, sent uuid, rows integer[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.forget_findings(employer text, sent uuid, rows integer[]) TO skills_app;

REVOKE ALL ON FUNCTION public.list_tokens() FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_tokens() TO skills_app;

REVOKE ALL ON FUNCTION public.list_users(at_time timestamp with time zone, idle_since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.list_users(at_time timestamp with time zone, idle_since timestamp with time zone) TO skills_app;

REVOKE ALL ON FUNCTION public.make_admin_link(secret bytea, ends_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.make_admin_link(secret bytea, ends_at timestamp with time zone) TO skills_app;

REVOKE ALL ON FUNCTION public.make_token(token_id text, secret bytea, token_role text, kind text, codes text[], made_at timestamp with time zone, ends_at timestamp with time zone, made_for text, made_by text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.make_token(token_id text, secret bytea, token_role text, kind text, codes text[], made_at timestamp with time zone, ends_at timestamp with time zone, made_for text, made_by text) TO skills_app;

REVOKE ALL ON FUNCTION public.note_registry_change() FROM PUBLIC;

REVOKE ALL ON PROCEDURE public.protect_organisation_rows(IN protected regclass) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.remove_user(of_user text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.remove_user(of_user text) TO skills_app;

REVOKE ALL ON FUNCTION public.revoke_token(token_id text, ended timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.revoke_token(token_id text, ended timestamp with time zone) TO skills_app;

REVOKE ALL ON FUNCTION public.set_user(user_id text, to_role text, kind text, codes text[], at_time timestamp with time zone, by_whom text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.set_user(user_id text, to_role text, kind text, codes text[], at_time timestamp with time zone, by_whom text) TO skills_app;

REVOKE ALL ON FUNCTION public.start_session(session bytea, of_user text, at_provider text, sid bytea, by_role text, kind text, codes text[], at_time timestamp with time zone, ends_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.start_session(session bytea, of_user text, at_provider text, sid bytea, by_role text, kind text, codes text[], at_time timestamp with time zone, ends_at timestamp with time zone) TO skills_app;

REVOKE ALL ON FUNCTION public.take_sign_in(state bytea, browser bytea, at_time timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.take_sign_in(state bytea, browser bytea, at_time timestamp with time zone) TO skills_app;

REVOKE ALL ON FUNCTION public.touch_session(session bytea, at_time timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.touch_session(session bytea, at_time timestamp with time zone) TO skills_app;

REVOKE ALL ON FUNCTION public.touch_token(token_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.touch_token(token_id text) TO skills_app;

REVOKE ALL ON FUNCTION public.use_admin_link(secret bytea, of_user text, at_time timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.use_admin_link(secret bytea, of_user text, at_time timestamp with time zone) TO skills_app;

GRANT SELECT ON TABLE public.area_of_work TO skills_app;

GRANT SELECT,INSERT ON TABLE public.assessment TO skills_app;

GRANT UPDATE(ended_by) ON TABLE public.assessment TO skills_app;

GRANT SELECT,INSERT ON TABLE public.assessment_confirmation TO skills_app;

GRANT UPDATE(ended_by) ON TABLE public.assessment_confirmation TO skills_app;

GRANT SELECT,INSERT ON TABLE public.audit_event TO skills_app;

GRANT SELECT ON TABLE public.audit_head TO skills_app;

GRANT SELECT ON TABLE public.band TO skills_app;

GRANT SELECT,INSERT ON TABLE public.change TO skills_app;

GRANT UPDATE(number) ON TABLE public.change TO skills_app;

GRANT UPDATE(made_at) ON TABLE public.change TO skills_app;

GRANT SELECT ON TABLE public.change_clock TO skills_app;

GRANT UPDATE(last_number) ON TABLE public.change_clock TO skills_app;

GRANT UPDATE(last_at) ON TABLE public.change_clock TO skills_app;

GRANT SELECT,INSERT ON TABLE public.competence TO skills_app;

GRANT SELECT ON TABLE public.contract_type TO skills_app;

GRANT SELECT,INSERT ON TABLE public.crosswalk TO skills_app;

GRANT SELECT,INSERT ON TABLE public.crosswalk_level TO skills_app;

GRANT SELECT ON TABLE public.destruction TO skills_app;

GRANT SELECT,INSERT ON TABLE public.employment_spell TO skills_app;

GRANT UPDATE(ended_by) ON TABLE public.employment_spell TO skills_app;

GRANT SELECT,INSERT ON TABLE public.erased_number TO skills_app;

GRANT SELECT,INSERT ON TABLE public.framework TO skills_app;

GRANT SELECT,INSERT ON TABLE public.framework_domain TO skills_app;

GRANT SELECT,INSERT ON TABLE public.framework_level TO skills_app;

GRANT SELECT,INSERT ON TABLE public.framework_version TO skills_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.idempotency_key TO skills_app;

GRANT SELECT ON TABLE public.job_role TO skills_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.latest_assessment TO skills_app;

GRANT UPDATE(assessed_on) ON TABLE public.latest_assessment TO skills_app;

GRANT UPDATE(levels) ON TABLE public.latest_assessment TO skills_app;

GRANT UPDATE(needs) ON TABLE public.latest_assessment TO skills_app;

GRANT UPDATE(staff_group) ON TABLE public.latest_assessment TO skills_app;

GRANT UPDATE(job_role) ON TABLE public.latest_assessment TO skills_app;

GRANT UPDATE(band) ON TABLE public.latest_assessment TO skills_app;

GRANT UPDATE(team) ON TABLE public.latest_assessment TO skills_app;

GRANT SELECT,INSERT ON TABLE public.organisation TO skills_app;

GRANT UPDATE(kind) ON TABLE public.organisation TO skills_app;

GRANT UPDATE(sector) ON TABLE public.organisation TO skills_app;

GRANT UPDATE(synthetic) ON TABLE public.organisation TO skills_app;

GRANT UPDATE(cqc_id) ON TABLE public.organisation TO skills_app;

GRANT UPDATE(parent) ON TABLE public.organisation TO skills_app;

GRANT SELECT,INSERT ON TABLE public.organisation_entry TO skills_app;

GRANT UPDATE(ended_by) ON TABLE public.organisation_entry TO skills_app;

GRANT SELECT,INSERT ON TABLE public.organisation_lifespan TO skills_app;

GRANT UPDATE(ended_by) ON TABLE public.organisation_lifespan TO skills_app;

GRANT SELECT,INSERT ON TABLE public.organisation_succession TO skills_app;

GRANT UPDATE(ended_by) ON TABLE public.organisation_succession TO skills_app;

GRANT SELECT,INSERT ON TABLE public.organisation_version TO skills_app;

GRANT UPDATE(ended_by) ON TABLE public.organisation_version TO skills_app;

GRANT SELECT,INSERT ON TABLE public.position_vacancy TO skills_app;

GRANT UPDATE(ended_by) ON TABLE public.position_vacancy TO skills_app;

GRANT SELECT ON TABLE public.position_vacancy_status TO skills_app;

GRANT SELECT,INSERT ON TABLE public.record_confirmation TO skills_app;

GRANT UPDATE(ended_by) ON TABLE public.record_confirmation TO skills_app;

GRANT SELECT ON TABLE public.register TO skills_app;

GRANT SELECT,INSERT ON TABLE public.reporting_start TO skills_app;

GRANT UPDATE(ended_by) ON TABLE public.reporting_start TO skills_app;

GRANT SELECT,INSERT ON TABLE public.restriction TO skills_app;

GRANT UPDATE(ended_by) ON TABLE public.restriction TO skills_app;

GRANT SELECT ON TABLE public.sector_of_organisation TO skills_app;

GRANT SELECT ON TABLE public.staff_group TO skills_app;

GRANT SELECT,INSERT ON TABLE public.staff_list TO skills_app;

GRANT UPDATE(ended_by) ON TABLE public.staff_list TO skills_app;

GRANT SELECT,INSERT ON TABLE public.staff_member TO skills_app;

GRANT UPDATE(ended_by) ON TABLE public.staff_member TO skills_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.staff_position TO skills_app;

GRANT SELECT,INSERT ON TABLE public.staff_version TO skills_app;

GRANT UPDATE(ended_by) ON TABLE public.staff_version TO skills_app;

GRANT SELECT,INSERT ON TABLE public.target TO skills_app;

GRANT UPDATE(ended_by) ON TABLE public.target TO skills_app;

GRANT SELECT,INSERT ON TABLE public.upload TO skills_app;

GRANT UPDATE(state) ON TABLE public.upload TO skills_app;

GRANT UPDATE(voided_at) ON TABLE public.upload TO skills_app;

GRANT UPDATE(voided_by) ON TABLE public.upload TO skills_app;

GRANT UPDATE(void_change_id) ON TABLE public.upload TO skills_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.upload_file_part TO skills_app;

GRANT SELECT,INSERT ON TABLE public.upload_finding TO skills_app;

GRANT SELECT,INSERT ON TABLE public.vacancy_cell TO skills_app;

GRANT UPDATE(ended_by) ON TABLE public.vacancy_cell TO skills_app;

GRANT SELECT,INSERT ON TABLE public.vacancy_confirmation TO skills_app;

GRANT UPDATE(ended_by) ON TABLE public.vacancy_confirmation TO skills_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.vacancy_rollup TO skills_app;
