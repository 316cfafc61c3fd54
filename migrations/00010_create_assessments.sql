-- Assessments: one row each, levels in an array in the framework version's order
-- of competences. The staff member is a row foreign key; the other references
-- are checked set-wise by one statement trigger, because a foreign key for each
-- row would cost most of a bulk insert, and so what they point to is undeletable.

-- +goose Up
SET LOCAL lock_timeout = '3s';

CREATE TABLE assessment (
    organisation      text       NOT NULL,
    staff_id          bigint     NOT NULL,
    framework_version smallint   NOT NULL,
    assessed_on       date       NOT NULL,
    assessor_kind     text       NOT NULL,
    levels            smallint[] NOT NULL,
    needs             smallint[],
    staff_group       text       NOT NULL,
    job_role          text       NOT NULL,
    band              text       NOT NULL,
    team              text       NOT NULL,
    added_by          bigint     NOT NULL,
    ended_by          bigint,
    CONSTRAINT assessment_pkey PRIMARY KEY (organisation, added_by, staff_id, framework_version, assessed_on, assessor_kind),
    CONSTRAINT assessment_staff_fkey FOREIGN KEY (organisation, staff_id) REFERENCES staff_member (organisation, id),
    CONSTRAINT assessment_assessor_kind_check CHECK (assessor_kind IN ('self', 'manager', 'assessor')),
    CONSTRAINT assessment_levels_check CHECK (array_ndims(levels) = 1 AND -1 <= ALL (levels)),
    CONSTRAINT assessment_needs_check CHECK (cardinality(needs) = cardinality(levels) AND -1 <= ALL (needs)),
    CONSTRAINT assessment_team_check CHECK (length(team) <= 100)
);
CREATE UNIQUE INDEX assessment_key ON assessment (organisation, staff_id, framework_version, assessed_on, assessor_kind) WHERE ended_by IS NULL;
COMMENT ON TABLE assessment IS 'Digital-literacy assessments of staff members.';
COMMENT ON COLUMN assessment.organisation IS 'ODS code.';
COMMENT ON COLUMN assessment.staff_id IS 'Staff member.';
COMMENT ON COLUMN assessment.framework_version IS 'Framework version.';
COMMENT ON COLUMN assessment.assessed_on IS 'Day of the assessment.';
COMMENT ON COLUMN assessment.assessor_kind IS 'Who judged: self, manager or assessor.';
COMMENT ON COLUMN assessment.levels IS 'Level for each competence; null not assessed, -1 not applicable.';
COMMENT ON COLUMN assessment.needs IS 'Level that the person says the job needs, for each competence; null when not asked.';
COMMENT ON COLUMN assessment.staff_group IS 'Staff group sent with the assessment, or -.';
COMMENT ON COLUMN assessment.job_role IS 'Job role sent with it, or -.';
COMMENT ON COLUMN assessment.band IS 'Band sent with it, or -.';
COMMENT ON COLUMN assessment.team IS 'Team sent with it; empty when not given.';
COMMENT ON COLUMN assessment.added_by IS 'Change that added the row.';
COMMENT ON COLUMN assessment.ended_by IS 'Change that ended the row.';

-- +goose StatementBegin
CREATE FUNCTION check_assessment_references() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    broken text;
BEGIN
    SELECT CASE
        WHEN f.id IS NULL OR cardinality(i.levels) <> f.competences THEN 'assessment_framework_version_fkey'
        WHEN g.code IS NULL AND i.staff_group <> '-' THEN 'assessment_staff_group_fkey'
        WHEN r.code IS NULL THEN 'assessment_job_role_fkey'
        WHEN b.code IS NULL THEN 'assessment_band_fkey'
        WHEN c.id IS NULL THEN 'assessment_added_by_fkey'
    END INTO broken
    FROM inserted i
    LEFT JOIN (
        SELECT v.id, (SELECT count(*) FROM public.competence k WHERE k.framework_version = v.id) AS competences
        FROM public.framework_version v
    ) f ON f.id = i.framework_version
    LEFT JOIN public.staff_group g ON g.code = i.staff_group
    LEFT JOIN public.job_role r ON r.code = i.job_role
    LEFT JOIN public.band b ON b.code = i.band
    LEFT JOIN public.change c ON c.id = i.added_by
    WHERE f.id IS NULL OR cardinality(i.levels) <> f.competences
       OR g.code IS NULL AND i.staff_group <> '-'
       OR r.code IS NULL OR b.code IS NULL OR c.id IS NULL
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'an assessment refers to something that does not exist'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = broken;
    END IF;
    IF EXISTS (
        SELECT FROM inserted i
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
-- +goose StatementEnd
COMMENT ON FUNCTION check_assessment_references() IS 'Checks the references and scales of all rows of an insert at once.';
CREATE TRIGGER assessment_references AFTER INSERT ON assessment
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION check_assessment_references();
CREATE TRIGGER assessment_end_is_final BEFORE UPDATE ON assessment
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();

CREATE TRIGGER framework_version_undeletable BEFORE DELETE OR UPDATE OR TRUNCATE ON framework_version
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_row_change();
CREATE TRIGGER competence_undeletable BEFORE DELETE OR UPDATE OR TRUNCATE ON competence
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_row_change();
CREATE TRIGGER staff_group_undeletable BEFORE DELETE OR TRUNCATE ON staff_group
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_row_change();
CREATE TRIGGER job_role_undeletable BEFORE DELETE OR TRUNCATE ON job_role
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_row_change();
CREATE TRIGGER band_undeletable BEFORE DELETE OR TRUNCATE ON band
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_row_change();
CREATE TRIGGER change_undeletable BEFORE DELETE OR TRUNCATE ON change
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_row_change();

CALL protect_organisation_rows('assessment');
GRANT SELECT, INSERT ON assessment TO skills_app;
GRANT UPDATE (ended_by) ON assessment TO skills_app;

-- +goose Down
DROP TRIGGER change_undeletable ON change;
DROP TRIGGER band_undeletable ON band;
DROP TRIGGER job_role_undeletable ON job_role;
DROP TRIGGER staff_group_undeletable ON staff_group;
DROP TRIGGER competence_undeletable ON competence;
DROP TRIGGER framework_version_undeletable ON framework_version;
DROP TABLE assessment;
DROP FUNCTION check_assessment_references();
