-- The organisations that count for each month end in @months: one row of the CTE member
-- for each month and organisation that is open on it and passes the filters about
-- places. Kinds region, icb and nation are levels, not members. Region, ICB, names,
-- sector and kind are those of the basis asked for ("standing"); each is empty when the
-- rows are not grouped by it. The organisations that report about themselves and their
-- facts are found by code. Most organisations of the registry are silent: they never wrote
-- anything and nothing is expected of them. They are left out, but where their
-- membership is estimated: nothing else of them would be counted. "estimated" says that
-- the membership is that of an edition later than its day, "expected" that a return of
-- @return_kind is due for the month.
asked AS (
    SELECT month FROM unnest(CAST(@months AS date[])) AS given (month)
), version AS (
    SELECT v.code, v.name, v.region, v.icb, v.valid_from,
           CASE WHEN row_number() OVER w = 1 THEN date '-infinity' ELSE v.valid_from END AS from_day,
           coalesce(lead(v.valid_from) OVER w, date 'infinity') AS to_day
    FROM organisation_version v
    WHERE {{live v}}
    WINDOW w AS (PARTITION BY v.code ORDER BY v.valid_from)
), level AS (
    SELECT v.code, v.name, v.from_day, v.to_day
    FROM version v
    WHERE v.code IN (SELECT region FROM version UNION SELECT icb FROM version)
), lifespan AS (
    SELECT l.code, coalesce(l.opened_on, date '-infinity') AS opened_on, coalesce(l.closed_on, date 'infinity') AS closed_on
    FROM organisation_lifespan l
    WHERE {{live l}}
), registered AS MATERIALIZED (
    SELECT o.code, o.kind, o.sector, o.silent
    FROM (
        SELECT code, kind, coalesce(sector, '') AS sector,
               NOT EXISTS (SELECT FROM change made WHERE made.organisation = organisation.code)
               AND NOT EXISTS (SELECT FROM reporting_start due WHERE due.organisation = organisation.code) AS silent
        FROM organisation
        WHERE kind NOT IN ('region', 'icb', 'nation')
          AND (CAST(@as_now AS boolean) OR CAST(@organisations AS text[]) IS NULL OR code = ANY (CAST(@organisations AS text[])))
    ) o
    JOIN version earliest ON earliest.code = o.code AND earliest.from_day = date '-infinity'
    WHERE NOT o.silent OR CAST(@as_now AS boolean) OR earliest.valid_from > (SELECT min(month) FROM asked)
), present AS (
    SELECT asked.month, o.code, o.kind, o.sector, o.silent
    FROM registered o
    LEFT JOIN lifespan life ON life.code = o.code
    JOIN asked ON life.code IS NULL OR asked.month BETWEEN life.opened_on AND life.closed_on
), {{standing}}, member AS (
    SELECT s.month, s.code,
           CASE WHEN CAST(@by_region AS boolean) THEN coalesce(s.region, '') ELSE '' END AS region,
           CASE WHEN CAST(@by_icb AS boolean) THEN coalesce(s.icb, '') ELSE '' END AS icb,
           CASE WHEN CAST(@by_organisation AS boolean) THEN s.organisation ELSE '' END AS organisation,
           CASE WHEN CAST(@by_sector AS boolean) THEN s.sector ELSE '' END AS sector,
           CASE WHEN CAST(@by_kind AS boolean) THEN s.kind ELSE '' END AS kind,
           CASE WHEN CAST(@by_region AS boolean) THEN coalesce(s.region_name, '') ELSE '' END AS region_name,
           CASE WHEN CAST(@by_icb AS boolean) THEN coalesce(s.icb_name, '') ELSE '' END AS icb_name,
           CASE WHEN CAST(@by_organisation AS boolean) THEN s.organisation_name ELSE '' END AS organisation_name,
           s.estimated, coalesce(start.reports_from <= s.month, false) AS expected
    FROM standing s
    LEFT JOIN reporting_start start ON start.organisation = s.code AND start.kind = CAST(@return_kind AS text) AND {{live start}}
    WHERE (CAST(@regions AS text[]) IS NULL OR s.region = ANY (CAST(@regions AS text[])))
      AND (CAST(@icbs AS text[]) IS NULL OR s.icb = ANY (CAST(@icbs AS text[])))
      AND (CAST(@organisations AS text[]) IS NULL OR s.organisation = ANY (CAST(@organisations AS text[])))
      AND (CAST(@sectors AS text[]) IS NULL OR s.sector = ANY (CAST(@sectors AS text[])))
      AND (CAST(@kinds AS text[]) IS NULL OR s.kind = ANY (CAST(@kinds AS text[])))
)
