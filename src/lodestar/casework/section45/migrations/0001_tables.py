"""The tables of section45, each behind the wall."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

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
        ("evidence", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="FullRecord",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("number", models.PositiveSmallIntegerField()),
                ("before", models.CharField(choices=[("charge", "A charging decision"), ("caution", "A caution"), ("other_disposal", "Another out-of-court disposal"), ("no_further_action", "No further action"), ("plea", "A plea"), ("hearing", "A hearing"), ("review", "No outcome in view: a decision or a new fact")], max_length=20)),
                ("test", models.CharField(blank=True, max_length=5)),
                ("schedule", models.CharField(blank=True, max_length=300)),
                ("settled", models.CharField(blank=True, choices=[("excluded", "On Schedule 4"), ("not_excluded", "Not on Schedule 4")], max_length=12)),
                ("settled_why", models.CharField(blank=True, max_length=2000)),
                ("duress", models.CharField(blank=True, max_length=2000)),
                ("self_defence", models.CharField(blank=True, max_length=2000)),
                ("public_interest", models.CharField(blank=True, max_length=2000)),
                ("abuse_of_process", models.CharField(blank=True, max_length=2000)),
                ("law_note", models.CharField(blank=True, max_length=2000)),
                ("asked_whom", models.CharField(blank=True, max_length=500)),
                ("their_answer", models.CharField(blank=True, max_length=2000)),
                ("missing", models.CharField(blank=True, max_length=2000)),
                ("conclusion", models.CharField(choices=[("likely", "The defence is likely to be available"), ("unlikely", "It is not likely to be available"), ("cannot_tell", "Not known yet"), ("not_open", "It is not open for this offence")], max_length=12)),
                ("reason", models.CharField(max_length=2000)),
                ("decided_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("countersign_by", models.DateTimeField()),
                ("rests_on", models.CharField(blank=True, max_length=300)),
                ("act_rests_on", models.CharField(blank=True, max_length=300)),
                ("decided_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("offence", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.allegedoffence")),
            ],
        ),
        CreateModel(
            name="Element",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("test", models.CharField(max_length=5)),
                ("number", models.PositiveSmallIntegerField()),
                ("evidence_for", models.CharField(blank=True, max_length=2000)),
                ("evidence_against", models.CharField(blank=True, max_length=2000)),
                ("reading", models.CharField(blank=True, choices=[("met", "Met"), ("not_met", "Not met"), ("cannot_tell", "Cannot tell yet")], max_length=12)),
                ("record", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="elements", to="section45.fullrecord")),
            ],
        ),
        CreateModel(
            name="ElementLink",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("account", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.account")),
                ("element", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="links", to="section45.element")),
                ("exhibit", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.exhibit")),
                ("first_account", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.firstaccount")),
            ],
        ),
        CreateModel(
            name="Countersignature",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(choices=[("agree", "I agree"), ("not_agree", "I do not agree"), ("need_first", "I need something first")], max_length=10)),
                ("reason", models.CharField(blank=True, max_length=2000)),
                ("signed_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("decided_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("record", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="countersignatures", to="section45.fullrecord")),
            ],
        ),
        CreateModel(
            name="OutcomeRecorded",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("number", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(choices=[("charge", "Charged"), ("caution", "Cautioned"), ("other_disposal", "Another out-of-court disposal"), ("no_further_action", "No further action"), ("plea", "A plea was entered"), ("hearing", "A hearing was held")], max_length=20)),
                ("at", models.DateTimeField()),
                ("at_words", models.CharField(blank=True, max_length=40)),
                ("happened_without", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=2000)),
                ("recorded_at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("offence", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.allegedoffence")),
                ("record", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="section45.fullrecord")),
            ],
        ),
        CreateModel(
            name="FirstAnswer",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("moment", models.CharField(blank=True, max_length=30)),
                ("answer", models.CharField(choices=[("yes", "Yes"), ("cannot_rule_out", "Cannot rule out"), ("no_sign_seen", "No sign seen")], max_length=20)),
                ("why", models.CharField(blank=True, max_length=1000)),
                ("rests_on", models.CharField(blank=True, max_length=300)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "person", "recorded_at", "id"], name="first_answer_person"), models.Index(fields=["tenant", "recorded_at"], name="first_answer_latest")],
                "constraints": [models.CheckConstraint(condition=models.Q(("answer__in", ["yes", "cannot_rule_out", "no_sign_seen"])), name="first_answer_known"), models.CheckConstraint(condition=models.Q(("moment__in", ["", "stop", "voluntary_interview", "arrest", "interview", "bail_or_remand"])), name="first_answer_moment_known")],
            },
        ),
        AddConstraint(
            model_name="fullrecord",
            constraint=models.UniqueConstraint(fields=("tenant", "offence", "number"), name="full_record_number_once"),
        ),
        AddConstraint(
            model_name="fullrecord",
            constraint=models.UniqueConstraint(fields=("tenant", "id", "decided_by"), name="full_record_decider"),
        ),
        AddConstraint(
            model_name="fullrecord",
            constraint=models.CheckConstraint(condition=models.Q(("test__in", ("child", "adult", "both", ""))), name="full_record_test_known"),
        ),
        AddConstraint(
            model_name="fullrecord",
            constraint=models.CheckConstraint(condition=models.Q(("before__in", ["charge", "caution", "other_disposal", "no_further_action", "plea", "hearing", "review"])), name="full_record_before_known"),
        ),
        AddConstraint(
            model_name="fullrecord",
            constraint=models.CheckConstraint(condition=models.Q(("conclusion__in", ["likely", "unlikely", "cannot_tell", "not_open"])), name="full_record_conclusion_known"),
        ),
        AddConstraint(
            model_name="fullrecord",
            constraint=models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="full_record_says_why"),
        ),
        AddConstraint(
            model_name="fullrecord",
            constraint=models.CheckConstraint(condition=models.Q(("settled", ""), models.Q(("settled__in", ["excluded", "not_excluded"]), models.Q(("settled_why", ""), _negated=True)), _connector="OR"), name="full_record_settled_with_reason"),
        ),
        AddConstraint(
            model_name="element",
            constraint=models.UniqueConstraint(fields=("tenant", "record", "test", "number"), name="element_once"),
        ),
        AddConstraint(
            model_name="element",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("number__range", (1, 3)), ("test", "child")), models.Q(("number__range", (1, 4)), ("test", "adult")), _connector="OR"), name="element_of_the_test"),
        ),
        AddConstraint(
            model_name="element",
            constraint=models.CheckConstraint(condition=models.Q(("reading__in", ["", "met", "not_met", "cannot_tell"])), name="element_reading_known"),
        ),
        AddConstraint(
            model_name="elementlink",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("account__isnull", True), ("exhibit__isnull", False), ("first_account__isnull", True)), models.Q(("account__isnull", False), ("exhibit__isnull", True), ("first_account__isnull", True)), models.Q(("account__isnull", True), ("exhibit__isnull", True), ("first_account__isnull", False)), _connector="OR"), name="element_link_to_one_thing"),
        ),
        AddConstraint(
            model_name="countersignature",
            constraint=models.UniqueConstraint(fields=("tenant", "record"), name="countersignature_once"),
        ),
        AddConstraint(
            model_name="countersignature",
            constraint=models.CheckConstraint(condition=models.Q(("by", models.F("decided_by")), _negated=True), name="countersigned_by_another"),
        ),
        AddConstraint(
            model_name="countersignature",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["agree", "not_agree", "need_first"])), name="countersignature_known"),
        ),
        AddConstraint(
            model_name="countersignature",
            constraint=models.CheckConstraint(condition=models.Q(("kind", "agree"), models.Q(("reason", ""), _negated=True), _connector="OR"), name="sent_back_with_reason"),
        ),
        AddIndex(
            model_name="outcomerecorded",
            index=models.Index(condition=models.Q(("happened_without", True)), fields=["tenant", "at"], name="outcome_without"),
        ),
        AddConstraint(
            model_name="outcomerecorded",
            constraint=models.UniqueConstraint(fields=("tenant", "offence", "number"), name="outcome_number_once"),
        ),
        AddConstraint(
            model_name="outcomerecorded",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["charge", "caution", "other_disposal", "no_further_action", "plea", "hearing"])), name="outcome_known"),
        ),
        AddConstraint(
            model_name="outcomerecorded",
            constraint=models.CheckConstraint(condition=models.Q(("happened_without", False), ("record__isnull", True), _connector="OR"), name="outcome_with_or_without_record"),
        ),
        Wall("FullRecord", append_only=True),
        Wall("Element", append_only=True),
        Wall("ElementLink", append_only=True),
        Wall("Countersignature", append_only=True),
        Wall("OutcomeRecorded", append_only=True),
        Wall("FirstAnswer", append_only=True),
    ]
