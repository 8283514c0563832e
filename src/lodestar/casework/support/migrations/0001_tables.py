"""The tables of support, each behind the wall."""

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
            name="Offer",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("offered_at", models.DateTimeField()),
                ("since", models.DateTimeField(null=True)),
                ("how", models.CharField(blank=True, max_length=16)),
                ("as_agreed", models.BooleanField(null=True)),
                ("known_officer", models.BooleanField(null=True)),
                ("outcome", models.CharField(max_length=12)),
                ("said", models.CharField(blank=True, max_length=500)),
                ("leaflet", models.CharField(blank=True, max_length=40)),
                ("recorded_at", models.DateTimeField()),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "person", "-offered_at", "id"], name="offer_latest")],
                "constraints": [models.CheckConstraint(condition=models.Q(("how__in", ["", "met", "agreed_call", "trusted_person", "they_came"])), name="offer_how_known"), models.CheckConstraint(condition=models.Q(("outcome__in", ("no", "time", "yes", "unwanted", "unsafe", "not_reached"))), name="offer_outcome_known")],
            },
        ),
        CreateModel(
            name="SupportRecord",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(max_length=12)),
                ("happened_at", models.DateTimeField()),
                ("who", models.CharField(blank=True, max_length=200)),
                ("words", lodestar.platform.tenancy.fields.SealedTextField()),
                ("recorded_at", models.DateTimeField()),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "person", "-happened_at", "id"], name="support_record_latest")],
                "constraints": [models.CheckConstraint(condition=models.Q(("kind__in", ("reached", "not_reached", "began", "transfer", "withdrew", "ended", "came_back"))), name="support_record_known")],
            },
        ),
        CreateModel(
            name="SupportStage",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("stage", models.CharField(blank=True, max_length=24)),
                ("since", models.DateField(null=True)),
                ("events", models.JSONField(default=list)),
                ("is_child", models.BooleanField(default=False)),
                ("turns_18", models.DateField(null=True)),
                ("wish", models.CharField(blank=True, max_length=8)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "stage", "-person"], name="support_stage_list"), models.Index(condition=models.Q(("turns_18__isnull", False)), fields=["tenant", "turns_18"], name="support_stage_18")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "person"), name="support_stage_once"), models.CheckConstraint(condition=models.Q(("stage__in", ["", "before", "pending", "positive", "negative", "declined_by_person", "declined_by_authority", "withdrawn", "closed"])), name="support_stage_known")],
            },
        ),
        Wall("Offer", append_only=True),
        Wall("SupportRecord", append_only=True),
        Wall("SupportStage"),
    ]
