"""The crime record of one victim: in the force's own order, made anew each time, written down, and of this victim alone."""

import re
from datetime import timedelta
from html import unescape

import pytest

from lodestar.casework.case_files.actions.case import change_case, seal_case
from lodestar.casework.case_files.actions.people import record_exploitation, record_offence
from lodestar.casework.concerns.models import Note
from lodestar.casework.consent.actions import record_consent
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.redaction.models import RedactionDecision
from lodestar.casework.safe_addresses.actions import agree_contact, record_address
from lodestar.exchange.exports.models import PackOrder
from lodestar.exchange.exports.rules.own_systems import NOT_KNOWN
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import MET, FirstAccountFactory, a_case, a_person, a_record, contact_rule
from tests.factories.referrals import AnswerFactory, ReferralFactory, WritingFactory
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")
WHERE = "14 Kestrel Row"
CLEAN = {"circumstances": "Kieran Doyle with wraps.", "said": "He owes Skip. (PC Brandreth)"}


def scene():
    officer = a_member("frontline", name="PC Brandreth")
    what = "Kieran Doyle and Jaz Mallory with wraps. Jaz said a man has rooms at 14 Kestrel Row."
    case = a_case(officer, place="Behind the station", what=what)
    kieran = a_person(
        officer, case, name="Kieran Doyle", age_min=15, age_max=16, age_basis="stated", threats=["person"],
        roles=["possible_victim", "suspect"],
    )  # fmt: skip
    jaz = a_person(officer, case, name="Jaz Mallory", birth_date="2010-05-02", age_min=None, age_max=None)
    a_person(officer, case, name="Skip", roles=["exploiter"], belief="")
    kind = {"type": "criminal", "from_date": "2026-01", "where": ["uk"], "still_in_situation": True}
    record_exploitation(by=officer, at=MET, person=kieran, facts=kind)
    record_offence(by=officer, at=MET, person=kieran, facts={"act": "Misuse of Drugs Act 1971", "stage": "arrest"})
    said = {"nrm": False, "spoke_alone": True, "interpreter": "not_needed", "refusal_reason": "afraid of the Home Office"}
    record_consent(by=officer, at=MET, person=jaz, answer=said)
    for person, words in ((kieran, "He owes Skip. Jaz Mallory owes more."), (jaz, "Jaz slept in a car.")):
        Note.objects.create(case=case, person=person, kind="own_words", words=words, recorded_at=MET, recorded_by_id=officer.user)
    record_address(by=officer, at=MET, person=jaz, address=f"{WHERE}, Lincoln", viewers=[])
    agree_contact(by=officer, at=MET, person=jaz, rule=contact_rule())
    FirstAccountFactory(person=kieran, officer="4471", kept=["phones"])
    return officer, case, kieran, jaz


def decide(client, person, **changed):
    """Sends the page of texts to check: each match that may be kept is kept, and texts are changed by their field."""
    path = f"/people/{person.id}/crime-record/check"
    page = unescape(client.get(path).content.decode())
    told = {f"s-{code}": source for code, source in re.findall(r'name="s-([^"]+)" value="([0-9a-f]+)"', page)}
    for code in [name.removeprefix("s-") for name in told]:
        text = re.search(rf'name="t-{code}"[^>]*>([^<]*)<', page)[1].strip()
        ticks = re.findall(rf'name="k-{code}" type="checkbox" value="([0-9a-f]+)"', page)
        told |= {f"t-{code}": changed.get(code, text), f"k-{code}": ticks, f"r-{code}": "The crime"}
    return client.post(path, form(**told))


def text_of(client, person, **changed):
    path = f"/people/{person.id}/crime-record"
    page = client.get(path)
    if page.status_code == 302:
        assert decide(client, person, **changed).status_code == 302
        page = client.get(path)
    assert page.status_code == 200
    return (
        unescape(page.content.decode()).partition('id="whole"')[2].partition('<div class="lode-out">')[2].partition("</div>")[0]
    )


