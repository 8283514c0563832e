"""The tables of referrals, each behind the wall."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.fields
import lodestar.tenancy.models
import lodestar.tenancy.tenant_transaction
from lodestar.tenancy.row_security import Wall
from lodestar.tenancy.tables import AddConstraint, AddIndex, CreateModel


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
            name="Letter",
            fields=[
                ("id", models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(choices=[("decision", "A decision"), ("asks", "It asks for further information"), ("other", "Something else")], max_length=10)),
                ("how", models.CharField(choices=[("pasted", "pasted"), ("mail", "a mail file")], max_length=10)),
                ("title", lodestar.tenancy.fields.SealedTextField()),
                ("words", lodestar.tenancy.fields.SealedTextField()),
                ("notes", models.CharField(blank=True, max_length=400)),
                ("dated", models.DateTimeField(null=True)),
                ("digest", models.CharField(max_length=64)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("waits", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField()),
                ("added_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="Pairing",
            fields=[
                ("id", models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("referral_at", models.DateTimeField(null=True)),
                ("crime_at", models.DateTimeField(null=True)),
                ("settled", models.BooleanField(default=False)),
                ("person", lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
        ),
        CreateModel(
            name="PairingSettled",
            fields=[
                ("id", models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("side", models.CharField(choices=[("no_crime", "A referral or notification, and no crime"), ("no_referral", "A crime, and no referral or notification")], max_length=12)),
                ("reason", models.CharField(max_length=1000)),
                ("settled_at", models.DateTimeField()),
                ("person", lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("settled_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="Referral",
            fields=[
                ("id", models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
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
                ("consent", lodestar.tenancy.models.OtherTenantRow(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.consentanswer")),
                ("person", lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="LetterFiled",
            fields=[
                ("id", models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("how", models.CharField(choices=[("itself", "by its reference"), ("by_hand", "by hand"), ("aside", "put aside")], max_length=10)),
                ("reason", models.CharField(blank=True, max_length=400)),
                ("filed_at", models.DateTimeField()),
                ("filed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("letter", lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="filed", to="referrals.letter")),
                ("referral", lodestar.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="referrals.referral")),
            ],
        ),
        CreateModel(
            name="Decision",
            fields=[
                ("id", models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("number", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(choices=[("rg_positive", "Reasonable grounds: positive"), ("rg_negative", "Reasonable grounds: negative"), ("cg_positive", "Conclusive grounds: positive"), ("cg_negative", "Conclusive grounds: negative"), ("withdrawn", "Withdrawn"), ("suspended", "Suspended"), ("info_asked", "Further information asked for"), ("info_sent", "Further information sent"), ("rec_asked", "Reconsideration asked for"), ("rec_accepted", "Reconsideration: accepted"), ("rec_refused", "Reconsideration: refused"), ("disqualified", "Disqualified by the competent authority"), ("cg_revoked", "Conclusive grounds: revoked")], max_length=12)),
                ("decided_on", models.DateField()),
                ("notice_on", models.DateField(null=True)),
                ("answer_by", models.DateField(null=True)),
                ("ground", models.CharField(blank=True, choices=[("guidance", "Not decided in line with the guidance"), ("new_evidence", "New evidence"), ("public_order", "Public order"), ("bad_faith", "Claimed in bad faith")], db_default="", default="", max_length=12)),
                ("filed_at", models.DateTimeField()),
                ("filed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("replaces", lodestar.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="referrals.decision")),
                ("referral", lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="referrals.referral")),
            ],
        ),
        CreateModel(
            name="ReferralStatus",
            fields=[
                ("id", models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("direction", models.CharField(max_length=30)),
                ("sent_at", models.DateTimeField()),
                ("state", models.CharField(choices=[("waiting", "Waiting for a first decision"), ("rg_positive", "Reasonable grounds: positive"), ("rg_negative", "Reasonable grounds: negative"), ("cg_positive", "Conclusive grounds: positive"), ("cg_negative", "Conclusive grounds: negative"), ("reconsidered", "Reconsideration asked for"), ("suspended", "Suspended"), ("withdrawn", "Withdrawn"), ("disqualified", "Disqualified"), ("cg_revoked", "Conclusive grounds: revoked"), ("told", "Duty to Notify: sent, no decision follows")], max_length=12)),
                ("returned", models.BooleanField(default=False)),
                ("first", models.CharField(blank=True, db_default="", default="", max_length=12)),
                ("open_checks", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), null=True, size=None)),
                ("referral", lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="now", to="referrals.referral")),
                ("unit", lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit")),
            ],
        ),
        CreateModel(
            name="ReferralReference",
            fields=[
                ("id", models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("reference", models.CharField(max_length=80)),
                ("found_by", models.CharField(blank=True, db_default="", default="", max_length=80)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("referral", lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="references", to="referrals.referral")),
            ],
        ),
        CreateModel(
            name="SupplementaryInformation",
            fields=[
                ("id", models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("sent_at", models.DateTimeField()),
                ("sent_words", models.CharField(blank=True, max_length=40)),
                ("how", models.CharField(blank=True, max_length=200)),
                ("codes", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=90), blank=True, default=list, size=None)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("referral", lodestar.tenancy.models.OtherTenantRow(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="supplements", to="referrals.referral")),
            ],
        ),
        CreateModel(
            name="ReferralDraft",
            fields=[
                ("id", models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("form_version", models.CharField(max_length=10)),
                ("begun_at", models.DateTimeField()),
                ("begun_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("person", lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
        ),
        CreateModel(
            name="Review",
            fields=[
                ("id", models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("comment", models.CharField(max_length=2000)),
                ("said_at", models.DateTimeField()),
                ("said_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("writing", lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="referrals.referraldraft")),
            ],
        ),
        migrations.AddField(
            model_name="referral",
            name="writing",
            field=lodestar.tenancy.models.OtherTenantRow(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="sent", to="referrals.referraldraft"),
        ),
        CreateModel(
            name="Answer",
            fields=[
                ("id", models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("code", models.CharField(max_length=90)),
                ("number", models.PositiveIntegerField()),
                ("words", lodestar.tenancy.fields.SealedTextField()),
                ("written_at", models.DateTimeField()),
                ("written_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("writing", lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="referrals.referraldraft")),
            ],
        ),
        AddIndex(
            model_name="letter",
            index=models.Index(condition=models.Q(("waits", True)), fields=["tenant", "-added_at", "-id"], name="letter_waits"),
        ),
        AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(fields=("tenant", "added_by", "digest"), name="letter_once"),
        ),
        AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["decision", "asks", "other"])), name="letter_kind_known"),
        ),
        AddIndex(
            model_name="pairing",
            index=models.Index(condition=models.Q(("crime_at__isnull", True), ("referral_at__isnull", False), ("settled", False)), fields=["tenant", "-referral_at", "-id"], name="pairing_no_crime"),
        ),
        AddIndex(
            model_name="pairing",
            index=models.Index(condition=models.Q(("crime_at__isnull", False), ("referral_at__isnull", True), ("settled", False)), fields=["tenant", "-crime_at", "-id"], name="pairing_no_referral"),
        ),
        AddIndex(
            model_name="pairing",
            index=models.Index(condition=models.Q(("settled", True), models.Q(models.Q(("crime_at__isnull", True), ("referral_at__isnull", False)), models.Q(("crime_at__isnull", False), ("referral_at__isnull", True)), _connector="OR")), fields=["tenant", "-id"], name="pairing_settled_alone"),
        ),
        AddConstraint(
            model_name="pairing",
            constraint=models.UniqueConstraint(fields=("tenant", "person"), name="pairing_once"),
        ),
        AddIndex(
            model_name="pairingsettled",
            index=models.Index(fields=["tenant", "person", "settled_at"], name="pairing_settled_person"),
        ),
        AddConstraint(
            model_name="pairingsettled",
            constraint=models.CheckConstraint(condition=models.Q(("side__in", ["no_crime", "no_referral"])), name="pairing_side_known"),
        ),
        AddConstraint(
            model_name="pairingsettled",
            constraint=models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="pairing_settled_with_reason"),
        ),
        AddIndex(
            model_name="letterfiled",
            index=models.Index(fields=["tenant", "referral", "filed_at"], name="letter_of_referral"),
        ),
        AddConstraint(
            model_name="letterfiled",
            constraint=models.UniqueConstraint(fields=("tenant", "letter", "referral"), name="letter_filed_once"),
        ),
        AddConstraint(
            model_name="letterfiled",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("how__in", ["itself", "by_hand"]), ("referral__isnull", False)), models.Q(("how", "aside"), ("referral__isnull", True), models.Q(("reason", ""), _negated=True)), _connector="OR"), name="letter_filed_somewhere_or_why_not"),
        ),
        AddIndex(
            model_name="decision",
            index=models.Index(fields=["tenant", "-filed_at", "-id"], name="decision_latest"),
        ),
        AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(fields=("tenant", "referral", "number"), name="decision_number_once"),
        ),
        AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(condition=models.Q(("replaces__isnull", False)), fields=("tenant", "replaces"), name="decision_replaced_once"),
        ),
        AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["rg_positive", "rg_negative", "cg_positive", "cg_negative", "withdrawn", "suspended", "info_asked", "info_sent", "rec_asked", "rec_accepted", "rec_refused", "disqualified", "cg_revoked"])), name="decision_kind_known"),
        ),
        AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(condition=models.Q(("notice_on__isnull", True), ("notice_on__gte", models.F("decided_on")), _connector="OR"), name="decision_notice_not_before"),
        ),
        AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(condition=models.Q(("answer_by__isnull", True), models.Q(("answer_by__gte", models.F("decided_on")), ("kind", "info_asked")), _connector="OR"), name="decision_answer_by_of_asking"),
        ),
        AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(condition=models.Q(("ground", ""), models.Q(("ground__in", ["guidance", "new_evidence"]), ("kind", "rec_asked")), models.Q(("ground__in", ["public_order", "bad_faith"]), ("kind", "disqualified")), _connector="OR"), name="decision_ground_of_its_kind"),
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
            index=models.Index(fields=["tenant", "direction", "unit", "-sent_at", "-id"], name="referral_now_unit"),
        ),
        AddIndex(
            model_name="referralstatus",
            index=models.Index(fields=["tenant", "direction", "unit", "state", "-sent_at", "-id"], name="referral_now_unit_state"),
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
            model_name="supplementaryinformation",
            index=models.Index(fields=["tenant", "referral", "sent_at"], name="supplement_latest"),
        ),
        AddConstraint(
            model_name="referraldraft",
            constraint=models.UniqueConstraint(fields=("tenant", "person", "form_version"), name="writing_once"),
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
        Wall("Letter"),
        Wall("Pairing"),
        Wall("PairingSettled", append_only=True),
        Wall("ReferralDraft"),
        Wall("Referral", append_only=True),
        Wall("LetterFiled", append_only=True),
        Wall("Decision", append_only=True),
        Wall("ReferralStatus"),
        Wall("ReferralReference", append_only=True),
        Wall("SupplementaryInformation", append_only=True),
        Wall("Review", append_only=True),
        Wall("Answer", append_only=True),
    ]
