"""The tables of cases, each behind the wall."""

import django.contrib.postgres.fields
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
        ("accounts", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="CaseNumber",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("year", models.SmallIntegerField()),
                ("last", models.IntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tenant", "year"), name="case_number_year")],
            },
        ),
        CreateModel(
            name="OperationGroup",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("name", models.CharField(max_length=120)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tenant", "name"), name="operation_name_once")],
            },
        ),
        CreateModel(
            name="Case",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("reference", models.CharField(max_length=20)),
                ("encountered_at", models.DateTimeField()),
                ("encountered_as", models.CharField(blank=True, max_length=40)),
                ("recorded_at", models.DateTimeField()),
                ("what", models.CharField(blank=True, max_length=2000)),
                ("place", models.CharField(blank=True, max_length=300)),
                ("nation", models.CharField(default="england", max_length=20)),
                ("police_areas", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ("controller_there", models.CharField(blank=True, max_length=10)),
                ("organised_group", models.BooleanField(null=True)),
                ("people_out_of_force", models.BooleanField(null=True)),
                ("links_abroad", models.BooleanField(null=True)),
                ("deaths", models.PositiveSmallIntegerField(default=0)),
                ("diplomat", models.BooleanField(null=True)),
                ("sealed", models.BooleanField(default=False)),
                ("seal_reason", models.CharField(blank=True, max_length=400)),
                ("imported_as", models.CharField(max_length=120, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("interim_owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("opened_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("owner", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("sealed_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("unit", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit")),
                ("operation", lodestar.platform.tenancy.models.OtherTenantRow(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.operationgroup")),
            ],
        ),
        CreateModel(
            name="Person",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(blank=True, max_length=200)),
                ("sort_key", models.CharField(blank=True, max_length=400)),
                ("description", models.CharField(blank=True, max_length=200)),
                ("language", models.CharField(blank=True, max_length=80)),
                ("roles", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ("category", models.CharField(choices=[("victim", "victim"), ("suspect", "suspect"), ("witness", "witness"), ("other", "other")], default="other", max_length=8)),
                ("belief", models.CharField(blank=True, max_length=20)),
                ("birth_date", models.CharField(blank=True, max_length=10)),
                ("age_min", models.PositiveSmallIntegerField(null=True)),
                ("age_max", models.PositiveSmallIntegerField(null=True)),
                ("age_basis", models.CharField(default="unknown", max_length=10)),
                ("alive", models.BooleanField(null=True)),
                ("place", models.CharField(blank=True, max_length=30)),
                ("out_of_danger", models.CharField(blank=True, max_length=10)),
                ("contact_lost", models.BooleanField(null=True)),
                ("contact_lost_at", models.DateTimeField(null=True)),
                ("helpers", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ("seized", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ("threats", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ("needs", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ("care_and_support_needs", models.BooleanField(null=True)),
                ("british", models.BooleanField(null=True)),
                ("found_after_missing", models.BooleanField(null=True)),
                ("held_from", models.DateTimeField(null=True)),
                ("in_custody_from", models.DateTimeField(null=True)),
                ("released_at", models.DateTimeField(null=True)),
                ("address_told", django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField(), editable=False, null=True, size=None)),
                ("recorded_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="people", to="cases.case")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="FirstAccount",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("reference", models.CharField(max_length=60)),
                ("officer", models.CharField(blank=True, max_length=40)),
                ("taken_at", models.DateTimeField()),
                ("taken_words", models.CharField(blank=True, max_length=40)),
                ("kept", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ("more", models.CharField(blank=True, max_length=400)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
        ),
        CreateModel(
            name="Exploitation",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("type", models.CharField(max_length=10)),
                ("from_date", models.CharField(blank=True, max_length=10)),
                ("to_date", models.CharField(blank=True, max_length=10)),
                ("where", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ("police_areas", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ("still_in_situation", models.BooleanField(null=True)),
                ("still_since", models.CharField(blank=True, max_length=10)),
                ("organised", models.BooleanField(null=True)),
                ("locality", models.CharField(blank=True, max_length=300)),
                ("by_whom", models.CharField(blank=True, max_length=300)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
        ),
        CreateModel(
            name="EarlierReferral",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("route", models.CharField(max_length=3)),
                ("by", models.CharField(blank=True, max_length=200)),
                ("on_date", models.CharField(blank=True, max_length=10)),
                ("reference", models.CharField(blank=True, max_length=80)),
                ("same_events", models.BooleanField(null=True)),
                ("decision", models.CharField(blank=True, max_length=12)),
                ("decided_on", models.CharField(blank=True, max_length=10)),
                ("notice_on", models.CharField(blank=True, max_length=10)),
                ("new_evidence", models.BooleanField(null=True)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
        ),
        CreateModel(
            name="ConsentAnswer",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("asked_at", models.DateTimeField()),
                ("nrm", models.BooleanField(null=True)),
                ("wants_time", models.BooleanField(null=True)),
                ("capacity", models.CharField(blank=True, max_length=10)),
                ("spoke_alone", models.BooleanField(null=True)),
                ("interpreter", models.CharField(blank=True, max_length=12)),
                ("may_be_named", models.BooleanField(null=True)),
                ("wants_support", models.BooleanField(null=True)),
                ("police_may_contact", models.BooleanField(null=True)),
                ("contact_again", models.CharField(blank=True, db_default="", max_length=10)),
                ("leaves_referral", models.BooleanField(db_default=False, default=False)),
                ("leaflet", models.CharField(blank=True, db_default="", max_length=40)),
                ("privacy_notice", models.CharField(blank=True, db_default="", max_length=10)),
                ("privacy_notice_language", models.CharField(blank=True, db_default="", max_length=80)),
                ("refusal_reason", models.CharField(blank=True, max_length=500)),
                ("said", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ("language", models.CharField(blank=True, max_length=80)),
                ("job_number", models.CharField(blank=True, max_length=40)),
                ("who_was_there", models.CharField(blank=True, max_length=200)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
        ),
        CreateModel(
            name="AllegedOffence",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("act", models.CharField(blank=True, max_length=200)),
                ("section", models.CharField(blank=True, max_length=40)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("particulars", models.CharField(blank=True, max_length=500)),
                ("on_from", models.CharField(blank=True, max_length=10)),
                ("on_to", models.CharField(blank=True, max_length=10)),
                ("where", models.CharField(blank=True, max_length=20)),
                ("age_then_min", models.PositiveSmallIntegerField(null=True)),
                ("age_then_max", models.PositiveSmallIntegerField(null=True)),
                ("stage", models.CharField(blank=True, max_length=30)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
        ),
        CreateModel(
            name="PersonVersion",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("version", models.PositiveIntegerField()),
                ("said", models.JSONField()),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
        ),
        CreateModel(
            name="SealOwner",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="CaseMember",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("how", models.CharField(choices=[("opened", "opened it"), ("given", "was given it"), ("owner", "owns it"), ("emergency", "emergency access"), ("support", "was given its support")], max_length=12)),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField(null=True)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "user", "case"], name="case_member_user")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "case", "user", "how"), name="case_member_once")],
            },
        ),
        AddIndex(
            model_name="case",
            index=models.Index(fields=["tenant", "-recorded_at", "id"], name="case_latest"),
        ),
        AddIndex(
            model_name="case",
            index=models.Index(fields=["tenant", "unit", "-recorded_at", "id"], name="case_unit"),
        ),
        AddIndex(
            model_name="case",
            index=models.Index(fields=["tenant", "opened_by", "-recorded_at", "id"], name="case_opened_by"),
        ),
        AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(fields=("tenant", "reference"), name="case_reference_once"),
        ),
        AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(condition=models.Q(("imported_as__isnull", False)), fields=("tenant", "imported_as"), name="case_imported_once"),
        ),
        AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(condition=models.Q(("controller_there__in", ["", "yes", "no", "not_sure"])), name="case_controller_answer"),
        ),
        AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("sealed", False), ("sealed_by__isnull", True)), ("sealed", True), _connector="OR"), name="case_sealed_by_while_sealed"),
        ),
        AddIndex(
            model_name="person",
            index=models.Index(fields=["tenant", "sort_key", "id"], name="person_sort"),
        ),
        AddIndex(
            model_name="person",
            index=models.Index(condition=models.Q(("held_from__isnull", False), ("released_at__isnull", True)), fields=["tenant", "held_from", "id"], name="person_held"),
        ),
        AddIndex(
            model_name="person",
            index=models.Index(condition=models.Q(("released_at__isnull", False)), fields=["tenant", "released_at", "id"], name="person_released"),
        ),
        AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(fields=("tenant", "case", "number"), name="person_number_once"),
        ),
        AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(condition=models.Q(("age_min__isnull", True), ("age_max__isnull", True), ("age_min__lte", models.F("age_max")), _connector="OR"), name="person_age_bounds"),
        ),
        AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(condition=models.Q(("belief__in", ["", "reasonable_grounds", "signs_only", "none"])), name="person_belief_known"),
        ),
        AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(condition=models.Q(("out_of_danger__in", ["", "yes", "no", "not_sure"])), name="person_danger_answer"),
        ),
        AddIndex(
            model_name="firstaccount",
            index=models.Index(fields=["tenant", "person", "recorded_at", "id"], name="first_account_person"),
        ),
        AddConstraint(
            model_name="firstaccount",
            constraint=models.CheckConstraint(condition=models.Q(("reference", ""), _negated=True), name="first_account_has_a_reference"),
        ),
        AddIndex(
            model_name="exploitation",
            index=models.Index(fields=["tenant", "person"], name="exploitation_person"),
        ),
        AddConstraint(
            model_name="earlierreferral",
            constraint=models.UniqueConstraint(fields=("tenant", "person"), name="earlier_referral_once"),
        ),
        AddIndex(
            model_name="consentanswer",
            index=models.Index(fields=["tenant", "person", "-asked_at", "-recorded_at"], name="consent_latest"),
        ),
        AddConstraint(
            model_name="consentanswer",
            constraint=models.CheckConstraint(condition=models.Q(("contact_again__in", ["", "yes", "unsafe", "unwanted"])), name="consent_contact_known"),
        ),
        AddConstraint(
            model_name="consentanswer",
            constraint=models.CheckConstraint(condition=models.Q(("leaves_referral", False), ("nrm__isnull", True), _connector="OR"), name="consent_leaves_referral"),
        ),
        AddConstraint(
            model_name="consentanswer",
            constraint=models.CheckConstraint(condition=models.Q(("capacity__in", ["", "true", "false", "in_doubt"])), name="consent_capacity_known"),
        ),
        AddConstraint(
            model_name="consentanswer",
            constraint=models.CheckConstraint(condition=models.Q(("interpreter__in", ["", "independent", "companion", "none", "not_needed"])), name="consent_interpreter_known"),
        ),
        AddConstraint(
            model_name="consentanswer",
            constraint=models.CheckConstraint(condition=models.Q(("privacy_notice__in", ["", "written", "read_out", "not_given"])), name="consent_privacy_notice_known"),
        ),
        AddIndex(
            model_name="allegedoffence",
            index=models.Index(fields=["tenant", "person"], name="alleged_offence_person"),
        ),
        AddConstraint(
            model_name="personversion",
            constraint=models.UniqueConstraint(fields=("tenant", "person", "version"), name="person_version_once"),
        ),
        AddIndex(
            model_name="sealowner",
            index=models.Index(fields=["tenant", "user", "case"], name="seal_owner_user"),
        ),
        AddConstraint(
            model_name="sealowner",
            constraint=models.UniqueConstraint(fields=("tenant", "case", "user"), name="seal_owner_once"),
        ),
        Wall("CaseNumber", rights="select, insert, update"),
        Wall("OperationGroup", rights="select, insert, update"),
        Wall("Case", rights="select, insert, update"),
        Wall("Person", rights="select, insert, update"),
        Wall("FirstAccount", append_only=True),
        Wall("Exploitation"),
        Wall("EarlierReferral", rights="select, insert, update"),
        Wall("ConsentAnswer", append_only=True),
        Wall("AllegedOffence"),
        Wall("PersonVersion", append_only=True),
        Wall("SealOwner"),
        Wall("CaseMember", rights="select, insert, update"),
    ]
