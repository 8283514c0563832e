"""What a person needs and wishes, as it was assessed; the first five days; and uses of that for another purpose."""

import json
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Index, Q, UniqueConstraint

from lodestar.casework.cases.models import Person
from lodestar.casework.needs.rules import DAYS, KINDS, LEVELS, MET, NEED, PARTS, REASONS, UNMET, USES, WISHES
from lodestar.platform.approvals.models import checks
from lodestar.platform.registers.models import RegisterMove, RegisterRow
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, RecordedRow


def _user() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class NeedsAssessment(RecordedRow):
    """One assessment: ours with its answers, or that `provider` has made one, which is not repeated. `version` is that of the
    questions; where another made it and nothing was copied, both are empty. `closes` are the moments for which it was owed
    besides the first: the stages of support since then. Only ever added."""

    person = OtherTenantRow(Person)
    kind = models.CharField(max_length=8)
    stage = models.CharField(max_length=24, blank=True)  # of support at the time, as far as it is known
    provider = models.CharField(max_length=120, blank=True)
    version = models.CharField(max_length=10, blank=True)
    answers = SealedTextField(blank=True, default=b"")
    closes = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    assessed_at = models.DateTimeField()

    class Classified:
        sensitive = frozenset({"answers"})
        none = frozenset(
            {
                "id", "tenant", "person", "kind", "stage", "provider", "version", "closes", "assessed_at", "recorded_at",
                "recorded_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = checks(
            "assessment", kind_known=Q(kind__in=KINDS), says_what_or_who=~Q(provider="") | (~Q(version="") & ~Q(answers=b""))
        )
        indexes = [Index(fields=["tenant", "person", "-assessed_at", "-id"], name="assessment_latest")]

    @property
    def answered(self) -> dict[str, str]:
        """The answers, by question."""
        answers: dict[str, str] = json.loads(str(self.answers) or "{}")
        return answers


class Need(RegisterRow):
    """One need of one domain, from the assessment that found it until it is met or found no more: codes alone, for lists."""

    person = OtherTenantRow(Person)
    domain = models.CharField(max_length=24)
    level = models.CharField(max_length=8)
    wish = models.CharField(max_length=16, blank=True)  # empty: not asked
    provider = models.CharField(max_length=120, blank=True)  # who offered help with it
    stage = models.CharField(max_length=24, blank=True)
    unmet_reason = models.CharField(max_length=24, blank=True)  # empty: not looked into yet
    reason_source = models.CharField(max_length=16, blank=True)  # of which record the reason is; empty: a person's
    reason_row = models.UUIDField(null=True)  # that record
    district = models.CharField(max_length=9, blank=True)  # its ONS code; empty: not known
    distance_km = models.PositiveSmallIntegerField(null=True)  # to the nearest help there is
    since = models.DateTimeField()
    met_at = models.DateTimeField(null=True)

    rules = NEED
    moved = "support.need_moved"

    class Classified:
        sensitive = frozenset({"domain", "level", "wish", "unmet_reason", "reason_source", "provider"})
        personal = frozenset({"district", "distance_km"})
        none = RegisterRow.Classified.none | {"person", "stage", "since", "met_at", "reason_row"}

    class Meta:
        constraints = [
            *checks(
                "need", level_known=Q(level__in=LEVELS), wish_known=Q(wish__in=["", *WISHES]),
                reason_known=Q(unmet_reason__in=["", *REASONS]), met_since=Q(state=UNMET, met_at__isnull=True)
                | Q(state=MET, met_at__isnull=False),
            ),
            UniqueConstraint(fields=["tenant", "person", "domain"], name="need_open_once", condition=Q(state=UNMET)),
        ]  # fmt: skip
        indexes = [Index(fields=["tenant", "since", "id"], name="need_unmet", condition=Q(state=UNMET))]

    def logged(self) -> dict[str, Any]:
        """Whose it is; of what, the log does not say."""
        return super().logged() | {"case": self.person.case_id, "people": [self.person_id]}


class NeedMove(RegisterMove):
    """That a need was met, or looked into and why it is not."""

    row = OtherTenantRow(Need, related_name="moves")


class BridgeEntry(RecordedRow):
    """Who or what is there for a person on one of the first five days, for one part of it; on day 0, on every day. The latest
    counts, an empty one takes back. Of where they sleep only the kind of place. Only ever added."""

    person = OtherTenantRow(Person)
    day = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=12)
    arranged = SealedTextField(blank=True, default=b"")

    class Classified:
        sensitive = frozenset({"arranged"})
        none = frozenset({"id", "tenant", "person", "day", "part", "recorded_at", "recorded_by"})

    class Meta:
        constraints = checks("bridge", part_known=Q(part__in=PARTS), day_known=Q(day__lte=DAYS))
        indexes = [Index(fields=["tenant", "person", "recorded_at", "id"], name="bridge_person")]


class SupportUse(RecordedRow):
    """That support records of a person are opened for another purpose by who records it, for a day. Only ever added."""

    person = OtherTenantRow(Person)
    used_for = models.CharField(max_length=16)
    power = models.CharField(max_length=120)  # what law allows it, or that the person agreed
    reason = SealedTextField()

    class Classified:
        sensitive = frozenset({"reason"})
        none = frozenset({"id", "tenant", "person", "used_for", "power", "recorded_at", "recorded_by"})

    class Meta:
        constraints = checks("support_use", purpose_known=Q(used_for__in=USES), says_by_what=~Q(power=""))
        indexes = [Index(fields=["tenant", "person", "recorded_by", "-recorded_at"], name="support_use_latest")]
