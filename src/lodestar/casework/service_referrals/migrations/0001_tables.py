"""Referrals to services, their moves and links, and requests for a place of safety, each behind the wall."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.platform.tenancy.fields
import lodestar.platform.tenancy.models
import lodestar.platform.tenancy.tenant_transaction
import lodestar.platform.text.ids
from lodestar.platform.tenancy.row_security import Wall
from lodestar.platform.tenancy.tables import AddConstraint, AddIndex, CreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_tables"),
        ("cases", "0001_tables"),
        ("services", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="PlaceRequest",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("state", models.CharField(max_length=20)),
                ("due_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField()),
                ("kind", models.CharField(blank=True, max_length=10)),
                ("asked_at", models.DateTimeField()),
                ("offered_at", models.DateTimeField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
                ("refused_at", models.DateTimeField(null=True)),
                ("nights_from", models.DateField(null=True)),
                ("nights_to", models.DateField(null=True)),
                ("unsuitable", models.BooleanField(null=True)),
                ("unsuitable_why", models.CharField(blank=True, max_length=20)),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("service", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="services.service")),
            ],
        ),
        CreateModel(
            name="PlaceMove",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("before", models.CharField(max_length=20)),
                ("after", models.CharField(max_length=20)),
                ("moved_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("because", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("recorded_at", models.DateTimeField()),
                ("mover", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("row", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="service_referrals.placerequest")),
            ],
        ),
        CreateModel(
            name="ServiceReferral",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("state", models.CharField(max_length=20)),
                ("due_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField()),
                ("domain", models.CharField(max_length=24)),
                ("is_victim_services", models.BooleanField(default=False)),
                ("what", lodestar.platform.tenancy.fields.SealedTextField()),
                ("wish", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("agreed", models.CharField(max_length=10)),
                ("agreed_who", models.CharField(blank=True, max_length=16)),
                ("agreed_how", models.CharField(blank=True, max_length=10)),
                ("sex", models.CharField(blank=True, max_length=6)),
                ("languages", models.CharField(blank=True, max_length=80)),
                ("dependants", models.BooleanField(null=True)),
                ("step_free", models.BooleanField(null=True)),
                ("wanted", models.CharField(blank=True, max_length=8)),
                ("made_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("rejection", models.CharField(blank=True, max_length=20)),
                ("outcome", models.CharField(blank=True, max_length=20)),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("service", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="services.service")),
            ],
        ),
        CreateModel(
            name="PartnerLink",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("secret_hash", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("sent", models.BooleanField(default=False)),
                ("spent_at", models.DateTimeField(null=True)),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("referral", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="service_referrals.servicereferral")),
            ],
        ),
        CreateModel(
            name="ServiceReferralMove",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("before", models.CharField(max_length=20)),
                ("after", models.CharField(max_length=20)),
                ("moved_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("because", lodestar.platform.tenancy.fields.SealedTextField(blank=True, default=b"")),
                ("recorded_at", models.DateTimeField()),
                ("mover", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("row", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="service_referrals.servicereferral")),
            ],
        ),
        AddIndex(
            model_name="placerequest",
            index=models.Index(fields=["tenant", "person", "-asked_at", "id"], name="place_person"),
        ),
        AddIndex(
            model_name="placerequest",
            index=models.Index(fields=["tenant", "due_at", "id"], name="place_due"),
        ),
        AddConstraint(
            model_name="placerequest",
            constraint=models.CheckConstraint(condition=models.Q(("state__in", ["asked", "offered", "taken", "refused", "not_found", "left"])), name="place_state_known"),
        ),
        AddConstraint(
            model_name="placerequest",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["", "service", "council", "police", "hotel", "hospital", "family", "none"])), name="place_kind_known"),
        ),
        AddConstraint(
            model_name="placerequest",
            constraint=models.CheckConstraint(condition=models.Q(("service__isnull", True), ("kind", "service"), _connector="OR"), name="place_service_is_a_service"),
        ),
        AddConstraint(
            model_name="placerequest",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("unsuitable", True), ("unsuitable_why__in", ["police_station", "hotel_alone", "bed_and_breakfast", "near_exploiters", "shared_with_men", "family_parted", "not_accessible", "other"])), ("unsuitable_why", ""), _connector="OR"), name="place_unsuitable_why"),
        ),
        AddConstraint(
            model_name="placerequest",
            constraint=models.CheckConstraint(condition=models.Q(("nights_to__isnull", True), models.Q(("nights_from__isnull", False), ("nights_to__gte", models.F("nights_from"))), _connector="OR"), name="place_nights_in_order"),
        ),
        AddIndex(
            model_name="placemove",
            index=models.Index(fields=["tenant", "row", "moved_at"], name="place_move_row"),
        ),
        AddIndex(
            model_name="servicereferral",
            index=models.Index(fields=["tenant", "person", "-made_at", "id"], name="service_referral_person"),
        ),
        AddIndex(
            model_name="servicereferral",
            index=models.Index(fields=["tenant", "due_at", "id"], name="service_referral_due"),
        ),
        AddConstraint(
            model_name="servicereferral",
            constraint=models.CheckConstraint(condition=models.Q(("state__in", ["made", "accepted", "waiting", "started", "ended", "rejected", "revoked"])), name="service_referral_state_known"),
        ),
        AddConstraint(
            model_name="servicereferral",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("rejection__in", ["no_space", "not_eligible", "no_recourse", "distance", "language", "sex", "unsafe", "refused_by_person", "cost", "no_answer", "other"]), ("state", "rejected")), models.Q(models.Q(("state", "rejected"), _negated=True), ("rejection", "")), _connector="OR"), name="service_referral_rejected_why"),
        ),
        AddConstraint(
            model_name="servicereferral",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("outcome__in", ["met", "partly", "not_met", "stopped", "moved"]), ("state", "ended")), models.Q(models.Q(("state", "ended"), _negated=True), ("outcome", "")), _connector="OR"), name="service_referral_outcome"),
        ),
        AddConstraint(
            model_name="servicereferral",
            constraint=models.CheckConstraint(condition=models.Q(("agreed__in", ("yes", "no", "not_asked")), ("agreed_how__in", ("", "met", "call", "through", "they_came")), ("agreed_who__in", ("", "person", "parent", "local_authority", "best_interests"))), name="service_referral_agreed"),
        ),
        AddConstraint(
            model_name="servicereferral",
            constraint=models.CheckConstraint(condition=models.Q(("sex__in", ("", "female", "male", "other")), ("wanted__in", ("", "tonight", "week", "later"))), name="service_referral_need_known"),
        ),
        AddConstraint(
            model_name="partnerlink",
            constraint=models.UniqueConstraint(fields=("tenant", "secret_hash"), name="partner_link_once"),
        ),
        AddConstraint(
            model_name="partnerlink",
            constraint=models.UniqueConstraint(condition=models.Q(("spent_at__isnull", True)), fields=("tenant", "referral"), name="partner_link_live"),
        ),
        AddIndex(
            model_name="servicereferralmove",
            index=models.Index(fields=["tenant", "row", "moved_at"], name="service_referral_move_row"),
        ),
        Wall("ServiceReferral", rights="select, insert, update"),
        Wall("ServiceReferralMove", append_only=True),
        Wall("PartnerLink", rights="select, insert, update (spent_at)"),
        Wall("PlaceRequest", rights="select, insert, update"),
        Wall("PlaceMove", append_only=True),
    ]
