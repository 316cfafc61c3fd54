-- The seven NHS England regions, the 42 integrated care boards, and the sector of
-- each trust. Trusts themselves come from the ODS trust file by an import.
--
-- Sources and licences (all Open Government Licence v3.0; contains public sector
-- information licensed under it):
--   Regions: NHS England Organisation Data Service; the date is that on which the
--     seven regions began.
--   ICBs: "Integrated Care Boards (December 2024) names and codes", Office for
--     National Statistics; they were established on 1 July 2022. The region of an ICB
--     is the one that all its trusts have in the ODS trust file of December 2025.
--   Sectors: "NHS Sickness Absence Rates", April 2024, NHS England, for codes that
--     are in the ODS trust file. "Community Provider Trust" is written Community.
--     That publication does not mark specialist acute trusts, so they are Acute here;
--     trusts that had closed before or opened after it have no row.

-- +goose Up
-- +goose StatementBegin
DO $$
DECLARE
    seed bigint;
BEGIN
    -- The change table is under forced row-level security; "-" is the registry.
    PERFORM set_config('skills.organisations', '-', true), set_config('skills.write_organisation', '-', true);
    INSERT INTO change (kind, actor) VALUES ('seed', 'skillstracker') RETURNING id INTO seed;

    WITH listed AS (
        SELECT code, kind, name, region,
            CASE kind WHEN 'region' THEN DATE '2019-04-01' ELSE DATE '2022-07-01' END AS edition_on,
            CASE kind WHEN 'icb' THEN DATE '2022-07-01' END AS opened_on
        FROM (VALUES
            ('Y56', 'region', 'London', NULL),
            ('Y58', 'region', 'South West', NULL),
            ('Y59', 'region', 'South East', NULL),
            ('Y60', 'region', 'Midlands', NULL),
            ('Y61', 'region', 'East of England', NULL),
            ('Y62', 'region', 'North West', NULL),
            ('Y63', 'region', 'North East and Yorkshire', NULL),
            ('QE1', 'icb', 'NHS Lancashire and South Cumbria Integrated Care Board', 'Y62'),
            ('QF7', 'icb', 'NHS South Yorkshire Integrated Care Board', 'Y63'),
            ('QGH', 'icb', 'NHS Herefordshire and Worcestershire Integrated Care Board', 'Y60'),
            ('QH8', 'icb', 'NHS Mid and South Essex Integrated Care Board', 'Y61'),
            ('QHG', 'icb', 'NHS Bedfordshire, Luton and Milton Keynes Integrated Care Board', 'Y61'),
            ('QHL', 'icb', 'NHS Birmingham and Solihull Integrated Care Board', 'Y60'),
            ('QHM', 'icb', 'NHS North East and North Cumbria Integrated Care Board', 'Y63'),
            ('QJ2', 'icb', 'NHS Derby and Derbyshire Integrated Care Board', 'Y60'),
            ('QJG', 'icb', 'NHS Suffolk and North East Essex Integrated Care Board', 'Y61'),
            ('QJK', 'icb', 'NHS Devon Integrated Care Board', 'Y58'),
            ('QJM', 'icb', 'NHS Lincolnshire Integrated Care Board', 'Y60'),
            ('QK1', 'icb', 'NHS Leicester, Leicestershire and Rutland Integrated Care Board', 'Y60'),
            ('QKK', 'icb', 'NHS South East London Integrated Care Board', 'Y56'),
            ('QKS', 'icb', 'NHS Kent and Medway Integrated Care Board', 'Y59'),
            ('QM7', 'icb', 'NHS Hertfordshire and West Essex Integrated Care Board', 'Y61'),
            ('QMF', 'icb', 'NHS North East London Integrated Care Board', 'Y56'),
            ('QMJ', 'icb', 'NHS North Central London Integrated Care Board', 'Y56'),
            ('QMM', 'icb', 'NHS Norfolk and Waveney Integrated Care Board', 'Y61'),
            ('QNC', 'icb', 'NHS Staffordshire and Stoke-on-Trent Integrated Care Board', 'Y60'),
            ('QNQ', 'icb', 'NHS Frimley Integrated Care Board', 'Y59'),
            ('QNX', 'icb', 'NHS Sussex Integrated Care Board', 'Y59'),
            ('QOC', 'icb', 'NHS Shropshire, Telford and Wrekin Integrated Care Board', 'Y60'),
            ('QOP', 'icb', 'NHS Greater Manchester Integrated Care Board', 'Y62'),
            ('QOQ', 'icb', 'NHS Humber and North Yorkshire Integrated Care Board', 'Y63'),
            ('QOX', 'icb', 'NHS Bath and North East Somerset, Swindon and Wiltshire Integrated Care Board', 'Y58'),
            ('QPM', 'icb', 'NHS Northamptonshire Integrated Care Board', 'Y60'),
            ('QR1', 'icb', 'NHS Gloucestershire Integrated Care Board', 'Y58'),
            ('QRL', 'icb', 'NHS Hampshire and Isle of Wight Integrated Care Board', 'Y59'),
            ('QRV', 'icb', 'NHS North West London Integrated Care Board', 'Y56'),
            ('QSL', 'icb', 'NHS Somerset Integrated Care Board', 'Y58'),
            ('QT1', 'icb', 'NHS Nottingham and Nottinghamshire Integrated Care Board', 'Y60'),
            ('QT6', 'icb', 'NHS Cornwall and the Isles of Scilly Integrated Care Board', 'Y58'),
            ('QU9', 'icb', 'NHS Buckinghamshire, Oxfordshire and Berkshire West Integrated Care Board', 'Y59'),
            ('QUA', 'icb', 'NHS Black Country Integrated Care Board', 'Y60'),
            ('QUE', 'icb', 'NHS Cambridgeshire and Peterborough Integrated Care Board', 'Y61'),
            ('QUY', 'icb', 'NHS Bristol, North Somerset and South Gloucestershire Integrated Care Board', 'Y58'),
            ('QVV', 'icb', 'NHS Dorset Integrated Care Board', 'Y58'),
            ('QWE', 'icb', 'NHS South West London Integrated Care Board', 'Y56'),
            ('QWO', 'icb', 'NHS West Yorkshire Integrated Care Board', 'Y63'),
            ('QWU', 'icb', 'NHS Coventry and Warwickshire Integrated Care Board', 'Y60'),
            ('QXU', 'icb', 'NHS Surrey Heartlands Integrated Care Board', 'Y59'),
            ('QYG', 'icb', 'NHS Cheshire and Merseyside Integrated Care Board', 'Y62')
        ) AS body (code, kind, name, region)
    ), new_organisation AS (
        INSERT INTO organisation (code, kind, synthetic, added_by)
        SELECT code, kind, false, seed FROM listed
    ), new_entry AS (
        INSERT INTO organisation_entry (edition_on, code, name, kind, region, opened_on, synthetic, added_by)
        SELECT edition_on, code, name, kind, region, opened_on, false, seed FROM listed
    ), new_version AS (
        INSERT INTO organisation_version (code, valid_from, name, region, added_by)
        SELECT code, edition_on, name, region, seed FROM listed
    )
    INSERT INTO organisation_lifespan (code, opened_on, added_by)
    SELECT code, opened_on, seed FROM listed;

    PERFORM finish_change(seed);
