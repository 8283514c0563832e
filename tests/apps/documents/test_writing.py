"""Text made fit for paper."""

from hypothesis import given
from hypothesis import strategies as st

from lodestar.documents.writing import MOST_STACKED, UNBROKEN, coded, is_right_to_left, lines, pieces
from tests.offenders import each


@each(
    ("typed", "shown"),
    [
        ("", ()),
        (" \n\n ", ()),
        ("One.\nTwo.", ("One.", "Two.")),
        ("One.\r\nTwo.\rThree.\vFour.\u2028Five.", ("One.", "Two.", "Three.", "Four.", "Five.")),
        ("\n\nOne.\n\n\n\nTwo. \n", ("One.", "", "Two.")),
        ("  in", ("  in",)),
        ("a\tb", ("a    b",)),
        ("bell\x07", ("bell[U+0007]",)),
        ("\x00\x1b[31m", ("[U+0000][U+001B][31m",)),
        ("half \ud83d", ("half [U+D83D]",)),
        ("\ue000\U000f0000", ("[U+E000][U+F0000]",)),
        ("\ufffe\U0001ffff\ufdd0", ("[U+FFFE][U+1FFFF][U+FDD0]",)),
        ("\u202egpj.exe\u2066", ("[U+202E]gpj.exe[U+2066]",)),
        ("می\u200cخواهم", ("می\u200cخواهم",)),
        ("👨\u200d👩", ("👨\u200d👩",)),
        ("o" + "\u0301" * 6, ("o" + "\u0301" * MOST_STACKED + "[U+0301]" * 2,)),
    ],
)
def test_what_is_no_writing_is_shown_as_its_code(typed, shown):
    assert lines(typed) == shown


@given(st.text(st.characters(codec=None)))
def test_a_text_shown_is_shown_again_as_it_is(text):
    assert lines("\n".join(lines(text))) == lines(text)


@given(st.text())
def test_nothing_but_white_space_is_lost(text):
    told = "".join("".join(lines(text)).split())
    kept = "".join(letter for letter in "".join(text.split()) if letter in told)
    assert all(letter in told or f"[U+{ord(letter):04X}]" in told for letter in "".join(text.split()))
    assert len(kept) <= len(told)


def test_what_cannot_be_drawn_is_shown_as_its_code():
    assert coded("aᚠb", "ab".__contains__) == "a[U+16A0]b"


@given(st.text(st.characters(exclude_characters="\n")))
def test_a_line_in_pieces_is_the_same_line(line):
    assert "".join(pieces(line)) == line
    assert all(len(piece.split(" ")[-1]) <= 2 * UNBROKEN for piece in pieces(line))


def test_a_line_is_broken_where_it_must_be_and_not_within_a_sign():
    assert pieces("words with spaces " * 10) == ("words with spaces " * 10,)
    assert pieces("x" * 31) == ("x" * 30, "x")
    assert pieces("x" * 30) == ("x" * 30,)
    assert pieces("x" * 29 + "क्षx") == ("x" * 29 + "क्ष", "x")
    assert [len(piece) for piece in pieces("\u0301" * 121)] == [60, 60, 1]


@each(
    ("line", "from_the_right"),
    [("محمد", True), ("12 שרה", True), ("He said محمد", False), ("«محمد» said", True), ("12", False), ("", False)],
)
def test_a_line_is_read_from_the_side_of_its_first_letter(line, from_the_right):
    assert is_right_to_left(line) is from_the_right
