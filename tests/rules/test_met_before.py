"""Who may have been met before: what is told, codes, who links, and which records hang together."""

from datetime import timedelta

import pytest

from lodestar.intelligence.identities.rules.identities import (
    CODE_LENGTH,
    CODE_LETTERS,
    CODES_WITHIN,
    MOST_CODES,
    QUIET,
    RING,
    SEALED,
    SHOWN,
    code_from,
    code_typed,
    group_of,
    may_link,
    outcome,
)
from tests.offenders import each

TOLD = [
    # may see, sealed, another force's, codes lately, what is told
    (True, False, False, 0, SHOWN),
    (True, True, False, 0, SHOWN),  # a named owner of the sealed case records them
    (True, False, False, MOST_CODES, SHOWN),
    (False, False, False, 0, RING),
    (False, False, False, MOST_CODES - 1, RING),
    (False, False, False, MOST_CODES, QUIET),
    (False, True, False, 0, SEALED),
    (False, True, False, MOST_CODES, SEALED),
    (False, False, True, 0, RING),
    (True, False, True, 0, RING),  # of another force nobody here sees anything
    (False, False, True, MOST_CODES, QUIET),
]


@each(("may_see", "is_sealed", "is_elsewhere", "lately", "told"), TOLD)
def test_what_is_told(may_see, is_sealed, is_elsewhere, lately, told):
    assert outcome(may_see=may_see, is_sealed=is_sealed, is_elsewhere=is_elsewhere, codes_lately=lately) == told


def test_codes_of_one_night_are_counted_together():
    evening, morning = timedelta(hours=19), timedelta(days=1, hours=7)
    assert morning - evening == CODES_WITHIN


def test_a_code_is_four_signs_that_cannot_be_misheard_and_every_number_has_its_own():
    assert not set(CODE_LETTERS) & set("AEIOU0158BGSZL9")
    assert len(set(CODE_LETTERS)) == len(CODE_LETTERS)
    codes = [code_from(number) for number in range(len(CODE_LETTERS) ** 2)]
    assert len(set(codes)) == len(codes)
    assert {len(code) for code in codes} == {CODE_LENGTH} == {4}
    assert code_from(len(CODE_LETTERS) ** CODE_LENGTH - 1) == CODE_LETTERS[-1] * CODE_LENGTH


@each(
    ("typed", "code"), [("K7Q2", "K7Q2"), (" k7 q2 ", "K7Q2"), ("k7-q2.", "K7Q2"), ("", ""), ("\u0000", ""), ("x" * 90, "X" * 8)]
)
def test_a_code_is_read_as_it_is_heard(typed, code):
    assert code_typed(typed) == code


@each(
    ("links_people", "sealed", "named", "may"),
    [
        (True, (False, False), (False, False), True),
        (False, (False, False), (False, False), False),
        (True, (True, False), (False, False), False),
        (True, (True, False), (True, False), True),
        (False, (True, False), (True, False), True),
        (False, (True, True), (True, False), False),
        (False, (True, True), (True, True), True),
        (True, (True, True), (False, True), False),
        (False, (False, True), (True, False), False),
    ],
)
def test_who_links(links_people, sealed, named, may):
    assert may_link(links_people=links_people, sealed=sealed, named_owner_flags=named) is may


def test_of_both_cases_it_is_told_whether_somebody_owns_them():
    with pytest.raises(ValueError, match="shorter"):
        may_link(links_people=True, sealed=(True, True), named_owner_flags=(True,))


@each(
    ("links", "parts"),
    [
        ([], []),
        ([("a", "b")], ["ab"]),
        ([("a", "b"), ("b", "c")], ["abc"]),
        ([("c", "b"), ("b", "a")], ["abc"]),
        ([("a", "b"), ("c", "d")], ["ab", "cd"]),
        ([("a", "b"), ("c", "d"), ("d", "a")], ["abcd"]),
        ([("a", "b"), ("b", "c"), ("c", "a"), ("d", "e")], ["abc", "de"]),
    ],
)
def test_links_that_hang_together_are_one_group(links, parts):
    assert sorted({"".join(sorted(group_of(record, links))) for link in links for record in link}) == parts


def test_without_one_link_a_chain_falls_apart_and_a_ring_does_not():
    chain = [("a", "b"), ("b", "c"), ("c", "d")]
    assert group_of("a", chain) == set("abcd")
    assert group_of("a", [chain[0], chain[2]]) == set("ab")
    assert group_of("d", [*chain[:1], *chain[2:]]) == set("cd")
    assert group_of("a", [*chain[1:], ("d", "a")]) == set("abcd")
    assert group_of("x", chain) == {"x"}
