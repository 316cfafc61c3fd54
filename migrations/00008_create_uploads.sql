-- Uploads, their findings and the date from which an organisation is expected to
-- report. A rejected upload leaves its record, its findings and an audit row only.

-- +goose Up
SET LOCAL lock_timeout = '3s';

CREATE TABLE upload (
    organisation    text        NOT NULL,
    id              uuid        NOT NULL,
    kind            text        NOT NULL,
    state           text        NOT NULL,
    format          text        NOT NULL,
    content_sha256  bytea       NOT NULL,
    content_bytes   bigint      NOT NULL,
    complete        boolean     NOT NULL,
    as_at           date,
    received_at     timestamptz NOT NULL,
    actor           text        NOT NULL,
    request_id      text        NOT NULL,
    change_id       bigint,
    rows_read       integer     NOT NULL,
    rows_new        integer     NOT NULL,
    rows_changed    integer     NOT NULL,
    rows_unchanged  integer     NOT NULL,
    rows_removed    integer     NOT NULL,
    rows_duplicate  integer     NOT NULL,
    rows_skipped    integer     NOT NULL,
    rows_rejected   integer     NOT NULL,
    rows_blank      integer     NOT NULL,
    rows_not_stored integer     NOT NULL,
    records_ended   integer     NOT NULL,
    mapping         jsonb       NOT NULL,
    errors          integer     NOT NULL,
    warnings        integer     NOT NULL,
    CONSTRAINT upload_pkey PRIMARY KEY (organisation, id),
    CONSTRAINT upload_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation (code),
    CONSTRAINT upload_change_fkey FOREIGN KEY (change_id) REFERENCES change (id),
    CONSTRAINT upload_kind_check CHECK (kind IN ('staff', 'assessments', 'vacancies')),
    CONSTRAINT upload_state_check CHECK (state IN ('applied', 'partly_applied', 'rejected', 'voided')),
    CONSTRAINT upload_format_check CHECK (format IN ('csv', 'xlsx')),
    CONSTRAINT upload_sha256_check CHECK (octet_length(content_sha256) = 32),
    CONSTRAINT upload_rejected_check CHECK ((state = 'rejected') = (change_id IS NULL)),
    CONSTRAINT upload_rows_check CHECK (rows_read = rows_new + rows_changed + rows_unchanged + rows_removed
        + rows_duplicate + rows_skipped + rows_rejected + rows_blank + rows_not_stored)
);
CREATE INDEX upload_received_idx ON upload (organisation, received_at DESC, id);
COMMENT ON TABLE upload IS 'Files sent in by HR and what became of their rows.';
COMMENT ON COLUMN upload.organisation IS 'ODS code.';
COMMENT ON COLUMN upload.id IS 'Public id.';
COMMENT ON COLUMN upload.kind IS 'What the rows are.';
COMMENT ON COLUMN upload.state IS 'What became of the upload.';
COMMENT ON COLUMN upload.format IS 'File format.';
COMMENT ON COLUMN upload.content_sha256 IS 'SHA-256 of the bytes sent.';
COMMENT ON COLUMN upload.content_bytes IS 'Size in bytes.';
COMMENT ON COLUMN upload.complete IS 'Whether the sender said that the file is complete.';
COMMENT ON COLUMN upload.as_at IS 'Date of the position that a staff list states.';
COMMENT ON COLUMN upload.received_at IS 'When the file had arrived.';
COMMENT ON COLUMN upload.actor IS 'Id of the token or user that sent it.';
COMMENT ON COLUMN upload.request_id IS 'Id of the request.';
COMMENT ON COLUMN upload.change_id IS 'The change it made; null when it was rejected.';
COMMENT ON COLUMN upload.rows_read IS 'Rows below the header; the other counts of rows add up to it.';
COMMENT ON COLUMN upload.rows_new IS 'Rows that added a record.';
COMMENT ON COLUMN upload.rows_changed IS 'Rows that replaced a record.';
COMMENT ON COLUMN upload.rows_unchanged IS 'Rows that said what was already held.';
COMMENT ON COLUMN upload.rows_removed IS 'Rows that withdrew a record.';
COMMENT ON COLUMN upload.rows_duplicate IS 'Rows that repeat another row of the file.';
COMMENT ON COLUMN upload.rows_skipped IS 'Rows left aside on purpose.';
COMMENT ON COLUMN upload.rows_rejected IS 'Rows with an error.';
COMMENT ON COLUMN upload.rows_blank IS 'Blank rows.';
COMMENT ON COLUMN upload.rows_not_stored IS 'Valid rows of a rejected file.';
COMMENT ON COLUMN upload.records_ended IS 'Records that a complete file ended because it does not hold them.';
COMMENT ON COLUMN upload.mapping IS 'How each column of the file was understood.';
COMMENT ON COLUMN upload.errors IS 'Errors found, stored or not.';
COMMENT ON COLUMN upload.warnings IS 'Warnings found, stored or not.';

