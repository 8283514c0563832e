-- Finding people by their index keys, across forces too.

create function identities_people_marked(sought bigint[], weights int[], of_each int, most int, elsewhere boolean) returns table(tenant character varying, case_id uuid, person_id uuid, told bytea)
language sql stable security definer set search_path = public, pg_temp as $$
    with recursive ours (slug) as materialized (
        select nullif(current_setting('lodestar.tenant', true), '')
    ), every (slug) as (
        select min(k.tenant) from identities_personindexkey k where elsewhere
        union all
        select (select min(k.tenant) from identities_personindexkey k where k.tenant > e.slug) from every e where e.slug is not null
    ), theirs as materialized (
        select e.slug, hashtextextended(e.slug::text, 0) as mark, count(*) over () as forces
        from every e, ours where e.slug <> ours.slug
    )
    select m.tenant, p.case_id, m.person_id, m.told
    from (
        select f.id, sum(s.weight) as shared, min(s.place) as place
        from (
            select w.mark, w.weight, w.place, least(of_each, 500) as bound
            from unnest(sought, weights) with ordinality w (mark, weight, place)
        ) s
        cross join lateral (
            with looked as materialized (
                select k.id, k.tenant = (select slug from ours) as is_here
                from identities_personindexkey k
                where (k.marks || hashtextextended(k.tenant::text, 0)) @> array[s.mark]
                  and (elsewhere or k.tenant = (select slug from ours))
                limit case when elsewhere or s.weight > 1 then s.bound else s.bound / 4 end
            )
            (
                select looked.id from looked
                where looked.is_here <> elsewhere
                  and (not elsewhere or s.weight <= 1 or (select count(*) from looked) < s.bound)
                limit case when s.weight > 1 then s.bound else s.bound / 4 end
            )
            union all
            select one.id
            from theirs t
            cross join lateral (
                select k.id from identities_personindexkey k
                where (k.marks || hashtextextended(k.tenant::text, 0)) @> array[s.mark, t.mark] and k.tenant || '' = t.slug
                limit greatest(s.bound / t.forces, least(s.bound, 10))
            ) one
            where elsewhere and s.weight > 1 and (select count(*) from looked) >= s.bound
        ) f
        group by f.id
        order by sum(s.weight) desc, min(s.place), f.id
        limit least(most, 500)
    ) best
    join identities_personindexkey m on m.id = best.id
    join cases_person p on p.tenant = m.tenant and p.id = m.person_id
    order by best.shared desc, best.place, best.id
$$;
alter function identities_people_marked(bigint[], int[], int, int, boolean) owner to lodestar_finder;
revoke all on function identities_people_marked(bigint[], int[], int, int, boolean) from public;

grant execute on function identities_people_marked(bigint[], int[], int, int, boolean) to lodestar_app;

create function identities_people_filed(sought bigint[], weights int[], most int) returns table(person_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select k.person_id
    from unnest(sought, weights) s (mark, weight)
    join identities_personindexkey k on (k.marks || hashtextextended(k.tenant::text, 0)) @> array[s.mark]
    where k.tenant = nullif(current_setting('lodestar.tenant', true), '')
    group by k.person_id
    order by sum(s.weight) desc, k.person_id
    limit least(most, 5000)
$$;
alter function identities_people_filed(bigint[], int[], int) owner to lodestar_finder;
revoke all on function identities_people_filed(bigint[], int[], int) from public;

grant execute on function identities_people_filed(bigint[], int[], int) to lodestar_app;

create function identities_alert_elsewhere(people uuid[], theirs text[], codes text[]) returns void
language sql security definer set search_path = public, pg_temp as $$
    insert into identities_matchalert (id, tenant, about_id, elsewhere, from_force, code, to_id, told_as, alerted_at, did)
    select gen_random_uuid(), p.tenant, p.id, left(t.reference, 64), current_setting('lodestar.tenant', true), left(t.code, 8),
        w.whom, case when c.sealed then 'named_owner' else 'owner' end, now(), ''
    from unnest(people, theirs, codes) as t (person, reference, code)
    join cases_person p on p.id = t.person and p.belief <> 'none'
    join cases_case c on c.tenant = p.tenant and c.id = p.case_id
    cross join lateral (
        select s.user_id from cases_sealowner s where c.sealed and s.tenant = c.tenant and s.case_id = c.id
        union select coalesce(c.owner_id, c.interim_owner_id) where not c.sealed
    ) as w (whom)
    where p.tenant <> nullif(current_setting('lodestar.tenant', true), '')
    on conflict do nothing
$$;
alter function identities_alert_elsewhere(uuid[], text[], text[]) owner to lodestar_finder;
revoke all on function identities_alert_elsewhere(uuid[], text[], text[]) from public;

grant execute on function identities_alert_elsewhere(uuid[], text[], text[]) to lodestar_app;

create index identities_personindexkey_filed on identities_personindexkey using gin ((marks || hashtextextended(tenant, 0))) with (fastupdate = off);

grant insert on identities_matchalert to lodestar_finder;
