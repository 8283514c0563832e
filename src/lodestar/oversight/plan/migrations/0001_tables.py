"""Items of the plan with their milestones, moves and changes, each behind the wall."""

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
            name="PlanItem",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("state", models.CharField(max_length=20)), ("due_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)), ("recorded_at", models.DateTimeField()),
                ("number", models.PositiveIntegerField()), ("title", models.CharField(max_length=200)),
                ("domain", models.CharField(max_length=20)), ("four_p", models.CharField(max_length=10)),
                ("starts_on", models.DateField(null=True)), ("original_due_on", models.DateField()),
                ("due_on", models.DateField()), ("success", models.TextField(blank=True)),
                ("measure", models.CharField(blank=True, max_length=40)), ("baseline", models.FloatField(null=True)),
                ("target", models.FloatField(null=True)), ("rag_override", models.CharField(blank=True, max_length=10)),
                ("rag_reason", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("source", models.CharField(blank=True, max_length=20)),
                ("source_key", models.CharField(blank=True, max_length=100)),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="Milestone",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("title", models.CharField(max_length=200)), ("original_due_on", models.DateField()),
                ("due_on", models.DateField()), ("met_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("item", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="milestones", to="plan.planitem")),
            ],
        ),
        CreateModel(
            name="PlanChange",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("column", models.CharField(max_length=20)),
                ("before", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("after", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("reason", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("milestone", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plan.milestone")),
                ("item", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="plan.planitem")),
            ],
        ),
        CreateModel(
            name="PlanMove",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("before", models.CharField(max_length=20)), ("after", models.CharField(max_length=20)),
                ("moved_at", models.DateTimeField()), ("reason", models.CharField(blank=True, max_length=20)),
                ("because", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("recorded_at", models.DateTimeField()),
                ("mover", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("row", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="plan.planitem")),
            ],
        ),
        AddIndex(model_name="planitem", index=models.Index(fields=["tenant", "owner", "due_at", "id"], name="plan_item_owner")),
        AddIndex(model_name="planitem", index=models.Index(fields=["tenant", "due_at", "id"], name="plan_item_due")),
        AddConstraint(model_name="planitem", constraint=models.UniqueConstraint(fields=("tenant", "number"), name="plan_item_number_once")),
        AddConstraint(model_name="planitem", constraint=models.CheckConstraint(condition=models.Q(("state__in", ["not_started", "under_way", "complete", "stopped"])), name="plan_item_state_known")),
        AddConstraint(model_name="planitem", constraint=models.CheckConstraint(condition=models.Q(("domain__in", ["threat_picture", "public_engagement", "victims", "investigation", "training", "leadership", "partnership", "procurement", "data"])), name="plan_item_domain_known")),
        AddConstraint(model_name="planitem", constraint=models.CheckConstraint(condition=models.Q(("four_p__in", ["pursue", "prevent", "protect", "prepare"])), name="plan_item_four_p_known")),
        AddConstraint(model_name="planitem", constraint=models.CheckConstraint(condition=models.Q(("rag_override__in", ["", "green", "amber", "red"])), name="plan_item_override_known")),
        AddConstraint(model_name="planitem", constraint=models.CheckConstraint(condition=models.Q(("source__in", ["", "recommendation", "peer_review", "board", "deep_dive"])), name="plan_item_source_known")),
        AddConstraint(model_name="planitem", constraint=models.CheckConstraint(condition=models.Q(("starts_on__isnull", True), ("starts_on__lte", models.F("due_on")), _connector="OR"), name="plan_item_days_in_order")),
        AddIndex(model_name="planchange", index=models.Index(fields=["tenant", "at"], name="plan_change_at")),
        AddIndex(model_name="planchange", index=models.Index(fields=["tenant", "item", "at"], name="plan_change_item")),
        AddIndex(model_name="milestone", index=models.Index(fields=["tenant", "item", "due_on"], name="milestone_item")),
        AddIndex(model_name="planmove", index=models.Index(fields=["tenant", "row", "moved_at"], name="plan_move_row")),
        Wall("PlanItem", rights="select, insert, update"),
        Wall("PlanMove", append_only=True),
        Wall("Milestone", rights="select, insert, update (title, due_on, met_on)"),
        Wall("PlanChange", append_only=True),
    ]
