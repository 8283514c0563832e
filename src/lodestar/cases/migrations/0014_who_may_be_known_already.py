"""The marks of people, and the finder's function that reads them: within the force, or in all others."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.fields
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.roles import APP, FINDER
from lodestar.tenancy.tables import CreateModel
from lodestar.tenancy.wall import Wall

# Every mark of a new row goes into the index at once: what waits in its list would be read by every search, and one
# unlucky officer in hundreds would wait while it is worked off.
INDEX = "create index cases_personmarks_marks on cases_personmarks using gin (marks) with (fastupdate = off)"

# Row security turns the index off; the finder owns this function, which keeps to one force or to all others itself. It
# returns ids and what only the holder of the field keys can open. Of one mark no more than so many are looked at, so that
# a name that thousands have takes no longer than a rare one; those who share most marks come first.
FIND = """
create function cases_people_marked(sought bigint[], of_each int, most int, elsewhere boolean)
returns table (tenant varchar, case_id uuid, person_id uuid, told bytea)
language sql stable security definer set search_path = public, pg_temp as $$
    select m.tenant, p.case_id, m.person_id, m.told
    from (
        select f.id, count(*) as shared, min(s.place) as place
        from unnest(sought) with ordinality s (mark, place)
        cross join lateral (
            select c.id from cases_personmarks c
            where c.marks @> array[s.mark]
              and (c.tenant = nullif(current_setting('lodestar.tenant', true), '')) <> elsewhere
            limit least(of_each, 500)
        ) f
        group by f.id
        order by count(*) desc, min(s.place), f.id
        limit least(most, 500)
    ) best
    join cases_personmarks m on m.id = best.id
    join cases_person p on p.tenant = m.tenant and p.id = m.person_id
    order by best.shared desc, best.place, best.id
$$;
"""
NAMED = "cases_people_marked(bigint[], int, int, boolean)"
RIGHTS = f"""
alter function {NAMED} owner to {FINDER};
revoke all on function {NAMED} from public;
grant execute on function {NAMED} to {APP};
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_what_of_a_referral_is_late"), ("tenancy", "0001_tenants_and_grants")]

    operations = [
        CreateModel(
            name="PersonMarks",
            fields=[
                ("id", models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60)),
                ("marks", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("told", lodestar.tenancy.fields.SealedTextField()),
                ("person", lodestar.tenancy.models.OtherTenantRow(
                    db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("tenant", "person"), name="person_marks_once")]},
        ),
        Wall("PersonMarks"),
        migrations.RunSQL(INDEX, "drop index cases_personmarks_marks"),
        migrations.RunSQL(FIND + RIGHTS, f"drop function {NAMED}"),
    ]  # fmt: skip
