-- Vacancy returns: cells that add up, one for each month end and combination of
-- staff group, job role, band and area of work. Each measure is a number, not
-- stated (null) or not known to the sender (null, with its bit in dont_know).

-- +goose Up
SET LOCAL lock_timeout = '3s';

CREATE TABLE vacancy_cell (
    organisation       text          NOT NULL,
    month              date          NOT NULL,
    staff_group        text          NOT NULL,
    job_role           text          NOT NULL,
    band               text          NOT NULL,
    area_of_work       text          NOT NULL,
    budgeted_fte       numeric(12,5),
    contracted_fte     numeric(12,5),
    bank_fte           numeric(12,5),
    agency_fte         numeric(12,5),
    reported_vacancies integer,
    advertised_posts   integer,
    staff_headcount    integer,
    dont_know          smallint      NOT NULL,
    added_by           bigint        NOT NULL,
    ended_by           bigint,
    CONSTRAINT vacancy_cell_pkey PRIMARY KEY (organisation, month, staff_group, job_role, band, area_of_work, added_by),
    CONSTRAINT vacancy_cell_organisation_fkey FOREIGN KEY (organisation) REFERENCES organisation (code),
    CONSTRAINT vacancy_cell_staff_group_fkey FOREIGN KEY (staff_group) REFERENCES staff_group (code),
    CONSTRAINT vacancy_cell_job_role_fkey FOREIGN KEY (job_role) REFERENCES job_role (code),
    CONSTRAINT vacancy_cell_band_fkey FOREIGN KEY (band) REFERENCES band (code),
    CONSTRAINT vacancy_cell_area_of_work_fkey FOREIGN KEY (area_of_work) REFERENCES area_of_work (code),
    CONSTRAINT vacancy_cell_added_by_fkey FOREIGN KEY (added_by) REFERENCES change (id),
    CONSTRAINT vacancy_cell_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES change (id),
    CONSTRAINT vacancy_cell_month_check CHECK (month = (date_trunc('month', month::timestamp) + interval '1 month - 1 day')::date),
    CONSTRAINT vacancy_cell_budgeted_check CHECK (budgeted_fte >= 0),
    CONSTRAINT vacancy_cell_contracted_check CHECK (contracted_fte >= 0),
    CONSTRAINT vacancy_cell_bank_check CHECK (bank_fte >= 0),
    CONSTRAINT vacancy_cell_agency_check CHECK (agency_fte >= 0),
    CONSTRAINT vacancy_cell_counts_check CHECK (reported_vacancies >= 0 AND advertised_posts >= 0 AND staff_headcount >= 0),
    CONSTRAINT vacancy_cell_dont_know_check CHECK (dont_know BETWEEN 0 AND 127
        AND (dont_know & 1 = 0 OR budgeted_fte IS NULL) AND (dont_know & 2 = 0 OR contracted_fte IS NULL)
        AND (dont_know & 4 = 0 OR bank_fte IS NULL) AND (dont_know & 8 = 0 OR agency_fte IS NULL)
        AND (dont_know & 16 = 0 OR reported_vacancies IS NULL) AND (dont_know & 32 = 0 OR advertised_posts IS NULL)
        AND (dont_know & 64 = 0 OR staff_headcount IS NULL))
);
CREATE UNIQUE INDEX vacancy_cell_key ON vacancy_cell (organisation, month, staff_group, job_role, band, area_of_work) WHERE ended_by IS NULL;
COMMENT ON TABLE vacancy_cell IS 'Cells of vacancy returns. Vacancies are stocks at a month end.';
COMMENT ON COLUMN vacancy_cell.organisation IS 'ODS code.';
COMMENT ON COLUMN vacancy_cell.month IS 'Last day of the month.';
COMMENT ON COLUMN vacancy_cell.staff_group IS 'Staff group.';
COMMENT ON COLUMN vacancy_cell.job_role IS 'Job role, or - when not broken down by it.';
COMMENT ON COLUMN vacancy_cell.band IS 'Band, or -.';
COMMENT ON COLUMN vacancy_cell.area_of_work IS 'Area of work, or -.';
COMMENT ON COLUMN vacancy_cell.budgeted_fte IS 'Budgeted (funded establishment) FTE.';
COMMENT ON COLUMN vacancy_cell.contracted_fte IS 'Contracted FTE of staff in post.';
COMMENT ON COLUMN vacancy_cell.bank_fte IS 'FTE worked by bank staff.';
COMMENT ON COLUMN vacancy_cell.agency_fte IS 'FTE worked by agency staff.';
COMMENT ON COLUMN vacancy_cell.reported_vacancies IS 'Posts being recruited to, a headcount.';
COMMENT ON COLUMN vacancy_cell.advertised_posts IS 'Posts advertised.';
COMMENT ON COLUMN vacancy_cell.staff_headcount IS 'People in post.';
COMMENT ON COLUMN vacancy_cell.dont_know IS 'Bits of the measures that the sender does not know, in the order of the columns above.';
COMMENT ON COLUMN vacancy_cell.added_by IS 'Change that added the row.';
COMMENT ON COLUMN vacancy_cell.ended_by IS 'Change that ended the row.';

CREATE TRIGGER vacancy_cell_end_is_final BEFORE UPDATE ON vacancy_cell
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();
CALL protect_organisation_rows('vacancy_cell');
GRANT SELECT, INSERT ON vacancy_cell TO skills_app;
GRANT UPDATE (ended_by) ON vacancy_cell TO skills_app;

-- +goose Down
DROP TABLE vacancy_cell;
