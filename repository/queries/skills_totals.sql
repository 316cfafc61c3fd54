-- Digital-literacy totals for the month ends in @months. Each organisation is counted
-- by itself, so that what is joined and sorted at a time is no more than its people:
-- "answer" is the assessment that counts of each person, "person" the population with
-- it, "expected" the targets of each profile of theirs, and "counts" how many of them
-- are alike. The rest adds these up over the organisations. Three parts, put together
-- by the caller: the organisations of each place, its people, and their answers by
-- competence or domain (or neither) as "measure value:people" words: l level, g gap,
-- n gap to the own need, t target of those with a level (-1 for none). "answers" packs
-- level, need and target into one number, so that people are counted by it.
WITH RECURSIVE {{members}}, asked_day AS (
    SELECT a.month, CAST(a.month - make_interval(months => CAST(@validity AS integer)) AS date) AS current_from,
           CAST(a.month + 90 - make_interval(months => CAST(@validity AS integer)) AS date) AS due_before
    FROM asked a
), covered AS MATERIALIZED (
    SELECT m.*, d.current_from, d.due_before, held.staff,
           held.staff AND EXISTS (SELECT FROM staff_list l WHERE l.organisation = m.code AND l.as_at <= m.month AND {{live l}}) AS listed,
           held.staff AND EXISTS (SELECT FROM assessment a
               WHERE a.organisation = m.code AND a.framework_version = CAST(@framework AS smallint)
                 AND a.assessed_on BETWEEN d.current_from AND m.month AND {{live a}} AND {{unrestricted a}}) AS reporting
    FROM member m
    JOIN asked_day d ON d.month = m.month
    CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM staff_member s WHERE s.organisation = m.code) AS staff OFFSET 0) held
), holder AS (
    SELECT c.code, array_agg(c.month) AS months, array_agg(c.current_from) AS current_froms, array_agg(c.due_before) AS due_befores,
           array_agg(c.listed) AS listed, max(c.month) AS last_month
    FROM covered c
    WHERE c.staff
    GROUP BY c.code
), nation_target AS MATERIALIZED (
    {{nation_targets}}
), counts AS MATERIALIZED (
    SELECT h.code, body.*
    FROM holder h
    CROSS JOIN LATERAL (
        WITH held_day AS MATERIALIZED (
            SELECT * FROM unnest(h.months, h.current_froms, h.due_befores, h.listed) AS d (month, current_from, due_before, listed)
        ), counting AS (
            {{skills_counting}}
        ), answer AS (
            SELECT a.month, a.staff_id, a.assessed_on, a.assessor_kind, a.staff_group, a.job_role, a.band, a.team, {{answers}}
            FROM counting a
        ), post AS (
            {{skills_posts}}
        ), person AS MATERIALIZED (
            SELECT d.month, d.listed, coalesce(a.assessed_on >= d.current_from, false) AS is_current, a.assessed_on < d.due_before AS falls_due,
                   a.assessed_on, a.assessor_kind, coalesce(p.staff_group, a.staff_group) AS staff_group,
                   coalesce(p.job_role, a.job_role) AS job_role, coalesce(p.band, a.band) AS band, {{finer}}{{given_answers}}
            FROM post p
            FULL JOIN answer a ON a.month = p.month AND a.staff_id = p.staff_id
            JOIN held_day d ON d.month = coalesce(p.month, a.month)
            WHERE (p.staff_id IS NOT NULL OR NOT d.listed AND a.staff_id NOT IN (
                      SELECT e.staff_id FROM employment_spell e WHERE e.organisation = h.code AND {{live e}}))
              AND (d.listed OR a.assessed_on >= d.current_from){{people_filters}}
        ), expected AS (
            SELECT f.month, f.staff_group, f.job_role, f.band, {{targets}}
            FROM (SELECT DISTINCT p.month, p.staff_group, p.job_role, p.band FROM person p WHERE p.is_current) f
            CROSS JOIN LATERAL (VALUES (f.job_role, '-', f.band), (f.job_role, '-', '-'), ('-', f.staff_group, f.band),
                                       ('-', f.staff_group, '-'), ('-', '-', f.band), ('-', '-', '-')) fits (job_role, staff_group, band)
            JOIN (
                {{own_targets}}
                UNION ALL
                SELECT n.month, n.job_role, n.staff_group, n.band, n.ordinal, n.weight + 10000 FROM nation_target n
            ) t ON t.month = f.month AND t.job_role = fits.job_role AND t.staff_group = fits.staff_group AND t.band = fits.band
            GROUP BY f.month, f.staff_group, f.job_role, f.band
        )
        SELECT {{month}} AS month{{cohort_columns}},
               count(*) FILTER (WHERE p.listed) AS staff, count(*) FILTER (WHERE p.is_current) AS assessed,
               count(*) FILTER (WHERE p.is_current AND p.listed) AS assessed_listed,
               count(*) FILTER (WHERE p.is_current AND p.listed AND p.falls_due) AS due,
               count(*) FILTER (WHERE NOT p.is_current AND p.assessed_on IS NOT NULL) AS overdue,
               count(*) FILTER (WHERE p.assessed_on IS NULL) AS never,
               count(*) FILTER (WHERE p.is_current AND p.assessor_kind = 'self') AS by_self,
               count(*) FILTER (WHERE p.is_current AND p.assessor_kind = 'manager') AS by_manager,
               count(*) FILTER (WHERE p.is_current AND p.assessor_kind = 'assessor') AS by_assessor,
               count(*) FILTER (WHERE p.is_current AND {{reached}}) AS reached,
               count(*) FILTER (WHERE p.is_current AND {{answered_all}}) AS reached_base,
               max(p.assessed_on) FILTER (WHERE p.is_current) AS newest, min(p.assessed_on) FILTER (WHERE p.is_current) AS oldest,
               0 AS subject, 0 AS answers
        FROM person p
        GROUP BY {{cohort}}
        UNION ALL
        SELECT {{month}}{{cohort_columns}}, 0, count(*), 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, {{subject_of}}
        FROM (
            SELECT p.month{{cohort_columns}}, {{subject_columns}}
            FROM person p
            LEFT JOIN expected e ON e.month = p.month AND e.staff_group = p.staff_group AND e.job_role = p.job_role AND e.band = p.band
            WHERE p.is_current
        ) p
        GROUP BY {{cohort}}, {{subject_sets}}
    ) body
), alike AS (
    SELECT {{over}} AS over, month{{grouped}}, subject, answers, sum(people) AS people
    FROM (
        SELECT m.month{{columns}}, c.subject, c.answers, c.assessed AS people
        FROM counts c
        JOIN covered m ON m.code = c.code AND m.month = c.month
        WHERE c.subject > 0
    ) counted
    GROUP BY {{sets}}, subject, answers
), word AS (
    SELECT a.over, a.month{{words}}, a.subject, w.measure, w.value, sum(a.people) AS people
    FROM alike a
    CROSS JOIN LATERAL (
        SELECT (a.answers & 127) - 2 AS level, (a.answers >> 7 & 127) - 2 AS need, (a.answers >> 14) - 1 AS target
    ) s
    CROSS JOIN LATERAL (
        SELECT 'l' AS measure, s.level AS value
        UNION ALL SELECT 'g', CASE WHEN s.level >= 0 AND s.target >= 0 THEN greatest(s.target - s.level, 0) END
        UNION ALL SELECT 'n', CASE WHEN s.level >= 0 AND s.need >= 0 THEN greatest(s.need - s.level, 0) END
        UNION ALL SELECT 't', CASE WHEN s.level >= 0 THEN s.target END
    ) w
    WHERE w.value >= -1
    GROUP BY a.over, a.month{{words}}, a.subject, w.measure, w.value
)
SELECT 'places' AS part, {{over region, icb, organisation, sector, kind}} AS over, month, region, icb, organisation, sector, kind,
       '' AS staff_group, '' AS job_role, '' AS band, '' AS area_of_work, '' AS digital, '' AS team, '' AS assessor_kind,
       max(region_name) AS region_name, max(icb_name) AS icb_name, max(organisation_name) AS organisation_name,
       count(*) FILTER (WHERE reporting) AS reporting, count(*) FILTER (WHERE expected) AS expected,
       count(*) FILTER (WHERE estimated) AS estimated, count(*) FILTER (WHERE listed) AS listed,
       CAST(0 AS bigint) AS staff, CAST(0 AS bigint) AS assessed, CAST(0 AS bigint) AS assessed_listed, CAST(0 AS bigint) AS due,
       CAST(0 AS bigint) AS overdue, CAST(0 AS bigint) AS never, CAST(0 AS bigint) AS by_self, CAST(0 AS bigint) AS by_manager,
       CAST(0 AS bigint) AS by_assessor, CAST(0 AS bigint) AS reached, CAST(0 AS bigint) AS reached_base,
       CAST(NULL AS date) AS newest, CAST(NULL AS date) AS oldest, 0 AS subject, '' AS words
