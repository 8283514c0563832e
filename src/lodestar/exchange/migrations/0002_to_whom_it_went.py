"""The register of what left: to whom each table of a period went, and why."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.tables import CreateModel
from lodestar.tenancy.wall import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0001_what_was_given_out"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="ReleaseGiven",
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
                ("recipient", models.CharField(max_length=200)),
                ("reason", models.CharField(max_length=400)),
                ("given_at", models.DateTimeField()),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "release",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="given",
                        to="exchange.release",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tenant", "release", "-given_at", "-id"], name="release_given_latest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recipient", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                        ),
                        name="release_given_to_somebody_for_something",
                    )
                ],
            },
        ),
        Wall("ReleaseGiven", append_only=True),
    ]
