"""Plans and their links, what was read back, interpreters, feedback, each behind the wall."""

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
            name="FeedbackAnswer",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("month", models.DateField()), ("knows", models.CharField(max_length=8)),
                ("informed", models.CharField(max_length=8)), ("paraphrase", models.CharField(blank=True, max_length=400)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "month"], name="feedback_month")],
                "constraints": [models.CheckConstraint(condition=models.Q(("informed__in", ["yes", "partly", "no", "unsaid"]), ("knows__in", ["yes", "partly", "no", "unsaid"])), name="feedback_answers_known"), models.CheckConstraint(condition=models.Q(("month__day", 1)), name="feedback_month_begins")],
            },
        ),
        CreateModel(
            name="FeedbackAsked",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "person", "-recorded_at"], name="feedbackasked_latest")],
            },
        ),
        CreateModel(
            name="InterpreterBlock",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_at", models.DateTimeField()), ("job_number", models.CharField(max_length=40)),
                ("is_blocked", models.BooleanField()), ("reason", lodestar.platform.tenancy.fields.SealedTextField()),
                ("community", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "person", "-recorded_at"], name="interpreterblock_latest")],
                "constraints": [models.CheckConstraint(condition=models.Q(("job_number", ""), _negated=True), name="interpreter_block_says_which")],
            },
        ),
        CreateModel(
            name="InterpreterNeed",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_at", models.DateTimeField()), ("dialect", models.CharField(blank=True, max_length=80)),
                ("sex", models.CharField(blank=True, max_length=8)),
                ("sign_language", models.CharField(blank=True, max_length=80)),
                ("booking", models.CharField(blank=True, max_length=60)),
                ("job_number", models.CharField(blank=True, max_length=40)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "person", "-recorded_at"], name="interpreterneed_latest")],
            },
        ),
        CreateModel(
            name="PersonPlan",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_at", models.DateTimeField()), ("role", models.CharField(max_length=12)),
                ("shown_name", models.CharField(blank=True, max_length=60)), ("language", models.CharField(max_length=20)),
                ("to_ring", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "person", "-recorded_at"], name="personplan_latest")],
                "constraints": [models.CheckConstraint(condition=models.Q(("role__in", ("adviser", "worker", "informs", "met"))), name="person_plan_role_known")],
            },
        ),
        CreateModel(
            name="PlanLink",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_at", models.DateTimeField()), ("channel", models.CharField(max_length=8)),
                ("secret_hash", models.CharField(max_length=64)), ("code_hash", models.CharField(max_length=128)),
                ("ends_at", models.DateTimeField()), ("tries", models.PositiveSmallIntegerField(default=0)),
                ("opened_at", models.DateTimeField(null=True)), ("ended_at", models.DateTimeField(null=True)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "person", "-recorded_at"], name="planlink_latest")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "secret_hash"), name="plan_link_once"), models.UniqueConstraint(condition=models.Q(("ended_at__isnull", True)), fields=("tenant", "person"), name="plan_link_live"), models.CheckConstraint(condition=models.Q(("channel__in", ["text", "email"])), name="plan_link_channel_known"), models.CheckConstraint(condition=models.Q(("tries__lt", 5), ("ended_at__isnull", False), _connector="OR"), name="plan_link_tries_end_it"), models.CheckConstraint(condition=models.Q(("opened_at__isnull", True), ("ended_at__isnull", False), _connector="OR"), name="plan_link_opened_ends_it")],
            },
        ),
        CreateModel(
            name="ReadBack",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recorded_at", models.DateTimeField()), ("options", models.JSONField(default=list)),
                ("understood", models.CharField(max_length=8)),
                ("words", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("language", models.CharField(blank=True, max_length=80)),
                ("job_number", models.CharField(blank=True, max_length=40)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "person", "-recorded_at"], name="readback_latest")],
                "constraints": [models.CheckConstraint(condition=models.Q(("understood__in", ["yes", "no", "not_sure"])), name="read_back_understood_known")],
            },
        ),
        Wall("FeedbackAnswer", append_only=True),
        Wall("FeedbackAsked", append_only=True),
        Wall("InterpreterBlock", append_only=True),
        Wall("InterpreterNeed", append_only=True),
        Wall("PersonPlan", append_only=True),
        Wall("ReadBack", append_only=True),
        Wall("PlanLink", rights="select, insert, update (tries, opened_at, ended_at)"),
    ]
