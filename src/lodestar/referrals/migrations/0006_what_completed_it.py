"""Supplementary information: what completed a referral after it went."""

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
        ("referrals", "0005_where_it_was_written"),
        ("tenancy", "0001_tenants_and_grants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="Supplement",
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
                ("sent_at", models.DateTimeField()),
                ("sent_words", models.CharField(blank=True, max_length=40)),
                ("how", models.CharField(blank=True, max_length=200)),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=90), blank=True, default=list, size=None
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "referral",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplements",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "referral", "sent_at"], name="supplement_latest")],
            },
        ),
        Wall("Supplement", append_only=True),
    ]
