"""Boards with their terms and members, meetings, papers, packs, decisions and actions, each behind the wall."""

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

    dependencies = [("tenancy", "0001_tables"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        CreateModel(
            name="Board",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_at", models.DateTimeField()), ("name", models.CharField(max_length=120)),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="Terms",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_at", models.DateTimeField()), ("number", models.PositiveSmallIntegerField()),
                ("words", models.TextField()), ("from_day", models.DateField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("board", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="boards.board")),
            ],
        ),
        CreateModel(
            name="BoardMember",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_at", models.DateTimeField()), ("name", models.CharField(blank=True, max_length=120)),
                ("post", models.CharField(max_length=120)), ("is_chair", models.BooleanField(default=False)),
                ("from_day", models.DateField()), ("to_day", models.DateField(null=True)),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("board", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="members", to="boards.board")),
                ("user", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="Meeting",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_at", models.DateTimeField()), ("starts_at", models.DateTimeField()), ("cancelled_at", models.DateTimeField(null=True)),
                ("place", models.CharField(max_length=200)),
                ("agenda", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ("present", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ("minutes", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("minuted_at", models.DateTimeField(null=True)), ("version", models.PositiveIntegerField(default=1)),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("board", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="boards.board")),
                ("minuted_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="Paper",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_at", models.DateTimeField()), ("title", models.CharField(max_length=200)),
                ("url", models.CharField(blank=True, max_length=500)), ("digest", models.CharField(blank=True, max_length=64)),
                ("media_type", models.CharField(blank=True, max_length=100)),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("meeting", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="boards.meeting")),
            ],
        ),
        CreateModel(
            name="Pack",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_at", models.DateTimeField()), ("as_at", models.DateField()),
                ("number", models.PositiveSmallIntegerField()), ("content", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("board", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="packs", to="boards.board")),
                ("meeting", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="packs", to="boards.meeting")),
            ],
        ),
        CreateModel(
            name="BoardDecision",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_at", models.DateTimeField()), ("number", models.PositiveIntegerField()),
                ("words", models.CharField(max_length=600)), ("decided_on", models.DateField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("board", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="boards.board")),
                ("meeting", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="boards.meeting")),
                ("replaces", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="boards.boarddecision")),
            ],
        ),
        CreateModel(
            name="BoardAction",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("state", models.CharField(max_length=20)), ("due_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)), ("recorded_at", models.DateTimeField()),
                ("number", models.PositiveIntegerField()), ("words", models.CharField(max_length=600)),
                ("closed_at", models.DateTimeField(null=True)), ("reminded_at", models.DateTimeField(null=True)),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("board", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="boards.board")),
                ("meeting", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="boards.meeting")),
                ("decision", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="boards.boarddecision")),
            ],
        ),
        CreateModel(
            name="BoardActionMove",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("before", models.CharField(max_length=20)), ("after", models.CharField(max_length=20)),
                ("moved_at", models.DateTimeField()), ("reason", models.CharField(blank=True, max_length=20)),
                ("because", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("recorded_at", models.DateTimeField()),
                ("mover", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("row", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="boards.boardaction")),
            ],
        ),
        AddConstraint(model_name="board", constraint=models.UniqueConstraint(fields=("tenant", "name"), name="board_name_once")),
        AddConstraint(model_name="terms", constraint=models.UniqueConstraint(fields=("tenant", "board", "number"), name="board_terms_number_once")),
        AddIndex(model_name="boardmember", index=models.Index(fields=["tenant", "user", "board"], name="board_member_user")),
        AddConstraint(model_name="boardmember", constraint=models.CheckConstraint(condition=models.Q(models.Q(("name", ""), ("user__isnull", False)), models.Q(("user__isnull", True), models.Q(("name", ""), _negated=True)), _connector="OR"), name="board_member_user_or_name")),
        AddConstraint(model_name="boardmember", constraint=models.CheckConstraint(condition=models.Q(("to_day__isnull", True), ("to_day__gte", models.F("from_day")), _connector="OR"), name="board_member_days_in_order")),
        AddConstraint(model_name="meeting", constraint=models.UniqueConstraint(condition=models.Q(("cancelled_at__isnull", True)), fields=("tenant", "board", "starts_at"), name="board_meeting_once")),
        AddConstraint(model_name="meeting", constraint=models.CheckConstraint(condition=models.Q(models.Q(("minuted_at__isnull", True), ("minuted_by__isnull", True)), models.Q(("minuted_at__isnull", False), ("minuted_by__isnull", False)), _connector="OR"), name="board_meeting_minuted_whole")),
        AddIndex(model_name="paper", index=models.Index(fields=["tenant", "meeting", "recorded_at"], name="board_paper_meeting")),
        AddConstraint(model_name="paper", constraint=models.CheckConstraint(condition=models.Q(models.Q(("url", ""), models.Q(("digest", ""), _negated=True)), models.Q(("digest", ""), models.Q(("url", ""), _negated=True)), _connector="OR"), name="board_paper_file_or_link")),
        AddIndex(model_name="pack", index=models.Index(fields=["tenant", "meeting"], name="board_pack_meeting")),
        AddConstraint(model_name="pack", constraint=models.UniqueConstraint(fields=("tenant", "board", "as_at", "number"), name="board_pack_number_once")),
        AddIndex(model_name="boarddecision", index=models.Index(fields=["tenant", "meeting"], name="board_decision_meeting")),
        AddConstraint(model_name="boarddecision", constraint=models.UniqueConstraint(fields=("tenant", "board", "number"), name="board_decision_number_once")),
        AddIndex(model_name="boardaction", index=models.Index(fields=["tenant", "owner", "due_at", "id"], name="board_action_owner")),
        AddIndex(model_name="boardaction", index=models.Index(fields=["tenant", "due_at", "id"], name="board_action_due")),
        AddIndex(model_name="boardaction", index=models.Index(fields=["tenant", "meeting"], name="board_action_meeting")),
        AddConstraint(model_name="boardaction", constraint=models.UniqueConstraint(fields=("tenant", "board", "number"), name="board_action_number_once")),
        AddConstraint(model_name="boardaction", constraint=models.CheckConstraint(condition=models.Q(("state__in", ["open", "done", "closed", "dropped"])), name="board_action_state_known")),
        AddConstraint(model_name="boardaction", constraint=models.CheckConstraint(condition=models.Q(("state__in", ["closed", "dropped"]), ("closed_at__isnull", True), _connector="XOR"), name="board_action_closed_when")),
        AddIndex(model_name="boardactionmove", index=models.Index(fields=["tenant", "row", "moved_at"], name="board_action_move_row")),
        Wall("Board", append_only=True),
        Wall("Terms", append_only=True),
        Wall("BoardMember", rights="select, insert, update (to_day, is_chair)"),
        Wall("Meeting", rights="select, insert, update (starts_at, cancelled_at, place, agenda, present, minutes, minuted_at, minuted_by_id, version)"),
        Wall("Paper", append_only=True),
        Wall("Pack", append_only=True),
        Wall("BoardDecision", append_only=True),
        Wall("BoardAction", rights="select, insert, update"),
        Wall("BoardActionMove", append_only=True),
    ]
