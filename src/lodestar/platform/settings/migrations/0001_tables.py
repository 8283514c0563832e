"""The tables of settings, each behind the wall."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.platform.settings.models
import lodestar.platform.tenancy.fields
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
            name="SettingChange",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("reason", lodestar.platform.tenancy.fields.SealedTextField()),
                ("asked_at", models.DateTimeField()),
                ("approved", models.BooleanField(null=True)),
                ("because", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("decided_at", models.DateTimeField(null=True)),
                ("key", models.CharField(max_length=60)),
                ("value", models.CharField(max_length=60)),
                ("from_date", models.DateField()),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("decided_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "key", "-from_date", "id"], name="setting_change_key"), models.Index(condition=models.Q(("approved", True)), fields=["tenant", "from_date", "decided_at", "id"], name="setting_change_agreed"), models.Index(condition=models.Q(("decided_at__isnull", True)), fields=["tenant", "asked_at", "id"], name="setting_change_waiting")],
                "constraints": [models.CheckConstraint(condition=models.Q(models.Q(("approved__isnull", True), ("decided_at__isnull", True), ("decided_by__isnull", True)), models.Q(("approved__isnull", False), ("decided_at__isnull", False), ("decided_by__isnull", False)), _connector="OR"), name="setting_change_decided_at_and_by"), models.CheckConstraint(condition=models.Q(("decided_by__isnull", True), models.Q(("decided_by", models.F("asked_by")), _negated=True), _connector="OR"), name="setting_change_by_two"), models.CheckConstraint(condition=models.Q(("from_date__gt", lodestar.platform.settings.models.LondonDay("asked_at"))), name="setting_change_looks_ahead"), models.CheckConstraint(condition=models.Q(models.Q(("approved", True), _negated=True), ("from_date__gt", lodestar.platform.settings.models.LondonDay("decided_at")), _connector="OR"), name="setting_change_never_backwards")],
            },
        ),
        Wall("SettingChange", rights="select, insert, update (approved, because, decided_at, decided_by_id)"),
    ]
