"""Earlier records of other systems, whom they are about, and the signs that they may show."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.fields
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.tables import AddConstraint, AddIndex, CreateModel
from lodestar.tenancy.wall import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0001_tenants_and_grants"),
        ("recognition", "0002_rows_taken_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="EarlierPerson",
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
                            ("custody", "Custody"),
                            ("missing", "Missing"),
                            ("stop", "Stop"),
                            ("address", "Address"),
                            ("call", "Call"),
                        ],
                        max_length=8,
                    ),
                ),
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
                ("reach", lodestar.tenancy.fields.SealedTextField()),
                ("source", models.CharField(blank=True, max_length=200)),
                ("file_name", models.CharField(max_length=200)),
                ("key", models.CharField(max_length=64)),
                ("typed", lodestar.tenancy.fields.SealedTextField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "earlier_person",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="recognition.earlierperson",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        CreateModel(
            name="RecordSign",
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
                ("rule", models.CharField(max_length=60)),
                ("rests_on", models.CharField(max_length=600)),
                ("list_date", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "record",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="recognition.earlierrecord",
                    ),
                ),
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
        AddConstraint(
            model_name="earlierrecord",
            constraint=models.UniqueConstraint(fields=("tenant", "key"), name="earlier_record_once"),
        ),
        AddConstraint(
            model_name="earlierrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["custody", "missing", "stop", "address", "call"])),
                name="earlier_record_kind_known",
            ),
        ),
        AddConstraint(
            model_name="earlierrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("age_min__isnull", True),
                    ("age_max__isnull", True),
                    ("age_min__lte", models.F("age_max")),
                    _connector="OR",
                ),
                name="earlier_record_age_bounds",
            ),
        ),
        AddConstraint(
            model_name="recordsign",
            constraint=models.UniqueConstraint(fields=("tenant", "record", "code", "rule"), name="record_sign_once"),
        ),
        AddConstraint(
            model_name="recordsign",
            constraint=models.CheckConstraint(
                condition=models.Q(("rests_on", ""), _negated=True), name="record_sign_rests_on_something"
            ),
        ),
        Wall("EarlierPerson", append_only=True),
        Wall("EarlierRecord", append_only=True),
        Wall("RecordSign", append_only=True),
    ]
