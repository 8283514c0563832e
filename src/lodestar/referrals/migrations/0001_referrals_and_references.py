"""Referrals and notifications sent, and their references."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.tables import AddConstraint, AddIndex, CreateModel
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
            name="Referral",
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
                ("number", models.PositiveSmallIntegerField()),
                (
                    "route",
                    models.CharField(
                        choices=[("nrm", "National Referral Mechanism"), ("dtn", "Duty to Notify")], max_length=3
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("made_by_us", "sent by us"),
                            ("received_for_investigation", "received to investigate"),
                        ],
                        max_length=30,
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                ("sent_words", models.CharField(blank=True, max_length=40)),
                ("sent_by", models.CharField(blank=True, max_length=200)),
                ("confirmation", models.CharField(blank=True, max_length=2000)),
                ("gaps", models.BooleanField(default=False)),
                ("identity_checked", models.BooleanField(null=True)),
                ("facts_said", models.CharField(blank=True, max_length=20)),
                ("out_of_line", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                (
                    "person",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.person",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        CreateModel(
            name="ReferralReference",
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
                ("reference", models.CharField(max_length=80)),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "referral",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="references",
                        to="referrals.referral",
                    ),
                ),
            ],
        ),
        AddIndex(
            model_name="referral",
            index=models.Index(fields=["tenant", "person", "sent_at"], name="referral_person"),
        ),
        AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("route__in", ["nrm", "dtn"])), name="referral_route_known"
            ),
        ),
        AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("direction__in", ["made_by_us", "received_for_investigation"])),
                name="referral_direction_known",
            ),
        ),
        AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(fields=("tenant", "person", "number"), name="referral_number_once"),
        ),
        AddIndex(
            model_name="referralreference",
            index=models.Index(fields=["tenant", "referral", "recorded_at"], name="referral_reference_latest"),
        ),
        AddConstraint(
            model_name="referralreference",
            constraint=models.CheckConstraint(
                condition=models.Q(("reference", ""), _negated=True), name="referral_reference_given"
            ),
        ),
        Wall("Referral", append_only=True),
        Wall("ReferralReference", append_only=True),
    ]
