"""Where what was sent was written, and which checks of the form were open as it stood then."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import lodestar.tenancy.models
from lodestar.tenancy.wall import SameTenant


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0004_what_it_was_sent_with"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="writing", name="writing_state_known"),
        migrations.RemoveField(model_name="writing", name="state"),
        migrations.AddField(
            model_name="referral",
            name="writing",
            field=lodestar.tenancy.models.OtherTenantRow(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sent",
                to="referrals.writing",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="open_checks",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=8), blank=True, default=list, size=None
            ),
        ),
        SameTenant("Referral", "writing"),
    ]
