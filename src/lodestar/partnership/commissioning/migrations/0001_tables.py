"""Published quarters, what they rest on, and questions, each behind the wall; what the local policing body's role reads of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.platform.tenancy.models
import lodestar.platform.tenancy.tenant_transaction
import lodestar.platform.text.ids
from lodestar.platform.tenancy.row_security import ShownToPolicingBody, Wall
from lodestar.platform.tenancy.tables import AddConstraint, AddIndex, CreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = [("tenancy", "0001_tables"), ("audit", "0001_tables"), ("accounts", "0002_functions"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        CreateModel(
            name="GapQuestion",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("quarter", models.CharField(max_length=7)), ("about", models.CharField(blank=True, max_length=10)),
                ("cell", models.CharField(blank=True, max_length=24)), ("asked_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="Publication",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("quarter", models.CharField(max_length=7)), ("content", models.JSONField()),
                ("published_at", models.DateTimeField()),
                ("published_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="QuestionStep",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("number", models.PositiveSmallIntegerField()), ("step", models.CharField(max_length=12)),
                ("words", models.TextField()), ("day", models.DateField(null=True)),
                ("published_where", models.CharField(blank=True, max_length=300)), ("taken_at", models.DateTimeField()),
                ("question", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="commissioning.gapquestion")),
                ("taken_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="UnitDistrict",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("code", models.CharField(max_length=9)), ("name", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("unit", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit")),
            ],
        ),
        CreateModel(
            name="CostAssumption",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("domain", models.CharField(max_length=24)), ("pounds", models.PositiveIntegerField()),
                ("source", models.CharField(max_length=200)), ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        AddIndex(model_name="gapquestion", index=models.Index(fields=["tenant", "-asked_at", "id"], name="gap_question_latest")),
        AddConstraint(model_name="gapquestion", constraint=models.CheckConstraint(condition=models.Q(("about__in", ["", "domain", "stage", "district", "reason"])), name="gap_question_table_known")),
        AddConstraint(model_name="publication", constraint=models.UniqueConstraint(fields=("tenant", "quarter"), name="publication_quarter_once")),
        AddConstraint(model_name="questionstep", constraint=models.CheckConstraint(condition=models.Q(("step__in", ["asked", "answered", "decided", "published", "followed_up"])), name="question_step_known")),
        AddConstraint(model_name="questionstep", constraint=models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="question_step_says_something")),
        AddConstraint(model_name="questionstep", constraint=models.UniqueConstraint(fields=("tenant", "question", "number"), name="question_step_once")),
        AddIndex(model_name="unitdistrict", index=models.Index(fields=["tenant", "unit", "-recorded_at"], name="unit_district_latest")),
        AddConstraint(model_name="unitdistrict", constraint=models.CheckConstraint(condition=models.Q(("code__regex", "^[EWX][0-9]{8}$")), name="unit_district_code_of_ons")),
        AddConstraint(model_name="unitdistrict", constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="unit_district_named")),
        AddIndex(model_name="costassumption", index=models.Index(fields=["tenant", "domain", "-recorded_at"], name="cost_assumption_latest")),
        AddConstraint(model_name="costassumption", constraint=models.CheckConstraint(condition=models.Q(("source", ""), _negated=True), name="cost_assumption_says_from_where")),
        Wall("Publication", append_only=True),
        Wall("UnitDistrict", append_only=True),
        Wall("CostAssumption", append_only=True),
        Wall("GapQuestion", append_only=True),
        Wall("QuestionStep", append_only=True),
        ShownToPolicingBody("commissioning_publication", "tenant, quarter, content, published_at"),
        ShownToPolicingBody("commissioning_gapquestion", "id, tenant, quarter, about, cell, asked_at, due_on", adds=True),
        ShownToPolicingBody("commissioning_questionstep", "id, tenant, question_id, number, step, words, day, published_where, taken_at", adds=True),
        ShownToPolicingBody("audit_event", adds=True),
    ]
