"""Tagged PDFs: everything typed comes out, nothing of it is obeyed, and the file tells no more than its pages."""

import io
import json
import re
import signal
import subprocess
import sys
from datetime import date
from functools import partial
from itertools import product

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from lodestar.platform.documents import pdf as of_pdf
from lodestar.platform.documents import typst_alone
from lodestar.platform.documents.description import (
    MOST_CHARACTERS,
    MOST_LINES,
    BrokenDocument,
    Bullets,
    Document,
    Entry,
    Heading,
    NotMade,
    Paragraph,
    TooBusy,
)
from lodestar.platform.documents.pdf import pdf
from lodestar.platform.documents.writing import lines
from tests.apps.platform.documents.reading import bare, pdf_text, tags
from tests.offenders import each

DAY = date(2026, 11, 25)
SCRIPTS = {
    "Vietnamese": "Nguyễn Thị Hồng Ngọc",
    "Romanian": "Ștefan Țurcanu",
    "Albanian": "Shkëlqim Çela",
    "Polish": "Łukasz Żółć",
    "Cyrillic": "Олена Ковальчук",
    "Greek": "Γιώργος Παπαδόπουλος",
    "Arabic": "محمد الأحمد",
    "Kurdish Sorani": "ئازاد کەریم شێرزاد ڕۆژ",
    "Persian, Urdu, Pashto": "ژاله چای پاکستان ٹیپو ځوان پښتو",
    "Hebrew": "שרה כהן",
    "Devanagari": "राम प्रसाद क्षत्रिय",
    "Bengali": "মোহাম্মদ রহমান",
    "Gurmukhi": "ਹਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Tamil": "தமிழ்ச்செல்வி",
    "Thai": "สมชาย ใจดี",
    "Ethiopic": "ተስፋይ ገብረ ሃይማኖት",
    "Han": "王小明 陳大文",
    "Hangul": "김민수",
    "Georgian": "საქართველო",
    "Armenian": "Հայաստան",
    "Sinhala": "සිංහල",
    "emoji": "😀 👨‍👩‍👧",
}
HOSTILE = (
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0": *',
    '#include "document.typ"',
    "#sys.inputs #panic() #while true {}",
    "$ sum_(k=1)^n k $ `raw` ```typ #1``` <label> @label *bold* _it_ = Heading",
    "- list\n+ numbered\n/ term: told",
    "// comment /* another",
    '"] }) \\u{41} \\" \\',
    "=1+1|' /C calc'!A0 {{ 7*7 }} ${jndi:x} <script>alert(1)</script>",
)


def of(*blocks, title="A document", marking="OFFICIAL", foot="A foot"):
    return Document(title, marking, foot, DAY, blocks)


def entries(*told):
    return of(*(Entry("Told", text) for text in told))


def shown(text):
    """A text as the PDF shows it, without its white space."""
    return bare("".join(lines(text)))


def catalogue(content):
    return PdfReader(io.BytesIO(content)).trailer["/Root"]


def test_it_is_tagged_and_says_its_title_and_language():
    content = pdf(of(Heading("One"), Paragraph("Two"), Bullets(("Three",)), Heading("Four", 3), Entry("Five", "Six")))
    root = catalogue(content)

    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-GB", True)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1<" in root["/Metadata"].get_object().get_data().decode()
    assert [tag for tag in tags(content) if tag in ("/H1", "/H2", "/H3", "/L", "/LI")] == ["/H1", "/H2", "/L", "/LI", "/H3"]
    assert bare(pdf_text(content)) == bare("A document One Two •Three Four Five Six")


def test_the_marking_and_the_number_of_each_page_stand_on_it():
    content = pdf(entries("A long answer. " * 600))
    pages = PdfReader(io.BytesIO(content)).pages

    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        text = page.extract_text()
        assert text.count("OFFICIAL") == 2
        assert f"Page {number} of {len(pages)}" in text


@each("name", SCRIPTS.values(), ids=list(SCRIPTS))
def test_a_name_in_any_script_can_be_read_in_it(name):
    """Letter for letter; of what is read from the right, each word, since lines lie in a PDF as they are seen."""
    told = bare(pdf_text(pdf(entries(name))))
    assert all(word in told for word in name.split())
    assert "[U+" not in told


