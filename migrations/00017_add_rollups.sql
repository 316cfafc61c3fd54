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
);
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

-- +goose Down
DROP TABLE latest_assessment;
DROP TABLE staff_position;
DROP TABLE vacancy_rollup;
