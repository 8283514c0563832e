"""Documents for Word: real styles, nothing that runs, and nothing that tells of who made them."""

import io
import zipfile
from datetime import date

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.platform.documents.description import MOST_LINES, Bullets, Document, Entry, Heading, NotMade, Paragraph
from lodestar.platform.documents.made import KINDS, made
from lodestar.platform.documents.word import word
from lodestar.platform.documents.writing import MOST_STACKED, UNBROKEN, coded, is_right_to_left, lines, pieces
from tests.apps.platform.documents.reading import word_parts, word_text
from tests.apps.platform.documents.test_pdf import HOSTILE, SCRIPTS, entries, of
from tests.offenders import each


def opened(document):
    return docx.Document(io.BytesIO(word(document)))


def test_headings_lists_and_answers_have_styles_of_their_own():
    found = opened(
        of(
            Heading("One"),
            Paragraph("Two"),
            Bullets(("Three",)),
            Heading("Four", 3),
            Entry("Five", "Six"),
            Entry("", "Seven", is_remark=True),
        )
    )
    assert [(each.style.name, each.text) for each in found.paragraphs] == [
        ("Heading 1", "A document"),
        ("Heading 2", "One"),
        ("Normal", "Two"),
        ("List Bullet", "Three"),
        ("Heading 3", "Four"),
        ("Question", "Five"),
        ("Answer", "Six"),
        ("Remark", "Seven"),
    ]


def test_it_says_its_title_its_language_and_its_day_and_names_nobody():
    found = opened(entries("A text.")).core_properties
    assert (found.title, found.language) == ("A document", "en-GB")
    assert (found.author, found.last_modified_by, found.comments, found.keywords, found.subject) == ("",) * 5
    assert {found.created.date(), found.modified.date()} == {date(2026, 11, 25)}

    parts = word_parts(word(entries("A text.")))
    assert '<w:lang w:val="en-GB"' in parts["word/styles.xml"]
    assert not [name for name in parts if "thumbnail" in name]
    assert "python-docx" not in "".join(parts.values())


def test_the_marking_stands_above_and_below():
    section = opened(entries("A text.")).sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL"
    assert section.footer.paragraphs[0].text.startswith("OFFICIAL. A foot. Page ")
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


@each("name", SCRIPTS.values(), ids=list(SCRIPTS))
def test_a_name_in_any_script_is_there_letter_for_letter(name):
    assert word_text(word(entries(name))).splitlines() == ["A document", "Told", name]


def test_what_is_read_from_the_right_is_set_from_the_right():
    body = word_parts(word(entries("محمد\nHe said so.\nשרה")))["word/document.xml"]
    assert body.count("<w:bidi/>") == body.count("<w:rtl/>") == 2


@each("text", [*HOSTILE, '=HYPERLINK("https://example.org")', "{ DDEAUTO c:\\\\cmd.exe }", "]]><w:p/>&amp;", "_x0007_"])
def test_nothing_typed_is_obeyed(text):
    content = word(of(Heading(text), Entry(text, text), Paragraph(text), Bullets((text,)), title=text, foot=text))
    assert word_text(content).count(text) >= 3
    parts = word_parts(content)
    fields = "".join(parts.values()).count("w:instr=")
    assert fields == 2
    for forbidden in ("w:instrText", "<w:hyperlink", "w:fldChar", "w:altChunk", "w:object", 'TargetMode="External"'):
        assert forbidden not in "".join(parts.values())


@given(st.lists(st.text(st.characters(codec=None)), min_size=1))
@settings(max_examples=25, deadline=None)
def test_every_text_comes_out_as_it_is_shown(told):
    found = word_text(word(entries(*told)))
    for text in told:
        assert "\n".join(lines(text)) in found


@each("text", ["He said so. " * 1250, "x" * 15_000, "王" * 15_000, "a\n" * 7_500])
def test_an_answer_as_long_as_the_form_takes_comes_out_whole(text):
    assert "\n".join(lines(text)) in word_text(word(entries(text)))


def test_what_nobody_could_read_is_refused_in_a_sentence():
    with pytest.raises(NotMade, match="Shorten the longest answers"):
        word(entries("a\n" * (MOST_LINES + 2)))


def test_the_same_document_is_the_same_file():
    assert word(entries(*SCRIPTS.values())) == word(entries(*SCRIPTS.values()))
    assert {part.date_time for part in _parts(word(entries("A text.")))} == {(1980, 1, 1, 0, 0, 0)}


def _parts(content):
    return zipfile.ZipFile(io.BytesIO(content)).infolist()


def test_each_kind_is_made_by_its_name():
    document = Document("T", "M", "F", date(2026, 11, 25), ())
    assert made(document, "pdf").startswith(b"%PDF-")
    assert made(document, "docx").startswith(b"PK")
    assert set(KINDS) == {"pdf", "docx"}
    with pytest.raises(KeyError):
        made(document, "exe")


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
