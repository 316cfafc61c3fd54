-- A check-sum of the tables' policies, rights and triggers and of the functions'
-- rights: of which there are, not of their texts, which versions of PostgreSQL write
-- in different ways.
SELECT encode(sha256(convert_to(coalesce(string_agg(line, chr(10) ORDER BY line COLLATE "C"), ''), 'UTF8')), 'hex')
FROM (
    SELECT concat_ws(' ', 'table', c.relname, c.relrowsecurity, c.relforcerowsecurity) AS line
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
    UNION ALL
    SELECT concat_ws(' ', 'policy', c.relname, p.polname, p.polcmd, p.polpermissive,
                     (SELECT string_agg(coalesce(r.rolname, 'public'), ',' ORDER BY r.rolname) FROM unnest(p.polroles) AS named (role)
                      LEFT JOIN pg_roles r ON r.oid = named.role), p.polqual IS NULL, p.polwithcheck IS NULL)
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT concat_ws(' ', 'right', c.relname, r.rolname, g.privilege_type, g.is_grantable)
    FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) g LEFT JOIN pg_roles r ON r.oid = g.grantee
    WHERE c.relnamespace = 'public'::regnamespace AND g.grantee <> c.relowner
    UNION ALL
    SELECT concat_ws(' ', 'right', c.relname, a.attname, r.rolname, g.privilege_type, g.is_grantable)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid CROSS JOIN LATERAL aclexplode(a.attacl) g LEFT JOIN pg_roles r ON r.oid = g.grantee
    WHERE c.relnamespace = 'public'::regnamespace AND g.grantee <> c.relowner
    UNION ALL
    SELECT concat_ws(' ', 'function', f.proname, pg_get_function_identity_arguments(f.oid), f.prosecdef,
                     (SELECT string_agg(coalesce(r.rolname, 'public'), ',' ORDER BY r.rolname)
                      FROM aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) g LEFT JOIN pg_roles r ON r.oid = g.grantee
                      WHERE g.grantee <> f.proowner))
    FROM pg_proc f WHERE f.pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT concat_ws(' ', 'trigger', c.relname, g.tgname, g.tgenabled, g.tgtype)
    FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid WHERE c.relnamespace = 'public'::regnamespace AND NOT g.tgisinternal
    UNION ALL
    SELECT concat_ws(' ', 'constraint', c.relname, k.conname, k.contype, k.convalidated)
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE c.relnamespace = 'public'::regnamespace AND k.contype IN ('c', 'f', 'p', 'u')
) there
