"""Alerts to professional standards: their count may rise, and they are settled once; nothing else of them changes."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.fields
import lodestar.tenancy.within
from lodestar.tenancy.roles import APP
from lodestar.tenancy.tables import CreateModel
from lodestar.tenancy.wall import Wall

ONLY_SETTLED = f"""
revoke update, delete, truncate on cases_standardsalert from {APP};
grant update (number, outcome, because, settled_at, settled_by_id) on cases_standardsalert to {APP};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0001_tenants_and_grants"),
        ("cases", "0020_addresses_told_by_two"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="StandardsAlert",
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
                        choices=[
                            ("own_name", "Opened someone with their own family name"),
                            ("colleague", "Opened someone with a colleague’s name"),
                            ("night", "Many people in one night"),
                            ("leaving", "Exported or disclosed shortly before leaving"),
                            ("emergency", "Emergency access"),
                        ],
                        max_length=10,
                    ),
                ),
                ("day", models.DateField()),
                ("subject", models.CharField(blank=True, max_length=60)),
                ("number", models.PositiveIntegerField()),
                (
                    "cases",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
                (
                    "people",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
                ("raised_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True, choices=[("taken_up", "Under investigation"), ("no_concern", "No concern")], max_length=10
                    ),
                ),
                ("because", lodestar.tenancy.fields.SealedTextField(blank=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "about",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "-raised_at", "-id"], name="standards_alert_latest")],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "kind", "about", "day", "subject"), name="standards_alert_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["own_name", "colleague", "night", "leaving", "emergency"])),
                        name="standards_alert_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("settled_at__isnull", True), ("settled_by__isnull", True)),
                            models.Q(
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="standards_alert_settled_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_by__isnull", True),
                            models.Q(("settled_by", models.F("about")), _negated=True),
                            _connector="OR",
                        ),
                        name="standards_alert_settled_by_another",
                    ),
                ],
            },
        ),
        Wall("StandardsAlert"),
        migrations.RunSQL(ONLY_SETTLED, migrations.RunSQL.noop),
    ]
