"""Tokens of other systems: a hash each, which the application may revoke and nothing else."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.within
from lodestar.tenancy.roles import APP
from lodestar.tenancy.tables import CreateModel
from lodestar.tenancy.wall import Wall

# A token is never given another secret or permission, and a revoked one is never forgotten.
ONLY_REVOKED = f"""
revoke update, delete, truncate on accounts_apitoken from {APP};
grant update (revoked_at, revoked_by_id, last_used_at) on accounts_apitoken to {APP};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0001_tenants_and_grants"),
        ("accounts", "0002_what_was_sent"),
    ]

    operations = [
        CreateModel(
            name="ApiToken",
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
                ("permission", models.CharField(max_length=40)),
                ("secret_hash", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("last_used_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "-made_at", "id"], name="api_token_made")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="api_token_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("secret_hash__regex", "^[0-9a-f]{64}$")), name="api_token_secret_is_hashed"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                            models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="api_token_revoked_at_and_by",
                    ),
                ],
            },
        ),
        Wall("ApiToken"),
        migrations.RunSQL(ONLY_REVOKED, migrations.RunSQL.noop),
    ]
