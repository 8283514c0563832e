"""Addresses of the household of a member of staff beside their own, and the alert of one that was looked up."""

import django.contrib.postgres.fields
from django.db import migrations, models

from lodestar.tenancy.tables import AddConstraint

KINDS = ["own_name", "colleague", "address", "household", "night", "leaving", "emergency"]


class Migration(migrations.Migration):
    dependencies = [("cases", "0024_own_addresses")]
    operations = [
        migrations.AddField(
            "staffaddress", "household",
            django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list),
        ),
        migrations.AlterField(
            "standardsalert", "kind",
            models.CharField(
                max_length=10,
                choices=[
                    ("own_name", "Opened someone with their own family name"),
                    ("colleague", "Opened someone with a colleague’s name"),
                    ("address", "Opened or recorded someone at their own address"),
                    ("household", "Opened or recorded someone at a household member’s address"),
                    ("night", "Many people in one night"),
                    ("leaving", "Exported or disclosed shortly before leaving"),
                    ("emergency", "Emergency access"),
                ],
            ),
        ),
        migrations.RemoveConstraint("standardsalert", "standards_alert_kind_known"),
        AddConstraint(
            "standardsalert",
            models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="standards_alert_kind_known"),
        ),
    ]  # fmt: skip
