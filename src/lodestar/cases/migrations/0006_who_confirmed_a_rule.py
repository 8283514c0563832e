"""Who has read the source of a rule and confirmed it by name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.within
from lodestar.tenancy.tables import CreateModel
from lodestar.tenancy.wall import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_facts_that_changed_a_duty"),
        ("tenancy", "0001_tenants_and_grants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="RuleConfirmation",
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
                ("rule", models.CharField(max_length=60)),
                ("row_from", models.DateField(null=True)),
                ("words", models.CharField(max_length=16)),
                ("source_read", models.CharField(max_length=500)),
                ("confirmed_at", models.DateTimeField()),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tenant", "rule", "-confirmed_at", "id"], name="rule_confirmation_rule")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source_read", ""), _negated=True),
                        name="rule_confirmation_says_what_was_read",
                    )
                ],
            },
        ),
        Wall("RuleConfirmation", append_only=True),
    ]