def test_what_no_face_holds_is_shown_as_its_code_and_fails_nothing():
    told = pdf_text(pdf(entries("before ᚠ𞤀\ue000\x07 after", "Łódź ᚠ 王")))
    assert "before [U+16A0][U+1E900][U+E000][U+0007] after" in told
    assert "Łódź [U+16A0] 王" in told


@each("text", HOSTILE)
def test_nothing_typed_is_obeyed(text):
    told = bare(pdf_text(pdf(of(Heading(text), Entry(text, text), Paragraph(text), Bullets((text,)), title=text))))
    assert told.count(bare(text)) >= 4


@given(st.lists(st.text(st.characters(max_codepoint=0x24F) | st.sampled_from("Ωжя王김\n#$@*_`<>\\/~")), min_size=1))
@settings(max_examples=12, deadline=None)
def test_every_text_comes_out_as_it_was_typed(told):
    found = bare(pdf_text(pdf(entries(*told))))
    for text in told:
        assert shown(text) in found


@given(st.lists(st.text(st.characters(codec=None)), min_size=1))
@settings(max_examples=12, deadline=None)
def test_no_text_fails_the_document(told):
    assert pdf(entries(*told)).startswith(b"%PDF-1.7")


@each("text", ["He said so. " * 1250, "x" * 15_000, "王" * 15_000, "محمد " * 3_000, "a\n" * 7_500, "\ue000" * 15_000])
def test_an_answer_as_long_as_the_form_takes_comes_out_whole(text):
    assert shown(text) in bare(pdf_text(pdf(entries(text))))


def test_a_word_without_an_end_stays_on_the_page():
    (page,) = PdfReader(io.BytesIO(pdf(entries("W" * 300)))).pages
    found = []
    page.extract_text(visitor_text=lambda text, cm, tm, *_: found.append((text.count("W"), round(cm[5]))))
    rows = {place: sum(count for count, at in found if at == place) for _, place in found}
    assert sum(rows.values()) == 300
    assert max(rows.values()) * 9.4 < 451  # points: a W at this size, and a line beside the bar


def test_the_same_document_is_the_same_file():
    document = of(Heading("One"), *(Entry("Told", name) for name in SCRIPTS.values()))
    assert pdf(document) == pdf(document)


def test_the_file_tells_of_nobody_and_of_no_time_but_its_day():
    content = pdf(entries("A text."))
    reader = PdfReader(io.BytesIO(content))

    assert dict(reader.metadata) == {
        "/Title": "A document",
        "/Creator": reader.metadata["/Creator"],
        "/CreationDate": "D:20261125000000Z",
        "/ModDate": "D:20261125000000Z",
    }
    assert reader.metadata["/Creator"].startswith("Typst ")
    assert not re.search(rb"/home|/root|/tmp|[.]venv|document[.]typ", content)


