"""Whoever had a part in a version, what was said of a document by one person, what is brought back, and who knows of a withdrawal."""

import django.core.serializers.json
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import Q

from lodestar.tenancy.tables import AddConstraint


class Migration(migrations.Migration):
    dependencies = [("guidance", "0012_what_a_manifest_said")]

    operations = [
        migrations.AddField("version", "also_by", ArrayField(models.UUIDField(), blank=True, default=list)),
        migrations.AddField("version", "again_of", models.PositiveIntegerField(null=True)),
        migrations.AddField(
            "document", "said_alone",
            models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
        ),
        migrations.AddField("reading", "withdrawal_seen_at", models.DateTimeField(null=True)),
        migrations.RemoveConstraint("version", "guidance_version_content_once"),
        AddConstraint(
            "version",
            models.UniqueConstraint(
                fields=["tenant", "digest"], name="guidance_version_content_once", condition=Q(again_of__isnull=True)
            ),
        ),
    ]  # fmt: skip
