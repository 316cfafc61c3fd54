-- Every write is one numbered change. The number and the time are taken from the
-- one row of change_clock in the last statement before commit; the row lock that
-- this takes lasts until the commit, so number order is commit order.

-- +goose Up
SET LOCAL lock_timeout = '3s';

CREATE TABLE change_clock (
    singleton   boolean     NOT NULL DEFAULT true,
    last_number bigint      NOT NULL,
    last_at     timestamptz NOT NULL,
    CONSTRAINT change_clock_pkey PRIMARY KEY (singleton),
    CONSTRAINT change_clock_singleton_check CHECK (singleton)
);
COMMENT ON TABLE change_clock IS 'One row: the number and time of the newest finished change. Its row lock orders the commits.';
COMMENT ON COLUMN change_clock.singleton IS 'Always true; keeps the table at one row.';
COMMENT ON COLUMN change_clock.last_number IS 'Number of the newest finished change.';
COMMENT ON COLUMN change_clock.last_at IS 'Time of the newest finished change; never runs backwards.';
INSERT INTO change_clock (last_number, last_at) VALUES (0, '-infinity');

CREATE TABLE register (
    singleton boolean NOT NULL DEFAULT true,
    synthetic boolean NOT NULL DEFAULT false,
    CONSTRAINT register_pkey PRIMARY KEY (singleton),
    CONSTRAINT register_singleton_check CHECK (singleton)
);
COMMENT ON TABLE register IS 'One row: facts about the whole database.';
COMMENT ON COLUMN register.singleton IS 'Always true; keeps the table at one row.';
COMMENT ON COLUMN register.synthetic IS 'Everything in this database is made up for demonstration.';
INSERT INTO register DEFAULT VALUES;
GRANT SELECT ON register TO skills_app;

CREATE TABLE change (
    id           bigint GENERATED ALWAYS AS IDENTITY,
    number       bigint,
    made_at      timestamptz,
    kind         text NOT NULL,
    organisation text,
    actor        text NOT NULL,
    upload_id    uuid,
    CONSTRAINT change_pkey PRIMARY KEY (id),
    CONSTRAINT change_number_key UNIQUE (number),
    CONSTRAINT change_kind_check CHECK (kind IN ('seed', 'organisations_import', 'upload', 'void')),
    CONSTRAINT change_finished_check CHECK ((number IS NULL) = (made_at IS NULL))
);
CREATE INDEX change_organisation_idx ON change (organisation, id);
COMMENT ON TABLE change IS 'Every write of facts, numbered in the order of commits. Fact rows name the change that added them and the one that ended them.';
COMMENT ON COLUMN change.id IS 'Key that fact rows carry; given when the write begins.';
COMMENT ON COLUMN change.number IS 'Place in the order of commits; given in the last statement before commit.';
COMMENT ON COLUMN change.made_at IS 'Time of the commit, in number order.';
COMMENT ON COLUMN change.kind IS 'What made the change.';
COMMENT ON COLUMN change.organisation IS 'ODS code of the organisation whose rows changed; null for the registry.';
COMMENT ON COLUMN change.actor IS 'Id of the token or user that made the change; never a name.';
COMMENT ON COLUMN change.upload_id IS 'The upload that made the change, if one did.';

-- +goose StatementBegin
CREATE FUNCTION finish_change(change_id bigint) RETURNS TABLE (change_number bigint, changed_at timestamptz)
LANGUAGE sql SET search_path = pg_catalog, public AS $$
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
-- +goose StatementEnd
COMMENT ON FUNCTION finish_change(bigint) IS 'Numbers a change. Must be the last statement before commit.';

-- +goose StatementBegin
CREATE FUNCTION require_finished_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.change c WHERE c.id = NEW.id AND c.number IS NOT NULL) THEN
        RAISE EXCEPTION 'a change was committed without a number'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'change_must_be_finished';
    END IF;
    RETURN NULL;
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION require_finished_change() IS 'Refuses to commit a change that has no number.';
CREATE CONSTRAINT TRIGGER change_must_be_finished AFTER INSERT ON change
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_finished_change();

-- +goose StatementBegin
CREATE FUNCTION refuse_row_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    RAISE EXCEPTION 'rows of % cannot be changed this way', TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
END
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION refuse_row_change() IS 'Refuses the statement; used where a row may never be changed or deleted again.';
CREATE TRIGGER change_is_final BEFORE UPDATE ON change
    FOR EACH ROW WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION refuse_row_change();

-- +goose StatementBegin
CREATE PROCEDURE protect_organisation_rows(protected regclass)
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
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
$$;
-- +goose StatementEnd
COMMENT ON PROCEDURE protect_organisation_rows(regclass) IS 'Forces row-level security on a table with an organisation column: a transaction sees the organisations of skills.organisations (or, for aggregates, all) and writes the one of skills.write_organisation; "-" stands for no organisation.';
REVOKE ALL ON PROCEDURE protect_organisation_rows(regclass) FROM PUBLIC;

CALL protect_organisation_rows('change');
GRANT SELECT, INSERT ON change TO skills_app;
GRANT UPDATE (number, made_at) ON change TO skills_app;
GRANT SELECT ON change_clock TO skills_app;
GRANT UPDATE (last_number, last_at) ON change_clock TO skills_app;
GRANT SELECT ON goose_db_version TO skills_app;

-- +goose Down
REVOKE SELECT ON goose_db_version FROM skills_app;
DROP TABLE change;
DROP TABLE register;
DROP TABLE change_clock;
DROP PROCEDURE protect_organisation_rows(regclass);
DROP FUNCTION refuse_row_change();
DROP FUNCTION require_finished_change();
DROP FUNCTION finish_change(bigint);
