"""Coarser words read as English wherever they are put: whole sentences, before and after."""

from datetime import date

import pytest

from lodestar.referrals.rules.coarser import coarser
from lodestar.referrals.rules.pointing import pointers

DAY = date(2026, 11, 25)
VERSION = "2026-04"
FIELD, OTHER = "how-they-were-treated", "living-conditions"
ALL_THREE = "Vietnamese. Lincoln. Nail bar."  # so that each kind is shown wherever it stands alone


def reads(text, *kinds):
    """The sentence with everything put more coarsely, or what is of these kinds alone."""
    found = pointers({FIELD: text, OTHER: ALL_THREE}, DAY, region="Lincolnshire")
    chosen = [one for one in found if one.field == FIELD and one.kind in (kinds or ("nationality", "town", "trade"))]
    assert chosen, text
    return coarser(VERSION, {FIELD: text}, chosen)[FIELD]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("with other Vietnamese women", "with other foreign women"),
        ("A Vietnamese woman of thirty", "A foreign woman of thirty"),
        ("An Albanian man", "A foreign man"),
        ("she met an Albanian man", "she met a foreign man"),
        ("An Albanian at the door", "A foreign national at the door"),
        ("an Albanian.", "a foreign national."),
        ("Vietnamese", "A foreign national"),
        ("the Albanian’s car", "the foreign national’s car"),
        ("Vietnamese woman, about thirty", "Foreign woman, about thirty"),
        ("He came. Polish men lived there", "He came. Foreign men lived there"),
        ("He came.“Polish men lived there”", "He came.“Foreign men lived there”"),
        ("a young Romanian girl", "a young foreign girl"),
        ("a young Romanian was seen", "a young foreign national was seen"),
        ("two Romanians were there", "two foreign nationals were there"),
        ("two Vietnamese were there", "two foreign nationals were there"),
        ("with Romanians", "with foreign nationals"),
        ("other Chinese who worked there", "other foreign nationals who worked there"),
        ("another Chinese who worked there", "another foreign national who worked there"),
        ("the Vietnamese men", "the foreign men"),
        ("the Vietnamese slept upstairs", "the foreign nationals slept upstairs"),
        ("one Albanian, one Pole", "one foreign national, one Pole"),
        ("She is Vietnamese", "She is from abroad"),
        ("They were Polish and tired", "They were from abroad and tired"),
        ("She is a Vietnamese national", "She is a foreign national"),
        ("He speaks Romanian", "He speaks a foreign language"),
        ("told in Vietnamese, and slowly", "told in a foreign language, and slowly"),
        ("in Vietnamese shops", "in foreign shops"),
        ("through a Romanian interpreter", "through a foreign interpreter"),
        ("Polish and Latvian women", "Foreign and foreign women"),
        ("with Polish men", "with foreign men"),
        ("a British man", "a UK man"),
        ("She is British", "She is from the UK"),
        ("a Welsh at the door", "a UK national at the door"),
        ("two Iraqis", "two foreign nationals"),
        ("a Citizen of Kiribati", "a foreign national"),
    ],
)
def test_a_nationality(text, said):
    assert reads(text, "nationality") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("in Lincoln", "in a town in Lincolnshire"),
        ("Kept in Lincoln, then moved", "Kept in a town in Lincolnshire, then moved"),
        ("Lincoln", "A town in Lincolnshire"),
        ("Lincoln was the first place", "A town in Lincolnshire was the first place"),
        ("He left. Lincoln came next", "He left. A town in Lincolnshire came next"),
        ("a Lincoln address", "a local address"),
        ("The Lincoln hospital", "The local hospital"),
        ("the town of Lincoln", "a town in Lincolnshire"),
        ("in the city of Lincoln at night", "in a town in Lincolnshire at night"),
        ("from Lincoln to Boston", "from a town in Lincolnshire to a town in Lincolnshire"),
        ("Lincoln’s outskirts", "A town in Lincolnshire’s outskirts"),
        ("near Lincoln and the sea", "near a town in Lincolnshire and the sea"),
        ("in Lincoln 2024", "in a town in Lincolnshire 2024"),
        ("Lincoln\nwashed", "A town in Lincolnshire\nwashed"),
        ("Lincoln\nHospital", "A town in Lincolnshire\nHospital"),  # another line is another thing
    ],
)
def test_a_town(text, said):
    assert reads(text, "town") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("in a nail bar", "in a beauty business"),
        ("A nail bar near the sea", "A beauty business near the sea"),
        ("the nail bar", "the beauty business"),
        ("two nail bars", "two beauty businesses"),
        ("Nail bars", "Beauty businesses"),
        ("in nail bar", "in a beauty business"),
        ("Nail bar", "A beauty business"),
        ("the nail bar owner", "the beauty business owner"),
        ("a car wash boss", "a vehicle business boss"),
        ("at his car wash", "at his vehicle business"),
        ("on a farm", "on an outdoor workplace"),
        ("a small farm", "a small outdoor workplace"),
        ("An abattoir", "An industrial site"),
        ("a factory", "an industrial site"),
        ("did fruit picking", "did outdoor work"),
        ("the fruit picking", "the outdoor work"),
        ("Roofing and more", "Building work and more"),
        ("worked as a carer", "worked as a care or household worker"),
        ("worked as a hairdresser", "worked as a beauty worker"),
        ("worked as hairdresser", "worked as a beauty worker"),
        ("at a hairdresser", "at a beauty business"),
        ("on a trawler", "on a vessel"),
        ("in a brothel", "in a place of sexual exploitation"),
        ("two cannabis farms", "two places where drugs were grown"),
        ("laying driveways", "laying surfacing"),
        ("in an off licence", "in a shop"),
        ("at car wash premises", "at vehicle business premises"),
    ],
)
def test_a_trade(text, said):
    assert reads(text, "trade") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "A Vietnamese woman, seen in a nail bar in Lincoln.",
            "A foreign woman, seen in a beauty business in a town in Lincolnshire.",
        ),
        ("a Vietnamese nail bar in Lincoln", "a foreign beauty business in a town in Lincolnshire"),
        ("in a Lincoln nail bar with other Vietnamese women", "in a local beauty business with other foreign women"),
        ("An Albanian at a hand car wash near Lincoln", "A foreign national at a vehicle business near a town in Lincolnshire"),
        (
            "Two Romanians worked as cleaners in Lincoln",
            "Two foreign nationals worked as care or household workers in a town in Lincolnshire",
        ),
    ],
)
def test_a_whole_sentence(text, said):
    assert reads(text) == said


NATIONALITIES, TOWNS, TRADES = ("Vietnamese", "Albanian", "Indian"), ("Lincoln", "York"), ("nail bar", "abattoir", "car wash")
SHAPES = {
    "with other {n} women in a {t} in {c}": "with other foreign women in {a} {d} in a town in Lincolnshire",
    "{N} man at the {c} {t}": "Foreign man at the local {d}",
    "The {t} in {c}, run by a {n}.": "The {d} in a town in Lincolnshire, run by a foreign national.",
    "{C}: {n} men, a {t}": "A town in Lincolnshire: foreign men, {a} {d}",
}
COARSE = {"nail bar": ("a", "beauty business"), "abattoir": ("an", "industrial site"), "car wash": ("a", "vehicle business")}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("trade", TRADES)
@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize("nation", NATIONALITIES)
def test_every_shape_reads_with_every_nationality_town_and_trade(nation, town, trade, shape):
    article, coarse = COARSE[trade]
    text = shape.format(n=nation, N=nation, c=town, C=town, t=trade)

    assert reads(text) == SHAPES[shape].format(a=article, d=coarse)
