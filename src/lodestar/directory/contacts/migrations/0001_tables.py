"""The table of contacts, behind the wall."""

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
            name="ContactVersion",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(max_length=40)),
                ("district", models.CharField(blank=True, max_length=60)),
                ("version", models.PositiveIntegerField()),
                ("name", models.CharField(blank=True, max_length=100)),
                ("telephone", models.CharField(max_length=30)),
                ("second_telephone", models.CharField(blank=True, max_length=30)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("hours", models.CharField(max_length=60)),
                ("checked_on", models.DateField(null=True)),
                ("owner_role", models.CharField(blank=True, max_length=40)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("is_removed", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                ("checked_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("owner", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "kind", "district", "version"), name="contact_version_once"),
                    models.CheckConstraint(condition=models.Q(("telephone", ""), _negated=True), name="contact_has_a_number"),
                    models.CheckConstraint(condition=models.Q(models.Q(("checked_by__isnull", True), ("checked_on__isnull", True)), models.Q(("checked_by__isnull", False), ("checked_on__isnull", False)), _connector="OR"), name="contact_checked_on_and_by"),
                    models.CheckConstraint(condition=models.Q(("owner_role", ""), ("owner__isnull", True), _connector="OR"), name="contact_one_owner"),
                ],
            },
        ),
        Wall("ContactVersion", append_only=True),
    ]
