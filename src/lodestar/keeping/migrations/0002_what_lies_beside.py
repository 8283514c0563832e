"""Letting go earlier records and likenesses whose time is over: what the application may only add to, with the database's own
conditions, so that a fault in a page lets nothing go that is young, needed or held."""

from django.db import migrations

from lodestar.tenancy.roles import APP

HELD = "(select h.case_id from keeping_hold h where h.tenant = mine and h.lifted_at is null)"
# The least that a force can set (`cases/reference/settings.toml`).
EARLIER = """
create function keeping_let_earlier_go(which uuid[]) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    mine text := nullif(current_setting('lodestar.tenant', true), '');
    found uuid[];
begin
    select array_agg(e.id) into found from recognition_earlierperson e
        where e.tenant = mine and e.id = any(which) and e.recorded_at < now() - interval '3 months'
          and not exists (select from recognition_prompt q
                          where q.tenant = mine and q.earlier_person_id = e.id and q.state <> 'no')
          and not exists (select from recognition_metbefore m where m.tenant = mine and m.earlier_person_id = e.id);
    if found is null then
        return 0;
    end if;
    perform keeping_erase('recognition_earlierperson', found, mine);
    return cardinality(found);
end $$;
"""
LIKENESS = f"""
create function keeping_let_likenesses_go(which uuid[]) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    mine text := nullif(current_setting('lodestar.tenant', true), '');
    found uuid[];
begin
    select array_agg(m.id) into found from cases_match m
        where m.tenant = mine and m.id = any(which) and m.found_at < now() - interval '3 months'
          and not exists (select from cases_identitylink l where l.tenant = mine and l.match_id = m.id)
          and not exists (select from cases_person p where p.tenant = mine and p.id in (m.person_id, m.other_id)
                          and p.case_id in {HELD});
    if found is null then
        return 0;
    end if;
    perform keeping_erase('cases_match', found, mine);
    return cardinality(found);
end $$;
"""
RIGHTS = f"""
revoke all on function keeping_let_earlier_go(uuid[]) from public;
revoke all on function keeping_let_likenesses_go(uuid[]) from public;
grant execute on function keeping_let_earlier_go(uuid[]) to {APP};
grant execute on function keeping_let_likenesses_go(uuid[]) to {APP};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("keeping", "0001_keeping"),
        ("cases", "0023_what_was_used_for_something_else"),
        ("recognition", "0004_questions_asked"),
    ]
    operations = [
        migrations.RunSQL(EARLIER, "drop function keeping_let_earlier_go(uuid[])"),
        migrations.RunSQL(LIKENESS, "drop function keeping_let_likenesses_go(uuid[])"),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
