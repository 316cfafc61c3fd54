-- Two more kinds of upload: targets (the level expected for a competence or a domain
-- of a framework, by role, staff group or band) and position vacancies (posts being
-- recruited to). The nation is an organisation of the registry, so that its targets
-- are uploaded, listed and withdrawn like those of anybody else.

-- +goose Up
SET LOCAL lock_timeout = '3s';

ALTER TABLE organisation
    DROP CONSTRAINT organisation_kind_check,
    ADD CONSTRAINT organisation_kind_check CHECK (kind IN ('nhs_trust', 'icb', 'region', 'nation', 'social_care_provider', 'social_care_site', 'other')),
    ADD COLUMN cqc_id text,
    ADD COLUMN parent text,
    ADD CONSTRAINT organisation_cqc_id_check CHECK (cqc_id ~ '^[0-9]-[0-9]{8,12}$'),
    ADD CONSTRAINT organisation_parent_check CHECK (parent ~ '^[0-9A-Z]{3,9}$' AND parent <> code);
CREATE INDEX organisation_cqc_id_idx ON organisation (cqc_id) WHERE cqc_id IS NOT NULL;
COMMENT ON COLUMN organisation.cqc_id IS 'Provider or location id of the Care Quality Commission; null when it has none.';
COMMENT ON COLUMN organisation.parent IS 'ODS code of the headquarters that a site belongs to; null when it has none.';
ALTER TABLE organisation_entry
    DROP CONSTRAINT organisation_entry_kind_check,
    ADD CONSTRAINT organisation_entry_kind_check CHECK (kind IN ('nhs_trust', 'icb', 'region', 'nation', 'social_care_provider', 'social_care_site', 'other')),
    ADD COLUMN cqc_id text,
    ADD COLUMN parent text,
    ADD CONSTRAINT organisation_entry_cqc_id_check CHECK (cqc_id ~ '^[0-9]-[0-9]{8,12}$'),
    ADD CONSTRAINT organisation_entry_parent_check CHECK (parent ~ '^[0-9A-Z]{3,9}$' AND parent <> code);
COMMENT ON COLUMN organisation_entry.cqc_id IS 'Id of the Care Quality Commission, when the file says.';
COMMENT ON COLUMN organisation_entry.parent IS 'Headquarters of a site, when the file says.';
GRANT UPDATE (cqc_id, parent) ON organisation TO skills_app;

-- England has no ODS code; E92000001 is its code of the Office for National Statistics.
-- +goose StatementBegin
DO $$
DECLARE
    seed bigint;
BEGIN
    -- The change table is under forced row-level security; "-" is the registry.
    PERFORM set_config('skills.organisations', '-', true), set_config('skills.write_organisation', '-', true);
    INSERT INTO change (kind, actor) VALUES ('seed', 'skillstracker') RETURNING id INTO seed;
    INSERT INTO organisation (code, kind, synthetic, added_by) VALUES ('E92000001', 'nation', false, seed);
    INSERT INTO organisation_entry (edition_on, code, name, kind, synthetic, added_by)
    VALUES (DATE '2019-04-01', 'E92000001', 'England', 'nation', false, seed);
    INSERT INTO organisation_version (code, valid_from, name, added_by) VALUES ('E92000001', DATE '2019-04-01', 'England', seed);
    INSERT INTO organisation_lifespan (code, added_by) VALUES ('E92000001', seed);
    PERFORM finish_change(seed);
END
$$;
-- +goose StatementEnd

ALTER TABLE upload
    DROP CONSTRAINT upload_kind_check,
    ADD CONSTRAINT upload_kind_check CHECK (kind IN ('staff', 'assessments', 'vacancies', 'position_vacancies', 'targets'));
ALTER TABLE reporting_start
    DROP CONSTRAINT reporting_start_kind_check,
    ADD CONSTRAINT reporting_start_kind_check CHECK (kind IN ('staff', 'assessments', 'vacancies', 'position_vacancies'));
COMMENT ON TABLE reporting_start IS 'From when an organisation is expected to send a kind of return; set by its first upload or by an administrator.';

