"""Peer reviews, their samples and findings, each behind the wall."""

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

    dependencies = [("tenancy", "0001_tables"), ("cases", "0001_tables"), ("plan", "0001_tables"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        CreateModel(
            name="PeerReview",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("state", models.CharField(max_length=20)), ("due_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)), ("recorded_at", models.DateTimeField()),
                ("remit", models.CharField(max_length=400)), ("asked_force", models.CharField(max_length=120)),
                ("asked_name", lodestar.platform.tenancy.fields.SealedTextField()), ("first", models.DateField()),
                ("last", models.DateField()), ("questions", models.CharField(max_length=10)),
                ("assessed", models.JSONField(default=dict)), ("cases_from", models.DateField(null=True)),
                ("cases_to", models.DateField(null=True)), ("seed", models.BigIntegerField(null=True)),
                ("frame", models.JSONField(null=True)), ("not_drawn", models.PositiveIntegerField(null=True)),
                ("reported_at", models.DateTimeField(null=True)),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("reviewer", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="PeerReviewMove",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("before", models.CharField(max_length=20)), ("after", models.CharField(max_length=20)),
                ("moved_at", models.DateTimeField()), ("reason", models.CharField(blank=True, max_length=20)),
                ("because", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("recorded_at", models.DateTimeField()),
                ("mover", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("row", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="peer_review.peerreview")),
            ],
        ),
        CreateModel(
            name="SampleCase",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("number", models.PositiveSmallIntegerField()),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("review", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="peer_review.peerreview")),
            ],
        ),
        CreateModel(
            name="PeerFinding",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("state", models.CharField(max_length=20)), ("due_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)), ("recorded_at", models.DateTimeField()),
                ("theme", models.CharField(max_length=20)), ("kind", models.CharField(max_length=20)),
                ("words", lodestar.platform.tenancy.fields.SealedTextField()),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("plan_item", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plan.planitem")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("review", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="peer_review.peerreview")),
                ("drawn", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="peer_review.samplecase")),
            ],
        ),
        CreateModel(
            name="PeerFindingMove",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("before", models.CharField(max_length=20)), ("after", models.CharField(max_length=20)),
                ("moved_at", models.DateTimeField()), ("reason", models.CharField(blank=True, max_length=20)),
                ("because", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("recorded_at", models.DateTimeField()),
                ("mover", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("row", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="peer_review.peerfinding")),
            ],
        ),
        AddIndex(model_name="peerreview", index=models.Index(fields=["tenant", "-last"], name="peer_review_last")),
        AddConstraint(model_name="peerreview", constraint=models.CheckConstraint(condition=models.Q(("state__in", ["planned", "under_way", "reported", "closed", "not_held"])), name="peer_review_state_known")),
        AddConstraint(model_name="peerreview", constraint=models.CheckConstraint(condition=models.Q(("last__gte", models.F("first"))), name="peer_review_days_in_order")),
        AddConstraint(model_name="peerreview", constraint=models.CheckConstraint(condition=models.Q(models.Q(("cases_from__isnull", True), ("cases_to__isnull", True), ("frame__isnull", True), ("not_drawn__isnull", True), ("seed__isnull", True)), models.Q(("cases_from__isnull", False), ("cases_to__isnull", False), ("frame__isnull", False), ("not_drawn__isnull", False), ("seed__isnull", False)), _connector="OR"), name="peer_review_sample_whole")),
        AddConstraint(model_name="peerreview", constraint=models.CheckConstraint(condition=models.Q(models.Q(("state__in", ("under_way", "reported", "closed")), _negated=True), models.Q(("reviewer__isnull", False), ("seed__isnull", False)), _connector="OR"), name="peer_review_begun_ready")),
        AddConstraint(model_name="peerreview", constraint=models.CheckConstraint(condition=models.Q(("reported_at__isnull", True), ("state__in", ("reported", "closed")), _connector="OR"), name="peer_review_reported_when")),
        AddIndex(model_name="peerfindingmove", index=models.Index(fields=["tenant", "row", "moved_at"], name="peer_finding_move_row")),
        AddIndex(model_name="peerreviewmove", index=models.Index(fields=["tenant", "row", "moved_at"], name="peer_review_move_row")),
        AddIndex(model_name="samplecase", index=models.Index(fields=["tenant", "case"], name="sample_case_case")),
        AddConstraint(model_name="samplecase", constraint=models.UniqueConstraint(fields=("tenant", "review", "number"), name="sample_case_number_once")),
        AddConstraint(model_name="samplecase", constraint=models.UniqueConstraint(fields=("tenant", "review", "case"), name="sample_case_once")),
        AddIndex(model_name="peerfinding", index=models.Index(fields=["tenant", "review"], name="peer_finding_review")),
        AddConstraint(model_name="peerfinding", constraint=models.CheckConstraint(condition=models.Q(("theme__in", ["leadership", "identification", "victims", "investigation", "partnership"])), name="peer_finding_theme_known")),
        AddConstraint(model_name="peerfinding", constraint=models.CheckConstraint(condition=models.Q(models.Q(("kind", "good_practice"), ("state__in", ["noted", "withdrawn"])), models.Q(("kind", "area"), ("state__in", ["open", "in_plan", "not_taken", "better", "no_better", "withdrawn"])), _connector="OR"), name="peer_finding_state_known")),
        AddConstraint(model_name="peerfinding", constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["good_practice", "area"])), name="peer_finding_kind_known")),
        AddConstraint(model_name="peerfinding", constraint=models.CheckConstraint(condition=models.Q(models.Q(("state", "in_plan"), _negated=True), ("plan_item__isnull", False), _connector="OR"), name="peer_finding_planned")),
        Wall("PeerReview", rights="select, insert, update"),
        Wall("PeerReviewMove", append_only=True),
        Wall("SampleCase", append_only=True),
        Wall("PeerFinding", rights="select, insert, update (state, owner_id, due_at, version, plan_item_id, words)"),
        Wall("PeerFindingMove", append_only=True),
    ]
