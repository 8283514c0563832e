"""What became of the rows of a file that was taken in by a page, for whoever took it in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.fields
import lodestar.tenancy.within
from lodestar.tenancy.tables import CreateModel
from lodestar.tenancy.wall import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("recognition", "0006_as_another_system_says_it"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="FileTakenIn",
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
                ("kind", models.CharField(max_length=12)),
                ("told", lodestar.tenancy.fields.SealedTextField()),
                ("rejected", lodestar.tenancy.fields.SealedTextField(blank=True)),
                ("ending", models.CharField(blank=True, max_length=6)),
                ("taken_at", models.DateTimeField()),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "taken_by", "-taken_at", "-id"], name="file_taken_in_by")],
            },
        ),
        Wall("FileTakenIn"),
    ]
