"""The table of what happened, behind the wall."""

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
            name="CaseEvent",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(max_length=30)),
                ("happened_at", models.DateTimeField()),
                ("at_words", models.CharField(blank=True, max_length=40)),
                ("by_whom", models.CharField(blank=True, max_length=200)),
                ("locality", models.CharField(blank=True, max_length=300)),
                ("reference", models.CharField(blank=True, max_length=80)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("was_child", models.BooleanField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("taken_back_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "case", "happened_at", "id"], name="case_event_of_case")],
                "constraints": [models.CheckConstraint(condition=models.Q(("kind__in", ("suspect_arrested", "suspect_bailed", "suspect_to_be_released", "suspect_released", "suspect_charged", "suspect_not_prosecuted", "suspect_outcome", "victim_updated", "victim_told_of_release", "forced_marriage_known", "rape_reported", "other_crime_known", "crime_reported", "accommodated", "found_adult", "found_child", "charging_planned", "disposal_planned", "no_action_planned", "hearing_planned", "release_planned", "crime_received", "closing_proposed", "missing", "found"))), name="case_event_kind_known"), models.CheckConstraint(condition=models.Q(models.Q(("taken_back_at__isnull", True), ("taken_back_by__isnull", True)), models.Q(("taken_back_at__isnull", False), ("taken_back_by__isnull", False)), _connector="OR"), name="case_event_taken_back_at_and_by")],
            },
        ),
        Wall("CaseEvent", rights="select, insert, update (taken_back_at, taken_back_by_id)"),
    ]
