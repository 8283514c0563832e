"""Notices and the choice of a digest, behind the wall. Of a notice only whether it is opened ever changes; old ones are deleted."""

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
            name="Notice",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(null=True)),
                ("case", models.UUIDField(null=True)),
                ("person", models.UUIDField(null=True)),
                ("subject", models.CharField(blank=True, max_length=60)),
                ("by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("to", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "to", "-at", "-id"], name="notice_latest"), models.Index(fields=["tenant", "kind", "subject"], name="notice_of_subject")],
                "constraints": [models.UniqueConstraint(condition=models.Q(("opened_at__isnull", True)), fields=("tenant", "to", "kind", "case", "person", "subject"), name="notice_open_once", nulls_distinct=False)],
            },
        ),
        CreateModel(
            name="DigestChoice",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("is_wanted", models.BooleanField(default=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tenant", "user"), name="digest_choice_once")],
            },
        ),
        Wall("Notice", rights="select, insert, update (opened_at), delete"),
        Wall("DigestChoice", rights="select, insert, update (is_wanted, sent_at)"),
    ]
