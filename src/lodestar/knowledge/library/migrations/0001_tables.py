"""The tables of library, each behind the wall."""

import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.platform.tenancy.models
import lodestar.platform.tenancy.tenant_transaction
import lodestar.platform.text.ids
from lodestar.platform.tenancy.row_security import Wall
from lodestar.platform.tenancy.tables import AddConstraint, AddIndex, CreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_tables"),
        ("accounts", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="Document",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("file_name", models.CharField(max_length=200)),
                ("title", models.CharField(max_length=300)),
                ("publisher", models.CharField(blank=True, max_length=200)),
                ("origin", models.CharField(choices=[("national", "National"), ("regional", "Regional co-ordinator"), ("force", "This force")], default="national", max_length=10)),
                ("nation", models.CharField(choices=[("england_wales", "England and Wales"), ("england", "England"), ("wales", "Wales"), ("scotland", "Scotland"), ("northern_ireland", "Northern Ireland"), ("uk", "The whole United Kingdom")], default="england_wales", max_length=20)),
                ("audience", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ("topics", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ("exploitation", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ("owner", models.CharField(default="guidance editor", max_length=120)),
                ("published_on", models.CharField(blank=True, max_length=10)),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("review_by", models.DateField(null=True)),
                ("classification", models.CharField(default="OFFICIAL", max_length=40)),
                ("licence", models.CharField(blank=True, max_length=200)),
                ("is_own", models.BooleanField(default=False)),
                ("said_alone", models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("created_at", models.DateTimeField()),
                ("created_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("supersedes", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="superseded_by", to="library.document")),
            ],
        ),
        CreateModel(
            name="StaleFact",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("code", models.CharField(max_length=40)),
                ("called", models.CharField(max_length=80)),
                ("says", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None)),
                ("replaced_by", models.CharField(max_length=300)),
                ("from_date", models.DateField()),
                ("source", models.CharField(max_length=300)),
                ("states_it", models.CharField(max_length=400)),
                ("does_not", models.CharField(max_length=400)),
                ("is_used", models.BooleanField(default=True)),
                ("as_shipped", models.BooleanField(default=False)),
                ("owner", models.CharField(max_length=120)),
                ("review_by", models.DateField()),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="Version",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("number", models.PositiveIntegerField()),
                ("state", models.CharField(choices=[("draft", "Draft"), ("approved", "Approved"), ("published", "Published"), ("superseded", "Superseded"), ("withdrawn", "Withdrawn"), ("refused", "Refused")], default="draft", max_length=10)),
                ("digest", models.CharField(max_length=64)),
                ("url", models.CharField(blank=True, max_length=500)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("pages", models.PositiveIntegerField(null=True)),
                ("passages", models.PositiveIntegerField(default=0)),
                ("captions", models.TextField(blank=True, default="")),
                ("note", models.CharField(blank=True, max_length=300)),
                ("said", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("about", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("also_by", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ("again_of", models.PositiveIntegerField(null=True)),
                ("is_alone", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=400)),
                ("refused_at", models.DateTimeField(null=True)),
                ("refused_because", models.CharField(blank=True, default="", max_length=400)),
                ("added_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("approved_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("confirmed_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("document", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="library.document")),
                ("published_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("refused_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("withdrawn_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="Reading",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("opened_at", models.DateTimeField()),
                ("understood_at", models.DateTimeField(null=True)),
                ("withdrawal_seen_at", models.DateTimeField(null=True)),
                ("unit", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("version", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="library.version")),
            ],
        ),
        CreateModel(
            name="Passage",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("number", models.PositiveIntegerField()),
                ("page", models.PositiveIntegerField(null=True)),
                ("heading", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField()),
                ("stale", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ("version", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="library.version")),
            ],
        ),
        AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(fields=("tenant", "file_name"), name="guidance_document_once"),
        ),
        AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(condition=models.Q(("origin__in", ["national", "regional", "force"])), name="guidance_document_origin_known"),
        ),
        AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(condition=models.Q(("nation__in", ["england_wales", "england", "wales", "scotland", "northern_ireland", "uk"])), name="guidance_document_nation_known"),
        ),
        AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(condition=models.Q(("valid_to__isnull", True), ("valid_from__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"), name="guidance_document_ends_after_it_begins"),
        ),
        AddConstraint(
            model_name="stalefact",
            constraint=models.UniqueConstraint(fields=("tenant", "code"), name="guidance_stale_fact_code_once"),
        ),
        AddConstraint(
            model_name="stalefact",
            constraint=models.CheckConstraint(condition=models.Q(("says__len__gt", 0)), name="guidance_stale_fact_says_something"),
        ),
        AddIndex(
            model_name="version",
            index=models.Index(fields=["tenant", "state", "document"], name="guidance_version_state"),
        ),
        AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("tenant", "document", "number"), name="guidance_version_number_once"),
        ),
        AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(condition=models.Q(("again_of__isnull", True)), fields=("tenant", "digest"), name="guidance_version_content_once"),
        ),
        AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(condition=models.Q(("state", "published")), fields=("tenant", "document"), name="guidance_version_one_published"),
        ),
        AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(condition=models.Q(("state__in", ["draft", "approved", "published", "superseded", "withdrawn", "refused"])), name="guidance_version_state_known"),
        ),
        AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)), models.Q(("approved_at__isnull", False), ("approved_by__isnull", False), models.Q(("approved_by", models.F("added_by")), _negated=True)), _connector="OR"), name="guidance_version_approved_by_a_second"),
        ),
        AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("published_at__isnull", True), ("published_by__isnull", True)), models.Q(("published_at__isnull", False), ("published_by__isnull", False)), _connector="OR"), name="guidance_version_published_at_and_by"),
        ),
        AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)), models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False), models.Q(("confirmed_by", models.F("added_by")), _negated=True)), _connector="OR"), name="guidance_version_confirmed_by_a_second"),
        ),
        AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)), models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)), _connector="OR"), name="guidance_version_withdrawn_at_and_by"),
        ),
        AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("state", "published"), _negated=True), models.Q(("published_at__isnull", False), models.Q(("approved_at__isnull", False), ("is_alone", True), _connector="OR")), _connector="OR"), name="guidance_version_published_by_two_or_marked"),
        ),
        AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("state", "withdrawn"), _negated=True), ("withdrawn_at__isnull", False), _connector="OR"), name="guidance_version_withdrawn_says_when"),
        ),
        AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("state", "refused"), _negated=True), models.Q(("refused_at__isnull", False), ("refused_by__isnull", False)), _connector="OR"), name="guidance_version_refused_says_when"),
        ),
        AddIndex(
            model_name="reading",
            index=models.Index(fields=["tenant", "version"], name="guidance_reading_version"),
        ),
        AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(fields=("tenant", "user", "version"), name="guidance_reading_once"),
        ),
        AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(condition=models.Q(("understood_at__isnull", True), ("understood_at__gte", models.F("opened_at")), _connector="OR"), name="guidance_reading_opened_before_understood"),
        ),
        AddIndex(
            model_name="passage",
            index=models.Index(condition=models.Q(("stale", []), _negated=True), fields=["tenant", "version"], name="guidance_passage_stale"),
        ),
        AddConstraint(
            model_name="passage",
            constraint=models.UniqueConstraint(fields=("tenant", "version", "number"), name="guidance_passage_number_once"),
        ),
        Wall("Document", rights="select, insert, update"),
        Wall("StaleFact", rights="select, insert, update"),
        Wall("Version", rights="select, insert, update"),
        Wall("Reading"),
        Wall("Passage"),
    ]
