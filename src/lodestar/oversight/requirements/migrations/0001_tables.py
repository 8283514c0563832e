"""Requirements, the links to their evidence, and statements, each behind the wall."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.platform.tenancy.fields
import lodestar.platform.tenancy.models
import lodestar.platform.tenancy.tenant_transaction
import lodestar.platform.text.ids
from lodestar.platform.tenancy.row_security import Wall
from lodestar.platform.tenancy.tables import AddConstraint, AddIndex, CreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = [("tenancy", "0001_tables"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        CreateModel(
            name="Requirement",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("standard", models.CharField(max_length=40)), ("code", models.CharField(max_length=20)),
                ("edition", models.DateField()), ("until", models.DateField(null=True)),
                ("kind", models.CharField(max_length=20)), ("text", models.TextField()),
                ("is_verified", models.BooleanField(default=False)), ("source", models.CharField(max_length=300)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="RequirementLink",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(max_length=20)), ("key", models.CharField(max_length=100)),
                ("reason", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("added_at", models.DateTimeField()), ("removed_at", models.DateTimeField(null=True)),
                ("removed_because", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("added_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("removed_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("requirement", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="links", to="requirements.requirement")),
            ],
        ),
        CreateModel(
            name="Statement",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("words", models.TextField()), ("said_on", models.DateField()), ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        AddConstraint(model_name="requirement", constraint=models.UniqueConstraint(fields=("tenant", "standard", "code", "edition"), name="requirement_edition_once")),
        AddConstraint(model_name="requirement", constraint=models.UniqueConstraint(condition=models.Q(("until__isnull", True)), fields=("tenant", "standard", "code"), name="requirement_in_force_once")),
        AddConstraint(model_name="requirement", constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["recommendation", "action", "statute", "guidance", "national_plan", "local_policy"])), name="requirement_kind_known")),
        AddConstraint(model_name="requirement", constraint=models.CheckConstraint(condition=models.Q(("until__isnull", True), ("until__gte", models.F("edition")), _connector="OR"), name="requirement_days_in_order")),
        AddIndex(model_name="requirementlink", index=models.Index(fields=["tenant", "kind", "key"], name="requirement_link_key")),
        AddConstraint(model_name="requirementlink", constraint=models.UniqueConstraint(condition=models.Q(("removed_at__isnull", True)), fields=("tenant", "requirement", "kind", "key"), name="requirement_link_once")),
        AddConstraint(model_name="requirementlink", constraint=models.CheckConstraint(condition=models.Q(models.Q(("removed_at__isnull", True), ("removed_by__isnull", True)), models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)), _connector="OR"), name="requirement_link_removed_whole")),
        Wall("Requirement", rights="select, insert, update (until)"),
        Wall("RequirementLink", rights="select, insert, update (removed_at, removed_by_id, removed_because)"),
        Wall("Statement", append_only=True),
    ]
