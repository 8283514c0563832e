"""A version that waits for its day, what was said of the document with one that is history, and drafts that are refused."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from lodestar.tenancy.tables import AddConstraint

STATES = ["draft", "approved", "published", "superseded", "withdrawn", "refused"]
NAMES = ["Draft", "Approved", "Published", "Superseded", "Withdrawn", "Refused"]


class Migration(migrations.Migration):
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("guidance", "0010_as_shipped")]

    operations = [
        migrations.AddField("version", "is_coming", models.BooleanField(default=False)),
        migrations.AddField("version", "holds_from", models.DateField(null=True)),
        migrations.AddField(
            "version", "about", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)
        ),
        migrations.AddField("version", "refused_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "version", "refused_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField("version", "refused_because", models.CharField(blank=True, max_length=400, default="")),
        migrations.AlterField(
            "version", "state",
            models.CharField(choices=list(zip(STATES, NAMES, strict=True)), default="draft", max_length=10),
        ),
        migrations.RemoveConstraint("version", "guidance_version_state_known"),
        AddConstraint(
            "version", models.CheckConstraint(condition=Q(state__in=STATES), name="guidance_version_state_known")
        ),
        migrations.RemoveConstraint("version", "guidance_version_one_published"),
        AddConstraint(
            "version",
            models.UniqueConstraint(
                fields=["tenant", "document"], name="guidance_version_one_published",
                condition=Q(state="published", is_coming=False),
            ),
        ),
        AddConstraint(
            "version",
            models.CheckConstraint(
                condition=Q(is_coming=False) | Q(state="published", holds_from__isnull=False),
                name="guidance_version_coming_says_when",
            ),
        ),
        AddConstraint(
            "version",
            models.CheckConstraint(
                condition=~Q(state="refused") | Q(refused_at__isnull=False, refused_by__isnull=False),
                name="guidance_version_refused_says_when",
            ),
        ),
    ]  # fmt: skip
