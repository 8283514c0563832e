-- Erasing a person's records, and what a request that is over says of whoever asked.

create function retention_dispose(which uuid) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $_$
declare
    mine text := nullif(current_setting('lodestar.tenant', true), '');
    agreed retention_disposal;
    child record;
    found uuid[];
    gone bigint;
begin
    select * into agreed from retention_disposal d
        where d.id = which and d.tenant = mine and d.decision = 'agreed' and d.decided_by_id <> d.asked_by_id
          and d.done_at is null
        for update;
    if agreed.id is null then
        raise exception 'two people have not agreed to this' using errcode = 'insufficient_privilege';
    end if;
    if exists (select from retention_hold h where h.tenant = mine and h.case_id = agreed.case_id and h.lifted_at is null) then
        raise exception 'a legal hold is on the case' using errcode = 'insufficient_privilege';
    end if;
    if agreed.reason = 'they_ask' and not exists (
        select from retention_subjectrequest r join retention_requesttask t on t.tenant = mine and t.request_id = r.id
        join retention_requestreview v on v.tenant = mine and v.task_id = t.id
        where r.tenant = mine and r.id = agreed.request_id and r.kind = 'erase' and t.person = agreed.person
          and v.verdict = 'they' and v.carried = 'done'
          and not exists (select from retention_requestreview later
                          where later.tenant = mine and later.task_id = t.id and later.number > v.number)
          and exists (select from retention_subjectrequeststep s
                      where s.tenant = mine and s.request_id = r.id and s.kind = 'identity')
          and (r.came = 'themselves' or exists (select from retention_subjectrequeststep s
                                                where s.tenant = mine and s.request_id = r.id and s.kind = 'alone'))
          and not exists (select from retention_subjectrequeststep s
                          where s.tenant = mine and s.request_id = r.id and s.kind in ('refused', 'withdrawn'))) then
        raise exception 'nobody of whom it is certain who they are asked for this' using errcode = 'insufficient_privilege';
    end if;
    gone := retention_erase('cases_person', array[agreed.person], mine);
    if not exists (select from cases_person p where p.tenant = mine and p.case_id = agreed.case_id) then
        for child in
            select c.conrelid::regclass as name, a.attname as field from pg_constraint c
            join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[2]
            where c.contype = 'f' and c.confrelid = 'cases_case'::regclass and array_length(c.conkey, 1) = 2
              and c.conrelid::regclass::text not in ('cases_casemember', 'cases_sealowner', 'ledger_obligation', 'ledger_obligationanswer', 'allocation_allocation', 'investigations_review', 'retention_disposal', 'retention_hold', 'retention_requesttask')
        loop
            execute format('select array_agg(id) from %s where tenant = $1 and %I = $2', child.name, child.field)
                into found using mine, agreed.case_id;
            if found is not null then
                gone := gone + retention_erase(child.name, found, mine);
            end if;
        end loop;
        update cases_case set what = '', place = '', encountered_as = '', imported_as = null
            where tenant = mine and id = agreed.case_id;
        update ledger_obligationanswer set because = case kind when 'not_needed' then 'erased' else '' end, details = ''
            where tenant = mine and case_id = agreed.case_id;
        update ledger_obligationevent e set because = '' from ledger_obligation o
            where o.tenant = mine and e.tenant = mine and o.id = e.obligation_id and o.case_id = agreed.case_id;
        update allocation_allocation set reason = case when kind = 'authority' or override <> '' then 'erased' else '' end
            where tenant = mine and case_id = agreed.case_id;
        update investigations_review set directions = 'erased' where tenant = mine and case_id = agreed.case_id;
    end if;
    update retention_requestreview v set gives = '', because = ''
        from retention_requesttask t where t.tenant = mine and v.tenant = mine and v.task_id = t.id and t.person = agreed.person;
    update retention_disposal set done_at = clock_timestamp(), because = '', answer = '' where id = which and tenant = mine;
    perform retention_remove_requests(array(
        select t.request_id from retention_requesttask t where t.tenant = mine and t.person = agreed.person), null);
    return gone;
end $_$;
revoke all on function retention_dispose(uuid) from public;
grant execute on function retention_dispose(uuid) to lodestar_app;

create function retention_erase(at_table regclass, which uuid[], mine text) returns bigint
language plpgsql set search_path = public, pg_temp as $_$
declare
    child record;
    found uuid[];
    gone bigint := 0;
    here bigint;
begin
    for child in
        select c.conrelid::regclass as name, a.attname as field from pg_constraint c
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[2]
        where c.contype = 'f' and c.confrelid = at_table and array_length(c.conkey, 1) = 2
    loop
        execute format('select array_agg(id) from %s where tenant = $1 and %I = any($2)', child.name, child.field)
            into found using mine, which;
        if found is not null then
            gone := gone + retention_erase(child.name, found, mine);
        end if;
    end loop;
    execute format('delete from %s where tenant = $1 and id = any($2)', at_table) using mine, which;
    get diagnostics here = row_count;
    return gone + here;
end $_$;
revoke all on function retention_erase(regclass, uuid[], text) from public;
grant execute on function retention_erase(regclass, uuid[], text) to lodestar_app;

create function retention_remove_requests(which uuid[], since date) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    mine text := nullif(current_setting('lodestar.tenant', true), '');
    found uuid[];
    gone uuid[];
