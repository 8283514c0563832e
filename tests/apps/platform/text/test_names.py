"""The order of names without a database's collation; and what people type, in any script, without what could do harm."""

from hypothesis import given
from hypothesis import strategies as st

from lodestar.platform.text.sorting import NO_NAME, isolated, sort_key
from lodestar.platform.text.text_normalise import one_line, several_lines
from tests.offenders import each


def test_names_are_filed_by_their_letters_in_any_script() -> None:
    filed = [
        "Ana", "Ánna", "Anna Bell", "Anna-Maria", "Annabel", "Đặng Thị Hoa", "De Souza", "Łukasz", "O'Brien", "Obuya",
        "Øyvind", "Zoë", "Гоголь", "محمد", "ነጋሽ", "陈伟", "",
    ]  # fmt: skip
    assert sorted([*filed[7:], *filed[:7]], key=sort_key) == filed


def test_accents_and_case_part_only_equals() -> None:
    assert sort_key("KOVAĽOVÁ").split("\t")[0] == sort_key("kovalova").split("\t")[0]
    assert sort_key("Kovaľová") != sort_key("Kovalova")


@each("name", ["", "   ", "?", "…"])
def test_no_name_comes_last(name: str) -> None:
    assert sort_key(name) > sort_key("陈伟")
    assert sort_key(name).startswith(NO_NAME)


@given(st.text(max_size=20), st.text(max_size=20))
def test_the_same_name_has_one_key_and_bytes_sort_as_points_do(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(one.strip())
    by_points = sort_key(one) < sort_key(other)
    by_bytes = sort_key(one).encode("utf-8", "surrogatepass") < sort_key(other).encode("utf-8", "surrogatepass")
    assert by_points == by_bytes


@each("name", ["Kieran", "Nguyễn Thị Hồng Nhung", "Гоголь", "ነጋሽ", "陈伟", ""])
def test_a_name_from_left_to_right_stands_as_it_is(name: str) -> None:
    assert isolated(name) == name


@each("name", ["محمد الأحمد", "מרים", "Ali علي"])
def test_a_name_from_right_to_left_is_set_apart_from_the_numbers_beside_it(name: str) -> None:
    assert isolated(name) == f"\u2068{name}\u2069"


@each(
    "name",
    [
        "Nguyễn Thị Hồng Nhung",
        "ሰላም ገብረ ክርስቶስ",
        "محمد الأحمد",
        "O’Dell-Łukasik",
        "علی‌رضا",  # a joiner spells it
        "👩🏽‍🌾 Wristband 14",
        "ශ්‍රී",
    ],
)
def test_a_name_in_any_script_stays_as_it_is(name):
    assert one_line(name) == name


def test_marks_that_turn_the_direction_of_what_follows_are_gone():
    assert one_line("Kieran\u202egnol\u202c \u2066x\u2069") == "Kierangnol x"


def test_control_characters_are_gone_and_white_space_is_one_space():
    assert one_line("Ki\x00er\x1ban \t\r\n  Jones\x7f ") == "Kieran Jones"


def test_lines_stay_lines_in_words():
    assert several_lines("\r\n He said:\r\n\r\n\r\n\r\nthe last lot \r\x0bend\u2028last\n") == (
        "He said:\n\n\nthe last lot\n\nend\nlast"
    )


def test_half_of_a_character_is_no_writing():
    assert one_line("a\ud800b") == "ab"


def test_nothing_is_nothing():
    assert one_line(" \x00\u202e ") == several_lines("\x00\r\n") == ""
