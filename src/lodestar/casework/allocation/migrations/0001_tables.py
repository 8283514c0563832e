"""The tables of allocation, each behind the wall."""

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
            name="Allocation",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(choices=[("pip2", "given to a PIP2 detective"), ("authority", "by a detective inspector's authority"), ("happened_without", "went ahead without either")], max_length=20)),
                ("skill", models.CharField(blank=True, max_length=20)),
                ("meets", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ("at", models.DateTimeField()),
                ("at_words", models.CharField(blank=True, max_length=40)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("expires_at", models.DateTimeField(null=True)),
                ("rank", models.PositiveSmallIntegerField(null=True)),
                ("override", models.CharField(blank=True, max_length=20)),
                ("acknowledge_by", models.DateTimeField(null=True)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("authorised_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("supervised_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "case", "at"], name="allocation_case"), models.Index(fields=["tenant", "kind", "at"], name="allocation_kind"), models.Index(condition=models.Q(("acknowledge_by__isnull", False), ("acknowledged_at__isnull", True)), fields=["tenant", "acknowledge_by", "id"], name="allocation_unacknowledged")],
                "constraints": [models.CheckConstraint(condition=models.Q(models.Q(("authorised_by__isnull", False), ("expires_at__gt", models.F("at")), ("kind", "authority"), models.Q(("reason", ""), _negated=True)), models.Q(("authorised_by__isnull", True), ("expires_at__isnull", True), ("kind__in", ["pip2", "happened_without"])), _connector="OR"), name="allocation_authority_has_reason_and_end"), models.CheckConstraint(condition=models.Q(("override", ""), models.Q(("reason", ""), _negated=True), _connector="OR"), name="allocation_override_has_reason"), models.UniqueConstraint(fields=("tenant", "case", "number"), name="allocation_number_once")],
            },
        ),
        CreateModel(
            name="Conflict",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("reason", lodestar.platform.tenancy.fields.SealedTextField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("ended_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)), models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)), _connector="OR"), name="conflict_ended_at_and_by"), models.UniqueConstraint(condition=models.Q(("ended_at__isnull", True)), fields=("tenant", "case", "user"), name="conflict_open_once")],
            },
        ),
        Wall("Allocation", rights="select, insert, update (acknowledged_at)"),
        Wall("Conflict", rights="select, insert, update (ended_at, ended_by_id)"),
    ]
