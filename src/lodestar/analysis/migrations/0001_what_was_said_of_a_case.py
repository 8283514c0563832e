"""What was said of each case for the figure, and that it goes in the transaction of any change of what it rests on.

The database does it and no action, so that nothing that writes, now or later, can leave a number standing that its rows no
longer bear. A statement of the change tells all cases it touched at once.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.tables import CreateModel
from lodestar.tenancy.wall import Wall

# How the cases of changed rows are found, and the tables whose rows lead to theirs in that way.
CASES = {
    "itself": "select t.tenant, t.id as case_id from touched t",
    "case": "select t.tenant, t.case_id from touched t",
    "person": "select t.tenant, p.case_id from touched t join cases_person p on p.tenant = t.tenant and p.id = t.person_id",
    "offence": "select t.tenant, p.case_id from touched t"
    " join cases_allegedoffence o on o.tenant = t.tenant and o.id = t.offence_id"
    " join cases_person p on p.tenant = o.tenant and p.id = o.person_id",
    "force": "select t.slug as tenant, c.id as case_id from touched t join cases_case c on c.tenant = t.slug",
}
RESTS_ON = {
    "cases_case": "itself",
    "cases_person": "case", "cases_obligation": "case", "cases_dutyanswer": "case", "investigations_allocation": "case",
    "cases_allegedoffence": "person", "cases_earlierreferral": "person", "referrals_referral": "person",
    "section45_outcomerecorded": "offence", "section45_fullrecord": "offence",
    "tenancy_tenant": "force",  # a referral that we made ourselves is known by what the force is called
}  # fmt: skip
TOUCHED = {"insert": "new", "update": "new", "delete": "old"}


def _function(way: str) -> str:
    """It runs as the owner: what lets somebody go (`keeping_dispose`) may not touch this table."""
    return f"""
create function analysis_judge_anew_by_{way}() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    delete from analysis_casejudged j using ({CASES[way]}) c where j.tenant = c.tenant and j.case_id = c.case_id;
    return null;
end $$;
revoke all on function analysis_judge_anew_by_{way}() from public;
"""


def _trigger(table: str, event: str) -> str:
    return (
        f"create trigger analysis_judge_anew_{event} after {event} on {table}"
        f" referencing {TOUCHED[event]} table as touched"
        f" for each statement execute function analysis_judge_anew_by_{RESTS_ON[table]}();\n"
    )


ANEW = "".join(map(_function, CASES)) + "".join(_trigger(table, event) for table in RESTS_ON for event in TOUCHED)
NOT_ANEW = "".join(
    f"drop trigger analysis_judge_anew_{event} on {table};\n" for table in RESTS_ON for event in TOUCHED
) + "".join(f"drop function analysis_judge_anew_by_{way}();\n" for way in CASES)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("cases", "0022_addresses_told_stand_with_the_person"),
        ("investigations", "0003_crimes_paired"),
        ("referrals", "0013_states_of_a_team"),
        ("section45", "0002_full_records_and_outcomes"),
        ("tenancy", "0001_tenants_and_grants"),
    ]

    operations = [
        CreateModel(
            name='CaseJudged',
            fields=[
                ('id', models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant', models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60)),
                ('rules', models.CharField(max_length=32)),
                ('said', models.CharField(max_length=60)),
                ('first', models.TextField(blank=True)),
                ('victims', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('happened', models.JSONField(default=dict)),
                ('happened_from', models.DateTimeField(null=True)),
                ('happened_to', models.DateTimeField(null=True)),
                ('kept_at', models.DateTimeField()),
                ('holds_until', models.DateTimeField(null=True)),
                ('case', lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='judged', to='cases.case')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('happened_to__isnull', False)), fields=['tenant', 'happened_to'], name='case_judged_happened')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'case'), name='case_judged_once'), models.CheckConstraint(condition=models.Q(models.Q(('happened_from__isnull', True), ('happened_to__isnull', True)), ('happened_from__lte', models.F('happened_to')), _connector='OR'), name='case_judged_from_before_to')],
            },
        ),
        Wall("CaseJudged"),
        migrations.RunSQL(ANEW, NOT_ANEW),
    ]
