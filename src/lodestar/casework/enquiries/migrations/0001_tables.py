"""Plans, lines of enquiry, decisions, unused material and third-party material, each behind the wall."""

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

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("cases", "0001_tables"), ("tenancy", "0001_tables")]

    operations = [
        CreateModel(
            name="LineOfEnquiry",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("state", models.CharField(max_length=20)),
                ("due_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField()),
                ("code", models.CharField(max_length=24)),
                ("result", models.CharField(blank=True, max_length=20)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "owner", "due_at", "id"], name="line_of_enquiry_owner")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "case", "code"), name="line_of_enquiry_once"), models.CheckConstraint(condition=models.Q(("state__in", ["open", "done", "not_pursued"])), name="line_of_enquiry_state_known")],
            },
        ),
        CreateModel(
            name="LineOfEnquiryMove",
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
                ("row", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="enquiries.lineofenquiry")),
            ],
            options={"indexes": [models.Index(fields=["tenant", "row", "moved_at"], name="line_of_enquiry_move_row")]},
        ),
        CreateModel(
            name="MaterialRequest",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("reason", lodestar.platform.tenancy.fields.SealedTextField()),
                ("asked_at", models.DateTimeField()),
                ("approved", models.BooleanField(null=True)),
                ("because", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("decided_at", models.DateTimeField(null=True)),
                ("kind", models.CharField(max_length=16)),
                ("who", models.CharField(max_length=120)),
                ("what", lodestar.platform.tenancy.fields.SealedTextField()),
                ("notice", models.CharField(max_length=12)),
                ("happened_without", models.BooleanField(default=False)),
                ("sent_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField(null=True)),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("decided_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("line", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enquiries.lineofenquiry")),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "person", "-asked_at", "id"], name="material_request_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("approved__isnull", True), ("decided_at__isnull", True), ("decided_by__isnull", True)), models.Q(("approved__isnull", False), ("decided_at__isnull", False), ("decided_by__isnull", False)), _connector="OR"), name="material_request_decided_at_and_by"
                    ),
                    models.CheckConstraint(condition=models.Q(("decided_by__isnull", True), models.Q(("decided_by", models.F("asked_by")), _negated=True), _connector="OR"), name="material_request_by_two"),
                    models.CheckConstraint(condition=models.Q(("kind__in", ["support", "counselling", "health", "other"]), ("notice__in", ["given", "not_reached", "harm"]), models.Q(("who", ""), _negated=True)), name="material_request_known"),
                ],
            },
        ),
        CreateModel(
            name="Plan",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("written_at", models.DateTimeField()),
                ("aim", lodestar.platform.tenancy.fields.SealedTextField()),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("disclosure_officer", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"indexes": [models.Index(fields=["tenant", "case", "-written_at", "id"], name="plan_case")]},
        ),
        CreateModel(
            name="UnusedItem",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("state", models.CharField(max_length=20)),
                ("due_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField()),
                ("what", lodestar.platform.tenancy.fields.SealedTextField()),
                ("where", models.CharField(max_length=200)),
                ("is_relevant", models.BooleanField(null=True)),
                ("is_sensitive", models.BooleanField(null=True)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"indexes": [models.Index(fields=["tenant", "case", "recorded_at", "id"], name="unused_item_case")], "constraints": [models.CheckConstraint(condition=models.Q(("state__in", ["not_reviewed", "yes", "no"])), name="unused_item_state_known")]},
        ),
        CreateModel(
            name="UnusedItemMove",
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
                ("row", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="enquiries.unuseditem")),
            ],
            options={"indexes": [models.Index(fields=["tenant", "row", "moved_at"], name="unused_item_move_row")]},
        ),
        CreateModel(
            name="DecisionEntry",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("number", models.PositiveSmallIntegerField()),
                ("decision", lodestar.platform.tenancy.fields.SealedTextField()),
                ("options", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("reason", lodestar.platform.tenancy.fields.SealedTextField()),
                ("made_at", models.DateTimeField()),
                ("adds_to", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enquiries.decisionentry")),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("tenant", "case", "number"), name="decision_entry_number_once")]},
        ),
        Wall("Plan", append_only=True),
        Wall("LineOfEnquiry", rights="select, insert, update"),
        Wall("LineOfEnquiryMove", append_only=True),
        Wall("UnusedItem", rights="select, insert, update"),
        Wall("UnusedItemMove", append_only=True),
        Wall("DecisionEntry", append_only=True),
        Wall("MaterialRequest", rights="select, insert, update (approved, because, decided_at, decided_by_id, sent_at, received_at, happened_without)"),
    ]
