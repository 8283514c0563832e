"""Exhibits and who had them, accounts and requests for them, each behind the wall."""

import django.contrib.postgres.fields
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

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("case_files", "0001_tables"), ("cases", "0001_tables"), ("tenancy", "0001_tables")]

    operations = [
        CreateModel(
            name="AccountRequest",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("shown", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("line", models.CharField(max_length=24)),
                ("reason", lodestar.platform.tenancy.fields.SealedTextField()),
                ("asked_at", models.DateTimeField()),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"indexes": [models.Index(fields=["tenant", "person", "-asked_at", "id"], name="account_request_person")], "constraints": [models.CheckConstraint(condition=models.Q(models.Q(("line", ""), _negated=True), ("shown__len__gt", 0)), name="account_request_after_others")]},
        ),
        CreateModel(
            name="Account",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("number", models.PositiveSmallIntegerField()),
                ("happened_without", models.BooleanField(default=False)),
                ("taken_at", models.DateTimeField()),
                ("taker", models.CharField(blank=True, max_length=120)),
                ("way", models.CharField(max_length=16)),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("covered", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), blank=True, default=list, size=None)),
                ("words", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("interpreter", models.CharField(blank=True, max_length=16)),
                ("present", models.CharField(blank=True, max_length=200)),
                ("distressing", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), blank=True, default=list, size=None)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("request", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.accountrequest")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "person", "number"), name="account_number_once"),
                    models.UniqueConstraint(condition=models.Q(("request__isnull", False)), fields=("tenant", "request"), name="account_request_once"),
                    models.CheckConstraint(condition=models.Q(("distressing__contained_by", ["sexual", "injury", "child", "death"]), ("interpreter__in", ["", "not_needed", "independent", "telephone", "companion", "none"]), ("way__in", ["body_worn", "video", "abe", "written", "notes", "other"])), name="account_known"),
                    models.CheckConstraint(condition=models.Q(("covered__contained_by", ["recruitment", "journey", "work", "debt", "control", "violence", "sexual", "crime", "living", "documents", "people", "leaving", "health", "other"])), name="account_covered_known"),
                    models.CheckConstraint(condition=models.Q(("happened_without", False), ("request__isnull", True), _connector="OR"), name="account_without_is_not_asked"),
                ]
            },
        ),
        CreateModel(
            name="Exhibit",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("reference", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=16)),
                ("what", lodestar.platform.tenancy.fields.SealedTextField()),
                ("where", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("found_at", models.DateTimeField(null=True)),
                ("finder", models.CharField(blank=True, max_length=120)),
                ("distressing", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), blank=True, default=list, size=None)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("file", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="case_files.casefile")),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "case", "reference"), name="exhibit_reference_once"),
                    models.CheckConstraint(condition=models.Q(models.Q(("reference", ""), _negated=True), ("distressing__contained_by", ["sexual", "injury", "child", "death"]), ("kind__in", ["physical", "digital", "document", "financial", "image", "forensic", "other"])), name="exhibit_known"),
                ]
            },
        ),
        CreateModel(
            name="ExhibitCorrection",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("words", lodestar.platform.tenancy.fields.SealedTextField()),
                ("exhibit", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="evidence.exhibit")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="ExhibitHolding",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("holder", models.CharField(max_length=120)),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField(null=True)),
                ("where", models.CharField(max_length=200)),
                ("why", lodestar.platform.tenancy.fields.SealedTextField()),
                ("exhibit", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="holdings", to="evidence.exhibit")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "exhibit", "from_at", "id"], name="exhibit_holding_exhibit")],
                "constraints": [models.CheckConstraint(condition=models.Q(models.Q(("holder", ""), _negated=True), models.Q(("to_at__isnull", True), ("to_at__gte", models.F("from_at")), _connector="OR")), name="exhibit_holding_in_order")],
            },
        ),
        Wall("Exhibit", append_only=True),
        Wall("ExhibitCorrection", append_only=True),
        Wall("ExhibitHolding", append_only=True),
        Wall("AccountRequest", append_only=True),
        Wall("Account", append_only=True),
    ]
