"""What passed between the police and the CPS in a case, and what came of it in court. Rows are only ever added."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Index, Q

from lodestar.casework.cases.models import AllegedOffence, Case, Person
from lodestar.casework.decisions.models import Decision
from lodestar.casework.prosecutions.rules import CONVICTION, CPS_INFORMED, DEPARTURE, HOW, KINDS, PLEAS
from lodestar.casework.section45.models import FullRecord
from lodestar.platform.approvals.models import checks
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel


class ProsecutionEntry(TenantModel):
    """One such thing at `at`. `who` is the prosecutor, whoever was informed or took part, or the court; `words` what was sent,
    said, decided or is to be done, or the reasons. `answers` is the request that a reply is to, `record` the version of section
    45 that it is filed against, `moment` which task to inform the CPS it does."""

    case = OtherTenantRow(Case)
    kind = models.CharField(max_length=20)
    person = OtherTenantRow(Person, null=True)
    offence = OtherTenantRow(AllegedOffence, null=True)
    answers = OtherTenantRow("self", null=True)
    decision = OtherTenantRow(Decision, null=True)
    record = OtherTenantRow(FullRecord, null=True)
    moment = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    at_words = models.CharField(max_length=40, blank=True)
    who = models.CharField(max_length=200)
    how = models.CharField(max_length=10, blank=True)
    plea = models.CharField(max_length=10, blank=True)
    words = SealedTextField(blank=True, default=b"")
    reply_by = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"who"})
        sensitive = frozenset({"kind", "plea", "words"})
        none = frozenset(
            {
                "id", "tenant", "case", "person", "offence", "answers", "decision", "record", "moment", "at", "at_words", "how",
                "reply_by", "recorded_at", "by",
            }
        )  # fmt: skip

    class Meta:
        constraints = checks(
            "prosecution",
            kind_known=Q(kind__in=[*KINDS]),
            says_who=~Q(who=""),
            how_known=Q(how__in=["", *HOW]),
            plea_of_a_conviction=Q(kind=CONVICTION, plea__in=[*PLEAS], offence__isnull=False) | ~Q(kind=CONVICTION) & Q(plea=""),
            departs_from_a_decision=~Q(kind=DEPARTURE) | Q(decision__isnull=False),
            informed_of_a_person=~Q(kind=CPS_INFORMED) | Q(person__isnull=False),
        )
        indexes = [Index(fields=["tenant", "case", "-at", "id"], name="prosecution_case")]
