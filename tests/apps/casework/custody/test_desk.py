"""The custody desk: two teenagers with wraps stand there at once, a release ends it, and nobody else sees through it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.case_facts.actions import record_event
from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.cases.access import RELEASED_LATELY
from lodestar.casework.cases.models import AllegedOffence, Person
from lodestar.casework.concerns.actions import ConcernInput, PersonInput, receive_concern
from lodestar.casework.custody.views import SHOWN
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.worklists import Worklists, listed
from lodestar.platform.audit.models import Event
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import a_member
from tests.factories.cases import AllegedOffenceFactory, a_case, a_person, a_record
from tests.factories.signed_in import form, html_of, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")


def teenager(name):
    facts = {"name": name, "roles": ["possible_victim", "suspect"], "age_max": 17, "age_basis": "estimated"}
    return PersonInput(new_id(), facts=facts, offence={"stage": "arrest"}, is_suspected=True)


@pytest.fixture
def officer():
    return a_member("frontline", name="PC Brandreth")


@pytest.fixture
def sergeant():
    return a_member("custody", name="Sgt Eze-Porter")


@pytest.fixture
def people(officer):
    """Two teenagers arrested with wraps, and a witness."""
    told = [teenager("Dean"), teenager("Kai"), PersonInput(new_id(), facts={"name": "Flo", "roles": ["witness"]})]
    concern = ConcernInput({"place": "Harbour Street"}, people=told, place_kind="street")
    case, _ = receive_concern(by=officer, at=timezone.now(), case_id=new_id(), concern_input=concern)
    return list(Person.objects.select_related("case").filter(case=case).order_by("number"))


def at_the_desk(client, sergeant):
    return re.findall(r'data-held="([^"]+)"', html_of(signed_in(client, sergeant), "/custody"))


def release(client, person, kind="released"):
    version = Person.objects.get(id=person.id).version
    return client.post(f"/people/{person.id}/custody", form(kind=kind, at="", version=str(version)))


def test_both_teenagers_stand_at_the_desk_at_once_children_first(client, people, sergeant):
    dean, kai, _ = people
    late = a_person(a_member("frontline"), a_case(a_member("frontline")), at=timezone.now(), place="custody", name="Ray")
    signed_in(client, sergeant)
    with at_most(11):
        page = html_of(client, "/custody")
    held = re.findall(r'data-held="([^"]+)"', page)
    assert (set(held[:2]), held[2:]) == ({str(dean.id), str(kai.id)}, [str(late.id)])
    look = Event.objects.filter(by=sergeant.user, code="cases.people_listed").latest("recorded_at")
    assert set(look.people) == {dean.id, kai.id, late.id}
    assert f"/people/{dean.id}/section-45-question" in page
    assert client.get("/").headers["Location"] == "/custody"
    assert 'data-desk="3"' in html_of(client, "/my-work")
    mine = {item.id for item in listed({"mine": Worklists(sergeant).mine()}, timezone.now(), 50)["mine"]}
    theirs = Obligation.objects.filter(person__in=[dean, kai, late], with_role="custody", state="open")
    assert mine == set(theirs.values_list("id", flat=True)) != set()


def test_an_exploiters_release_is_an_event_of_the_victims(client, officer, sergeant, people):
    boss = a_person(officer, people[0].case, at=timezone.now(), name="Boss", roles=["exploiter"], place="custody")
    before = Obligation.objects.filter(case=boss.case, code="victim_update").exclude(state="not_owed").count()
    assert "data-endangers" in html_of(signed_in(client, sergeant), f"/people/{boss.id}/custody")
    assert "data-endangers" not in html_of(client, f"/people/{people[0].id}/custody")
    assert release(client, boss).status_code == 302
    rows = Obligation.objects.filter(case=boss.case, code="victim_update", state="open")
    assert {row.person_id for row in rows if row.moment.startswith("suspect_release")} == {people[0].id, people[1].id}
    assert rows.count() == before + 2
    assert release(client, people[0]).status_code == 302
    assert rows.count() == before + 2, "a victim's own release is none"
    assert ledger.differences([boss.case]) == []


def test_whoever_may_be_a_child_comes_first_and_of_the_rest_only_the_age_is_read(client, officer, sergeant):
    now = timezone.now()
    for number in range(SHOWN + 1):
        a_person(officer, a_case(officer), at=now, place="custody", name=f"Man {number}", age_min=30, age_max=30)
    earlier = {"at": now - timedelta(hours=1), "place": "custody", "age_min": None, "age_max": None}
    disputed = a_person(officer, a_case(officer), name="Ana", age_basis="disputed", **earlier)
    by_act = a_person(officer, a_case(officer), name="Bo", **earlier)
    AllegedOffenceFactory(person=by_act, on_from="2026-10-01", on_to="2026-10-01", age_then_min=15, age_then_max=15)
    signed_in(client, sergeant)
    with at_most(12):
        page = html_of(client, "/custody")
    held = re.findall(r'data-held="([^"]+)"', page)
    assert (len(held), set(held[:2])) == (SHOWN, {str(disputed.id), str(by_act.id)})
    assert f"{SHOWN + 3} people arrested or in custody, 2 of them" in page


def test_a_release_ends_it_and_without_a_plan_is_recorded_all_the_same(client, people, sergeant):
    dean, kai, _ = people
    signed_in(client, sergeant)
    release(client, dean, "arrived")
    plan = Obligation.objects.get(person=dean, code="safe_release_plan")
    assert f"/owed/{plan.id}" in html_of(client, f"/people/{dean.id}/custody")
    assert release(client, dean).headers["Location"] == "/custody"
    dean.refresh_from_db()
    plan.refresh_from_db()
    assert (plan.state, plan.due_at) == ("open", dean.released_at)
    assert at_the_desk(client, sergeant) == [str(kai.id)]
    assert client.get(f"/people/{dean.id}").status_code == 200  # the plan is still to be made
    Person.objects.filter(id=dean.id).update(released_at=dean.released_at - RELEASED_LATELY)
    assert client.get(f"/people/{dean.id}").status_code == 404
    assert client.get(f"/cases/{dean.case.reference}").status_code == 200  # for Kai
    release(client, kai, "mistaken")
    assert client.get(f"/cases/{dean.case.reference}").status_code == 404
    assert release(client, kai).status_code == 404


def test_a_release_ends_the_appropriate_adult_and_takes_nothing_from_one_who_came(client, people, officer, sergeant):
    dean, kai, _ = people
    for person in (dean, kai):
        AllegedOffence.objects.filter(person=person).update(stage="interview")
    came = Obligation.objects.get(person=kai, code="appropriate_adult")
    record = a_record("appropriate_adult")
    answer_duty(by=officer, at=timezone.now(), case=kai.case, obligations=[came], kind="done", record=record)
    signed_in(client, sergeant)

    def closed():
        rows = Obligation.objects.filter(person__in=[dean, kai], code="appropriate_adult").order_by("person__number")
        return list(rows.values_list("state", "closed_with"))

    for person in (dean, kai):
        release(client, person)
    assert closed() == [("closed", "reason"), ("closed", "record")]
    assert ledger.differences([dean.case]) == []
    release(client, dean, "arrested")
    assert closed()[0] == ("open", "")
    AllegedOffence.objects.filter(person=dean).update(stage="voluntary_interview")
    release(client, dean)
    assert closed()[0] == ("open", ""), "for an interview that is still to come"


def test_nobody_is_released_before_their_arrest_or_over_a_colleagues_change(client, people, sergeant):
    dean = people[0]
    signed_in(client, sergeant)
    early = form(kind="released", at="1 January 2026, 0100", version=str(dean.version))
    assert client.post(f"/people/{dean.id}/custody", early).status_code == 422
    stale = form(kind="released", at="", version=str(dean.version + 1))
    assert client.post(f"/people/{dean.id}/custody", stale).status_code == 422
    assert Person.objects.get(id=dean.id).released_at is None


def test_the_desk_sees_the_person_and_no_more_of_the_case(client, people, sergeant):
    dean, _, witness = people
    signed_in(client, sergeant)
    seen = html_of(client, f"/people/{dean.id}")
    assert f"/people/{dean.id}/custody" in seen
    for closed in ("referral", "writing", "crime", "contact"):
        assert f'href="/people/{dean.id}/{closed}"' not in seen
        assert client.get(f"/people/{dean.id}/{closed}").status_code == 404
    assert client.get(f"/people/{witness.id}").status_code == 404
    assert client.get(f"/cases/{dean.case.reference}").status_code == 200
    assert client.get(f"/cases/{dean.case.reference}/files").status_code == 404


def test_a_colleague_and_whoever_asks_for_a_sealed_case_find_nothing(client, people, sergeant):
    dean, owners = people[0], [a_member("coordinator"), a_member("custody")]
    for role in ("frontline", "investigator", "victim_liaison"):
        signed_in(client, a_member(role))
        assert {client.get(path).status_code for path in ("/custody", f"/people/{dean.id}")} == {404}
    seal_case(by=owners[0], at=timezone.now(), case=dean.case, reason="Related.", owners=[one.user for one in owners])
    assert at_the_desk(client, sergeant) == []
    for path in ("/people/{}", "/people/{}/custody"):
        sealed, nothing = client.get(path.format(dean.id)), client.get(path.format(new_id()))
        assert (sealed.status_code, len(sealed.content)) == (404, len(nothing.content))
    assert str(dean.id) in at_the_desk(client, owners[1])


def test_a_suspect_arrested_later_stands_at_the_desk_until_bailed(client, people, officer, sergeant):
    witness, now = people[2], timezone.now()
    record_event(by=officer, at=now, case=witness.case, kind="suspect_arrested", person=witness)
    assert str(witness.id) in at_the_desk(client, sergeant)
    record_event(by=officer, at=now + timedelta(seconds=1), case=witness.case, kind="suspect_bailed", person=witness)
    assert str(witness.id) not in at_the_desk(client, sergeant)


def test_crime_allocation_sees_them_first_with_four_hours_from_the_arrest(client, people):
    other = a_case(a_member("frontline"))
    a_person(a_member("frontline"), other)
    case = people[0].case
    signed_in(client, a_member("crime_allocation"))
    with at_most(15):
        page = html_of(client, "/allocation")
    assert re.findall(r'data-allocate="([^"]+)"', page) == [case.reference, other.reference]
    owner = Obligation.objects.get(case=case, code="allocate_pip2_owner")
    assert owner.due_at == people[0].held_from + timedelta(hours=4)
    assert "2 children, or may be. 2 arrested or in custody" in html_of(client, f"/cases/{case.reference}/allocate")
