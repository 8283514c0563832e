"""Cases from a file of another body's system: made once, and compared with everybody recorded before."""

import pytest
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.ledger import ledger
from lodestar.exchange.imports.actions.htcds import import_case
from lodestar.exchange.imports.rules.htcds import cases_in
from lodestar.intelligence.identities.models import Match, MatchAlert
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person

pytestmark = pytest.mark.usefixtures("fenmarch")

THEIRS = [
    {"prs_FirstName": "Ana", "prs_SecondName": "Popescu", "prs_Email": "a@b.org", "vic_TypeOfExploitation": ["ForcedLabour"]},
    {"prs_FirstName": "Ion", "x_lodestar_case": "BB-7", "cas_IncomingReferralDate": "2026-03-02"},
]  # fmt: skip


@pytest.fixture
def coordinator():
    return a_member("coordinator")


def taken(by):
    now = timezone.now()
    return [import_case(by=by, at=now, incoming=incoming) for incoming in cases_in(THEIRS, now.isoformat())]


def test_the_cases_are_made_once(coordinator):
    first, again = taken(coordinator), taken(coordinator)
    assert [(made.is_new, made.reference) for made in again] == [(False, made.reference) for made in first]
    assert set(Person.objects.values_list("name", flat=True)) == {"Ana Popescu", "Ion"}
    assert Case.objects.count() == 2
    assert ledger.differences(list(Case.objects.all())) == []


@pytest.mark.parametrize("sealed", [False, True])
def test_who_is_taken_in_is_compared_with_everybody_recorded_before(coordinator, sealed):
    """In the same transaction; the owners hear of it."""
    owner, second = a_member("investigator"), a_member("supervisor")
    case = a_case(owner)
    person = a_person(owner, case, name="Анна Попеску")
    if sealed:
        seal_case(by=second, at=MET, case=case, reason="A relative.", owners=[owner.user, second.user])
    taken(coordinator)
    match = Match.objects.get()
    assert (match.person.name, match.other_id) == ("Ana Popescu", person.id)
    assert (match.outcome == "sealed") is sealed
    alerted = set(MatchAlert.objects.filter(match=match, to__isnull=False).values_list("to", flat=True))
    assert alerted == ({owner.user, second.user} if sealed else {owner.user})
    assert Event.objects.filter(code="cases.people_compared").count() == 2  # once for each case, with its names
