-- What people may ask of their employer: to be erased, to be kept out of figures, and
-- to be forgotten once the time for which data is kept has passed.
--
-- Rows of facts are never changed by the application. Erasing needs it, so one
-- function with the rights of the owner does that and nothing else; purging is the
-- owner's own work, by policies that nobody else has.

-- +goose Up
SET LOCAL lock_timeout = '3s';

ALTER TABLE change
    DROP CONSTRAINT change_kind_check,
    ADD CONSTRAINT change_kind_check CHECK (kind IN ('seed', 'organisations_import', 'successions_import', 'reporting_start', 'framework', 'crosswalk', 'upload', 'void',
        'erasure', 'restriction', 'purge'));

CREATE TABLE erased_number (
    organisation text   NOT NULL,
    number_hmac  bytea  NOT NULL,
    key_id       bytea  NOT NULL,
    added_by     bigint NOT NULL,
    CONSTRAINT erased_number_pkey PRIMARY KEY (organisation, number_hmac),
    CONSTRAINT erased_number_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation (code),
    CONSTRAINT erased_number_added_by_fkey FOREIGN KEY (added_by) REFERENCES change (id),
    CONSTRAINT erased_number_hmac_check CHECK (octet_length(number_hmac) = 32),
    CONSTRAINT erased_number_key_check CHECK (octet_length(key_id) = 8)
);
COMMENT ON TABLE erased_number IS 'Employee numbers of people who were erased, so that they are not taken in again: not the numbers, but what a key that is not in the database makes of them.';
COMMENT ON COLUMN erased_number.organisation IS 'ODS code of the employer.';
COMMENT ON COLUMN erased_number.number_hmac IS 'HMAC-SHA-256 of the organisation and the employee number, one row for each form: as it was held, without leading zeros, in capitals.';
COMMENT ON COLUMN erased_number.key_id IS 'Which key that was made with: the first 8 bytes of its HMAC of a fixed text.';
COMMENT ON COLUMN erased_number.added_by IS 'Change that erased the person.';

CREATE TABLE restriction (
    organisation text   NOT NULL,
    staff_id     bigint NOT NULL,
    added_by     bigint NOT NULL,
    ended_by     bigint,
    CONSTRAINT restriction_pkey PRIMARY KEY (organisation, staff_id, added_by),
    CONSTRAINT restriction_staff_fkey FOREIGN KEY (organisation, staff_id) REFERENCES staff_member (organisation, id),
    CONSTRAINT restriction_added_by_fkey FOREIGN KEY (added_by) REFERENCES change (id),
    CONSTRAINT restriction_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES change (id)
);
CREATE UNIQUE INDEX restriction_key ON restriction (organisation, staff_id) WHERE ended_by IS NULL;
COMMENT ON TABLE restriction IS 'People who are kept out of every figure, whatever day or time a figure is about, for as long as their restriction lasts.';
COMMENT ON COLUMN restriction.organisation IS 'ODS code of the employer.';
COMMENT ON COLUMN restriction.staff_id IS 'Staff member.';
COMMENT ON COLUMN restriction.added_by IS 'Change that restricted the person.';
COMMENT ON COLUMN restriction.ended_by IS 'Change that lifted the restriction.';
CREATE TRIGGER restriction_end_is_final BEFORE UPDATE ON restriction
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();

