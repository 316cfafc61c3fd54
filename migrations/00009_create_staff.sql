-- Staff in post over time. A staff member is known only by the organisation and
-- the employee number; no name or other personal detail has a column.

-- +goose Up
SET LOCAL lock_timeout = '3s';

CREATE TABLE staff_member (
    organisation    text   NOT NULL,
    id              bigint GENERATED ALWAYS AS IDENTITY,
    employee_number text,
    added_by        bigint NOT NULL,
    ended_by        bigint,
    CONSTRAINT staff_member_pkey PRIMARY KEY (organisation, id),
    CONSTRAINT staff_member_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation (code),
    CONSTRAINT staff_member_added_by_fkey FOREIGN KEY (added_by) REFERENCES change (id),
    CONSTRAINT staff_member_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES change (id),
    CONSTRAINT staff_member_employee_number_check CHECK (length(employee_number) BETWEEN 1 AND 32)
);
CREATE UNIQUE INDEX staff_member_employee_number_key ON staff_member (organisation, employee_number) WHERE ended_by IS NULL;
COMMENT ON TABLE staff_member IS 'People employed by an organisation.';
COMMENT ON COLUMN staff_member.organisation IS 'ODS code of the employer.';
COMMENT ON COLUMN staff_member.id IS 'Internal key; never leaves the database.';
COMMENT ON COLUMN staff_member.employee_number IS 'The employer''s own identifier, text, leading zeros kept; null after erasure.';
COMMENT ON COLUMN staff_member.added_by IS 'Change that added the row.';
COMMENT ON COLUMN staff_member.ended_by IS 'Change that ended the row.';

CREATE TABLE employment_spell (
    organisation         text    NOT NULL,
    staff_id             bigint  NOT NULL,
    started_on           date    NOT NULL,
    started_on_estimated boolean NOT NULL,
    left_on              date,
    left_on_estimated    boolean NOT NULL,
    added_by             bigint  NOT NULL,
    ended_by             bigint,
    CONSTRAINT employment_spell_pkey PRIMARY KEY (organisation, staff_id, started_on, added_by),
    CONSTRAINT employment_spell_staff_fkey FOREIGN KEY (organisation, staff_id) REFERENCES staff_member (organisation, id),
    CONSTRAINT employment_spell_added_by_fkey FOREIGN KEY (added_by) REFERENCES change (id),
    CONSTRAINT employment_spell_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES change (id),
    CONSTRAINT employment_spell_order_check CHECK (left_on >= started_on)
);
CREATE UNIQUE INDEX employment_spell_key ON employment_spell (organisation, staff_id, started_on) WHERE ended_by IS NULL;
COMMENT ON TABLE employment_spell IS 'Periods of employment.';
COMMENT ON COLUMN employment_spell.organisation IS 'ODS code.';
COMMENT ON COLUMN employment_spell.staff_id IS 'Staff member.';
COMMENT ON COLUMN employment_spell.started_on IS 'First day in post.';
COMMENT ON COLUMN employment_spell.started_on_estimated IS 'Derived from the date of a staff list.';
COMMENT ON COLUMN employment_spell.left_on IS 'Last day in post; may lie in the future; null while in post.';
COMMENT ON COLUMN employment_spell.left_on_estimated IS 'Derived from absence from a complete staff list.';
COMMENT ON COLUMN employment_spell.added_by IS 'Change that added the row.';
COMMENT ON COLUMN employment_spell.ended_by IS 'Change that ended the row.';

