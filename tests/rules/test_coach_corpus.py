"""The quality coach on invented referrals of known quality, in the styles in which they are written."""

from datetime import date
from functools import cache
from pathlib import Path

from lodestar.casework.referral_forms.forms.files import referral_from
from lodestar.casework.referral_forms.rules.coach import Check, checks
from lodestar.platform.text.reference_lists import reference_list
from tests.offenders import each

DAY = date(2026, 11, 25)
SAMPLES = sorted((Path(__file__).parent / "data" / "referrals").glob("*.txt"))
NAMES = [path.stem for path in SAMPLES]
KINDS = ("good", "middling", "poor")


@cache
def found_in(name: str) -> tuple[Check, ...]:
    """What the coach finds in a sample."""
    return checks(referral_from(next(path for path in SAMPLES if path.stem == name).read_bytes(), DAY))


def how_open(kind: str) -> list[int]:
    """How many checks are open in each sample of a kind."""
    return [sum(check.is_open for check in found_in(name)) for name in NAMES if name.startswith(kind)]


def test_every_good_one_has_fewer_open_checks_than_every_other() -> None:
    good, middling, poor = (how_open(kind) for kind in KINDS)
    assert len(good) >= 25
    assert len(poor) >= 25
    assert max(good) < min(middling)
    assert max(good) < min(poor)
    assert sum(middling) / len(middling) < sum(poor) / len(poor)


@each(("good", "poor"), [("21-pair-brick-factory",) * 2, ("22-pair-hotel-girl",) * 2])
def test_of_one_story_told_twice_the_fuller_has_far_fewer(good: str, poor: str) -> None:
    assert how_open(f"good-{good}")[0] + 5 < how_open(f"poor-{poor}")[0]


@each("name", NAMES)
def test_every_check_is_told_of_every_referral_in_one_plain_sentence(name: str) -> None:
    rows = reference_list("referral_forms", "coach_checks").rows
    assert [check.code for check in found_in(name)] == [row["code"] for row in rows]
    for check in found_in(name):
        assert 3 <= len(check.why.split()) <= 20
        assert check.why.endswith(".")


@each("path", SAMPLES, ids=lambda path: path.stem)
def test_a_quote_stands_in_the_referral_as_it_is_written(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for check in found_in(path.stem):
        assert check.quote is None or check.quote in text


@each(
    ("name", "code", "quote"),
    [
        ("poor-02-full-stops", "Q1", "."),
        ("poor-02-full-stops", "N1", "."),
        ("poor-03-solicitor-asked", "Q5", "solicitor has asked"),
        ("poor-05-biased", "N6", "lying"),
        ("poor-06-copy-paste", "N2", "As per previous referral"),
        ("poor-10-no-paragraphs", "Q12", "friend told us"),
        ("poor-10-no-paragraphs", "N5", None),
        ("poor-15-immigration-sceptic", "Q6", "contradictory"),
        ("poor-09-hearsay", "Q15", "Rumour"),
        ("poor-18-emotional", "N6", "I just knew"),
    ],
)
def test_what_is_poor_is_named_with_the_words_that_show_it(name: str, code: str, quote: str | None) -> None:
    found: Check = next(check for check in found_in(name) if check.code == code)
    assert found.is_open
    assert found.quote == quote


def test_no_reason_speaks_of_the_person() -> None:
    whys = " ".join(check.why for name in NAMES for check in found_in(name)).casefold()
    for word in ("victim", "credib", "lying", "lie ", "truth", "honest", "score", "mark", "poor", "bad", "fail"):
        assert word not in whys
