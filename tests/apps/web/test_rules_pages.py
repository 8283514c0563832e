"""Each rule on its page, with dates, source and how sure that is; and what people say is wrong."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from lodestar.cases import ledger
from lodestar.cases.models import Remark
from lodestar.cases.rules import SHIPPED
from lodestar.kernel.encounter_form import read_encounter
from lodestar.kernel.obligations import obligation_rows
from lodestar.kernel.reference_lists import reference_list
from lodestar.record.models import Event
from lodestar.tenancy.within import within
from lodestar.web.presenters.due_words import EVENTS, due_words
from lodestar.web.presenters.owed import OF_CASE, OF_PERSON, SHORTER, short
from tests.factories.accounts import TenantFactory, a_member
from tests.factories.cases import RemarkFactory
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most

HEAVIEST = 30_000  # bytes of HTML
SAMPLES = Path(__file__).parents[2] / "rules" / "data" / "encounters-sample.jsonl"
MOST_WORDS = 20
LONGEST = 110  # characters of a line in a list


def text(page):
    assert len(page.content) <= HEAVIEST
    return unescape(page.content.decode())


@pytest.mark.usefixtures("fenmarch")
def test_every_rule_has_a_page_that_any_role_may_read(client):
    signed_in(client, a_member("administrator"))
    every = text(client.get("/rules"))
    for code, rows in obligation_rows().items():
        with at_most(15):
            html = text(client.get(f"/rules/{code}"))
        assert f'href="/rules/{code}"' in every
        assert all(authority.replace("'", "’") in html.replace("'", "’") for authority in rows[-1].authority)
        assert ("Not confirmed" in html) == (rows[-1].confidence != "verified")
        assert "This is wrong because" in html
        assert due_words(rows[-1].due) in html
    assert client.get("/rules/no_such_rule").status_code == 404


@pytest.mark.usefixtures("fenmarch")
def test_a_rule_shows_all_its_dates_and_where_it_is_used(client):
    html = text(signed_in(client, a_member("frontline")).get("/rules/recovery_period_minimum"))
    for words in (
        "The beginning",
        "12 December 2022",
        "30 January 2023",
        "still",
        "45 days after",
        "30 days after",
        "Law",
    ):
        assert words in html, words
    assert "My work of whoever has it: coordinator" in html
    policy = text(client.get("/rules/reach_nrm_or_dtn"))
    assert "Force policy" in policy
    assert "Not law." in policy
    assert "The number is force policy, not law" in policy


def test_every_due_is_said_in_words():
    dues = [row.due for rows in obligation_rows().values() for row in rows]
    for due in dues:
        words = due_words(due)
        assert words, due
        assert not re.search(r"_|\bevent\b", words), (due, words)
    named = re.findall(r"'(?:from|or_from)': '(\w+)'", str(dues))
    assert set(named) <= set(EVENTS)


def test_lists_say_each_thing_in_a_line():
    for code, rows in obligation_rows().items():
        assert len(short(code, rows[-1].sentence)) <= LONGEST, code
    assert set(SHORTER) | set(OF_PERSON) | set(OF_CASE) <= set(obligation_rows())


def test_each_why_is_one_sentence_of_twenty_words_without_an_unknown_abbreviation():
    known = {row["short"] for row in reference_list("reference", "glossary").rows} | {"UK", "II", "III", "IV"}
    whys = set()
    for line in SAMPLES.read_text(encoding="utf-8").splitlines():
        for owed in ledger.all_owed(read_encounter(json.loads(line)), SHIPPED):
            assert owed.why, owed.code
            whys |= set(owed.why)
    assert len(whys) > 30
    for why in whys:
        assert len(why.split()) <= MOST_WORDS, why
        assert len(re.findall(r"[.?!](?:\s|$)", why.strip())) <= 1, why
        assert set(re.findall(r"\b[A-Z]{2,}\d?\b", why)) <= known, why
        assert "section 45" not in why.lower() or "Modern Slavery Act 2015" in why, why


@pytest.mark.usefixtures("fenmarch")
def test_this_is_wrong_is_kept_with_its_rule_for_all_to_read(client):
    officer = a_member("frontline", name="PC Ferreira")
    signed_in(client, officer)
    path = "/rules/reach_nrm_or_dtn"
    assert client.post(f"{path}/wrong", form(wrong=" ")).status_code == 422
    sent = form(wrong="72 hours is too long for a car wash.", form_path=path)
    assert client.post(f"{path}/wrong", sent).headers["Location"] == f"{path}#said"
    client.post(f"{path}/wrong", sent)  # the same again is the same
    assert Remark.objects.get().said_by_id == officer.user
    assert Event.objects.filter(code="rules.called_wrong", subject="reach_nrm_or_dtn").count() == 1
    html = text(signed_in(client, a_member("administrator")).get(path))
    assert "72 hours is too long for a car wash." in html
    assert "PC Ferreira" in html
    assert "Not answered yet." in html
    assert client.post("/rules/no_such_rule/wrong", form(wrong="x")).status_code == 404


@pytest.mark.usefixtures("fenmarch")
def test_the_coordinator_answers_by_name_and_once(client):
    remark = RemarkFactory(rule="safe_place", words="An hour is too long for a child.")
    path = f"/wrong/{remark.id}"
    assert signed_in(client, a_member("supervisor")).get(path).status_code == 404
    signed_in(client, a_member("coordinator", name="F. Quist"))
    assert "An hour is too long for a child." in text(client.get("/wrong"))
    assert client.post(path, form(answer="")).status_code == 422
    assert (
        client.post(path, form(answer="For a child it does not wait.")).headers["Location"] == "/rules/safe_place#said"
    )
    signed_in(client, a_member("coordinator"))
    client.post(path, form(answer="Something else."))
    html = text(client.get("/rules/safe_place"))
    assert "For a child it does not wait." in html
    assert "F. Quist" in html
    assert "Something else." not in html


@pytest.mark.usefixtures("fenmarch")
def test_a_page_is_called_wrong_from_any_page(client):
    officer = a_member("frontline")
    assert 'href="/wrong"' in text(signed_in(client, officer).get("/my-work"))
    assert client.post("/wrong", form(page="the page of a person", wrong="")).status_code == 422
    assert client.post("/wrong", form(page="", wrong="The number has changed.")).status_code == 302
    assert "The number has changed." in text(client.get("/wrong"))
    assert "The number has changed." not in text(signed_in(client, a_member("frontline")).get("/wrong"))
    assert "The number has changed." in text(signed_in(client, a_member("coordinator")).get("/wrong"))


def test_another_force_reads_no_remark(db, client):
    TenantFactory(), TenantFactory(slug="eastern", reference_prefix="ER")
    with within("fenmarch"):
        remark = RemarkFactory(rule="safe_place", words="An hour is too long.")
    with within("eastern"):
        stranger = a_member("coordinator")
    signed_in(client, stranger)
    assert "An hour is too long." not in text(client.get("/rules/safe_place")) + text(client.get("/wrong"))
    assert client.get(f"/wrong/{remark.id}").status_code == 404
