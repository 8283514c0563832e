"""What named persons decided of texts before they left."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.fields
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.tables import AddIndex, CreateModel
from lodestar.tenancy.wall import Wall

OTHER = {"db_constraint": False, "on_delete": django.db.models.deletion.PROTECT, "related_name": "+"}


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0032_who_asked_first_that_an_address_is_told"),
        ("tenancy", "0001_tenants_and_grants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="RedactionDecision",
            fields=[
                ("id", models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60)),
                ("use", models.CharField(max_length=30)),
                ("field", models.CharField(max_length=90)),
                ("source_sha256", models.CharField(max_length=64)),
                ("text_sha256", models.CharField(max_length=64)),
                ("text", lodestar.tenancy.fields.SealedTextField(blank=True)),
                ("kept", lodestar.tenancy.fields.SealedTextField()),
                ("decided_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("case", lodestar.tenancy.models.OtherTenantRow(to="cases.case", **OTHER)),
                ("person", lodestar.tenancy.models.OtherTenantRow(null=True, to="cases.person", **OTHER)),
            ],
        ),
        AddIndex(
            model_name="redactiondecision",
            index=models.Index(fields=["tenant", "case", "use", "-decided_at", "id"], name="redaction_decision_latest"),
        ),
        Wall("RedactionDecision", append_only=True),
    ]
