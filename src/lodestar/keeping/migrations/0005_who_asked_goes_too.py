"""Who asked something about themselves is kept by name no longer than it is needed: not when whom it was about was let go, and of
no request for ever. Each step stays, with its day and who did it."""

from importlib import import_module

from django.db import migrations

from lodestar.tenancy.roles import APP

# A hold on a sealed case, who stands in one, and what its owners said there change nothing here: it would show that the case is
# there. What its owners were asked stays with the person in it.
HELD = """select h.case_id from keeping_hold h join cases_case c on c.tenant = mine and c.id = h.case_id
                  where h.tenant = mine and h.lifted_at is null and not c.sealed"""
THERE = "exists (select from cases_person p where p.tenant = mine and p.id = t.person)"
MAY_BE_THEY = """select from keeping_requesttask t join cases_case c on c.tenant = mine and c.id = t.case_id
                          where t.tenant = mine and t.request_id = r.id and not c.sealed
                            and coalesce((select v.verdict from keeping_requestreview v where v.tenant = mine and v.task_id = t.id
                                          order by v.number desc limit 1), '') <> 'other'"""
IS_OVER = """exists (select from keeping_subjectrequeststep s where s.tenant = mine and s.request_id = r.id
                                and s.kind in ('answered', 'refused', 'withdrawn'))"""
LAST = """(select max(at) from (
                        select r.recorded_at as at
                        union all select s.recorded_at from keeping_subjectrequeststep s
                            where s.tenant = mine and s.request_id = r.id
                        union all select q.recorded_at from keeping_requestsearch q where q.tenant = mine and q.request_id = r.id
                        union all select v.recorded_at from keeping_requestreview v join keeping_requesttask t
                            on t.tenant = mine and t.id = v.task_id
                            join cases_case c on c.tenant = mine and c.id = t.case_id
                            where v.tenant = mine and t.request_id = r.id and not c.sealed) as told)"""
SAYS_SOMETHING = """(length(r.who) > 0
               or exists (select from keeping_requestsearch q
                          where q.tenant = mine and q.request_id = r.id and length(q.sought) > 0)
               or exists (select from keeping_subjectrequeststep s where s.tenant = mine and s.request_id = r.id
                          and s.words not in ('', 'erased')))"""
# None that is not over: without who asked, and by what they were looked for, it can never be answered.
# `which`: of these requests, or of some hundred of all. `since`: those too of which nothing was written down after that day, and
# of none that is younger than the least that a force can set (`cases/reference/settings.toml`); none: whose people went, alone.
FORGET = f"""
create function keeping_forget_asked(which uuid[], since date) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    mine text := nullif(current_setting('lodestar.tenant', true), '');
    found uuid[];
    gone uuid[];
begin
    select array_agg(one.id) into found from (
        select r.id from keeping_subjectrequest r
            where r.tenant = mine and (which is null or r.id = any(which)) and {SAYS_SOMETHING}
              and not exists (select from keeping_requesttask t
                              where t.tenant = mine and t.request_id = r.id and t.case_id in ({HELD}))
              and {IS_OVER}
              and (exists ({MAY_BE_THEY}) and not exists ({MAY_BE_THEY} and {THERE})
                   or since is not null and {LAST}::date <= since and {LAST} < now() - interval '6 months')
            order by r.id limit 500 for update) as one;
    update keeping_subjectrequest set who = '' where tenant = mine and id = any(found);
    update keeping_requestsearch set sought = '' where tenant = mine and request_id = any(found);
    update keeping_subjectrequeststep set words = case when kind in ('searched', 'refused') then 'erased' else '' end
        where tenant = mine and request_id = any(found);
    -- Where somebody stood who is there no more, of every request that says no more who asked.
    select array_agg(t.id) into gone
        from keeping_requesttask t join keeping_subjectrequest r on r.tenant = mine and r.id = t.request_id
        where t.tenant = mine and length(r.who) = 0 and (which is null or r.id = any(which)) and not {THERE};
    if gone is not null then
        update keeping_disposal d set request_id = null from keeping_requesttask t
            where d.tenant = mine and t.tenant = mine and t.id = any(gone) and d.request_id = t.request_id and d.person = t.person;
        perform keeping_erase('keeping_requesttask', gone, mine);
    end if;
    return coalesce(cardinality(found), 0);
end $$;
revoke all on function keeping_forget_asked(uuid[], date) from public;
grant execute on function keeping_forget_asked(uuid[], date) to {APP};
"""
BEFORE = import_module("lodestar.keeping.migrations.0003_what_they_ask_is_done").DISPOSE
END = "    return gone;"
TOO = """    perform keeping_forget_asked(array(
        select t.request_id from keeping_requesttask t where t.tenant = mine and t.person = agreed.person), null);
"""
DISPOSE = BEFORE.replace(END, TOO + END)


class Migration(migrations.Migration):
    dependencies = [("keeping", "0004_a_yes_needs_its_person")]
    operations = [
        migrations.RunSQL(FORGET, "drop function keeping_forget_asked(uuid[], date)"),
        migrations.RunSQL(DISPOSE, BEFORE),
    ]
