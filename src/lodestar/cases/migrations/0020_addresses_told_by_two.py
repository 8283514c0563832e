"""Who outside is told a safe address: asked by one, decided by another, told once; and a viewer can be taken away again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.fields
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.roles import APP
from lodestar.tenancy.tables import CreateModel
from lodestar.tenancy.wall import Wall

ONLY_DECIDED_OR_TOLD = f"""
revoke update, delete, truncate on cases_addresstelling from {APP};
grant delete on cases_safeaddressviewer to {APP};
grant update (approved, because, decided_at, decided_by_id, told_at, told_by_id) on cases_addresstelling to {APP};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0001_tenants_and_grants"),
        ("cases", "0019_common_marks_stay_quick"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="AddressTelling",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "tenant",
                    models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60),
                ),
                ("recipient", models.CharField(max_length=120)),
                ("power", models.CharField(max_length=120)),
                ("reason", lodestar.tenancy.fields.SealedTextField()),
                ("happened_without", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField()),
                ("approved", models.BooleanField(null=True)),
                ("because", lodestar.tenancy.fields.SealedTextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.person",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tenant", "person", "-asked_at", "id"], name="address_telling_person"),
                    models.Index(
                        condition=models.Q(("decided_at__isnull", True)),
                        fields=["tenant", "asked_at", "id"],
                        name="address_telling_waits",
                    ),
                    models.Index(
                        condition=models.Q(("happened_without", True)),
                        fields=["tenant", "told_at"],
                        name="address_telling_without",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recipient", ""), _negated=True), models.Q(("power", ""), _negated=True)
                        ),
                        name="address_telling_says_to_whom_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved__isnull", True), ("decided_at__isnull", True), ("decided_by__isnull", True)
                            ),
                            models.Q(
                                ("approved__isnull", False),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="address_telling_decided_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="address_telling_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("told_at__isnull", True), ("told_by__isnull", True)),
                            models.Q(("told_at__isnull", False), ("told_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="address_telling_told_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told_at__isnull", True), ("happened_without", True), ("approved", True), _connector="OR"
                        ),
                        name="address_telling_told_as_decided",
                    ),
                ],
            },
        ),
        Wall("AddressTelling"),
        migrations.RunSQL(ONLY_DECIDED_OR_TOLD, migrations.RunSQL.noop),
    ]
