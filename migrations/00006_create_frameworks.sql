-- Digital-literacy frameworks. A version is immutable once published.

-- +goose Up
SET LOCAL lock_timeout = '3s';

CREATE TABLE framework (
    code text NOT NULL,
    name text NOT NULL,
    CONSTRAINT framework_pkey PRIMARY KEY (code),
    CONSTRAINT framework_code_check CHECK (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);
COMMENT ON TABLE framework IS 'Digital-literacy frameworks.';
COMMENT ON COLUMN framework.code IS 'Code used in files and queries.';
COMMENT ON COLUMN framework.name IS 'Name.';

CREATE TABLE framework_version (
    id              smallint    NOT NULL,
    framework       text        NOT NULL,
    version         text        NOT NULL,
    name            text        NOT NULL,
    scoring         text        NOT NULL,
    valid_from      date        NOT NULL,
    validity_months smallint    NOT NULL,
    source          text        NOT NULL,
    licence         text        NOT NULL,
    published_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT framework_version_pkey PRIMARY KEY (id),
    CONSTRAINT framework_version_key UNIQUE (framework, version),
    CONSTRAINT framework_version_framework_fkey FOREIGN KEY (framework) REFERENCES framework (code),
    CONSTRAINT framework_version_scoring_check CHECK (scoring IN ('level_per_competence', 'task_checklist')),
    CONSTRAINT framework_version_validity_check CHECK (validity_months BETWEEN 1 AND 999)
);
COMMENT ON TABLE framework_version IS 'Published versions of frameworks.';
COMMENT ON COLUMN framework_version.id IS 'Short key that assessments carry.';
COMMENT ON COLUMN framework_version.framework IS 'Code of the framework.';
COMMENT ON COLUMN framework_version.version IS 'Version, as text.';
COMMENT ON COLUMN framework_version.name IS 'Name of the version.';
COMMENT ON COLUMN framework_version.scoring IS 'How answers are read.';
COMMENT ON COLUMN framework_version.valid_from IS 'First day an assessment against it can be dated.';
COMMENT ON COLUMN framework_version.validity_months IS 'How long an assessment counts as current, in months.';
COMMENT ON COLUMN framework_version.source IS 'Where it comes from, and what is still to be confirmed.';
COMMENT ON COLUMN framework_version.licence IS 'Licence of what is shipped.';
COMMENT ON COLUMN framework_version.published_at IS 'When it was published here.';

CREATE TABLE framework_domain (
    framework_version smallint NOT NULL,
    code              text     NOT NULL,
    name              text     NOT NULL,
    ordinal           smallint NOT NULL,
    CONSTRAINT framework_domain_pkey PRIMARY KEY (framework_version, code),
    CONSTRAINT framework_domain_ordinal_key UNIQUE (framework_version, ordinal),
    CONSTRAINT framework_domain_version_fkey FOREIGN KEY (framework_version) REFERENCES framework_version (id)
);
COMMENT ON TABLE framework_domain IS 'Domains (areas) of a framework version.';
COMMENT ON COLUMN framework_domain.framework_version IS 'Framework version.';
COMMENT ON COLUMN framework_domain.code IS 'Code of the domain.';
COMMENT ON COLUMN framework_domain.name IS 'Name.';
COMMENT ON COLUMN framework_domain.ordinal IS 'Order, from 1.';

CREATE TABLE competence (
    framework_version smallint NOT NULL,
    code              text     NOT NULL,
    name              text     NOT NULL,
    domain_code       text     NOT NULL,
    ordinal           smallint NOT NULL,
    max_level         smallint NOT NULL,
    CONSTRAINT competence_pkey PRIMARY KEY (framework_version, code),
    CONSTRAINT competence_ordinal_key UNIQUE (framework_version, ordinal),
    CONSTRAINT competence_domain_fkey FOREIGN KEY (framework_version, domain_code) REFERENCES framework_domain (framework_version, code),
    CONSTRAINT competence_max_level_check CHECK (max_level BETWEEN 1 AND 99)
);
COMMENT ON TABLE competence IS 'What is assessed. Levels are stored in the order of ordinal.';
COMMENT ON COLUMN competence.framework_version IS 'Framework version.';
COMMENT ON COLUMN competence.code IS 'Code, text.';
COMMENT ON COLUMN competence.name IS 'Name.';
COMMENT ON COLUMN competence.domain_code IS 'Domain it belongs to.';
COMMENT ON COLUMN competence.ordinal IS 'Place in the arrays of levels, from 1, without gaps.';
COMMENT ON COLUMN competence.max_level IS 'Highest level; the lowest is 0.';

CREATE TABLE framework_level (
    framework_version smallint NOT NULL,
    level             smallint NOT NULL,
    name              text     NOT NULL,
    band              text,
    CONSTRAINT framework_level_pkey PRIMARY KEY (framework_version, level),
    CONSTRAINT framework_level_version_fkey FOREIGN KEY (framework_version) REFERENCES framework_version (id),
    CONSTRAINT framework_level_level_check CHECK (level BETWEEN 0 AND 99)
);
COMMENT ON TABLE framework_level IS 'Levels of a framework version''s scale.';
COMMENT ON COLUMN framework_level.framework_version IS 'Framework version.';
COMMENT ON COLUMN framework_level.level IS 'Level, a whole number; 0 means not at level 1.';
COMMENT ON COLUMN framework_level.name IS 'Name of the level.';
COMMENT ON COLUMN framework_level.band IS 'Named band of levels, where the framework has them.';

GRANT SELECT ON framework, framework_version, framework_domain, competence, framework_level TO skills_app;

-- +goose Down
DROP TABLE framework_level;
DROP TABLE competence;
DROP TABLE framework_domain;
DROP TABLE framework_version;
DROP TABLE framework;
