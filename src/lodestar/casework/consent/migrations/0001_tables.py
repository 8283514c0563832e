"""The tables of consent, each behind the wall."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.platform.tenancy.tenant_transaction
import lodestar.platform.text.ids
from lodestar.platform.tenancy.row_security import Wall
from lodestar.platform.tenancy.tables import CreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="LeafletTranslation",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("language", models.CharField(max_length=20)),
                ("english_version", models.DateField()),
                ("text", models.TextField(blank=True)),
                ("checked_by", models.CharField(max_length=200)),
                ("checked_on", models.DateField()),
                ("withdrawn_because", models.CharField(blank=True, max_length=400)),
                ("filed_at", models.DateTimeField()),
                ("filed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "language", "-filed_at", "id"], name="leaflet_translation_latest")],
                "constraints": [models.CheckConstraint(condition=models.Q(models.Q(("withdrawn_because", ""), models.Q(("text", ""), _negated=True)), models.Q(models.Q(("withdrawn_because", ""), _negated=True), ("text", "")), _connector="OR"), name="leaflet_translation_filed_or_withdrawn"), models.CheckConstraint(condition=models.Q(("checked_by", ""), _negated=True), name="leaflet_translation_checked_by_name")],
            },
        ),
        Wall("LeafletTranslation", append_only=True),
    ]
