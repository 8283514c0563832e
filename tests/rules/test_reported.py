"""What another system says of where somebody is and how to reach them: our words around it go on, and come off again whole."""

import pytest

from lodestar.cases.rules import reported
from lodestar.cases.rules.reported import NOT_CHECKED, OF_A_RECORD, as_reported, line, named_in, to_compare, told_in


@pytest.mark.parametrize(
    ("description", "is_one"),
    [
        ("CUST/123 in the report", True), ("Anna in the report", True), ("Custody no 123 in the report", True),
        ("Custody  no\n123 in the report", True), (OF_A_RECORD, True), ("whom an  earlier record is about", True),
        ("Custody number of 123 in the report", True), ("Custody record number 00123 in the report", True),
        ("Detained Person One in the report", True), ("Detained woman in the report", True),
        ("suspect male 2 in the report", True), ("crime record no 00123 in the report", True),
        ("Person 14 in the report", True), ("victim 2 in the report", True), ("person in the report", False),
        ("Person 14 tall in the report", False), ("14 in the report", True), ("male 2 in the report", False),
        ("woman in the report", False), ("Vietnamese in the report", False), ("girl, 14 in the report", False),
        ("boy aged 14 in the report", False), ("Eritrean male 2 in the report", False), ("Red hat number in the report", False),
        ("Hat of the colour 14 in the report", False), ("red hat 14 in the report", True),
        ("big red hat 14 in the report", False), ("Unknown in the report", True),
        ("Person ID 4471123 in the report", True), ("Witness no 3 in the report", True), ("victim ref 12 in the report", True),
        ("Person URN 14 in the report", True), ("DP male 3 in the report", True), ("male LC/26/00991 in the report", True),
        ("Male EL26/991 in the report", True), ("male 26CJ1234 in the report", True), ("male 20s in the report", False),
        ("girl 16yo, 5ft4 in the report", False), ("IC4 male, 20/21 in the report", False), ("victim ref in the report", False),
        ("Tall man in the report", False), ("in the report", False),
        ("CUST/123", False), ("CUST/123 in the report, tall", False), ("", False),
    ],
)  # fmt: skip
def test_a_reference_says_no_more_than_which_record_it_is(description: str, is_one: bool) -> None:
    assert reported.is_of_a_system(description) is is_one


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
    assert told_in(held) == values


@pytest.mark.parametrize(
    ("held", "named"),
    [
        ("12_Mill Lane", "12_Mill Lane"),
        (f"{NOT_CHECKED}\nWhatsApp_id: mai_88\nplain_words", "WhatsApp id: mai_88\nplain words"),
        (NOT_CHECKED, ""),
    ],
)
def test_a_handle_is_read_with_the_words_of_its_column(held: str, named: str) -> None:
    assert named_in(held) == named


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
