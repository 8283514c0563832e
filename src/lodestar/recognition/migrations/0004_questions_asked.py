"""Questions that earlier records raise, what became of each, and who of a case is in the records."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.tables import AddConstraint, AddIndex, CreateModel
from lodestar.tenancy.wall import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0001_tenants_and_grants"),
        ("cases", "0013_what_of_a_referral_is_late"),
        ("recognition", "0003_earlier_records"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="Prompt",
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
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("no", "no"), ("yes", "yes")], default="open", max_length=4
                    ),
                ),
                ("last_sign_at", models.DateTimeField()),
                (
                    "answered_on",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "asked_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "earlier_person",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="recognition.earlierperson",
                    ),
                ),
            ],
        ),
        CreateModel(
            name="PromptStep",
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
                    "what",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("again", "asked again, for a new sign"),
                            ("no", "answered no"),
                            ("yes", "answered yes"),
                            ("passed", "passed on"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=2000)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "prompt",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="recognition.prompt",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        CreateModel(
            name="MetBefore",
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
                ("is_sure", models.BooleanField()),
                ("found_at", models.DateTimeField()),
                (
                    "earlier_person",
                    lodestar.tenancy.models.OtherTenantRow(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="recognition.earlierperson",
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
                "indexes": [models.Index(fields=["tenant", "person"], name="met_before_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "earlier_person", "person"), name="met_before_once")
                ],
            },
        ),
        AddIndex(
            model_name="prompt",
            index=models.Index(fields=["tenant", "state", "asked_at", "id"], name="prompt_waiting"),
        ),
        AddIndex(
            model_name="prompt",
            index=models.Index(fields=["tenant", "asked_of", "state"], name="prompt_asked_of"),
        ),
        AddConstraint(
            model_name="prompt",
            constraint=models.UniqueConstraint(fields=("tenant", "earlier_person"), name="prompt_once"),
        ),
        AddConstraint(
            model_name="prompt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["open", "no"]),
                    models.Q(("case__isnull", False), ("state", "yes")),
                    _connector="OR",
                ),
                name="prompt_state_known",
            ),
        ),
        AddIndex(
            model_name="promptstep",
            index=models.Index(fields=["tenant", "prompt", "at", "id"], name="prompt_step_prompt"),
        ),
        AddConstraint(
            model_name="promptstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("what__in", ["asked", "again", "yes"]),
                    models.Q(("what__in", ["no", "passed"]), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="prompt_step_reason",
            ),
        ),
        AddConstraint(
            model_name="promptstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("to__isnull", True), ("what__in", ["no", "yes"])),
                    models.Q(("to__isnull", False), ("what__in", ["asked", "again", "passed"])),
                    _connector="OR",
                ),
                name="prompt_step_to_somebody",
            ),
        ),
        AddIndex(
            model_name="earlierrecord",
            index=models.Index(fields=["tenant", "birth_date"], name="earlier_record_birth"),
        ),
        Wall("MetBefore"),
        Wall("Prompt"),
        Wall("PromptStep", append_only=True),
    ]
