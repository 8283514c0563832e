"""Cases and what hangs on them, through the same actions as the pages where one exists."""

from datetime import UTC, datetime
from typing import Any

import factory
from django.utils import timezone

from lodestar.casework.case_files.actions.case import open_case
from lodestar.casework.case_files.actions.people import add_person
from lodestar.casework.case_files.models import CaseFile
from lodestar.casework.cases.models import (
    AllegedOffence,
    Case,
    CaseMember,
    ConsentAnswer,
    EarlierReferral,
    Exploitation,
    FirstAccount,
    OperationGroup,
    Person,
    SealOwner,
)
from lodestar.casework.consent.models import LeafletTranslation
from lodestar.casework.disclosures.actions import Words
from lodestar.casework.disclosures.models import AddressDisclosure, ImmigrationDisclosure, PurposeChange
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Handover, Obligation, ObligationAnswer
from lodestar.casework.safe_addresses.models import ContactRule, ContactWithout, SafeAddress, SafeAddressViewer
from lodestar.exchange.assess.models import Remark, RuleConfirmation
from lodestar.information_governance.access_alerts.models import StandardsAlert
from lodestar.intelligence.identities.models import PersonIndexKey
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import User
from lodestar.platform.obligations.closing_records import Record, closing_of
from tests.factories.accounts import Somebody, UnitFactory, UserFactory

MET = datetime(2026, 3, 2, 23, 40, tzinfo=UTC)


def a_case(by: Member, at: datetime = MET, **facts: Any) -> Case:
    """A case opened by this member."""
    return open_case(by=by, at=at, facts=facts)


def a_person(by: Member, case: Case, at: datetime = MET, **facts: Any) -> Person:
    """A possible victim with reasonable grounds, unless told otherwise."""
    told = {"roles": ["possible_victim"], "belief": "reasonable_grounds", "age_min": 34, "age_max": 34} | facts
    return add_person(by=by, at=at, case=case, facts=told)


def a_record(code: str, words: str = "So it was") -> Record:
    """The record that closes this code, with the fields it needs."""
    closing = closing_of(code)
    assert closing.kind, code
    choices = {name: next(iter(closing.kind.fields[name].choices), words) for name in closing.needs}
    return Record(closing.record, choices)


def typed_record(code: str, words: str = "So it was") -> dict[str, str]:
    """The same, as its page sends it."""
    return {f"record_{name}": value for name, value in a_record(code, words).fields.items()}


def closed_somehow(by: Member, case: Case, rows: list[Obligation], at: datetime = MET, **facts: Any) -> None:
    """Answers these as done in the ledger, also those that in truth only a page of their own closes."""
    with ledger.acting_on(case.id, by=by.user, at=at, code="cases.duty_answered"):
        for row in rows:
            key = {name: getattr(row, name) for name in ("person_id", "code", "subject", "moment", "rests_on")}
            told = {"kind": "done", "because": "so it was", "happened_at": at, "recorded_at": timezone.now()} | facts
            ObligationAnswer.objects.create(case=case, by_id=by.user, **key, **told)


class OperationGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OperationGroup

    name = factory.Sequence(lambda n: f"Operation {n}")


class CaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Case

    reference = factory.Sequence(lambda n: f"FM-00-{n:04d}")
    unit = factory.SubFactory(UnitFactory)
    opened_by = Somebody()
    interim_owner = factory.SelfAttribute("opened_by")
    encountered_at = MET
    recorded_at = MET


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    case = factory.SubFactory(CaseFactory)
    number = factory.Sequence(lambda n: n % 30000 + 1)
    recorded_at = MET
    recorded_by = Somebody()


