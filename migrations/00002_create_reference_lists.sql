-- Reference lists that every organisation shares. They hold no organisation's
-- rows, so row-level security does not apply to them; the application may only
-- read them.

-- +goose Up
SET LOCAL lock_timeout = '3s';

CREATE TABLE staff_group (
    code       text NOT NULL,
    name       text NOT NULL,
    short_name text NOT NULL,
    CONSTRAINT staff_group_pkey PRIMARY KEY (code),
    CONSTRAINT staff_group_name_key UNIQUE (name),
    CONSTRAINT staff_group_code_check CHECK (code ~ '^(0[1-9]|10)$')
);
COMMENT ON TABLE staff_group IS 'The ten ESR staff groups (National Workforce Data Set).';
COMMENT ON COLUMN staff_group.code IS 'Two digits, 01 to 10.';
COMMENT ON COLUMN staff_group.name IS 'Name of the standard.';
COMMENT ON COLUMN staff_group.short_name IS 'Name as ESR screens abbreviate it.';

CREATE TABLE band (
    code    text     NOT NULL,
    name    text     NOT NULL,
    ordinal smallint NOT NULL,
    CONSTRAINT band_pkey PRIMARY KEY (code),
    CONSTRAINT band_name_key UNIQUE (name),
    CONSTRAINT band_ordinal_key UNIQUE (ordinal)
);
COMMENT ON TABLE band IS 'Agenda for Change bands and the three pay groups outside it; - means not given.';
COMMENT ON COLUMN band.code IS '1 to 7, 8a to 8d, 9, VSM, MD, OTHER, or -.';
COMMENT ON COLUMN band.name IS 'Name as managers read it.';
COMMENT ON COLUMN band.ordinal IS 'Order of display.';

CREATE TABLE job_role (
    code        text    NOT NULL,
    name        text    NOT NULL,
    staff_group text,
    retired     text,
    digital     boolean NOT NULL,
    CONSTRAINT job_role_pkey PRIMARY KEY (code),
    CONSTRAINT job_role_staff_group_fkey FOREIGN KEY (staff_group) REFERENCES staff_group (code),
    CONSTRAINT job_role_code_check CHECK (code = '-' OR code ~ '^[0-9]{5}$' OR code ~ '^ASC[0-9]{2}$'),
    CONSTRAINT job_role_group_of_code_check CHECK (code !~ '^[0-9]{5}$' OR staff_group = left(code, 2))
);
COMMENT ON TABLE job_role IS 'Job roles of the National Workforce Data Set, and the six social care digital roles; - means not given.';
COMMENT ON COLUMN job_role.code IS 'Five digits, or ASC and the ASC-WDS role number.';
COMMENT ON COLUMN job_role.name IS 'Name of the standard.';
COMMENT ON COLUMN job_role.staff_group IS 'Staff group of the role; null for social care roles and for -.';
COMMENT ON COLUMN job_role.retired IS 'The standard''s note when the role is retired or closed to new entrants.';
COMMENT ON COLUMN job_role.digital IS 'Whether a post in this role is a digital post whatever its area of work.';

CREATE TABLE area_of_work (
    code           text    NOT NULL,
    primary_name   text    NOT NULL,
    secondary_name text    NOT NULL,
    tertiary_name  text    NOT NULL,
    retired        text,
    digital        boolean NOT NULL,
    CONSTRAINT area_of_work_pkey PRIMARY KEY (code),
    CONSTRAINT area_of_work_path_key UNIQUE (primary_name, secondary_name, tertiary_name),
    CONSTRAINT area_of_work_code_check CHECK (code = '-' OR code ~ '^A[0-9]{3}$')
);
COMMENT ON TABLE area_of_work IS 'Areas of work of the National Workforce Data Set; - means not given.';
COMMENT ON COLUMN area_of_work.code IS 'Our own code (the standard gives names only); never changes.';
COMMENT ON COLUMN area_of_work.primary_name IS 'Primary area.';
COMMENT ON COLUMN area_of_work.secondary_name IS 'Secondary area.';
COMMENT ON COLUMN area_of_work.tertiary_name IS 'Tertiary area.';
COMMENT ON COLUMN area_of_work.retired IS 'The standard''s note when the area is retired.';
COMMENT ON COLUMN area_of_work.digital IS 'Whether a post in this area is a digital post.';

CREATE TABLE contract_type (
    code    text    NOT NULL,
    name    text    NOT NULL,
    in_post boolean NOT NULL,
    CONSTRAINT contract_type_pkey PRIMARY KEY (code),
    CONSTRAINT contract_type_name_key UNIQUE (name),
    CONSTRAINT contract_type_code_check CHECK (code = '-' OR code ~ '^0[1-9]$')
);
COMMENT ON TABLE contract_type IS 'Contract types of the National Workforce Data Set; - means not given, which is taken as substantive.';
COMMENT ON COLUMN contract_type.code IS 'Two digits.';
COMMENT ON COLUMN contract_type.name IS 'Name of the standard.';
COMMENT ON COLUMN contract_type.in_post IS 'Whether people on it count as staff in post.';

GRANT SELECT ON staff_group, band, job_role, area_of_work, contract_type TO skills_app;

-- +goose Down
DROP TABLE contract_type;
DROP TABLE area_of_work;
DROP TABLE job_role;
DROP TABLE band;
DROP TABLE staff_group;
