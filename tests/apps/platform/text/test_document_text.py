"""What is read of a document, and what of it is not said in it."""

import base64
import io
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage

import docx
import pptx
import pytest

from lodestar.platform.files.mail import LARGEST, NotAMail, read_mail, sent_at
from lodestar.platform.files.reading_results import ENCRYPTED, NOT_KNOWN, TOO_DEEP, UNSAFE, WRONG_KIND, Refused
from lodestar.platform.files.text_alone import read


def blocks(content, ending):
    content = content if isinstance(content, bytes) else content.encode()
    return [(depth, " ".join(text.split())) for _, depth, text in read(content, ending)["blocks"]]


def lines(content, ending):
    return [text for _, text in blocks(content, ending)]


def differing(cases, ending):
    """Of (content, lines) those that are read as something else, each with what."""
    return [(content, found) for content, told in cases if (found := lines(content, ending)) != told]


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_web_page_is_its_main_part_or_article_without_what_steers_it():
    cases = [
        ("<div>Around.</div><main><p>Ring first.</p></main>", ["Ring first."]),
        ("<div>Around.</div><div role=main><p>Ring first.</p></div>", ["Ring first."]),
        ("<p>Ring first.</p><main></main>", ["Ring first."]),  # filled by a script
        ("<p>Around.</p><article><h1>Desk</h1>Ring.</article>", ["Desk", "Ring."]),
        ("<article>Ring.</article><article>Ask.</article>", ["Ring.", "Ask."]),
        ("<nav>Home</nav><div role=navigation>Menu</div><p>Ring.</p>", ["Ring."]),
        ("<p>Ring<!-- not --> first<?x y?>.</p><script>no()</script><style>p{}</style>", ["Ring first."]),
        ("<form><label>Name</label><input value=x><select><option>One</select><textarea>x</textarea>Ring.</form>",
         ["Name Ring."]),
        ("<h2>Whom<br>to ring</h2><p>Ask <b>twice</b><br>or wait", ["Whom", "to ring", "Ask twice", "or wait"]),
        ("<table><tr><th>Who<th>What<tr><td>Police<td>must<b>n't</b> wait</table>", ["Who What", "Police mustn't wait"]),
        ("<table><tr><td><p>Police</p></td><td><p>Ring.</p></td></tr></table>", ["Police Ring."]),
        ("<ul><li>Ring<li>Ask</ul>", ["Ring", "Ask"]),
        ("<p>45 days<sup>1</sup>, 0300 303 8151<sup><a href=#n>2</a></sup>, 2<sup>nd</sup>", ["45 days 1, 0300 303 8151 2, 2nd"]),
        (f"{'<div>' * 300}Ring.{'</div>' * 300}Ask.", ["Ring.", "Ask."]),
    ]  # fmt: skip
    assert not differing([(f"<html><body>{page}</body></html>", told) for page, told in cases], "html")
    assert blocks("<body><h3><button>Whom?</button></h3><p>The desk.", "html") == [(3, "Whom?"), (0, "The desk.")]


def test_markdown_is_headings_paragraphs_and_items_without_its_signs():
    cases = [
        ("Who:\n- police\n  and others\n* councils\n1. the NCA", ["Who:", "- police and others", "* councils", "1. the NCA"]),
        ("| Who | What |\n| Police | must |", ["| Who | What |", "| Police | must |"]),
        ("# Duty\n## Who\nPolice\nand all\n### When\nNow", ["Duty", "Who", "Police and all", "When", "Now"]),
        ("Ring the desk  \nWrite", ["Ring the desk", "Write"]),
        ("**Ring** *first*, __ask__ _twice_: ***all*** **_now_**.", ["Ring first, ask twice: all now."]),
        ("modern_slavery_unit@homeoffice.gov.uk https://x.uk/_a_ 2 * 3", [
            "modern_slavery_unit@homeoffice.gov.uk https://x.uk/_a_ 2 * 3"
        ]),
        ("`code` and [a_b](https://x.gov.uk) [![Map](a.png)](b)", ["code and a_b Map"]),
        ("---\ntitle: Desk\nauthor: J Quist\n---\nRing.", ["Ring."]),
    ]  # fmt: skip
    assert not differing(cases, "md")
    assert blocks("# Night desk\r\rRing it.", "md") == [(1, "Night desk"), (0, "Ring it.")]


