"""A person's page: contact first, why each thing is owed, what is known, who has looked."""

import re
from html import unescape

import pytest

from lodestar.casework.case_files.actions.case import give_case
from lodestar.casework.case_files.actions.people import change_person
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.safe_addresses.actions import record_address, record_reported_addresses
from lodestar.platform.audit.models import Event
from lodestar.platform.names.reported import as_reported, line
from tests.factories.accounts import a_member
from tests.factories.cases import (
    MET,
    AllegedOffenceFactory,
    ConsentAnswerFactory,
    ExploitationFactory,
    a_case,
    a_person,
    a_record,
)
from tests.factories.signed_in import form, html_of, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture
def case(officer):
    return a_case(officer, place="Packing shed")


def test_how_to_contact_them_comes_before_anything_else(client, officer, case):
    person = a_person(officer, case, name="Petra Kováľová")
    html = html_of(signed_in(client, officer), f"/people/{person.id}")
    assert html.index("No agreed way to contact them is recorded.") < html.index("To do, late first")
    assert "<title>A person in " + case.reference in html
    assert "Petra" not in html[: html.index("</head>")]


def test_what_an_import_sent_of_contact_is_no_agreement(client, officer, case):
    person = a_person(officer, case)
    text = as_reported([line("Phone", "unsafe - do not ring")])
    record_reported_addresses(by=officer, at=MET, case=case, addresses=[(person, text)])
    web = signed_in(client, officer)
    html = html_of(web, f"/people/{person.id}")
    assert 'data-contact="received"' in html
    assert "in the agreed way" not in html
    assert "do not ring" not in html
    web.post(f"/people/{person.id}/address", form(reason="To warn them"))
    shown = html_of(web, f"/people/{person.id}/address/shown")
    assert "data-received" in shown
    assert "unsafe - do not ring" in shown
    record_address(by=officer, at=MET, person=person, address="1 High Street", viewers=[officer.user])
    assert 'data-contact="received"' not in html_of(web, f"/people/{person.id}")


def test_each_thing_owed_says_why_on_what_authority_and_leads_to_its_rule(client, officer, case):
    person = a_person(officer, case, age_min=15, age_max=15)
    html = html_of(signed_in(client, officer), f"/people/{person.id}")
    row = Obligation.objects.get(person=person, code="tell_childrens_services_now")
    assert row.why[0].rstrip(".") in html
    assert "Children Act 2004 s11" in html
    assert 'href="/rules/tell_childrens_services_now"' in html


def test_what_is_known_is_said_in_words_and_what_is_not_known_too(client, officer, case):
    person = a_person(
        officer, case, name="Rareș", description="", language="Romanian", age_min=41, age_max=41, age_basis="stated",
        place="custody", needs=["interpreter", "food"], threats=["family_abroad"], out_of_danger="no",
        roles=["possible_victim", "suspect"],
    )  # fmt: skip
    ExploitationFactory(person=person, type="labour")
    AllegedOffenceFactory(person=person, title="Having a false document")
    ConsentAnswerFactory(person=person, nrm=False, spoke_alone=True, interpreter="independent")
    html = html_of(signed_in(client, officer), f"/people/{person.id}")
    for words in (
        "Possible victim, also suspected of something", "Says 41", "Reasonable grounds", "Labour", "Romanian",
        "In custody", "In danger when last recorded", "An interpreter and food", "To family abroad",
        "Said no, alone, with an independent interpreter", "Having a false document",
    ):  # fmt: skip
        assert words in html, words
    bare = a_person(officer, case, age_min=None, age_max=None, name="")
    assert "Name, age, language and the place of the encounter" in html_of(client, f"/people/{bare.id}")


def test_what_was_done_stands_in_its_list_with_who_and_when(client, officer, case):
    person = a_person(officer, case, age_min=15, age_max=15)
    row = Obligation.objects.get(person=person, code="tell_childrens_services_now")
    answer_duty(by=officer, at=MET, case=case, obligations=[row], kind="done", because="Spoke to N. Adeyemi.")
    page = html_of(signed_in(client, officer), f"/people/{person.id}")
    assert "Done: Ring children’s services now" in page
    assert "Spoke to N. Adeyemi." in page
    assert "by PC Brandreth: Done: Ring children’s services now. This does not show how they are now." in page
    happened = html_of(client, f"/people/{person.id}/happened")
    assert "Done: Ring children’s services now" in happened
    assert "PC Brandreth" in happened


