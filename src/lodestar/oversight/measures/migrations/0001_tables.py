"""The tables of measures, each behind the wall."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.platform.tenancy.models
import lodestar.platform.tenancy.tenant_transaction
import lodestar.platform.text.ids
from lodestar.platform.tenancy.row_security import Wall
from lodestar.platform.tenancy.tables import CreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="StoredValue",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("code", models.CharField(max_length=40)),
                ("version", models.PositiveSmallIntegerField()),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("numerator", models.PositiveIntegerField(null=True)),
                ("denominator", models.PositiveIntegerField(null=True)),
                ("median", models.FloatField(null=True)),
                ("further", models.JSONField(default=dict)),
                ("stored_at", models.DateTimeField()),
                ("by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "code", "first", "last", "stored_at"], name="stored_value_of_period")],
                "constraints": [models.CheckConstraint(condition=models.Q(("last__gte", models.F("first"))), name="stored_value_days_in_order")],
            },
        ),
        Wall("StoredValue", append_only=True),
        CreateModel(
            name="CrimeTotal",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("month", models.DateField()),
                ("crimes", models.PositiveIntegerField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "month", "recorded_at"], name="crime_total_month")],
                "constraints": [models.CheckConstraint(condition=models.Q(("month__day", 1)), name="crime_total_of_a_month")],
            },
        ),
        Wall("CrimeTotal", append_only=True),
    ]
