"""Rows of tables that came from elsewhere, as they came."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.fields
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.tables import CreateModel
from lodestar.tenancy.wall import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("recognition", "0001_concerns_signs_beliefs"),
        ("cases", "0013_what_of_a_referral_is_late"),
        ("tenancy", "0001_tenants_and_grants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="RowTakenIn",
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
                ("key", models.CharField(max_length=64)),
                ("person_key", models.CharField(blank=True, max_length=64)),
                ("typed", lodestar.tenancy.fields.SealedTextField()),
                ("recorded_at", models.DateTimeField()),
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
                    "person",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        null=True,
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
                "indexes": [models.Index(fields=["tenant", "case", "person_key"], name="row_taken_in_person")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "key"), name="row_taken_in_once")],
            },
        ),
        Wall("RowTakenIn", append_only=True),
    ]
