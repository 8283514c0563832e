"""The answer about referral and the crime numbers that a referral was sent with."""

import django.db.models.deletion
from django.db import migrations, models

import lodestar.tenancy.models
from lodestar.tenancy.tables import AddConstraint
from lodestar.tenancy.wall import SameTenant


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0003_writing"),
        ("cases", "0008_why_they_said_no"),
    ]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="consent",
            field=lodestar.tenancy.models.OtherTenantRow(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.consentanswer",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="no_consent",
            field=models.CharField(
                blank=True,
                choices=[
                    ("child", "treated as a child"),
                    ("none_held", "no answer was recorded"),
                    ("theirs", "the sender has it"),
                ],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="crime_reference",
            field=models.CharField(blank=True, db_default="", default="", max_length=1000),
        ),
        AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("no_consent", ""),
                    models.Q(("consent__isnull", True), ("no_consent__in", ["child", "none_held", "theirs"])),
                    _connector="OR",
                ),
                name="referral_consent_or_why_not",
            ),
        ),
        SameTenant("Referral", "consent"),
    ]
