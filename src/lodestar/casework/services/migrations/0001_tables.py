"""The tables of services, each behind the wall."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.platform.tenancy.fields
import lodestar.platform.tenancy.models
import lodestar.platform.tenancy.tenant_transaction
import lodestar.platform.text.ids
from lodestar.platform.tenancy.row_security import Wall
from lodestar.platform.tenancy.tables import CreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_tables"),
        ("cases", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="Service",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("own_id", models.CharField(max_length=200)),
                ("name", models.CharField(max_length=200)),
                ("organisation", models.CharField(blank=True, max_length=200)),
                ("status", models.CharField(max_length=24)),
                ("document", models.JSONField()),
                ("facts", models.JSONField(default=dict)),
                ("needs", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ("languages", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ("assured_on", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "status", "name", "id"], name="service_status_name")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "own_id"), name="service_own_id_once")],
            },
        ),
        CreateModel(
            name="ServiceChange",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(max_length=10)),
                ("fields", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ("places", models.PositiveIntegerField(null=True)),
                ("who_said", models.CharField(blank=True, max_length=120)),
                ("said_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("service", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="services.service")),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "service", "-recorded_at"], name="service_change_latest")],
                "constraints": [models.CheckConstraint(condition=models.Q(("kind__in", ["added", "capacity", "edited", "imported", "withdrawn"])), name="service_change_kind_known")],
            },
        ),
        CreateModel(
            name="AvoidedArea",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("latitude", models.FloatField()),
                ("longitude", models.FloatField()),
                ("km", models.FloatField()),
                ("kind", models.CharField(max_length=12)),
                ("words", lodestar.platform.tenancy.fields.SealedTextField()),
                ("recorded_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("removed_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "person"], name="avoided_area_person")],
                "constraints": [models.CheckConstraint(condition=models.Q(("kind__in", ["exploitation", "exploiter", "family", "victims"])), name="avoided_area_kind_known"), models.CheckConstraint(condition=models.Q(models.Q(("removed_at__isnull", True), ("removed_by__isnull", True)), models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)), _connector="OR"), name="avoided_area_removed_at_and_by")],
            },
        ),
        CreateModel(
            name="PlaceSearch",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("answers", lodestar.platform.tenancy.fields.SealedTextField()),
                ("searched_at", models.DateTimeField()),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("searched_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "person", "-searched_at"], name="place_search_latest")],
            },
        ),
        Wall("Service"),
        Wall("ServiceChange", append_only=True),
        Wall("AvoidedArea"),
        Wall("PlaceSearch", append_only=True),
    ]
