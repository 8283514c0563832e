"""The tables of search, each behind the wall."""

import django.contrib.postgres.fields
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
            name="Search",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("words", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None)),
                ("dropped", models.PositiveIntegerField(default=0)),
                ("found", models.PositiveIntegerField()),
                ("has_answer", models.BooleanField()),
                ("asked_at", models.DateTimeField()),
                ("dealt_with_at", models.DateTimeField(null=True)),
                ("dealt_with", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("dealt_with_at__isnull", True), ("has_answer", False)), fields=["tenant", "-asked_at"], name="guidance_search_open")],
            },
        ),
        CreateModel(
            name="Term",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("word", models.CharField(max_length=60)),
                ("term", models.CharField(max_length=60)),
                ("passages", models.PositiveIntegerField()),
                ("versions", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "term"], name="guidance_term_term")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "word"), name="guidance_term_word_once")],
            },
        ),
        CreateModel(
            name="Posting",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("term", models.CharField(max_length=60)),
                ("best", models.FloatField()),
                ("spread", models.PositiveIntegerField()),
                ("places", models.BinaryField()),
                ("version", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="library.version")),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "term", "-best"], include=("version", "spread"), name="guidance_posting_counted")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "version", "term"), name="guidance_posting_once")],
            },
        ),
        CreateModel(
            name="ThesaurusEntry",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("code", models.CharField(blank=True, max_length=60)),
                ("group", models.CharField(max_length=40)),
                ("says", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None)),
                ("means", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None)),
                ("both_ways", models.BooleanField(default=False)),
                ("is_used", models.BooleanField(default=True)),
                ("as_shipped", models.BooleanField(default=False)),
                ("owner", models.CharField(max_length=120)),
                ("review_by", models.DateField()),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(condition=models.Q(("code", ""), _negated=True), fields=("tenant", "code"), name="guidance_thesaurus_code_once"), models.CheckConstraint(condition=models.Q(("says__len__gt", 0), ("means__len__gt", 0)), name="guidance_thesaurus_says_something")],
            },
        ),
        Wall("Search"),
        Wall("Term"),
        Wall("Posting"),
        Wall("ThesaurusEntry", rights="select, insert, update"),
    ]
