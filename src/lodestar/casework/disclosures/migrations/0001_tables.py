"""The tables of disclosures, each behind the wall."""

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

    dependencies = [
        ("tenancy", "0001_tables"),
        ("cases", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="AddressDisclosure",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recipient", models.CharField(max_length=120)),
                ("power", models.CharField(max_length=120)),
                ("use", models.CharField(blank=True, db_default="", default="", max_length=16)),
                ("reason", lodestar.platform.tenancy.fields.SealedTextField()),
                ("crossing", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("happened_without", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField()),
                ("approved", models.BooleanField(null=True)),
                ("because", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("decided_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("told_outside", models.BooleanField(db_default=False, default=False)),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("decided_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("first_asked_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("told_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "person", "-asked_at", "id"], name="address_telling_person"), models.Index(condition=models.Q(("decided_at__isnull", True)), fields=["tenant", "asked_at", "id"], name="address_telling_waits"), models.Index(condition=models.Q(("happened_without", True)), fields=["tenant", "told_at"], name="address_telling_without")],
                "constraints": [models.CheckConstraint(condition=models.Q(("use__in", ["", "support", "safeguarding", "investigation", "prosecution", "immigration", "other"])), name="address_telling_use_known"), models.CheckConstraint(condition=models.Q(models.Q(("recipient", ""), _negated=True), models.Q(("power", ""), _negated=True)), name="address_telling_says_to_whom_and_why"), models.CheckConstraint(condition=models.Q(models.Q(("approved__isnull", True), ("decided_at__isnull", True), ("decided_by__isnull", True)), models.Q(("approved__isnull", False), ("decided_at__isnull", False), ("decided_by__isnull", False)), _connector="OR"), name="address_telling_decided_at_and_by"), models.CheckConstraint(condition=models.Q(("decided_by__isnull", True), models.Q(("decided_by", models.F("asked_by")), _negated=True), _connector="OR"), name="address_telling_by_two"), models.CheckConstraint(condition=models.Q(("decided_by__isnull", True), ("first_asked_by__isnull", True), models.Q(("decided_by", models.F("first_asked_by")), _negated=True), _connector="OR"), name="address_telling_not_by_who_asked_first"), models.CheckConstraint(condition=models.Q(("told_outside", False), models.Q(("happened_without", False), ("told_at__isnull", True)), _connector="OR"), name="address_telling_outside_is_not_as_approved"), models.CheckConstraint(condition=models.Q(models.Q(("told_at__isnull", True), ("told_by__isnull", True)), models.Q(("told_at__isnull", False), ("told_by__isnull", False)), _connector="OR"), name="address_telling_told_at_and_by"), models.CheckConstraint(condition=models.Q(("told_at__isnull", True), ("happened_without", True), models.Q(("approved", True), ("approved__isnull", False)), _connector="OR"), name="address_telling_told_as_decided")],
            },
        ),
        CreateModel(
            name="ImmigrationDisclosure",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("way", models.CharField(max_length=16)),
                ("recipient", models.CharField(max_length=120)),
                ("power", models.CharField(max_length=120)),
                ("purposes", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), size=None)),
                ("parts", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), size=None)),
                ("what", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("reason", lodestar.platform.tenancy.fields.SealedTextField()),
                ("happened_without", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField()),
                ("approved", models.BooleanField(null=True)),
                ("because", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("decided_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("told_outside", models.BooleanField(db_default=False, default=False)),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("decided_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("proposed_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("told_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "person", "-asked_at", "id"], name="immigration_person"), models.Index(condition=models.Q(("decided_at__isnull", True)), fields=["tenant", "asked_at", "id"], name="immigration_waits"), models.Index(condition=models.Q(("happened_without", True)), fields=["tenant", "told_at"], name="immigration_without")],
                "constraints": [models.CheckConstraint(condition=models.Q(("way__in", ("told", "joint_visit", "status_check", "custody", "file", "other"))), name="immigration_way_known"), models.CheckConstraint(condition=models.Q(("purposes__contained_by", ["investigation", "harm", "law", "safeguarding", "enforcement"]), ("purposes__len__gt", 0)), name="immigration_purposes_known"), models.CheckConstraint(condition=models.Q(("parts__contained_by", ["support", "safeguarding", "law_enforcement"]), ("parts__len__gt", 0)), name="immigration_parts_known"), models.CheckConstraint(condition=models.Q(("happened_without", True), models.Q(("purposes", ["safeguarding"]), _negated=True), _connector="OR"), name="immigration_not_safeguarding_alone"), models.CheckConstraint(condition=models.Q(models.Q(("recipient", ""), _negated=True), models.Q(("power", ""), _negated=True)), name="immigration_says_to_whom_and_by_what"), models.CheckConstraint(condition=models.Q(models.Q(("approved__isnull", True), ("decided_at__isnull", True), ("decided_by__isnull", True)), models.Q(("approved__isnull", False), ("decided_at__isnull", False), ("decided_by__isnull", False)), _connector="OR"), name="immigration_decided_at_and_by"), models.CheckConstraint(condition=models.Q(("decided_by__isnull", True), models.Q(("decided_by", models.F("asked_by")), _negated=True), _connector="OR"), name="immigration_by_two"), models.CheckConstraint(condition=models.Q(("decided_by__isnull", True), ("proposed_by__isnull", True), models.Q(("decided_by", models.F("proposed_by")), _negated=True), _connector="OR"), name="immigration_not_by_who_proposed"), models.CheckConstraint(condition=models.Q(("told_outside", False), models.Q(("happened_without", False), ("told_at__isnull", True)), _connector="OR"), name="immigration_told_outside_is_not_as_approved"), models.CheckConstraint(condition=models.Q(models.Q(("told_at__isnull", True), ("told_by__isnull", True)), models.Q(("told_at__isnull", False), ("told_by__isnull", False)), _connector="OR"), name="immigration_told_at_and_by"), models.CheckConstraint(condition=models.Q(("told_at__isnull", True), ("happened_without", True), models.Q(("approved", True), ("approved__isnull", False)), _connector="OR"), name="immigration_told_as_decided"), models.CheckConstraint(condition=models.Q(("happened_without", False), ("told_at__isnull", False), _connector="OR"), name="immigration_without_is_told")],
            },
        ),
        CreateModel(
            name="PurposeChange",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_for", models.CharField(max_length=16)),
                ("used_for", models.CharField(max_length=16)),
                ("recipient", models.CharField(max_length=120)),
                ("power", models.CharField(max_length=120)),
                ("reason", lodestar.platform.tenancy.fields.SealedTextField()),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "-happened_at", "-id"], name="crossing_latest"), models.Index(fields=["tenant", "person", "-happened_at"], name="crossing_person")],
                "constraints": [models.CheckConstraint(condition=models.Q(("recorded_for__in", ("support", "safeguarding", "law_enforcement")), ("used_for__in", ("support", "safeguarding", "investigation", "prosecution", "immigration", "other"))), name="crossing_purposes_known"), models.CheckConstraint(condition=models.Q(models.Q(("recipient", ""), _negated=True), models.Q(("power", ""), _negated=True)), name="crossing_says_to_whom_and_by_what")],
            },
        ),
        CreateModel(
            name="NothingDisclosed",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("looked_at", models.DateTimeField()),
                ("note", lodestar.platform.tenancy.fields.SealedTextField()),
                ("recorded_at", models.DateTimeField()),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"indexes": [models.Index(fields=["tenant", "case", "looked_at"], name="nothing_disclosed_case")]},
        ),
        Wall("NothingDisclosed", append_only=True),
        Wall("AddressDisclosure", rights="select, insert, update (approved, because, decided_at, told_at, decided_by_id, told_by_id, told_outside)"),
        Wall("ImmigrationDisclosure", rights="select, insert, update (approved, because, decided_at, told_at, decided_by_id, told_by_id, told_outside)"),
        Wall("PurposeChange", append_only=True),
    ]