CREATE TABLE destruction (
    organisation      text   NOT NULL,
    change_id         bigint NOT NULL,
    assessed_before   date   NOT NULL,
    left_before       date   NOT NULL,
    assessments       bigint NOT NULL,
    people            bigint NOT NULL,
    staff_versions    bigint NOT NULL,
    files             bigint NOT NULL,
    CONSTRAINT destruction_pkey PRIMARY KEY (organisation, change_id),
    CONSTRAINT destruction_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation (code),
    CONSTRAINT destruction_change_fkey FOREIGN KEY (change_id) REFERENCES change (id),
    CONSTRAINT destruction_counts_check CHECK (assessments >= 0 AND people >= 0 AND staff_versions >= 0 AND files >= 0)
);
COMMENT ON TABLE destruction IS 'The destruction log: what was purged of an organisation because the time for which it is kept had passed.';
COMMENT ON COLUMN destruction.organisation IS 'ODS code.';
COMMENT ON COLUMN destruction.change_id IS 'The purge.';
COMMENT ON COLUMN destruction.assessed_before IS 'Assessments of days before this one were purged.';
COMMENT ON COLUMN destruction.left_before IS 'Staff who left before this day were purged.';
COMMENT ON COLUMN destruction.assessments IS 'Number of rows of assessments.';
COMMENT ON COLUMN destruction.people IS 'Number of staff members.';
COMMENT ON COLUMN destruction.staff_versions IS 'Number of rows of their positions and employments.';
COMMENT ON COLUMN destruction.files IS 'Number of kept files of staff and assessments, which may have named them.';

COMMENT ON COLUMN staff_member.id IS 'Id of the person in the register. It leaves the database in the person''s own record and in events of the audit trail about it only, so that the two can be matched; with the employee number erased it names nobody.';

CALL protect_organisation_rows('erased_number');
CALL protect_organisation_rows('restriction');
CALL protect_organisation_rows('destruction');
GRANT SELECT, INSERT ON erased_number, restriction TO skills_app;
GRANT UPDATE (ended_by) ON restriction TO skills_app;
GRANT SELECT ON destruction TO skills_app;

-- That a row has ended is final; other columns the application cannot change anyway,
-- and erasing and purging must change them in rows that have ended too.
DROP TRIGGER staff_member_end_is_final ON staff_member;
CREATE TRIGGER staff_member_end_is_final BEFORE UPDATE OF ended_by ON staff_member
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();
DROP TRIGGER staff_version_end_is_final ON staff_version;
CREATE TRIGGER staff_version_end_is_final BEFORE UPDATE OF ended_by ON staff_version
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();
DROP TRIGGER assessment_end_is_final ON assessment;
CREATE TRIGGER assessment_end_is_final BEFORE UPDATE OF ended_by ON assessment
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();
DROP TRIGGER staff_list_end_is_final ON staff_list;
CREATE TRIGGER staff_list_end_is_final BEFORE UPDATE OF ended_by ON staff_list
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();
DROP TRIGGER assessment_confirmation_end_is_final ON assessment_confirmation;
CREATE TRIGGER assessment_confirmation_end_is_final BEFORE UPDATE OF ended_by ON assessment_confirmation
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();
-- The same for what became of an upload: that its file is kept no longer is no part of it.
DROP TRIGGER upload_is_final ON upload;
CREATE TRIGGER upload_is_final BEFORE UPDATE OF state, voided_at, voided_by, void_change_id ON upload
    FOR EACH ROW WHEN (OLD.state NOT IN ('applied', 'partly_applied') OR NEW.state <> 'voided') EXECUTE FUNCTION refuse_row_change();

