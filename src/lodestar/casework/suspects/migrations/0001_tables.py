"""Suspects, their moves, conditions of bail and releases, each behind the wall."""

import django.contrib.postgres.fields
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

    dependencies = [
        ("tenancy", "0001_tables"),
        ("cases", "0001_tables"),
        ("case_facts", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="Suspect",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("state", models.CharField(max_length=20)),
                ("due_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField()),
                ("custody_reference", models.CharField(blank=True, max_length=40)),
                ("same_because", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("officers_at", models.DateTimeField(null=True)),
                ("bail_began", models.DateTimeField(null=True)),
                ("bail_ends", models.DateTimeField(null=True)),
                ("step_at", models.DateTimeField(null=True)),
                ("bail_before", django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField(null=True), blank=True, default=list, size=None)),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("victim_officer", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="BailCondition",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("words", lodestar.platform.tenancy.fields.SealedTextField()),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField(null=True)),
                ("suspect", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="conditions", to="suspects.suspect")),
            ],
        ),
        CreateModel(
            name="SuspectMove",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("before", models.CharField(max_length=20)),
                ("after", models.CharField(max_length=20)),
                ("moved_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("because", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("recorded_at", models.DateTimeField()),
                ("mover", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("row", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="suspects.suspect")),
            ],
        ),
        CreateModel(
            name="SuspectRelease",
            options={"ordering": ["planned_at", "id"]},
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(max_length=20)),
                ("planned_at", models.DateTimeField()),
                ("happened_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("event", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="case_facts.caseevent")),
                ("suspect", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="suspects.suspect")),
            ],
        ),
        AddIndex(
            model_name="suspect",
            index=models.Index(fields=["tenant", "owner", "due_at", "id"], name="suspect_owner"),
        ),
        AddConstraint(
            model_name="suspect",
            constraint=models.UniqueConstraint(fields=("tenant", "person"), name="suspect_once"),
        ),
        AddConstraint(
            model_name="suspect",
            constraint=models.CheckConstraint(condition=models.Q(("state__in", ["not_known", "at_large", "traced", "arrested", "bailed", "bailed_conditions", "bail_extended", "conditions_removed", "under_investigation", "no_action", "charged_bailed", "charged_remanded", "remand_refused", "sentenced", "prison_release", "no_suspect"])), name="suspect_state_known"),
        ),
        AddIndex(
            model_name="suspectmove",
            index=models.Index(fields=["tenant", "row", "moved_at"], name="suspect_move_row"),
        ),
        AddIndex(
            model_name="suspectrelease",
            index=models.Index(fields=["tenant", "suspect", "planned_at"], name="suspect_release_of"),
        ),
        AddConstraint(
            model_name="suspectrelease",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["bailed", "bailed_conditions", "charged_bailed", "conditions_removed", "no_action", "prison_release", "remand_refused", "sentenced", "under_investigation"])), name="suspect_release_known"),
        ),
        Wall("Suspect", rights="select, insert, update"),
        Wall("SuspectMove", append_only=True),
        Wall("BailCondition", rights="select, insert, update (to_at)"),
        Wall("SuspectRelease", rights="select, insert, update (happened_at, cancelled_at)"),
    ]
