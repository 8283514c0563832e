"""Of a mark that many have, as many are read of each other force as would be read of this one. All forces were read together
before, and our own then left out: of a name that we have a hundred of, nobody elsewhere was found, and a large force hid a
small one.

The index holds the force of each row besides its marks, so that those of one force are found without reading the rest.
"""

from django.db import migrations

TABLE = "cases_personmarks"
FILED = "({0}marks || hashtextextended({0}tenant::text, 0))"
INDEX = f"create index cases_personmarks_filed on {TABLE} using gin ({FILED.format('')}) with (fastupdate = off)"
BEFORE = "create index cases_personmarks_marks on cases_personmarks using gin (marks) with (fastupdate = off)"

# In place of the function of before, whose owner and rights stay. Which forces have anybody is read from the unique key, one
# step a force. A mark that few have is read once, as ever; only of one that is full each other force is asked by itself, and of
# those that tell least (the beginnings of names) four times as many are looked through instead. The force is compared in a way that no other index serves: the planner would read all rows of a small force.
FIND = f"""
create or replace function cases_people_marked(sought bigint[], weights int[], of_each int, most int, elsewhere boolean)
returns table (tenant varchar, case_id uuid, person_id uuid, told bytea)
language sql stable security definer set search_path = public, pg_temp as $$
    with recursive ours (slug) as materialized (
        select nullif(current_setting('lodestar.tenant', true), '')
    ), every (slug) as (
        select min(k.tenant) from {TABLE} k where elsewhere
        union all
        select (select min(k.tenant) from {TABLE} k where k.tenant > e.slug) from every e where e.slug is not null
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
                from {TABLE} k
                where {FILED.format("k.")} @> array[s.mark]
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
                select k.id from {TABLE} k
                where {FILED.format("k.")} @> array[s.mark, t.mark] and k.tenant || '' = t.slug
                limit greatest(s.bound / t.forces, least(s.bound, 10))
            ) one
            where elsewhere and s.weight > 1 and (select count(*) from looked) >= s.bound
        ) f
        group by f.id
        order by sum(s.weight) desc, min(s.place), f.id
        limit least(most, 500)
    ) best
    join {TABLE} m on m.id = best.id
    join cases_person p on p.tenant = m.tenant and p.id = m.person_id
    order by best.shared desc, best.place, best.id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0029_reports_that_touch_a_case")]

    operations = [
        migrations.RunSQL(INDEX, "drop index cases_personmarks_filed"),
        migrations.RunSQL(FIND, migrations.RunSQL.noop),
        migrations.RunSQL("drop index cases_personmarks_marks", BEFORE),
    ]