CREATE TABLE position_vacancy_status (
    code    text NOT NULL,
    name    text NOT NULL,
    outcome text NOT NULL,
    CONSTRAINT position_vacancy_status_pkey PRIMARY KEY (code),
    CONSTRAINT position_vacancy_status_name_key UNIQUE (name),
    CONSTRAINT position_vacancy_status_outcome_check CHECK (outcome IN ('open', 'filled', 'closed', 'not_recruited'))
);
COMMENT ON TABLE position_vacancy_status IS 'Statuses of position vacancies (National Workforce Data Set, POSITION VACANCY STATUS); - means not given.';
COMMENT ON COLUMN position_vacancy_status.code IS 'Two digits, 01 to 12, or -.';
COMMENT ON COLUMN position_vacancy_status.name IS 'Name of the standard.';
COMMENT ON COLUMN position_vacancy_status.outcome IS 'What it means for a count: being recruited to, filled, closed without being filled, or never recruited to.';
-- Source: NHS Data Model and Dictionary, National Workforce Data Set 3.6.0, Open
-- Government Licence v3.0. The outcomes are ours.
INSERT INTO position_vacancy_status (code, name, outcome) VALUES
    ('-', 'Not given', 'open'),
    ('01', 'Open', 'open'),
    ('02', 'Approved', 'open'),
    ('03', 'Hold', 'open'),
    ('04', 'Pending', 'open'),
    ('05', 'Rejected', 'not_recruited'),
    ('06', 'Unapproved', 'not_recruited'),
    ('07', 'Suspended', 'open'),
    ('08', 'Terminated', 'closed'),
    ('09', 'Filled', 'filled'),
    ('10', 'Closed', 'closed'),
    ('11', 'Open Following Previous Unsuccessful Attempt', 'open'),
    ('12', 'Partially Filled', 'open');
GRANT SELECT ON position_vacancy_status TO skills_app;

CREATE TABLE position_vacancy (
    organisation      text          NOT NULL,
    vacancy_reference text          NOT NULL,
    staff_group       text          NOT NULL,
    job_role          text          NOT NULL,
    band              text          NOT NULL,
    area_of_work      text          NOT NULL,
    team              text          NOT NULL,
    posts             smallint      NOT NULL,
    fte               numeric(12,5) NOT NULL,
    opened_on         date          NOT NULL,
    closed_on         date,
    status            text          NOT NULL,
    added_by          bigint        NOT NULL,
    ended_by          bigint,
    CONSTRAINT position_vacancy_pkey PRIMARY KEY (organisation, vacancy_reference, added_by),
    CONSTRAINT position_vacancy_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation (code),
    CONSTRAINT position_vacancy_staff_group_fkey FOREIGN KEY (staff_group) REFERENCES staff_group (code),
    CONSTRAINT position_vacancy_job_role_fkey FOREIGN KEY (job_role) REFERENCES job_role (code),
    CONSTRAINT position_vacancy_band_fkey FOREIGN KEY (band) REFERENCES band (code),
    CONSTRAINT position_vacancy_area_of_work_fkey FOREIGN KEY (area_of_work) REFERENCES area_of_work (code),
    CONSTRAINT position_vacancy_status_fkey FOREIGN KEY (status) REFERENCES position_vacancy_status (code),
    CONSTRAINT position_vacancy_added_by_fkey FOREIGN KEY (added_by) REFERENCES change (id),
    CONSTRAINT position_vacancy_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES change (id),
    CONSTRAINT position_vacancy_reference_check CHECK (length(vacancy_reference) BETWEEN 1 AND 50),
    CONSTRAINT position_vacancy_team_check CHECK (length(team) <= 100),
    CONSTRAINT position_vacancy_posts_check CHECK (posts BETWEEN 1 AND 999),
    CONSTRAINT position_vacancy_fte_check CHECK (fte > 0),
    CONSTRAINT position_vacancy_order_check CHECK (closed_on >= opened_on),
    CONSTRAINT position_vacancy_closed_check CHECK (status NOT IN ('08', '09', '10') OR closed_on IS NOT NULL),
    CONSTRAINT position_vacancy_open_check CHECK (status NOT IN ('01', '02', '03', '04', '07', '11', '12') OR closed_on IS NULL)
);
CREATE UNIQUE INDEX position_vacancy_key ON position_vacancy (organisation, vacancy_reference) WHERE ended_by IS NULL;
CREATE INDEX position_vacancy_added_by_idx ON position_vacancy (organisation, added_by);
CREATE INDEX position_vacancy_ended_by_idx ON position_vacancy (organisation, ended_by) WHERE ended_by IS NOT NULL;
COMMENT ON TABLE position_vacancy IS 'Posts being recruited to, from opening to filling or closing. The reference is unique within the organisation only.';
COMMENT ON COLUMN position_vacancy.organisation IS 'ODS code.';
COMMENT ON COLUMN position_vacancy.vacancy_reference IS 'The organisation''s own reference.';
COMMENT ON COLUMN position_vacancy.staff_group IS 'Staff group.';
COMMENT ON COLUMN position_vacancy.job_role IS 'Job role, or -.';
COMMENT ON COLUMN position_vacancy.band IS 'Band, or -.';
COMMENT ON COLUMN position_vacancy.area_of_work IS 'Area of work, or -.';
COMMENT ON COLUMN position_vacancy.team IS 'Team; empty when not given.';
COMMENT ON COLUMN position_vacancy.posts IS 'Number of alike posts under this reference.';
COMMENT ON COLUMN position_vacancy.fte IS 'Full-time equivalent of all posts of the reference together.';
COMMENT ON COLUMN position_vacancy.opened_on IS 'First day of recruitment.';
COMMENT ON COLUMN position_vacancy.closed_on IS 'Day on which an offer was accepted or recruitment ended; null while open.';
COMMENT ON COLUMN position_vacancy.status IS 'Status of the standard, or -.';
COMMENT ON COLUMN position_vacancy.added_by IS 'Change that added the row.';
COMMENT ON COLUMN position_vacancy.ended_by IS 'Change that ended the row.';
CREATE TRIGGER position_vacancy_end_is_final BEFORE UPDATE ON position_vacancy
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();

