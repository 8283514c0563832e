"""The tables of assess, each behind the wall."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

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
            name="Remark",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("rule", models.CharField(blank=True, max_length=60)),
                ("page", models.CharField(blank=True, max_length=120)),
                ("words", models.CharField(max_length=1000)),
                ("said_at", models.DateTimeField()),
                ("answer", models.CharField(blank=True, max_length=1000)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("said_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "rule", "-said_at", "id"], name="remark_rule"), models.Index(condition=models.Q(("answered_at__isnull", True)), fields=["tenant", "said_at", "id"], name="remark_waiting")],
                "constraints": [models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="remark_says_something"), models.CheckConstraint(condition=models.Q(models.Q(("answer", ""), ("answered_at__isnull", True), ("answered_by__isnull", True)), models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False), ("answered_by__isnull", False)), _connector="OR"), name="remark_answered_at_and_by")],
            },
        ),
        CreateModel(
            name="RuleConfirmation",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("rule", models.CharField(max_length=60)),
                ("words", models.CharField(max_length=16)),
                ("source_read", models.CharField(max_length=500)),
                ("confirmed_at", models.DateTimeField()),
                ("confirmed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "rule", "-confirmed_at", "id"], name="rule_confirmation_rule")],
                "constraints": [models.CheckConstraint(condition=models.Q(("source_read", ""), _negated=True), name="rule_confirmation_says_what_was_read")],
            },
        ),
        Wall("Remark", rights="select, insert, update"),
        Wall("RuleConfirmation", append_only=True),
    ]
