"""Facts that no longer hold, the thesaurus, and the topic pages: what they say is what the dated lists say."""

import re
import tomllib

import pytest

from lodestar.guidance.rules.asking import MEANS, Thesaurus, concepts
from lodestar.guidance.rules.stale import Fact, stated
from lodestar.guidance.rules.words import terms
from lodestar.kernel.reference_lists import PACKAGE, reference_list

ROWS = reference_list("guidance", "stale_facts").rows
FACTS = [
    Fact(
        row["code"], row["called"], tuple(row["says"]), tuple(row.get("near", ())), tuple(row.get("unless", ())),
        row["replaced_by"], row["from_date"],
    )
    for row in ROWS
]  # fmt: skip
TOPICS = sorted((PACKAGE / "guidance" / "reference" / "topics").glob("*.md"))
CONTACTS = {row["code"]: row.get("number", "") for row in reference_list("reference", "contacts").rows}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])
def test_each_fact_is_found_in_what_states_it_and_not_in_what_does_not(row):
    assert [fact.code for fact in stated(row["states_it"], FACTS)] == [row["code"]]
    assert stated(row["does_not"], FACTS) == []


def test_both_45s_of_one_passage_are_told_apart():
    move_on = "Victims are provided with at least 45 calendar days of move-on support."
    recovery = "They receive a Recovery Period of at least 45 calendar days."
    assert [fact.code for fact in stated(f"{recovery} {move_on}", FACTS)] == ["recovery_45_days"]
    assert stated(move_on, FACTS) == []
    assert stated("Children's assessments take place within 45 days.", FACTS) == []


def test_a_number_is_found_however_it_is_spaced():
    assert stated("Ring 03003038151 at any time.", FACTS)
    assert stated("Ring 0300-303-8151 at any time.", FACTS)


def test_what_stands_beside_it_says_what_holds_now():
    (fact,) = stated("Call 0300 303 8151.", FACTS)
    assert "differs from the force’s confirmed number" in fact.warning()
    assert "0800 808 3733" in fact.warning()


# --- the topic pages ---------------------------------------------------------------------------------------------------


def head(path):
    return tomllib.loads(path.read_text().split("+++\n")[1])


def body(path):
    return path.read_text().split("+++\n")[2]


def test_there_are_about_twenty_five():
    assert 20 <= len(TOPICS) <= 30


@pytest.mark.parametrize("path", TOPICS, ids=lambda path: path.stem)
def test_a_page_says_where_it_is_from_and_when_and_is_short(path):
    told = head(path)
    assert told["title"]
    assert told["sources"]
    assert told["date"] < told["review_by"]
    kinds = {row["code"] for row in reference_list("reference", "exploitation_types").rows}
    assert set(told["exploitation"]) <= kinds
    assert len(body(path).split()) < 320


@pytest.mark.parametrize("path", TOPICS, ids=lambda path: path.stem)
def test_a_page_gives_no_order_and_states_nothing_that_no_longer_holds(path):
    assert not re.search(r"\barrest", body(path), re.IGNORECASE)
    assert [fact.code for fact in stated(body(path), FACTS) if fact.code != "form_ms1"] == []


@pytest.mark.parametrize("path", TOPICS, ids=lambda path: path.stem)
def test_section_45_is_always_of_a_named_act(path):
    for paragraph in body(path).split("\n\n"):
        if re.search(r"section 45\b", paragraph):
            assert re.search(r"Act 20\d\d", paragraph), paragraph


@pytest.mark.parametrize("path", TOPICS, ids=lambda path: path.stem)
def test_every_telephone_number_is_in_the_dated_list(path):
    known = {re.sub(r"\D", "", number) for number in CONTACTS.values()}
    for number in re.findall(r"\b0\d{3,4}[\d ]{6,9}\d\b", body(path)):
        assert re.sub(r"\D", "", number) in known, number


def due(code):
    """When what the rules call `code` is due today: the last of its dated rows."""
    return [row for row in reference_list("cases", "obligations").rows if row["code"] == code][-1]["due"]


FIGURES = [
    ("support-after-referral", "At least {} days from a positive", lambda: due("recovery_period_minimum")["days"]),
    ("nrm-in-short", "at least {} days", lambda: due("recovery_period_minimum")["days"]),
    ("nrm-decisions", "After at least {} days", lambda: due("recovery_period_minimum")["days"]),
    ("nrm-in-short", "within {} working days", lambda: due("watch_reasonable_grounds_decision")["working_days"]),
    ("nrm-decisions", "within {} working days", lambda: due("watch_reasonable_grounds_decision")["working_days"]),
    ("recording-the-crime", "within {} hours", lambda: due("record_crime")["hours"]),
    ("victims-rights", "victim services within {} working days", lambda: due("refer_victim_services")["working_days"]),
]


@pytest.mark.parametrize(("page", "words", "figure"), FIGURES)
def test_a_figure_is_that_of_the_dated_rules(page, words, figure):
    text = " ".join(body(PACKAGE / "guidance" / "reference" / "topics" / f"{page}.md").split())
    assert words.format(figure()) in text


def test_the_days_of_a_new_offer_are_those_of_the_rules():
    first, second, third = due("offer_again_later")["days_each"]
    text = body(PACKAGE / "guidance" / "reference" / "topics" / "adult-says-no.md")
    assert f"{first}, {second} and {third} days" in text


# --- the thesaurus -----------------------------------------------------------------------------------------------------


def test_no_entry_blames_and_each_says_what_it_means():
    rows = reference_list("guidance", "thesaurus").rows
    assert len(rows) > 200
    for row in rows:
        assert row["says"], row["code"]
        assert row["means"], row["code"]


@pytest.mark.parametrize("short", ["dtn", "ms1", "cg", "rg", "s45", "fr", "ictg", "pwits"])
def test_the_abbreviations_that_officers_write_are_there(short):
    assert any(short in row["says"] for row in reference_list("guidance", "thesaurus").rows)


@pytest.mark.parametrize(
    ("question", "means", "not_so"),
    [
        ("boss took his docs", "passport", "nhs"), ("see a doc", "nhs", "passport"),
        ("raid on wed night", "wed", "forced marriage"),
    ],
)  # fmt: skip
def test_a_short_word_is_what_officers_mostly_mean_by_it(question, means, not_so):
    rows = reference_list("guidance", "thesaurus").rows
    thesaurus = Thesaurus.of([(row["says"], row["means"], row.get("both_ways", False)) for row in rows])
    found = concepts(question, thesaurus, lambda _: {})
    worth = {way: counts for concept in found for way, counts in concept.shown_by.items()}
    assert worth[tuple(terms(means))] >= MEANS
    assert worth.get(tuple(terms(not_so)), 0) < MEANS / 2
