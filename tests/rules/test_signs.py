"""Finding a sign in an officer's own words, and the list of signs itself."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from lodestar.casework.concerns.rules import Sign, find_signs, signs_on
from lodestar.platform.obligations.facts import EXPLOITATION_TYPES
from lodestar.platform.text.reference_lists import reference_list
from tests.offenders import each

SIGNS = signs_on(date(2026, 11, 24))
PHRASES = tomllib.loads((Path(__file__).parents[1] / "signs_phrases.toml").read_text(encoding="utf-8"))["phrase"]


@each("phrase", PHRASES, ids=lambda one: one["words"])
def test_what_officers_say_finds_its_sign_among_the_first_five(phrase: dict[str, Any]) -> None:
    assert phrase["finds"] in [sign.code for sign in find_signs(phrase["words"], SIGNS)[:5]]


def test_there_are_twenty_phrases() -> None:
    assert len(PHRASES) == 20


@each("words", ["", "  ", "the and of", "???", "xylophone quadratic"])
def test_words_that_mean_no_sign_find_none(words: str) -> None:
    assert find_signs(words, SIGNS) == []


def test_the_order_of_words_and_capitals_do_not_matter() -> None:
    one = [sign.code for sign in find_signs("passport taken by the boss", SIGNS)[:3]]
    other = [sign.code for sign in find_signs("BOSS taken PASSPORT", SIGNS)[:3]]
    assert one == other


def test_every_sign_stands_in_a_group_of_the_screen_and_points_to_a_type() -> None:
    groups = [group["code"] for group in reference_list("concerns", "signs").header["groups"]]
    assert groups == ["drugs", "labour", "sexual", "domestic", "held_by_others", "online"]
    assert {sign.group for sign in SIGNS} == set(groups)
    assert len({sign.code for sign in SIGNS}) == len(SIGNS)
    for sign in SIGNS:
        assert sign.about in {"person", "scene"}
        assert set(sign.types) <= set(EXPLOITATION_TYPES)
        assert sign.types
        assert sign.phrases


def test_a_sign_is_a_short_line_that_blames_nobody() -> None:
    for sign in SIGNS:
        assert len(sign.sentence.split()) <= 14
        assert not any(word in sign.sentence.lower() for word in ("victim", "prostitut", "illegal", "lifestyle", "runner"))


def test_the_first_group_is_that_of_the_screen() -> None:
    lines = [sign.sentence for sign in SIGNS if sign.group == "drugs"]
    assert lines[:6] == [
        "Wraps or bags ready to sell",
        "More than one phone",
        "More cash than they can explain",
        "A knife or other weapon",
        "Someone else’s home being used",
        "Train or taxi tickets from elsewhere",
    ]


def found(words: str, *signs: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Of signs that are told by their sentence and phrases alone, those that are found, in their order."""
    made = [Sign(str(place), texts[0], "drugs", "person", ("criminal",), texts[1:]) for place, texts in enumerate(signs)]
    return [signs[int(sign.code)] for sign in find_signs(words, made)]


@each(
    ("typed", "listed", "is_one"),
    [
        ("stopping", "stop", True),
        ("calls", "call", True),
        ("selling", "sell", True),
        ("egged", "egg", True),
        ("wing", "wed", False),  # no word loses so much that fewer than three letters are left
        ("100", "10", False),
        ("phine", "phone", True),  # one wrong letter of five
        ("phiny", "phone", False),
        ("cassh", "cash", True),
        ("vaan", "van", False),  # three letters are too few to tell a misspelling
        ("pasport", "passport", True),
    ],
)
def test_endings_and_small_misspellings_do_not_matter(typed: str, listed: str, is_one: bool) -> None:
    assert bool(found(typed, (listed,))) is is_one


@each(("before", "typed", "is_one"), [(197, "oak", True), (197, "oakum", True), (198, "oak", False)])
def test_of_a_long_text_the_beginning_is_looked_at(before: int, typed: str, is_one: bool) -> None:
    assert bool(found(f"{' ' * before}{typed}", ("oak",))) is is_one
