"""Exhibits, accounts, lines of enquiry, unused and third-party material."""

import factory

from lodestar.casework.enquiries import models as enquiries
from lodestar.casework.enquiries.rules import LINES
from lodestar.casework.evidence import models as evidence
from tests.factories.accounts import Somebody
from tests.factories.cases import MET, CaseFactory, PersonFactory


class _RecordedFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    recorded_at = MET
    recorded_by = Somebody()


class ExhibitFactory(_RecordedFactory):
    class Meta:
        model = evidence.Exhibit

    case = factory.SubFactory(CaseFactory)
    reference = factory.Sequence(lambda n: f"EX/{n}")  # none that a test types
    kind = "physical"
    what = "A rope"


class AccountRequestFactory(_RecordedFactory):
    class Meta:
        model = evidence.AccountRequest

    person = factory.SubFactory(PersonFactory)
    shown = factory.LazyAttribute(lambda row: [row.person.id])
    line = "victim_strategy"
    reason = "Who held the passport"
    asked_at = MET


class AccountFactory(_RecordedFactory):
    class Meta:
        model = evidence.Account

    person = factory.SubFactory(PersonFactory)
    number = 1
    taken_at = MET
    way = "notes"
    words = "He kept my card"


class _OwnedFactory(_RecordedFactory):
    class Meta:
        abstract = True

    case = factory.SubFactory(CaseFactory)
    owner = factory.SelfAttribute("recorded_by")


class LineOfEnquiryFactory(_OwnedFactory):
    class Meta:
        model = enquiries.LineOfEnquiry

    code = factory.Iterator([code for code in LINES if code != "covert"])  # each is once in a case
    state = "open"


class UnusedItemFactory(_OwnedFactory):
    class Meta:
        model = enquiries.UnusedItem

    state = "not_reviewed"
    what = "A neighbour's complaint"
    where = "Log 4411"


class MaterialRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = enquiries.MaterialRequest

    person = factory.SubFactory(PersonFactory)
    line = factory.LazyAttribute(lambda row: LineOfEnquiryFactory(case=row.person.case))
    kind = "health"
    who = "Marlsea General"
    what = "Notes of one night"
    reason = "Shows the injuries"
    notice = "given"
    asked_at = MET
    asked_by = Somebody()
