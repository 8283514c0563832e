"""Whose crime stands beside their referral: those that were there."""

from django.db import migrations

PAIRED = """
insert into referrals_pairing (id, tenant, person_id, crime_at, settled)
select gen_random_uuid(), tenant, person_id, max(at) filter (where kind = 'recorded'), bool_or(kind = 'not_needed')
from investigations_crime where kind in ('recorded', 'not_needed') group by tenant, person_id
on conflict (tenant, person_id) do update set crime_at = excluded.crime_at, settled = excluded.settled
"""


class Migration(migrations.Migration):
    dependencies = [
        ("investigations", "0002_who_gave_directions"),
        ("referrals", "0008_where_they_stood"),
    ]

    operations = [migrations.RunSQL(PAIRED, migrations.RunSQL.noop)]
