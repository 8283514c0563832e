"""The tables of releases, each behind the wall."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.platform.tenancy.models
import lodestar.platform.tenancy.tenant_transaction
import lodestar.platform.text.ids
from lodestar.platform.tenancy.row_security import Wall
from lodestar.platform.tenancy.tables import AddConstraint, AddIndex, CreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="Release",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(choices=[("aggregate", "Figures for partners"), ("figure", "The six failings"), ("return", "Monthly return"), ("response", "Response to a report"), ("pack", "Board pack")], max_length=10)),
                ("period", models.CharField(max_length=40)),
                ("content", models.JSONField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="ReleaseGiven",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("recipient", models.CharField(max_length=200)),
                ("reason", models.CharField(max_length=400)),
                ("given_at", models.DateTimeField()),
                ("given_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("release", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="given", to="releases.release")),
            ],
        ),
        AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(fields=("tenant", "kind", "period"), name="release_once"),
        ),
        AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["aggregate", "figure", "return", "response", "pack"])), name="release_kind_known"),
        ),
        AddIndex(
            model_name="releasegiven",
            index=models.Index(fields=["tenant", "release", "-given_at", "-id"], name="release_given_latest"),
        ),
        AddConstraint(
            model_name="releasegiven",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("recipient", ""), _negated=True), models.Q(("reason", ""), _negated=True)), name="release_given_to_somebody_for_something"),
        ),
        Wall("Release", append_only=True),
        Wall("ReleaseGiven", append_only=True),
    ]
