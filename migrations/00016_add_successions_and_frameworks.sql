-- What follows what: organisations that took over from others, and framework versions
-- published by an administrator with mappings between them. All of it is reference
-- data that every organisation shares.

-- +goose Up
SET LOCAL lock_timeout = '3s';

ALTER TABLE change
    DROP CONSTRAINT change_kind_check,
    ADD CONSTRAINT change_kind_check CHECK (kind IN ('seed', 'organisations_import', 'successions_import', 'reporting_start', 'framework', 'crosswalk', 'upload', 'void'));

CREATE TABLE organisation_succession (
    predecessor  text   NOT NULL,
    successor    text   NOT NULL,
    effective_on date   NOT NULL,
    added_by     bigint NOT NULL,
    ended_by     bigint,
    CONSTRAINT organisation_succession_pkey PRIMARY KEY (predecessor, successor, added_by),
    CONSTRAINT organisation_succession_predecessor_fkey FOREIGN KEY (predecessor) REFERENCES organisation (code),
    CONSTRAINT organisation_succession_successor_fkey FOREIGN KEY (successor) REFERENCES organisation (code),
    CONSTRAINT organisation_succession_added_by_fkey FOREIGN KEY (added_by) REFERENCES change (id),
    CONSTRAINT organisation_succession_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES change (id),
    CONSTRAINT organisation_succession_self_check CHECK (predecessor <> successor)
);
CREATE UNIQUE INDEX organisation_succession_key ON organisation_succession (predecessor, successor) WHERE ended_by IS NULL;
COMMENT ON TABLE organisation_succession IS 'Which organisation took over from which; many to many.';
COMMENT ON COLUMN organisation_succession.predecessor IS 'ODS code of the organisation that was taken over, wholly or in part.';
COMMENT ON COLUMN organisation_succession.successor IS 'ODS code of the organisation that took over.';
COMMENT ON COLUMN organisation_succession.effective_on IS 'First day on which the successor stands in its place.';
COMMENT ON COLUMN organisation_succession.added_by IS 'Change that added the row.';
COMMENT ON COLUMN organisation_succession.ended_by IS 'Change that ended the row.';
CREATE TRIGGER organisation_succession_end_is_final BEFORE UPDATE ON organisation_succession
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();
GRANT SELECT, INSERT ON organisation_succession TO skills_app;
GRANT UPDATE (ended_by) ON organisation_succession TO skills_app;

ALTER TABLE framework_version ADD COLUMN added_by bigint,
    ADD CONSTRAINT framework_version_added_by_fkey FOREIGN KEY (added_by) REFERENCES change (id);
COMMENT ON COLUMN framework_version.added_by IS 'Change that published it; null for the built-in ones.';
ALTER TABLE competence ADD COLUMN threshold smallint,
    ADD CONSTRAINT competence_threshold_check CHECK (threshold BETWEEN 1 AND max_level);
COMMENT ON COLUMN competence.threshold IS 'Task checklists: tasks that must be done for the framework to be reached; null otherwise.';
-- Essential Digital Skills for work: all 8 foundation tasks and at least one in each area.
ALTER TABLE competence DISABLE TRIGGER competence_undeletable;
UPDATE competence SET threshold = CASE code WHEN 'FND' THEN 8 ELSE 1 END
WHERE framework_version = (SELECT id FROM framework_version WHERE framework = 'eds-work' AND version = '2019');
ALTER TABLE competence ENABLE TRIGGER competence_undeletable;

-- A version takes its parts in the change that publishes it and never again.
-- +goose StatementBegin
CREATE FUNCTION refuse_change_of_published() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
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
-- +goose StatementEnd
COMMENT ON FUNCTION refuse_change_of_published() IS 'Refuses new parts of a framework version that has been published.';
CREATE TRIGGER framework_domain_published BEFORE INSERT ON framework_domain FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published();
CREATE TRIGGER competence_published BEFORE INSERT ON competence FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published();
CREATE TRIGGER framework_level_published BEFORE INSERT ON framework_level FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published();
CREATE TRIGGER framework_domain_undeletable BEFORE DELETE OR UPDATE OR TRUNCATE ON framework_domain
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_row_change();
CREATE TRIGGER framework_level_undeletable BEFORE DELETE OR UPDATE OR TRUNCATE ON framework_level
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_row_change();
CREATE TRIGGER framework_undeletable BEFORE DELETE OR UPDATE OR TRUNCATE ON framework
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_row_change();
GRANT INSERT ON framework, framework_version, framework_domain, competence, framework_level TO skills_app;

