-- Where each organisation, or what took over from it, stands today. Who is not open
-- today is followed to its successors, and they again to theirs; who has several at the
-- end stands nowhere that anybody can name. A ring of successions ends by itself,
-- because a pair that was found before is not followed again.
version_today AS (
    SELECT v.code, v.name, v.region, v.icb, v.valid_from
    FROM version v
    WHERE v.from_day <= CAST(@today AS date) AND CAST(@today AS date) < v.to_day
), step AS (
    SELECT s.predecessor, s.successor
    FROM organisation_succession s
    JOIN lifespan life ON life.code = s.predecessor AND NOT CAST(@today AS date) BETWEEN life.opened_on AND life.closed_on
    WHERE s.effective_on <= CAST(@today AS date) AND {{live s}}
), followed (code, reached) AS (
    SELECT predecessor, successor FROM step
    UNION
    SELECT f.code, s.successor FROM followed f JOIN step s ON s.predecessor = f.reached
), destination AS (
    SELECT f.code, min(f.reached) AS reached, count(*) > 1 AS split
    FROM followed f
    WHERE NOT EXISTS (SELECT FROM step s WHERE s.predecessor = f.reached)
    GROUP BY f.code
), stand AS (
    SELECT o.code, o.kind, coalesce(o.sector, '') AS sector, o.code AS organisation, v.name AS organisation_name,
           v.region, region.name AS region_name, v.icb, icb.name AS icb_name, CAST(@today AS date) < v.valid_from AS estimated
    FROM organisation o
    JOIN version_today v ON v.code = o.code
    LEFT JOIN version_today region ON region.code = v.region
    LEFT JOIN version_today icb ON icb.code = v.icb
), settled AS MATERIALIZED (
    SELECT r.code, s.kind, s.sector, s.organisation, s.organisation_name, s.region, s.region_name, s.icb, s.icb_name, s.estimated
    FROM registered r
    LEFT JOIN destination d ON d.code = r.code
    JOIN stand s ON s.code = coalesce(d.reached, r.code)
    WHERE d.split IS NOT TRUE AND (NOT r.silent OR s.estimated)
    UNION ALL
    SELECT r.code, r.kind, r.sector, split.words, split.words, split.words, split.words, split.words, split.words, false
    FROM registered r
    JOIN destination d ON d.code = r.code AND d.split
    CROSS JOIN (SELECT CAST(@split AS text) AS words) split
    WHERE NOT r.silent
), standing AS (
    SELECT p.month, s.*
    FROM settled s
    JOIN present p ON p.code = s.code
)
