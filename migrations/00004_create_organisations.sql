-- The registry of organisations. It is public reference data and holds no
-- organisation's own rows, so row-level security does not apply to it.
-- organisation_entry keeps what each edition said; organisation_version and
-- organisation_lifespan are derived from the entries at every import.

-- +goose Up
SET LOCAL lock_timeout = '3s';

CREATE TABLE organisation (
    code      text    NOT NULL,
    kind      text    NOT NULL,
    sector    text,
    synthetic boolean NOT NULL DEFAULT false,
    added_by  bigint  NOT NULL,
    CONSTRAINT organisation_pkey PRIMARY KEY (code),
    CONSTRAINT organisation_added_by_fkey FOREIGN KEY (added_by) REFERENCES change (id),
    CONSTRAINT organisation_code_check CHECK (code ~ '^[0-9A-Z]{3,9}$'),
    CONSTRAINT organisation_kind_check CHECK (kind IN ('nhs_trust', 'icb', 'region', 'social_care_provider', 'other'))
);
COMMENT ON TABLE organisation IS 'Everything with an ODS code.';
COMMENT ON COLUMN organisation.code IS 'ODS code.';
COMMENT ON COLUMN organisation.kind IS 'What it is.';
COMMENT ON COLUMN organisation.sector IS 'Acute, Ambulance, Community, Mental Health, Adult social care and so on; null when not known.';
COMMENT ON COLUMN organisation.synthetic IS 'Made up for demonstration.';
COMMENT ON COLUMN organisation.added_by IS 'Change that added the row.';

CREATE TABLE organisation_entry (
    edition_on date    NOT NULL,
    code       text    NOT NULL,
    name       text    NOT NULL,
    kind       text    NOT NULL,
    sector     text,
    region     text,
    icb        text,
    opened_on  date,
    closed_on  date,
    synthetic  boolean NOT NULL DEFAULT false,
    added_by   bigint  NOT NULL,
    ended_by   bigint,
    CONSTRAINT organisation_entry_pkey PRIMARY KEY (code, edition_on, added_by),
    CONSTRAINT organisation_entry_code_fkey FOREIGN KEY (code) REFERENCES organisation (code),
    CONSTRAINT organisation_entry_added_by_fkey FOREIGN KEY (added_by) REFERENCES change (id),
    CONSTRAINT organisation_entry_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES change (id),
    CONSTRAINT organisation_entry_kind_check CHECK (kind IN ('nhs_trust', 'icb', 'region', 'social_care_provider', 'other')),
    CONSTRAINT organisation_entry_name_check CHECK (length(name) BETWEEN 1 AND 200)
);
CREATE UNIQUE INDEX organisation_entry_key ON organisation_entry (code, edition_on) WHERE ended_by IS NULL;
COMMENT ON TABLE organisation_entry IS 'What an edition of a reference file says of an organisation.';
COMMENT ON COLUMN organisation_entry.edition_on IS 'The day whose state the edition shows.';
COMMENT ON COLUMN organisation_entry.code IS 'ODS code.';
COMMENT ON COLUMN organisation_entry.name IS 'Name in this edition.';
COMMENT ON COLUMN organisation_entry.kind IS 'What it is.';
COMMENT ON COLUMN organisation_entry.sector IS 'Sector, when the file says.';
COMMENT ON COLUMN organisation_entry.region IS 'ODS code of the region; null when it has none.';
COMMENT ON COLUMN organisation_entry.icb IS 'ODS code of the ICB; null when it has none.';
COMMENT ON COLUMN organisation_entry.opened_on IS 'First day open.';
COMMENT ON COLUMN organisation_entry.closed_on IS 'Closing date; may lie in the future.';
COMMENT ON COLUMN organisation_entry.synthetic IS 'Made up for demonstration.';
COMMENT ON COLUMN organisation_entry.added_by IS 'Change that added the row.';
COMMENT ON COLUMN organisation_entry.ended_by IS 'Change that ended the row.';