class _OfCase(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    case = factory.SubFactory(CaseFactory)


class _OfPerson(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    person = factory.SubFactory(PersonFactory)


class CaseMemberFactory(_OfCase):
    class Meta:
        model = CaseMember

    user = factory.SubFactory(UserFactory)
    how = "given"
    from_at = MET


class SealOwnerFactory(_OfCase):
    class Meta:
        model = SealOwner

    user = factory.SubFactory(UserFactory)


class PersonMarksFactory(_OfPerson):
    class Meta:
        model = PersonIndexKey

    marks = [1, 2]
    told = '[[], "", null, null, "", "", [], []]'


class FirstAccountFactory(_OfPerson):
    class Meta:
        model = FirstAccount

    reference = "BWV-7714"
    taken_at = MET
    recorded_at = MET
    recorded_by = Somebody()


class ConsentAnswerFactory(_OfPerson):
    class Meta:
        model = ConsentAnswer

    asked_at = MET
    recorded_at = MET
    recorded_by = Somebody()


class LeafletTranslationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LeafletTranslation

    language = "polish"
    english_version = MET.date()
    text = "# Pomoc"
    checked_by = "A. Nowak, interpreter"
    checked_on = MET.date()
    filed_at = MET
    filed_by = Somebody()


class ExploitationFactory(_OfPerson):
    class Meta:
        model = Exploitation

    type = "labour"


class AllegedOffenceFactory(_OfPerson):
    class Meta:
        model = AllegedOffence

    act = "Misuse of Drugs Act 1971"
    section = "5(3)"


class EarlierReferralFactory(_OfPerson):
    class Meta:
        model = EarlierReferral

    route = "nrm"


class ObligationFactory(_OfCase):
    class Meta:
        model = Obligation

    code = factory.Sequence(lambda n: f"code_{n}")
    owed_by = with_role = "frontline"
    unit = factory.SelfAttribute("case.unit")
    when = "now"
    opens_at = MET
    opened_at = MET
    state = "open"


class _OfObligation(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    obligation = factory.SubFactory(ObligationFactory)


class HandOnFactory(_OfObligation):
    class Meta:
        model = Handover

    by = Somebody()
    handed_at = MET


class DutyAnswerFactory(_OfCase):
    class Meta:
        model = ObligationAnswer

    code = "make_safe"
    kind = "done"
    happened_at = MET
    recorded_at = MET
    by = Somebody()


def contact_rule(**facts: Any) -> dict[str, Any]:
    """A contact rule as its page gives it: text only, to a number."""
    day = MET.date()
    sealed = {"words": "", "words_not": "", "times": "", "who_may_answer": ""}
    told = {"channel": "text", "to_use": "07700 900123", "voicemail": None, "language": "", "agreed_by": ""}
    return sealed | told | {"agreed_on": day, "confirmed_on": day} | facts


class ContactRuleFactory(_OfPerson):
    class Meta:
        model = ContactRule

    channel = "text"
    to_use = "07700 900123"
    agreed_on = confirmed_on = MET.date()
    recorded_at = factory.LazyFunction(timezone.now)
    recorded_by = Somebody()


class ContactWithoutFactory(_OfPerson):
    class Meta:
        model = ContactWithout

    code = "tell_decision_safely"
    why = "They rang us"
    at = recorded_at = MET
    recorded_by = Somebody()


class SafeAddressFactory(_OfPerson):
    class Meta:
        model = SafeAddress

    address = "1 Nowhere Lane"
    recorded_at = factory.LazyFunction(timezone.now)
    recorded_by = Somebody()


class StandardsAlertFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StandardsAlert

    kind = "night"
    about = factory.SubFactory(UserFactory)
    day = MET.date()
    subject = "pages"
    number = 41
    raised_at = MET


class AddressTellingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AddressDisclosure

    person = factory.SubFactory(PersonFactory)
    recipient = "A refuge"
    power = "Safeguarding"
    reason = "A bed tonight"
    asked_at = MET
    asked_by = Somebody()


class ImmigrationDisclosureFactory(_OfPerson):
    class Meta:
        model = ImmigrationDisclosure

    way = "told"
    recipient = "An immigration officer"
    power = "Data Protection Act 2018 section 36"
    purposes = ["investigation"]
    parts = ["law_enforcement"]
    what = "That she was found"
    reason = "He hides there"
    asked_at = MET
    asked_by = Somebody()


def a_disclosure(**told: Any) -> Words:
    """What somebody proposes to tell immigration, or told them."""
    return Words(
        **{
            "way": "told", "recipient": "An immigration officer", "power": "Data Protection Act 2018 section 36",
            "purposes": ["investigation"], "parts": ["law_enforcement"], "what": "That she was found", "reason": "He hides there",
        }
        | told
    )  # fmt: skip


class CrossingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PurposeChange

    person = factory.SubFactory(PersonFactory)
    recorded_for = "support"
    used_for = "prosecution"
    recipient = "The Crown Prosecution Service"
    power = "Data Protection Act 2018 Schedule 2 paragraph 2"
    reason = "The court ordered it"
    happened_at = MET
    recorded_at = MET
    recorded_by = Somebody()


class SafeAddressViewerFactory(_OfPerson):
    class Meta:
        model = SafeAddressViewer

    user = factory.SubFactory(UserFactory)


class CaseFileFactory(_OfCase):
    class Meta:
        model = CaseFile

    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    name = "photo.jpg"
    media_type = "image/jpeg"
    size = 1
    added_at = MET
    added_by = Somebody()


class RemarkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Remark

    rule = "make_safe"
    words = "The number has changed."
    said_at = MET
    said_by = Somebody()


class RuleConfirmationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RuleConfirmation

    rule = "make_safe"
    words = "0" * 16
    source_read = "The statutory guidance, version 3.14, chapter 5."
    confirmed_at = MET
    confirmed_by = Somebody()


def user_of(member: Member) -> User:
    """The user row of a member."""
    return User.objects.get(id=member.user)


def theirs(member: Member, **about: Any) -> Person:
    """Somebody of a case that was given to the member."""
    person = PersonFactory(**about)
    CaseMemberFactory(case=person.case, user=user_of(member))
    return person
