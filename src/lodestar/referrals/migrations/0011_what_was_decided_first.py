"""Where a referral stands says too what was decided first, and which checks of its form were open, for counting."""

import django.contrib.postgres.fields
from django.db import migrations, models

from lodestar.tenancy.tables import AddConstraint


class Migration(migrations.Migration):
    dependencies = [("referrals", "0010_looked_over")]

    operations = [
        migrations.AddField(
            model_name="referralnow",
            name="first",
            field=models.CharField(blank=True, db_default="", default="", max_length=12),
        ),
        migrations.AddField(
            model_name="referralnow",
            name="open_checks",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=8), null=True, size=None
            ),
        ),
        AddConstraint(
            model_name="referralnow",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__in", ["", "rg_positive", "rg_negative"])), name="referral_now_first_known"
            ),
        ),
    ]
