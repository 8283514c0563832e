"""The tables of ledger, each behind the wall."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
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
        ("accounts", "0001_tables"),
        ("cases", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="Obligation",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("code", models.CharField(max_length=60)),
                ("subject", models.CharField(blank=True, max_length=80)),
                ("moment", models.CharField(blank=True, max_length=80)),
                ("owed_by", models.CharField(max_length=20)),
                ("with_role", models.CharField(max_length=20)),
                ("when", models.CharField(max_length=20)),
                ("line", models.PositiveSmallIntegerField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("due_from", models.CharField(blank=True, max_length=40)),
                ("due_before", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ("opens_at", models.DateTimeField()),
                ("why", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), default=list, size=None)),
                ("rests_on", models.CharField(blank=True, max_length=300)),
                ("state", models.CharField(max_length=12)),
                ("not_possible", models.BooleanField(default=False)),
                ("closed_with", models.CharField(blank=True, max_length=8)),
                ("sealed", models.BooleanField(default=False)),
                ("rule_from", models.DateField(null=True)),
                ("gravity", models.PositiveSmallIntegerField(default=0)),
                ("sort_at", models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce(models.F("due_at"), models.Case(models.When(then=models.F("opens_at"), when="now"))), output_field=models.DateTimeField(null=True))),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("holder", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("unit", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit")),
            ],
        ),
        CreateModel(
            name="Handover",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("handed_at", models.DateTimeField()),
                ("known", models.CharField(blank=True, max_length=400)),
                ("taken_at", models.DateTimeField(null=True)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("taken_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("obligation", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.obligation")),
            ],
        ),
        CreateModel(
            name="ObligationAnswer",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("code", models.CharField(max_length=60)),
                ("subject", models.CharField(blank=True, max_length=80)),
                ("moment", models.CharField(blank=True, max_length=80)),
                ("kind", models.CharField(max_length=12)),
                ("because", models.CharField(blank=True, max_length=1000)),
                ("record", models.CharField(blank=True, max_length=16)),
                ("details", lodestar.platform.tenancy.fields.SealedTextField()),
                ("rests_on", models.CharField(blank=True, max_length=300)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
        ),
        CreateModel(
            name="ObligationEvent",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(max_length=12)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("cause", models.CharField(max_length=60)),
                ("event", models.UUIDField(null=True)),
                ("facts", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ("because", models.CharField(blank=True, max_length=400)),
                ("working_time", models.DateTimeField(null=True)),
                ("to", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("obligation", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.obligation")),
            ],
        ),
        AddIndex(
            model_name="obligation",
            index=models.Index(condition=models.Q(("sealed", False), ("state", "open")), fields=["tenant", "holder", "-gravity", "sort_at", "id"], include=("opens_at", "when", "due_at"), name="obligation_mine"),
        ),
        AddIndex(
            model_name="obligation",
            index=models.Index(condition=models.Q(("sealed", False), ("state", "open"), ("holder__isnull", True)), fields=["tenant", "with_role", "-gravity", "sort_at", "id"], include=("opens_at", "when", "due_at"), name="obligation_role"),
        ),
        AddIndex(
            model_name="obligation",
            index=models.Index(condition=models.Q(("sealed", False), ("state", "open")), fields=["tenant", "unit", "-gravity", "sort_at", "id"], include=("opens_at", "when", "due_at"), name="obligation_unit"),
        ),
        AddIndex(
            model_name="obligation",
            index=models.Index(condition=models.Q(("sealed", False), ("state", "open"), ("holder__isnull", True)), fields=["tenant", "unit", "with_role", "-gravity", "sort_at", "id"], include=("opens_at", "when", "due_at"), name="obligation_unit_role"),
        ),
        AddIndex(
            model_name="obligation",
            index=models.Index(condition=models.Q(("sealed", False), ("state", "open")), fields=["tenant", "-gravity", "sort_at", "id"], include=("opens_at", "when", "due_at"), name="obligation_force"),
        ),
        AddIndex(
            model_name="obligation",
            index=models.Index(condition=models.Q(("person__isnull", False), ("state", "open"), models.Q(("code", "answer_further_information"), ("code", "consider_reconsideration"), ("code", "plan_before_support_ends"), ("code", "put_referral_right"), ("code", "send_supplementary_information"), ("code", "tell_decision_safely"), ("code", "turning_18_consent"), ("code", "watch_reasonable_grounds_decision"), ("code", "watch_reconsideration_reply"), _connector="OR")), fields=["tenant", "due_at", "id"], name="obligation_of_referrals"),
        ),
        AddIndex(
            model_name="obligation",
            index=models.Index(condition=models.Q(("sealed", True), ("state", "open")), fields=["tenant", "case"], name="obligation_sealed"),
        ),
        AddIndex(
            model_name="obligation",
            index=models.Index(condition=models.Q(("sealed", False), ("state", "open")), fields=["tenant", "sort_at", "id"], include=("gravity", "opens_at", "when", "due_at"), name="obligation_time"),
        ),
        AddConstraint(
            model_name="obligation",
            constraint=models.UniqueConstraint(fields=("tenant", "case", "person", "code", "subject", "moment"), name="obligation_once", nulls_distinct=False),
        ),
        AddConstraint(
            model_name="obligation",
            constraint=models.CheckConstraint(condition=models.Q(("state__in", ["open", "closed", "not_owed"])), name="obligation_state_known"),
        ),
        AddConstraint(
            model_name="obligation",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("closed_at__isnull", True), ("state", "open")), models.Q(models.Q(("state", "open"), _negated=True), ("closed_at__isnull", False)), _connector="OR"), name="obligation_closed_with_time"),
        ),
        AddIndex(
            model_name="handover",
            index=models.Index(condition=models.Q(("taken_at__isnull", True)), fields=["tenant", "handed_at"], name="hand_on_waiting"),
        ),
        AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(fields=("tenant", "obligation"), name="hand_on_once"),
        ),
        AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("taken_at__isnull", True), ("taken_by__isnull", True)), models.Q(("taken_at__isnull", False), ("taken_by__isnull", False)), _connector="OR"), name="hand_on_taken_at_and_by"),
        ),
        AddIndex(
            model_name="obligationanswer",
            index=models.Index(fields=["tenant", "case", "recorded_at", "id"], name="duty_answer_case"),
        ),
        AddConstraint(
            model_name="obligationanswer",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["done", "not_needed", "not_possible"])), name="duty_answer_kind_known"),
        ),
        AddConstraint(
            model_name="obligationanswer",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("kind", "not_needed"), _negated=True), models.Q(("because", ""), _negated=True), _connector="OR"), name="duty_answer_says_why"),
        ),
        AddIndex(
            model_name="obligationevent",
            index=models.Index(fields=["tenant", "obligation", "recorded_at", "id"], name="obligation_event_order"),
        ),
        AddConstraint(
            model_name="obligationevent",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["opened", "closed", "reopened", "not_owed", "not_possible", "handed_on", "taken", "changed", "given", "reminded", "timed"])), name="obligation_event_known"),
        ),
        AddIndex(
            model_name="obligationevent",
            index=models.Index(condition=models.Q(("kind", "given")), fields=["tenant", "obligation"], name="obligation_given"),
        ),
        AddConstraint(
            model_name="obligationevent",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("kind", "given"), ("to__isnull", False)), models.Q(models.Q(("kind", "given"), _negated=True), ("to__isnull", True)), _connector="OR"), name="obligation_given_to"),
        ),
        AddConstraint(
            model_name="obligationevent",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("kind", "timed"), ("working_time__isnull", False)), models.Q(models.Q(("kind", "timed"), _negated=True), ("working_time__isnull", True)), _connector="OR"), name="obligation_timed"),
        ),
        Wall("Obligation", rights="select, insert, update"),
        Wall("Handover", rights="select, insert, update"),
        Wall("ObligationAnswer", append_only=True),
        Wall("ObligationEvent", append_only=True),
    ]
