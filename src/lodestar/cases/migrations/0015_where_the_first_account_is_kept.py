"""Where the first account of a person is kept: the video, and what else of the first hour was kept."""

import django.contrib.postgres.fields
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
        ("cases", "0014_who_may_be_known_already"),
        ("tenancy", "0001_tenants_and_grants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="FirstAccount",
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
                ("reference", models.CharField(max_length=60)),
                ("officer", models.CharField(blank=True, max_length=40)),
                ("taken_at", models.DateTimeField()),
                ("taken_words", models.CharField(blank=True, max_length=40)),
                (
                    "kept",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("more", models.CharField(blank=True, max_length=400)),
                ("recorded_at", models.DateTimeField()),
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
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tenant", "person", "recorded_at", "id"], name="first_account_person")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reference", ""), _negated=True), name="first_account_has_a_reference"
                    )
                ],
            },
        ),
        Wall("FirstAccount", append_only=True),
    ]
