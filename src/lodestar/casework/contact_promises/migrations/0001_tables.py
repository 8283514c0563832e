"""Promises to victims and their moves, each behind the wall."""

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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="Promise",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("state", models.CharField(max_length=20)),
                ("due_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField()),
                ("kind", models.CharField(max_length=12)),
                ("words", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("promised_at", models.DateTimeField()),
                ("by_when", models.DateTimeField()),
                ("rhythm", models.CharField(blank=True, max_length=12)),
                ("way", models.CharField(blank=True, max_length=10)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_how", models.CharField(blank=True, max_length=10)),
                ("about", models.UUIDField(null=True)),
                ("moment", models.CharField(blank=True, max_length=80)),
                ("update_moment", models.CharField(blank=True, max_length=80)),
                ("plan_at", models.DateTimeField(null=True)),
                ("feels_safe", models.BooleanField(null=True)),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("promised_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="PromiseMove",
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
                ("row", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="contact_promises.promise")),
            ],
        ),
        AddIndex(
            model_name="promise",
            index=models.Index(fields=["tenant", "person", "by_when", "id"], name="promise_person"),
        ),
        AddIndex(
            model_name="promise",
            index=models.Index(fields=["tenant", "due_at", "id"], name="promise_due"),
        ),
        AddIndex(
            model_name="promise",
            index=models.Index(fields=["tenant", "owner", "due_at", "id"], name="promise_owner"),
        ),
        AddIndex(
            model_name="promise",
            index=models.Index(condition=models.Q(("about__isnull", False)), fields=["tenant", "about"], name="promise_about"),
        ),
        AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(condition=models.Q(("state__in", ["open", "done", "stopped"])), name="promise_state_known"),
        ),
        AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["update", "call_back", "visit", "decision", "property", "interpreter", "other", "pause", "release"]), ("rhythm__in", ["", "weekly", "fortnightly", "monthly"])), name="promise_kind_known"),
        ),
        AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(condition=models.Q(("state", "done"), ("done_at__isnull", True), _connector="XOR"), name="promise_done_with_time"),
        ),
        AddIndex(
            model_name="promisemove",
            index=models.Index(fields=["tenant", "row", "moved_at"], name="promise_move_row"),
        ),
        Wall("Promise", rights="select, insert, update"),
        Wall("PromiseMove", append_only=True),
    ]
