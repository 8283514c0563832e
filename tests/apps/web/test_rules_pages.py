"""Each rule on its page, with dates, source and how sure that is; and what people say is wrong."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from lodestar.casework.ledger import ledger
from lodestar.exchange.assess.models import Remark, RuleConfirmation
from lodestar.exchange.assess.presenters.rules import ELSEWHERE
from lodestar.exchange.assess.presenters.rules import rule as rule_page
from lodestar.platform.audit.models import Event
from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.obligations.obligation_words import due_in_words
from lodestar.platform.obligations.obligations import obligation_rows
from lodestar.platform.obligations.settings import SHIPPED
from lodestar.platform.text.reference_lists import every_reference_list, reference_list
from tests.factories.accounts import a_member
from tests.factories.cases import RemarkFactory, RuleConfirmationFactory
from tests.factories.settings import SettingChangeFactory
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most
from tests.offenders import each

HEAVIEST = 30_000  # bytes of HTML
SAMPLES = Path(__file__).parents[2] / "rules" / "data" / "encounters-sample.jsonl"
MOST_WORDS = 20


def text(page):
    assert page.status_code in (200, 422)
    assert len(page.content) <= HEAVIEST
    return unescape(page.content.decode())


def test_every_rule_has_a_page_that_any_role_may_read(client, fenmarch):
    signed_in(client, a_member("administrator"))
    every = text(client.get("/rules"))
    for code, rows in obligation_rows().items():
        with at_most(15):
            html = text(client.get(f"/rules/{code}"))
        assert f'href="/rules/{code}"' in every
        assert all(authority.replace("'", "’") in html.replace("'", "’") for authority in rows[-1].authority)
        assert ("Not confirmed" in html.replace("Not confirmed by this force yet", "")) == (rows[-1].confidence != "verified")
        assert "This is wrong because" in html
        assert due_in_words(rows[-1].due) in html
    assert client.get("/rules/no_such_rule").status_code == 404


def test_a_rule_shows_all_its_dates(client, fenmarch):
    html = text(signed_in(client, a_member("frontline")).get("/rules/recovery_period_minimum"))
    for words in ("The beginning", "12 December 2022", "30 January 2023", "still", "45 days from", "30 days from", "Law"):
        assert words in html, words
    policy = text(client.get("/rules/reach_nrm_or_dtn"))
    assert "Force policy" in policy
    assert "Not law." in policy
    assert "The clock is force policy." in policy


def test_when_a_rule_applies_and_what_closes_it_are_said_without_the_names_of_facts():
    for code in obligation_rows():
        rule = rule_page(code)
        told = f"{rule['applies']} {rule['closed_by']}"
        assert not re.search(r"_|[a-z]\.[a-z]|\b(?:nrm|dtn|true|false|null)\b", told), (code, told)


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


def test_this_is_wrong_is_kept_with_its_rule_for_all_to_read(client, fenmarch):
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


def test_the_coordinator_answers_by_name_and_once(client, fenmarch):
    remark = RemarkFactory(rule="safe_place", words="An hour is too long for a child.")
    path = f"/wrong/{remark.id}"
    assert signed_in(client, a_member("supervisor")).get(path).status_code == 404
    signed_in(client, a_member("coordinator", name="F. Quist"))
    assert "An hour is too long for a child." in text(client.get("/wrong"))
    assert client.post(path, form(answer="")).status_code == 422
    assert client.post(path, form(answer="For a child it does not wait.")).headers["Location"] == "/rules/safe_place#said"
    signed_in(client, a_member("coordinator"))
    second = client.post(path, form(answer="Something else."))
    assert second.status_code == 422
    assert "Someone answered it while you were writing" in text(second)
    assert "Something else.</textarea>" in text(second)
    assert "Something else.</textarea>" in text(client.get(f"{path}?draft=1"))
    assert "Something else." not in text(client.get(path))
    html = text(client.get("/rules/safe_place"))
    assert "For a child it does not wait." in html
    assert "F. Quist" in html
    assert "Something else." not in html


def test_a_page_is_called_wrong_from_any_page(client, fenmarch):
    officer = a_member("frontline")
    assert 'href="/wrong"' in text(signed_in(client, officer).get("/my-work"))
    assert client.post("/wrong", form(page="the page of a person", wrong="")).status_code == 422
    assert client.post("/wrong", form(page="", wrong="The number has changed.")).status_code == 302
    assert "The number has changed." in text(client.get("/wrong"))
    assert "The number has changed." not in text(signed_in(client, a_member("frontline")).get("/wrong"))
    assert "The number has changed." in text(signed_in(client, a_member("coordinator")).get("/wrong"))


def test_a_rule_says_who_confirmed_it_from_what(client, fenmarch):
    path = "/rules/consider_reconsideration"
    signed_in(client, a_member("policy_owner", name="N. Okafor-Lund"))
    page = text(client.get(path))
    assert page.count("Not confirmed by this force yet.") == 1
    assert f'href="{path}/confirm"' in page
    asked = text(client.get(f"{path}/confirm"))
    assert "From 22 February 2024: 30 days from the notice of the decision" in asked
    assert client.post(f"{path}/confirm", form(source_read=" ")).status_code == 422
    sent = form(source_read="Statutory guidance 3.14, 14.225.")
    assert client.post(f"{path}/confirm", sent).headers["Location"] == f"{path}#confirmed"
    assert RuleConfirmation.objects.get().rule == "consider_reconsideration"
    assert Event.objects.filter(code="rules.confirmed", subject="consider_reconsideration").count() == 1
    page = text(signed_in(client, a_member("frontline")).get(path))
    assert "N. Okafor-Lund" in page
    assert "from: Statutory guidance 3.14, 14.225." in page
    assert "Not confirmed by this force yet." not in page
    assert "Its words changed since" not in page
    assert "Confirm it from its source" not in page
    assert "Not confirmed" in page  # how sure Lodestar itself is stays as it was


def test_what_was_confirmed_before_its_words_changed_says_so(client, fenmarch):
    RuleConfirmationFactory(rule="make_safe")
    assert "Its words changed since" in text(signed_in(client, a_member("frontline")).get("/rules/make_safe"))


def test_who_answers_and_who_agrees_are_told_in_their_own_work(client, fenmarch):
    first, second = a_member("policy_owner"), a_member("policy_owner")
    coordinator = a_member("coordinator")
    RemarkFactory(), RemarkFactory(rule="", page="A page")
    SettingChangeFactory(asked_by_id=first.user)
    assert "2 things were called wrong and wait for an answer" in text(signed_in(client, coordinator).get("/my-work"))
    assert "2 things were called wrong and wait for an answer" in text(client.get("/rules"))
    assert "1 change of a setting waits for a second person" in text(signed_in(client, second).get("/my-work"))
    own = text(signed_in(client, first).get("/my-work"))
    assert "for a second person" not in own
    assert "called wrong" not in own + text(client.get("/rules"))


@pytest.fixture
def web(client, fenmarch):
    return signed_in(client, a_member("frontline"))


def test_every_list_has_its_pages_to_the_last_row_and_every_role_may_read_them(web):
    every = text(web.get("/rules/lists"))
    for one in every_reference_list():
        path = ELSEWHERE.get(one.name, f"/rules/lists/{one.name}")
        assert f'href="{path}"' in every
        if one.name in ELSEWHERE:
            assert web.get(f"/rules/lists/{one.name}").status_code == 404
            continue
        for after in range(0, len(one.rows), 30):
            with at_most(15):
                page = text(web.get(f"{path}?after={after}"))
            assert one.header["licence"] in page
            assert one.header["attribution"] in page
            assert ("Show the next rows" in page) == (after + 30 < len(one.rows))
        assert f"Rows {after + 1} to {len(one.rows)} of {len(one.rows)}" in page


def test_a_row_shows_its_days_what_it_cites_and_how_sure_it_is(web):
    contacts = text(web.get("/rules/lists/reference/contacts"))
    for words in ("0300 303 8151", "to: 3 January 2021", "from: 4 January 2021"):
        assert words in contacts
    assert "Policy owner reviews it by 1 February 2027" in contacts
    schedule = [text(web.get(f"/rules/lists/section45/schedule4?after={after}")) for after in (0, 30, 60, 90, 120)]
    assert "act: Sexual Offences Act; year: 2003; section: 66A" in "".join(schedule)
    codes = text(web.get("/rules/lists/section45/outcome_codes"))
    assert "25 of 25 rows" in codes
    assert "No source yet" in codes


@each(
    "path", ["reference/none", "none/contacts", "reference/contacts?after=999", "reference/contacts?after=-1",
             "reference/contacts?after=x", "reference/contacts?after=٣"]
)  # fmt: skip
def test_a_list_or_a_row_that_is_none_is_not_there(web, path):
    assert web.get(f"/rules/lists/{path}").status_code == 404
