-- roles
select rolname || ' ' || rolsuper || rolbypassrls || rolcanlogin || rolcreaterole || rolcreatedb
from pg_roles where rolname like 'lodestar\_%' and rolname <> 'lodestar_bootstrap'
-- policies
select tablename || ' ' || policyname || ' ' || cmd || ' ' || array_to_string(roles, ',') || ' '
       || coalesce(qual, '') || ' ' || coalesce(with_check, '') from pg_policies where schemaname = 'public'
-- row security
select relname || ' ' || relrowsecurity || relforcerowsecurity from pg_class
where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
-- rights
select relname || ' ' || relowner::regrole || ' ' || grantee::regrole || ' ' || privilege_type
from pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner)))
where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')
-- keys and checks
select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f', 'c', 'x')
-- indexes
select indexdef from pg_indexes where schemaname = 'public'
-- partitions
select inhrelid::regclass || ' of ' || inhparent::regclass || ' ' || coalesce(pg_get_expr(c.relpartbound, c.oid), '')
from pg_inherits join pg_class c on c.oid = inhrelid where c.relkind in ('r', 'p')
-- functions
select oid::regprocedure || ' ' || proowner::regrole || ' ' || prosecdef || ' ' || coalesce(proacl::text, '') from pg_proc
where pronamespace = 'public'::regnamespace
  and not exists (select from pg_depend d where d.objid = pg_proc.oid and d.deptype = 'e')
-- triggers
select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
-- sequences
select sequencename || ' ' || coalesce(last_value, 0) from pg_sequences where schemaname = 'public'
