"""Who may come in by the force's own sign-in: an account is bound once and ended once, and changed in nothing else."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.within
from lodestar.tenancy.roles import APP
from lodestar.tenancy.tables import CreateModel
from lodestar.tenancy.wall import Wall

ONLY_BOUND_OR_ENDED = f"""
revoke update, delete, truncate on accounts_forceidentity from {APP};
grant update (issuer, subject, bound_at, ended_at, ended_by_id) on accounts_forceidentity to {APP};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0001_tenants_and_grants"),
        ("accounts", "0004_people_are_never_removed"),
    ]

    operations = [
        CreateModel(
            name="ForceIdentity",
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
                ("named", models.CharField(max_length=254)),
                ("approved_at", models.DateTimeField()),
                ("issuer", models.CharField(blank=True, max_length=300)),
                ("subject", models.CharField(blank=True, max_length=255)),
                ("bound_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "-approved_at", "id"], name="force_identity_approved")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("named__regex", "^[^A-Z\\s]+$")), name="force_identity_name_is_lower_case"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bound_at__isnull", True), ("issuer", ""), ("subject", "")),
                            models.Q(
                                ("bound_at__isnull", False),
                                models.Q(("subject", ""), _negated=True),
                                models.Q(("issuer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="force_identity_bound_to_a_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="force_identity_ended_at_and_by",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("tenant", "user"),
                        name="force_identity_person_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("tenant", "named"),
                        name="force_identity_name_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("bound_at__isnull", False), ("ended_at__isnull", True)),
                        fields=("tenant", "issuer", "subject"),
                        name="force_identity_subject_once",
                    ),
                ],
            },
        ),
        Wall("ForceIdentity"),
        migrations.RunSQL(ONLY_BOUND_OR_ENDED, migrations.RunSQL.noop),
    ]