FROM covered
GROUP BY {{sets month, region, icb, organisation, sector, kind}}
UNION ALL
SELECT 'people', {{over}}, month{{every}}, '', '', '', 0, 0, 0, 0,
       CAST(sum(staff) AS bigint), CAST(sum(assessed) AS bigint), CAST(sum(assessed_listed) AS bigint), CAST(sum(due) AS bigint),
       CAST(sum(overdue) AS bigint), CAST(sum(never) AS bigint), CAST(sum(by_self) AS bigint), CAST(sum(by_manager) AS bigint),
       CAST(sum(by_assessor) AS bigint), CAST(sum(reached) AS bigint), CAST(sum(reached_base) AS bigint), max(newest), min(oldest), 0, ''
FROM (
    SELECT m.month{{columns}}, c.staff, c.assessed, c.assessed_listed, c.due, c.overdue, c.never, c.by_self, c.by_manager,
           c.by_assessor, c.reached, c.reached_base, c.newest, c.oldest
    FROM counts c
    JOIN covered m ON m.code = c.code AND m.month = c.month
    WHERE c.subject = 0
) counted
GROUP BY {{sets}}
UNION ALL
SELECT 'answers', over, month{{every}}, '', '', '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL,
       subject, string_agg(measure || value || ':' || people, ' ')
FROM word
GROUP BY over, month{{grouped}}, subject
