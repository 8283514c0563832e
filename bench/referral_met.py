"""What a force holds of a person when their referral is begun: the concern, the talk, the crime number, who is writing."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from lodestar.casework.case_files.actions.people import record_exploitation
from lodestar.casework.cases.models import ConsentAnswer, Person
from lodestar.casework.consent.actions import record_consent
from lodestar.casework.investigations import actions as investigations
from lodestar.casework.referral_forms.queries import read_now
from lodestar.casework.referral_forms.rules.route import answer_of
from lodestar.platform.accounts.access import member_from
from lodestar.platform.accounts.models import Membership
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.administering import administering

AGES = {"child": {"age_min": 15, "age_max": 15, "age_basis": "document", "birth_date": "2011"}}
FORCE = "lincolnshire"


def met(officer, journey: str) -> UUID:
    """A possible victim met two hours ago, with what the first hour records of them; of a second victim also the first, whose
    referral is written."""
    from tests.factories.cases import a_case

    with within(FORCE):
        with administering():
            Membership.objects.filter(user=officer).update(rank="constable", phone="01632 960001")
        member = member_from(Membership.objects.select_related("user").get(user=officer))
        case = a_case(member, at=timezone.now() - timedelta(hours=2), nation="england")
        if journey == "second":
            _written(member, _person(member, case, "adult", "Rareș Munteanu"))
            return _person(member, case, "adult", "Bela Nagy").id
        return _person(member, case, journey, "Rareș Munteanu").id


def demo_officer():
    """The response officer of the demo force."""
    with within("fenmarch"):
        return Membership.objects.select_related("user").get(user__username="officer").user


def demo_person(officer, number: int) -> UUID:
    """An adult of a case that the demo's officer opened, who agreed, alone and understood, and of whom nothing is written here:
    the nth from the latest, as the seed leaves them."""
    with within("fenmarch"):
        agreed = ConsentAnswer.objects.filter(nrm=True, spoke_alone=True, interpreter__in=["independent", "not_needed"])
        people = Person.objects.select_related("case").filter(
            id__in=agreed.values("person"), case__opened_by=officer, case__sealed=False, age_min__gte=18
        )  # fmt: skip
        latest_first = [(person.id, read_now(person)) for person in people.order_by("-case__encountered_at", "number")]
        return [person for person, read in latest_first if read.age.treat_as == "adult" and answer_of(read).counts_as][number]


def _person(member, case, journey: str, name: str):
    from tests.factories.cases import a_person

    at = case.encountered_at
    person = a_person(member, case, at=at, name=name, **AGES.get(journey, {}))
    what = {"type": "labour", "from_date": "2026-03", "where": ["uk"], "still_in_situation": False}
    record_exploitation(by=member, at=at, person=person, facts=what)
    if journey != "child":
        said = {"nrm": journey in ("adult", "second"), "spoke_alone": True, "interpreter": "not_needed", "wants_support": True}
        named = {"may_be_named": True} if journey == "cooperating" else {}
        record_consent(by=member, at=at, person=person, answer=said | named)
    number = f"37/{person.id.int % 90_000 + 10_000}/26"
    investigations.record_crime(by=member, at=at, person=person, kind="recorded", number=number)
    return person


def met_and_written(member) -> UUID:
    """The referral of an adult who agrees, written whole."""
    from tests.factories.cases import a_case

    with within(FORCE):
        case = a_case(member, at=timezone.now() - timedelta(hours=2), nation="england")
        return _written(member, _person(member, case, "adult", "Rareș Munteanu"))


def _written(member, person) -> UUID:
    """A referral, written whole."""
    from bench.referral_told import told_of
    from lodestar.casework.referral_forms.rules.sections import asks
    from lodestar.casework.referrals import actions

    version = "2026-04"
    writing = actions.begin_writing(by=member, at=timezone.now(), person=person, version=version)
    told = {code: words for code, words in told_of("adult").items() if not asks(version)[code].source}
    actions.write_answers(by=member, at=timezone.now(), writing=writing, answers=told, rows=0)
    return writing.id
