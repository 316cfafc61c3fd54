-- Roll-ups: what totals would otherwise work out again for every question. They are
-- derived from the fact rows alone, nothing in them depends on today's date, and they
-- are written again in the transaction of every change that touches what they come
-- from, voids included. "skillstracker rollups verify" compares them with the facts.

-- +goose Up
SET LOCAL lock_timeout = '3s';

CREATE TABLE vacancy_rollup (
    organisation   text    NOT NULL,
    month          date    NOT NULL,
    staff_group    text    NOT NULL,
    band           text    NOT NULL,
    digital        text    NOT NULL,
    cells          integer NOT NULL,
    incomplete     integer NOT NULL,
    budgeted       bigint,
    contracted     bigint,
    vacancy        bigint,
    vacancy_gross  bigint,
    rate_budgeted  bigint,
    bank           bigint,
    agency         bigint,
    cover          bigint,
    reported       bigint,
    advertised     bigint,
    headcount      bigint,
    rate_reported  bigint,
    rate_headcount bigint,
    first_change   bigint  NOT NULL,
    last_change    bigint  NOT NULL,
    CONSTRAINT vacancy_rollup_pkey PRIMARY KEY (organisation, month, staff_group, band, digital),
    CONSTRAINT vacancy_rollup_digital_check CHECK (digital IN ('yes', 'no', 'not_stated'))
);
COMMENT ON TABLE vacancy_rollup IS 'Sums of an organisation''s vacancy cells, over job roles and areas of work. FTE in hundred-thousandths.';
COMMENT ON COLUMN vacancy_rollup.organisation IS 'ODS code.';
COMMENT ON COLUMN vacancy_rollup.month IS 'Last day of the month.';
COMMENT ON COLUMN vacancy_rollup.staff_group IS 'Staff group.';
COMMENT ON COLUMN vacancy_rollup.band IS 'Band, or -.';
COMMENT ON COLUMN vacancy_rollup.digital IS 'Whether the posts are digital posts.';
COMMENT ON COLUMN vacancy_rollup.cells IS 'Cells.';
COMMENT ON COLUMN vacancy_rollup.incomplete IS 'Cells without both budgeted and contracted FTE.';
COMMENT ON COLUMN vacancy_rollup.budgeted IS 'Budgeted FTE.';
COMMENT ON COLUMN vacancy_rollup.contracted IS 'Contracted FTE.';
COMMENT ON COLUMN vacancy_rollup.vacancy IS 'Signed gap of complete cells.';
COMMENT ON COLUMN vacancy_rollup.vacancy_gross IS 'Gaps above zero of complete cells.';
COMMENT ON COLUMN vacancy_rollup.rate_budgeted IS 'Budgeted FTE of complete cells.';
COMMENT ON COLUMN vacancy_rollup.bank IS 'Bank FTE.';
COMMENT ON COLUMN vacancy_rollup.agency IS 'Agency FTE.';
COMMENT ON COLUMN vacancy_rollup.cover IS 'Bank and agency FTE of complete cells.';
COMMENT ON COLUMN vacancy_rollup.reported IS 'Reported vacancies.';
COMMENT ON COLUMN vacancy_rollup.advertised IS 'Advertised posts.';
COMMENT ON COLUMN vacancy_rollup.headcount IS 'Staff headcount.';
COMMENT ON COLUMN vacancy_rollup.rate_reported IS 'Reported vacancies of cells with a headcount.';
COMMENT ON COLUMN vacancy_rollup.rate_headcount IS 'Headcount of cells with reported vacancies.';
COMMENT ON COLUMN vacancy_rollup.first_change IS 'Earliest change that added one of the cells.';
COMMENT ON COLUMN vacancy_rollup.last_change IS 'Latest change that added one of them.';

