"""What has gone to the Home Office, its references and what completed it. Mistakes are put right by another row."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q

from lodestar.cases.models import ConsentAnswer, Person
from lodestar.referrals.models.drafts import ReferralDraft
from lodestar.tenancy.models import OtherTenantRow, TenantModel


class Referral(TenantModel):
    """One referral or notification about one person that has gone to the Home Office.

    `made_by_us`: this force sent it. `received_for_investigation`: another body did, and the force investigates; the
    two are never counted together. `facts_said` is the route that the facts gave when it was recorded, `out_of_line`
    that it is not the one sent. `consent` is the answer that it was sent with: a later answer leaves it where it points.
    `no_consent` says why there is none; both are empty for what was recorded before they were kept. `crime_reference`
    holds the numbers recorded for the person by then. `writing` is where it was written, when that was here, and
    `open_checks` which of the coach's checks of the form were open as it stood then: about the form, and no mark.
    """

    person = OtherTenantRow(Person)
    number = models.PositiveSmallIntegerField()  # of that person; two written at once cannot both be the next
    route = models.CharField(
        max_length=3, choices=[("nrm", "National Referral Mechanism"), ("dtn", "Duty to Notify")]
    )
    direction = models.CharField(
        max_length=30,
        choices=[("made_by_us", "sent by us"), ("received_for_investigation", "received to investigate")],
    )
    sent_at = models.DateTimeField()
    sent_words = models.CharField(max_length=40, blank=True)  # what was typed, when that was no whole instant
    sent_by = models.CharField(max_length=200, blank=True)  # who sent it, as written; empty when the recorder did
    confirmation = models.CharField(max_length=2000, blank=True)  # what the Home Office's answer says
    gaps = models.BooleanField(default=False)  # sent with what was known; the rest follows
    identity_checked = models.BooleanField(null=True)  # a notification read whole for what shows who they are
    facts_said = models.CharField(max_length=20, blank=True)
    out_of_line = models.BooleanField(default=False)
    consent = OtherTenantRow(ConsentAnswer, null=True, db_index=False)
    no_consent = models.CharField(
        max_length=10,
        blank=True,
        default="",
        db_default="",
        choices=[("child", "treated as a child"), ("none_held", "no answer was recorded"), ("theirs", "the sender has it")],
    )
    crime_reference = models.CharField(max_length=1000, blank=True, default="", db_default="")
    writing = OtherTenantRow(ReferralDraft, null=True, db_index=False, related_name="sent")
    open_checks = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        sensitive = frozenset({"route", "facts_said", "confirmation", "no_consent"})
        personal = frozenset({"sent_by", "crime_reference"})
        none = frozenset(
            {
                "id", "tenant", "person", "number", "direction", "sent_at", "sent_words", "gaps", "identity_checked",
                "out_of_line", "consent", "writing", "open_checks", "recorded_at", "recorded_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(route__in=["nrm", "dtn"]), name="referral_route_known"),
            CheckConstraint(
                condition=Q(direction__in=["made_by_us", "received_for_investigation"]), name="referral_direction_known"
            ),
            CheckConstraint(
                condition=Q(no_consent="") | Q(no_consent__in=["child", "none_held", "theirs"], consent__isnull=True),
                name="referral_consent_or_why_not",
            ),
            models.UniqueConstraint(fields=["tenant", "person", "number"], name="referral_number_once"),
        ]
        indexes = [Index(fields=["tenant", "person", "sent_at"], name="referral_person")]


class ReferralReference(TenantModel):
    """The Home Office's reference of a referral. It often comes later, and a mistaken one is put right by the next."""

    referral = OtherTenantRow(Referral, related_name="references")
    reference = models.CharField(max_length=80)
    found_by = models.CharField(max_length=80, blank=True, default="", db_default="")  # its letters and digits alone
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"reference", "found_by"})
        none = frozenset({"id", "tenant", "referral", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [CheckConstraint(condition=~Q(reference=""), name="referral_reference_given")]
        indexes = [
            Index(fields=["tenant", "referral", "recorded_at"], name="referral_reference_latest"),
            Index(fields=["tenant", "found_by"], name="referral_reference_found"),
        ]


class SupplementaryInformation(TenantModel):
    """Supplementary information on a referral: when it was sent, how, and which answers it held (their codes alone)."""

    referral = OtherTenantRow(Referral, related_name="supplements", db_index=False)
    sent_at = models.DateTimeField()
    sent_words = models.CharField(max_length=40, blank=True)  # what was typed, when that was no whole instant
    how = models.CharField(max_length=200, blank=True)  # by which way, to whom
    codes = ArrayField(models.CharField(max_length=90), default=list, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"how"})
        none = frozenset({"id", "tenant", "referral", "sent_at", "sent_words", "codes", "recorded_at", "recorded_by"})

    class Meta:
        indexes = [Index(fields=["tenant", "referral", "sent_at"], name="supplement_latest")]
