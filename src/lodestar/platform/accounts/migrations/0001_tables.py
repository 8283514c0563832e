"""The tables of accounts, each behind the wall."""

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
    ]

    operations = [
        CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("username", models.CharField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("is_active", models.BooleanField(default=True)),
                ("made_by_demo", models.BooleanField(default=False)),
                ("signed_out_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("username__regex", "^[^A-Z\\s]+$")), name="username_is_lower_case")],
            },
        ),
        CreateModel(
            name="Unit",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("name", models.CharField(max_length=120)),
                ("parent", lodestar.platform.tenancy.models.OtherTenantRow(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit")),
            ],
            options={
                "abstract": False,
            },
        ),
        CreateModel(
            name="Accreditation",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("code", models.CharField(max_length=20)),
                ("from_date", models.DateField()),
                ("to_date", models.DateField(blank=True, null=True)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "code", "user"], name="accreditation_code")],
                "constraints": [models.CheckConstraint(condition=models.Q(("to_date__isnull", True), ("to_date__gte", models.F("from_date")), _connector="OR"), name="accreditation_ends_after_it_begins")],
            },
        ),
        CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("name", models.CharField(max_length=120)),
                ("permission", models.CharField(max_length=40)),
                ("secret_hash", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("last_day", models.DateField()),
                ("last_used_at", models.DateTimeField(null=True)),
                ("uses", models.PositiveIntegerField(default=0)),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("revoked_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "-made_at", "id"], name="api_token_made")],
                "constraints": [models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="api_token_has_a_name"), models.CheckConstraint(condition=models.Q(("secret_hash__regex", "^[0-9a-f]{64}$")), name="api_token_secret_is_hashed"), models.CheckConstraint(condition=models.Q(models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)), models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)), _connector="OR"), name="api_token_revoked_at_and_by")],
            },
        ),
        CreateModel(
            name="Draft",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("path", models.CharField(max_length=300)),
                ("key", models.UUIDField()),
                ("case", models.UUIDField(null=True)),
                ("typed", lodestar.platform.tenancy.fields.SealedTextField()),
                ("saved_at", models.DateTimeField()),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "user", "path", "saved_at"], name="draft_path")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "user", "key"), name="draft_once")],
            },
        ),
        CreateModel(
            name="ForceIdentity",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("named", models.CharField(max_length=254)),
                ("approved_at", models.DateTimeField()),
                ("issuer", models.CharField(blank=True, max_length=300)),
                ("subject", models.CharField(blank=True, max_length=255)),
                ("bound_at", models.DateTimeField(null=True)),
                ("vouched", models.CharField(blank=True, max_length=64)),
                ("ended_at", models.DateTimeField(null=True)),
                ("approved_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("ended_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "-approved_at", "id"], name="force_identity_approved")],
                "constraints": [models.CheckConstraint(condition=models.Q(("named__regex", "^[^A-Z\\s]+$")), name="force_identity_name_is_lower_case"), models.CheckConstraint(condition=models.Q(models.Q(("bound_at__isnull", True), ("issuer", ""), ("subject", "")), models.Q(("bound_at__isnull", False), models.Q(("subject", ""), _negated=True), models.Q(("issuer", ""), _negated=True)), _connector="OR"), name="force_identity_bound_to_a_subject"), models.CheckConstraint(condition=models.Q(models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)), models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)), _connector="OR"), name="force_identity_ended_at_and_by"), models.UniqueConstraint(condition=models.Q(("ended_at__isnull", True)), fields=("tenant", "user"), name="force_identity_person_once"), models.UniqueConstraint(condition=models.Q(("ended_at__isnull", True)), fields=("tenant", "named"), name="force_identity_name_once"), models.UniqueConstraint(condition=models.Q(("bound_at__isnull", False), ("ended_at__isnull", True)), fields=("tenant", "issuer", "subject"), name="force_identity_subject_once")],
            },
        ),
        CreateModel(
            name="Shift",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField()),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "user", "-from_at"], name="tour_user")],
                "constraints": [models.CheckConstraint(condition=models.Q(("to_at__gt", models.F("from_at"))), name="tour_ends_after_it_begins")],
            },
        ),
        CreateModel(
            name="Submission",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("key", models.UUIDField()),
                ("location", models.CharField(max_length=300)),
                ("sent", models.CharField(blank=True, max_length=64)),
                ("accepted_at", models.DateTimeField()),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "accepted_at"], name="submission_accepted")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "user", "key"), name="submission_once")],
            },
        ),
        CreateModel(
            name="RotaEntry",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("post", models.CharField(choices=[("supervisor", "duty supervisor"), ("coordinator", "duty coordinator"), ("inspector", "duty inspector")], max_length=30)),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField()),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("unit", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit")),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "post", "to_at"], name="duty_post")],
                "constraints": [models.CheckConstraint(condition=models.Q(("to_at__gt", models.F("from_at"))), name="duty_ends_after_it_begins")],
            },
        ),
        CreateModel(
            name="Membership",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("roles", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ("rank", models.CharField(blank=True, max_length=40)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("collar_number", models.CharField(blank=True, max_length=20)),
                ("from_date", models.DateField()),
                ("to_date", models.DateField(blank=True, null=True)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to=settings.AUTH_USER_MODEL)),
                ("unit", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit")),
            ],
            options={
                "indexes": [models.Index(fields=["user"], name="membership_user")],
                "constraints": [models.CheckConstraint(condition=models.Q(("to_date__isnull", True), ("to_date__gte", models.F("from_date")), _connector="OR"), name="membership_ends_after_it_begins"), models.UniqueConstraint(fields=("tenant", "user", "unit", "from_date"), name="membership_once")],
            },
        ),
        Wall("Unit", rights="select"),
        Wall("Accreditation", rights="select"),
        Wall("ApiToken", rights="select, insert, update (revoked_at, last_used_at, revoked_by_id, uses)"),
        Wall("Draft"),
        Wall("ForceIdentity", rights="select, insert, update (issuer, subject, bound_at, ended_at, ended_by_id, vouched)"),
        Wall("Shift"),
        Wall("Submission"),
        Wall("RotaEntry"),
        Wall("Membership", also_visible="user_id = nullif(current_setting('lodestar.user', true), '')::uuid", rights="select"),
    ]
