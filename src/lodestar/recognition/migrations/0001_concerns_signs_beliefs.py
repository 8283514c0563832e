"""Signs seen, words said, and who decided on them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.tables import CreateModel
from lodestar.tenancy.wall import Wall


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_tenants_and_grants"),
        ("cases", "0002_worklists_seals_remarks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="BeliefDecision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "tenant",
                    models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60),
                ),
                ("belief", models.CharField(max_length=20)),
                (
                    "how",
                    models.CharField(
                        choices=[("recorded", "as reported or confirmed"), ("decided", "on the signs listed")],
                        max_length=8,
                    ),
                ),
                ("because", models.CharField(blank=True, max_length=2000)),
                ("would_change", models.CharField(blank=True, max_length=2000)),
                ("decided_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tenant", "person", "recorded_at", "id"], name="belief_decision_person")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("belief__in", ["reasonable_grounds", "signs_only", "none"])),
                        name="belief_decision_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("how__in", ["recorded", "decided"])), name="belief_decision_how_known"
                    ),
                ],
            },
        ),
        CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "tenant",
                    models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("own_words", "in their own words"),
                            ("before", "as reported before"),
                            ("taken_back", "withdrawn"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(max_length=4000)),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "person",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.person",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "case", "recorded_at", "id"], name="note_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["own_words", "before", "taken_back"])), name="note_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="note_says_something"
                    ),
                ],
            },
        ),
        CreateModel(
            name="SignSeen",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "tenant",
                    models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60),
                ),
                ("code", models.CharField(max_length=60)),
                ("list_date", models.DateField()),
                ("seen_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "case",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "person",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.person",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("tenant", "case", "person", "code"),
                        name="sign_seen_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="sign_withdrawn_at_and_by",
                    ),
                ],
            },
        ),
        Wall("SignSeen"),
        Wall("Note", append_only=True),
        Wall("BeliefDecision", append_only=True),
        # What was seen is taken back by a date and a name, so that it can be told what was believed when.
        migrations.RunSQL("revoke delete, truncate on recognition_signseen from lodestar_app", migrations.RunSQL.noop),
    ]