CREATE TABLE target (
    organisation      text     NOT NULL,
    framework_version smallint NOT NULL,
    competence        text     NOT NULL,
    domain            text     NOT NULL,
    job_role          text     NOT NULL,
    staff_group       text     NOT NULL,
    band              text     NOT NULL,
    valid_from        date     NOT NULL,
    level             smallint,
    added_by          bigint   NOT NULL,
    ended_by          bigint,
    competence_code   text GENERATED ALWAYS AS (nullif(competence, '-')) STORED,
    domain_code       text GENERATED ALWAYS AS (nullif(domain, '-')) STORED,
    staff_group_code  text GENERATED ALWAYS AS (nullif(staff_group, '-')) STORED,
    CONSTRAINT target_pkey PRIMARY KEY (organisation, framework_version, competence, domain, job_role, staff_group, band, valid_from, added_by),
    CONSTRAINT target_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation (code),
    CONSTRAINT target_competence_fkey FOREIGN KEY (framework_version, competence_code) REFERENCES competence (framework_version, code),
    CONSTRAINT target_domain_fkey FOREIGN KEY (framework_version, domain_code) REFERENCES framework_domain (framework_version, code),
    CONSTRAINT target_job_role_fkey FOREIGN KEY (job_role) REFERENCES job_role (code),
    CONSTRAINT target_staff_group_fkey FOREIGN KEY (staff_group_code) REFERENCES staff_group (code),
    CONSTRAINT target_band_fkey FOREIGN KEY (band) REFERENCES band (code),
    CONSTRAINT target_added_by_fkey FOREIGN KEY (added_by) REFERENCES change (id),
    CONSTRAINT target_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES change (id),
    CONSTRAINT target_subject_check CHECK ((competence = '-') <> (domain = '-')),
    CONSTRAINT target_role_check CHECK (job_role = '-' OR staff_group = '-'),
    CONSTRAINT target_level_check CHECK (level BETWEEN 0 AND 99)
);
CREATE UNIQUE INDEX target_key ON target (organisation, framework_version, competence, domain, job_role, staff_group, band, valid_from) WHERE ended_by IS NULL;
CREATE INDEX target_added_by_idx ON target (organisation, added_by);
CREATE INDEX target_ended_by_idx ON target (organisation, ended_by) WHERE ended_by IS NOT NULL;
COMMENT ON TABLE target IS 'Levels expected, of an organisation or, under its code, of the nation.';
COMMENT ON COLUMN target.organisation IS 'ODS code, or E92000001 for the nation.';
COMMENT ON COLUMN target.framework_version IS 'Framework version.';
COMMENT ON COLUMN target.competence IS 'Competence, or - for a target of a domain.';
COMMENT ON COLUMN target.domain IS 'Domain, or - for a target of a competence.';
COMMENT ON COLUMN target.job_role IS 'Job role it holds for, or - for every one.';
COMMENT ON COLUMN target.staff_group IS 'Staff group it holds for, or - for every one; - when the job role is given, which tells it.';
COMMENT ON COLUMN target.band IS 'Band it holds for, or - for every one.';
COMMENT ON COLUMN target.valid_from IS 'First day on which it holds, until the next of the same key.';
COMMENT ON COLUMN target.level IS 'Level expected; null ends the target.';
COMMENT ON COLUMN target.added_by IS 'Change that added the row.';
COMMENT ON COLUMN target.ended_by IS 'Change that ended the row.';
COMMENT ON COLUMN target.competence_code IS 'Competence, null for a domain.';
COMMENT ON COLUMN target.domain_code IS 'Domain, null for a competence.';
COMMENT ON COLUMN target.staff_group_code IS 'Staff group, null for every one.';
CREATE TRIGGER target_end_is_final BEFORE UPDATE ON target
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();
-- +goose StatementBegin
CREATE FUNCTION check_target_levels() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
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
-- +goose StatementEnd
COMMENT ON FUNCTION check_target_levels() IS 'Checks that targets lie on the scales of their competences.';
CREATE TRIGGER target_scale AFTER INSERT ON target
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION check_target_levels();

