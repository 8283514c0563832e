"""Indexes that carry what worklists leave out by, who sealed a case, and what people say is wrong."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.within
from lodestar.tenancy.tables import AddConstraint, AddIndex, CreateModel
from lodestar.tenancy.wall import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_people_and_drafts"),
        ("cases", "0001_cases_and_ledger"),
        ("tenancy", "0001_tenants_and_grants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="Remark",
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
                ("rule", models.CharField(blank=True, max_length=60)),
                ("page", models.CharField(blank=True, max_length=120)),
                ("words", models.CharField(max_length=1000)),
                ("said_at", models.DateTimeField()),
                ("answer", models.CharField(blank=True, max_length=1000)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="obligation",
            name="obligation_mine",
        ),
        migrations.RemoveIndex(
            model_name="obligation",
            name="obligation_role",
        ),
        migrations.RemoveIndex(
            model_name="obligation",
            name="obligation_unit",
        ),
        migrations.AddField(
            model_name="case",
            name="sealed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        AddIndex(
            model_name="obligation",
            index=models.Index(
                condition=models.Q(("sealed", False), ("state", "open")),
                fields=["tenant", "holder", "due_at", "id"],
                include=("opens_at", "when"),
                name="obligation_mine",
            ),
        ),
        AddIndex(
            model_name="obligation",
            index=models.Index(
                condition=models.Q(("sealed", False), ("state", "open"), ("holder__isnull", True)),
                fields=["tenant", "with_role", "due_at", "id"],
                include=("opens_at", "when"),
                name="obligation_role",
            ),
        ),
        AddIndex(
            model_name="obligation",
            index=models.Index(
                condition=models.Q(("sealed", False), ("state", "open")),
                fields=["tenant", "unit", "due_at", "id"],
                include=("opens_at", "when"),
                name="obligation_unit",
            ),
        ),
        AddIndex(
            model_name="obligation",
            index=models.Index(
                condition=models.Q(("sealed", False), ("state", "open"), ("holder__isnull", True)),
                fields=["tenant", "unit", "with_role", "due_at", "id"],
                include=("opens_at", "when"),
                name="obligation_unit_role",
            ),
        ),
        AddIndex(
            model_name="obligation",
            index=models.Index(
                condition=models.Q(("sealed", False), ("state", "open")),
                fields=["tenant", "due_at", "id"],
                include=("opens_at", "when"),
                name="obligation_force",
            ),
        ),
        AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sealed", False), ("sealed_by__isnull", True)), ("sealed", True), _connector="OR"
                ),
                name="case_sealed_by_while_sealed",
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="answered_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="said_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        AddIndex(
            model_name="remark",
            index=models.Index(fields=["tenant", "rule", "-said_at", "id"], name="remark_rule"),
        ),
        AddIndex(
            model_name="remark",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", True)),
                fields=["tenant", "said_at", "id"],
                name="remark_waiting",
            ),
        ),
        AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="remark_says_something"
            ),
        ),
        AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at__isnull", True), ("answered_by__isnull", True)),
                    models.Q(
                        models.Q(("answer", ""), _negated=True),
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="remark_answered_at_and_by",
            ),
        ),
        Wall("Remark"),
    ]