def test_a_record_holds_what_the_case_holds_of_this_victim_and_nobody_else(client):
    officer, case, kieran, _ = scene()
    signed_in(client, officer)
    assert decide(client, kieran).status_code == 422, "another victim and a safe address are never kept"
    told = text_of(client, kieran, **CLEAN)
    for line in (
        "OFFICIAL-SENSITIVE",
        f"Our reference: {case.reference}/1",
        "When it happened: From January 2026, continuing at the encounter",
        "Where it happened: In the United Kingdom",
        "What was done to them: Criminal exploitation",
        "Name: Kieran Doyle",
        f"Date of birth: {NOT_KNOWN}",
        "Age at encounter: says 15 or 16",
        f"Died: {NOT_KNOWN}",
        "Circumstances: Kieran Doyle with wraps.",
        "Said or noted at the time: He owes Skip. (PC Brandreth)",
        "Threats: To them",
        "First account: Body-worn video BWV-7714, 2 March 2026, 23:40, officer 4471. It is their account: watch it."
        " Do not ask them to repeat it, and do not retype it",
        "Evidence kept in the first hour: Phones",
        "Alleged offender: Skip",
        "Other victims: One more recorded, with a separate crime",
        "Officer at the encounter: PC Brandreth",
        f"Crime number, if there is one: {NOT_KNOWN}",
    ):
        assert line in told, line
    for stays in ("Jaz", "Mallory", WHERE, "900123", "Misuse of Drugs", "arrest", "suspect", "possible victim"):
        assert stays not in told, stays


def test_nothing_of_an_answer_about_a_referral_or_a_safe_address_goes(client):
    officer, case, _, jaz = scene()
    owed = list(Obligation.objects.filter(person=jaz, code="golden_hour_evidence"))
    record = a_record("golden_hour_evidence", "Rota from the wall")
    answer_duty(by=officer, at=MET, case=case, obligations=owed, kind="done", record=record)
    told = text_of(signed_in(client, officer), jaz, circumstances="Jaz Mallory and another with wraps.")
    assert "Rota from the wall" in told.partition("Evidence kept in the first hour: ")[2].partition("\n")[0]
    assert "Date of birth: 2 May 2010" in told
    assert "Kieran" not in told
    for stays in (WHERE, "900123", "Home Office. ", "afraid", "National Referral", "NRM", "nrm"):
        assert stays not in told, stays
    assert "ask the officer in the case first" in told


def test_what_was_decided_of_a_text_holds_until_the_case_says_otherwise(client):
    officer, case, kieran, _ = scene()
    signed_in(client, officer)
    text_of(client, kieran, **CLEAN)
    row = RedactionDecision.objects.get(field="circumstances")
    assert (row.person_id, row.use, str(row.text)) == (kieran.id, "crime_record", CLEAN["circumstances"])
    assert client.get(f"/people/{kieran.id}/crime-record").status_code == 200
    change_case(by=officer, at=MET, case=case, facts={"what": "Jaz was seen."})
    assert client.get(f"/people/{kieran.id}/crime-record").url.endswith("/check")


def test_what_only_the_referral_says_is_not_asked_again(client):
    officer, _, kieran, _ = scene()
    writing = WritingFactory(person=kieran)
    for number, (code, words) in enumerate((("pv-gender", "male"), ("pv-nationality", "British")), 1):
        AnswerFactory(writing=writing, code=code, number=number, words=words)
    told = text_of(signed_in(client, officer), kieran, **CLEAN)
    assert "Gender: Male" in told
    assert "Nationality: British" in told


def test_dates_signs_and_exploiters_of_the_referral_are_in_the_record_with_their_source(client):
    officer, _, kieran, _ = scene()
    writing = WritingFactory(person=kieran)
    answers = {
        "listed-places": "Lincoln\tA flat by the canal\tMarch 2026\t\tCounted wraps", "listed-control": "debt",
        "described-exploiters": "Marek\tTall, scar on his chin\t",
        "modern-slavery-indicators-details": "Two phones, seen by PC Brandreth.",
    }  # fmt: skip
    for code, words in answers.items():
        AnswerFactory(writing=writing, code=code, number=1, words=words, written_at=MET)
    told = text_of(signed_in(client, officer), kieran, **CLEAN)
    source = "From the referral draft of 2 March 2026"
    for label, words in (
        ("When it happened", "Lincoln, A flat by the canal: from March 2026"), ("Where it happened", "Lincoln"),
        ("Seen on or about them", "Two phones"), ("Threats", "debt"), ("Alleged offender", "Called Marek, Tall, scar"),
    ):  # fmt: skip
        line = told.partition(f"\n{label}:")[2].partition("\n\n")[0]
        assert words in line, label
        assert source in line, label
    assert NOT_KNOWN not in told.partition("\nSeen on")[2].partition("\n")[0]
    ReferralFactory(person=kieran, writing=writing, sent_at=MET + timedelta(hours=1))
    assert "From the referral sent 3 March 2026" in text_of(client, kieran, **CLEAN)