CREATE TABLE staff_position (
    organisation  text          NOT NULL,
    staff_id      bigint        NOT NULL,
    from_day      date          NOT NULL,
    to_day        date          NOT NULL,
    staff_group   text          NOT NULL,
    job_role      text          NOT NULL,
    band          text          NOT NULL,
    area_of_work  text          NOT NULL,
    digital       text          NOT NULL,
    team          text          NOT NULL,
    contract_type text          NOT NULL,
    fte           numeric(12,5) NOT NULL,
    starts        boolean       NOT NULL,
    ends          boolean       NOT NULL,
    ends_estimated boolean      NOT NULL,
    CONSTRAINT staff_position_pkey PRIMARY KEY (organisation, staff_id, from_day),
    CONSTRAINT staff_position_order_check CHECK (to_day > from_day),
    CONSTRAINT staff_position_digital_check CHECK (digital IN ('yes', 'no', 'not_stated'))
);
COMMENT ON TABLE staff_position IS 'Staff in post: each period in which a staff member was in post with the same attributes, from spells and versions.';
COMMENT ON COLUMN staff_position.organisation IS 'ODS code.';
COMMENT ON COLUMN staff_position.staff_id IS 'Staff member.';
COMMENT ON COLUMN staff_position.from_day IS 'First day.';
COMMENT ON COLUMN staff_position.to_day IS 'Day after the last; infinity while in post.';
COMMENT ON COLUMN staff_position.staff_group IS 'Staff group.';
COMMENT ON COLUMN staff_position.job_role IS 'Job role, or -.';
COMMENT ON COLUMN staff_position.band IS 'Band, or -.';
COMMENT ON COLUMN staff_position.area_of_work IS 'Area of work, or -.';
COMMENT ON COLUMN staff_position.digital IS 'Whether it is a digital post.';
COMMENT ON COLUMN staff_position.team IS 'Team; empty when not given.';
COMMENT ON COLUMN staff_position.contract_type IS 'Contract type, or -.';
COMMENT ON COLUMN staff_position.fte IS 'Full-time equivalent.';
COMMENT ON COLUMN staff_position.starts IS 'Whether the person was not in post on the day before.';
COMMENT ON COLUMN staff_position.ends IS 'Whether the person is not in post on to_day.';
COMMENT ON COLUMN staff_position.ends_estimated IS 'Whether the last day is estimated from absence from a complete list.';

CREATE TABLE latest_assessment (
    organisation      text       NOT NULL,
    framework_version smallint   NOT NULL,
    staff_id          bigint     NOT NULL,
    assessor_kind     text       NOT NULL,
    assessed_on       date       NOT NULL,
    levels            smallint[] NOT NULL,
    needs             smallint[],
    staff_group       text       NOT NULL,
    job_role          text       NOT NULL,
    band              text       NOT NULL,
    team              text       NOT NULL,
    CONSTRAINT latest_assessment_pkey PRIMARY KEY (organisation, framework_version, staff_id, assessor_kind)
)
-- A round of assessments replaces nearly every row: half of each page is left for that,
-- and no index is touched.
WITH (fillfactor = 50);
COMMENT ON TABLE latest_assessment IS 'The latest assessment of each staff member, framework version and assessor kind. Whether it is still current is asked of it by date.';
COMMENT ON COLUMN latest_assessment.organisation IS 'ODS code.';
COMMENT ON COLUMN latest_assessment.framework_version IS 'Framework version.';
COMMENT ON COLUMN latest_assessment.staff_id IS 'Staff member.';
COMMENT ON COLUMN latest_assessment.assessor_kind IS 'Who judged.';
COMMENT ON COLUMN latest_assessment.assessed_on IS 'Day of the assessment.';
COMMENT ON COLUMN latest_assessment.levels IS 'Levels, as in assessment.';
COMMENT ON COLUMN latest_assessment.needs IS 'Needs, as in assessment.';
COMMENT ON COLUMN latest_assessment.staff_group IS 'Staff group sent with it, or -.';
COMMENT ON COLUMN latest_assessment.job_role IS 'Job role sent with it, or -.';
COMMENT ON COLUMN latest_assessment.band IS 'Band sent with it, or -.';
COMMENT ON COLUMN latest_assessment.team IS 'Team sent with it; empty when not given.';

