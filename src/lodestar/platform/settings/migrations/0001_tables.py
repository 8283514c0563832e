"""The tables of settings, each behind the wall."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.platform.settings.models
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
                ("key", models.CharField(max_length=60)),
                ("value", models.CharField(max_length=60)),
                ("from_date", models.DateField()),
                ("reason", models.CharField(max_length=1000)),
                ("proposed_at", models.DateTimeField()),
                ("decision", models.CharField(blank=True, choices=[("approved", "approved"), ("refused", "refused")], max_length=10)),
                ("decided_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=1000)),
                ("decided_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("proposed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "key", "-from_date", "id"], name="setting_change_key"), models.Index(condition=models.Q(("decision", "approved")), fields=["tenant", "from_date", "decided_at", "id"], name="setting_change_agreed"), models.Index(condition=models.Q(("decision", "")), fields=["tenant", "proposed_at", "id"], name="setting_change_waiting")],
                "constraints": [models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="setting_change_says_why"), models.CheckConstraint(condition=models.Q(models.Q(("answer", ""), ("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", "")), models.Q(("decided_at__isnull", False), ("decided_by__isnull", False), ("decision__in", ["approved", "refused"])), _connector="OR"), name="setting_change_decided_at_and_by"), models.CheckConstraint(condition=models.Q(("answer", ""), ("decision", "refused"), _negated=True), name="setting_change_refused_with_reason"), models.CheckConstraint(condition=models.Q(models.Q(("decision", "approved"), _negated=True), models.Q(("decided_by", models.F("proposed_by")), _negated=True), _connector="OR"), name="setting_change_second_person"), models.CheckConstraint(condition=models.Q(("from_date__gt", lodestar.platform.settings.models.LondonDay("proposed_at"))), name="setting_change_looks_ahead"), models.CheckConstraint(condition=models.Q(models.Q(("decision", "approved"), _negated=True), ("from_date__gt", lodestar.platform.settings.models.LondonDay("decided_at")), _connector="OR"), name="setting_change_never_backwards")],
            },
        ),
        Wall("SettingChange", rights="select, insert, update (decision, decided_at, answer, decided_by_id)"),
    ]
