"""The tables of needs, each behind the wall."""

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

    dependencies = [
        ("tenancy", "0001_tables"),
        ("cases", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="Need",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("state", models.CharField(max_length=20)),
                ("due_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField()),
                ("domain", models.CharField(max_length=24)),
                ("level", models.CharField(max_length=8)),
                ("wish", models.CharField(blank=True, max_length=16)),
                ("provider", models.CharField(blank=True, max_length=120)),
                ("stage", models.CharField(blank=True, max_length=24)),
                ("unmet_reason", models.CharField(blank=True, max_length=24)),
                ("since", models.DateTimeField()),
                ("met_at", models.DateTimeField(null=True)),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="NeedMove",
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
                ("row", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="needs.need")),
            ],
            options={
                "abstract": False,
            },
        ),
        CreateModel(
            name="NeedsAssessment",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(max_length=8)),
                ("stage", models.CharField(blank=True, max_length=24)),
                ("provider", models.CharField(blank=True, max_length=120)),
                ("version", models.CharField(blank=True, max_length=10)),
                ("answers", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("closes", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ("assessed_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="SupportUse",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("used_for", models.CharField(max_length=16)),
                ("power", models.CharField(max_length=120)),
                ("reason", lodestar.platform.tenancy.fields.SealedTextField()),
                ("recorded_at", models.DateTimeField()),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="BridgeEntry",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("day", models.PositiveSmallIntegerField()),
                ("part", models.CharField(max_length=12)),
                ("arranged", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("recorded_at", models.DateTimeField()),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "person", "recorded_at", "id"], name="bridge_person")],
                "constraints": [models.CheckConstraint(condition=models.Q(("part__in", ("check", "sleep", "meals", "money", "telephone", "doctor", "interpreting", "ring"))), name="bridge_part_known"), models.CheckConstraint(condition=models.Q(("day__lte", 5)), name="bridge_day_known")],
            },
        ),
        AddIndex(
            model_name="need",
            index=models.Index(condition=models.Q(("state", "unmet")), fields=["tenant", "since", "id"], name="need_unmet"),
        ),
        AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(condition=models.Q(("level__in", ("low", "high", "urgent"))), name="need_level_known"),
        ),
        AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(condition=models.Q(("wish__in", ["", "wants", "does_not_want", "undecided"])), name="need_wish_known"),
        ),
        AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(condition=models.Q(("unmet_reason__in", ["", "no_service", "full", "not_eligible", "no_recourse", "distance", "language", "sex_specific_missing", "refused", "unsafe", "cost", "not_known"])), name="need_reason_known"),
        ),
        AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("met_at__isnull", True), ("state", "unmet")), models.Q(("met_at__isnull", False), ("state", "met")), _connector="OR"), name="need_met_since"),
        ),
        AddConstraint(
            model_name="need",
            constraint=models.UniqueConstraint(condition=models.Q(("state", "unmet")), fields=("tenant", "person", "domain"), name="need_open_once"),
        ),
        AddIndex(
            model_name="needsassessment",
            index=models.Index(fields=["tenant", "person", "-assessed_at", "-id"], name="assessment_latest"),
        ),
        AddConstraint(
            model_name="needsassessment",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ("full", "review"))), name="assessment_kind_known"),
        ),
        AddConstraint(
            model_name="needsassessment",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("provider", ""), _negated=True), models.Q(models.Q(("version", ""), _negated=True), models.Q(("answers", b""), _negated=True)), _connector="OR"), name="assessment_says_what_or_who"),
        ),
        AddIndex(
            model_name="supportuse",
            index=models.Index(fields=["tenant", "person", "recorded_by", "-recorded_at"], name="support_use_latest"),
        ),
        AddConstraint(
            model_name="supportuse",
            constraint=models.CheckConstraint(condition=models.Q(("used_for__in", ("investigation", "safeguarding", "court", "complaint", "other"))), name="support_use_purpose_known"),
        ),
        AddConstraint(
            model_name="supportuse",
            constraint=models.CheckConstraint(condition=models.Q(("power", ""), _negated=True), name="support_use_says_by_what"),
        ),
        Wall("BridgeEntry", append_only=True),
        Wall("Need", rights="select, insert, update"),
        Wall("NeedMove", append_only=True),
        Wall("NeedsAssessment", append_only=True),
        Wall("SupportUse", append_only=True),
    ]
