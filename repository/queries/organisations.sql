-- Organisations as they stood at @as_at: the latest version not after the day,
-- else the first one, marked estimated. Both dates of the lifespan are days open
-- (domain.OpenOn).
WITH version AS (
    SELECT DISTINCT ON (v.code) v.code, v.name, v.region, v.icb,
           v.valid_from > CAST(@as_at AS date) AS estimated
    FROM organisation_version v
    WHERE v.ended_by IS NULL
    ORDER BY v.code, v.valid_from > CAST(@as_at AS date),
             CASE WHEN v.valid_from <= CAST(@as_at AS date) THEN v.valid_from END DESC,
             v.valid_from
), listed AS (
    SELECT o.code, version.name, o.kind, o.sector, version.region, region.name AS region_name,
           version.icb, icb.name AS icb_name, life.opened_on, life.closed_on,
           (life.opened_on IS NULL OR life.opened_on <= CAST(@as_at AS date))
             AND (life.closed_on IS NULL OR CAST(@as_at AS date) <= life.closed_on) AS open,
           o.cqc_id, o.parent, o.synthetic, version.estimated
    FROM organisation o
    JOIN version ON version.code = o.code
    LEFT JOIN version region ON region.code = version.region
    LEFT JOIN version icb ON icb.code = version.icb
    LEFT JOIN organisation_lifespan life ON life.code = o.code AND life.ended_by IS NULL
    WHERE (CAST(@kinds AS text[]) IS NULL OR o.kind = ANY (CAST(@kinds AS text[])))
      AND (CAST(@regions AS text[]) IS NULL OR version.region = ANY (CAST(@regions AS text[])))
      AND (CAST(@icbs AS text[]) IS NULL OR version.icb = ANY (CAST(@icbs AS text[])))
      AND (CAST(@sectors AS text[]) IS NULL OR o.sector = ANY (CAST(@sectors AS text[])))
      AND (CAST(@codes AS text[]) IS NULL OR o.code = ANY (CAST(@codes AS text[])))
      AND (CAST(@cqc_ids AS text[]) IS NULL OR o.cqc_id = ANY (CAST(@cqc_ids AS text[])))
      AND (CAST(@parents AS text[]) IS NULL OR o.parent = ANY (CAST(@parents AS text[])))
      AND (CAST(@open_on AS date) IS NULL
           OR (life.opened_on IS NULL OR life.opened_on <= CAST(@open_on AS date))
          AND (life.closed_on IS NULL OR CAST(@open_on AS date) <= life.closed_on))
      AND (CAST(@part AS text) = '' OR strpos(lower(version.name), lower(CAST(@part AS text))) > 0
           OR strpos(o.code, upper(CAST(@part AS text))) > 0)
)
SELECT (SELECT count(*) FROM listed) AS total, listed.*
FROM listed
ORDER BY listed.code
LIMIT CAST(@limit AS bigint) OFFSET CAST(@offset AS bigint)