CREATE TABLE crosswalk (
    code         text        NOT NULL,
    name         text        NOT NULL,
    from_version smallint    NOT NULL,
    to_version   smallint    NOT NULL,
    source       text        NOT NULL,
    published_at timestamptz NOT NULL DEFAULT now(),
    added_by     bigint      NOT NULL,
    CONSTRAINT crosswalk_pkey PRIMARY KEY (code),
    CONSTRAINT crosswalk_from_fkey FOREIGN KEY (from_version) REFERENCES framework_version (id),
    CONSTRAINT crosswalk_to_fkey FOREIGN KEY (to_version) REFERENCES framework_version (id),
    CONSTRAINT crosswalk_added_by_fkey FOREIGN KEY (added_by) REFERENCES change (id),
    CONSTRAINT crosswalk_code_check CHECK (code ~ '^[a-z0-9]+([.-][a-z0-9]+)*$' AND length(code) <= 50),
    CONSTRAINT crosswalk_versions_check CHECK (from_version <> to_version)
);
COMMENT ON TABLE crosswalk IS 'Named mappings of one framework version''s levels to another''s, applied only when asked for.';
COMMENT ON COLUMN crosswalk.code IS 'Code used in queries.';
COMMENT ON COLUMN crosswalk.name IS 'Name.';
COMMENT ON COLUMN crosswalk.from_version IS 'Framework version whose assessments are translated.';
COMMENT ON COLUMN crosswalk.to_version IS 'Framework version they are translated to.';
COMMENT ON COLUMN crosswalk.source IS 'Who made the mapping and why it holds.';
COMMENT ON COLUMN crosswalk.published_at IS 'When it was published here.';
COMMENT ON COLUMN crosswalk.added_by IS 'Change that published it.';
CREATE TABLE crosswalk_level (
    crosswalk       text     NOT NULL,
    from_competence text     NOT NULL,
    from_level      smallint NOT NULL,
    to_competence   text     NOT NULL,
    to_level        smallint NOT NULL,
    CONSTRAINT crosswalk_level_pkey PRIMARY KEY (crosswalk, to_competence, from_competence, from_level),
    CONSTRAINT crosswalk_level_crosswalk_fkey FOREIGN KEY (crosswalk) REFERENCES crosswalk (code),
    CONSTRAINT crosswalk_level_level_check CHECK (from_level BETWEEN 0 AND 99 AND to_level BETWEEN 0 AND 99)
);
COMMENT ON TABLE crosswalk_level IS 'One row for each level of a competence that a crosswalk translates. Of several competences that lead to one, the lowest level counts.';
COMMENT ON COLUMN crosswalk_level.crosswalk IS 'Crosswalk.';
COMMENT ON COLUMN crosswalk_level.from_competence IS 'Competence of the version that is translated.';
COMMENT ON COLUMN crosswalk_level.from_level IS 'Its level.';
COMMENT ON COLUMN crosswalk_level.to_competence IS 'Competence of the other version.';
COMMENT ON COLUMN crosswalk_level.to_level IS 'The level that it stands for.';
-- +goose StatementBegin
CREATE FUNCTION refuse_change_of_crosswalk() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
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
-- +goose StatementEnd
COMMENT ON FUNCTION refuse_change_of_crosswalk() IS 'Refuses new levels of a crosswalk that has been published.';
CREATE TRIGGER crosswalk_level_published BEFORE INSERT ON crosswalk_level FOR EACH ROW EXECUTE FUNCTION refuse_change_of_crosswalk();
CREATE TRIGGER crosswalk_undeletable BEFORE DELETE OR UPDATE OR TRUNCATE ON crosswalk
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_row_change();
CREATE TRIGGER crosswalk_level_undeletable BEFORE DELETE OR UPDATE OR TRUNCATE ON crosswalk_level
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_row_change();
GRANT SELECT, INSERT ON crosswalk, crosswalk_level TO skills_app;

-- +goose Down
DROP TABLE crosswalk_level;
DROP TABLE crosswalk;
DROP FUNCTION refuse_change_of_crosswalk();
DROP TRIGGER framework_undeletable ON framework;
DROP TRIGGER framework_level_undeletable ON framework_level;
DROP TRIGGER framework_domain_undeletable ON framework_domain;
DROP TRIGGER framework_level_published ON framework_level;
DROP TRIGGER competence_published ON competence;
DROP TRIGGER framework_domain_published ON framework_domain;
DROP FUNCTION refuse_change_of_published();
REVOKE INSERT ON framework, framework_version, framework_domain, competence, framework_level FROM skills_app;
ALTER TABLE competence DROP COLUMN threshold;
ALTER TABLE framework_version DROP COLUMN added_by;
DROP TABLE organisation_succession;
ALTER TABLE change
    DROP CONSTRAINT change_kind_check,
    ADD CONSTRAINT change_kind_check CHECK (kind IN ('seed', 'organisations_import', 'upload', 'void'));
