-- Uploads that can be previewed, stored in part, sent again and withdrawn: their
-- options, who withdrew them, the files kept for a while, the keys of requests that
-- may be sent again, and the records that an upload found unchanged.
-- It cannot be taken back while uploads are held that the schema before cannot tell.

-- +goose Up
SET LOCAL lock_timeout = '3s';

ALTER TABLE upload
    ADD COLUMN mode                 text    NOT NULL DEFAULT 'all',
    ADD COLUMN create_missing_staff boolean NOT NULL DEFAULT false,
    ADD COLUMN options_sha256       bytea   NOT NULL DEFAULT '\x0000000000000000000000000000000000000000000000000000000000000000',
    ADD COLUMN kept_until           timestamptz,
    ADD COLUMN voided_at            timestamptz,
    ADD COLUMN voided_by            text,
    ADD COLUMN void_change_id       bigint,
    DROP CONSTRAINT upload_format_check,
    ADD CONSTRAINT upload_format_check CHECK (format IN ('csv', 'xlsx', 'json')),
    ADD CONSTRAINT upload_mode_check CHECK (mode IN ('all', 'valid_rows')),
    ADD CONSTRAINT upload_complete_check CHECK (NOT complete OR mode = 'all'),
    ADD CONSTRAINT upload_options_check CHECK (octet_length(options_sha256) = 32),
    ADD CONSTRAINT upload_partly_check CHECK (state <> 'partly_applied' OR mode = 'valid_rows'),
    ADD CONSTRAINT upload_void_change_fkey FOREIGN KEY (void_change_id) REFERENCES change (id),
    ADD CONSTRAINT upload_voided_check CHECK ((state = 'voided') = (voided_at IS NOT NULL)
        AND (state = 'voided') = (voided_by IS NOT NULL) AND (state = 'voided') = (void_change_id IS NOT NULL));
ALTER TABLE upload ALTER COLUMN mode DROP DEFAULT, ALTER COLUMN create_missing_staff DROP DEFAULT, ALTER COLUMN options_sha256 DROP DEFAULT;
COMMENT ON COLUMN upload.mode IS 'all: any error rejects the file; valid_rows: rows with errors are left out.';
COMMENT ON COLUMN upload.create_missing_staff IS 'Whether staff members on no staff list were to be made.';
COMMENT ON COLUMN upload.options_sha256 IS 'Digest of the options as the sender gave them.';
COMMENT ON COLUMN upload.kept_until IS 'Until when the sent file is kept; null when it is not.';
COMMENT ON COLUMN upload.voided_at IS 'When the upload was withdrawn.';
COMMENT ON COLUMN upload.voided_by IS 'Id of the token or user that withdrew it.';
COMMENT ON COLUMN upload.void_change_id IS 'The change that withdrew it.';
CREATE INDEX upload_content_idx ON upload (organisation, content_sha256);
CREATE TRIGGER upload_is_final BEFORE UPDATE ON upload
    FOR EACH ROW WHEN (OLD.state NOT IN ('applied', 'partly_applied') OR NEW.state <> 'voided') EXECUTE FUNCTION refuse_row_change();
GRANT UPDATE (state, voided_at, voided_by, void_change_id) ON upload TO skills_app;

ALTER TABLE staff_list ADD COLUMN found_left bigint[] NOT NULL DEFAULT '{}';
ALTER TABLE staff_list ALTER COLUMN found_left DROP DEFAULT;
COMMENT ON COLUMN staff_list.found_left IS 'Ids of the staff members whom the list found to have left before its day, as held: an earlier list about them can no longer be withdrawn.';

