"""Who saw this person: by name, narrowed, and given to somebody."""

import csv
import io
import re

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.platform.audit.models import Event
from tests.factories.accounts import UnitFactory, a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.signed_in import form, html_of, signed_in

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}")


def asked(key, about="person"):
    return form(purpose="self_monitoring", about=about, key=key)


def table(html):
    """The words of the page's table, as its reader has them."""
    return re.sub(r"<[^>]*>", "", re.search(r"<tbody.*?</tbody>", html, re.DOTALL)[0])


def test_who_saw_a_person_is_found_by_name_and_given_to_somebody(client, fenmarch):
    officer, other = a_member("frontline", name="PC Zoë Abara"), a_member("coordinator", name="Ms Quill")
    person = a_person(officer, a_case(officer), name="Łukasz Đorđević", belief="none")
    twin = a_person(officer, a_case(officer), name="Lukas Dordevic")
    sealed = a_case(officer)
    hidden = a_person(officer, sealed, name="Lukasz Dordevic")
    owners = [a_member("supervisor", unit=sealed.unit), other]
    seal_case(by=owners[0], at=MET, case=sealed, reason="A relative.", owners=[one.user for one in owners])
    signed_in(client, officer).get(f"/people/{person.id}")
    signed_in(client, other).get(f"/people/{person.id}")
    client.get("/matches")
    signed_in(client, a_member("data_protection"))
    assert client.post("/log", asked("Nobody Ofthatname")).status_code == 422
    list_at = client.post("/log", asked("dordevic lukasz"))["Location"]
    html = html_of(client, list_at)
    assert person.case.reference in table(html)
    assert twin.case.reference in table(html)
    assert sealed.reference not in html
    event = Event.objects.get(code="record.searched", subject="name")
    assert (set(event.people), hidden.id in event.people) == ({person.id, twin.id}, False)
    at = client.get(f"{list_at}?person={person.id}")["Location"]
    assert client.get(f"{list_at}?person={hidden.id}").status_code == 200  # the list again
    seen = html_of(client, at)
    assert "PC Zoë Abara" in table(seen)
    assert "Ms Quill" in table(seen)
    assert not ID.search(table(seen))
    assert "PC Zoë Abara" not in table(html_of(client, at, staff="quill"))
    assert "PC Zoë Abara" not in html_of(client, at, until="1 March 2020")
    assert client.get(f"/cases/{person.case.reference}").status_code == 404
    refused = client.post(at, form(use="conduct", recipient=""))
    assert refused.status_code == 422
    for use, columns in (("conduct", 7), ("person", 3)):
        to = client.post(f"{at}?staff=quill", form(use=use, recipient="The panel"))["Location"]
        rows = list(csv.reader(io.StringIO(client.get(to).content.decode("utf-8-sig"))))
        assert {len(row) for row in rows} == {columns}
        assert ("Ms Quill" in rows[1], "Abara" in str(rows)) == (use == "conduct", False)
        given = Event.objects.filter(code="record.given").latest("recorded_at")
        assert (given.operation, given.recipient, given.people) == ("disclosure", "The panel", [person.id])


def test_an_officer_is_found_by_name_and_lists_are_named(client, fenmarch):
    officer = a_member("frontline", name="PC Zoë Abara")
    a_member("frontline", name="PC Tom Reed", unit=UnitFactory())
    a_member("frontline", name="PS Ann Reed")
    a_person(officer, a_case(officer), name="Kai")
    signed_in(client, officer).get("/my-work")
    hidden = a_case(officer)
    client.get(f"/cases/{hidden.reference}")
    owners = [a_member("supervisor", unit=hidden.unit).user, officer.user]
    seal_case(by=officer, at=MET, case=hidden, reason="A relative.", owners=owners)
    signed_in(client, a_member("professional_standards"))
    assert client.post("/log", asked("reed", "officer")).status_code == 422
    seen = html_of(client, client.post("/log", asked("abara zoe", "officer"))["Location"])
    assert "My work" in table(seen)
    assert table(seen).count("Opened the case page") == 1  # what officers do in a sealed case stays in the log
    assert hidden.reference not in seen
    assert not ID.search(table(seen))
