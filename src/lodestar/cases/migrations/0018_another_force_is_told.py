"""Whoever has a person of ours whom another force records is told: the finder's function writes the alert there."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.tenancy.models
from lodestar.tenancy.roles import APP, FINDER
from lodestar.tenancy.tables import AddConstraint
from lodestar.tenancy.wall import SameTenant

# One force alerts another of it and learns nothing by it: it answers nothing, whoever is there and whoever is alerted. The
# finder may add alerts and no other row. It goes to the named owners where the case is sealed, else to whoever has it.
TELL = """
create function cases_tell_elsewhere(people uuid[], theirs text[], codes text[]) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
    insert into cases_matchalert (id, tenant, about_id, elsewhere, from_force, code, to_id, told_as, alerted_at, did)
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
"""
NAMED = "cases_tell_elsewhere(uuid[], text[], text[])"
RIGHTS = f"""
grant insert on cases_matchalert to {FINDER};
alter function {NAMED} owner to {FINDER};
revoke all on function {NAMED} from public;
grant execute on function {NAMED} to {APP};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0017_marks_count_as_they_tell"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="matchalert",
            name="about",
            field=lodestar.tenancy.models.OtherTenantRow(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.person",
            ),
        ),
        migrations.AddField(
            model_name="matchalert",
            name="code",
            field=models.CharField(blank=True, db_default="", default="", max_length=8),
        ),
        migrations.AddField(
            model_name="matchalert",
            name="elsewhere",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddField(
            model_name="matchalert",
            name="from_force",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AlterField(
            model_name="matchalert",
            name="match",
            field=lodestar.tenancy.models.OtherTenantRow(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.match",
            ),
        ),
        AddConstraint(
            model_name="matchalert",
            constraint=models.UniqueConstraint(
                condition=models.Q(("about__isnull", False)),
                fields=("tenant", "about", "elsewhere", "to"),
                name="match_alert_of_force_once",
            ),
        ),
        AddConstraint(
            model_name="matchalert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("from_force", ""), ("match__isnull", False)),
                    models.Q(
                        ("about__isnull", False),
                        ("match__isnull", True),
                        models.Q(("from_force", ""), _negated=True),
                        models.Q(("elsewhere", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="match_alert_of_ours_or_of_a_force",
            ),
        ),
        SameTenant("MatchAlert", "about"),
        migrations.RunSQL(TELL + RIGHTS, f"drop function {NAMED}; revoke insert on cases_matchalert from {FINDER}"),
    ]
