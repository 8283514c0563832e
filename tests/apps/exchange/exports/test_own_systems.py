"""What the force's incident log and its intelligence system are given of a case, and the references that come back."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.case_files.actions.people import record_exploitation
from lodestar.casework.investigations.actions import record_crime
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.redaction.models import RedactionDecision
from lodestar.casework.safe_addresses.actions import agree_contact, record_address
from lodestar.exchange.exports.models import ExternalReference
from lodestar.platform.accounts.models import Draft
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person, a_record, contact_rule
from tests.factories.recognition import SignSeenFactory
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")
WHOLE = {
    "source": "source_2", "assessment": "assessment_a", "handling": "handling_p", "provenance": "Seen by the officer",
    "text": "A white van collects boys behind the station.",
}  # fmt: skip


def scene():
    officer = a_member("frontline", name="PC Brandreth")
    case = a_case(officer, place="Behind the station, with Jaz Mallory", what="Jaz Mallory and another with wraps.")
    kieran = a_person(officer, case, name="Kieran Doyle", age_min=15, age_max=16)
    jaz = a_person(officer, case, name="Jaz Mallory", age_min=15, age_max=15)
    a_person(officer, case, name="Skip", roles=["exploiter"], belief="")
    kind = {"type": "criminal", "where": ["uk"]}
    record_exploitation(by=officer, at=MET, person=kieran, facts=kind)
    record_address(by=officer, at=MET, person=jaz, address="14 Kestrel Row", viewers=[])
    agree_contact(by=officer, at=MET, person=jaz, rule=contact_rule())
    return officer, case, kieran, jaz


def text(page):
    return unescape(page.content.decode())


def log_of(client, case):
    page = client.get(f"/cases/{case.reference}/out")
    assert page.status_code == 200
    return text(page).partition('<div class="lode-out">')[2].partition("</div>")[0]


def test_the_log_says_what_happened_and_names_nobody(client):
    officer, case, kieran, jaz = scene()
    told = Obligation.objects.filter(case=case, code="tell_childrens_services_now", person=jaz)
    record = a_record("tell_childrens_services_now", "Mo Hartley")
    answer_duty(by=officer, at=MET, case=case, obligations=list(told), kind="done", record=record)
    record_crime(by=officer, at=MET, person=kieran, kind="recorded", number="37/12345/26")
    signed_in(client, officer)
    with at_most(15):
        said = log_of(client, case)
    for words in (
        "2 March 2026, 23:40: police encountered three people.",
        "Modern slavery is being investigated: two may have been exploited; two are or may be under 18.",
        "Done: children’s services informed (1 of 2).",
        "Still to do: deal with danger, speak to them alone, tell children’s services (1 of 2)",
        "Crime number: 37/12345/26. No crime number yet for one.",
        f"Officer: PC Brandreth. Case {case.reference}.",
    ):
        assert words in said, words
    for stays in ("Kieran", "Jaz", "Mallory", "Skip", "Hartley", "Kestrel", "section 45", "wraps", "runner", "possible victim"):
        assert stays not in said, stays
    path = f"/cases/{case.reference}/out/check"
    source = re.search(r'name="s-place" value="([0-9a-f]+)"', text(client.get(path)))[1]
    sent = {"t-place": "Behind the station", "s-place": source}
    assert client.post(path, form(**sent)).status_code == 302
    assert "2 March 2026, 23:40 (Behind the station): police encountered" in log_of(client, case)
    assert not Event.objects.filter(code="exchange.incident_log_made").exists(), "to open the page is to look"
    assert client.post(f"/cases/{case.reference}/out", form(given="1")).status_code == 302
    event = Event.objects.get(code="exchange.incident_log_made")
    assert (event.operation, event.recipient, event.case) == ("disclosure", "the force’s incident log", case.id)


def test_references_come_back_by_paste_once_and_can_be_taken_back(client):
    officer, case, *_ = scene()
    signed_in(client, officer)
    path = f"/cases/{case.reference}/out"
    for _ in range(2):
        assert client.post(path, form(incident_log=" FP-20260302-0441 ", intelligence="int/77")).status_code == 302
    assert sorted(ExternalReference.objects.values_list("kind", "reference")) == [
        ("incident_log", "FP-20260302-0441"),
        ("intelligence", "INT/77"),
    ]
    assert Event.objects.filter(code="exchange.reference_came_back").count() == 2
    assert "INT/77" in text(client.get(path))
    row = ExternalReference.objects.get(kind="intelligence")
    assert client.post(path, form(take_back=str(row.id))).status_code == 302
    assert "INT/77" not in text(client.get(path))
    row.refresh_from_db()
    assert row.taken_back_by_id == officer.user
    assert client.post(path, form(incident_log=" ")).status_code == 422


def test_a_reference_of_another_case_is_not_taken_back(client):
    officer, case, *_ = scene()
    other = a_case(officer)
    signed_in(client, officer)
    client.post(f"/cases/{other.reference}/out", form(incident_log="X-1"))
    client.post(f"/cases/{case.reference}/out", form(take_back=str(ExternalReference.objects.get().id)))
    assert ExternalReference.objects.get().taken_back_at is None


def test_a_sheet_begins_with_a_text_and_with_no_grade(client):
    officer, case, kieran, _ = scene()
    SignSeenFactory(case=case, person=kieran, code="wraps_for_sale", list_date="2026-11-24", recorded_by_id=officer.user)
    signed_in(client, officer)
    with at_most(15):
        page = client.get(f"/cases/{case.reference}/out/intelligence")
    told = text(page)
    assert len(page.content) < 30_000
    assert 'type="radio"' in told
    assert " checked" not in told
    for words in ("2 March 2026, 23:40", "Two may have been exploited: criminal exploitation.", "Alleged to have done it: Skip"):
        assert words in told, words
    assert not Event.objects.filter(code="exchange.intelligence_sheet_made").exists()


def test_the_sheet_is_made_as_a_page_and_nothing_of_it_is_kept(client):
    officer, case, *_ = scene()
    signed_in(client, officer)
    path = f"/cases/{case.reference}/out/intelligence"
    page = client.post(path, form(**WHOLE))
    assert page.status_code == 200
    for words in (
        "Source evaluation: 2: Untested",
        "Intelligence assessment: A: Known directly to the source",
        "Handling code: P: Lawful sharing permitted",
        "Handling conditions: Nothing said",
        "Information: A white van collects boys",
    ):
        assert words in text(page), words
    assert not Event.objects.filter(code="exchange.intelligence_sheet_made").exists(), "it has gone nowhere yet"
    assert "data-given" in text(client.post(path, form(**WHOLE | {"as": "given"})))
    events = list(Event.objects.filter(code="exchange.intelligence_sheet_made").order_by("recorded_at"))
    assert [event.subject for event in events] == ["page"]
    for event in events:
        assert (event.operation, event.recipient) == ("disclosure", "the force’s intelligence system")
        parts = ["assessment", "for_investigation", "handling", "provenance", "source", "text"]
        assert event.fields == parts, "names of parts and what it is for, no grade"
    assert not ExternalReference.objects.exists()


@pytest.mark.parametrize("ends", ["session", "hidden"])
def test_nothing_of_a_sheet_is_kept_as_a_draft_whatever_ends_it(client, ends):
    officer, case, *_ = scene()
    signed_in(client, officer)
    path = f"/cases/{case.reference}/out/intelligence"
    sheet = form(**WHOLE, form_path=path)
    if ends == "hidden":
        assert client.post("/hide", sheet)["Location"] == "/clock"
    else:
        with time_machine.travel(timezone.now() + timedelta(minutes=61)):
            page = client.post(path, sheet)
        assert (page.status_code, WHOLE["text"] in text(page)) == (403, True), "it is given back, and not kept"
        assert "_auth_user_id" not in client.session
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"source": ""}, "Choose how far the source can be relied on"),
        ({"assessment": ""}, "Choose how the source knows it"),
        ({"handling": ""}, "Choose how it may be handled"),
        ({"handling": "handling_c"}, "Say under which conditions it may be shared"),
        ({"text": ""}, "Write what is known"),
        ({"text": "Jaz rides in the van"}, "Tick each one that may stay, or remove it from the text: “Jaz”"),
        ({"provenance": "told by Kieran"}, "Tick each one that may stay, or remove it from the text: “Kieran”"),
        ({"text": "at 14 Kestrel Row", "r-text": "needed"}, "part of an address: must go"),
    ],
)
def test_a_sheet_that_is_not_whole_or_shows_somebody_is_not_made(client, change, says):
    officer, case, *_ = scene()
    page = signed_in(client, officer).post(f"/cases/{case.reference}/out/intelligence", form(**WHOLE | change))
    assert page.status_code == 422
    assert says in text(page)
    assert not Event.objects.filter(code="exchange.intelligence_sheet_made").exists()


def test_a_name_and_the_exploiters_own_number_go_when_a_named_person_keeps_them(client):
    officer, case, *_ = scene()
    skip = next(one for one in case.people.all() if one.name == "Skip")
    record_address(by=officer, at=MET, person=skip, address="2 Barge Lane", viewers=[])
    agree_contact(by=officer, at=MET, person=skip, rule=contact_rule(to_use="07700 900456"))
    sent = WHOLE | {"text": "Skip of 2 Barge Lane calls Jaz from 07700 900456"}
    path = f"/cases/{case.reference}/out/intelligence"
    page = text(signed_in(client, officer).post(path, form(**sent)))
    ticks = re.findall(r'name="k-text" type="checkbox" value="([0-9a-f]+)"', page)
    assert len(ticks) == 4
    assert client.post(path, form(**sent | {"k-text": ticks})).status_code == 422, "a reason is wanted"
    page = client.post(path, form(**sent | {"k-text": ticks, "r-text": "It is how he runs them"}))
    assert page.status_code == 200
    assert sent["text"] in text(page)
    row = RedactionDecision.objects.get()
    assert (row.use, row.field, str(row.text), row.decided_by_id) == ("intelligence", "text", "", officer.user)
    assert client.post(path, form(**sent | {"as": "given"})).status_code == 200, "it was decided on this very text"
    assert client.post(path, form(**sent | {"text": f"{sent['text']} now"})).status_code == 422


def test_of_a_sealed_case_neither_is_made_and_a_stranger_sees_nothing(client):
    officer, case, *_ = scene()
    stranger = signed_in(client, a_member("frontline"))
    for path in ("out", "out/intelligence"):
        assert stranger.get(f"/cases/{case.reference}/{path}").status_code == 404
    owners = [officer.user, a_member("supervisor").user]
    seal_case(by=a_member("coordinator"), at=MET, case=case, reason="A relative.", owners=owners)
    signed_in(client, officer)
    for path in ("out", "out/intelligence"):
        page = client.get(f"/cases/{case.reference}/{path}")
        assert "Nothing goes to other systems" in text(page)
        assert client.post(f"/cases/{case.reference}/{path}", form(**WHOLE, incident_log="X")).status_code == 422
    codes = ("exchange.incident_log_made", "exchange.intelligence_sheet_made", "exchange.reference_came_back")
    assert not Event.objects.filter(code__in=codes).exists()
