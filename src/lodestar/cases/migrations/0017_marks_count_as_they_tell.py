"""The finder's function weighs marks: a telephone tells more than the beginning of a name, and comes first where many share."""

from django.db import migrations

from lodestar.tenancy.roles import APP, FINDER

# As before it, it keeps to one force or to all others itself, and returns ids and what the holder of the field keys opens.
FIND = """
create function cases_people_marked(sought bigint[], weights int[], of_each int, most int, elsewhere boolean)
returns table (tenant varchar, case_id uuid, person_id uuid, told bytea)
language sql stable security definer set search_path = public, pg_temp as $$
    select m.tenant, p.case_id, m.person_id, m.told
    from (
        select f.id, sum(s.weight) as shared, min(s.place) as place
        from unnest(sought, weights) with ordinality s (mark, weight, place)
        cross join lateral (
            select c.id from cases_personmarks c
            where c.marks @> array[s.mark]
              and (c.tenant = nullif(current_setting('lodestar.tenant', true), '')) <> elsewhere
            limit least(of_each, 500)
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
NAMED = "cases_people_marked(bigint[], int[], int, int, boolean)"
RIGHTS = f"""
alter function {NAMED} owner to {FINDER};
revoke all on function {NAMED} from public;
grant execute on function {NAMED} to {APP};
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_who_may_have_been_met_before")]

    operations = [migrations.RunSQL(FIND + RIGHTS, f"drop function {NAMED}")]