CREATE TABLE upload_finding (
    organisation text    NOT NULL,
    upload_id    uuid    NOT NULL,
    ordinal      integer NOT NULL,
    code         text    NOT NULL,
    severity     text    NOT NULL,
    sheet        text    NOT NULL,
    row_number   integer NOT NULL,
    column_name  text    NOT NULL,
    message      text    NOT NULL,
    mend         text    NOT NULL,
    CONSTRAINT upload_finding_pkey PRIMARY KEY (organisation, upload_id, ordinal),
    CONSTRAINT upload_finding_upload_fkey FOREIGN KEY (organisation, upload_id) REFERENCES upload (organisation, id),
    CONSTRAINT upload_finding_severity_check CHECK (severity IN ('error', 'warning'))
);
COMMENT ON TABLE upload_finding IS 'Faults of uploads. A finding names the class of a value, never the value.';
COMMENT ON COLUMN upload_finding.organisation IS 'ODS code.';
COMMENT ON COLUMN upload_finding.upload_id IS 'Upload.';
COMMENT ON COLUMN upload_finding.ordinal IS 'Order in which it was found, from 1.';
COMMENT ON COLUMN upload_finding.code IS 'Published finding code.';
COMMENT ON COLUMN upload_finding.severity IS 'error or warning.';
COMMENT ON COLUMN upload_finding.sheet IS 'Worksheet; empty for CSV.';
COMMENT ON COLUMN upload_finding.row_number IS 'Row as a spreadsheet shows it; 0 for the whole file.';
COMMENT ON COLUMN upload_finding.column_name IS 'The file''s own heading; empty for the whole row.';
COMMENT ON COLUMN upload_finding.message IS 'What is wrong.';
COMMENT ON COLUMN upload_finding.mend IS 'What to do next.';

CREATE TABLE reporting_start (
    organisation text   NOT NULL,
    kind         text   NOT NULL,
    reports_from date   NOT NULL,
    added_by     bigint NOT NULL,
    ended_by     bigint,
    CONSTRAINT reporting_start_pkey PRIMARY KEY (organisation, kind, added_by),
    CONSTRAINT reporting_start_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation (code),
    CONSTRAINT reporting_start_added_by_fkey FOREIGN KEY (added_by) REFERENCES change (id),
    CONSTRAINT reporting_start_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES change (id),
    CONSTRAINT reporting_start_kind_check CHECK (kind IN ('staff', 'assessments', 'vacancies'))
);
CREATE UNIQUE INDEX reporting_start_key ON reporting_start (organisation, kind) WHERE ended_by IS NULL;
COMMENT ON TABLE reporting_start IS 'From when an organisation is expected to send a kind of return; set by its first upload.';
COMMENT ON COLUMN reporting_start.organisation IS 'ODS code.';
COMMENT ON COLUMN reporting_start.kind IS 'Kind of upload.';
COMMENT ON COLUMN reporting_start.reports_from IS 'First day from which it is expected.';
COMMENT ON COLUMN reporting_start.added_by IS 'Change that added the row.';
COMMENT ON COLUMN reporting_start.ended_by IS 'Change that ended the row.';
CREATE TRIGGER reporting_start_end_is_final BEFORE UPDATE ON reporting_start
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();

CALL protect_organisation_rows('upload');
CALL protect_organisation_rows('upload_finding');
CALL protect_organisation_rows('reporting_start');
GRANT SELECT, INSERT ON upload, upload_finding, reporting_start TO skills_app;
GRANT UPDATE (ended_by) ON reporting_start TO skills_app;

-- +goose Down
DROP TABLE reporting_start;
DROP TABLE upload_finding;
DROP TABLE upload;
