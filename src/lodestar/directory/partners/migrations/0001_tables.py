"""The tables of partners, their contacts and agreements, each behind the wall."""

import django.contrib.postgres.fields
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
            name="Partner",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("body", models.CharField(blank=True, max_length=40)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("website", models.CharField(blank=True, max_length=200)),
                ("powers", models.CharField(blank=True, max_length=1000)),
                ("closed_on", models.DateField(null=True)),
                ("successor", models.CharField(blank=True, max_length=40)),
                ("confirmed_on", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField()),
                ("confirmed_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="Agreement",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(max_length=20)),
                ("from_date", models.DateField()),
                ("to_date", models.DateField(null=True)),
                ("reference", models.CharField(blank=True, max_length=120)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("partner", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.partner")),
            ],
        ),
        CreateModel(
            name="PartnerContact",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("role", models.CharField(max_length=80)),
                ("name", models.CharField(blank=True, max_length=100)),
                ("telephone", models.CharField(blank=True, max_length=30)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("hours", models.CharField(blank=True, max_length=60)),
                ("districts", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ("recorded_at", models.DateTimeField()),
                ("partner", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.partner")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        AddConstraint(
            model_name="partner",
            constraint=models.UniqueConstraint(condition=models.Q(("body", ""), _negated=True), fields=("tenant", "body"), name="partner_body_once"),
        ),
        AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("body", ""), _negated=True), models.Q(models.Q(("name", ""), _negated=True), ("kind__in", ["charity", "council", "government", "nhs", "other", "oversight", "police", "prosecution", "provider", "regulator"])), _connector="OR"), name="partner_has_a_name"),
        ),
        AddConstraint(
            model_name="partner",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("confirmed_by__isnull", True), ("confirmed_on__isnull", True)), models.Q(("confirmed_by__isnull", False), ("confirmed_on__isnull", False)), _connector="OR"), name="partner_confirmed_on_and_by"),
        ),
        AddIndex(
            model_name="agreement",
            index=models.Index(fields=["tenant", "partner", "-from_date"], name="agreement_of_partner"),
        ),
        AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["contract", "information_sharing", "memorandum", "other"])), name="agreement_kind_known"),
        ),
        AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(condition=models.Q(("to_date__isnull", True), ("to_date__gte", models.F("from_date")), _connector="OR"), name="agreement_in_order"),
        ),
        AddIndex(
            model_name="partnercontact",
            index=models.Index(fields=["tenant", "partner", "role"], name="contact_of_partner"),
        ),
        AddConstraint(
            model_name="partnercontact",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("telephone", ""), _negated=True), models.Q(("email", ""), _negated=True), _connector="OR"), name="partner_contact_can_be_reached"),
        ),
        Wall("Partner", rights="select, insert, update"),
        Wall("PartnerContact"),
        Wall("Agreement"),
    ]
