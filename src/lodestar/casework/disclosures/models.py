"""What was used for another purpose, what immigration is told, and what was decided of texts before they left."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Index, Q

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.disclosures.rules import APPROVED_FOR, PURPOSES, RECORDED_FOR, USES, WAYS
from lodestar.platform.accounts.permissions import DETECTIVE_INSPECTORS, Permission
from lodestar.platform.approvals.models import Approval, approval_constraints, checks
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, RecordedRow, all_or_none


class PurposeChange(RecordedRow):
    """That something recorded for one purpose was used outside it: by whom it was received, under what power, and why. What was
    used stands nowhere here. Only ever added."""

    person = OtherTenantRow(Person)
    recorded_for = models.CharField(max_length=16)
    used_for = models.CharField(max_length=16)
    recipient = models.CharField(max_length=120)
    power = models.CharField(max_length=120)
    reason = SealedTextField()
    happened_at = models.DateTimeField()

    class Classified:
        sensitive = frozenset({"reason"})
        none = frozenset(
            {
                "id", "tenant", "person", "recorded_for", "used_for", "recipient", "power", "happened_at", "recorded_at",
                "recorded_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = checks(
            "crossing",
            purposes_known=Q(recorded_for__in=RECORDED_FOR) & Q(used_for__in=USES),
            says_to_whom_and_by_what=~Q(recipient="") & ~Q(power=""),
        )
        indexes = [
            Index(fields=["tenant", "-happened_at", "-id"], name="crossing_latest"),
            Index(fields=["tenant", "person", "-happened_at"], name="crossing_person"),
        ]


def _codes() -> ArrayField:
    return ArrayField(models.CharField(max_length=16))


class DisclosureApproval(Approval):
    """That somebody outside is to be told of a person, or was: asked by one, decided by a detective inspector who did not ask,
    then told. `happened_without`: it had been told before anybody approved it, and stays counted; where that was of what
    somebody had asked, the first of `askers` is who, and `told_outside` of what they asked says that it was told, but at no
    time for which it was approved."""

    person = OtherTenantRow(Person)
    recipient = models.CharField(max_length=120)
    power = models.CharField(max_length=120)  # under which it is told; of an address also what for
    happened_without = models.BooleanField(default=False)
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    told_outside = models.BooleanField(default=False, db_default=False)

    ranks = DETECTIVE_INSPECTORS
    lasts = APPROVED_FOR
    tells: ClassVar[Permission]  # held by those who work the case

    class Classified(Approval.Classified):
        none = Approval.Classified.none | {
            "person", "recipient", "power", "happened_without", "told_at", "told_by", "told_outside",
        }  # fmt: skip

    class Meta:
        abstract = True

    def logged(self) -> dict[str, Any]:
        """Whom it is of, who was told and under what power."""
        whom = {"case": self.person.case_id, "people": [self.person_id]}
        return super().logged() | whom | {"recipient": self.recipient, "power": self.power}


def _indexes(prefix: str) -> list[Index]:
    return [
        Index(fields=["tenant", "person", "-asked_at", "id"], name=f"{prefix}_person"),
        Index(fields=["tenant", "asked_at", "id"], name=f"{prefix}_waits", condition=Q(decided_at__isnull=True)),
        Index(fields=["tenant", "told_at"], name=f"{prefix}_without", condition=Q(happened_without=True)),
    ]


_SAYS = ~Q(recipient="") & ~Q(power="")
_OUTSIDE = Q(told_outside=False) | Q(happened_without=False, told_at__isnull=True)
_TOLD_AT_AND_BY = all_or_none("told_at", "told_by")
_TOLD_AS_DECIDED = Q(told_at__isnull=True) | Q(happened_without=True) | Q(approved=True, approved__isnull=False)


class ImmigrationDisclosure(DisclosureApproval):
    """That Immigration Enforcement is to be told of a person, or was."""

    way = models.CharField(max_length=16)
    purposes = _codes()
    parts = _codes()  # for which purposes that was recorded which is told
    what = SealedTextField(blank=True, default=b"")  # what is told; of another use alone its reason says it
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    decides = Permission.IMMIGRATION_DECIDE
    sees = tells = Permission.IMMIGRATION_TELL
    askers = ("proposed_by", "asked_by")

    class Classified(DisclosureApproval.Classified):
        sensitive = DisclosureApproval.Classified.sensitive | {"what"}
        none = DisclosureApproval.Classified.none | {"way", "purposes", "parts", "proposed_by"}

    class Meta:
        indexes = _indexes("immigration")
        constraints = [
            *approval_constraints("immigration", not_by_who_proposed="proposed_by"),
            *checks(
                "immigration",
                way_known=Q(way__in=WAYS),
                purposes_known=Q(purposes__contained_by=list(PURPOSES), purposes__len__gt=0),
                parts_known=Q(parts__contained_by=list(RECORDED_FOR), parts__len__gt=0),
                not_safeguarding_alone=Q(happened_without=True) | ~Q(purposes=["safeguarding"]),
                says_to_whom_and_by_what=_SAYS,
                told_outside_is_not_as_approved=_OUTSIDE,
                told_at_and_by=_TOLD_AT_AND_BY,
                told_as_decided=_TOLD_AS_DECIDED,
                without_is_told=Q(happened_without=False) | Q(told_at__isnull=False),
            ),
        ]

    def logged(self) -> dict[str, Any]:
        """The same, and by which way."""
        return super().logged() | {"fields": [f"way_{self.way}"]}


class NothingDisclosed(RecordedRow):
    """That somebody looked for each way by which Immigration Enforcement may have learned of the people of a case, and that until
    then nothing went but what is recorded. Only ever added."""

    case = OtherTenantRow(Case)
    looked_at = models.DateTimeField()
    note = SealedTextField()

    class Classified:
        sensitive = frozenset({"note"})
        none = frozenset({"id", "tenant", "case", "looked_at", "recorded_at", "recorded_by"})

    class Meta:
        indexes = [Index(fields=["tenant", "case", "looked_at"], name="nothing_disclosed_case")]


class AddressDisclosure(DisclosureApproval):
    """That somebody outside is to be told a safe address, or was. The address stands nowhere here."""

    use = models.CharField(max_length=16, blank=True, default="", db_default="")  # empty: told before it was asked
    crossing = SealedTextField(blank=True, default=b"")  # why, where that is outside the purpose it was recorded for
    first_asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    decides, sees, tells = Permission.ADDRESS_TELL_DECIDE, Permission.ADDRESS_VIEW, Permission.ADDRESS_RECORD
    askers = ("first_asked_by", "asked_by")

    class Classified(DisclosureApproval.Classified):
        sensitive = DisclosureApproval.Classified.sensitive | {"crossing"}
        none = DisclosureApproval.Classified.none | {"use", "first_asked_by"}

    class Meta:
        indexes = _indexes("address_telling")
        constraints = [
            *approval_constraints("address_telling", not_by_who_asked_first="first_asked_by"),
            *checks(
                "address_telling",
                use_known=Q(use__in=["", *USES]),
                says_to_whom_and_why=_SAYS,
                outside_is_not_as_approved=_OUTSIDE,
                told_at_and_by=_TOLD_AT_AND_BY,
                told_as_decided=_TOLD_AS_DECIDED,
            ),
        ]