CALL protect_organisation_rows('vacancy_rollup');
CALL protect_organisation_rows('staff_position');
CALL protect_organisation_rows('latest_assessment');
-- Derived rows are written again as a whole, so they may be deleted by who may write them.
CREATE POLICY vacancy_rollup_delete ON vacancy_rollup FOR DELETE USING (organisation = (SELECT current_setting('skills.write_organisation', true)));
CREATE POLICY staff_position_delete ON staff_position FOR DELETE USING (organisation = (SELECT current_setting('skills.write_organisation', true)));
CREATE POLICY latest_assessment_delete ON latest_assessment FOR DELETE USING (organisation = (SELECT current_setting('skills.write_organisation', true)));
GRANT SELECT, INSERT, DELETE ON vacancy_rollup, staff_position, latest_assessment TO skills_app;
GRANT UPDATE (assessed_on, levels, needs, staff_group, job_role, band, team) ON latest_assessment TO skills_app;

-- What is held already. The tables are under forced row-level security: all rows are
-- read as for aggregates, and written organisation by organisation.
-- +goose StatementBegin
DO $$
DECLARE
    held text;
BEGIN
    PERFORM set_config('skills.aggregate', 'on', true);
    FOR held IN SELECT DISTINCT organisation FROM vacancy_cell ORDER BY organisation LOOP
        PERFORM set_config('skills.write_organisation', held, true);
        INSERT INTO vacancy_rollup (organisation, month, staff_group, band, digital, cells, incomplete, budgeted, contracted, vacancy,
                                    vacancy_gross, rate_budgeted, bank, agency, cover, reported, advertised, headcount,
                                    rate_reported, rate_headcount, first_change, last_change)
        SELECT c.organisation, c.month, c.staff_group, c.band, d.digital, count(*), count(*) FILTER (WHERE NOT c.complete),
               sum(c.budgeted_fte) * 100000, sum(c.contracted_fte) * 100000, sum(c.budgeted_fte - c.contracted_fte) * 100000,
               sum(greatest(c.budgeted_fte - c.contracted_fte, 0)) FILTER (WHERE c.complete) * 100000,
               sum(c.budgeted_fte) FILTER (WHERE c.complete) * 100000, sum(c.bank_fte) * 100000, sum(c.agency_fte) * 100000,
               sum(coalesce(c.bank_fte, 0) + coalesce(c.agency_fte, 0))
                   FILTER (WHERE c.complete AND (c.bank_fte IS NOT NULL OR c.agency_fte IS NOT NULL)) * 100000,
               sum(c.reported_vacancies), sum(c.advertised_posts), sum(c.staff_headcount),
               sum(c.reported_vacancies) FILTER (WHERE c.staff_headcount IS NOT NULL),
               sum(c.staff_headcount) FILTER (WHERE c.reported_vacancies IS NOT NULL), min(c.added_by), max(c.added_by)
        FROM (
            SELECT cell.*, budgeted_fte IS NOT NULL AND contracted_fte IS NOT NULL AS complete
            FROM vacancy_cell cell
            WHERE organisation = held AND ended_by IS NULL
        ) c
        JOIN job_role r ON r.code = c.job_role
        JOIN area_of_work a ON a.code = c.area_of_work
        CROSS JOIN LATERAL (
            SELECT CASE WHEN a.digital OR r.digital THEN 'yes' WHEN a.code = '-' THEN 'not_stated' ELSE 'no' END AS digital
        ) d
        GROUP BY c.organisation, c.month, c.staff_group, c.band, d.digital;
    END LOOP;
    PERFORM set_config('skills.aggregate', '', true), set_config('skills.write_organisation', '', true);
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
DO $$
DECLARE
    held text;