CREATE TABLE record_confirmation (
    organisation text   NOT NULL,
    upload_id    uuid   NOT NULL,
    kind         text   NOT NULL,
    keys         text[] NOT NULL,
    added_by     bigint NOT NULL,
    ended_by     bigint,
    CONSTRAINT record_confirmation_pkey PRIMARY KEY (organisation, added_by),
    CONSTRAINT record_confirmation_upload_fkey FOREIGN KEY (organisation, upload_id) REFERENCES upload (organisation, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT record_confirmation_added_by_fkey FOREIGN KEY (added_by) REFERENCES change (id),
    CONSTRAINT record_confirmation_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES change (id),
    CONSTRAINT record_confirmation_kind_check CHECK (kind IN ('position_vacancies', 'targets'))
);
COMMENT ON TABLE record_confirmation IS 'Position vacancies and targets that an upload found unchanged: an earlier upload of them can no longer be withdrawn.';
COMMENT ON COLUMN record_confirmation.organisation IS 'ODS code.';
COMMENT ON COLUMN record_confirmation.upload_id IS 'Upload.';
COMMENT ON COLUMN record_confirmation.kind IS 'Kind of the upload.';
COMMENT ON COLUMN record_confirmation.keys IS 'Keys of the records: the vacancy reference, or the key columns of a target in their order with | between them.';
COMMENT ON COLUMN record_confirmation.added_by IS 'Change that added the row.';
COMMENT ON COLUMN record_confirmation.ended_by IS 'Change that ended the row.';
CREATE TRIGGER record_confirmation_end_is_final BEFORE UPDATE ON record_confirmation
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();

CALL protect_organisation_rows('position_vacancy');
CALL protect_organisation_rows('target');
CALL protect_organisation_rows('record_confirmation');
-- The nation's targets hold for everybody.
CREATE POLICY target_of_the_nation ON target FOR SELECT USING (organisation = 'E92000001');
GRANT SELECT, INSERT ON position_vacancy, target, record_confirmation TO skills_app;
GRANT UPDATE (ended_by) ON position_vacancy, target, record_confirmation TO skills_app;

-- +goose Down
DROP TABLE record_confirmation;
DROP TABLE target;
DROP FUNCTION check_target_levels();
DROP TABLE position_vacancy;
DROP TABLE position_vacancy_status;
ALTER TABLE reporting_start
    DROP CONSTRAINT reporting_start_kind_check,
    ADD CONSTRAINT reporting_start_kind_check CHECK (kind IN ('staff', 'assessments', 'vacancies'));
ALTER TABLE upload
    DROP CONSTRAINT upload_kind_check,
    ADD CONSTRAINT upload_kind_check CHECK (kind IN ('staff', 'assessments', 'vacancies'));
DELETE FROM organisation_lifespan WHERE code = 'E92000001';
DELETE FROM organisation_version WHERE code = 'E92000001';
DELETE FROM organisation_entry WHERE code = 'E92000001';
DELETE FROM organisation WHERE code = 'E92000001';
DROP INDEX organisation_cqc_id_idx;
ALTER TABLE organisation_entry
    DROP COLUMN cqc_id, DROP COLUMN parent,
    DROP CONSTRAINT organisation_entry_kind_check,
    ADD CONSTRAINT organisation_entry_kind_check CHECK (kind IN ('nhs_trust', 'icb', 'region', 'social_care_provider', 'other'));
ALTER TABLE organisation
    DROP COLUMN cqc_id, DROP COLUMN parent,
    DROP CONSTRAINT organisation_kind_check,
    ADD CONSTRAINT organisation_kind_check CHECK (kind IN ('nhs_trust', 'icb', 'region', 'social_care_provider', 'other'));
