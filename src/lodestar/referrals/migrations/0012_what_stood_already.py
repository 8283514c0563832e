"""What was decided first of the referrals that were there, and which checks of theirs were open."""

from django.db import migrations

FILL = """
update referrals_referralnow n
set open_checks = case when r.writing_id is not null then r.open_checks end,
    first = coalesce(
        (select d.kind from referrals_decision d
         where d.tenant = r.tenant and d.referral_id = r.id and d.kind in ('rg_positive', 'rg_negative') and not exists (
             select from referrals_decision x where x.tenant = d.tenant and x.replaces_id = d.id)
         order by d.decided_on, d.number limit 1), '')
from referrals_referral r
where r.tenant = n.tenant and r.id = n.referral_id
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0011_what_was_decided_first")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
