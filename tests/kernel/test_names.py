"""The order of names, without a database's collation."""

from hypothesis import given
from hypothesis import strategies as st

from lodestar.kernel.names import NO_NAME, isolated, sort_key
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
