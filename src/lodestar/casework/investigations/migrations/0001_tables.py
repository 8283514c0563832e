"""The tables of investigations, each behind the wall."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

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
            name="Crime",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(choices=[("recorded", "recorded"), ("not_needed", "none is needed"), ("not_possible", "not possible yet")], max_length=12)),
                ("number", models.CharField(blank=True, max_length=40)),
                ("why_not", models.CharField(blank=True, max_length=1000)),
                ("at", models.DateTimeField()),
                ("at_words", models.CharField(blank=True, max_length=40)),
                ("recorded_at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "person", "recorded_at"], name="crime_person"), models.Index(fields=["tenant", "number"], name="crime_number")],
                "constraints": [models.CheckConstraint(condition=models.Q(models.Q(("kind", "recorded"), models.Q(("number", ""), _negated=True)), models.Q(("kind__in", ["not_needed", "not_possible"]), ("number", ""), models.Q(("why_not", ""), _negated=True)), _connector="OR"), name="crime_number_or_why_not"), models.UniqueConstraint(condition=models.Q(("number", ""), _negated=True), fields=("tenant", "person", "number"), name="crime_number_once")],
            },
        ),
        CreateModel(
            name="Review",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("number", models.PositiveIntegerField()),
                ("moments", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, size=None)),
                ("at", models.DateTimeField()),
                ("at_words", models.CharField(blank=True, max_length=40)),
                ("directions", models.CharField(max_length=4000)),
                ("recorded_at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("to", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "case", "at"], name="review_case"), models.Index(fields=["tenant", "by", "-at", "-id"], name="review_by")],
                "constraints": [models.CheckConstraint(condition=models.Q(("directions", ""), _negated=True), name="review_gives_directions"), models.UniqueConstraint(fields=("tenant", "case", "number"), name="review_number_once")],
            },
        ),
        Wall("Crime", append_only=True),
        Wall("Review", append_only=True),
    ]
