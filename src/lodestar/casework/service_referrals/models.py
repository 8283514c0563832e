"""Referrals to services with their links for partners, and requests for a place of safety. No address is ever kept here."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from lodestar.casework.cases.models import Person
from lodestar.casework.service_referrals.rules import KINDS, OUTCOMES, PLACE, REFERRAL, REJECTED, UNSUITABLE
from lodestar.casework.services.models import Service
from lodestar.platform.registers.models import RegisterMove, RegisterRow
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel

AGREED = ("yes", "no", "not_asked")
WHO_AGREED = ("", "person", "parent", "local_authority", "best_interests")
HOW_AGREED = ("", "met", "call", "through", "they_came")
SEXES = ("", "female", "male", "other")
WANTED = ("", "tonight", "week", "later")


class ServiceReferral(RegisterRow):
    """A person referred to a service for one need. What a partner is shown of it before a name is in columns of its own."""

    rules = REFERRAL
    moved = "support.service_referral_moved"

    person = OtherTenantRow(Person)
    service = OtherTenantRow(Service)
    domain = models.CharField(max_length=24)
    is_victim_services = models.BooleanField(default=False)  # the offer of victim services under the Victims' Code
    what = SealedTextField()  # what is needed, in one line
    wish = SealedTextField(blank=True, default=b"")
    agreed = models.CharField(max_length=10)
    agreed_who = models.CharField(max_length=16, blank=True)
    agreed_how = models.CharField(max_length=10, blank=True)
    sex = models.CharField(max_length=6, blank=True)
    languages = models.CharField(max_length=80, blank=True)
    dependants = models.BooleanField(null=True)
    step_free = models.BooleanField(null=True)
    wanted = models.CharField(max_length=8, blank=True)  # from when
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    rejection = models.CharField(max_length=20, blank=True)  # why
    outcome = models.CharField(max_length=20, blank=True)  # once it has ended

    class Classified:
        none = RegisterRow.Classified.none | {"person", "service", "made_at", "answered_at", "started_at", "ended_at"}
        personal = frozenset({"languages"})
        sensitive = frozenset(
            {
                "domain", "is_victim_services", "what", "wish", "agreed", "agreed_who", "agreed_how", "sex", "dependants",
                "step_free", "wanted", "rejection", "outcome",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(state__in=[*REFERRAL.states]), name="service_referral_state_known"),
            CheckConstraint(
                condition=Q(state="rejected", rejection__in=[*REJECTED]) | ~Q(state="rejected") & Q(rejection=""),
                name="service_referral_rejected_why",
            ),
            CheckConstraint(
                condition=Q(state="ended", outcome__in=[*OUTCOMES]) | ~Q(state="ended") & Q(outcome=""),
                name="service_referral_outcome",
            ),
            CheckConstraint(
                condition=Q(agreed__in=AGREED, agreed_who__in=WHO_AGREED, agreed_how__in=HOW_AGREED),
                name="service_referral_agreed",
            ),
            CheckConstraint(condition=Q(sex__in=SEXES, wanted__in=WANTED), name="service_referral_need_known"),
        ]
        indexes = [
            Index(fields=["tenant", "person", "-made_at", "id"], name="service_referral_person"),
            Index(fields=["tenant", "due_at", "id"], name="service_referral_due"),
        ]

    def logged(self) -> dict[str, Any]:
        """Its case and person, for the audit log."""
        return {"subject": str(self.id), "case": self.person.case_id, "people": [self.person_id]}


class ServiceReferralMove(RegisterMove):
    """One move of a referral."""

    row = OtherTenantRow(ServiceReferral, related_name="moves")

    class Meta:
        indexes = [Index(fields=["tenant", "row", "moved_at"], name="service_referral_move_row")]


class PartnerLink(TenantModel):
    """A link by which a person of the service answers without signing in. Of its secret only a hash is kept; one is live of a
    referral at a time."""

    referral = OtherTenantRow(ServiceReferral)
    secret_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField()
    sent = models.BooleanField(default=False)  # by e-mail to the service
    spent_at = models.DateTimeField(null=True)  # answered, replaced, or answered otherwise

    class Classified:
        none = frozenset({"id", "tenant", "referral", "secret_hash", "made_at", "made_by", "ends_at", "sent", "spent_at"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "secret_hash"], name="partner_link_once"),
            UniqueConstraint(fields=["tenant", "referral"], name="partner_link_live", condition=Q(spent_at__isnull=True)),
        ]


class PlaceRequest(RegisterRow):
    """A place of safety for a person: asked for, offered, taken or refused, left. Where it is, only `safe_addresses` keeps."""

    rules = PLACE
    moved = "support.place_moved"

    person = OtherTenantRow(Person)
    kind = models.CharField(max_length=10, blank=True)
    service = OtherTenantRow(Service, null=True)
    asked_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    nights_from = models.DateField(null=True)
    nights_to = models.DateField(null=True)
    unsuitable = models.BooleanField(null=True)
    unsuitable_why = models.CharField(max_length=20, blank=True)

    class Classified:
        none = RegisterRow.Classified.none | {"person", "asked_at", "offered_at", "taken_at", "refused_at"}
        sensitive = frozenset({"kind", "service", "nights_from", "nights_to", "unsuitable", "unsuitable_why"})

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(state__in=[*PLACE.states]), name="place_state_known"),
            CheckConstraint(condition=Q(kind__in=["", *KINDS]), name="place_kind_known"),
            CheckConstraint(condition=Q(service__isnull=True) | Q(kind="service"), name="place_service_is_a_service"),
            CheckConstraint(
                condition=Q(unsuitable=True, unsuitable_why__in=[*UNSUITABLE]) | Q(unsuitable_why=""), name="place_unsuitable_why"
            ),
            CheckConstraint(
                condition=Q(nights_to__isnull=True) | Q(nights_from__isnull=False, nights_to__gte=F("nights_from")),
                name="place_nights_in_order",
            ),
        ]
        indexes = [
            Index(fields=["tenant", "person", "-asked_at", "id"], name="place_person"),
            Index(fields=["tenant", "due_at", "id"], name="place_due"),
        ]

    def logged(self) -> dict[str, Any]:
        """Its case and person, for the audit log."""
        return {"subject": str(self.id), "case": self.person.case_id, "people": [self.person_id]}


class PlaceMove(RegisterMove):
    """One move of a request for a place."""

    row = OtherTenantRow(PlaceRequest, related_name="moves")

    class Meta:
        indexes = [Index(fields=["tenant", "row", "moved_at"], name="place_move_row")]
