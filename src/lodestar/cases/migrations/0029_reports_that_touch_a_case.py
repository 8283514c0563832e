"""Whoever has a case is alerted of a report that came in from elsewhere and touches it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import lodestar.tenancy.models
from lodestar.tenancy.tables import AddConstraint, AddIndex
from lodestar.tenancy.wall import SameTenant

CAME = [
    ("again", "it concerns a sealed case; the sender has a separate case"),
    ("added", "it was added to by someone who may not open it"),
    ("yours", "it names them as the officer"),
]
OF_A_MATCH = Q(match__isnull=False, from_force="", of_case__isnull=True)
OF_A_FORCE = Q(match__isnull=True, about__isnull=False, of_case__isnull=True) & ~Q(from_force="") & ~Q(elsewhere="")
OF_A_REPORT = Q(match__isnull=True, about__isnull=True, of_case__isnull=False, from_force="")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0028_addresses_nobody_has_checked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "matchalert", "of_case",
            lodestar.tenancy.models.OtherTenantRow(
                db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
            ),
        ),
        migrations.AddField(
            "matchalert", "came", models.CharField(blank=True, choices=CAME, db_default="", default="", max_length=8)
        ),
        migrations.AddField(
            "matchalert", "came_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.RemoveConstraint("matchalert", "match_alert_of_ours_or_of_a_force"),
        AddConstraint(
            "matchalert",
            models.CheckConstraint(
                condition=OF_A_MATCH | OF_A_FORCE | OF_A_REPORT, name="match_alert_of_ours_or_of_a_force"
            ),
        ),
        AddConstraint(
            "matchalert",
            models.CheckConstraint(
                condition=Q(of_case__isnull=True, came="", came_by__isnull=True)
                | Q(of_case__isnull=False, came__in=["again", "added", "yours"], came_by__isnull=False),
                name="match_alert_of_a_report",
            ),
        ),
        AddIndex(
            "matchalert",
            models.Index(fields=["tenant", "of_case"], name="match_alert_of_case", condition=Q(of_case__isnull=False)),
        ),
        SameTenant("MatchAlert", "of_case"),
    ]  # fmt: skip