-- +goose StatementBegin
CREATE FUNCTION erase_person(employer text, person bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
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
-- +goose StatementEnd
COMMENT ON FUNCTION erase_person(text, bigint) IS 'Takes employee number, team and area of work from all that is and was held about a person, and returns from how many rows. The policies of the tables hold here too: it must be the organisation that is written to.';

-- +goose StatementBegin
CREATE FUNCTION forget_file(employer text, sent uuid) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH gone AS (
        DELETE FROM public.upload_file_part WHERE organisation = employer AND upload_id = sent RETURNING 1
    ), noted AS (
        UPDATE public.upload SET kept_until = NULL WHERE organisation = employer AND id = sent AND EXISTS (SELECT FROM gone)
    )
    SELECT count(*) FROM gone
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION forget_file(text, uuid) IS 'Deletes the kept file of an upload before its time, and returns the number of its parts.';

-- +goose StatementBegin
CREATE FUNCTION forget_findings(employer text, sent uuid, rows integer[]) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH gone AS (DELETE FROM public.upload_finding WHERE organisation = employer AND upload_id = sent AND row_number = ANY (rows) RETURNING 1)
    SELECT count(*) FROM gone
$$;
-- +goose StatementEnd
COMMENT ON FUNCTION forget_findings(text, uuid, integer[]) IS 'Deletes the findings about rows of a file, and returns their number.';
REVOKE ALL ON FUNCTION erase_person(text, bigint), forget_file(text, uuid), forget_findings(text, uuid, integer[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_person(text, bigint), forget_file(text, uuid), forget_findings(text, uuid, integer[]) TO skills_app;

-- Deleting what is of people is the owner's alone: for the functions above and for
-- purging, and of the organisation that is written to.
CREATE POLICY upload_file_part_forget ON upload_file_part FOR DELETE TO CURRENT_USER
    USING (organisation = (SELECT current_setting('skills.write_organisation', true)));
CREATE POLICY upload_finding_forget ON upload_finding FOR DELETE TO CURRENT_USER
    USING (organisation = (SELECT current_setting('skills.write_organisation', true)));
CREATE POLICY assessment_purge ON assessment FOR DELETE TO CURRENT_USER
    USING (organisation = (SELECT current_setting('skills.write_organisation', true)));
CREATE POLICY employment_spell_purge ON employment_spell FOR DELETE TO CURRENT_USER
    USING (organisation = (SELECT current_setting('skills.write_organisation', true)));
CREATE POLICY staff_version_purge ON staff_version FOR DELETE TO CURRENT_USER
    USING (organisation = (SELECT current_setting('skills.write_organisation', true)));
CREATE POLICY restriction_purge ON restriction FOR DELETE TO CURRENT_USER
    USING (organisation = (SELECT current_setting('skills.write_organisation', true)));
CREATE POLICY staff_member_purge ON staff_member FOR DELETE TO CURRENT_USER
    USING (organisation = (SELECT current_setting('skills.write_organisation', true)));

-- +goose Down
COMMENT ON COLUMN staff_member.id IS 'Internal key; never leaves the database.';
DROP POLICY staff_member_purge ON staff_member;
DROP POLICY staff_version_purge ON staff_version;
DROP POLICY employment_spell_purge ON employment_spell;
DROP POLICY assessment_purge ON assessment;
DROP POLICY upload_finding_forget ON upload_finding;
DROP POLICY upload_file_part_forget ON upload_file_part;
DROP FUNCTION forget_findings(text, uuid, integer[]);
DROP FUNCTION forget_file(text, uuid);
DROP FUNCTION erase_person(text, bigint);
DROP TRIGGER upload_is_final ON upload;
CREATE TRIGGER upload_is_final BEFORE UPDATE ON upload
    FOR EACH ROW WHEN (OLD.state NOT IN ('applied', 'partly_applied') OR NEW.state <> 'voided') EXECUTE FUNCTION refuse_row_change();
DROP TRIGGER assessment_confirmation_end_is_final ON assessment_confirmation;
CREATE TRIGGER assessment_confirmation_end_is_final BEFORE UPDATE ON assessment_confirmation
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();
DROP TRIGGER staff_list_end_is_final ON staff_list;
CREATE TRIGGER staff_list_end_is_final BEFORE UPDATE ON staff_list
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();
DROP TRIGGER assessment_end_is_final ON assessment;
CREATE TRIGGER assessment_end_is_final BEFORE UPDATE ON assessment
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();
DROP TRIGGER staff_version_end_is_final ON staff_version;
CREATE TRIGGER staff_version_end_is_final BEFORE UPDATE ON staff_version
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();
DROP TRIGGER staff_member_end_is_final ON staff_member;
CREATE TRIGGER staff_member_end_is_final BEFORE UPDATE ON staff_member
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();
DROP TABLE destruction;
DROP TABLE restriction;
DROP TABLE erased_number;
ALTER TABLE change
    DROP CONSTRAINT change_kind_check,
    ADD CONSTRAINT change_kind_check CHECK (kind IN ('seed', 'organisations_import', 'successions_import', 'reporting_start', 'framework', 'crosswalk', 'upload', 'void'));
