"""The tables of exports, each behind the wall."""

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
        ("cases", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="ExternalReference",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(choices=[("incident_log", "Incident log"), ("intelligence", "Intelligence system")], max_length=12)),
                ("reference", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("taken_back_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(condition=models.Q(("taken_back_at__isnull", True)), fields=("tenant", "case", "kind", "reference"), name="came_back_once"), models.CheckConstraint(condition=models.Q(("kind__in", ["incident_log", "intelligence"])), name="came_back_kind_known"), models.CheckConstraint(condition=models.Q(("reference", ""), _negated=True), name="came_back_says_which"), models.CheckConstraint(condition=models.Q(models.Q(("taken_back_at__isnull", True), ("taken_back_by__isnull", True)), models.Q(("taken_back_at__isnull", False), ("taken_back_by__isnull", False)), _connector="OR"), name="came_back_taken_back_at_and_by")],
            },
        ),
        CreateModel(
            name="PackOrder",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("system", models.CharField(max_length=80)),
                ("fields", models.JSONField()),
                ("filed_at", models.DateTimeField()),
                ("filed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "-filed_at", "-id"], name="pack_order_latest")],
                "constraints": [models.CheckConstraint(condition=models.Q(("system", ""), _negated=True), name="pack_order_names_its_system")],
            },
        ),
        Wall("ExternalReference"),
        Wall("PackOrder", append_only=True),
    ]
