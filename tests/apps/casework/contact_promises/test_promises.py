"""Promises: kept, broken and done late, again and again, a pause, the contact rule, who is in no list, and the paper."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.contact_promises.actions import make_promise, move_promise
from lodestar.casework.contact_promises.models import Promise
from lodestar.casework.contact_promises.presenters import case_lines
from lodestar.casework.contact_promises.queries import open_for_closing, timeline_rows
from lodestar.casework.safe_addresses.actions import agree_contact
from lodestar.casework.safe_addresses.models import ContactWithout
from lodestar.platform.notices.due_items import due_items
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person, contact_rule
from tests.factories.promises import PromiseFactory
from tests.factories.signed_in import form, html_of, read, sent, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")

DAY = timedelta(days=1)


def a_victim(rule="text"):
    officer = a_member("frontline")
    case = a_case(officer)
    person = a_person(officer, case, name="Ardita Hoxha")
    if rule:
        agree_contact(by=officer, at=timezone.now(), person=person, rule=contact_rule(channel=rule))
    return person


def items_of(member, until=DAY):
    now = timezone.now()
    return [(item.kind, item.href) for item in due_items(member, now + until, now)]


def test_a_broken_promise_is_shown_to_who_gave_it_and_the_supervisor_and_stays_late_once_it_is_done(client):
    advisor, person = a_member("advisor"), a_victim()
    supervisor = a_member("supervisor", unit=person.case.unit)
    row = PromiseFactory(person=person, owner_id=advisor.user)
    page = f"/promises/{row.id}"
    assert ("promise", page) in items_of(advisor)
    assert ("promise", page) in items_of(supervisor)
    with at_most(15):
        assert page in html_of(signed_in(client, supervisor), "/promises", show="late")
    with at_most(15):
        assert page in html_of(client, "/promises/days")
    with at_most(15):
        assert 'data-outcome="Broken"' in html_of(client, page)
    assert sent(advisor, page, to="done", version=1).status_code == 422, "how it was done"
    client = signed_in(client, advisor)
    with at_most(40):
        assert client.post(page, form(to="done", done_how="call", version=1)).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.due_at, row.done_at > row.by_when) == ("done", None, True)
    assert 'data-outcome="Done late"' in read(supervisor, page)
    assert items_of(advisor) == items_of(supervisor) == []
    assert [kind for _, kind, _, _ in timeline_rows(person.case)] == ["contact", "contact"]


def test_what_is_promised_in_a_rhythm_begins_again_when_it_is_done():
    advisor, person, at = a_member("advisor"), a_victim(), timezone.now()
    facts = {"rhythm": "weekly", "words": "News of the flat"}
    (row,) = make_promise(by=advisor, at=at, people=[person], kind="update", by_when=at + DAY, **facts)
    assert open_for_closing(person.case)[0][1] == f"/promises/{row.id}"
    move_promise(by=advisor, at=at, row=row, to="done", seen=1, done_how="they_came")
    again = Promise.objects.get(state="open")
    assert (again.kind, again.words, again.owner_id) == ("update", "News of the flat", advisor.user)
    assert timedelta(days=7) <= again.by_when - at < timedelta(days=8)
    assert case_lines(person.case, advisor, at)[1].href == f"/promises/{again.id}"


def test_a_pause_moves_what_falls_into_it_and_mends_nothing_that_was_broken(client):
    advisor, person, at = a_member("advisor"), a_victim(), timezone.now()
    broken, inside = PromiseFactory(person=person), PromiseFactory(person=person, by_when=at + DAY, due_at=at + DAY)
    page = f"/people/{person.id}/promises"
    until = at + timedelta(days=5)
    assert sent(advisor, page, kind="pause", by_when=f"{until.day} {until:%B} {until.year}").status_code == 302
    with at_most(15):
        assert "data-pause" in html_of(signed_in(client, advisor), page)
    assert sent(advisor, page, kind="call_back", by_when="tomorrow").status_code == 302, "promised after it was asked for"
    days = {row.id: row.by_when for row in Promise.objects.exclude(kind="pause")}
    assert days.pop(broken.id) == broken.by_when
    assert days[inside.id].date() == until.date() + DAY
    assert len(set(days.values())) == 1
    assert not [href for kind, href in items_of(advisor, 3 * DAY) if str(inside.id) in href]


def test_no_rule_is_no_contact_and_who_asked_for_none_is_in_no_list_of_what_is_due():
    advisor, person, silent = a_member("advisor"), a_victim(rule=""), a_victim(rule="none")
    row = PromiseFactory(person=person, owner_id=advisor.user)
    theirs = PromiseFactory(person=silent, owner_id=advisor.user)
    assert items_of(advisor) == [("promise", f"/promises/{row.id}")]
    assert f"/promises/{theirs.id}" not in read(advisor, "/promises/days")
    a_member("victim_liaison", name="PC Marchetti")
    give = {"to": "open", "owner": "PC Marchetti", "version": 1}
    assert sent(advisor, f"/promises/{row.id}", **give).status_code == 422, "who does not see the case would not know of it"
    new = {"kind": "visit", "by_when": "tomorrow", "owner": "PC Marchetti"}
    assert sent(advisor, f"/people/{person.id}/promises", **new).status_code == 422
    done = {"to": "done", "done_how": "call", "version": 1}
    assert sent(advisor, f"/promises/{row.id}", **done).status_code == 422
    assert sent(advisor, f"/promises/{row.id}", **done, without="She was in danger").status_code == 302
    assert ContactWithout.objects.get(person=person).code == "promise_call_back"


def test_sealed_promises_are_in_no_list_of_who_is_not_named_and_navigators_see_none():
    coordinator, advisor, person = a_member("coordinator"), a_member("advisor"), a_victim()
    row = PromiseFactory(person=person, owner_id=advisor.user)
    seal_case(
        by=coordinator, at=timezone.now(), case=person.case, reason="A relative", owners=[coordinator.user, a_member().user]
    )
    for path in ("/promises", "/promises/days"):
        assert str(row.id) in read(coordinator, path)
        assert str(row.id) not in read(advisor, path)
    assert items_of(advisor) == []
    assert sent(advisor, f"/promises/{row.id}", to="stopped", reason="agreed", version=1).status_code == 404
    assert signed_in_status(a_member("navigator"), "/promises") == 404


def test_the_paper_warns_first_and_says_nothing_of_police_or_crime():
    advisor, person = a_member("advisor", name="DC Wren"), a_victim()
    for kind in ("update", "release"):
        PromiseFactory(person=person, owner_id=advisor.user, kind=kind, words="Her trafficker is out")
    page = f"/people/{person.id}/promises/paper"
    warning = read(advisor, page)
    assert "data-warning" in warning
    assert "data-line" not in warning
    named, plain = read(advisor, f"{page}?names=yes"), read(advisor, f"{page}?names=no")
    assert named.count("data-line") == plain.count("data-line") == 1, "never the release"
    assert "DC Wren" in named
    paper = plain.split("<main")[1].split("</main>")[0].lower()
    assert not [
        word
        for word in ("wren", "traffick", "police", "crime", "victim", "hoxha", person.case.reference.lower())
        if word in paper
    ]


def signed_in_status(member, path):
    return signed_in(Client(), member).get(path).status_code
