"""Help offered again to somebody who said no: each offer, or try at one, as it was."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q

from lodestar.casework.cases.models import Person
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel

HOW = ("met", "agreed_call", "trusted_person", "they_came")
CAME_TO_US = ("they_came",)
NOT_TRIED = ("unsafe",)  # no contact was made
OUTCOMES = ("no", "time", "yes", "unwanted", "unsafe", "not_reached")


class Offer(TenantModel):
    """One offer of help after a refusal. `since` is the refusal that stood then; None where none did."""

    person = OtherTenantRow(Person)
    offered_at = models.DateTimeField()
    since = models.DateTimeField(null=True)
    how = models.CharField(max_length=16, blank=True)
    as_agreed = models.BooleanField(null=True)  # in the way agreed with them for contact
    known_officer = models.BooleanField(null=True)  # offered by someone they know
    outcome = models.CharField(max_length=12)
    said = models.CharField(max_length=500, blank=True)  # in their words, if they wished to say
    leaflet = models.CharField(max_length=40, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        sensitive = frozenset({"how", "as_agreed", "known_officer", "outcome", "said"})
        none = frozenset({"id", "tenant", "person", "offered_at", "since", "leaflet", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(how__in=["", *HOW]), name="offer_how_known"),
            CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="offer_outcome_known"),
        ]
        indexes = [Index(fields=["tenant", "person", "-offered_at", "id"], name="offer_latest")]
