"""Of a mark that many have few are read, fewer still where it tells little; and of other forces no more are passed over than
would be read of this one: a name that thousands have would keep an officer waiting for seconds."""

from django.db import migrations

# In place of the function of before, whose owner and rights stay.
FIND = """
create or replace function cases_people_marked(sought bigint[], weights int[], of_each int, most int, elsewhere boolean)
returns table (tenant varchar, case_id uuid, person_id uuid, told bytea)
language sql stable security definer set search_path = public, pg_temp as $$
    select m.tenant, p.case_id, m.person_id, m.told
    from (
        select f.id, sum(s.weight) as shared, min(s.place) as place
        from unnest(sought, weights) with ordinality s (mark, weight, place)
        cross join lateral (
            select c.id
            from (
                select k.id, k.tenant = nullif(current_setting('lodestar.tenant', true), '') as is_here
                from cases_personmarks k
                where k.marks @> array[s.mark]
                  and (elsewhere or k.tenant = nullif(current_setting('lodestar.tenant', true), ''))
                limit case when s.weight > 1 then least(of_each, 500) else least(of_each, 500) / 4 end
            ) c
            where c.is_here <> elsewhere
        ) f
        group by f.id
        order by sum(s.weight) desc, min(s.place), f.id
        limit least(most, 500)
    ) best
    join cases_personmarks m on m.id = best.id
    join cases_person p on p.tenant = m.tenant and p.id = m.person_id
    order by best.shared desc, best.place, best.id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_another_force_is_told")]

    operations = [migrations.RunSQL(FIND, migrations.RunSQL.noop)]
