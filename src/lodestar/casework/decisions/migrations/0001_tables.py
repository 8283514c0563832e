"""The tables of decisions, each behind the wall."""

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
        ("referrals", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="Letter",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(choices=[("decision", "A decision"), ("asks", "It asks for further information"), ("other", "Something else")], max_length=10)),
                ("how", models.CharField(choices=[("pasted", "pasted"), ("mail", "a mail file")], max_length=10)),
                ("title", lodestar.platform.tenancy.fields.SealedTextField()),
                ("words", lodestar.platform.tenancy.fields.SealedTextField()),
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
            name="LetterFiled",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("how", models.CharField(choices=[("itself", "by its reference"), ("by_hand", "by hand"), ("aside", "put aside")], max_length=10)),
                ("reason", models.CharField(blank=True, max_length=400)),
                ("filed_at", models.DateTimeField()),
                ("filed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("letter", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="filed", to="decisions.letter")),
                ("referral", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="referrals.referral")),
            ],
        ),
        CreateModel(
            name="Decision",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("number", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(choices=[("rg_positive", "Reasonable grounds: positive"), ("rg_negative", "Reasonable grounds: negative"), ("cg_positive", "Conclusive grounds: positive"), ("cg_negative", "Conclusive grounds: negative"), ("withdrawn", "Withdrawn"), ("suspended", "Suspended"), ("info_asked", "Further information asked for"), ("info_sent", "Further information sent"), ("rec_asked", "Reconsideration asked for"), ("rec_accepted", "Reconsideration: accepted"), ("rec_refused", "Reconsideration: refused"), ("disqualified", "Disqualified by the competent authority"), ("cg_revoked", "Conclusive grounds: revoked")], max_length=12)),
                ("decided_on", models.DateField()),
                ("notice_on", models.DateField(null=True)),
                ("answer_by", models.DateField(null=True)),
                ("ground", models.CharField(blank=True, choices=[("guidance", "Not decided in line with the guidance"), ("new_evidence", "New evidence"), ("public_order", "Public order"), ("bad_faith", "Claimed in bad faith")], db_default="", default="", max_length=12)),
                ("filed_at", models.DateTimeField()),
                ("filed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("referral", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="referrals.referral")),
                ("replaces", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="decisions.decision")),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "-filed_at", "-id"], name="decision_latest")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "referral", "number"), name="decision_number_once"), models.UniqueConstraint(condition=models.Q(("replaces__isnull", False)), fields=("tenant", "replaces"), name="decision_replaced_once"), models.CheckConstraint(condition=models.Q(("kind__in", ["rg_positive", "rg_negative", "cg_positive", "cg_negative", "withdrawn", "suspended", "info_asked", "info_sent", "rec_asked", "rec_accepted", "rec_refused", "disqualified", "cg_revoked"])), name="decision_kind_known"), models.CheckConstraint(condition=models.Q(("notice_on__isnull", True), ("notice_on__gte", models.F("decided_on")), _connector="OR"), name="decision_notice_not_before"), models.CheckConstraint(condition=models.Q(("answer_by__isnull", True), models.Q(("answer_by__gte", models.F("decided_on")), ("kind", "info_asked")), _connector="OR"), name="decision_answer_by_of_asking"), models.CheckConstraint(condition=models.Q(("ground", ""), models.Q(("ground__in", ["guidance", "new_evidence"]), ("kind", "rec_asked")), models.Q(("ground__in", ["public_order", "bad_faith"]), ("kind", "disqualified")), _connector="OR"), name="decision_ground_of_its_kind")],
            },
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
        Wall("Letter"),
        Wall("LetterFiled", append_only=True),
        Wall("Decision", append_only=True),
    ]
