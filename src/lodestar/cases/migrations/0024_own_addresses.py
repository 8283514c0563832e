"""By what a member of staff's own address would be known again, and the alert of one that was looked up."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.within
from lodestar.tenancy.tables import AddConstraint, CreateModel
from lodestar.tenancy.wall import Wall

KINDS = ["own_name", "colleague", "address", "night", "leaving", "emergency"]


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0023_what_was_used_for_something_else"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AlterField(
            "standardsalert", "kind",
            models.CharField(
                max_length=10,
                choices=[
                    ("own_name", "Opened someone with their own family name"),
                    ("colleague", "Opened someone with a colleague’s name"),
                    ("address", "Opened or recorded someone at their own address"),
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
        CreateModel(
            name="StaffAddress",
            fields=[
                ("id", models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60)),
                ("marks", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField())),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+",
                                                  to=settings.AUTH_USER_MODEL)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+",
                                           to=settings.AUTH_USER_MODEL)),
            ],
        ),
        AddConstraint(
            "staffaddress", models.UniqueConstraint(fields=("tenant", "user"), name="staff_address_once")
        ),
        Wall("StaffAddress"),
    ]  # fmt: skip
