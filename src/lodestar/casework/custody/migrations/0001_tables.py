"""The table of people on the lists of other systems, behind the wall."""

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
            name="ListedPerson",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(choices=[("custody", "Arrested"), ("charge", "Charged")], max_length=10)),
                ("reference", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("name", models.CharField(blank=True, max_length=200)),
                ("name_key", models.CharField(blank=True, max_length=400)),
                ("birth_date", models.CharField(blank=True, max_length=10)),
                ("act", models.CharField(blank=True, max_length=200)),
                ("section", models.CharField(blank=True, max_length=40)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("is_immigration", models.BooleanField(default=False)),
                ("arrived_at", models.DateTimeField(null=True)),
                ("released_at", models.DateTimeField(null=True)),
                ("immigration_informed_at", models.DateTimeField(null=True)),
                ("state", models.CharField(choices=[("undecided", "Not decided"), ("matched", "Someone recorded here"), ("nobody", "No one recorded here")], default="undecided", max_length=10)),
                ("decided_at", models.DateTimeField(null=True)),
                ("imported_at", models.DateTimeField()),
                ("decided_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("imported_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("state", "undecided")), fields=["tenant", "name_key", "birth_date"], name="listed_person_waits"), models.Index(fields=["tenant", "person"], name="listed_person_person")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "kind", "reference", "act", "section", "title"), name="listed_person_once"), models.CheckConstraint(condition=models.Q(("kind__in", ["custody", "charge"])), name="listed_person_kind_known"), models.CheckConstraint(condition=models.Q(("state__in", ["undecided", "matched", "nobody"])), name="listed_person_state_known"), models.CheckConstraint(condition=models.Q(models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)), models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)), _connector="OR"), name="listed_person_decided_at_and_by"), models.CheckConstraint(condition=models.Q(("state", "matched"), ("person__isnull", True), _connector="XOR"), name="listed_person_matched_to_somebody")],
            },
        ),
        Wall("ListedPerson", rights="select, insert, update (arrived_at, released_at, immigration_informed_at, state, person_id, decided_at, decided_by_id)"),
    ]