CREATE TABLE upload_file_part (
    organisation text        NOT NULL,
    upload_id    uuid        NOT NULL,
    part         integer     NOT NULL,
    content      bytea       NOT NULL,
    kept_until   timestamptz NOT NULL,
    CONSTRAINT upload_file_part_pkey PRIMARY KEY (organisation, upload_id, part),
    CONSTRAINT upload_file_part_upload_fkey FOREIGN KEY (organisation, upload_id) REFERENCES upload (organisation, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT upload_file_part_part_check CHECK (part > 0),
    CONSTRAINT upload_file_part_content_check CHECK (octet_length(content) BETWEEN 1 AND 1048576)
);
ALTER TABLE upload_file_part ALTER COLUMN content SET STORAGE EXTERNAL;
COMMENT ON TABLE upload_file_part IS 'Sent files, compressed with gzip and cut into parts, kept for a while. A file refused for personal data, or one that could not be read to its end, is never kept.';
COMMENT ON COLUMN upload_file_part.organisation IS 'ODS code.';
COMMENT ON COLUMN upload_file_part.upload_id IS 'Upload.';
COMMENT ON COLUMN upload_file_part.part IS 'Place of the part, from 1.';
COMMENT ON COLUMN upload_file_part.content IS 'Bytes of the part, at most 1 MiB.';
COMMENT ON COLUMN upload_file_part.kept_until IS 'When it may be deleted and is handed out no longer.';

CREATE TABLE idempotency_key (
    organisation   text        NOT NULL,
    actor          text        NOT NULL,
    key            text        NOT NULL,
    content_sha256 bytea       NOT NULL,
    options_sha256 bytea       NOT NULL,
    upload_id      uuid        NOT NULL,
    kept_until     timestamptz NOT NULL,
    CONSTRAINT idempotency_key_pkey PRIMARY KEY (organisation, actor, key),
    CONSTRAINT idempotency_key_upload_fkey FOREIGN KEY (organisation, upload_id) REFERENCES upload (organisation, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT idempotency_key_key_check CHECK (length(key) BETWEEN 1 AND 255),
    CONSTRAINT idempotency_key_sha256_check CHECK (octet_length(content_sha256) = 32 AND octet_length(options_sha256) = 32)
);
COMMENT ON TABLE idempotency_key IS 'Keys under which requests were answered, so that a request that is sent again gets the same answer.';
COMMENT ON COLUMN idempotency_key.organisation IS 'ODS code.';
COMMENT ON COLUMN idempotency_key.actor IS 'Id of the token or user.';
COMMENT ON COLUMN idempotency_key.key IS 'The sender''s key.';
COMMENT ON COLUMN idempotency_key.content_sha256 IS 'SHA-256 of the bytes sent under it.';
COMMENT ON COLUMN idempotency_key.options_sha256 IS 'Digest of the options sent under it.';
COMMENT ON COLUMN idempotency_key.upload_id IS 'The upload that was the answer.';
COMMENT ON COLUMN idempotency_key.kept_until IS 'When it may be deleted and counts no longer.';

CREATE TABLE assessment_confirmation (
    organisation      text     NOT NULL,
    upload_id         uuid     NOT NULL,
    framework_version smallint NOT NULL,
    staff_ids         bigint[] NOT NULL,
    assessed_on       date[]   NOT NULL,
    assessor_kinds    text[]   NOT NULL,
    added_by          bigint   NOT NULL,
    ended_by          bigint,
    CONSTRAINT assessment_confirmation_pkey PRIMARY KEY (organisation, added_by),
    CONSTRAINT assessment_confirmation_upload_fkey FOREIGN KEY (organisation, upload_id) REFERENCES upload (organisation, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT assessment_confirmation_framework_fkey FOREIGN KEY (framework_version) REFERENCES framework_version (id),
    CONSTRAINT assessment_confirmation_added_by_fkey FOREIGN KEY (added_by) REFERENCES change (id),
    CONSTRAINT assessment_confirmation_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES change (id),
    CONSTRAINT assessment_confirmation_length_check CHECK (cardinality(staff_ids) = cardinality(assessed_on) AND cardinality(staff_ids) = cardinality(assessor_kinds))
);
COMMENT ON TABLE assessment_confirmation IS 'Assessments that an upload found unchanged, as arrays of equal length: an earlier upload of them can no longer be withdrawn.';
COMMENT ON COLUMN assessment_confirmation.organisation IS 'ODS code.';
COMMENT ON COLUMN assessment_confirmation.upload_id IS 'Upload.';
COMMENT ON COLUMN assessment_confirmation.framework_version IS 'Framework version of all of them.';
COMMENT ON COLUMN assessment_confirmation.staff_ids IS 'Staff members.';
COMMENT ON COLUMN assessment_confirmation.assessed_on IS 'Days of the assessments.';
COMMENT ON COLUMN assessment_confirmation.assessor_kinds IS 'Who judged.';
COMMENT ON COLUMN assessment_confirmation.added_by IS 'Change that added the row.';
COMMENT ON COLUMN assessment_confirmation.ended_by IS 'Change that ended the row.';
CREATE TRIGGER assessment_confirmation_end_is_final BEFORE UPDATE ON assessment_confirmation
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();

CREATE TABLE vacancy_confirmation (
    organisation  text   NOT NULL,
    upload_id     uuid   NOT NULL,
    months        date[] NOT NULL,
    staff_groups  text[] NOT NULL,
    job_roles     text[] NOT NULL,
    bands         text[] NOT NULL,
    areas_of_work text[] NOT NULL,
    added_by      bigint NOT NULL,
    ended_by      bigint,
    CONSTRAINT vacancy_confirmation_pkey PRIMARY KEY (organisation, added_by),
    CONSTRAINT vacancy_confirmation_upload_fkey FOREIGN KEY (organisation, upload_id) REFERENCES upload (organisation, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT vacancy_confirmation_added_by_fkey FOREIGN KEY (added_by) REFERENCES change (id),
    CONSTRAINT vacancy_confirmation_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES change (id),
    CONSTRAINT vacancy_confirmation_length_check CHECK (cardinality(months) = cardinality(staff_groups) AND cardinality(months) = cardinality(job_roles)
        AND cardinality(months) = cardinality(bands) AND cardinality(months) = cardinality(areas_of_work))
);
COMMENT ON TABLE vacancy_confirmation IS 'Cells of vacancy returns that an upload found unchanged, as arrays of equal length: an earlier upload of them can no longer be withdrawn.';
COMMENT ON COLUMN vacancy_confirmation.organisation IS 'ODS code.';
COMMENT ON COLUMN vacancy_confirmation.upload_id IS 'Upload.';
COMMENT ON COLUMN vacancy_confirmation.months IS 'Months.';
COMMENT ON COLUMN vacancy_confirmation.staff_groups IS 'Staff groups.';
COMMENT ON COLUMN vacancy_confirmation.job_roles IS 'Job roles, or -.';
COMMENT ON COLUMN vacancy_confirmation.bands IS 'Bands, or -.';
COMMENT ON COLUMN vacancy_confirmation.areas_of_work IS 'Areas of work, or -.';
COMMENT ON COLUMN vacancy_confirmation.added_by IS 'Change that added the row.';
COMMENT ON COLUMN vacancy_confirmation.ended_by IS 'Change that ended the row.';
CREATE TRIGGER vacancy_confirmation_end_is_final BEFORE UPDATE ON vacancy_confirmation
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();

-- The time of a change is read after the lock is held: a reader who has waited for the
-- lock then knows that no change of before is still to come.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION finish_change(change_id bigint) RETURNS TABLE (change_number bigint, changed_at timestamptz)
LANGUAGE sql SET search_path = pg_catalog, public AS $$
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
-- +goose StatementEnd

-- What a change added or ended is looked up when an upload is withdrawn.
CREATE INDEX change_upload_idx ON change (organisation, upload_id);
CREATE INDEX staff_member_added_by_idx ON staff_member (organisation, added_by);
CREATE INDEX employment_spell_added_by_idx ON employment_spell (organisation, added_by);
CREATE INDEX employment_spell_ended_by_idx ON employment_spell (organisation, ended_by) WHERE ended_by IS NOT NULL;
CREATE INDEX staff_version_added_by_idx ON staff_version (organisation, added_by);
CREATE INDEX staff_version_ended_by_idx ON staff_version (organisation, ended_by) WHERE ended_by IS NOT NULL;
CREATE INDEX assessment_ended_by_idx ON assessment (organisation, ended_by) WHERE ended_by IS NOT NULL;
CREATE INDEX vacancy_cell_added_by_idx ON vacancy_cell (organisation, added_by);
CREATE INDEX vacancy_cell_ended_by_idx ON vacancy_cell (organisation, ended_by) WHERE ended_by IS NOT NULL;

CALL protect_organisation_rows('upload_file_part');
CALL protect_organisation_rows('idempotency_key');
CALL protect_organisation_rows('assessment_confirmation');
CALL protect_organisation_rows('vacancy_confirmation');
-- What was sent is no part of any total, so that aggregates do not see it. What has
-- run out is seen and deleted, of all organisations, while skills.expire is on, and
-- nothing else can be deleted; an organisation may also delete its own keys that have
-- run out, to use them anew.
ALTER POLICY upload_file_part_read ON upload_file_part
    USING (organisation = ANY ((SELECT string_to_array(current_setting('skills.organisations', true), ','))::text[]));
ALTER POLICY idempotency_key_read ON idempotency_key
    USING (organisation = ANY ((SELECT string_to_array(current_setting('skills.organisations', true), ','))::text[]));
CREATE POLICY upload_file_part_expire_read ON upload_file_part FOR SELECT
    USING (kept_until <= now() AND (SELECT current_setting('skills.expire', true)) = 'on');
CREATE POLICY idempotency_key_expire_read ON idempotency_key FOR SELECT
    USING (kept_until <= now() AND (SELECT current_setting('skills.expire', true)) = 'on');
CREATE POLICY upload_file_part_expire ON upload_file_part FOR DELETE
    USING (kept_until <= now() AND (SELECT current_setting('skills.expire', true)) = 'on');
CREATE POLICY idempotency_key_expire ON idempotency_key FOR DELETE
    USING (kept_until <= now() AND ((SELECT current_setting('skills.expire', true)) = 'on'
        OR organisation = (SELECT current_setting('skills.write_organisation', true))));
GRANT SELECT, INSERT, DELETE ON upload_file_part, idempotency_key TO skills_app;
GRANT SELECT, INSERT ON assessment_confirmation, vacancy_confirmation TO skills_app;
GRANT UPDATE (ended_by) ON assessment_confirmation, vacancy_confirmation TO skills_app;
COMMENT ON COLUMN audit_event.object IS 'What it was done to, never a value: a token, an edition, a file that was read and its options, numbers of what was deleted.';

-- +goose Down
SET LOCAL lock_timeout = '3s';
LOCK TABLE upload IN ACCESS EXCLUSIVE MODE;
-- Row-level security is forced on the owner too, who would otherwise see no upload.
SELECT set_config('skills.aggregate', 'on', true);
-- +goose StatementBegin
DO $$
DECLARE
    held bigint := (SELECT count(*) FROM upload WHERE state IN ('voided', 'partly_applied') OR format = 'json' OR mode = 'valid_rows');
BEGIN
    IF held > 0 THEN
        RAISE EXCEPTION 'The schema before this one cannot hold % of the uploads, which were withdrawn, sent as JSON or sent with mode=valid_rows: keep this version of the schema, or restore a backup that was made before it.', held
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
END
$$;
-- +goose StatementEnd
COMMENT ON COLUMN audit_event.object IS 'Id of what it was done to, where that is no upload: a token, an edition.';
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION finish_change(change_id bigint) RETURNS TABLE (change_number bigint, changed_at timestamptz)
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
DROP INDEX vacancy_cell_ended_by_idx;
DROP INDEX vacancy_cell_added_by_idx;
DROP INDEX assessment_ended_by_idx;
DROP INDEX staff_version_ended_by_idx;
DROP INDEX staff_version_added_by_idx;
DROP INDEX employment_spell_ended_by_idx;
DROP INDEX employment_spell_added_by_idx;
DROP INDEX staff_member_added_by_idx;
DROP INDEX change_upload_idx;
DROP TABLE vacancy_confirmation;
DROP TABLE assessment_confirmation;
DROP TABLE idempotency_key;
DROP TABLE upload_file_part;
ALTER TABLE staff_list DROP COLUMN found_left;
REVOKE UPDATE (state, voided_at, voided_by, void_change_id) ON upload FROM skills_app;
DROP TRIGGER upload_is_final ON upload;
DROP INDEX upload_content_idx;
ALTER TABLE upload
    DROP CONSTRAINT upload_voided_check,
    DROP CONSTRAINT upload_void_change_fkey,
    DROP CONSTRAINT upload_partly_check,
    DROP CONSTRAINT upload_options_check,
    DROP CONSTRAINT upload_complete_check,
    DROP CONSTRAINT upload_mode_check,
    DROP CONSTRAINT upload_format_check,
    ADD CONSTRAINT upload_format_check CHECK (format IN ('csv', 'xlsx')),
    DROP COLUMN void_change_id,
    DROP COLUMN voided_by,
    DROP COLUMN voided_at,
    DROP COLUMN kept_until,
    DROP COLUMN options_sha256,
    DROP COLUMN create_missing_staff,
    DROP COLUMN mode;
