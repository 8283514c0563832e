"""A referral while it is written, and its answers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.fields
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.tables import AddConstraint, CreateModel
from lodestar.tenancy.wall import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0001_tenants_and_grants"),
        ("cases", "0008_why_they_said_no"),
        ("referrals", "0002_decisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="Writing",
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
                ("form_version", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "being written"), ("sent", "sent")], default="open", max_length=4
                    ),
                ),
                ("begun_at", models.DateTimeField()),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.person",
                    ),
                ),
            ],
        ),
        CreateModel(
            name="Answer",
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
                ("code", models.CharField(max_length=90)),
                ("number", models.PositiveIntegerField()),
                ("words", lodestar.tenancy.fields.SealedTextField()),
                ("written_at", models.DateTimeField()),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "writing",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="referrals.writing",
                    ),
                ),
            ],
        ),
        AddConstraint(
            model_name="writing",
            constraint=models.UniqueConstraint(fields=("tenant", "person", "form_version"), name="writing_once"),
        ),
        AddConstraint(
            model_name="writing",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "sent"])), name="writing_state_known"
            ),
        ),
        AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                fields=("tenant", "writing", "code", "number"), name="answer_number_once"
            ),
        ),
        Wall("Writing"),
        Wall("Answer", append_only=True),
    ]
