"""Who opened which version, so that a reader of an older one is told what changed."""

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
        ("accounts", "0004_people_are_never_removed"),
        ("guidance", "0002_how_many_passages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="Reading",
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
                ("opened_at", models.DateTimeField()),
                ("understood_at", models.DateTimeField(null=True)),
                (
                    "unit",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="guidance.version",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "version"], name="guidance_reading_version")],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "user", "version"), name="guidance_reading_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("understood_at__isnull", True),
                            ("understood_at__gte", models.F("opened_at")),
                            _connector="OR",
                        ),
                        name="guidance_reading_opened_before_understood",
                    ),
                ],
            },
        ),
        Wall("Reading"),
    ]
