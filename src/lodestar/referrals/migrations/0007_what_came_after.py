"""What comes of a referral: more kinds of it, where each stands, letters, and which crimes and referrals belong together."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.fields
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.tables import AddConstraint, AddIndex, CreateModel
from lodestar.tenancy.wall import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0001_tenants_and_grants"),
        ("accounts", "0004_people_are_never_removed"),
        ("cases", "0008_why_they_said_no"),
        ("referrals", "0006_what_completed_it"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="Letter",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("decision", "A decision"),
                            ("asks", "It asks for further information"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("how", models.CharField(choices=[("pasted", "pasted"), ("mail", "a mail file")], max_length=10)),
                ("title", lodestar.tenancy.fields.SealedTextField()),
                ("words", lodestar.tenancy.fields.SealedTextField()),
                ("notes", models.CharField(blank=True, max_length=400)),
                ("dated", models.DateTimeField(null=True)),
                ("digest", models.CharField(max_length=64)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("waits", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField()),
            ],
        ),
        CreateModel(
            name="LetterFiled",
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
                    "how",
                    models.CharField(
                        choices=[("itself", "by its reference"), ("by_hand", "by hand"), ("aside", "put aside")],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=400)),
                ("filed_at", models.DateTimeField()),
            ],
        ),
        CreateModel(
            name="Pairing",
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
                ("referral_at", models.DateTimeField(null=True)),
                ("crime_at", models.DateTimeField(null=True)),
                ("settled", models.BooleanField(default=False)),
            ],
        ),
        CreateModel(
            name="PairingSettled",
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
                    "side",
                    models.CharField(
                        choices=[
                            ("no_crime", "A referral or notification, and no crime"),
                            ("no_referral", "A crime, and no referral or notification"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(max_length=1000)),
                ("settled_at", models.DateTimeField()),
            ],
        ),
        CreateModel(
            name="ReferralNow",
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
                ("direction", models.CharField(max_length=30)),
                ("sent_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a first decision"),
                            ("rg_positive", "Reasonable grounds: positive"),
                            ("rg_negative", "Reasonable grounds: negative"),
                            ("cg_positive", "Conclusive grounds: positive"),
                            ("cg_negative", "Conclusive grounds: negative"),
                            ("reconsidered", "Reconsideration asked for"),
                            ("suspended", "Suspended"),
                            ("withdrawn", "Withdrawn"),
                            ("disqualified", "Disqualified"),
                            ("cg_revoked", "Conclusive grounds: revoked"),
                            ("told", "Duty to Notify: sent, no decision follows"),
                        ],
                        max_length=12,
                    ),
                ),
                ("returned", models.BooleanField(default=False)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_kind_known",
        ),
        migrations.AddField(
            model_name="decision",
            name="answer_by",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="ground",
            field=models.CharField(
                blank=True,
                choices=[
                    ("guidance", "Not decided in line with the guidance"),
                    ("new_evidence", "New evidence"),
                    ("public_order", "Public order"),
                    ("bad_faith", "Claimed in bad faith"),
                ],
                db_default="",
                default="",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="referralreference",
            name="found_by",
            field=models.CharField(blank=True, db_default="", default="", max_length=80),
        ),
        migrations.AlterField(
            model_name="decision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("rg_positive", "Reasonable grounds: positive"),
                    ("rg_negative", "Reasonable grounds: negative"),
                    ("cg_positive", "Conclusive grounds: positive"),
                    ("cg_negative", "Conclusive grounds: negative"),
                    ("withdrawn", "Withdrawn"),
                    ("suspended", "Suspended"),
                    ("info_asked", "Further information asked for"),
                    ("info_sent", "Further information sent"),
                    ("rec_asked", "Reconsideration asked for"),
                    ("rec_accepted", "Reconsideration: accepted"),
                    ("rec_refused", "Reconsideration: refused"),
                    ("disqualified", "Disqualified by the competent authority"),
                    ("cg_revoked", "Conclusive grounds: revoked"),
                ],
                max_length=12,
            ),
        ),
        AddIndex(
            model_name="decision",
            index=models.Index(fields=["tenant", "-filed_at", "-id"], name="decision_latest"),
        ),
        AddIndex(
            model_name="referralreference",
            index=models.Index(fields=["tenant", "found_by"], name="referral_reference_found"),
        ),
        AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "rg_positive",
                            "rg_negative",
                            "cg_positive",
                            "cg_negative",
                            "withdrawn",
                            "suspended",
                            "info_asked",
                            "info_sent",
                            "rec_asked",
                            "rec_accepted",
                            "rec_refused",
                            "disqualified",
                            "cg_revoked",
                        ],
                    )
                ),
                name="decision_kind_known",
            ),
        ),
        AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer_by__isnull", True),
                    models.Q(("answer_by__gte", models.F("decided_on")), ("kind", "info_asked")),
                    _connector="OR",
                ),
                name="decision_answer_by_of_asking",
            ),
        ),
        AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ground", ""),
                    models.Q(("ground__in", ["guidance", "new_evidence"]), ("kind", "rec_asked")),
                    models.Q(("ground__in", ["public_order", "bad_faith"]), ("kind", "disqualified")),
                    _connector="OR",
                ),
                name="decision_ground_of_its_kind",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="letterfiled",
            name="filed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="letterfiled",
            name="letter",
            field=lodestar.tenancy.models.OtherTenantRow(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="filed",
                to="referrals.letter",
            ),
        ),
        migrations.AddField(
            model_name="letterfiled",
            name="referral",
            field=lodestar.tenancy.models.OtherTenantRow(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="referrals.referral",
            ),
        ),
        migrations.AddField(
            model_name="pairing",
            name="person",
            field=lodestar.tenancy.models.OtherTenantRow(
                db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person"
            ),
        ),
        migrations.AddField(
            model_name="pairingsettled",
            name="person",
            field=lodestar.tenancy.models.OtherTenantRow(
                db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person"
            ),
        ),
        migrations.AddField(
            model_name="pairingsettled",
            name="settled_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="referralnow",
            name="referral",
            field=lodestar.tenancy.models.OtherTenantRow(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="now",
                to="referrals.referral",
            ),
        ),
        migrations.AddField(
            model_name="referralnow",
            name="unit",
            field=lodestar.tenancy.models.OtherTenantRow(
                db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit"
            ),
        ),
        AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("waits", True)), fields=["tenant", "-added_at", "-id"], name="letter_waits"
            ),
        ),
        AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(fields=("tenant", "added_by", "digest"), name="letter_once"),
        ),
        AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["decision", "asks", "other"])), name="letter_kind_known"
            ),
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
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("how__in", ["itself", "by_hand"]), ("referral__isnull", False)),
                    models.Q(("how", "aside"), ("referral__isnull", True), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="letter_filed_somewhere_or_why_not",
            ),
        ),
        AddIndex(
            model_name="pairing",
            index=models.Index(
                condition=models.Q(("crime_at__isnull", True), ("referral_at__isnull", False), ("settled", False)),
                fields=["tenant", "-referral_at", "-id"],
                name="pairing_no_crime",
            ),
        ),
        AddIndex(
            model_name="pairing",
            index=models.Index(
                condition=models.Q(("crime_at__isnull", False), ("referral_at__isnull", True), ("settled", False)),
                fields=["tenant", "-crime_at", "-id"],
                name="pairing_no_referral",
            ),
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
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["no_crime", "no_referral"])), name="pairing_side_known"
            ),
        ),
        AddConstraint(
            model_name="pairingsettled",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="pairing_settled_with_reason"
            ),
        ),
        AddIndex(
            model_name="referralnow",
            index=models.Index(fields=["tenant", "direction", "-sent_at", "-id"], name="referral_now_all"),
        ),
        AddIndex(
            model_name="referralnow",
            index=models.Index(fields=["tenant", "direction", "state", "-sent_at", "-id"], name="referral_now_state"),
        ),
        AddIndex(
            model_name="referralnow",
            index=models.Index(fields=["tenant", "direction", "unit", "-sent_at", "-id"], name="referral_now_unit"),
        ),
        AddIndex(
            model_name="referralnow",
            index=models.Index(
                condition=models.Q(("returned", True)),
                fields=["tenant", "direction", "-sent_at", "-id"],
                name="referral_now_returned",
            ),
        ),
        AddConstraint(
            model_name="referralnow",
            constraint=models.UniqueConstraint(fields=("tenant", "referral"), name="referral_now_once"),
        ),
        AddConstraint(
            model_name="referralnow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "waiting",
                            "rg_positive",
                            "rg_negative",
                            "cg_positive",
                            "cg_negative",
                            "reconsidered",
                            "suspended",
                            "withdrawn",
                            "disqualified",
                            "cg_revoked",
                            "told",
                        ],
                    )
                ),
                name="referral_now_state_known",
            ),
        ),
        Wall("ReferralNow"),
        Wall("Pairing"),
        Wall("PairingSettled", append_only=True),
        Wall("Letter"),
        Wall("LetterFiled", append_only=True),
    ]
