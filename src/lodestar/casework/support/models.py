"""Support of a person: the stage that follows from what happened, what was recorded of it, and help offered again after a no."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.casework.cases.models import Person
from lodestar.casework.support.rules.stages import STAGES
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, RecordedRow, TenantModel

HOW = ("met", "agreed_call", "trusted_person", "they_came")
CAME_TO_US = ("they_came",)
NOT_TRIED = ("unsafe",)  # no contact was made
OUTCOMES = ("no", "time", "yes", "unwanted", "unsafe", "not_reached")


class Offer(RecordedRow):
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

    class Classified:
        sensitive = frozenset({"how", "as_agreed", "known_officer", "outcome", "said"})
        none = frozenset({"id", "tenant", "person", "offered_at", "since", "leaflet", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(how__in=["", *HOW]), name="offer_how_known"),
            CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="offer_outcome_known"),
        ]
        indexes = [Index(fields=["tenant", "person", "-offered_at", "id"], name="offer_latest")]


REACHED, NOT_REACHED, BEGAN, TRANSFER = "reached", "not_reached", "began", "transfer"
WITHDREW, ENDED, CAME_BACK = "withdrew", "ended", "came_back"
RECORD_KINDS = (REACHED, NOT_REACHED, BEGAN, TRANSFER, WITHDREW, ENDED, CAME_BACK)


class SupportRecord(RecordedRow):
    """What was recorded of the support of a person: a contact or a try at one, that support began, is to move, ended, or that
    they withdrew or came back. `who` is the service or worker, `words` the need and wish, or the reason."""

    person = OtherTenantRow(Person)
    kind = models.CharField(max_length=12)
    happened_at = models.DateTimeField()
    who = models.CharField(max_length=200, blank=True)
    words = SealedTextField()

    class Classified:
        sensitive = frozenset({"kind", "who", "words"})
        none = frozenset({"id", "tenant", "person", "happened_at", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [CheckConstraint(condition=Q(kind__in=RECORD_KINDS), name="support_record_known")]
        indexes = [Index(fields=["tenant", "person", "-happened_at", "id"], name="support_record_latest")]


class PossibleVictims(models.Manager["SupportStage"]):
    """The stages of possible victims, without the empty ones of others."""

    def get_queryset(self) -> models.QuerySet["SupportStage"]:
        return super().get_queryset().exclude(stage="")


class SupportStage(TenantModel):
    """The stage of a person as the rules give it from what happened, stored with the ledger so that lists need no reckoning; an
    empty one for who is no possible victim. Nobody writes it. `events` are those that decided it, but for their own answers, each
    with its day."""

    person = OtherTenantRow(Person)
    stage = models.CharField(max_length=24, blank=True)
    since = models.DateField(null=True)  # None: since they were met
    events = models.JSONField(default=list)
    is_child = models.BooleanField(default=False)
    turns_18 = models.DateField(null=True)  # of a child whose birthday is known
    wish = models.CharField(max_length=8, blank=True)  # about being contacted: unwanted, unsafe, or nothing against it

    objects = PossibleVictims()
    everybody: ClassVar[models.Manager["SupportStage"]] = models.Manager()

    class Classified:
        sensitive = frozenset({"stage", "since", "events", "is_child", "turns_18", "wish"})
        none = frozenset({"id", "tenant", "person"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "person"], name="support_stage_once"),
            CheckConstraint(condition=Q(stage__in=["", *STAGES]), name="support_stage_known"),
        ]
        indexes = [
            Index(fields=["tenant", "stage", "-person"], name="support_stage_list"),
            Index(fields=["tenant", "turns_18"], name="support_stage_18", condition=Q(turns_18__isnull=False)),
        ]
