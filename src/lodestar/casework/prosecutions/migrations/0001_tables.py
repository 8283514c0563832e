"""The table of prosecutions, behind the wall."""

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
        ("decisions", "0001_tables"),
        ("section45", "0002_functions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="ProsecutionEntry",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(max_length=20)),
                ("moment", models.CharField(blank=True, max_length=80)),
                ("at", models.DateTimeField()),
                ("at_words", models.CharField(blank=True, max_length=40)),
                ("who", models.CharField(max_length=200)),
                ("how", models.CharField(blank=True, max_length=10)),
                ("plea", models.CharField(blank=True, max_length=10)),
                ("words", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("reply_by", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("answers", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="prosecutions.prosecutionentry")),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("case", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case")),
                ("decision", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="decisions.decision")),
                ("offence", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.allegedoffence")),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("record", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="section45.fullrecord")),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "case", "-at", "id"], name="prosecution_case")],
                "constraints": [models.CheckConstraint(condition=models.Q(("kind__in", ["advice_asked", "charging_request", "reply", "conference", "cps_informed", "departure", "conviction", "summary"])), name="prosecution_kind_known"), models.CheckConstraint(condition=models.Q(("who", ""), _negated=True), name="prosecution_says_who"), models.CheckConstraint(condition=models.Q(("how__in", ["", "email", "portal", "letter", "phone", "in_person", "court"])), name="prosecution_how_known"), models.CheckConstraint(condition=models.Q(models.Q(("kind", "conviction"), ("offence__isnull", False), ("plea__in", ["guilty", "not_guilty", "not_known"])), models.Q(models.Q(("kind", "conviction"), _negated=True), ("plea", "")), _connector="OR"), name="prosecution_plea_of_a_conviction"), models.CheckConstraint(condition=models.Q(models.Q(("kind", "departure"), _negated=True), ("decision__isnull", False), _connector="OR"), name="prosecution_departs_from_a_decision"), models.CheckConstraint(condition=models.Q(models.Q(("kind", "cps_informed"), _negated=True), ("person__isnull", False), _connector="OR"), name="prosecution_informed_of_a_person")],
            },
        ),
        Wall("ProsecutionEntry", append_only=True),
    ]