BEGIN
    PERFORM set_config('skills.aggregate', 'on', true), set_config('enable_nestloop', 'off', true);
    FOR held IN SELECT DISTINCT organisation FROM staff_member ORDER BY organisation LOOP
        PERFORM set_config('skills.write_organisation', held, true);
        INSERT INTO staff_position (organisation, staff_id, from_day, to_day, staff_group, job_role, band, area_of_work, digital,
                                    team, contract_type, fte, starts, ends, ends_estimated)
        SELECT part.organisation, part.staff_id, part.from_day, part.to_day, part.staff_group, part.job_role, part.band, part.area_of_work,
               CASE WHEN area.digital OR role.digital THEN 'yes' WHEN part.area_of_work = '-' THEN 'not_stated' ELSE 'no' END,
               part.team, part.contract_type, part.fte, part.starts, part.ends, part.ends AND part.end_estimated
        FROM (
            SELECT s.organisation, s.staff_id, greatest(s.from_day, v.from_day) AS from_day, least(s.to_day, v.to_day) AS to_day,
                   v.staff_group, v.job_role, v.band, v.area_of_work, v.team, v.contract_type, v.fte,
                   s.left_on_estimated AND s.to_day <= v.to_day AS end_estimated,
                   lag(least(s.to_day, v.to_day)) OVER neighbours IS DISTINCT FROM greatest(s.from_day, v.from_day) AS starts,
                   least(s.to_day, v.to_day) < date 'infinity'
                       AND lead(greatest(s.from_day, v.from_day)) OVER neighbours IS DISTINCT FROM least(s.to_day, v.to_day) AS ends
            FROM (
                SELECT e.organisation, e.staff_id, e.started_on AS from_day, coalesce(e.left_on + 1, date 'infinity') AS to_day, e.left_on_estimated
                FROM employment_spell e
                WHERE e.organisation = held AND e.ended_by IS NULL
            ) s
            JOIN (
                SELECT h.organisation, h.staff_id, h.staff_group, h.job_role, h.band, h.area_of_work, h.team, h.contract_type, h.fte, h.in_post,
                       CASE WHEN row_number() OVER following = 1 THEN date '-infinity' ELSE h.valid_from END AS from_day,
                       coalesce(lead(h.valid_from) OVER following, date 'infinity') AS to_day
                FROM staff_version h
                WHERE h.organisation = held AND h.ended_by IS NULL
                WINDOW following AS (PARTITION BY h.organisation, h.staff_id ORDER BY h.valid_from)
            ) v ON v.organisation = s.organisation AND v.staff_id = s.staff_id AND s.from_day < v.to_day AND v.from_day < s.to_day
            WHERE v.in_post
            WINDOW neighbours AS (PARTITION BY s.organisation, s.staff_id ORDER BY greatest(s.from_day, v.from_day))
        ) part
        JOIN area_of_work area ON area.code = part.area_of_work
        JOIN job_role role ON role.code = part.job_role
        ORDER BY part.staff_id, part.from_day;
        INSERT INTO latest_assessment (organisation, framework_version, staff_id, assessor_kind, assessed_on, levels, needs,
                                       staff_group, job_role, band, team)
        SELECT DISTINCT ON (a.framework_version, a.staff_id, a.assessor_kind)
               a.organisation, a.framework_version, a.staff_id, a.assessor_kind, a.assessed_on, a.levels, a.needs,
               a.staff_group, a.job_role, a.band, a.team
        FROM assessment a
        WHERE a.organisation = held AND a.ended_by IS NULL
        ORDER BY a.framework_version, a.staff_id, a.assessor_kind, a.assessed_on DESC;
    END LOOP;
    PERFORM set_config('skills.aggregate', '', true), set_config('skills.write_organisation', '', true),
            set_config('enable_nestloop', 'on', true);
END
$$;
-- +goose StatementEnd

-- +goose Down
DROP TABLE latest_assessment;
DROP TABLE staff_position;
DROP TABLE vacancy_rollup;
