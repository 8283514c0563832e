"""The pages of investigations: who may, what is refused and how it goes on, and that nothing typed is lost."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lodestar.casework.allocation import actions as allocations
from lodestar.casework.allocation.models import Allocation
from lodestar.casework.cases.models import Case
from lodestar.casework.investigations import actions
from lodestar.casework.investigations.models import Crime, Review
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.accounts.models import Membership, Unit
from lodestar.platform.audit.models import Event
from tests.factories.accounts import DutyFactory, a_member
from tests.factories.administering import administering
from tests.factories.cases import MET, a_case, a_person
from tests.factories.investigations import a_detective
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")
NOW = datetime(2026, 3, 3, 2, 57, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def night():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def officer():
    return a_member("frontline", name="PC Brandreth")


@pytest.fixture
def case(officer):
    return a_case(officer)


@pytest.fixture
def person(officer, case):
    return a_person(officer, case, name="Petra Kovaľová")


def an_inspector(rank="detective_inspector"):
    member = a_member("detective_inspector", name="DI Haldane")
    with administering():
        Membership.objects.filter(id=member.membership).update(rank=rank)
    return member


def owed(case, code):
    return {row.moment: row for row in Obligation.objects.filter(case=case, code=code)}


def in_step(case):
    return ledger.differences([Case.objects.get(id=case.id)]) == []


def words(response):
    return response.content.decode()


# --- the crime number ----------------------------------------------------------------------------------------------


def test_the_officer_writes_a_crime_number_once(client, officer, case, person):
    web, path = signed_in(client, officer), f"/people/{person.id}/crime"
    typed = form(number="37/1201/26", at="0100")
    assert web.post(path, typed).status_code == web.post(path, typed).status_code == 302
    row = Crime.objects.get()
    assert (row.number, row.at) == ("37/1201/26", datetime(2026, 3, 3, 1, 0, tzinfo=UTC))
    assert owed(case, "record_crime")[""].state == "closed"
    assert "37/1201/26" in words(web.get(path))
    assert in_step(case)


def test_two_victims_with_one_number_is_asked_about_and_then_taken(client, officer, case, person):
    other = a_person(officer, case, name="Jaz")
    actions.record_crime(by=officer, at=MET, person=other, kind="recorded", number="37/1")
    web, path = signed_in(client, officer), f"/people/{person.id}/crime"
    asked = web.post(path, form(number="37/1 "))
    assert asked.status_code == 422
    assert "Jaz has this number too. Each victim has a separate crime" in words(asked)
    assert web.post(path, form(number="37/1", same_number="on")).status_code == 302


@pytest.mark.parametrize(("kind", "state"), [("not_possible", "open"), ("not_needed", "closed")])
def test_why_there_is_no_number(client, officer, case, person, kind, state):
    web, path = signed_in(client, officer), f"/people/{person.id}/crime"
    assert web.post(path, form(why_not="The system is down.")).status_code == 422
    assert web.post(path, form(why_kind=kind)).status_code == 422
    assert web.post(path, form(why_kind=kind, why_not="The system is down.")).status_code == 302
    assert owed(case, "record_crime")[""].state == state
    assert in_step(case)
    shown = {"not_possible": "Not yet: The system is down.", "not_needed": "None is needed: The system is down."}[kind]
    assert shown in words(web.get(path))
    other = a_person(officer, case, name="Jaz")
    beside = words(web.get(f"/people/{other.id}/crime"))
    assert f"{shown[0].lower()}{shown[1:]}" in beside
    assert Event.objects.filter(code="investigations.no_crime_number", people=[person.id]).count() == 1
    assert not Event.objects.filter(code="investigations.crime_recorded").exists(), "nobody is told that it has a number"
    web.post(path, form(number="37/5/26"))
    assert Obligation.objects.get(person=person, code="record_crime").state == "closed"
    assert ": 37/5/26" in words(web.get(f"/people/{other.id}/crime"))
    assert in_step(case)


def test_a_number_that_cannot_be_had_yet_is_with_the_supervisor_who_reads_why(client, officer, case, person):
    actions.record_crime(by=officer, at=MET, person=person, kind="not_possible", why_not="The system is down until six.")
    row = owed(case, "record_crime")[""]
    assert (row.state, row.with_role, row.not_possible) == ("open", "supervisor", True)
    supervisor = a_member("supervisor", unit=case.unit)
    page = words(signed_in(client, supervisor).get("/my-work"))
    assert "Not possible yet: record the modern slavery crime" in page
    assert "The system is down until six." in page
    assert officer.name in page
    answered = {"case": case, "obligations": [row], "kind": "not_possible"}
    answer_duty(by=officer, at=MET + timedelta(minutes=1), because="Still down at seven.", **answered)
    page = words(client.get("/my-work"))
    assert "Still down at seven." in page, "the latest that was said"
    assert "until six" not in page


@each(
    ("typed", "said"),
    [
        ({"number": "1", "at": "99"}, "is not a time"),
        ({"number": "9" * 41}, "and 40 fit"),
        ({"number": "\x00"}, "Write the crime number"),
        ({"why_kind": "drop table", "why_not": "x"}, "is not one of the answers. Choose one"),
    ],
)
def test_a_crime_number_that_cannot_be_read(client, officer, person, typed, said):
    response = signed_in(client, officer).post(f"/people/{person.id}/crime", form(**typed))
    assert response.status_code == 422
    assert said in words(response)
    assert not Crime.objects.exists()


# --- giving the case to a detective --------------------------------------------------------------------------------


@pytest.fixture
def allocation():
    return a_member("crime_allocation", name="Gwen Abara")


def test_a_pip2_detective_is_chosen_from_a_list_with_unit_and_cases(client, allocation, case, person):
    detective, trainee = a_detective(name="DC Marchetti"), a_detective("trainee_detective", name="T/DC Nandakumar")
    web, path = signed_in(client, allocation), f"/cases/{case.reference}/allocate"
    shown = words(web.get(path))
    assert "DC Marchetti" in shown
    assert "No open case." in shown
    assert trainee.name in shown
    assert "Number 2. Cannot take it." in shown
    assert "PC Brandreth has been acting case owner" in shown
    typed = form(owner=str(detective.user), version="0")
    assert web.post(path, typed).status_code == web.post(path, typed).status_code == 302
    assert Allocation.objects.get().kind == "pip2"
    assert Case.objects.get().owner_id == detective.user
    assert signed_in(client, detective).get(f"/people/{person.id}/crime").status_code == 200
    assert in_step(case)


def test_below_pip2_is_refused_with_two_ways_on_and_what_has_happened_is_recorded(client, allocation, case, person):
    trainee, inspector = a_detective("trainee_detective", name="T/DC Nandakumar"), an_inspector()
    DutyFactory(user_id=inspector.user, post="inspector")
    web, path = signed_in(client, allocation), f"/cases/{case.reference}/allocate"
    typed = {"somebody": "t/dc nandakumar", "at": "0130", "reason": "Nobody else on.", "version": "0"}
    refused = web.post(path, form(**typed))
    assert refused.status_code == 422
    assert not Allocation.objects.exists()
    assert "T/DC Nandakumar is not recorded as PIP2 on 3 March" in words(refused)
    assert "On duty: DI Haldane." in words(refused)
    assert "It has already happened: record it" in words(refused)
    assert "Nobody else on." in words(refused)
    assert web.post(path, form(happened="yes", **typed)).status_code == 302
    row = Allocation.objects.get()
    at = datetime(2026, 3, 3, 1, 30, tzinfo=UTC)
    assert (row.kind, row.owner_id, row.at, row.meets) == ("happened_without", trainee.user, at, [])
    anew = owed(case, "allocate_pip2_owner")["happened without 2026-03-03T01:30:00Z"]
    assert (anew.state, anew.due_at) == ("open", at), "overdue at once"
    shown = words(web.get(path))
    assert "was not recorded as PIP2 that day" in shown
    assert "Went ahead without" in shown
    assert "College of Policing APP (PIP2 or higher): not met." in shown
    assert in_step(case)


def test_a_name_of_nobody_or_of_several_is_said(client, allocation, case):
    web, path = signed_in(client, allocation), f"/cases/{case.reference}/allocate"
    a_detective(name="DC Smith")
    a_detective(name="DC Smith")
    for somebody, said in (("DC Nobody", "No one working that day is called"), ("dc  smith", "more than one colleague")):
        response = web.post(path, form(somebody=somebody, version="0"))
        assert response.status_code == 422
        assert said in words(response)
    for owner in ("", "nonsense", str(case.id), "\x00'; --"):
        response = web.post(path, form(owner=owner, version="0"))
        assert response.status_code == 422
        assert "Choose someone from the list" in words(response)
    assert not Allocation.objects.exists()


def test_two_at_once_the_second_sees_the_first_and_sends_it_again(client, allocation, case, person):
    first, second = a_detective(name="DC First"), a_detective(name="DC Second")
    allocations.allocate(by=allocation, at=NOW, case=case, owner=first.user, seen=0)
    web, path = signed_in(client, a_member("crime_allocation")), f"/cases/{case.reference}/allocate"
    stale = web.post(path, form(owner=str(second.user), version="0"))
    assert stale.status_code == 422
    assert "DC First was given this case by Gwen Abara at 02:57, while you were writing" in words(stale)
    assert 'name="version" value="1"' in words(stale)
    assert web.post(path, form(owner=str(second.user), version="1")).status_code == 302
    assert Case.objects.get().owner_id == second.user


def test_a_long_list_is_paged(client, allocation, case):
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXY":
        a_detective(name=f"DC Letter {letter}zx")
    web, path = signed_in(client, allocation), f"/cases/{case.reference}/allocate"
    first = words(web.get(path))
    assert "DC Letter Tzx" in first
    assert "DC Letter Uzx" not in first
    assert "Show the next" in first
    start = first.split("?from=")[1].split('"')[0]
    assert "DC Letter Uzx" in words(web.get(f"{path}?from={start}"))
    assert len(first.encode()) < 30_000
    assert web.get(path, {"from": "'"}).status_code == 200


# --- a detective inspector's authority -----------------------------------------------------------------------------


def test_an_authority_runs_24_hours_is_counted_and_then_the_page_says_that_it_has_ended(client, case, person, night):
    trainee, inspector, pip2 = a_detective("trainee_detective", name="T/DC Nandakumar"), an_inspector(), a_detective()
    web, path = signed_in(client, inspector), f"/cases/{case.reference}/authority"
    typed = {"owner": str(trainee.user), "supervised_by": str(pip2.user), "version": "0"}
    assert web.post(path, form(**typed)).status_code == 422, "without a reason"
    assert web.post(path, form(reason="Nobody on until Wednesday.", **typed)).status_code == 302
    row = Allocation.objects.get()
    assert (row.expires_at, row.meets, row.authorised_by_id) == (NOW + 24 * HOUR, ["force"], inspector.user)
    assert Event.objects.filter(code="investigations.authority_given").count() == 1
    night.move_to(NOW + 24 * HOUR - timedelta(minutes=1))
    web = signed_in(client, inspector)
    shown = words(web.get(path))
    assert "has it by DI Haldane’s authority until" in shown
    assert "this would be number 2" in shown
    assert "Force policy (detective-trained): met." in shown
    night.move_to(NOW + 24 * HOUR)
    assert "which ended 02:57, 0 minutes ago" in words(web.get(path))
    assert in_step(case)


# --- reviews -------------------------------------------------------------------------------------------------------


@pytest.fixture
def supervisor(officer):
    return a_member("supervisor", unit=Unit.objects.get(id=officer.unit), name="Sgt Solanki")


def test_a_review_with_directions_answers_the_one_that_is_owed(client, supervisor, officer, case, person):
    actions.record_crime(by=officer, at=MET, person=person, kind="recorded", number="1")
    web, path = signed_in(client, supervisor), f"/cases/{case.reference}/review"
    assert "The review of 72 hours" in words(web.get(path))
    noted = web.post(path, form(directions="Noted.", version="0"))
    assert noted.status_code == 422
    assert "“Noted” is not a direction" in words(noted)
    typed = form(directions="Seize the phones by Friday.", version="0")
    assert web.post(path, typed).status_code == web.post(path, typed).status_code == 302
    row = Review.objects.get()
    assert (row.moments, row.to_id) == (["72 hours"], officer.user)
    assert owed(case, "supervise_investigation")["72 hours"].state == "closed"
    shown = words(web.get(path))
    assert "Seize the phones by Friday." in shown
    assert "No review is due now" in shown
    assert in_step(case)


def test_a_review_written_while_a_colleague_wrote_one(client, supervisor, case, person):
    actions.review(by=a_member("detective_inspector", name="DI H"), at=NOW, case=case, directions="See her.", seen=0)
    web, path = signed_in(client, supervisor), f"/cases/{case.reference}/review"
    stale = web.post(path, form(directions="See him.", version="0"))
    assert stale.status_code == 422
    assert "DI H reviewed this at 02:57, while you were writing" in words(stale)
    assert "See him." in words(stale)


# --- who may, and what it costs ------------------------------------------------------------------------------------

PAGES = {
    "crime": ("/people/{person}/crime", "frontline"),
    "allocate": ("/cases/{case}/allocate", "crime_allocation"),
    "authority": ("/cases/{case}/authority", "detective_inspector"),
    "review": ("/cases/{case}/review", "detective_inspector"),
}


def test_pages_are_light_and_ask_the_database_little(client, officer, allocation, case, person):
    inspector = an_inspector()
    detectives = [a_detective(name=f"DC {number}") for number in range(22)]
    for number in range(12):
        a_person(officer, case)
        allocations.allocate(by=allocation, at=NOW, case=case, owner=detectives[number].user, seen=number, reason="x" * 300)
        actions.review(by=inspector, at=NOW, case=case, directions="See the landlord. " * 20, seen=number)
        actions.record_crime(by=officer, at=NOW, person=person, kind="recorded", number=str(number))
    typed = {
        "crime": (officer, {"number": "77"}),
        "allocate": (allocation, {"owner": str(detectives[3].user), "version": "12", "override": "other", "reason": "Hers."}),
        "authority": (inspector, {"owner": str(a_detective("").user), "reason": "Nobody on.", "version": "13"}),
        "review": (inspector, {"directions": "See the bank.", "version": "12"}),
    }
    for page, (member, told) in typed.items():
        path = PAGES[page][0].format(person=person.id, case=case.reference)
        web = signed_in(client, member)
        with at_most(15):
            shown = web.get(path)
        assert shown.status_code == 200
        assert len(shown.content) < 30_000
        assert "kovaľ" not in words(shown).split("</title>")[0].lower()
        with at_most(42 if page == "allocate" else 40):  # the ranking is read again, for the place of whoever was chosen
            assert web.post(path, form(**told)).status_code == 302
