"""Referrals and crimes that belong together: who has the one without the other, and who said why that is right."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lodestar.casework.consent.actions import record_consent
from lodestar.casework.investigations.actions import record_crime
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.referrals.models import Pairing, PairingSettled
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.figures import sealed_by
from tests.factories.referrals import PairingFactory, PairingSettledFactory
from tests.factories.signed_in import form, signed_in
from tests.factories.signed_in import html_of as page_of
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")
WHY_NOT = "The force where it happened records it."


def somebody(by, name="Anna", **facts):
    return a_person(by, a_case(by), name=name, **facts)


def paired(person):
    row = Pairing.objects.get(person=person)
    return row.referral_at, row.crime_at, row.settled


NUMBER, NOT_NEEDED = {"kind": "recorded", "number": "37/1/26"}, {"kind": "not_needed", "why_not": WHY_NOT}
NOT_YET = {"kind": "not_possible", "why_not": "The system is down."}
LATER = MET + timedelta(hours=1)


@each(
    ("before", "recorded", "expected"),
    [
        (None, [NUMBER], (None, MET, False)),
        ({}, [NUMBER], (MET, MET, False)),
        (None, [NOT_NEEDED], (None, None, True)),  # it settles a referral sent before or after
        ({}, [NOT_NEEDED], (MET, None, True)),
        ({}, [NOT_YET], (MET, None, False)),
        (None, [NOT_NEEDED, NUMBER], (None, MET, False)),  # why there was none says nothing of one recorded later
        # a second number opens nothing that was settled
        ({"referral_at": None, "crime_at": LATER, "settled": True}, [NUMBER], (None, MET, True)),
        ({"referral_at": None, "crime_at": LATER, "settled": True}, [NUMBER, NOT_NEEDED], (None, MET, True)),
    ],
)
def test_whatever_records_a_crime_or_why_there_is_none_pairs_it(coordinator, before, recorded, expected):
    person = somebody(coordinator)
    if before is not None:
        PairingFactory(person=person, **before)
    for told in recorded:
        record_crime(by=coordinator, at=MET, person=person, **told)
    assert paired(person) == expected


# --- the page ----------------------------------------------------------------------------------------------------------


def html_of(client, show="no_crime", **asked):
    return page_of(client, "/referrals/reconciled", show=show, **asked)


def no_crime(by, name="Anna", **facts):
    return PairingFactory(person=somebody(by, name, **facts)).person


def no_referral(by, name="Bela", **facts):
    return PairingFactory(person=somebody(by, name, **facts), referral_at=None, crime_at=MET).person


def settle(client, person, reason, side="no_crime"):
    return client.post(f"/people/{person.id}/reconciled", form(reason=reason, side=side))


def test_each_side_has_its_list_and_who_has_both_is_in_neither(client, coordinator):
    no_crime(coordinator, "Anna")
    no_referral(coordinator, "Bela")
    PairingFactory(person=somebody(coordinator, "Cyra"), crime_at=MET)
    signed_in(client, coordinator)
    seen = {show: html_of(client, show) for show in ("no_crime", "no_referral", "settled", "nonsense")}
    names = {show: {name for name in ("Anna", "Bela", "Cyra") if name in html} for show, html in seen.items()}
    assert names == {"no_crime": {"Anna"}, "no_referral": {"Bela"}, "settled": set(), "nonsense": {"Anna"}}
    assert Event.objects.filter(code="cases.people_listed", by=coordinator.user).count() == 3


def test_the_reason_on_the_page_of_the_crime_or_on_the_worklist_is_said_and_else_that_there_is_none(client, coordinator):
    blank, crime_page, worklist = (no_crime(coordinator, name) for name in ("Anna", "Bela", "Cyra"))
    record_crime(by=coordinator, at=MET, person=crime_page, kind="not_possible", why_not="The crime system is down.")
    owed = list(Obligation.objects.filter(person=worklist, code="record_crime"))
    answer_duty(by=coordinator, at=MET, case=worklist.case, obligations=owed, kind="not_possible", because="No clerk until six.")
    html = html_of(signed_in(client, coordinator))
    assert "The crime system is down." in html
    assert "No clerk until six." in html
    assert html.count("No reason recorded") == 1
    assert blank.name in html


@pytest.mark.parametrize(
    ("facts", "answer", "says"),
    [
        ({}, {"nrm": False, "spoke_alone": True, "interpreter": "not_needed"}, "The Duty to Notify is needed"),
        ({}, {"nrm": True, "spoke_alone": True, "interpreter": "not_needed"}, "No reason recorded"),
        ({}, {}, "They have not been asked, or have not decided."),
        ({"roles": [], "belief": ""}, {}, "Not recorded as a possible victim any more"),
        ({"alive": False}, {}, "The person has died."),
        ({"belief": "signs_only"}, {}, "no reasonable grounds yet"),
    ],
)
def test_why_somebody_has_no_referral_is_read_from_what_is_recorded(client, coordinator, facts, answer, says):
    person = no_referral(coordinator, **facts)
    if answer:
        record_consent(by=coordinator, at=MET, person=person, answer=answer)
    assert says in html_of(signed_in(client, coordinator), "no_referral")


def test_a_named_reason_takes_the_row_off_its_list_and_a_later_one_stands_beside_it(client, coordinator):
    person = no_crime(coordinator)
    signed_in(client, coordinator)
    assert settle(client, person, "").status_code == 422
    assert settle(client, person, "The Met recorded it as 01/77/26.").status_code == 302
    assert person.name not in html_of(client)
    kept = html_of(client, "settled")
    assert "The Met recorded it as 01/77/26." in kept
    name = PairingSettled.objects.get().settled_by.name
    assert f"{name}, " in kept
    assert settle(client, person, "Kent recorded it as 46/3/26.").status_code == 302
    assert settle(client, person, "Kent recorded it as 46/3/26.").status_code == 302, "the same again is the same row"
    assert PairingSettled.objects.filter(person=person).count() == 2
    kept = html_of(client, "settled")
    assert ("Kent" in kept, "The Met" in kept) == (True, False)
    page = unescape(client.get(f"/people/{person.id}/reconciled").content.decode())
    assert page.index("Kent recorded it") < page.index("The Met recorded it")
    assert Event.objects.filter(code="referrals.pairing_settled", by=coordinator.user).count() == 2


def test_what_was_recorded_meanwhile_is_shown_and_nothing_is_settled(client, coordinator):
    person = no_crime(coordinator)
    record_crime(by=coordinator, at=MET, person=person, kind="recorded", number="37/1/26")
    answer = settle(signed_in(client, coordinator), person, "Another force.")
    assert answer.status_code == 422
    assert "Something else was recorded first" in answer.content.decode()
    assert not PairingSettled.objects.exists()


def test_why_no_crime_is_needed_stands_among_what_is_settled(client, coordinator):
    person = no_crime(coordinator)
    record_crime(by=coordinator, at=MET, person=person, kind="not_needed", why_not=WHY_NOT)
    assert WHY_NOT in html_of(signed_in(client, coordinator), "settled")


@pytest.mark.parametrize("show", ["no_crime", "no_referral", "settled"])
def test_every_row_once_page_by_page_in_few_questions_and_few_bytes(client, coordinator, show):
    for number in range(27):
        person = (no_crime if show == "no_crime" else no_referral)(coordinator, f"Row {number:02d}")
        if show == "no_crime":
            record_crime(by=coordinator, at=MET, person=person, kind="not_possible", why_not="Не працює. " * 80)
        if show == "settled":
            PairingSettledFactory(person=person, side="no_referral", reason="Не працює. " * 80)
            Pairing.objects.filter(person=person).update(settled=True)
    signed_in(client, coordinator)
    with CaptureQueriesContext(connection) as asked:
        html = html_of(client, show)
    assert len([one for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]) <= 15
    after = html.split("after=")[1].split('"')[0]
    later = html_of(client, show, after=after)
    shown = [[f"Row {number:02d}" in page for page in (html, later)] for number in range(27)]
    assert [sum(one) for one in shown] == [1] * 27
    assert sum(first for first, _ in shown) == 25


def test_a_sealed_case_is_in_no_list_but_its_owners_and_nobody_else_settles_it(client, coordinator):
    officer, owner = a_member("frontline"), a_member("coordinator")
    hidden = [made(officer, "Hidden Nightjar") for made in (no_crime, no_referral, no_referral)]
    Pairing.objects.filter(person=hidden[2]).update(settled=True)
    for person in hidden:
        sealed_by(owner, person.case)
    signed_in(client, coordinator)
    for show in ("no_crime", "no_referral", "settled"):
        assert "Nightjar" not in html_of(client, show)
    for person in hidden:
        assert client.get(f"/people/{person.id}/reconciled").status_code == 404
        assert settle(client, person, "I may not know of it.").status_code == 404
    assert not PairingSettled.objects.exists()
    signed_in(client, owner)
    for show in ("no_crime", "no_referral", "settled"):
        assert "Nightjar" in html_of(client, show)
    assert settle(client, hidden[0], "Its owner may.").status_code == 302
