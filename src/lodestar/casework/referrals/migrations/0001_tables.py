"""The tables of referrals, each behind the wall."""

import django.contrib.postgres.fields
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
        ("accounts", "0001_tables"),
        ("cases", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="ReferralDraft",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("form_version", models.CharField(max_length=10)),
                ("begun_at", models.DateTimeField()),
                ("begun_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
        ),
        CreateModel(
            name="Referral",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("number", models.PositiveSmallIntegerField()),
                ("route", models.CharField(choices=[("nrm", "National Referral Mechanism"), ("dtn", "Duty to Notify")], max_length=3)),
                ("direction", models.CharField(choices=[("made_by_us", "sent by us"), ("received_for_investigation", "received to investigate")], max_length=30)),
                ("sent_at", models.DateTimeField()),
                ("sent_words", models.CharField(blank=True, max_length=40)),
                ("sent_by", models.CharField(blank=True, max_length=200)),
                ("confirmation", models.CharField(blank=True, max_length=2000)),
                ("gaps", models.BooleanField(default=False)),
                ("identity_checked", models.BooleanField(null=True)),
                ("facts_said", models.CharField(blank=True, max_length=20)),
                ("out_of_line", models.BooleanField(default=False)),
                ("no_consent", models.CharField(blank=True, choices=[("child", "treated as a child"), ("none_held", "no answer was recorded"), ("theirs", "the sender has it")], db_default="", default="", max_length=10)),
                ("crime_reference", models.CharField(blank=True, db_default="", default="", max_length=1000)),
                ("open_checks", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, size=None)),
                ("recorded_at", models.DateTimeField()),
                ("consent", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.consentanswer")),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("writing", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="sent", to="referrals.referraldraft")),
            ],
        ),
        CreateModel(
            name="Answer",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("code", models.CharField(max_length=90)),
                ("number", models.PositiveIntegerField()),
                ("words", lodestar.platform.tenancy.fields.SealedTextField()),
                ("written_at", models.DateTimeField()),
                ("written_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("writing", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="referrals.referraldraft")),
            ],
        ),
        CreateModel(
            name="ReferralReference",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("reference", models.CharField(max_length=80)),
                ("found_by", models.CharField(blank=True, db_default="", default="", max_length=80)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("referral", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="references", to="referrals.referral")),
            ],
        ),
        CreateModel(
            name="ReferralStatus",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("direction", models.CharField(max_length=30)),
                ("sent_at", models.DateTimeField()),
                ("state", models.CharField(choices=[("waiting", "Waiting for a first decision"), ("rg_positive", "Reasonable grounds: positive"), ("rg_negative", "Reasonable grounds: negative"), ("cg_positive", "Conclusive grounds: positive"), ("cg_negative", "Conclusive grounds: negative"), ("reconsidered", "Reconsideration asked for"), ("suspended", "Suspended"), ("withdrawn", "Withdrawn"), ("disqualified", "Disqualified"), ("cg_revoked", "Conclusive grounds: revoked"), ("told", "Duty to Notify: sent, no decision follows")], max_length=12)),
                ("returned", models.BooleanField(default=False)),
                ("first", models.CharField(blank=True, db_default="", default="", max_length=12)),
                ("open_checks", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), null=True, size=None)),
                ("referral", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="now", to="referrals.referral")),
                ("unit", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit")),
            ],
        ),
        CreateModel(
            name="Review",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("comment", models.CharField(max_length=2000)),
                ("said_at", models.DateTimeField()),
                ("said_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("writing", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="referrals.referraldraft")),
            ],
        ),
        CreateModel(
            name="SupplementaryInformation",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("sent_at", models.DateTimeField()),
                ("sent_words", models.CharField(blank=True, max_length=40)),
                ("how", models.CharField(blank=True, max_length=200)),
                ("codes", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=90), blank=True, default=list, size=None)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("referral", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="supplements", to="referrals.referral")),
            ],
        ),
        CreateModel(
            name="Pairing",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("referral_at", models.DateTimeField(null=True)),
                ("crime_at", models.DateTimeField(null=True)),
                ("settled", models.BooleanField(default=False)),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("crime_at__isnull", True), ("referral_at__isnull", False), ("settled", False)), fields=["tenant", "-referral_at", "-id"], name="pairing_no_crime"), models.Index(condition=models.Q(("crime_at__isnull", False), ("referral_at__isnull", True), ("settled", False)), fields=["tenant", "-crime_at", "-id"], name="pairing_no_referral"), models.Index(condition=models.Q(("settled", True), models.Q(models.Q(("crime_at__isnull", True), ("referral_at__isnull", False)), models.Q(("crime_at__isnull", False), ("referral_at__isnull", True)), _connector="OR")), fields=["tenant", "-id"], name="pairing_settled_alone")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "person"), name="pairing_once")],
            },
        ),
        CreateModel(
            name="PairingSettled",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("side", models.CharField(choices=[("no_crime", "A referral or notification, and no crime"), ("no_referral", "A crime, and no referral or notification")], max_length=12)),
                ("reason", models.CharField(max_length=1000)),
                ("settled_at", models.DateTimeField()),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("settled_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "person", "settled_at"], name="pairing_settled_person")],
                "constraints": [models.CheckConstraint(condition=models.Q(("side__in", ["no_crime", "no_referral"])), name="pairing_side_known"), models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="pairing_settled_with_reason")],
            },
        ),
        AddConstraint(
            model_name="referraldraft",
            constraint=models.UniqueConstraint(fields=("tenant", "person", "form_version"), name="writing_once"),
        ),
        AddIndex(
            model_name="referral",
            index=models.Index(fields=["tenant", "person", "sent_at"], name="referral_person"),
        ),
        AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(condition=models.Q(("route__in", ["nrm", "dtn"])), name="referral_route_known"),
        ),
        AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(condition=models.Q(("direction__in", ["made_by_us", "received_for_investigation"])), name="referral_direction_known"),
        ),
        AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(condition=models.Q(("no_consent", ""), models.Q(("consent__isnull", True), ("no_consent__in", ["child", "none_held", "theirs"])), _connector="OR"), name="referral_consent_or_why_not"),
        ),
        AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(fields=("tenant", "person", "number"), name="referral_number_once"),
        ),
        AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(fields=("tenant", "writing", "code", "number"), name="answer_number_once"),
        ),
        AddIndex(
            model_name="referralreference",
            index=models.Index(fields=["tenant", "referral", "recorded_at"], name="referral_reference_latest"),
        ),
        AddIndex(
            model_name="referralreference",
            index=models.Index(fields=["tenant", "found_by"], name="referral_reference_found"),
        ),
        AddConstraint(
            model_name="referralreference",
            constraint=models.CheckConstraint(condition=models.Q(("reference", ""), _negated=True), name="referral_reference_given"),
        ),
        AddIndex(
            model_name="referralstatus",
            index=models.Index(fields=["tenant", "direction", "-sent_at", "-id"], name="referral_now_all"),
        ),
        AddIndex(
            model_name="referralstatus",
            index=models.Index(fields=["tenant", "direction", "state", "-sent_at", "-id"], name="referral_now_state"),
        ),
        AddIndex(
            model_name="referralstatus",
            index=models.Index(condition=models.Q(("returned", True)), fields=["tenant", "direction", "-sent_at", "-id"], name="referral_now_returned"),
        ),
        AddConstraint(
            model_name="referralstatus",
            constraint=models.UniqueConstraint(fields=("tenant", "referral"), name="referral_now_once"),
        ),
        AddConstraint(
            model_name="referralstatus",
            constraint=models.CheckConstraint(condition=models.Q(("state__in", ["waiting", "rg_positive", "rg_negative", "cg_positive", "cg_negative", "reconsidered", "suspended", "withdrawn", "disqualified", "cg_revoked", "told"])), name="referral_now_state_known"),
        ),
        AddConstraint(
            model_name="referralstatus",
            constraint=models.CheckConstraint(condition=models.Q(("first__in", ["", "rg_positive", "rg_negative"])), name="referral_now_first_known"),
        ),
        AddIndex(
            model_name="review",
            index=models.Index(fields=["tenant", "writing", "said_at", "id"], name="review_writing"),
        ),
        AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(condition=models.Q(("comment", ""), _negated=True), name="review_says_something"),
        ),
        AddIndex(
            model_name="supplementaryinformation",
            index=models.Index(fields=["tenant", "referral", "sent_at"], name="supplement_latest"),
        ),
        Wall("ReferralDraft"),
        Wall("Referral", append_only=True),
        Wall("Answer", append_only=True),
        Wall("ReferralReference", append_only=True),
        Wall("ReferralStatus"),
        Wall("Review", append_only=True),
        Wall("SupplementaryInformation", append_only=True),
        Wall("Pairing"),
        Wall("PairingSettled", append_only=True),
    ]
