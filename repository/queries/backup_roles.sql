-- The roles that policies, tables, columns, functions and the schema name besides the
-- owner of the database.
SELECT DISTINCT r.rolname
FROM (
    SELECT unnest(p.polroles) AS role FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = 'public'::regnamespace
    UNION ALL SELECT g.grantee FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) g WHERE c.relnamespace = 'public'::regnamespace
    UNION ALL SELECT g.grantee FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid CROSS JOIN LATERAL aclexplode(a.attacl) g
        WHERE c.relnamespace = 'public'::regnamespace
    UNION ALL SELECT g.grantee FROM pg_proc f CROSS JOIN LATERAL aclexplode(f.proacl) g WHERE f.pronamespace = 'public'::regnamespace
    UNION ALL SELECT g.grantee FROM pg_namespace n CROSS JOIN LATERAL aclexplode(n.nspacl) g WHERE n.oid = 'public'::regnamespace
) named
JOIN pg_roles r ON r.oid = named.role
WHERE r.rolname NOT LIKE 'pg\_%'
ORDER BY 1