begin
    select array_agg(one.id) into found from (
        select r.id from retention_subjectrequest r
            where r.tenant = mine and (which is null or r.id = any(which)) and (length(r.who) > 0
               or exists (select from retention_requestsearch q
                          where q.tenant = mine and q.request_id = r.id and length(q.sought) > 0)
               or exists (select from retention_subjectrequeststep s where s.tenant = mine and s.request_id = r.id
                          and s.words not in ('', 'erased')))
              and not exists (select from retention_requesttask t
                              where t.tenant = mine and t.request_id = r.id and t.case_id in (select h.case_id from retention_hold h join cases_case c on c.tenant = mine and c.id = h.case_id
                  where h.tenant = mine and h.lifted_at is null and not c.sealed))
              and exists (select from retention_subjectrequeststep s where s.tenant = mine and s.request_id = r.id
                                and s.kind in ('answered', 'refused', 'withdrawn'))
              and (exists (select from retention_requesttask t join cases_case c on c.tenant = mine and c.id = t.case_id
                          where t.tenant = mine and t.request_id = r.id and not c.sealed
                            and coalesce((select v.verdict from retention_requestreview v where v.tenant = mine and v.task_id = t.id
                                          order by v.number desc limit 1), '') <> 'other') and not exists (select from retention_requesttask t join cases_case c on c.tenant = mine and c.id = t.case_id
                          where t.tenant = mine and t.request_id = r.id and not c.sealed
                            and coalesce((select v.verdict from retention_requestreview v where v.tenant = mine and v.task_id = t.id
                                          order by v.number desc limit 1), '') <> 'other' and exists (select from cases_person p where p.tenant = mine and p.id = t.person))
                   or since is not null and (select max(at) from (
                        select r.recorded_at as at
                        union all select s.recorded_at from retention_subjectrequeststep s
                            where s.tenant = mine and s.request_id = r.id
                        union all select q.recorded_at from retention_requestsearch q where q.tenant = mine and q.request_id = r.id
                        union all select v.recorded_at from retention_requestreview v join retention_requesttask t
                            on t.tenant = mine and t.id = v.task_id
                            join cases_case c on c.tenant = mine and c.id = t.case_id
                            where v.tenant = mine and t.request_id = r.id and not c.sealed) as told)::date <= since and (select max(at) from (
                        select r.recorded_at as at
                        union all select s.recorded_at from retention_subjectrequeststep s
                            where s.tenant = mine and s.request_id = r.id
                        union all select q.recorded_at from retention_requestsearch q where q.tenant = mine and q.request_id = r.id
                        union all select v.recorded_at from retention_requestreview v join retention_requesttask t
                            on t.tenant = mine and t.id = v.task_id
                            join cases_case c on c.tenant = mine and c.id = t.case_id
                            where v.tenant = mine and t.request_id = r.id and not c.sealed) as told) < now() - interval '6 months')
            order by r.id limit 500 for update) as one;
    update retention_subjectrequest set who = '' where tenant = mine and id = any(found);
    update retention_requestsearch set sought = '' where tenant = mine and request_id = any(found);
    update retention_subjectrequeststep set words = case when kind in ('searched', 'refused') then 'erased' else '' end
        where tenant = mine and request_id = any(found);
    -- Where somebody stood who is there no more, of every request that says no more who asked.
    select array_agg(t.id) into gone
        from retention_requesttask t join retention_subjectrequest r on r.tenant = mine and r.id = t.request_id
        where t.tenant = mine and length(r.who) = 0 and (which is null or r.id = any(which)) and not exists (select from cases_person p where p.tenant = mine and p.id = t.person);
    if gone is not null then
        update retention_disposal d set request_id = null from retention_requesttask t
            where d.tenant = mine and t.tenant = mine and t.id = any(gone) and d.request_id = t.request_id and d.person = t.person;
        perform retention_erase('retention_requesttask', gone, mine);
    end if;
    return coalesce(cardinality(found), 0);
end $$;
revoke all on function retention_remove_requests(uuid[], date) from public;
grant execute on function retention_remove_requests(uuid[], date) to lodestar_app;

create function retention_remove_earlier_records(which uuid[]) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    mine text := nullif(current_setting('lodestar.tenant', true), '');
    found uuid[];
begin
    select array_agg(e.id) into found from earlier_records_earlierperson e
        where e.tenant = mine and e.id = any(which) and e.recorded_at < now() - interval '3 months'
          and not exists (select from earlier_records_prompt q
                          where q.tenant = mine and q.earlier_person_id = e.id and (q.state = 'open' or q.state = 'yes' and exists (
                              select from cases_person p where p.tenant = mine and p.case_id = q.case_id and p.number = 1)))
          and not exists (select from earlier_records_earlierrecordmatch m where m.tenant = mine and m.earlier_person_id = e.id);
    if found is null then
        return 0;
    end if;
    perform retention_erase('earlier_records_earlierperson', found, mine);
    return cardinality(found);
end $$;
revoke all on function retention_remove_earlier_records(uuid[]) from public;
grant execute on function retention_remove_earlier_records(uuid[]) to lodestar_app;

create function retention_remove_matches(which uuid[]) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    mine text := nullif(current_setting('lodestar.tenant', true), '');
    found uuid[];
begin
    select array_agg(m.id) into found from identities_match m
        where m.tenant = mine and m.id = any(which) and m.found_at < now() - interval '3 months'
          and not exists (select from identities_identitylink l where l.tenant = mine and l.match_id = m.id)
          and not exists (select from cases_person p where p.tenant = mine and p.id in (m.person_id, m.other_id)
                          and p.case_id in (select h.case_id from retention_hold h where h.tenant = mine and h.lifted_at is null));
    if found is null then
        return 0;
    end if;
    perform retention_erase('identities_match', found, mine);
    return cardinality(found);
end $$;
revoke all on function retention_remove_matches(uuid[]) from public;
grant execute on function retention_remove_matches(uuid[]) to lodestar_app;
