"""Plans, links and feedback, pure: what is neutral, when somebody may be asked, what is counted; and reasons from records."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lodestar.casework.consent.rules import OPTIONS, PLAN, english_on, in_translation, to_translate
from lodestar.casework.contact_promises.rules import ROWS
from lodestar.casework.needs.rules import FROM_RECORDS, REASONS, Record, reason_from, words
from lodestar.casework.person_plans.rules import (
    MESSAGE,
    QUIET_DAYS,
    Situation,
    agreed_code,
    counts_by_quarter,
    is_first_name,
    is_neutral_address,
    names_us,
    refusal_to_ask,
    same_interpreter,
)
from lodestar.casework.service_referrals.rules import PLACE, REJECTED
from lodestar.casework.services.rules.tonight import MISSING
from lodestar.platform.text.ids import new_id

NOW, DAY = datetime(2026, 12, 1, 9, tzinfo=UTC), date(2026, 12, 1)


def text_of(parts):
    return "\n".join("\n\n".join((f"# {part.heading}", *part.text)) for part in parts)


def test_no_fixed_word_of_a_plan_or_its_message_says_what_it_is_about():
    assert not names_us(text_of(english_on(DAY, PLAN)))
    assert not names_us(MESSAGE)
    own = {part.code: part.heading for part in english_on(DAY, PLAN)}
    assert {code: own[code] for code, row in ROWS.items() if row["paper"]} == {
        code: row["paper"] for code, row in ROWS.items() if row["paper"]
    }


@pytest.mark.parametrize("text_code", [OPTIONS, PLAN])
def test_a_translation_has_every_code_and_paragraph(text_code):
    english = english_on(DAY, text_code)
    given = text_of(to_translate(DAY, text_code))
    assert [part.heading for part in in_translation(english, given)] == [part.heading for part in english]
    assert in_translation(english, given.replace("# title:", "# tittle:")) is None


@pytest.mark.parametrize(
    ("address", "is_neutral"),
    [
        ("https://notes.example/", True), ("http://testserver/", True), ("https://lodestar.example/", False),
        ("https://ms.fenmarch.example/", False), ("https://www.somewhere.police.uk/", False), ("no address", False),
    ],
)  # fmt: skip
def test_a_link_begins_with_an_address_that_names_nobody(address, is_neutral):
    assert is_neutral_address(address, "fenmarch") is is_neutral


def test_a_first_name_is_one_word_of_letters():
    assert all(map(is_first_name, ("Ros", "Anne-Marie", "D’Arcy", "O'Neil", "Łucja")))
    assert not any(map(is_first_name, ("", "Ros Ilic", "Ros.", "-Ros", "Ros'", "Ros2", "07700900461", "a" * 31)))


def test_numbers_and_codes_are_compared_without_spaces_and_capitals():
    assert same_interpreter(" bl-7 ") == same_interpreter("BL 7") != same_interpreter("BL 70")
    assert agreed_code("Blue Door 7") == agreed_code("bluedoor7")


@pytest.mark.parametrize(
    ("situation", "code"),
    [
        (Situation(), ""),
        (Situation(crisis_at=NOW - QUIET_DAYS), ""),
        (Situation(crisis_at=NOW - QUIET_DAYS + timedelta(minutes=1)), "crisis"),
        (Situation(crisis_at=NOW + timedelta(days=3)), "crisis"),
        (Situation(in_danger=True), "crisis"),
        (Situation(decision_waits=True), "decision"),
        (Situation(is_on_team=True, decision_waits=True), "team"),
        (Situation(asked_in_month=True), "asked"),
    ],
)
def test_when_somebody_is_not_asked(situation, code):
    assert refusal_to_ask(situation, NOW) == code


def test_counts_only_of_quarters_that_are_over_with_five_answers():
    rows = [(date(2026, 7 + number % 3, 1), "yes", "no") for number in range(5)]
    rows += [(date(2026, 4, 1), "no", "no")] * 4 + [(date(2026, 10, 1), "yes", "yes")] * 9
    counts = counts_by_quarter(rows, NOW)
    assert list(counts) == [date(2026, 7, 1), date(2026, 4, 1)]
    assert counts[date(2026, 7, 1)] == (5, [{"yes": 5}, {"no": 5}])
    assert counts[date(2026, 4, 1)] is None


def record(domain, source, code, days=0):
    return Record(domain, source, code, new_id(), NOW + timedelta(days=days))


@pytest.mark.parametrize(
    ("records", "wish", "reason"),
    [
        ([], "wants", None),
        ([record("legal", "service_referral", "no_space")], "wants", "full"),
        ([record("legal", "service_referral", "no_space", -1)], "wants", None),  # before the need
        ([record("money", "service_referral", "no_space")], "wants", None),
        ([record("legal", "service_referral", "no_space"), record("legal", "service_referral", "", 1)], "wants", None),
        ([record("legal", "service_referral", "other")], "wants", None),
        ([record("legal", "service_referral", "refused_by_person")], "wants", "refused"),
        ([record("legal", "council_place", "not_eligible")], "wants", "authority_declined"),
        ([record("", "offer", "no")], "wants", None),
        ([record("", "offer", "no")], "does_not_want", "refused"),
        ([record("", "offer", "yes")], "does_not_want", None),
    ],
)
def test_the_reason_that_the_latest_record_says(records, wish, reason):
    found = reason_from(records, "legal", wish, NOW)
    assert (found and found[0]) == reason


def test_every_code_of_the_table_is_one_of_the_records_and_every_reason_is_known():
    codes = {
        "service_referral": set(REJECTED), "place_refused": set(PLACE.reasons["refused"]), "offer": {"no"},
        "place_not_found": set(PLACE.reasons["not_found"]), "council_place": set(PLACE.reasons["not_found"]),
        "search": {"none", *MISSING},
    }  # fmt: skip
    assert [key for key in FROM_RECORDS if key[1] not in codes[key[0]]] == []
    assert set(FROM_RECORDS.values()) <= set(REASONS)
    assert set(codes) == set(words("source"))
