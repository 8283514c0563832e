"""Exhibits by reference, who had them when, and the accounts that people gave. Rows are only ever added."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Index, Q, UniqueConstraint

from lodestar.casework.case_files.models import CaseFile
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.evidence.rules import COVERED, DISTRESS, INTERPRETERS, KINDS, WAYS
from lodestar.platform.approvals.models import checks
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, RecordedRow


def _codes() -> ArrayField:
    return ArrayField(models.CharField(max_length=16), default=list, blank=True)


class Exhibit(RecordedRow):
    """An exhibit of a case, by its reference: never the thing itself. `file` is the photograph or paper of the case that it is,
    where it is one; `distressing` says in which ways it may distress who looks at it."""

    case = OtherTenantRow(Case)
    person = OtherTenantRow(Person, null=True)  # whom it concerns, where it is one
    file = OtherTenantRow(CaseFile, null=True)
    reference = models.CharField(max_length=40)
    kind = models.CharField(max_length=16)
    what = SealedTextField()
    where = SealedTextField(blank=True, default=b"")
    found_at = models.DateTimeField(null=True)
    finder = models.CharField(max_length=120, blank=True)  # a name or number
    distressing = _codes()

    class Classified:
        none = RecordedRow.Classified.none | {"case", "person", "file", "kind"}
        personal = frozenset({"reference", "found_at", "finder"})
        sensitive = frozenset({"what", "where", "distressing"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "case", "reference"], name="exhibit_reference_once"),
            *checks("exhibit", known=~Q(reference="") & Q(kind__in=[*KINDS], distressing__contained_by=[*DISTRESS])),
        ]


class ExhibitCorrection(RecordedRow):
    """What is wrong in the record of an exhibit, and what is right: what was written stays."""

    exhibit = OtherTenantRow(Exhibit, related_name="corrections")
    words = SealedTextField()

    class Classified:
        none = RecordedRow.Classified.none | {"exhibit"}
        sensitive = frozenset({"words"})


class ExhibitHolding(RecordedRow):
    """That somebody had an exhibit from when to when, where, and why it came to them; without an end until the next had it."""

    exhibit = OtherTenantRow(Exhibit, related_name="holdings")
    holder = models.CharField(max_length=120)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    where = models.CharField(max_length=200)
    why = SealedTextField()

    class Classified:
        none = RecordedRow.Classified.none | {"exhibit", "from_at", "to_at"}
        personal = frozenset({"holder", "where"})
        sensitive = frozenset({"why"})

    class Meta:
        constraints = checks("exhibit_holding", in_order=~Q(holder="") & (Q(to_at__isnull=True) | Q(to_at__gte=F("from_at"))))
        indexes = [Index(fields=["tenant", "exhibit", "from_at", "id"], name="exhibit_holding_exhibit")]


class AccountRequest(RecordedRow):
    """That a further account is asked for: after those of `shown` were on the page, for a reason and a line of enquiry, which is
    a code of `enquiries/reference/enquiry_lines.toml`."""

    person = OtherTenantRow(Person)
    shown = ArrayField(models.UUIDField())
    line = models.CharField(max_length=24)
    reason = SealedTextField()
    asked_at = models.DateTimeField()

    class Classified:
        none = RecordedRow.Classified.none | {"person", "shown", "line", "asked_at"}
        sensitive = frozenset({"reason"})

    class Meta:
        constraints = checks("account_request", after_others=~Q(line="") & Q(shown__len__gt=0))
        indexes = [Index(fields=["tenant", "person", "-asked_at", "id"], name="account_request_person")]


class Account(RecordedRow):
    """One account that a person gave beside the videos of their first (`cases.FirstAccount`, which the ledger of accounts reads
    with these). `request` asked for it; `happened_without`: it was a further one, and nobody had asked for it so."""

    person = OtherTenantRow(Person)
    number = models.PositiveSmallIntegerField()  # among all accounts of the person when it was recorded
    request = OtherTenantRow(AccountRequest, null=True)
    happened_without = models.BooleanField(default=False)
    taken_at = models.DateTimeField()
    taker = models.CharField(max_length=120, blank=True)  # a name or number
    way = models.CharField(max_length=16)
    reference = models.CharField(max_length=60, blank=True)  # of the video or statement
    covered = _codes()
    words = SealedTextField(blank=True, default=b"")
    interpreter = models.CharField(max_length=16, blank=True)
    present = models.CharField(max_length=200, blank=True)  # who else was there
    distressing = _codes()

    class Classified:
        none = RecordedRow.Classified.none | {"person", "number", "request", "happened_without", "taken_at"}
        personal = frozenset({"taker", "way", "reference", "interpreter", "present"})
        sensitive = frozenset({"covered", "words", "distressing"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "person", "number"], name="account_number_once"),
            UniqueConstraint(fields=["tenant", "request"], name="account_request_once", condition=Q(request__isnull=False)),
            *checks(
                "account",
                known=Q(way__in=[*WAYS], interpreter__in=["", *INTERPRETERS], distressing__contained_by=[*DISTRESS]),
                covered_known=Q(covered__contained_by=[*COVERED]),
                without_is_not_asked=Q(happened_without=False) | Q(request__isnull=True),
            ),
        ]
