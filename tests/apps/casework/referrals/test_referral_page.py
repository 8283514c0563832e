"""Recording what was sent: the page, what it closes, what it asks about, and that it refuses nothing that has happened."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lodestar.casework.case_files.actions.people import change_person, record_exploitation
from lodestar.casework.cases.models import Case, ConsentAnswer
from lodestar.casework.consent.actions import record_consent
from lodestar.casework.investigations import actions as investigations
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.referrals import actions
from lodestar.casework.referrals.models import Referral, ReferralReference
from lodestar.casework.referrals.queries.outgoing import reference_of, referrals_of
from lodestar.platform.accounts.models import Draft, Unit
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")
NOW = datetime(2026, 3, 3, 2, 57, tzinfo=UTC)


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


def an_adult(officer, case, answer=True):
    person = a_person(officer, case, name="Rareș Munteanu")
    said = {"nrm": answer, "spoke_alone": True, "interpreter": "independent"}
    record_consent(by=officer, at=MET + timedelta(hours=1), person=person, answer=said)
    return person


@pytest.fixture
def web(client, officer):
    signed_in(client, officer)
    return client


def address(person):
    return f"/people/{person.id}/referral"


def state(person, code):
    rows = Obligation.objects.filter(person=person, code=code)
    return {row.moment: row.state for row in rows}


def in_step(case):
    return ledger.differences([Case.objects.get(id=case.id)]) == []


def words(response):
    return response.content.decode()


def test_a_referral_sent_closes_what_was_owed_and_is_a_disclosure_to_the_home_office(web, officer, case):
    person = an_adult(officer, case)
    assert state(person, "refer_nrm") == {"": "open"}
    typed = form(route="nrm", sent_at="0225", reference=" NRM-11 2 ", version="0")
    response = web.post(address(person), typed)
    assert (response.status_code, response.url) == (302, address(person))
    row = Referral.objects.get()
    assert (row.sent_at, row.out_of_line, row.facts_said) == (datetime(2026, 3, 3, 2, 25, tzinfo=UTC), False, "nrm")
    assert reference_of(referrals_of([person.id])[0]) == "NRM-11 2"
    assert state(person, "refer_nrm") == {"": "closed"}
    event = Event.objects.get(code="referrals.sent")
    assert (event.operation, event.recipient, event.people) == ("disclosure", "Home Office", [person.id])
    assert in_step(case)


def test_who_may_refer_is_offered_as_of_the_day_and_the_form_is_said_by_its_headings(web, officer, case, night):
    person = an_adult(officer, case)
    record_exploitation(by=officer, at=NOW, person=person, facts={"type": "labour"})
    page = words(web.get(address(person)))
    assert '<option value="The Salvation Army">' in page
    assert '<option value="Police forces">' not in page
    assert '<option value="Poppy Project">' in page
    assert 'href="/rules/lists/referrals/first_responders"' in page
    assert "Fair Work Agency" not in page
    assert "Labour and financial exploitation" in page
    assert "Domestic servitude" not in page
    night.move_to(datetime(2026, 4, 21, 3, 0, tzinfo=UTC))
    signed_in(web, officer)
    page = words(web.get(address(person)))
    assert '<option value="Fair Work Agency">' in page
    assert "Poppy Project" not in page


def test_it_points_at_the_answer_that_stood_when_it_went_and_stays_there_when_they_answer_anew(web, officer, case, night):
    person = an_adult(officer, case)
    said = {"nrm": False, "spoke_alone": True, "interpreter": "independent"}
    record_consent(by=officer, at=NOW, person=person, answer=said)
    yes, no = ConsentAnswer.objects.filter(person=person).order_by("asked_at")
    web.post(address(person), form(route="nrm", sent_at="0225", version="0", as_it_happened="on", consent=str(no.id)))
    row = Referral.objects.get()
    assert (row.consent_id, row.no_consent) == (yes.id, ""), "of the two the one asked before it went, whatever is sent along"
    assert "It is based on their answer of 00:40: yes." in words(web.get(address(person)))
    assert "consent" in Event.objects.get(code="referrals.sent").fields
    night.shift(timedelta(hours=1))
    record_consent(by=officer, at=NOW + timedelta(hours=1), person=person, answer=said)
    row.refresh_from_db()
    assert row.consent_id == yes.id
    assert "It is based on their answer of 00:40: yes." in words(web.get(address(person)))


@pytest.mark.parametrize(
    ("facts", "told", "why", "shown"),
    [
        ({}, {"route": "dtn"}, "none_held", "No answer was recorded when it was sent."),
        ({"age_min": 15, "age_max": 15}, {"route": "nrm"}, "child", "No consent is needed for a child"),
        ({}, {"route": "nrm", "direction": "received_for_investigation"}, "theirs", "The sender has the answer it is based on."),
    ],
)
def test_where_it_rests_on_no_answer_of_ours_the_page_says_why(web, officer, case, facts, told, why, shown):
    person = a_person(officer, case, **facts)
    if why != "none_held":
        answer = {"nrm": True, "spoke_alone": True, "interpreter": "not_needed"}
        record_consent(by=officer, at=MET, person=person, answer=answer)
    web.post(address(person), form(sent_at="0225", version="0", **told))
    row = Referral.objects.get()
    assert (row.consent, row.no_consent) == (None, why)
    assert shown in words(web.get(address(person)))


def test_an_answer_that_came_after_it_went_is_not_the_one_it_rests_on(web, officer, case):
    person = an_adult(officer, case)
    web.post(address(person), form(route="dtn", sent_at="0020", version="0", as_it_happened="on"))
    row = Referral.objects.get()
    assert (row.consent, row.no_consent) == (None, "none_held")


def test_it_carries_the_crime_numbers_that_stood_and_shows_those_that_came_since(web, officer, case, night):
    person, other = an_adult(officer, case), an_adult(officer, case)
    crime = {"by": officer, "at": NOW, "kind": "recorded"}
    investigations.record_crime(**crime, person=other, number="37/9/26")
    web.post(address(person), form(route="nrm", sent_at="0225", version="0", crime_reference="37/0/26"))
    assert Referral.objects.get().crime_reference == ""
    assert "crime_reference" not in Event.objects.get(code="referrals.sent").fields
    assert "No crime number yet when it was recorded.</p>" in words(web.get(address(person)))
    investigations.record_crime(**crime, person=person, number="37/2/26")
    night.shift(timedelta(seconds=1))
    investigations.record_crime(**crime, person=person, number="37/20/26")
    assert "No crime number yet when it was recorded. Since then: 37/2/26, 37/20/26." in words(web.get(address(person)))
    web.post(address(person), form(route="nrm", sent_at="0250", version="1", another="on"))
    assert Referral.objects.get(number=2).crime_reference == "37/2/26, 37/20/26"
    assert "crime_reference" in Event.objects.filter(code="referrals.sent").latest("recorded_at").fields
    night.shift(timedelta(seconds=1))
    investigations.record_crime(**crime, person=person, number="37/2")
    assert "Crime number: 37/2/26, 37/20/26. Since then: 37/2.</p>" in words(web.get(address(person)))


def test_a_second_one_is_asked_about_and_then_recorded(web, officer, case):
    person = an_adult(officer, case)
    web.post(address(person), form(route="nrm", sent_at="0225", version="0"))
    asked = web.post(address(person), form(route="nrm", sent_at="0250", version="1"))
    assert asked.status_code == 422
    assert "An NRM referral, sent 02:25, is recorded. Tick this if another was sent" in words(asked)
    assert web.post(address(person), form(route="nrm", sent_at="0250", version="1", another="on")).status_code == 302
    assert [row.number for row in Referral.objects.order_by("number")] == [1, 2]


@pytest.mark.parametrize("kept", ["ticked", ""])
def test_what_is_not_the_route_is_asked_about_and_recorded_as_it_happened(web, officer, case, kept):
    person = an_adult(officer, case)
    asked = web.post(address(person), form(route="dtn", sent_at="0225", version="0"))
    assert asked.status_code == 422
    assert not Referral.objects.exists()
    assert "The facts say: refer to the National Referral Mechanism. They said yes, alone and understood." in words(asked)
    if not kept:
        return
    told = form(route="dtn", sent_at="0225", version="0", as_it_happened="on")
    assert web.post(address(person), told).status_code == 302
    sent = datetime(2026, 3, 3, 2, 25, tzinfo=UTC)
    owed = Obligation.objects.get(person=person, code="put_referral_right")
    assert (owed.state, owed.due_at, owed.opens_at, owed.with_role) == ("open", sent, sent, "coordinator")
    assert state(person, "refer_nrm") == {"": "open"}, "a notification is no referral"
    assert in_step(case)
    web.post(address(person), form(route="nrm", sent_at="0250", version="1"))
    assert state(person, "put_referral_right") == {"sent 2026-03-03T02:25:00Z": "closed"}
    assert state(person, "refer_nrm") == {"": "closed"}
    assert in_step(case)


def test_a_notification_without_a_name_after_a_no(web, officer, case):
    person = an_adult(officer, case, answer=False)
    told = form(route="dtn", sent_at="", identity_checked="on", gaps="on", version="0")
    assert web.post(address(person), told).status_code == 302
    row = Referral.objects.get()
    assert (row.sent_at, row.identity_checked, row.gaps) == (NOW, True, False)
    assert state(person, "notify_home_office_without_identity") == {"": "closed"}
    assert in_step(case)
    record_consent(by=officer, at=NOW, person=person, answer={"nrm": True, "spoke_alone": True, "interpreter": "independent"})
    assert state(person, "refer_nrm") == {"": "open"}, "a later yes opens the NRM"
    assert in_step(case)


def test_a_name_sent_after_a_no_is_recorded_and_looked_at(web, officer, case):
    person = an_adult(officer, case, answer=False)
    web.post(address(person), form(route="nrm", sent_at="0225", version="0", as_it_happened="on"))
    assert state(person, "put_referral_right") == {"sent 2026-03-03T02:25:00Z": "open"}
    assert state(person, "notify_home_office_without_identity") == {"": "closed"}, "they have been told all of it"


def test_without_an_answer_the_long_stop_is_answered_by_the_notification(web, officer, case):
    person = a_person(officer, case)
    assert state(person, "reach_nrm_or_dtn") == {"": "open"}
    web.post(address(person), form(route="dtn", version="0"))
    assert not Referral.objects.get().out_of_line
    assert state(person, "reach_nrm_or_dtn") == {"": "closed"}
    change_person(by=officer, at=NOW, person=person, version=1, facts={"age_min": 33, "age_max": 36})
    assert state(person, "reach_nrm_or_dtn") == {"": "closed"}, "what has gone has gone"
    assert in_step(case)


def test_for_a_child_a_notification_is_not_offered_but_what_happened_is_recorded(web, officer, case):
    child = a_person(officer, case, age_min=15, age_max=15)
    shown = words(web.get(address(child)))
    assert '<input type="hidden" name="route" value="nrm">' in shown
    assert 'value="dtn"' not in shown
    for told in ({"route": "dtn"}, {"route": "nrm", "dtn_was_sent": "on"}):
        assert web.post(address(child), form(sent_at="0225", version="0", **told)).status_code == 422
    assert not Referral.objects.exists()
    told = form(route="nrm", dtn_was_sent="on", sent_at="0225", version="0", as_it_happened="on")
    assert web.post(address(child), told).status_code == 302
    assert state(child, "refer_nrm") == {"": "open"}
    assert state(child, "put_referral_right") == {"sent 2026-03-03T02:25:00Z": "open"}


def test_what_somebody_else_sent_is_judged_by_nobody_and_counted_apart(web, officer, case):
    person = an_adult(officer, case, answer=False)
    told = form(route="nrm", sent_at="1 March 2026", direction="received_for_investigation", sent_by="Hope charity", version="0")
    assert web.post(address(person), told).status_code == 302
    row = Referral.objects.get()
    assert (row.direction, row.out_of_line, row.sent_words) == ("received_for_investigation", False, "1 March 2026")
    assert row.sent_at == datetime(2026, 3, 1, 23, 59, 59, tzinfo=UTC), "of a day alone its end"
    assert Event.objects.get(code="referrals.received").operation == "collection"
    assert state(person, "watch_reasonable_grounds_decision") == {"": "open"}


def test_a_reference_that_was_typed_and_not_sent_comes_back_into_its_box(web, officer, case, night):
    person = an_adult(officer, case)
    web.post(address(person), form(route="nrm", sent_at="0225", version="0"))
    sent = form(referral=str(Referral.objects.get().id), late_reference="NRM-00123", form_path=address(person))
    with time_machine.travel(MET + timedelta(hours=9)):
        assert web.post(address(person), sent)["Location"].count("%3Fdraft%3D") == 1, "the session was over"
    page = signed_in(web, officer).get(f"{address(person)}?draft=1").content.decode()
    assert 'name="late_reference" autocomplete="off" value="NRM-00123"' in page
    assert "There is a problem" not in page


def test_the_reference_comes_later_and_starts_the_clock_of_the_decision(web, officer, case, night):
    person = an_adult(officer, case)
    web.post(address(person), form(route="nrm", sent_at="0225", version="0"))
    watch = Obligation.objects.get(person=person, code="watch_reasonable_grounds_decision")
    assert watch.due_at is None
    row = Referral.objects.get()
    typed = form(referral=str(row.id), late_reference="NRM-00123")
    web.post(address(person), typed)
    web.post(address(person), typed)
    assert ReferralReference.objects.get().reference == "NRM-00123"
    watch.refresh_from_db()
    assert watch.due_at is not None
    night.shift(timedelta(minutes=1))
    web.post(address(person), form(referral=str(row.id), late_reference="NRM-00132"))
    assert "NRM-00132" in words(web.get(address(person)))
    assert in_step(case)


def test_a_reference_is_added_only_to_this_persons_referrals(web, officer, case):
    person, other = an_adult(officer, case), an_adult(officer, case)
    web.post(address(other), form(route="nrm", version="0"))
    row = Referral.objects.get()
    assert web.post(address(person), form(referral=str(row.id), late_reference="NRM-1")).status_code == 404
    assert web.post(address(other), form(referral=str(row.id), late_reference=" ")).status_code == 422
    assert not ReferralReference.objects.exists()


def test_the_coordinator_and_the_units_supervisor_may_and_nobody_else(client, officer, case):
    person = an_adult(officer, case)
    for member in (a_member("coordinator"), a_member("supervisor", unit=Unit.objects.get(id=officer.unit))):
        assert signed_in(client, member).get(address(person)).status_code == 200
    for role in ("frontline", "supervisor", "crime_allocation", "data_protection", "administrator"):
        assert signed_in(client, a_member(role)).get(address(person)).status_code == 404, role
        assert client.post(address(person), form(route="nrm", version="0")).status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"route": "nrm", "sent_at": "2570"}, "“2570” is not a time"),
        ({"route": "nrm", "sent_at": "4 March 2026"}, "has not come yet"),
        ({"route": "x" * 4000}, "is not one of the answers. Choose one"),
        ({"route": ""}, "Say what was sent"),
        ({"route": "nrm", "reference": "z" * 81}, "81 characters long, and 80 fit"),
        ({"route": "nrm", "confirmation": "y" * 2001}, "2,001 characters long, and 2,000 fit"),
        ({"late_reference": "NRM-1", "referral": "../../etc"}, "valid UUID"),
    ],
)
def test_hostile_and_mistaken_words_come_back_with_what_is_wrong(web, officer, case, typed, said):
    person = an_adult(officer, case)
    response = web.post(address(person), form(version="-1", **typed))
    assert response.status_code == 422
    assert said in words(response)
    assert not Referral.objects.exists()


def test_the_page_is_light_and_asks_the_database_little(web, officer, case):
    person = an_adult(officer, case)
    for number in range(4):
        actions.record_referral(
            by=officer, at=NOW, person=person, route="nrm", direction="made_by_us", seen=number, another=True,
            reference=f"NRM-{number}",
        )  # fmt: skip
    with at_most(15):
        response = web.get(address(person))
    assert len(response.content) < 30_000
    assert "munteanu" not in words(response).split("</title>")[0].lower()
    other = an_adult(officer, case)
    with at_most(40):
        web.post(address(other), form(route="nrm", sent_at="0225", version="0"))


def test_a_referral_typed_before_a_colleague_recorded_one_is_told_of_it(web, officer, case):
    person = an_adult(officer, case)
    typed = {"route": "nrm", "sent_at": "0250", "reference": "NRM-7"}
    web.post("/hide", form(form_path=address(person), version="0", **typed))
    quist = a_member("coordinator", name="F. Quist")
    actions.record_referral(by=quist, at=NOW, person=person, route="dtn", direction="made_by_us", seen=0, as_it_happened=True)
    back = signed_in(web, officer).get(f"{address(person)}?draft={Draft.objects.get().key}")
    assert 'value="NRM-7"' in words(back)
    late = web.post(address(person), form(version=version_in(back), **typed))
    assert late.status_code == 422
    assert "F. Quist recorded a Duty to Notify at 02:57, while you were writing" in words(late)
    assert 'value="NRM-7"' in words(late)
    assert web.post(address(person), form(version=version_in(late), **typed)).status_code == 302
    assert Referral.objects.count() == 2


def version_in(page):
    return words(page).split('name="version" value="')[1].split('"')[0]
