"""By what a place or an organisation is known again, and by what a protected address is. Pure.

A key is a short text that two spellings of one thing have in common; kept is a keyed hash of it (`queries.py`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import chain, combinations

from lodestar.platform.names.contact_normalisation import POSTCODE, addresses, plain_digits, tail, telephones
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.text.sorting import sort_key

PLACE_KINDS: Mapping[str, str] = {row["code"]: row["name"] for row in reference_list("entities", "place_kinds").rows}
NEAR = Decimal("0.0001")  # of a degree: about ten metres
MOST_NUMBERS = 4  # of one address: flat, block, house
_HOUSE = re.compile(r"([a-z]{1,2}\d[a-z\d]?\d[a-z]{2}) (\d{1,4}[a-z]?(?: \d{1,4}[a-z]?)*)")
_KNOWN = ("", "t", "c", "tc")  # of a street: its town, its postcode
_NO_TOWN = ("zz", "flat", "room", "floor", "phone", "telephone", "tel", "mobile", "whatsapp", "email")
_SHORT = {"ltd": "limited", "co": "company", "plc": "public limited company"}


def is_too_vague(place: Mapping[str, object]) -> bool:
    """Whether a place cannot be found again, or has a house number that no town or postcode goes with: it could be compared
    with no protected address."""
    keys = place_keys(place)
    has_number = any(character.isdigit() for character in f"{place['name']} {place['address_line']}")
    return not keys or (has_number and not any(key.startswith("house ") for key in keys))


def place_keys(place: Mapping[str, object]) -> frozenset[str]:
    """By what a place is found again: its address, else its name with the postcode; its UPRN; where it is to ten metres."""
    postcode = str(place["postcode"])
    keys = {f"house {key}" for key in addresses(f"{place['address_line'] or place['name']}, {postcode}")}
    if place["uprn"]:
        keys.add(f"uprn {str(place['uprn']).lstrip('0')}")
    latitude, longitude = place["latitude"], place["longitude"]
    if isinstance(latitude, Decimal) and isinstance(longitude, Decimal):
        keys.add(f"at {latitude.quantize(NEAR)} {longitude.quantize(NEAR)}")
    return frozenset(keys)


def organisation_keys(organisation: Mapping[str, object]) -> frozenset[str]:
    """By what an organisation is found again: its name, its number, its telephone, its website."""
    plain = sort_key(str(organisation["name"])).partition("\t")[0]
    words = [_SHORT.get(word, word) for word in plain.split()]
    keys = {f"name {' '.join(words)}"} | {f"phone {tail(one)}" for one in telephones(str(organisation["telephone"]))}
    if number := str(organisation["company_number"]).upper():
        keys.add(f"company {number.zfill(8)}")
    if site := re.sub(r"^(?:https?://)?(?:www\.)?|/.*$", "", str(organisation["website"]).casefold()):
        keys.add(f"site {site}")
    return frozenset(keys)


def protected_keys(text: str) -> frozenset[str]:
    """Under what a text that says where somebody is, or how to reach them, is kept to be compared: telephone numbers; the street
    with its number; of a house with its postcode every choice of its numbers, so that the flat may be left out."""
    keys = set(_plain_keys(text))
    for code, numbers in _houses(text):
        keys.add(f"whole {code} {' '.join(numbers)}")
        keys |= {f"part {code} {' '.join(some)}" for some in _choices(numbers)}
    return frozenset(keys | {f"street {street} {known}" for street, known in _streets(text)})


def compared_keys(texts: Iterable[str]) -> frozenset[str]:
    """What a value is looked for by among `protected_keys`: it is found where it is the house of a protected address or within
    it, and where the street and number are the same and neither town nor postcode is known of both."""
    keys: set[str] = set()
    for text in texts:
        keys |= set(_plain_keys(text))
        for code, numbers in _houses(text):
            keys.add(f"part {code} {' '.join(numbers)}")
            keys |= {f"whole {code} {' '.join(some)}" for some in _choices(numbers)}
        for street, known in _streets(text):
            keys |= {f"street {street} {other}" for other in _KNOWN if not set(other) & set(known)}
    return frozenset(keys)


def _plain_keys(text: str) -> Iterator[str]:
    """What is the same on both sides: telephone numbers, a street with its town; of a house without a number its postcode."""
    yield from (f"phone {tail(number)}" for number in telephones(text))
    for key in addresses(text):
        if not _HOUSE.fullmatch(key):
            yield f"town {key}" if key[0].isdigit() else f"code {key.partition(' ')[0]}"


def _houses(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key in addresses(text):
        if found := _HOUSE.fullmatch(key):
            yield found[1], tuple(dict.fromkeys(found[2].split()))[:MOST_NUMBERS]


def _streets(text: str) -> Iterator[tuple[str, str]]:
    """A street with its number and no town, and whether a town (t) and a postcode (c) are known of it. The index wants a word
    after the street for its town, so one is put behind the text."""
    for key in addresses(f"{text} {_NO_TOWN[0]}"):
        if key[0].isdigit():
            street, _, town = key.rpartition(" ")
            has_code = POSTCODE.search(plain_digits(text)) is not None
            yield street, ("" if town in _NO_TOWN else "t") + ("c" if has_code else "")


def _choices(numbers: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(numbers, count) for count in range(1, len(numbers) + 1))