def test_the_page_has_each_field_to_copy_and_the_whole_and_stays_light(client):
    officer, _, kieran, jaz = scene()
    text_of(signed_in(client, officer), kieran, **CLEAN)
    with at_most(15):
        page = client.get(f"/people/{kieran.id}/crime-record")
    html = unescape(page.content.decode())
    assert len(page.content) < 30_000
    known = re.findall(r'data-copy="(f-\w+|whole)"', html)
    assert "f-name" in known
    assert "f-born" not in known, "what is not known is not copied"
    assert known[-1] == "whole"
    assert f"Name: Kieran Doyle\nDate of birth: {NOT_KNOWN}" in html
    assert f'href="/people/{jaz.id}/crime-record"' in html
    assert "Mallory" not in html.replace(">Jaz Mallory</a>", "")


def test_opening_is_a_look_and_each_giving_out_is_written_down_as_what_it_is(client):
    officer, case, kieran, _ = scene()
    decide(signed_in(client, officer), kieran, **CLEAN)
    path = f"/people/{kieran.id}/crime-record"
    before = Event.objects.count()
    assert "data-given" not in client.get(path).content.decode()
    opened = Event.objects.order_by("recorded_at", "id")[before:]
    assert {event.operation for event in opened} == {"consultation"}
    assert "cases.person_viewed" in {event.code for event in opened}
    assert client.post(path, form()).url == path
    events = Event.objects.filter(code="exchange.crime_pack_made").order_by("recorded_at")
    assert [event.subject.split()[0] for event in events] == ["page"]
    for event in events:
        assert (event.operation, event.case, event.people) == ("disclosure", case.id, [kieran.id])
        assert event.recipient == "the force’s crime system"
        assert "name" in event.fields
        assert "born" not in event.fields, "what was not known did not go"
    assert client.get(path).content.decode().count("data-given") == 1


def test_a_force_files_its_own_order_and_labels_without_code(client):
    officer, _, kieran, _ = scene()
    policy = signed_in(client, a_member("policy_owner"))
    assert 'href="/exports/crime-record-order"' in policy.get("/rules/settings").content.decode()
    assert policy.get("/exports/crime-record-order").status_code == 200
    sent = form(system="CrimeBook", order="born: DOB\nname: Surname and forename")
    assert policy.post("/exports/crime-record-order", sent).status_code == 302
    row = PackOrder.objects.get()
    assert (row.system, row.fields) == ("CrimeBook", [["born", "DOB"], ["name", "Surname and forename"]])
    told = text_of(signed_in(client, officer), kieran, **CLEAN)
    assert told.endswith(f"\n\nDOB: {NOT_KNOWN}\nSurname and forename: Kieran Doyle\n")
    assert client.post(f"/people/{kieran.id}/crime-record", form()).status_code == 302
    event = Event.objects.get(code="exchange.crime_pack_made")
    assert (event.recipient, event.subject) == ("CrimeBook", f"page {row.id}")


def test_an_order_that_cannot_be_read_says_which_line(client):
    policy = signed_in(client, a_member("policy_owner"))
    page = policy.post("/exports/crime-record-order", form(system="", order="name: A\naddress: B"))
    assert page.status_code == 422
    assert "Line 2: “address” is not one of the fields" in unescape(page.content.decode())
    assert "Write what the crime system is called" in page.content.decode()
    assert not PackOrder.objects.exists()
    officer = signed_in(client, a_member("frontline"))
    assert officer.get("/exports/crime-record-order").status_code == 404
    assert "crime-record-order" not in officer.get("/rules/settings").content.decode()


def test_of_a_sealed_case_nothing_is_made(client):
    officer, case, kieran, _ = scene()
    owners = [officer.user, a_member("supervisor").user]
    seal_case(by=a_member("coordinator"), at=MET, case=case, reason="A relative.", owners=owners)
    signed_in(client, officer)
    page = client.get(f"/people/{kieran.id}/crime-record")
    assert "Nothing goes to other systems" in page.content.decode()
    assert "Doyle" not in unescape(page.content.decode()).replace("Kieran Doyle, says 15 or 16", "")
    assert client.post(f"/people/{kieran.id}/crime-record", form()).status_code == 422
    assert not Event.objects.filter(code="exchange.crime_pack_made").exists()