CREATE TABLE organisation_version (
    code       text   NOT NULL,
    valid_from date   NOT NULL,
    name       text   NOT NULL,
    region     text,
    icb        text,
    added_by   bigint NOT NULL,
    ended_by   bigint,
    CONSTRAINT organisation_version_pkey PRIMARY KEY (code, valid_from, added_by),
    CONSTRAINT organisation_version_code_fkey FOREIGN KEY (code) REFERENCES organisation (code),
    CONSTRAINT organisation_version_added_by_fkey FOREIGN KEY (added_by) REFERENCES change (id),
    CONSTRAINT organisation_version_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES change (id)
);
CREATE UNIQUE INDEX organisation_version_key ON organisation_version (code, valid_from) WHERE ended_by IS NULL;
COMMENT ON TABLE organisation_version IS 'Name and membership of an organisation from a day until its next version.';
COMMENT ON COLUMN organisation_version.code IS 'ODS code.';
COMMENT ON COLUMN organisation_version.valid_from IS 'Date of the edition that first says so.';
COMMENT ON COLUMN organisation_version.name IS 'Name.';
COMMENT ON COLUMN organisation_version.region IS 'ODS code of the region.';
COMMENT ON COLUMN organisation_version.icb IS 'ODS code of the ICB.';
COMMENT ON COLUMN organisation_version.added_by IS 'Change that added the row.';
COMMENT ON COLUMN organisation_version.ended_by IS 'Change that ended the row.';

CREATE TABLE organisation_lifespan (
    code      text   NOT NULL,
    opened_on date,
    closed_on date,
    added_by  bigint NOT NULL,
    ended_by  bigint,
    CONSTRAINT organisation_lifespan_pkey PRIMARY KEY (code, added_by),
    CONSTRAINT organisation_lifespan_code_fkey FOREIGN KEY (code) REFERENCES organisation (code),
    CONSTRAINT organisation_lifespan_added_by_fkey FOREIGN KEY (added_by) REFERENCES change (id),
    CONSTRAINT organisation_lifespan_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES change (id),
    CONSTRAINT organisation_lifespan_order_check CHECK (closed_on >= opened_on)
);
CREATE UNIQUE INDEX organisation_lifespan_key ON organisation_lifespan (code) WHERE ended_by IS NULL;
COMMENT ON TABLE organisation_lifespan IS 'When an organisation opened and closes, as the newest edition says.';
COMMENT ON COLUMN organisation_lifespan.code IS 'ODS code.';
COMMENT ON COLUMN organisation_lifespan.opened_on IS 'First day open; null when not known.';
COMMENT ON COLUMN organisation_lifespan.closed_on IS 'Closing date; null when none is known.';
COMMENT ON COLUMN organisation_lifespan.added_by IS 'Change that added the row.';
COMMENT ON COLUMN organisation_lifespan.ended_by IS 'Change that ended the row.';

CREATE TABLE sector_of_organisation (
    code   text NOT NULL,
    sector text NOT NULL,
    CONSTRAINT sector_of_organisation_pkey PRIMARY KEY (code)
);
COMMENT ON TABLE sector_of_organisation IS 'Sector of each trust, for reference files that do not say.';
COMMENT ON COLUMN sector_of_organisation.code IS 'ODS code.';
COMMENT ON COLUMN sector_of_organisation.sector IS 'Sector.';

CREATE TRIGGER organisation_entry_end_is_final BEFORE UPDATE ON organisation_entry
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();
CREATE TRIGGER organisation_version_end_is_final BEFORE UPDATE ON organisation_version
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();
CREATE TRIGGER organisation_lifespan_end_is_final BEFORE UPDATE ON organisation_lifespan
    FOR EACH ROW WHEN (OLD.ended_by IS NOT NULL) EXECUTE FUNCTION refuse_row_change();

GRANT SELECT, INSERT ON organisation, organisation_entry, organisation_version, organisation_lifespan TO skills_app;
GRANT UPDATE (kind, sector, synthetic) ON organisation TO skills_app;
GRANT UPDATE (ended_by) ON organisation_entry, organisation_version, organisation_lifespan TO skills_app;
GRANT SELECT ON sector_of_organisation TO skills_app;

-- +goose Down
DROP TABLE sector_of_organisation;
DROP TABLE organisation_lifespan;
DROP TABLE organisation_version;
DROP TABLE organisation_entry;
DROP TABLE organisation;
