-- Removing what says that an imported row was erased, when its time is over.

create function concerns_remove_suppressed_imports(today date) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    mine text := nullif(current_setting('lodestar.tenant', true), '');
    here bigint;
begin
    delete from concerns_suppressedimport where tenant = mine and until < least(today, current_date);
    get diagnostics here = row_count;
    return here;
end $$;
revoke all on function concerns_remove_suppressed_imports(date) from public;
grant execute on function concerns_remove_suppressed_imports(date) to lodestar_app;
