"""The tables of earlier records, each behind the wall."""

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
            name="EarlierPerson",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("key", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tenant", "key"), name="earlier_person_once")],
            },
        ),
        CreateModel(
            name="EarlierRecord",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(choices=[("custody", "Custody"), ("missing", "Missing"), ("stop", "Stop"), ("address", "Address"), ("call", "Call")], max_length=8)),
                ("reference", models.CharField(blank=True, max_length=80)),
                ("happened_at", models.DateTimeField(null=True)),
                ("happened_as", models.CharField(blank=True, max_length=60)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("sort_key", models.CharField(blank=True, max_length=400)),
                ("birth_date", models.CharField(blank=True, max_length=10)),
                ("age_min", models.PositiveSmallIntegerField(null=True)),
                ("age_max", models.PositiveSmallIntegerField(null=True)),
                ("place", models.CharField(blank=True, max_length=300)),
                ("place_key", models.CharField(blank=True, max_length=64)),
                ("offence", models.CharField(blank=True, max_length=300)),
                ("words", models.CharField(blank=True, max_length=4000)),
                ("reach", lodestar.platform.tenancy.fields.SealedTextField()),
                ("source", models.CharField(blank=True, max_length=200)),
                ("file_name", models.CharField(max_length=200)),
                ("key", models.CharField(max_length=64)),
                ("typed", lodestar.platform.tenancy.fields.SealedTextField()),
                ("recorded_at", models.DateTimeField()),
                ("earlier_person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="earlier_records.earlierperson")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="EarlierRecordMatch",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("is_sure", models.BooleanField()),
                ("found_at", models.DateTimeField()),
                ("earlier_person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="earlier_records.earlierperson")),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
        ),
        CreateModel(
            name="ImportedFile",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(max_length=12)),
                ("told", lodestar.platform.tenancy.fields.SealedTextField()),
                ("rejected", lodestar.platform.tenancy.fields.SealedTextField(blank=True)),
                ("ending", models.CharField(blank=True, max_length=6)),
                ("taken_at", models.DateTimeField()),
                ("taken_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="Prompt",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("asked_at", models.DateTimeField()),
                ("state", models.CharField(default="open", max_length=4)),
                ("last_sign_at", models.DateTimeField()),
                ("answered_on", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ("version", models.PositiveIntegerField(default=1)),
                ("asked_of", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("earlier_person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="earlier_records.earlierperson")),
            ],
        ),
        CreateModel(
            name="PromptStep",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("what", models.CharField(max_length=10)),
                ("reason", models.CharField(blank=True, max_length=2000)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("prompt", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="earlier_records.prompt")),
                ("to", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="RecordSign",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("code", models.CharField(max_length=60)),
                ("rule", models.CharField(max_length=60)),
                ("rests_on", models.CharField(max_length=600)),
                ("list_date", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("record", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="earlier_records.earlierrecord")),
            ],
        ),
        AddIndex(
            model_name="earlierrecord",
            index=models.Index(fields=["tenant", "earlier_person", "happened_at", "id"], name="earlier_record_person"),
        ),
        AddIndex(
            model_name="earlierrecord",
            index=models.Index(fields=["tenant", "kind", "happened_at", "id"], name="earlier_record_kind"),
        ),
        AddIndex(
            model_name="earlierrecord",
            index=models.Index(fields=["tenant", "place_key"], name="earlier_record_place"),
        ),
        AddIndex(
            model_name="earlierrecord",
            index=models.Index(fields=["tenant", "birth_date"], name="earlier_record_birth"),
        ),
        AddConstraint(
            model_name="earlierrecord",
            constraint=models.UniqueConstraint(fields=("tenant", "key"), name="earlier_record_once"),
        ),
        AddConstraint(
            model_name="earlierrecord",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["custody", "missing", "stop", "address", "call"])), name="earlier_record_kind_known"),
        ),
        AddConstraint(
            model_name="earlierrecord",
            constraint=models.CheckConstraint(condition=models.Q(("age_min__isnull", True), ("age_max__isnull", True), ("age_min__lte", models.F("age_max")), _connector="OR"), name="earlier_record_age_bounds"),
        ),
        AddIndex(
            model_name="earlierrecordmatch",
            index=models.Index(fields=["tenant", "person"], name="met_before_person"),
        ),
        AddConstraint(
            model_name="earlierrecordmatch",
            constraint=models.UniqueConstraint(fields=("tenant", "earlier_person", "person"), name="met_before_once"),
        ),
        AddIndex(
            model_name="importedfile",
            index=models.Index(fields=["tenant", "taken_by", "-taken_at", "-id"], name="file_taken_in_by"),
        ),
        AddIndex(
            model_name="prompt",
            index=models.Index(fields=["tenant", "state", "asked_at", "id"], name="prompt_waiting"),
        ),
        AddIndex(
            model_name="prompt",
            index=models.Index(fields=["tenant", "asked_of", "state"], name="prompt_asked_of"),
        ),
        AddConstraint(
            model_name="prompt",
            constraint=models.UniqueConstraint(fields=("tenant", "earlier_person"), name="prompt_once"),
        ),
        AddConstraint(
            model_name="prompt",
            constraint=models.CheckConstraint(condition=models.Q(("state__in", ["open", "no"]), models.Q(("case__isnull", False), ("state", "yes")), _connector="OR"), name="prompt_state_known"),
        ),
        AddIndex(
            model_name="promptstep",
            index=models.Index(fields=["tenant", "prompt", "at", "id"], name="prompt_step_prompt"),
        ),
        AddConstraint(
            model_name="promptstep",
            constraint=models.CheckConstraint(condition=models.Q(("what__in", ["asked", "again", "yes"]), models.Q(("what__in", ["no", "passed"]), models.Q(("reason", ""), _negated=True)), _connector="OR"), name="prompt_step_reason"),
        ),
        AddConstraint(
            model_name="promptstep",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("to__isnull", True), ("what__in", ["no", "yes"])), models.Q(("to__isnull", False), ("what__in", ["asked", "again", "passed"])), _connector="OR"), name="prompt_step_to_somebody"),
        ),
        AddConstraint(
            model_name="recordsign",
            constraint=models.UniqueConstraint(fields=("tenant", "record", "code", "rule"), name="record_sign_once"),
        ),
        AddConstraint(
            model_name="recordsign",
            constraint=models.CheckConstraint(condition=models.Q(("rests_on", ""), _negated=True), name="record_sign_rests_on_something"),
        ),
        Wall("EarlierPerson", append_only=True),
        Wall("EarlierRecord", append_only=True),
        Wall("EarlierRecordMatch"),
        Wall("ImportedFile"),
        Wall("Prompt"),
        Wall("PromptStep", append_only=True),
        Wall("RecordSign", append_only=True),
    ]
