"""The references under which other systems of the force hold what went there."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.tables import CreateModel
from lodestar.tenancy.wall import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0001_tenants_and_grants"),
        ("cases", "0015_where_the_first_account_is_kept"),
        ("exchange", "0004_the_order_of_the_crime_record"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="CameBack",
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
                (
                    "kind",
                    models.CharField(
                        choices=[("incident_log", "Incident log"), ("intelligence", "Intelligence system")],
                        max_length=12,
                    ),
                ),
                ("reference", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
                (
                    "case",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_at__isnull", True)),
                        fields=("tenant", "case", "kind", "reference"),
                        name="came_back_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["incident_log", "intelligence"])), name="came_back_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reference", ""), _negated=True), name="came_back_says_which"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_back_at__isnull", True), ("taken_back_by__isnull", True)),
                            models.Q(("taken_back_at__isnull", False), ("taken_back_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="came_back_taken_back_at_and_by",
                    ),
                ],
            },
        ),
        Wall("CameBack"),
    ]
