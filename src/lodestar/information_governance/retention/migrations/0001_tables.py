"""The tables of retention, each behind the wall."""

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
            name="Breach",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=12)),
                ("what", models.CharField(max_length=2000)),
                ("how_many", models.PositiveIntegerField(null=True)),
                ("aware_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="BreachStep",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(max_length=24)),
                ("words", models.CharField(blank=True, max_length=1000)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("breach", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="retention.breach")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="ErasureCount",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("year", models.PositiveSmallIntegerField()),
                ("what", models.CharField(max_length=120)),
                ("number", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tenant", "year", "what"), name="tally_once")],
            },
        ),
        CreateModel(
            name="Hold",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(max_length=16)),
                ("because", models.CharField(max_length=400)),
                ("placed_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_because", models.CharField(blank=True, max_length=400)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("lifted_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("placed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="RequestTask",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("person", models.UUIDField()),
                ("reasons", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ("asked_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
            ],
        ),
        CreateModel(
            name="RequestReview",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("number", models.PositiveSmallIntegerField()),
                ("verdict", models.CharField(max_length=8)),
                ("gives", models.CharField(blank=True, max_length=2000)),
                ("withheld", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ("because", models.CharField(blank=True, max_length=1000)),
                ("is_redacted", models.BooleanField()),
                ("carried", models.CharField(blank=True, max_length=4)),
                ("reviewed_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("reviewed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("task", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="retention.requesttask")),
            ],
        ),
        CreateModel(
            name="RetentionDecision",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("category", models.CharField(max_length=8)),
                ("until", models.DateField()),
                ("reason", models.CharField(max_length=16)),
                ("because", models.CharField(max_length=400)),
                ("decided_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("decided_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
        ),
        CreateModel(
            name="ReviewDue",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("category", models.CharField(max_length=8)),
                ("last_contact", models.DateField()),
                ("due_on", models.DateField()),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
        ),
        CreateModel(
            name="SubjectRequest",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=12)),
                ("came", models.CharField(max_length=12)),
                ("who", lodestar.platform.tenancy.fields.SealedTextField()),
                ("received_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddField(
            model_name="requesttask",
            name="request",
            field=lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="retention.subjectrequest"),
        ),
        CreateModel(
            name="RequestSearch",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("sought", lodestar.platform.tenancy.fields.SealedTextField()),
                ("searched_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("request", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="retention.subjectrequest")),
            ],
        ),
        CreateModel(
            name="Disposal",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("person", models.UUIDField()),
                ("reason", models.CharField(max_length=16)),
                ("because", models.CharField(blank=True, max_length=400)),
                ("asked_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("decision", models.CharField(blank=True, max_length=8)),
                ("answer", models.CharField(blank=True, max_length=400)),
                ("decided_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("decided_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("request", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="retention.subjectrequest")),
            ],
        ),
        CreateModel(
            name="SubjectRequestStep",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(max_length=12)),
                ("words", models.CharField(blank=True, max_length=1000)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("request", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="retention.subjectrequest")),
            ],
        ),
        AddIndex(
            model_name="breach",
            index=models.Index(fields=["tenant", "-aware_at", "id"], name="breach_latest"),
        ),
        AddConstraint(
            model_name="breach",
            constraint=models.UniqueConstraint(fields=("tenant", "number"), name="breach_number_once"),
        ),
        AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ("lost", "shown", "destroyed", "changed", "not_there"))), name="breach_kind_known"),
        ),
        AddIndex(
            model_name="breachstep",
            index=models.Index(fields=["tenant", "breach", "happened_at", "id"], name="breach_steps"),
        ),
        AddConstraint(
            model_name="breachstep",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ("commissioner_told", "commissioner_not_told", "people_told", "people_not_told", "put_right", "closed"))), name="breach_step_known"),
        ),
        AddConstraint(
            model_name="breachstep",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("kind__in", ("commissioner_not_told", "people_not_told", "put_right")), _negated=True), models.Q(("words", ""), _negated=True), _connector="OR"), name="breach_step_says_why"),
        ),
        AddIndex(
            model_name="hold",
            index=models.Index(fields=["tenant", "case", "lifted_at"], name="hold_case"),
        ),
        AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ("investigation", "prosecution", "appeal", "complaint", "inquiry"))), name="hold_kind_known"),
        ),
        AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)), models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)), _connector="OR"), name="hold_lifted_by_somebody"),
        ),
        AddConstraint(
            model_name="requestreview",
            constraint=models.UniqueConstraint(fields=("tenant", "task", "number"), name="request_review_number_once"),
        ),
        AddConstraint(
            model_name="requestreview",
            constraint=models.CheckConstraint(condition=models.Q(("verdict__in", ("they", "other", "unsure"))), name="request_review_verdict_known"),
        ),
        AddConstraint(
            model_name="requestreview",
            constraint=models.CheckConstraint(condition=models.Q(("carried__in", ["", "done", "not"])), name="request_review_carried_known"),
        ),
        AddIndex(
            model_name="retentiondecision",
            index=models.Index(fields=["tenant", "person", "-decided_at", "id"], name="kept_latest"),
        ),
        AddConstraint(
            model_name="retentiondecision",
            constraint=models.CheckConstraint(condition=models.Q(("category__in", ("victim", "suspect", "witness", "other"))), name="kept_category"),
        ),
        AddConstraint(
            model_name="retentiondecision",
            constraint=models.CheckConstraint(condition=models.Q(("reason__in", ("necessary", "risk", "proceedings", "civil_claim", "they_ask"))), name="kept_reason_known"),
        ),
        AddIndex(
            model_name="reviewdue",
            index=models.Index(fields=["tenant", "due_on", "id"], name="review_due_order"),
        ),
        AddConstraint(
            model_name="reviewdue",
            constraint=models.UniqueConstraint(fields=("tenant", "person", "category"), name="review_due_once"),
        ),
        AddConstraint(
            model_name="reviewdue",
            constraint=models.CheckConstraint(condition=models.Q(("category__in", ("victim", "suspect", "witness", "other"))), name="review_due_category"),
        ),
        AddIndex(
            model_name="subjectrequest",
            index=models.Index(fields=["tenant", "-received_on", "id"], name="subject_request_latest"),
        ),
        AddConstraint(
            model_name="subjectrequest",
            constraint=models.UniqueConstraint(fields=("tenant", "number"), name="subject_request_number_once"),
        ),
        AddConstraint(
            model_name="subjectrequest",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ("copy", "put_right", "erase", "restrict"))), name="subject_request_kind_known"),
        ),
        AddConstraint(
            model_name="subjectrequest",
            constraint=models.CheckConstraint(condition=models.Q(("came__in", ("themselves", "letter", "agent", "relative"))), name="subject_request_came_known"),
        ),
        AddIndex(
            model_name="requesttask",
            index=models.Index(fields=["tenant", "case"], name="request_task_case"),
        ),
        AddIndex(
            model_name="requesttask",
            index=models.Index(fields=["tenant", "person"], name="request_task_person"),
        ),
        AddConstraint(
            model_name="requesttask",
            constraint=models.UniqueConstraint(fields=("tenant", "request", "person"), name="request_task_once"),
        ),
        AddIndex(
            model_name="requestsearch",
            index=models.Index(fields=["tenant", "request", "-searched_at", "id"], name="request_search_latest"),
        ),
        AddIndex(
            model_name="disposal",
            index=models.Index(fields=["tenant", "decision", "asked_at", "id"], name="disposal_order"),
        ),
        AddConstraint(
            model_name="disposal",
            constraint=models.CheckConstraint(condition=models.Q(("reason__in", ("period_over", "recorded_wrongly", "they_ask"))), name="disposal_reason_known"),
        ),
        AddConstraint(
            model_name="disposal",
            constraint=models.CheckConstraint(condition=models.Q(("decision__in", ["", "agreed", "refused"])), name="disposal_decision_known"),
        ),
        AddConstraint(
            model_name="disposal",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", "")), models.Q(("decided_at__isnull", False), ("decided_by__isnull", False), models.Q(("decision", ""), _negated=True), models.Q(("decided_by", models.F("asked_by")), _negated=True)), _connector="OR"), name="disposal_two_people"),
        ),
        AddConstraint(
            model_name="disposal",
            constraint=models.CheckConstraint(condition=models.Q(("done_at__isnull", True), ("decision", "agreed"), _connector="OR"), name="disposal_done_once_agreed"),
        ),
        AddConstraint(
            model_name="disposal",
            constraint=models.UniqueConstraint(condition=models.Q(("decision", "")), fields=("tenant", "person"), name="disposal_waits_once"),
        ),
        AddConstraint(
            model_name="subjectrequeststep",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ("identity", "alone", "searched", "reviewed", "answered", "refused", "withdrawn"))), name="subject_request_step_known"),
        ),
        AddConstraint(
            model_name="subjectrequeststep",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("kind__in", ("searched", "refused")), _negated=True), models.Q(("words", ""), _negated=True), _connector="OR"), name="subject_request_step_says_why"),
        ),
        AddConstraint(
            model_name="subjectrequeststep",
            constraint=models.UniqueConstraint(fields=("tenant", "request", "kind"), name="subject_request_step_once"),
        ),
        Wall("Breach", append_only=True),
        Wall("BreachStep", append_only=True),
        Wall("ErasureCount", rights="select, insert, update"),
        Wall("Hold", rights="select, insert, update"),
        Wall("RetentionDecision", append_only=True),
        Wall("ReviewDue"),
        Wall("SubjectRequest", append_only=True),
        Wall("RequestTask", append_only=True),
        Wall("RequestReview", append_only=True),
        Wall("RequestSearch", append_only=True),
        Wall("Disposal", rights="select, insert, update"),
        Wall("SubjectRequestStep", append_only=True),
    ]
