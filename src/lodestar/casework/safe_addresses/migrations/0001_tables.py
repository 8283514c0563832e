"""The tables of safe addresses, each behind the wall."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.platform.tenancy.fields
import lodestar.platform.tenancy.models
import lodestar.platform.tenancy.tenant_transaction
import lodestar.platform.text.ids
from lodestar.platform.tenancy.row_security import Wall
from lodestar.platform.tenancy.tables import CreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_tables"),
        ("cases", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="SafeAddress",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("address", lodestar.platform.tenancy.fields.SealedTextField()),
                ("index_keys", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ("is_reported", models.BooleanField(db_default=False, default=False)),
                ("recorded_at", models.DateTimeField()),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "person", "-recorded_at"], name="safe_address_latest")],
            },
        ),
        CreateModel(
            name="SafeAddressViewer",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tenant", "person", "user"), name="safe_address_viewer_once")],
            },
        ),
        CreateModel(
            name="ContactRule",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("channel", models.CharField(max_length=8)),
                ("to_use", lodestar.platform.tenancy.fields.SealedTextField()),
                ("index_keys", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ("words", lodestar.platform.tenancy.fields.SealedTextField()),
                ("words_not", lodestar.platform.tenancy.fields.SealedTextField()),
                ("times", lodestar.platform.tenancy.fields.SealedTextField()),
                ("who_may_answer", lodestar.platform.tenancy.fields.SealedTextField()),
                ("voicemail", models.BooleanField(null=True)),
                ("language", models.CharField(blank=True, max_length=60)),
                ("agreed_on", models.DateField()),
                ("agreed_by", models.CharField(blank=True, max_length=120)),
                ("confirmed_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("channel__in", ["email", "letter", "none", "ring", "text", "through"])), name="contact_rule_channel_known")],
                "indexes": [models.Index(fields=["tenant", "person", "-recorded_at"], name="contact_rule_latest")],
            },
        ),
        CreateModel(
            name="ContactWithout",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("code", models.CharField(max_length=60)),
                ("why", models.CharField(max_length=400)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"indexes": [models.Index(fields=["tenant", "person", "at"], name="contact_without_person")]},
        ),
        Wall("SafeAddress", append_only=True),
        Wall("ContactRule", append_only=True),
        Wall("ContactWithout", append_only=True),
        Wall("SafeAddressViewer", rights="select, insert, delete"),
    ]
