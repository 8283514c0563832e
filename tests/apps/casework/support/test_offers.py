"""Help offered again: who owes it, what an offer closes, and what a wish not to be contacted ends."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from lodestar.casework.cases.models import ConsentAnswer
from lodestar.casework.consent.actions import record_consent
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import OnlyOnItsPage, answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.referral_forms.queries import read_now
from lodestar.casework.referral_forms.rules.route import route_of
from lodestar.casework.safe_addresses.actions import agree_contact
from lodestar.casework.safe_addresses.models import ContactWithout
from lodestar.casework.support.models import Offer
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person, contact_rule
from tests.factories.signed_in import form, signed_in
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")

CODE = "offer_again_later"
NO = {"nrm": False, "spoke_alone": True, "interpreter": "not_needed"}
WAY = "07700 900555, her own"


def refused(days=10, agreed=True, **answer):
    officer = a_member("frontline", name="PC Brandreth")
    met = timezone.localtime() - timedelta(days=days)  # by the calendar of the force, whose clocks may have changed since
    case = a_case(officer, at=met)
    person = a_person(officer, case, at=met, name="Ardit")
    record_consent(by=officer, at=met, person=person, answer=NO | answer)
    if agreed:
        agree_contact(by=officer, at=met, person=person, rule=contact_rule(to_use=WAY))
    return officer, case, person


def offers(client, person, **typed):
    path = f"/people/{person.id}/offers"
    return client.post(path, form(**typed)) if typed else client.get(path)


def states(person):
    rows = Obligation.objects.filter(person=person, code=CODE).order_by("due_at")
    return {row.moment: row.state for row in rows}


def text(page):
    return unescape(page.content.decode())


def test_a_no_makes_three_offers_owed_by_the_advisor_and_their_lines_lead_to_the_page(client):
    officer, case, person = refused()
    rows = Obligation.objects.filter(person=person, code=CODE).order_by("due_at")
    assert [(row.moment, row.owed_by, row.state) for row in rows] == [
        (f"day {count}", "advisor", "open") for count in (7, 28, 90)
    ]
    page = text(signed_in(client, officer).get(f"/people/{person.id}"))
    assert f"/people/{person.id}/offers" in page
    assert ledger.differences([case]) == []


@each(
    ("days", "outcome", "closed"),
    [
        (6, "no", []),
        (7, "no", ["day 7"]),
        (29, "time", ["day 7", "day 28"]),
        (29, "not_reached", []),
        (90, "yes", ["day 7", "day 28", "day 90"]),
    ],
)
def test_an_offer_closes_each_day_that_has_come_and_a_try_closes_none(client, days, outcome, closed):
    officer, case, person = refused(days=days)
    offers(signed_in(client, officer), person, outcome=outcome, how="met", as_agreed="yes")
    assert [moment for moment, state in states(person).items() if state == "closed"] == closed
    assert ledger.differences([case]) == []
    assert Event.objects.filter(code="support.offered_again", people=[person.id]).count() == 1


def test_please_do_not_contact_me_again_ends_them_and_leaves_how_to_come_back(client):
    officer, case, person = refused()
    client = signed_in(client, officer)
    page = offers(client, person, outcome="unwanted", how="they_came", said="My brother reads my phone")
    assert page.status_code == 302
    assert set(states(person).values()) == {"not_owed"}
    assert ConsentAnswer.objects.count() == 2
    assert ConsentAnswer.objects.get(contact_again="unwanted").leaves_referral
    page = text(offers(client, person))
    assert "They asked not to be contacted again." in page
    assert "How they can come back" in page
    assert "When to offer" not in page
    assert "They asked not to be contacted again." in text(client.get(f"/people/{person.id}"))
    assert route_of(read_now(person)).code == "dtn"
    assert ledger.differences([case]) == []


def test_unsafe_contact_stops_them_until_it_is_said_to_be_possible_again(client):
    officer, case, person = refused(days=8)
    client = signed_in(client, officer)
    offers(client, person, outcome="unsafe")
    assert set(states(person).values()) == {"not_owed"}
    assert "Contact is not safe for them now." in text(offers(client, person))
    client.post(f"/people/{person.id}/consent", form(contact="yes", alone="yes", interpreter="not_needed"))
    assert set(states(person).values()) == {"open"}
    assert Offer.objects.count() == 1
    assert ledger.differences([case]) == []


def test_a_yes_leads_to_the_talk_and_another_no_later_begins_anew(client):
    officer, case, person = refused(days=30)
    client = signed_in(client, officer)
    page = offers(client, person, outcome="yes", how="they_came")
    assert page.url == f"/people/{person.id}/consent"
    now = timezone.now()
    record_consent(by=officer, at=now - timedelta(minutes=2), person=person, answer=NO | {"nrm": True})
    assert set(states(person).values()) == {"not_owed", "closed"} or "open" not in states(person).values()
    record_consent(by=officer, at=now - timedelta(minutes=1), person=person, answer=NO)
    assert set(states(person).values()) == {"open"}
    assert ledger.differences([case]) == []


def test_saying_no_again_does_not_begin_the_days_anew(client):
    officer, case, person = refused(days=8)
    offers(signed_in(client, officer), person, outcome="no")
    record_consent(by=officer, at=timezone.now(), person=person, answer=NO)
    assert states(person) == {"day 7": "closed", "day 28": "open", "day 90": "open"}
    assert ledger.differences([case]) == []


def test_without_a_rule_no_offer_is_made_and_the_way_to_reach_them_is_never_on_the_page(client):
    officer, case, person = refused(agreed=False)
    other = a_member("coordinator", name="F. Quist")
    assert "do not make an offer" in text(offers(signed_in(client, officer), person))
    assert offers(client, person, outcome="no", how="met").status_code == 422, "no rule is no contact"
    assert not Offer.objects.exists()
    assert offers(client, person, outcome="no", how="met", without="He rang us and asked").status_code == 302
    assert ContactWithout.objects.get(person=person).code == CODE
    looked = Obligation.objects.get(person=person, code="inspector_looks_at_happened_without")
    assert "contacted without" in looked.why[0]
    assert ledger.differences([case]) == []
    agree_contact(by=officer, at=timezone.now(), person=person, rule=contact_rule(to_use=WAY))
    page = text(offers(client, person))
    assert WAY not in page
    assert "Ask to see it" in page
    page = text(offers(signed_in(client, other), person))
    assert WAY not in page
    assert "Ask PC Brandreth" in page


def test_what_came_of_it_is_the_one_thing_asked(client):
    officer, _, person = refused()
    page = offers(signed_in(client, officer), person, how="met", said="He asked about his wages")
    assert page.status_code == 422
    assert "Say what the outcome was" in text(page)
    assert "He asked about his wages" in text(page)
    assert Offer.objects.count() == 0


def test_an_offer_that_nobody_owed_is_kept_all_the_same(client):
    officer, case, person = refused(nrm=True)
    assert "No offer is due" in text(offers(signed_in(client, officer), person))
    offers(client, person, outcome="no", leaflet="polish")
    row = Offer.objects.get()
    assert row.since is None
    assert row.leaflet.startswith("polish:")
    assert "read out in Polish" in text(offers(client, person))
    assert ledger.differences([case]) == []


def test_a_tap_closes_none_of_them(client):
    officer, _, person = refused()
    row = Obligation.objects.filter(person=person, code=CODE).first()
    with pytest.raises(OnlyOnItsPage):
        answer_duty(by=officer, at=timezone.now(), case=row.case, obligations=[row], kind="done")
