"""Who had asked that an address is told which was told at a time for which nobody had approved it: they do not judge it. And
that it was told so, of what they asked: it is written down once.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lodestar.tenancy.roles import APP
from lodestar.tenancy.tables import AddConstraint

TABLE = "cases_addresstelling"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0031_whose_proposal_was_told"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "addresstelling",
            "first_asked_by",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            "addresstelling", "told_outside", models.BooleanField(default=False, db_default=False)
        ),
        AddConstraint(
            "addresstelling",
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | models.Q(first_asked_by__isnull=True)
                | ~models.Q(decided_by=models.F("first_asked_by")),
                name="address_telling_not_by_who_asked_first",
            ),
        ),
        AddConstraint(
            "addresstelling",
            models.CheckConstraint(
                condition=models.Q(told_outside=False) | models.Q(happened_without=False, told_at__isnull=True),
                name="address_telling_outside_is_not_as_approved",
            ),
        ),
        migrations.RunSQL(
            f"grant update (told_outside) on {TABLE} to {APP}", f"revoke update (told_outside) on {TABLE} from {APP}"
        ),
    ]
