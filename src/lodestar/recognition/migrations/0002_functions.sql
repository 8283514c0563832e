-- Removing what says that an imported row was erased, when its time is over.

create function recognition_let_marks_go(today date) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    mine text := nullif(current_setting('lodestar.tenant', true), '');
    here bigint;
begin
    delete from recognition_suppressedimport where tenant = mine and until < least(today, current_date);
    get diagnostics here = row_count;
    return here;
end $$;
revoke all on function recognition_let_marks_go(date) from public;
grant execute on function recognition_let_marks_go(date) to lodestar_app;
