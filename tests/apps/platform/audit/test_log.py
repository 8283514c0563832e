"""The log page: a purpose first, the look itself written down, ids and references and never a name of somebody in a case."""

import re
from html import unescape

import pytest
from django.db import connection

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.case_files.actions.people import change_person
from lodestar.information_governance.access_alerts.actions import use_emergency_access
from lodestar.knowledge.library.actions import show_at_step
from lodestar.platform.audit.models import Event
from lodestar.platform.design.when import day, on
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.guidance import a_published_version
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most

HEAVIEST = 30_000  # bytes of HTML


@pytest.fixture
def here(fenmarch):
    officer = a_member("frontline", name="PC Brandreth")
    case = a_case(officer, place="Quay car wash")
    return (officer, case, a_person(officer, case, name="Petra Kováľová", description="red coat"), a_member("data_protection"))


def text(page):
    assert len(page.content) <= HEAVIEST
    return unescape(page.content.decode())


def look(client, about, key, purpose="lawfulness"):
    return client.post("/log", form(purpose=purpose, about=about, key=key))


def found(client, about, key):
    page = client.get(look(client, about, key).headers["Location"])
    assert page.status_code == 200
    return text(page)


def test_without_a_purpose_nothing_is_looked_for(client, here):
    *_, person, log = here
    signed_in(client, log)
    refused = client.post("/log", form(about="person", key=str(person.id)))
    assert refused.status_code == 422
    assert "Choose why you are searching" in text(refused)
    assert not Event.objects.filter(code="record.searched", people=[person.id]).exists()
    html = text(client.get("/log"))
    assert html.count('name="purpose"') == 4
    assert "checked" not in html  # nothing is chosen for them


def test_who_has_seen_a_person_and_the_look_is_itself_written_down(client, here):
    officer, case, person, log = here
    signed_in(client, officer).get(f"/people/{person.id}")
    client.get("/my-work")
    signed_in(client, log)
    html = found(client, "person", str(person.id))
    for words in ("PC Brandreth", "Opened a person’s page", "Saw a list of people", "Recorded a person", case.reference):
        assert words in html, words
    for words in ("Petra", "Kováľová", "red coat", "Quay car wash"):
        assert words not in html, words
    searched = Event.objects.get(code="record.searched", people=[person.id])
    assert (searched.by, searched.reason) == (log.user, "To check that what was done was lawful")
    assert "Searched the log" in found(client, "person", str(person.id))


def test_who_has_seen_a_case(client, here):
    officer, case, _person, log = here
    signed_in(client, officer).get(f"/cases/{case.reference}")
    html = found(signed_in(client, log), "person", case.reference.lower())
    assert f"Who has seen case {case.reference}" in html
    assert "Opened the case page" in html
    assert "Petra" not in html


def test_what_an_officer_has_seen_pages_after_a_key(client, here):
    officer, _case, person, log = here
    for number in range(30):
        change_person(by=officer, at=MET, person=person, version=number + 1, facts={"language": f"L{number}"})
    signed_in(client, log)
    path = look(client, "officer", officer.username.upper()).headers["Location"]
    first = text(client.get(path))
    assert first.count("Changed what is recorded of a person") == 25
    assert "L29" not in first
    after = re.search(r"\?after=([\w-]+)", first).group(1)
    second = text(client.get(f"{path}?after={after}"))
    assert second.count("Changed what is recorded of a person") == 5
    assert "Opened a case" in second
    assert "Opened a case" not in first


def test_what_is_not_there_and_what_is_sealed_read_alike(client, here):
    officer, case, _person, log = here
    supervisor, owner = a_member("supervisor", unit=case.unit), a_member("coordinator")
    seal_case(by=supervisor, at=MET, case=case, reason="Related.", owners=[supervisor.user, owner.user])
    signed_in(client, log)
    for key in (case.reference, "FM-26-9996"):
        refused = look(client, "person", key)
        assert refused.status_code == 422
        assert "There is no case of this reference" in text(refused)
    assert look(client, "officer", "nobody-here").status_code == 422
    assert case.reference not in found(client, "officer", officer.username)
    assert case.reference not in found(client, "officer", supervisor.username)


def test_a_case_sealed_after_the_search_is_gone_from_it(client, here):
    _, case, _, log = here
    path = look(signed_in(client, log), "person", case.reference).headers["Location"]
    supervisor, owner = a_member("supervisor", unit=case.unit), a_member("coordinator")
    seal_case(by=supervisor, at=MET, case=case, reason="Related.", owners=[supervisor.user, owner.user])
    assert client.get(path).status_code == 404


def test_a_search_is_its_own_persons(client, here):
    *_, person, log = here
    path = look(signed_in(client, log), "person", str(person.id)).headers["Location"]
    signed_in(client, a_member("data_protection"))
    assert client.get(path).status_code == 404
    assert client.get(f"/log/{new_id()}").status_code == 404


def test_a_number_that_is_nobodys_finds_nothing_and_is_written_down(client, here):
    *_, log = here
    nobody = new_id()
    html = found(signed_in(client, log), "person", str(nobody))
    assert "Searched the log" in html or "Nothing is recorded under it." in html
    assert Event.objects.filter(code="record.searched", people=[nobody]).exists()


def test_the_queries_of_the_log_do_not_grow(client, here):
    officer, case, person, log = here
    for number in range(40):
        change_person(by=officer, at=MET, person=person, version=number + 1, facts={"language": f"L{number}"})
        use_emergency_access(by=a_member("frontline"), at=MET, case=case, reason="In danger.") if number < 25 else None
    signed_in(client, log)
    with at_most(15):
        text(client.get("/log"))
    for about, key in (("person", str(person.id)), ("person", case.reference), ("officer", officer.username)):
        path = look(client, about, key).headers["Location"]
        with at_most(15):
            text(client.get(path))


def test_a_line_names_the_guidance_that_was_shown_with_its_version_and_day_and_leads_there(client, here):
    officer, case, _, protection = here
    version = a_published_version(a_member("guidance_editor"), title="Of the yard")
    show_at_step(by=officer, at=MET, case=case.id, step="safe_place", versions=[version.id])
    signed_in(client, protection)
    page = found(client, "person", case.reference)
    assert f'href="/guidance/versions/{version.id}">Of the yard, version 1, published {day(on(version.published_at))}</a>' in page
    assert client.get(f"/guidance/versions/{version.id}").status_code == 200


def of_people():
    """How many months have an index of people, and how many of these hold what is written at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*), count(*) filter (where c.reloptions @> array['fastupdate=off']) from pg_index i"
            " join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam"
            " join pg_inherits h on h.inhrelid = i.indrelid and h.inhparent = 'audit_event'::regclass where a.amname = 'gin'"
        )
        return cursor.fetchone()


@pytest.mark.usefixtures("fenmarch")
def test_what_is_written_of_a_person_is_in_the_index_of_every_month_at_once_and_waits_in_no_list():
    with connection.cursor() as cursor:
        cursor.execute("select audit_make_month((current_date + interval '20 months')::date)")
    months, at_once = of_people()
    assert at_once == months > 15
