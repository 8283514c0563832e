"""What was decided on a referral."""

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
        ("referrals", "0001_referrals_and_references"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="Decision",
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
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rg_positive", "Reasonable grounds: positive"),
                            ("rg_negative", "Reasonable grounds: negative"),
                            ("cg_positive", "Conclusive grounds: positive"),
                            ("cg_negative", "Conclusive grounds: negative"),
                            ("withdrawn", "Withdrawn"),
                            ("suspended", "Suspended"),
                        ],
                        max_length=12,
                    ),
                ),
                ("decided_on", models.DateField()),
                ("notice_on", models.DateField(null=True)),
                ("filed_at", models.DateTimeField()),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "referral",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="referrals.referral",
                    ),
                ),
                (
                    "replaces",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.decision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "referral", "number"), name="decision_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("replaces__isnull", False)),
                        fields=("tenant", "replaces"),
                        name="decision_replaced_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["rg_positive", "rg_negative", "cg_positive", "cg_negative", "withdrawn", "suspended"],
                            )
                        ),
                        name="decision_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("notice_on__isnull", True), ("notice_on__gte", models.F("decided_on")), _connector="OR"
                        ),
                        name="decision_notice_not_before",
                    ),
                ],
            },
        ),
        Wall("Decision", append_only=True),
    ]
