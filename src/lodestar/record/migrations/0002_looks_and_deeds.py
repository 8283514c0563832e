"""Finds in the log, after a place: what was done about a person and who looked, what was done in a case, emergencies."""

from django.db import migrations

from lodestar.tenancy.roles import APP, FINDER

INDEXES = """
create index record_event_deeds on record_event (tenant, "case", recorded_at desc, id desc)
    where operation <> 'consultation';
create index record_event_emergency on record_event (tenant, recorded_at desc, id desc)
    where code in ('cases.emergency_access', 'cases.emergency_refused');
"""

# As `record_events_about`: the finder filters by tenant itself and returns ids only.
FIND = """
create function record_events_of_person(person uuid, looks boolean, before_at timestamptz, before_id uuid, most int)
returns table (recorded_at timestamptz, id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select e.recorded_at, e.id from record_event e
    where e.tenant = nullif(current_setting('lodestar.tenant', true), '') and e.people @> array[person]
      and (looks is null or (e.operation = 'consultation') = looks)
      and (before_at is null or (e.recorded_at, e.id) < (before_at, before_id))
    order by e.recorded_at desc, e.id desc limit least(most, 200)
$$;
"""
RIGHTS = f"""
alter function record_events_of_person(uuid, boolean, timestamptz, uuid, int) owner to {FINDER};
revoke all on function record_events_of_person(uuid, boolean, timestamptz, uuid, int) from public;
grant execute on function record_events_of_person(uuid, boolean, timestamptz, uuid, int) to {APP};
"""


class Migration(migrations.Migration):
    dependencies = [("record", "0001_log")]
    operations = [
        migrations.RunSQL(INDEXES, "drop index record_event_deeds, record_event_emergency"),
        migrations.RunSQL(
            FIND + RIGHTS, "drop function record_events_of_person(uuid, boolean, timestamptz, uuid, int)"
        ),
    ]
