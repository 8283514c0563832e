"""Other organisations that a force works with: its own, and what it adds to the national bodies."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.directory.partners.rules import AGREEMENTS, KINDS
from lodestar.platform.tenancy.models import OtherTenantRow, RecordedRow, all_or_none


class Partner(RecordedRow):
    """One organisation: the force's own with a name and kind, or a national one by the code of its body (`bodies.toml`), of which
    the force adds what it knows. `successor` is the code or the id of what took over after `closed_on`, its last day."""

    body = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    website = models.CharField(max_length=200, blank=True)
    powers = models.CharField(max_length=1000, blank=True)
    closed_on = models.DateField(null=True)
    successor = models.CharField(max_length=40, blank=True)
    confirmed_on = models.DateField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    version = models.PositiveIntegerField(default=1)

    class Classified:
        none = frozenset(
            {
                "id", "tenant", "body", "name", "kind", "website", "powers", "closed_on", "successor", "confirmed_on",
                "confirmed_by", "version", "recorded_at", "recorded_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "body"], condition=~Q(body=""), name="partner_body_once"),
            CheckConstraint(condition=~Q(body="") | (~Q(name="") & Q(kind__in=sorted(KINDS))), name="partner_has_a_name"),
            CheckConstraint(condition=all_or_none("confirmed_on", "confirmed_by"), name="partner_confirmed_on_and_by"),
        ]


class PartnerContact(RecordedRow):
    """Whom to ring or write to there, by what they do."""

    partner = OtherTenantRow(Partner)
    role = models.CharField(max_length=80)
    name = models.CharField(max_length=100, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    email = models.CharField(max_length=254, blank=True)
    hours = models.CharField(max_length=60, blank=True)  # as `contacts.rules.Hours.code`; blank is not known
    districts = ArrayField(models.CharField(max_length=60), default=list)

    class Classified:
        personal = frozenset({"name", "telephone", "email"})
        none = frozenset({"id", "tenant", "partner", "role", "hours", "districts", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [CheckConstraint(condition=~Q(telephone="") | ~Q(email=""), name="partner_contact_can_be_reached")]
        indexes = [Index(fields=["tenant", "partner", "role"], name="contact_of_partner")]


class Agreement(RecordedRow):
    """What the force and a partner agreed, and until when."""

    partner = OtherTenantRow(Partner)
    kind = models.CharField(max_length=20)
    from_date = models.DateField()
    to_date = models.DateField(null=True)
    reference = models.CharField(max_length=120, blank=True)

    class Classified:
        none = frozenset({"id", "tenant", "partner", "kind", "from_date", "to_date", "reference", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(kind__in=sorted(AGREEMENTS)), name="agreement_kind_known"),
            CheckConstraint(condition=Q(to_date__isnull=True) | Q(to_date__gte=models.F("from_date")), name="agreement_in_order"),
        ]
        indexes = [Index(fields=["tenant", "partner", "-from_date"], name="agreement_of_partner")]
