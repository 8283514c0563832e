"""What passages mean, in the terms of a sentence model, where an operator supplies one."""

import django.db.models.deletion
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.tables import CreateModel
from lodestar.tenancy.wall import Wall


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0001_tenants_and_grants"), ("guidance", "0008_films")]

    operations = [
        CreateModel(
            name="Meaning",
            fields=[
                ("id", models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60)),
                ("model", models.CharField(max_length=64)),
                ("start", models.PositiveIntegerField()),
                ("passages", models.PositiveIntegerField()),
                ("vectors", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("version", lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="guidance.version")),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "model", "made_at"], name="guidance_meaning_made")],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "version", "model", "start"), name="guidance_meaning_once"),
                    models.CheckConstraint(condition=models.Q(("passages__gt", 0)), name="guidance_meaning_of_some_passages"),
                ],
            },
        ),
        Wall("Meaning"),
    ]
