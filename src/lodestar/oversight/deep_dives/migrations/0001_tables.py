"""Deep dives, their cases, reviews, disputes and findings, each behind the wall."""

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

    dependencies = [("tenancy", "0001_tables"), ("cases", "0001_tables"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        CreateModel(
            name="DeepDive",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("first", models.DateField()), ("last", models.DateField()), ("seed", models.BigIntegerField()),
                ("frame", models.JSONField()), ("version", models.CharField(max_length=10)),
                ("not_drawn", models.PositiveIntegerField()),
                ("works_drawn", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("drawn_at", models.DateTimeField()), ("completed_at", models.DateTimeField(null=True)),
                ("report", models.JSONField(null=True)),
                ("drawn_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="DrawnCase",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("number", models.PositiveSmallIntegerField()), ("stratum", models.CharField(max_length=20)),
                ("kinds", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None)),
                ("is_twice", models.BooleanField(default=False)), ("drawer_works", models.BooleanField(default=False)),
                ("grade", models.CharField(blank=True, max_length=20)),
                ("critical", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), blank=True, default=list, size=None)),
                ("decided_on", models.DateField(null=True)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("dive", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="deep_dives.deepdive")),
            ],
        ),
        CreateModel(
            name="Dispute",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("question", models.CharField(max_length=4)), ("because", lodestar.platform.tenancy.fields.SealedTextField()),
                ("disputed_at", models.DateTimeField()), ("settled", models.CharField(blank=True, max_length=20)),
                ("reason", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("settled_at", models.DateTimeField(null=True)),
                ("disputed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("settled_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("drawn", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="disputes", to="deep_dives.drawncase")),
            ],
        ),
        CreateModel(
            name="CaseReview",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("marking", models.PositiveSmallIntegerField()),
                ("answers", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("version", models.PositiveIntegerField(default=1)), ("given_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)), ("withdrawn_at", models.DateTimeField(null=True)),
                ("why", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("given_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("reviewer", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("drawn", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="deep_dives.drawncase")),
            ],
        ),
        CreateModel(
            name="Finding",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("state", models.CharField(max_length=20)), ("due_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)), ("recorded_at", models.DateTimeField()),
                ("question", models.CharField(max_length=4)), ("words", lodestar.platform.tenancy.fields.SealedTextField()),
                ("training_role", models.CharField(blank=True, max_length=24)),
                ("dive", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="deep_dives.deepdive")),
                ("drawn", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="deep_dives.drawncase")),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="FindingMove",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("before", models.CharField(max_length=20)), ("after", models.CharField(max_length=20)),
                ("moved_at", models.DateTimeField()), ("reason", models.CharField(blank=True, max_length=20)),
                ("because", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("recorded_at", models.DateTimeField()),
                ("mover", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("row", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="deep_dives.finding")),
            ],
        ),
        AddConstraint(model_name="deepdive", constraint=models.UniqueConstraint(fields=("tenant", "first"), name="deep_dive_quarter_once")),
        AddConstraint(model_name="deepdive", constraint=models.CheckConstraint(condition=models.Q(("completed_at__isnull", True), ("report__isnull", False), _connector="OR"), name="deep_dive_report_when_complete")),
        AddIndex(model_name="drawncase", index=models.Index(fields=["tenant", "case"], name="drawn_case_case")),
        AddConstraint(model_name="drawncase", constraint=models.UniqueConstraint(fields=("tenant", "dive", "number"), name="drawn_case_number_once")),
        AddConstraint(model_name="drawncase", constraint=models.UniqueConstraint(fields=("tenant", "dive", "case"), name="drawn_case_once")),
        AddConstraint(model_name="drawncase", constraint=models.CheckConstraint(condition=models.Q(models.Q(("decided_on__isnull", True), ("grade", "")), models.Q(("decided_on__isnull", False), ("grade__in", ["good", "requires_improvement", "inadequate"])), _connector="OR"), name="drawn_case_grade_known")),
        AddConstraint(model_name="dispute", constraint=models.UniqueConstraint(fields=("tenant", "drawn", "question"), name="dispute_question_once")),
        AddConstraint(model_name="dispute", constraint=models.CheckConstraint(condition=models.Q(models.Q(("settled", ""), ("settled_at__isnull", True), ("settled_by__isnull", True)), models.Q(("settled__in", ["met", "partly", "not_met", "not_applicable", "cannot_tell"]), ("settled_at__isnull", False), ("settled_by__isnull", False)), _connector="OR"), name="dispute_settled_whole")),
        AddConstraint(model_name="dispute", constraint=models.CheckConstraint(condition=models.Q(("settled_by__isnull", True), models.Q(("settled_by", models.F("disputed_by")), _negated=True), _connector="OR"), name="dispute_settled_by_another")),
        AddIndex(model_name="casereview", index=models.Index(fields=["tenant", "reviewer", "submitted_at"], name="case_review_reviewer")),
        AddConstraint(model_name="casereview", constraint=models.UniqueConstraint(fields=("tenant", "drawn", "reviewer"), name="case_review_reviewer_once")),
        AddConstraint(model_name="casereview", constraint=models.UniqueConstraint(condition=models.Q(("withdrawn_at__isnull", True)), fields=("tenant", "drawn", "marking"), name="case_review_marking_once")),
        AddConstraint(model_name="casereview", constraint=models.CheckConstraint(condition=models.Q(("marking__in", [1, 2])), name="case_review_marking_known")),
        AddConstraint(model_name="casereview", constraint=models.CheckConstraint(condition=models.Q(("submitted_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"), name="case_review_ends_once")),
        AddIndex(model_name="finding", index=models.Index(fields=["tenant", "owner", "due_at", "id"], name="finding_owner")),
        AddIndex(model_name="finding", index=models.Index(fields=["tenant", "due_at", "id"], name="finding_due")),
        AddConstraint(model_name="finding", constraint=models.CheckConstraint(condition=models.Q(("state__in", ["open", "under_way", "done", "better", "no_better", "not_taken"])), name="finding_state_known")),
        AddIndex(model_name="findingmove", index=models.Index(fields=["tenant", "row", "moved_at"], name="finding_move_row")),
        Wall("DeepDive", rights="select, insert, update (completed_at, report)"),
        Wall("DrawnCase", rights="select, insert, update (grade, critical, decided_on)"),
        Wall("CaseReview", rights="select, insert, update (answers, version, submitted_at, withdrawn_at, why)"),
        Wall("Dispute", rights="select, insert, update (settled, reason, settled_at, settled_by_id)"),
        Wall("Finding", rights="select, insert, update"),
        Wall("FindingMove", append_only=True),
    ]
