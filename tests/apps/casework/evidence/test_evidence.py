"""Exhibits and their continuity; the ledger of accounts, a further one asked for; what is behind a second step."""

import pytest
from django.db import ProgrammingError, transaction

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.case_files.actions.people import record_first_account
from lodestar.casework.evidence.actions import ask_for_account, record_account
from lodestar.casework.evidence.models import Account, AccountRequest, Exhibit, ExhibitCorrection, ExhibitHolding
from lodestar.casework.evidence.presenters import case_lines
from lodestar.casework.evidence.queries import accounts_of, open_for_closing, timeline_rows
from lodestar.platform.audit.models import Event
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.evidence import AccountFactory, ExhibitFactory
from tests.factories.signed_in import form, html_of, sent, signed_in

WORDS = "He burnt my passport in front of me"


@pytest.fixture
def detective(fenmarch):
    return a_member("investigator")


@pytest.fixture
def person(detective):
    return a_person(detective, a_case(detective), name="Ana")


def first_account(by, person):
    return record_first_account(by=by, at=MET, people=[person], reference="BWV-1", officer="4471")


def test_an_exhibit_and_who_had_it(client, detective, person):
    client, case = signed_in(client, detective), person.case
    page, typed = f"/cases/{case.reference}/exhibits/add", {"reference": "RF/1", "kind": "digital", "what": "A telephone"}
    assert sent(detective, page, **typed, found_at="3 March 2026 0800", person=str(person.id)).status_code == 302
    row = Exhibit.objects.get()
    assert (row.person_id, row.what, row.found_at.hour) == (person.id, "A telephone", 8)
    assert sent(detective, page, **typed).status_code == 422, "a reference is one exhibit's"
    assert [href for _, href in open_for_closing(case)] == [f"/exhibits/{row.id}"]
    move = {"holder": "Store", "where": "Marlsea", "why": "Filed", "from_at": "3 March 2026 1000"}
    assert sent(detective, f"/exhibits/{row.id}/move", **move, to_at="3 March 2026 0900").status_code == 422
    assert sent(detective, f"/exhibits/{row.id}/move", **move).status_code == 302
    assert html_of(client, f"/exhibits/{row.id}").count("data-fault") == 1
    assert open_for_closing(case) == []
    assert sent(detective, f"/exhibits/{row.id}/correct", words="It is RF/2, not RF/1").status_code == 302
    shown = html_of(client, f"/exhibits/{row.id}")
    assert "It is RF/2, not RF/1" in shown
    assert "A telephone" in shown
    assert "Corrected" in html_of(client, f"/cases/{case.reference}/exhibits")
    for changed in (ExhibitHolding.objects, Exhibit.objects, ExhibitCorrection.objects):
        with pytest.raises(ProgrammingError), transaction.atomic():
            changed.update(recorded_at=MET)


def test_a_further_account_is_asked_for_after_the_earlier_ones(client, detective, person):
    client, ask = signed_in(client, detective), f"/people/{person.id}/accounts/ask"
    why = {"line": "financial", "reason": "No document shows who held the card"}
    assert sent(detective, ask, **why, version="0").status_code == 422, "a first one is nobody's to ask for"
    (video,) = first_account(detective, person)
    assert "BWV-1" in html_of(client, ask)
    assert sent(detective, ask, **why, version="0").status_code == 422, "not all of them were shown"
    assert sent(detective, ask, line="financial", version="1").status_code == 422, "no reason"
    assert sent(detective, ask, **why, version="1").status_code == 302
    request = AccountRequest.objects.get()
    assert (request.shown, request.line, request.recorded_by_id) == ([video.id], "financial", detective.user)
    add = f"/people/{person.id}/accounts/add"
    assert sent(detective, add, way="abe", taker="DC Marsh", request=str(request.id)).status_code == 302
    assert sent(detective, add, way="notes", taker="dc marsh").status_code == 302, "what happened is recorded"
    rows = Account.objects.order_by("number").values_list("number", "request", "happened_without")
    assert list(rows) == [(2, request.id, False), (3, None, True)]
    assert "<b>3 accounts to 2 officers, 1 without a request.</b>" in html_of(client, f"/people/{person.id}/accounts")
    assert [row.account and row.account.number for row in accounts_of(person)] == [None, 2, 3]


def test_what_was_asked_for_later_is_no_request(detective, person):
    (video,) = first_account(detective, person)
    with pytest.raises(ConcurrentEdit):
        ask_for_account(by=detective, at=MET, person=person, shown=[], line="digital", reason="x")
    asked = {"shown": [video.id], "line": "digital", "reason": "Which telephone"}
    later = ask_for_account(by=detective, at=MET.replace(hour=23), person=person, **asked)
    row = record_account(by=detective, at=MET.replace(hour=22), person=person, request=later, way="notes")
    assert (row.request_id, row.happened_without) == (None, True)


@pytest.mark.parametrize("kind", ["exhibits", "accounts"])
def test_what_may_distress_is_behind_a_second_step(client, detective, person, kind):
    exhibit = ExhibitFactory(case=person.case, what=WORDS, distressing=["injury"])
    account = AccountFactory(person=person, words=WORDS, distressing=["injury"])
    client, page = signed_in(client, detective), f"/{kind}/{(exhibit if kind == 'exhibits' else account).id}"
    for path in (page, f"/cases/{person.case.reference}/exhibits", f"/people/{person.id}/accounts"):
        assert WORDS not in html_of(client, path), path
    assert WORDS not in f"{timeline_rows(person.case)} {case_lines(person.case, detective, MET)}"
    assert sent(detective, page).status_code == 422, "no reason"
    assert WORDS not in html_of(client, page)
    assert client.post(page, form(purpose="charge")).status_code == 302
    assert WORDS in html_of(client, page)
    assert Event.objects.filter(code="evidence.material_read", fields=["for_charge"]).count() == 1
    colleague = a_member("detective_inspector", rank="detective_inspector")
    assert WORDS not in html_of(signed_in(client, colleague), page)


def test_a_sealed_case_and_other_roles_see_nothing(client, detective, person):
    row, other = ExhibitFactory(case=person.case), a_member("detective_inspector", rank="detective_inspector")
    pages = [f"/exhibits/{row.id}", f"/cases/{person.case.reference}/exhibits", f"/people/{person.id}/accounts"]
    assert {signed_in(client, other).get(page).status_code for page in pages} == {200}
    for role in ("frontline", "advisor", "navigator"):
        assert {signed_in(client, a_member(role)).get(page).status_code for page in pages} == {404}
    coordinator = a_member("coordinator")
    seal_case(by=coordinator, at=MET, case=person.case, reason="A relative", owners=[detective.user, coordinator.user])
    assert {signed_in(client, other).get(page).status_code for page in pages} == {404}
    assert {signed_in(client, detective).get(page).status_code for page in pages} == {200}
