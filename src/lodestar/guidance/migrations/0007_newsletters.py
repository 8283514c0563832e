"""Newsletters by e-mail: who wants them, and which went out."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.tables import CreateModel
from lodestar.tenancy.wall import Wall


class Migration(migrations.Migration):

    dependencies = [
        ("tenancy", "0001_tenants_and_grants"),
        ("guidance", "0006_how_often_a_term_stands"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="Mailing",
            fields=[
                ("id", models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60)),
                ("asked_at", models.DateTimeField()),
                ("went_at", models.DateTimeField(null=True)),
                ("readers", models.PositiveIntegerField(null=True)),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("version", lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="guidance.version")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tenant", "version"), name="guidance_mailing_once"), models.CheckConstraint(condition=models.Q(models.Q(("readers__isnull", True), ("went_at__isnull", True)), models.Q(("readers__isnull", False), ("went_at__isnull", False)), _connector="OR"), name="guidance_mailing_went_to")],
            },
        ),
        CreateModel(
            name="NewsletterReader",
            fields=[
                ("id", models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60)),
                ("is_wanted", models.BooleanField()),
                ("said_at", models.DateTimeField()),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tenant", "user"), name="guidance_newsletter_reader_once")],
            },
        ),
        Wall("NewsletterReader"),
        Wall("Mailing"),
    ]