CREATE TABLE staff_version (
    organisation  text          NOT NULL,
    staff_id      bigint        NOT NULL,
    valid_from    date          NOT NULL,
    staff_group   text          NOT NULL,
    job_role      text          NOT NULL,
    band          text          NOT NULL,
    area_of_work  text          NOT NULL,
    team          text          NOT NULL,
    contract_type text          NOT NULL,
    fte           numeric(12,5) NOT NULL,
    assignments   smallint      NOT NULL,
    in_post       boolean       NOT NULL,
    added_by      bigint        NOT NULL,
    ended_by      bigint,
    CONSTRAINT staff_version_pkey PRIMARY KEY (organisation, staff_id, valid_from, added_by),
    CONSTRAINT staff_version_staff_fkey FOREIGN KEY (organisation, staff_id) REFERENCES staff_member (organisation, id),
    CONSTRAINT staff_version_staff_group_fkey FOREIGN KEY (staff_group) REFERENCES staff_group (code),
    CONSTRAINT staff_version_job_role_fkey FOREIGN KEY (job_role) REFERENCES job_role (code),
    CONSTRAINT staff_version_band_fkey FOREIGN KEY (band) REFERENCES band (code),
    CONSTRAINT staff_version_area_of_work_fkey FOREIGN KEY (area_of_work) REFERENCES area_of_work (code),
    CONSTRAINT staff_version_contract_type_fkey FOREIGN KEY (contract_type) REFERENCES contract_type (code),
    CONSTRAINT staff_version_added_by_fkey FOREIGN KEY (added_by) REFERENCES change (id),
    CONSTRAINT staff_version_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES change (id),
    CONSTRAINT staff_version_team_check CHECK (length(team) <= 100),
    CONSTRAINT staff_version_fte_check CHECK (fte >= 0),
    CONSTRAINT staff_version_assignments_check CHECK (assignments > 0)
);
CREATE UNIQUE INDEX staff_version_key ON staff_version (organisation, staff_id, valid_from) WHERE ended_by IS NULL;
COMMENT ON TABLE staff_version IS 'Position of a staff member from a day until the next version, all assignments taken together.';
COMMENT ON COLUMN staff_version.organisation IS 'ODS code.';
COMMENT ON COLUMN staff_version.staff_id IS 'Staff member.';
COMMENT ON COLUMN staff_version.valid_from IS 'Date of the staff list that says so.';
COMMENT ON COLUMN staff_version.staff_group IS 'Staff group of the main assignment.';
COMMENT ON COLUMN staff_version.job_role IS 'Job role, or -.';
COMMENT ON COLUMN staff_version.band IS 'Band, or -.';
COMMENT ON COLUMN staff_version.area_of_work IS 'Area of work, or -.';
COMMENT ON COLUMN staff_version.team IS 'Team, as the employer writes it; empty when not given.';
COMMENT ON COLUMN staff_version.contract_type IS 'Contract type, or -.';
COMMENT ON COLUMN staff_version.fte IS 'Full-time equivalent over the assignments that count.';
COMMENT ON COLUMN staff_version.assignments IS 'Number of assignments on the list.';
COMMENT ON COLUMN staff_version.in_post IS 'False when every assignment is bank, honorary or non-executive.';
COMMENT ON COLUMN staff_version.added_by IS 'Change that added the row.';
COMMENT ON COLUMN staff_version.ended_by IS 'Change that ended the row.';

CREATE TABLE staff_list (
    organisation text     NOT NULL,
    as_at        date     NOT NULL,
    upload_id    uuid     NOT NULL,
    complete     boolean  NOT NULL,
    confirmed    bigint[] NOT NULL,
    added_by     bigint   NOT NULL,
    ended_by     bigint,
    CONSTRAINT staff_list_pkey PRIMARY KEY (organisation, as_at, added_by),
    CONSTRAINT staff_list_upload_fkey FOREIGN KEY (organisation, upload_id) REFERENCES upload (organisation, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT staff_list_added_by_fkey FOREIGN KEY (added_by) REFERENCES change (id),
    CONSTRAINT staff_list_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES change (id)
);
COMMENT ON TABLE staff_list IS 'Staff lists received. Who was found unchanged is kept, so that a later list about an earlier day never overrides what this one said.';
COMMENT ON COLUMN staff_list.organisation IS 'ODS code.';
COMMENT ON COLUMN staff_list.as_at IS 'Date of the position that the list states.';
COMMENT ON COLUMN staff_list.upload_id IS 'Upload.';
COMMENT ON COLUMN staff_list.complete IS 'Whether the list names everybody.';
COMMENT ON COLUMN staff_list.confirmed IS 'Ids of the staff members whom the list found unchanged.';
COMMENT ON COLUMN staff_list.added_by IS 'Change that added the row.';
COMMENT ON COLUMN staff_list.ended_by IS 'Change that ended the row.';

CREATE TRIGGER staff_member_end_is_final BEFORE UPDATE ON staff_member
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();
CREATE TRIGGER employment_spell_end_is_final BEFORE UPDATE ON employment_spell
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();
CREATE TRIGGER staff_version_end_is_final BEFORE UPDATE ON staff_version
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();
CREATE TRIGGER staff_list_end_is_final BEFORE UPDATE ON staff_list
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();

CALL protect_organisation_rows('staff_member');
CALL protect_organisation_rows('employment_spell');
CALL protect_organisation_rows('staff_version');
CALL protect_organisation_rows('staff_list');
GRANT SELECT, INSERT ON staff_member, employment_spell, staff_version, staff_list TO skills_app;
GRANT UPDATE (ended_by) ON staff_member, employment_spell, staff_version, staff_list TO skills_app;

-- +goose Down
DROP TABLE staff_list;
DROP TABLE staff_version;
DROP TABLE employment_spell;
DROP TABLE staff_member;