END
$$;
-- +goose StatementEnd

INSERT INTO sector_of_organisation (code, sector) VALUES
    ('R0A', 'Acute'), ('R0B', 'Acute'), ('R0D', 'Acute'), ('R1A', 'Community'), ('R1C', 'Community'),
    ('R1D', 'Community'), ('R1F', 'Acute'), ('R1H', 'Acute'), ('R1K', 'Acute'), ('R1L', 'Mental Health'),
    ('RA2', 'Acute'), ('RA7', 'Acute'), ('RA9', 'Acute'), ('RAE', 'Acute'), ('RAJ', 'Acute'),
    ('RAL', 'Acute'), ('RAN', 'Acute'), ('RAP', 'Acute'), ('RAS', 'Acute'), ('RAT', 'Mental Health'),
    ('RAX', 'Acute'), ('RBD', 'Acute'), ('RBK', 'Acute'), ('RBL', 'Acute'), ('RBN', 'Acute'),
    ('RBQ', 'Acute'), ('RBS', 'Acute'), ('RBT', 'Acute'), ('RBV', 'Acute'), ('RC9', 'Acute'),
    ('RCB', 'Acute'), ('RCD', 'Acute'), ('RCF', 'Acute'), ('RCU', 'Acute'), ('RCX', 'Acute'),
    ('RD1', 'Acute'), ('RD8', 'Acute'), ('RDE', 'Acute'), ('RDR', 'Community'), ('RDU', 'Acute'),
    ('RDY', 'Mental Health'), ('REF', 'Acute'), ('REM', 'Acute'), ('REN', 'Acute'), ('REP', 'Acute'),
    ('RET', 'Acute'), ('RF4', 'Acute'), ('RFF', 'Acute'), ('RFR', 'Acute'), ('RFS', 'Acute'),
    ('RGD', 'Mental Health'), ('RGM', 'Acute'), ('RGN', 'Acute'), ('RGP', 'Acute'), ('RGR', 'Acute'),
    ('RGT', 'Acute'), ('RH5', 'Acute'), ('RH8', 'Acute'), ('RHA', 'Mental Health'), ('RHM', 'Acute'),
    ('RHQ', 'Acute'), ('RHU', 'Acute'), ('RHW', 'Acute'), ('RJ1', 'Acute'), ('RJ2', 'Acute'),
    ('RJ6', 'Acute'), ('RJ7', 'Acute'), ('RJ8', 'Mental Health'), ('RJC', 'Acute'), ('RJE', 'Acute'),
    ('RJL', 'Acute'), ('RJN', 'Acute'), ('RJR', 'Acute'), ('RJZ', 'Acute'), ('RK5', 'Acute'),
    ('RK9', 'Acute'), ('RKB', 'Acute'), ('RKE', 'Acute'), ('RKL', 'Mental Health'), ('RL1', 'Acute'),
    ('RL4', 'Acute'), ('RLQ', 'Acute'), ('RLT', 'Acute'), ('RLY', 'Mental Health'), ('RM1', 'Acute'),
    ('RM3', 'Acute'), ('RMC', 'Acute'), ('RMP', 'Acute'), ('RMY', 'Mental Health'), ('RN3', 'Acute'),
    ('RN5', 'Acute'), ('RN7', 'Acute'), ('RNA', 'Acute'), ('RNK', 'Mental Health'), ('RNN', 'Acute'),
    ('RNQ', 'Acute'), ('RNS', 'Acute'), ('RNU', 'Mental Health'), ('RNZ', 'Acute'), ('RP1', 'Mental Health'),
    ('RP4', 'Acute'), ('RP5', 'Acute'), ('RP6', 'Acute'), ('RP7', 'Mental Health'), ('RPA', 'Acute'),
    ('RPC', 'Acute'), ('RPG', 'Mental Health'), ('RPY', 'Acute'), ('RQ3', 'Acute'), ('RQM', 'Acute'),
    ('RQW', 'Acute'), ('RQX', 'Acute'), ('RQY', 'Mental Health'), ('RR7', 'Acute'), ('RR8', 'Acute'),
    ('RRE', 'Mental Health'), ('RRF', 'Acute'), ('RRJ', 'Acute'), ('RRK', 'Acute'), ('RRP', 'Mental Health'),
    ('RRU', 'Ambulance'), ('RRV', 'Acute'), ('RT1', 'Mental Health'), ('RT2', 'Mental Health'), ('RT5', 'Mental Health'),
    ('RTD', 'Acute'), ('RTE', 'Acute'), ('RTF', 'Acute'), ('RTG', 'Acute'), ('RTH', 'Acute'),
    ('RTK', 'Acute'), ('RTP', 'Acute'), ('RTQ', 'Mental Health'), ('RTR', 'Acute'), ('RTX', 'Acute'),
    ('RV3', 'Mental Health'), ('RV5', 'Mental Health'), ('RV9', 'Mental Health'), ('RVJ', 'Acute'), ('RVN', 'Mental Health'),
    ('RVR', 'Acute'), ('RVV', 'Acute'), ('RVW', 'Acute'), ('RW1', 'Mental Health'), ('RW4', 'Mental Health'),
    ('RW5', 'Mental Health'), ('RWA', 'Acute'), ('RWD', 'Acute'), ('RWE', 'Acute'), ('RWF', 'Acute'),
    ('RWG', 'Acute'), ('RWH', 'Acute'), ('RWJ', 'Acute'), ('RWK', 'Mental Health'), ('RWP', 'Acute'),
    ('RWR', 'Mental Health'), ('RWV', 'Mental Health'), ('RWW', 'Acute'), ('RWX', 'Mental Health'), ('RWY', 'Acute'),
    ('RX1', 'Acute'), ('RX2', 'Mental Health'), ('RX3', 'Mental Health'), ('RX4', 'Mental Health'), ('RX6', 'Ambulance'),
    ('RX7', 'Ambulance'), ('RX8', 'Ambulance'), ('RX9', 'Ambulance'), ('RXA', 'Mental Health'), ('RXC', 'Acute'),
    ('RXE', 'Mental Health'), ('RXF', 'Acute'), ('RXG', 'Mental Health'), ('RXK', 'Acute'), ('RXL', 'Acute'),
    ('RXM', 'Mental Health'), ('RXN', 'Acute'), ('RXP', 'Acute'), ('RXQ', 'Acute'), ('RXR', 'Acute'),
    ('RXT', 'Mental Health'), ('RXV', 'Mental Health'), ('RXW', 'Acute'), ('RXX', 'Mental Health'), ('RXY', 'Mental Health'),
    ('RY2', 'Community'), ('RY3', 'Community'), ('RY4', 'Community'), ('RY5', 'Community'), ('RY6', 'Community'),
    ('RY7', 'Community'), ('RY8', 'Community'), ('RY9', 'Community'), ('RYA', 'Ambulance'), ('RYC', 'Ambulance'),
    ('RYD', 'Ambulance'), ('RYE', 'Ambulance'), ('RYF', 'Ambulance'), ('RYG', 'Mental Health'), ('RYJ', 'Acute'),
    ('RYK', 'Community'), ('RYR', 'Acute'), ('RYV', 'Community'), ('RYW', 'Community'), ('RYX', 'Community'),
    ('RYY', 'Community');

-- +goose Down
-- The change itself stays: a number that was given is never taken back.
DELETE FROM sector_of_organisation;
-- +goose StatementBegin
DO $$
DECLARE
    seeded text[] := ARRAY(
        SELECT code FROM organisation
        WHERE added_by = (SELECT added_by FROM organisation WHERE code = 'Y56')
    );
BEGIN
    DELETE FROM organisation_lifespan WHERE code = ANY (seeded);
    DELETE FROM organisation_version WHERE code = ANY (seeded);
    DELETE FROM organisation_entry WHERE code = ANY (seeded);
    DELETE FROM organisation WHERE code = ANY (seeded);
END
$$;
-- +goose StatementEnd