@pytest.mark.parametrize(
    "told", [("a" * MOST_CHARACTERS,), ("\ue000" * (MOST_CHARACTERS // 8 + 1),), ("a\n" * (MOST_LINES + 2),)]
)
def test_what_nobody_could_read_is_refused_in_a_sentence(told):
    with pytest.raises(NotMade, match="Shorten the longest answers"):
        pdf(entries(*told))


def test_what_ends_typst_is_set_with_the_codes_of_all_beyond_latin(monkeypatch):
    """typst 0.15 ends itself on some lines that are read from the right and hold what no face does."""
    alone, asked = of_pdf._alone, []

    def ends_at_first(document, can_be_drawn):
        asked.append(can_be_drawn)
        return (1, b"") if len(asked) == 1 else alone(document, can_be_drawn)

    monkeypatch.setattr(of_pdf, "_alone", ends_at_first)
    assert "Łódź: [U+05E9][U+05DC]" in pdf_text(of_pdf.pdf(entries("Łódź: של")))


@pytest.mark.parametrize(
    ("ending", "out", "fault", "words"),
    [
        (-signal.SIGKILL, b"", TooBusy, "Try again in a minute"),
        (typst_alone.REFUSED, b'"skipped from heading level 1 to 3"', BrokenDocument, "made: skipped from heading level 1 to 3"),
        (1, b"", BrokenDocument, "typst ended with 1"),
    ],
)
def test_only_a_lack_of_time_is_to_be_tried_again(monkeypatch, ending, out, fault, words):
    asked = []
    monkeypatch.setattr(of_pdf, "_alone", lambda *given: (asked.append(given), (ending, out))[1])
    with pytest.raises(NotMade, match=words) as raised:
        of_pdf.pdf(entries("A text."))
    assert type(raised.value) is fault
    assert raised.value.word_works
    assert bool(raised.value.retry_after) is (fault is TooBusy)
    assert len(asked) == 2


def test_what_typst_says_is_told_without_anything_that_it_quotes():
    found = _in_a_process('#set document(title: "T")\n#heading(level: 1)[A]\n#heading(level: 3)[Petra]')
    assert (found.returncode, json.loads(found.stdout)) == (
        typst_alone.REFUSED, "PDF/UA-1 error: skipped from heading level 1 to 3",
    )  # fmt: skip
    said = 'error: no `Petra` in "Petra"\n  | Petra\nerror: second\n'
    assert typst_alone.structure_errors(said) == "no [...] in [...]; second"


def test_headings_are_refused_as_typst_refuses_them():
    """Each order of up to three headings, set by typst itself without the check; no paper has a fourth level."""
    for count in (1, 2, 3):
        for levels in product((2, 3, 4), repeat=count):
            body = "".join(f"#heading(level: {level})[H]\n" for level in (1, *levels))
            compiler = typst.Compiler(f'#set document(title: "T")\n{body}'.encode())
            by_typst = refuses(typst.TypstError, partial(compiler.compile, format="pdf", pdf_standards=["ua-1"]))
            headings = [Heading(f"Part {place}", level) for place, level in enumerate(levels)]
            assert refuses(BrokenDocument, partial(of, *headings)) == (by_typst or 4 in levels), levels


def refuses(fault, act):
    try:
        act()
    except fault:
        return True
    return False


@pytest.mark.parametrize(
    ("title", "headings", "words"),
    [
        ("T", [Heading("Third of July", 3)], "a heading of level 3 follows one of level 1 (“Third of July”)"),
        ("T", [Heading("A"), Heading(" ")], "a heading is empty"),
        ("", [], "the title is empty"),
    ],
)
def test_a_broken_document_is_refused_before_it_is_made(title, headings, words):
    with pytest.raises(BrokenDocument, match=re.escape(words)) as raised:
        Document(title, "OFFICIAL", "Foot", date(2026, 11, 25), tuple(headings))
    assert "July" not in raised.value.structure


def test_who_waits_too_long_or_for_two_others_is_told(monkeypatch):
    def never(*given, **more):
        raise subprocess.TimeoutExpired("typst", 1)

    with monkeypatch.context() as slow:
        slow.setattr(of_pdf.subprocess, "run", never)
        with pytest.raises(NotMade, match="Try again in a minute"):
            of_pdf.pdf(entries("A text."))
    monkeypatch.setattr(of_pdf, "PATIENCE", 0.0)
    with of_pdf._MADE_AT_ONCE, of_pdf._MADE_AT_ONCE, pytest.raises(NotMade, match="Try again"):
        of_pdf.pdf(entries("A text."))


def _in_a_process(template, seconds=5):
    told = json.dumps({"template": template, "document": "{}", "fonts": list(of_pdf.FOLDERS)})
    return subprocess.run(
        [sys.executable, "-I", of_pdf._ALONE, str(seconds)],
        input=told.encode(), capture_output=True, check=False, env={}, cwd=of_pdf._HERE / "typst",
    )  # fmt: skip


def test_even_the_template_can_read_no_file_outside_its_folder_and_fetch_no_package():
    for template in ('#read("/etc/passwd")', '#read("../pdf.py")', '#import "@preview/cetz:0.3.0"'):
        found = _in_a_process(f'#set document(title: "T")\n{template}')
        assert found.returncode == typst_alone.REFUSED, template
        assert b"root:" not in found.stdout


def test_a_process_that_takes_too_long_or_too_much_memory_is_ended():
    busy = "#{ let n = 0; for a in range(9000) { for b in range(9000) { n += a * b } } }"
    large = '#let n = "a" * 4000000000'
    for body, ending in ((busy, -signal.SIGKILL), (large, -signal.SIGABRT)):
        found = _in_a_process(f'#set document(title: "T")\n{body}', 1)
        assert (found.returncode, found.stdout) == (ending, b""), body


def test_what_typst_says_of_a_character_is_read():
    said = 'error: the text `"\\u{e000}"` could not be displayed with\nerror: the text `"\\"ᚠ\\\\"` could not be displayed'
    assert typst_alone.without_glyph(said) == '"\\ᚠ\ue000'
    assert typst_alone.without_glyph("error: unknown variable") == ""