def test_a_text_is_read_in_its_letters_with_its_pages():
    for kept_as in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert lines("Ring – caf\u00e9\r\nfirst".encode(kept_as), "txt") == ["Ring – caf\u00e9 first"], kept_as
    found = read(b"One\fTwo\f", "txt")
    assert (found["pages"], found["blocks"]) == (2, [(1, -1, "One"), (2, -1, "Two")])


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SAID = "<w:r><w:t>{}</w:t></w:r>"


def word(*bodies):
    """A Word document with these paragraphs, as XML, after a heading."""
    document = docx.Document()
    document.add_heading("Night desk", 2)
    for body in bodies:
        document.element.body.insert(-1, docx.oxml.parse_xml(body))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_document_says_what_stands_in_it_now():
    box = f"<w:txbxContent><w:p>{SAID.format('In a box.')}</w:p></w:txbxContent>"
    both = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    cases = [
        ("<w:r><w:t>Ring</w:t><w:br/><w:t>first</w:t><w:tab/><w:t>and</w:t><w:noBreakHyphen/><w:t>ask</w:t></w:r>",
         ["Ring first and-ask"]),
        (f"{SAID.format('Ring')}<w:del><w:r><w:delText>late</w:delText></w:r></w:del><w:ins>{SAID.format('s')}</w:ins>",
         ["Rings"]),
        (f"<w:moveFrom>{SAID.format('Moved.')}</w:moveFrom>", []),
        (f"<w:sdt><w:sdtContent>{SAID.format('Ring.')}</w:sdtContent></w:sdt>", ["Ring."]),
        (f"{SAID.format('Ring.')}<w:r><mc:AlternateContent xmlns:mc='{both}'><mc:Choice>{box}</mc:Choice>"
         f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>", ["Ring.", "In a box."]),
    ]  # fmt: skip
    for body, told in cases:
        assert blocks(word(f"<w:p {WORD}>{body}</w:p>"), "docx") == [(2, "Night desk"), *((0, text) for text in told)], body
    document = docx.Document()
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, (("Police", "ring"), ("NCA\nor others", "ask")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.rows[1].cells[0].add_paragraph("at night")
    document.core_properties.title = "Of desks"
    out = io.BytesIO()
    document.save(out)
    assert lines(out.getvalue(), "docx") == ["Police ring", "NCA or others", "at night", "ask"]
    assert read(out.getvalue(), "docx")["title"] == "Of desks"


def test_a_presentation_is_its_slides_and_what_the_speaker_noted():
    presentation = pptx.Presentation()
    for title in ("Night desk", "By day"):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text, slide.placeholders[1].text = title, "Ring.\nAsk."
        slide.notes_slide.notes_text_frame.text = "Say it twice."
    out = io.BytesIO()
    presentation.save(out)
    found = read(out.getvalue(), "pptx")
    told = [(0, "Ring."), (0, "Ask."), (0, "Say it twice.")]
    assert (found["pages"], [(depth, text) for _, depth, text in found["blocks"]]) == (
        2, [(1, "Night desk"), *told, (1, "By day"), *told],
    )  # fmt: skip


ODT_PAGE = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>{}</office:text></office:body>
</office:document-content>"""


def test_an_opendocument_text_says_what_stands_in_it_now():
    cases = [
        ("<text:tracked-changes><text:deletion><text:p>Gone.</text:p></text:deletion></text:tracked-changes>"
         "<text:h>Desk</text:h><text:p>Ring<text:change text:change-id='1'/> first.</text:p>", ["Desk", "Ring first."]),
        ("<text:p>Ring<office:annotation><dc:creator>J Quist</dc:creator><text:p>Is it so?</text:p></office:annotation> first."
         "</text:p>", ["Ring first."]),
        ("<text:p>Ring<text:line-break/>first<text:tab/>and<text:s text:c='2'/>ask</text:p>", ["Ring first and ask"]),
        ("<text:p>Ring<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>At night.</text:p>"
         "</text:note-body></text:note> first.</text:p>", ["Ring first.", "At night."]),
        ("<table:table-row><table:table-cell><text:p>Police</text:p></table:table-cell><table:table-cell><text:p>ring</text:p>"
         "</table:table-cell></table:table-row>", ["Police ring"]),
    ]  # fmt: skip
    assert not differing([(packed({"content.xml": ODT_PAGE.format(body)}), told) for body, told in cases], "odt")


def a_mail(words="Ring first.", **headers):
    message = EmailMessage()
    for name, value in {"Subject": "Night desk", "From": "Jo <jo@Region.example>", **headers}.items():
        message[name] = value
    message.set_content(words)
    return message


def test_a_mail_is_its_subject_its_text_and_what_is_attached():
    inner = a_mail("Ask twice.", Subject="Car washes")
    outer = a_mail()
    outer.add_alternative("<p>The page.</p>", subtype="html")
    outer.add_attachment(inner)
    outer.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    outer.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf")
    found = read(outer.as_bytes(), "eml")
    assert [(depth, text.strip()) for _, depth, text in found["blocks"]] == [
        (1, "Night desk"), (-1, "Ring first."), (2, "Car washes"), (-1, "Ask twice."),
    ]  # fmt: skip
    assert (found["title"], found["sender"], [name for name, _ in found["attached"]]) == (
        "Night desk", "region.example", ["a.pdf", "attachment-2.pdf"],
    )  # fmt: skip
    for page, told in (("<article>One</article><p>two", ["One", "two"]), ("", []), ("<!-- x -->", []), ("<br>", [])):
        empty = a_mail(" ")
        empty.add_alternative(page, subtype="html")
        assert lines(empty.as_bytes(), "eml") == ["Night desk", *told], page


def test_what_is_no_such_document_is_refused_with_its_reason():
    cases = [
        (b"x", "exe", NOT_KNOWN), (b"x", "pdf", WRONG_KIND), (b"%PDF-1.7", "txt", WRONG_KIND), (b"PK\x03\x04", "txt", WRONG_KIND),
        (b"a\0b", "txt", WRONG_KIND), (b"\xd0\xcf\x11\xe0", "docx", ENCRYPTED), (b"no head", "eml", WRONG_KIND),
        (b"<div>word " * 10_000, "html", TOO_DEEP),
        (packed({"content.xml": "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>"}), "odt", UNSAFE),
    ]  # fmt: skip
    for content, ending, code in cases:
        with pytest.raises(Refused) as refused:
            read(content, ending)
        assert refused.value.code == code, (content[:20], ending)


def test_a_mail_is_its_subject_its_day_its_text_and_the_names_of_what_is_attached():
    message = a_mail("a\u202eb\x1b[31m NRM-771204", Subject="Outcome", Date="Mon, 9 Mar 2026 10:15:00 +0100")
    message.add_alternative("<p>The page.</p>", subtype="html")
    message.add_attachment(b"MZ\x90evil", maintype="application", subtype="octet-stream", filename="let\u202eter.exe")
    found = read_mail(message.as_bytes())
    assert (found.title, found.words, found.notes) == ("Outcome", "ab[31m NRM-771204", "Attached, and not opened: letter.exe.")
    assert found.dated == datetime(2026, 3, 9, 9, 15, tzinfo=UTC)


def test_text_is_read_in_the_letters_it_was_written_in_or_as_well_as_can_be():
    of_none = (("no-such", "utf-8"), ("hex", "cp1252"), ("", "utf-8"))
    for charset, kept_as in (("utf-8", "utf-8"), ("windows-1252", "cp1252"), ("utf-16", "utf-16"), *of_none):
        head = f"Subject: x\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        found = read_mail(head.encode() + base64.b64encode("Señora Núñez, £5".encode(kept_as)))
        assert (found.words, found.notes) == ("Señora Núñez, £5", ""), charset


def test_what_is_no_mail_or_too_large_is_said_to_be():
    for content in (b"", b"%PDF-1.7 ...", b"only words, no head", b"\xff" * 1000):
        with pytest.raises(NotAMail, match="no mail file"):
            read_mail(content)
    with pytest.raises(NotAMail, match="larger than 15 MB"):
        read_mail(b"Subject: x\r\n\r\n" + b"x" * LARGEST)


def test_a_day_that_cannot_be_is_none():
    beyond = ("Mon, 9 Mar 1899 10:00:00 +0000", "Mon, 9 Mar 9999 10:00:00 +9999")
    for written in ("", "never", "Mon, 99 Foo 2026", "9" * 10_000, *beyond):
        assert sent_at(written) is None, written
