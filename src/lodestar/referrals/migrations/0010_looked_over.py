"""What somebody else said of a referral on looking it over."""

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
        ("referrals", "0009_settled_listed"),
        ("tenancy", "0001_tenants_and_grants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="Review",
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
                ("comment", models.CharField(max_length=2000)),
                ("said_at", models.DateTimeField()),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "writing",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.writing",
                    ),
                ),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=~models.Q(comment=""), name="review_says_something")],
                "indexes": [models.Index(fields=["tenant", "writing", "said_at", "id"], name="review_writing")],
            },
        ),
        Wall("Review", append_only=True),
    ]
