"""Answers to the short question of section 45 of the Modern Slavery Act 2015."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.tables import CreateModel
from lodestar.tenancy.wall import Wall


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_tenants_and_grants"),
        ("cases", "0002_worklists_seals_remarks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="FirstAnswer",
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
                ("moment", models.CharField(blank=True, max_length=30)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("cannot_rule_out", "Cannot rule out"),
                            ("no_sign_seen", "No sign seen"),
                        ],
                        max_length=20,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=1000)),
                ("rests_on", models.CharField(blank=True, max_length=300)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "by",
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
            options={
                "indexes": [models.Index(fields=["tenant", "person", "recorded_at", "id"], name="first_answer_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["yes", "cannot_rule_out", "no_sign_seen"])),
                        name="first_answer_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("moment__in", ["", "stop", "voluntary_interview", "arrest", "interview", "bail_or_remand"])
                        ),
                        name="first_answer_moment_known",
                    ),
                ],
            },
        ),
        Wall("FirstAnswer", append_only=True),
    ]
