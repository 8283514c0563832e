"""The tables of staff, each behind the wall. What came of a request, and invitations, only the owner writes."""

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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="StaffRequest",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("reason", lodestar.platform.tenancy.fields.SealedTextField()),
                ("asked_at", models.DateTimeField()),
                ("approved", models.BooleanField(null=True)),
                ("because", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("decided_at", models.DateTimeField(null=True)),
                ("kind", models.CharField(max_length=12)),
                ("username", models.CharField(blank=True, max_length=80)),
                ("content", lodestar.platform.tenancy.fields.SealedTextField()),
                ("needs_approval", models.BooleanField()),
                ("vouched", models.CharField(max_length=64)),
                ("decision_vouched", models.CharField(blank=True, max_length=64)),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("decided_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "-asked_at", "id"], name="staff_request_latest"), models.Index(fields=["tenant", "person", "-asked_at"], name="staff_request_person"), models.Index(condition=models.Q(("decided_at__isnull", True)), fields=["tenant", "asked_at", "id"], name="staff_request_waits")],
                "constraints": [models.CheckConstraint(condition=models.Q(models.Q(("approved__isnull", True), ("decided_at__isnull", True), ("decided_by__isnull", True)), models.Q(("approved__isnull", False), ("decided_at__isnull", False), ("decided_by__isnull", False)), _connector="OR"), name="staff_request_decided_at_and_by"), models.CheckConstraint(condition=models.Q(("decided_by__isnull", True), models.Q(("decided_by", models.F("asked_by")), _negated=True), _connector="OR"), name="staff_request_by_two"), models.CheckConstraint(condition=models.Q(("decided_by__isnull", True), ("person__isnull", True), models.Q(("decided_by", models.F("person")), _negated=True), _connector="OR"), name="staff_request_not_about_oneself"), models.CheckConstraint(condition=models.Q(("kind__in", ("add", "details", "move", "roles", "rank", "skills", "lock", "unlock", "invite", "end", "unit"))), name="staff_request_kind_known"), models.CheckConstraint(condition=models.Q(("kind__in", ("add", "unit")), ("person__isnull", False), _connector="OR"), name="staff_request_of_somebody"), models.CheckConstraint(condition=models.Q(models.Q(("kind", "add"), _negated=True), models.Q(("username", ""), _negated=True), _connector="OR"), name="staff_request_names_who_is_added")],
            },
        ),
        CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("code_hash", models.CharField(max_length=64)),
                ("code", lodestar.platform.tenancy.fields.SealedTextField(blank=True)),
                ("made_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("shown_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("request", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.staffrequest")),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "user", "-made_at"], name="staff_invitation_user")],
                "constraints": [models.CheckConstraint(condition=models.Q(("code_hash__regex", "^[0-9a-f]{64}$")), name="staff_invitation_code_is_hashed"), models.CheckConstraint(condition=models.Q(("ends_at__gt", models.F("made_at"))), name="staff_invitation_ends_after_it_begins")],
            },
        ),
        CreateModel(
            name="Fulfilment",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("done_at", models.DateTimeField()),
                ("failure", models.CharField(blank=True, max_length=300)),
                ("request", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="fulfilments", to="staff.staffrequest")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tenant", "request"), name="staff_fulfilment_once")],
            },
        ),
        CreateModel(
            name="InvitationAnswer",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("password", lodestar.platform.tenancy.fields.SealedTextField()),
                ("secret", lodestar.platform.tenancy.fields.SealedTextField()),
                ("answered_at", models.DateTimeField()),
                ("vouched", models.CharField(max_length=64)),
                ("invitation", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.invitation")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tenant", "invitation"), name="staff_invitation_answered_once")],
            },
        ),
        CreateModel(
            name="Leave",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("entered_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("withdrawn_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "user", "last_day"], name="staff_leave_user")],
                "constraints": [models.CheckConstraint(condition=models.Q(("last_day__gte", models.F("first_day"))), name="staff_leave_ends_after_it_begins"), models.CheckConstraint(condition=models.Q(models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)), models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)), _connector="OR"), name="staff_leave_withdrawn_at_and_by")],
            },
        ),
        Wall("StaffRequest", rights="select, insert, update (approved, because, decided_at, decided_by_id, decision_vouched)"),
        Wall("Fulfilment", rights="select"),
        Wall("Invitation", rights="select, update (code, shown_at)"),
        Wall("InvitationAnswer", append_only=True),
        Wall("Leave", rights="select, insert, update (withdrawn_at, withdrawn_by_id)"),
    ]
