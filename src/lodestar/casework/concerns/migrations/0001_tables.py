"""The tables of concerns, each behind the wall."""

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
            name="SuppressedImport",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("mark", models.BigIntegerField()),
                ("gone_on", models.DateField()),
                ("by_two", models.BooleanField()),
                ("until", models.DateField()),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "until"], name="let_go_until")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "mark"), name="let_go_once")],
            },
        ),
        CreateModel(
            name="BeliefDecision",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("belief", models.CharField(max_length=20)),
                ("how", models.CharField(choices=[("recorded", "as reported or confirmed"), ("decided", "on the signs listed")], max_length=8)),
                ("because", models.CharField(blank=True, max_length=2000)),
                ("would_change", models.CharField(blank=True, max_length=2000)),
                ("decided_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "person", "recorded_at", "id"], name="belief_decision_person")],
                "constraints": [models.CheckConstraint(condition=models.Q(("belief__in", ["reasonable_grounds", "signs_only", "none"])), name="belief_decision_known"), models.CheckConstraint(condition=models.Q(("how__in", ["recorded", "decided"])), name="belief_decision_how_known")],
            },
        ),
        CreateModel(
            name="ImportedRow",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("key", models.CharField(max_length=64)),
                ("person_key", models.CharField(blank=True, max_length=64)),
                ("typed", lodestar.platform.tenancy.fields.SealedTextField()),
                ("recorded_at", models.DateTimeField()),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "case", "person_key"], name="row_taken_in_person")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "key"), name="row_taken_in_once")],
            },
        ),
        CreateModel(
            name="Note",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(choices=[("own_words", "in their own words"), ("before", "as reported before"), ("taken_back", "withdrawn"), ("reported", "as another system says it")], max_length=12)),
                ("words", models.CharField(max_length=4000)),
                ("recorded_at", models.DateTimeField()),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "case", "recorded_at", "id"], name="note_case")],
                "constraints": [models.CheckConstraint(condition=models.Q(("kind__in", ["own_words", "before", "taken_back", "reported"])), name="note_kind_known"), models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="note_says_something")],
            },
        ),
        CreateModel(
            name="SignSeen",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("code", models.CharField(max_length=60)),
                ("list_date", models.DateField()),
                ("seen_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("withdrawn_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(condition=models.Q(("withdrawn_at__isnull", True)), fields=("tenant", "case", "person", "code"), name="sign_seen_once", nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)), models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)), _connector="OR"), name="sign_withdrawn_at_and_by")],
            },
        ),
        Wall("SuppressedImport", append_only=True),
        Wall("BeliefDecision", append_only=True),
        Wall("ImportedRow", append_only=True),
        Wall("Note", append_only=True),
        Wall("SignSeen", rights="select, insert, update"),
    ]
