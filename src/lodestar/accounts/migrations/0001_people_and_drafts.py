"""People who sign in, their units, and what they are writing."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.fields
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.tables import CreateModel
from lodestar.tenancy.wall import Wall


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_tenants_and_grants"),
        ("record", "0001_log"),
    ]

    operations = [
        CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(
                        default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("username", models.CharField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("is_active", models.BooleanField(default=True)),
                ("made_by_demo", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("username__regex", "^[^A-Z\\s]+$")), name="username_is_lower_case"
                    )
                ],
            },
        ),
        CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "tenant",
                    models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "parent",
                    lodestar.tenancy.models.OtherTenantRow(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        CreateModel(
            name="Accreditation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "tenant",
                    models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60),
                ),
                ("code", models.CharField(max_length=20)),
                ("from_date", models.DateField()),
                ("to_date", models.DateField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "code", "user"], name="accreditation_code")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_date__isnull", True), ("to_date__gte", models.F("from_date")), _connector="OR"
                        ),
                        name="accreditation_ends_after_it_begins",
                    )
                ],
            },
        ),
        CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "tenant",
                    models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60),
                ),
                ("path", models.CharField(max_length=300)),
                ("key", models.UUIDField()),
                ("case", models.UUIDField(null=True)),
                ("typed", lodestar.tenancy.fields.SealedTextField()),
                ("saved_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "user", "path", "saved_at"], name="draft_path")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "user", "key"), name="draft_once")],
            },
        ),
        CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "tenant",
                    models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60),
                ),
                ("key", models.UUIDField()),
                ("location", models.CharField(max_length=300)),
                ("accepted_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "accepted_at"], name="submission_accepted")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "user", "key"), name="submission_once")],
            },
        ),
        CreateModel(
            name="Tour",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "tenant",
                    models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60),
                ),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "user", "-from_at"], name="tour_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_at__gt", models.F("from_at"))), name="tour_ends_after_it_begins"
                    )
                ],
            },
        ),
        CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "tenant",
                    models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None),
                ),
                ("rank", models.CharField(blank=True, max_length=40)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("from_date", models.DateField()),
                ("to_date", models.DateField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["user"], name="membership_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_date__isnull", True), ("to_date__gte", models.F("from_date")), _connector="OR"
                        ),
                        name="membership_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(fields=("tenant", "user", "unit", "from_date"), name="membership_once"),
                ],
            },
        ),
        CreateModel(
            name="Duty",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "tenant",
                    models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60),
                ),
                (
                    "post",
                    models.CharField(
                        choices=[
                            ("supervisor", "duty supervisor"),
                            ("coordinator", "duty coordinator"),
                            ("inspector", "duty inspector"),
                        ],
                        max_length=30,
                    ),
                ),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "post", "to_at"], name="duty_post")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_at__gt", models.F("from_at"))), name="duty_ends_after_it_begins"
                    )
                ],
            },
        ),
        Wall("Unit"),
        Wall("Accreditation"),
        Wall("Draft"),
        Wall("Submission"),
        Wall("Tour"),
        Wall("Membership", also_visible="user_id = nullif(current_setting('lodestar.user', true), '')::uuid"),
        Wall("Duty"),
    ]
