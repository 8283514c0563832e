"""What people type stays what they typed, in any script, without what could do harm."""


from lodestar.kernel.typed import one_line, several_lines
from tests.offenders import each


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
