"""What another system says of where somebody is and how to reach them: our words around it go on, and come off again whole."""

import pytest

from lodestar.platform.names import reported
from lodestar.platform.names.reported import NOT_CHECKED, OF_A_RECORD, as_reported, line, reported_values, to_compare


def test_a_reference_of_another_system_is_known_by_our_words() -> None:
    told = ["CUST/123 in the report", "Custody  no\n123 in the report", OF_A_RECORD, "CUST/123", "Tall man, in a red hat", ""]
    assert [reported.is_of_a_system(one) for one in told] == [True, True, True, False, False, False]


def test_a_long_reference_is_cut_and_not_the_words_that_say_what_it_is() -> None:
    assert reported.known_by("A" * 40, 30) == "A" * 16 + " in the report"
    assert reported.known_by("CUST/1", 30) == "CUST/1 in the report"


@pytest.mark.parametrize(
    ("column", "value", "kept"),
    [
        ("address", "12 Mill Lane\nEastfleet", "address: 12 Mill Lane, Eastfleet"),
        ("address", "12 Mill Lane\n\n  \nEastfleet\n", "address: 12 Mill Lane, Eastfleet"),
        ("contact: other", "mai88", "contact  other: mai88"),
        ("n" * 61, "x", "n" * 60 + ": x"),
        ("n" * 59 + " n", "x", "n" * 59 + ": x"),
    ],
)  # fmt: skip
def test_a_column_is_one_line_after_its_name(column: str, value: str, kept: str) -> None:
    assert line(column, value).replace("  ", " ") == kept.replace("  ", " ")


def test_each_line_is_kept_once_under_our_words() -> None:
    assert as_reported(["phone: 1", "phone: 1", "phone: 2"]) == f"{NOT_CHECKED}\nphone: 1\nphone: 2"
    assert as_reported([]) == ""


@pytest.mark.parametrize(
    ("held", "values"),
    [
        ("", ()), (" \n", ()), ("12 Mill Lane: back door", ("12 Mill Lane: back door",)),
        (f"{NOT_CHECKED}\naddress: 12 Mill Lane\nphone: 07700 900123", ("12 Mill Lane", "07700 900123")),
        (f"{NOT_CHECKED}\naddress: flat: 2", ("flat: 2",)),
        (f"{NOT_CHECKED}\n{'n' * 60}: mai88", ("mai88",)),
        (f"{NOT_CHECKED}\n{'n' * 61}: mai88", (f"{'n' * 61}: mai88",)),
        (f"{NOT_CHECKED}\nno name of a column", ("no name of a column",)),
        (f"{NOT_CHECKED}\nno name of a column: ", ()),
        (f"12 Mill Lane\n{NOT_CHECKED}\n\nphone: 2", ("12 Mill Lane", "2")),
    ],
)  # fmt: skip
def test_what_is_held_is_read_without_our_words(held: str, values: tuple[str, ...]) -> None:
    assert reported_values(held) == values


@pytest.mark.parametrize(
    ("values", "joined"),
    [
        (("address: 12 Mill Lane", "postcode: EF1 2AB"), "12 Mill Lane, EF1 2AB"),
        (("postcode: EF1 2AB ", "address: 12 Mill Lane"), "EF1 2AB, 12 Mill Lane"),
        (("address: 12 Mill Lane", "postcode: ＥＦ１ ２ＡＢ"), "12 Mill Lane, ＥＦ１ ２ＡＢ"),
        (("address: 12 Mill Lane", "postcode: EF1 2AB", "phone: 07700 900123", "mail: a@b.example"), "12 Mill Lane, EF1 2AB"),
        (("postcode: EF1 2AB",), ""),
        (("postcode: EF1 2AB", "phone: 07700 900123"), ""),
        (("address: 12 Mill Lane EF1 2AB", "town: Eastfleet"), ""),
        (("address: 12 Mill Lane", "town: Eastfleet"), ""),
        (("address: 12 Mill Lane", "postcode: EF1 2AB", "works at: EF3 4CD"), ""),
    ],
)  # fmt: skip
def test_a_postcode_of_its_own_column_joins_its_address(values: tuple[str, ...], joined: str) -> None:
    held = as_reported([line(*one.split(": ")) for one in values])
    told = tuple(one.partition(": ")[2].strip() for one in values)
    assert to_compare(held) == (*told, *([joined] if joined else []))
