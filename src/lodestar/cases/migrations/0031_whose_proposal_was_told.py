"""Whose proposal it was that immigration was told of at a time for which nobody had approved it: they do not judge it. And that
it was told so, of the proposal: it is written down once.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lodestar.tenancy.roles import APP
from lodestar.tenancy.tables import AddConstraint

TABLE = "cases_immigrationdisclosure"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0030_nobody_elsewhere_is_crowded_out"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "immigrationdisclosure",
            "proposed_by",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            "immigrationdisclosure", "told_outside", models.BooleanField(default=False, db_default=False)
        ),
        AddConstraint(
            "immigrationdisclosure",
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | models.Q(proposed_by__isnull=True)
                | ~models.Q(decided_by=models.F("proposed_by")),
                name="immigration_not_by_who_proposed",
            ),
        ),
        AddConstraint(
            "immigrationdisclosure",
            models.CheckConstraint(
                condition=models.Q(told_outside=False) | models.Q(happened_without=False, told_at__isnull=True),
                name="immigration_told_outside_is_not_as_approved",
            ),
        ),
        migrations.RunSQL(
            f"grant update (told_outside) on {TABLE} to {APP}", f"revoke update (told_outside) on {TABLE} from {APP}"
        ),
    ]
