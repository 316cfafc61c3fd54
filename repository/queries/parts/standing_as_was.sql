-- Where each organisation stood on the month end itself.
standing AS (
    SELECT p.month, p.code, p.kind, p.sector, p.code AS organisation, v.name AS organisation_name,
           v.region, region.name AS region_name, v.icb, icb.name AS icb_name, p.month < v.valid_from AS estimated
    FROM present p
    JOIN version v ON v.code = p.code AND v.from_day <= p.month AND p.month < v.to_day
    LEFT JOIN level region ON CAST(@by_region AS boolean) AND region.code = v.region AND region.from_day <= p.month AND p.month < region.to_day
    LEFT JOIN level icb ON CAST(@by_icb AS boolean) AND icb.code = v.icb AND icb.from_day <= p.month AND p.month < icb.to_day
    WHERE NOT p.silent OR p.month < v.valid_from
)