def test_who_has_looked_says_who_when_and_why(client, officer, case):
    person = a_person(officer, case)
    supervisor = a_member("supervisor", unit=case.unit, name="Sgt Solanki")
    record_address(by=officer, at=MET, person=person, address="1 Lane", viewers=[])
    html_of(signed_in(client, supervisor), f"/people/{person.id}")
    html_of(signed_in(client, officer), "/my-work")
    client.post(f"/people/{person.id}/address", form(reason="The doctor goes there tonight."))
    html = html_of(client, f"/people/{person.id}/looked")
    for words in ("Sgt Solanki", "Opened a person’s page", "Saw a list of people", "Because: The doctor goes there tonight."):
        assert words in html, words


def test_why_you_can_see_this_is_true_of_each(client, officer, case):
    person = a_person(officer, case)
    given, coordinator = a_member("investigator"), a_member("coordinator")
    give_case(by=coordinator, at=MET, case=case, to=given.user)
    for member, words in (
        (officer, "You opened this case, "),
        (given, "You were given this case, 2 March, 23:40."),
        (a_member("supervisor", unit=case.unit), "It belongs to your unit, whose supervisor you are."),
        (coordinator, "Your role serves the whole force."),
    ):
        assert words in html_of(signed_in(client, member), f"/people/{person.id}")


def test_the_queries_of_a_person_do_not_grow_with_rows(client, officer, case):
    supervisor = a_member("supervisor", unit=case.unit)
    person = a_person(officer, case, age_min=15, age_max=15)
    for rows in (1, 12):
        for number in range(rows):
            ExploitationFactory(person=person)
            AllegedOffenceFactory(person=person, stage="arrest", title=f"Act {number}")
            change_person(
                by=officer, at=MET, person=person, version=type(person).objects.get(id=person.id).version,
                facts={"language": f"Language {number}"},
            )  # fmt: skip
        for path in ("", "/happened", "/looked"):
            for member in (officer, supervisor):
                signed_in(client, member)
                with at_most(15):
                    html_of(client, f"/people/{person.id}{path}")


def test_what_happened_to_a_person_pages_without_leaving_anything_out(client, officer, case):
    person = a_person(officer, case)
    for number in range(30):
        change_person(by=officer, at=MET, person=person, version=number + 1, facts={"language": f"L{number}"})
    row = Obligation.objects.get(person=person, code="golden_hour_evidence")
    answer_duty(by=officer, at=MET, case=case, obligations=[row], kind="done", record=a_record(row.code))
    signed_in(client, officer)
    path, titles = f"/people/{person.id}/happened", []
    for _ in range(5):
        html = html_of(client, path)
        titles += re.findall(r'moj-timeline__title">([^<]+)<', html)
        more = re.search(r"\?after=([\w-]+)", html)
        if not more:
            break
        path = f"/people/{person.id}/happened?after={more.group(1)}"
    assert re.search(r"Written down \d+ \w+ 20\d\d, \d\d:\d\d\.", html), "days later the hour alone would mislead"
    assert titles.count("Changed what is recorded of a person") == 30
    assert titles.count("Recorded a person") == titles.count("Done: Secure golden hour evidence") == 1


def test_a_person_is_written_down_as_shown_on_each_of_their_pages(client, officer, case):
    person = a_person(officer, case)
    signed_in(client, officer)
    for path in ("", "/happened", "/looked"):
        before = Event.objects.filter(code="cases.person_viewed", people=[person.id], by=officer.user).count()
        html_of(client, f"/people/{person.id}{path}")
        assert Event.objects.filter(code="cases.person_viewed", people=[person.id]).count() == before + 1


def test_any_one_thing_owed_is_answered_by_whoever_it_is_for(client, officer, case):
    person = a_person(officer, case)
    row = Obligation.objects.get(person=person, code="golden_hour_evidence")
    path = f"/owed/{row.id}"
    coordinator = a_member("coordinator")
    assert "has this.</p>" in html_of(signed_in(client, coordinator), path)
    assert client.post(path, form(kind="done")).status_code == 404
    assert signed_in(client, a_member("frontline")).get(path).status_code == 404
    signed_in(client, officer)
    refused = client.post(path, form(kind="not_needed", when="2570"))
    assert refused.status_code == 422
    assert "“2570” is not a time" in unescape(refused.content.decode())
    assert client.post(path, form(kind="done", when="yesterday 2230", record_what="Rooms photographed")).status_code == 302
    row.refresh_from_db()
    assert row.state == "closed"
    assert "Rooms photographed" in html_of(client, path)


def test_a_decision_with_a_page_of_its_own_is_not_tapped_away(client, officer, case):
    person = a_person(officer, case)
    row = Obligation.objects.get(person=person, code="record_crime")
    path = f"/owed/{row.id}"
    html = html_of(signed_in(client, officer), path)
    assert f'href="/people/{person.id}/crime"' in html
    assert client.post(path, form(kind="done")).status_code == 422
    row.refresh_from_db()
    assert row.state == "open"
