"""Where the referrals that were there stood, who of them had one, and how a reference is found by its letters and digits."""

from django.db import migrations

NOW = """
insert into referrals_referralnow (id, tenant, referral_id, direction, unit_id, sent_at, state, returned)
select gen_random_uuid(), r.tenant, r.id, r.direction, c.unit_id, r.sent_at,
       case when r.route = 'dtn' then 'told' else coalesce(
           (select d.kind from referrals_decision d
            where d.tenant = r.tenant and d.referral_id = r.id and not exists (
                select from referrals_decision x where x.tenant = d.tenant and x.replaces_id = d.id)
            order by d.decided_on desc, d.number desc limit 1), 'waiting') end,
       false
from referrals_referral r
join cases_person p on p.tenant = r.tenant and p.id = r.person_id
join cases_case c on c.tenant = r.tenant and c.id = p.case_id
"""
PAIRED = """
insert into referrals_pairing (id, tenant, person_id, referral_at, settled)
select gen_random_uuid(), tenant, person_id, max(sent_at), false from referrals_referral group by tenant, person_id
"""
FOUND = """
update referrals_referralreference set found_by = left(upper(regexp_replace(reference, '[^A-Za-z0-9]', '', 'g')), 80)
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0007_what_came_after")]

    operations = [
        migrations.RunSQL(NOW, "delete from referrals_referralnow"),
        migrations.RunSQL(PAIRED, "delete from referrals_pairing"),
        migrations.RunSQL(FOUND, migrations.RunSQL.noop),
    ]
