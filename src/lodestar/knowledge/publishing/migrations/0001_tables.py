"""The tables of publishing, each behind the wall."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.platform.tenancy.models
import lodestar.platform.tenancy.tenant_transaction
import lodestar.platform.text.ids
from lodestar.platform.tenancy.row_security import Wall
from lodestar.platform.tenancy.tables import CreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_tables"),
        ("library", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="Mailing",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("asked_at", models.DateTimeField()),
                ("went_at", models.DateTimeField(null=True)),
                ("readers", models.PositiveIntegerField(null=True)),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("version", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="library.version")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tenant", "version"), name="guidance_mailing_once"), models.CheckConstraint(condition=models.Q(models.Q(("readers__isnull", True), ("went_at__isnull", True)), models.Q(("readers__isnull", False), ("went_at__isnull", False)), _connector="OR"), name="guidance_mailing_went_to")],
            },
        ),
        CreateModel(
            name="NewsletterReader",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("is_wanted", models.BooleanField()),
                ("said_at", models.DateTimeField()),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tenant", "user"), name="guidance_newsletter_reader_once")],
            },
        ),
        Wall("Mailing"),
        Wall("NewsletterReader"),
    ]
