"""What Immigration Enforcement is told: proposed by one, decided by another, told once.

What was told before, as uses outside the purpose say it, was told without approval, but for what an address was approved for.
Nor is an address told before it is decided.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.fields
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.roles import APP
from lodestar.tenancy.tables import AddConstraint, CreateModel
from lodestar.tenancy.wall import Wall

WAYS = ["told", "joint_visit", "status_check", "custody", "file", "other"]
PURPOSES = ["investigation", "harm", "law", "safeguarding", "enforcement"]
PARTS = ["support", "safeguarding", "law_enforcement"]
# Not yet decided is no approval: alone, `approved` left open would let it pass.
TOLD_AS_DECIDED = (
    models.Q(told_at__isnull=True) | models.Q(happened_without=True) | models.Q(approved=True, approved__isnull=False)
)
ONLY_DECIDED_OR_TOLD = f"""
revoke update, delete, truncate on cases_immigrationdisclosure from {APP};
grant update (approved, because, decided_at, decided_by_id, told_at, told_by_id) on cases_immigrationdisclosure to {APP};
"""
# Each recorder, recipient and instant of a person was one telling, whatever parts of the record it crossed.
TOLD_BEFORE = """
with told as (
    select c.tenant, c.person_id, c.happened_at, c.recorded_by_id, c.recipient, c.power, min(c.recorded_at) as recorded_at,
        array_agg(distinct c.recorded_for) as parts, (array_agg(c.reason order by c.id))[1] as reason,
        row_number() over (partition by c.tenant, c.person_id, c.happened_at order by min(c.id::text)) - 1 as nth
    from cases_crossing c
    where c.used_for = 'immigration' and not exists (
        select from cases_addresstelling t where t.tenant = c.tenant and t.person_id = c.person_id and t.use = 'immigration'
            and t.told_at = c.happened_at and t.approved and not t.happened_without)
    group by c.tenant, c.person_id, c.happened_at, c.recorded_by_id, c.recipient, c.power
)
insert into cases_immigrationdisclosure (id, tenant, person_id, way, recipient, power, purposes, parts, what, reason,
    happened_without, asked_at, asked_by_id, because, told_at, told_by_id)
select gen_random_uuid(), tenant, person_id, 'other', recipient, power, array['enforcement'], parts, '', reason, true,
    recorded_at, recorded_by_id, '', happened_at + nth * interval '1 microsecond', recorded_by_id
from told;
set constraints all immediate;
"""  # the keys of the table are made after this, and wait for no row


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0026_found_among_all"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="ImmigrationDisclosure",
            fields=[
                ("id", models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60)),
                ("way", models.CharField(max_length=16)),
                ("recipient", models.CharField(max_length=120)),
                ("power", models.CharField(max_length=120)),
                ("purposes", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), size=None)),
                ("parts", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), size=None)),
                ("what", lodestar.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("reason", lodestar.tenancy.fields.SealedTextField()),
                ("happened_without", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField()),
                ("approved", models.BooleanField(null=True)),
                ("because", lodestar.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("decided_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("decided_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("told_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tenant", "person", "-asked_at", "id"], name="immigration_person"),
                    models.Index(condition=models.Q(("decided_at__isnull", True)), fields=["tenant", "asked_at", "id"], name="immigration_waits"),
                    models.Index(condition=models.Q(("happened_without", True)), fields=["tenant", "told_at"], name="immigration_without"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("way__in", WAYS)), name="immigration_way_known"),
                    models.CheckConstraint(condition=models.Q(("purposes__contained_by", PURPOSES), ("purposes__len__gt", 0)), name="immigration_purposes_known"),
                    models.CheckConstraint(condition=models.Q(("parts__contained_by", PARTS), ("parts__len__gt", 0)), name="immigration_parts_known"),
                    models.CheckConstraint(condition=models.Q(("happened_without", True), models.Q(("purposes", ["safeguarding"]), _negated=True), _connector="OR"), name="immigration_not_safeguarding_alone"),
                    models.CheckConstraint(condition=models.Q(models.Q(("recipient", ""), _negated=True), models.Q(("power", ""), _negated=True)), name="immigration_says_to_whom_and_by_what"),
                    models.CheckConstraint(condition=models.Q(models.Q(("approved__isnull", True), ("decided_at__isnull", True), ("decided_by__isnull", True)), models.Q(("approved__isnull", False), ("decided_at__isnull", False), ("decided_by__isnull", False)), _connector="OR"), name="immigration_decided_at_and_by"),
                    models.CheckConstraint(condition=models.Q(("decided_by__isnull", True), models.Q(("decided_by", models.F("asked_by")), _negated=True), _connector="OR"), name="immigration_by_two"),
                    models.CheckConstraint(condition=models.Q(models.Q(("told_at__isnull", True), ("told_by__isnull", True)), models.Q(("told_at__isnull", False), ("told_by__isnull", False)), _connector="OR"), name="immigration_told_at_and_by"),
                    models.CheckConstraint(condition=TOLD_AS_DECIDED, name="immigration_told_as_decided"),
                    models.CheckConstraint(condition=models.Q(("happened_without", False), ("told_at__isnull", False), _connector="OR"), name="immigration_without_is_told"),
                ],
            },
        ),
        migrations.RemoveConstraint("addresstelling", "address_telling_told_as_decided"),
        AddConstraint(
            "addresstelling", models.CheckConstraint(condition=TOLD_AS_DECIDED, name="address_telling_told_as_decided")
        ),
        Wall("ImmigrationDisclosure"),
        migrations.RunSQL(ONLY_DECIDED_OR_TOLD, migrations.RunSQL.noop),
        migrations.RunSQL(TOLD_BEFORE, migrations.RunSQL.noop),
    ]
