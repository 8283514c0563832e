-- role
select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication
from pg_roles where rolname = session_user
-- greater
select string_agg(rolname, ', ' order by rolname) from pg_roles
where rolname <> session_user and pg_has_role(session_user, oid, 'member')
    and rolname <> 'lodestar_aggregate'
-- owned
select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relowner = (select oid from pg_roles where rolname = session_user)
-- open
select string_agg(c.relname, ', ' order by c.relname)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
  and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant' and not a.attisdropped)
  and not (c.relrowsecurity and c.relforcerowsecurity)
-- who_signs_in
/* Whole tables of these are the owner's alone to write (docs/adr/0028): a right given back by hand is found here. */
select string_agg(c.relname, ', ' order by c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and c.relname in ('accounts_accreditation', 'accounts_membership', 'accounts_unit', 'accounts_user',
        'mfa_authenticator', 'tenancy_tenant')
    and has_table_privilege(c.oid, 'insert, update, delete, truncate')
