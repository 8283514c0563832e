"""Court orders, their moves, conditions and breaches, each behind the wall."""

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
            name="CourtOrder",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("state", models.CharField(max_length=20)),
                ("due_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField()),
                ("kind", models.CharField(max_length=20)),
                ("court", models.CharField(blank=True, max_length=120)),
                ("made_on", models.DateField(null=True)),
                ("from_on", models.DateField(null=True)),
                ("to_on", models.DateField(null=True)),
                ("served_on", models.DateField(null=True)),
                ("breach_waits", models.BooleanField(default=False)),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("protects", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="CourtOrderMove",
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
                ("row", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="court_orders.courtorder")),
            ],
        ),
        CreateModel(
            name="OrderCondition",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("number", models.PositiveSmallIntegerField()),
                ("words", lodestar.platform.tenancy.fields.SealedTextField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("order", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="conditions", to="court_orders.courtorder")),
            ],
        ),
        CreateModel(
            name="OrderBreach",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("happened_at", models.DateTimeField()),
                ("crime_number", models.CharField(blank=True, max_length=40)),
                ("what_was_done", lodestar.platform.tenancy.fields.SealedTextField()),
                ("victim_informed", models.CharField(max_length=10)),
                ("recorded_at", models.DateTimeField()),
                ("order", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="breaches", to="court_orders.courtorder")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("condition", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="court_orders.ordercondition")),
            ],
        ),
        AddIndex(model_name="courtorder", index=models.Index(fields=["tenant", "person", "recorded_at", "id"], name="order_person")),
        AddIndex(model_name="courtorder", index=models.Index(fields=["tenant", "due_at", "id"], name="order_due")),
        AddIndex(model_name="courtorder", index=models.Index(fields=["tenant", "owner", "due_at", "id"], name="order_owner")),
        AddConstraint(model_name="courtorder", constraint=models.CheckConstraint(condition=models.Q(("state__in", ["considered", "not_applied", "applied", "interim", "made", "varied", "refused", "ended"])), name="order_state_known")),
        AddConstraint(model_name="courtorder", constraint=models.CheckConstraint(condition=models.Q(("to_on__isnull", True), models.Q(("from_on__isnull", False), ("to_on__gte", models.F("from_on"))), _connector="OR"), name="order_days_in_order")),
        AddConstraint(model_name="courtorder", constraint=models.CheckConstraint(condition=models.Q(("protects__isnull", True), models.Q(("protects", models.F("person")), _negated=True), _connector="OR"), name="order_protects_another")),
        AddIndex(model_name="courtordermove", index=models.Index(fields=["tenant", "row", "moved_at"], name="order_move_row")),
        AddIndex(model_name="ordercondition", index=models.Index(fields=["tenant", "order", "number"], name="order_condition_order")),
        AddIndex(model_name="orderbreach", index=models.Index(fields=["tenant", "order", "happened_at"], name="breach_order")),
        AddConstraint(model_name="orderbreach", constraint=models.CheckConstraint(condition=models.Q(("victim_informed__in", ["yes", "not_safe", "no"])), name="breach_informed_known")),
        Wall("CourtOrder", rights="select, insert, update"),
        Wall("CourtOrderMove", append_only=True),
        Wall("OrderCondition", rights="select, insert, update (ended_at)"),
        Wall("OrderBreach", append_only=True),
    ]
