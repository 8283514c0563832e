"""The tables of access alerts, each behind the wall."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

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
            name="StaffAddress",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("marks", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tenant", "user"), name="staff_address_once")],
            },
        ),
        CreateModel(
            name="StandardsAlert",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(choices=[("own_name", "Opened someone with their own family name"), ("colleague", "Opened someone with a colleague’s name"), ("address", "Opened or recorded someone at their own address"), ("night", "Many people in one night"), ("day", "Many people in one day"), ("refused", "Many refused look-ups in one hour"), ("leaving", "Exported or disclosed shortly before leaving"), ("emergency", "Emergency access")], max_length=10)),
                ("day", models.DateField()),
                ("subject", models.CharField(blank=True, max_length=60)),
                ("number", models.PositiveIntegerField()),
                ("cases", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ("people", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ("raised_at", models.DateTimeField()),
                ("outcome", models.CharField(blank=True, choices=[("taken_up", "Under investigation"), ("no_concern", "No concern")], max_length=10)),
                ("because", lodestar.platform.tenancy.fields.SealedTextField(blank=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("about", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("settled_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "-raised_at", "-id"], name="standards_alert_latest")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "kind", "about", "day", "subject"), name="standards_alert_once"), models.CheckConstraint(condition=models.Q(("kind__in", ["own_name", "colleague", "address", "night", "day", "refused", "leaving", "emergency"])), name="standards_alert_kind_known"), models.CheckConstraint(condition=models.Q(models.Q(("outcome", ""), ("settled_at__isnull", True), ("settled_by__isnull", True)), models.Q(("settled_at__isnull", False), ("settled_by__isnull", False), models.Q(("outcome", ""), _negated=True)), _connector="OR"), name="standards_alert_settled_at_and_by"), models.CheckConstraint(condition=models.Q(("settled_by__isnull", True), models.Q(("settled_by", models.F("about")), _negated=True), _connector="OR"), name="standards_alert_settled_by_another")],
            },
        ),
        Wall("StaffAddress"),
        Wall("StandardsAlert", rights="select, insert, update (number, outcome, because, settled_at, settled_by_id)"),
    ]
