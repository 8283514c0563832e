"""Statuses, closings, outcomes and rights to review, each behind the wall."""

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

    dependencies = [("tenancy", "0001_tables"), ("cases", "0001_tables"), ("investigations", "0001_tables"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        CreateModel(
            name="ClosingRequest",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("reason", lodestar.platform.tenancy.fields.SealedTextField()),
                ("asked_at", models.DateTimeField()),
                ("approved", models.BooleanField(null=True)),
                ("because", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("decided_at", models.DateTimeField(null=True)),
                ("scope", models.CharField(max_length=8)),
                ("outcomes", lodestar.platform.tenancy.fields.SealedTextField()),
                ("version", models.CharField(max_length=10)),
                ("answers", lodestar.platform.tenancy.fields.SealedTextField()),
                ("reasons", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("happened_without", models.BooleanField(default=False)),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("decided_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
        ),
        CreateModel(
            name="CrimeOutcome",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("code", models.CharField(max_length=4)),
                ("on", models.DateField()),
                ("why", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("happened_without", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("crime", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="investigations.crime")),
            ],
        ),
        CreateModel(
            name="RightToReview",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("state", models.CharField(max_length=20)),
                ("due_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField()),
                ("informed_how", models.CharField(blank=True, max_length=10)),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("request", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="closures.closingrequest")),
            ],
        ),
        CreateModel(
            name="RightMove",
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
                ("row", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="closures.righttoreview")),
            ],
        ),
        CreateModel(
            name="CaseStatus",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("status", models.CharField(max_length=14)),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("why", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("recorded_at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "case", "-recorded_at", "-id"], name="case_status_latest")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("status__in", ["open", "investigating", "with_cps", "before_court", "closing_asked", "closed", "reopened"])), name="case_status_known"),
                    models.CheckConstraint(condition=models.Q(models.Q(("status", "reopened"), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"), name="case_status_says_why"),
                ],
            },
        ),
        AddIndex(model_name="closingrequest", index=models.Index(fields=["tenant", "case", "-asked_at"], name="closing_case")),
        AddConstraint(
            model_name="closingrequest",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("approved__isnull", True), ("decided_at__isnull", True), ("decided_by__isnull", True)), models.Q(("approved__isnull", False), ("decided_at__isnull", False), ("decided_by__isnull", False)), _connector="OR"), name="closing_decided_at_and_by"),
        ),
        AddConstraint(model_name="closingrequest", constraint=models.CheckConstraint(condition=models.Q(("decided_by__isnull", True), models.Q(("decided_by", models.F("asked_by")), _negated=True), _connector="OR"), name="closing_by_two")),
        AddConstraint(model_name="closingrequest", constraint=models.CheckConstraint(condition=models.Q(("scope__in", ["case", "person", "outcome"])), name="closing_scope_known")),
        AddConstraint(model_name="closingrequest", constraint=models.CheckConstraint(condition=models.Q(models.Q(("scope", "person"), _negated=True), ("person__isnull", False), _connector="OR"), name="closing_of_a_person")),
        AddConstraint(model_name="closingrequest", constraint=models.UniqueConstraint(condition=models.Q(("decided_at__isnull", True), ("happened_without", False)), fields=("tenant", "case"), name="closing_one_waits")),
        AddIndex(model_name="crimeoutcome", index=models.Index(fields=["tenant", "case", "recorded_at"], name="crime_outcome_case")),
        AddIndex(model_name="righttoreview", index=models.Index(fields=["tenant", "due_at", "id"], name="right_due")),
        AddConstraint(model_name="righttoreview", constraint=models.CheckConstraint(condition=models.Q(("state__in", ["to_inform", "informed", "asked", "upheld", "changed", "not_asked", "withdrawn", "not_possible"])), name="right_state_known")),
        AddConstraint(model_name="righttoreview", constraint=models.UniqueConstraint(fields=("tenant", "person", "request"), name="right_once")),
        AddIndex(model_name="rightmove", index=models.Index(fields=["tenant", "row", "moved_at"], name="right_move_row")),
        Wall("CaseStatus", append_only=True),
        Wall("ClosingRequest", rights="select, insert, update (approved, because, decided_at, decided_by_id, reasons)"),
        Wall("CrimeOutcome", append_only=True),
        Wall("RightToReview", rights="select, insert, update"),
        Wall("RightMove", append_only=True),
    ]
