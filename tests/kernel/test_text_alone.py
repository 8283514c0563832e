"""What is read of a document, and what of it is not said in it: on both sides of every line."""

import base64
import io
import time
import zipfile
from email.message import EmailMessage

import pytest

from lodestar.kernel.text_alone import read
from lodestar.kernel.text_of_office import NO_NOTES
from lodestar.kernel.text_refused import Refused


def blocks(text, ending):
    content = text if isinstance(text, bytes) else text.encode()
    return [(depth, " ".join(said.split())) for _, depth, said in read(content, ending)["blocks"]]


def said(text, ending):
    return " ".join(part for _, part in blocks(text, ending))


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


# --- web pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<div>Around.</div><main><p>Ring first.</p></main>", "Ring first."),
        ("<div>Around.</div><div role=main><p>Ring first.</p></div>", "Ring first."),
        ("<div>Around.</div><main><article>Ring first.</article><p>Ask.</p></main>", "Ring first. Ask."),
        ("<p>Ring first.</p><main></main>", "Ring first."),  # filled by a script
        ("<main>Ring first.</main><main>Ask twice.</main>", "Ring first. Ask twice."),
        ("<article>Ring first.</article><article>Ask twice.</article>", "Ring first. Ask twice."),
        ("<h1>Night desk</h1><p>Ring it.</p><article class=related>More to read about desks</article>",
         "Night desk Ring it. More to read about desks"),
        ("<p>Ring it, and ask twice.</p><article class=related>More</article>", "Ring it, and ask twice. More"),
        ("<div>Around.</div><article><h1>Night desk</h1><p>Ring it first.</p><article>Thanks</article></article>",
         "Night desk Ring it first. Thanks"),
        ("<form><div id=s4-workspace><p>Ring first.</p></div></form>", "Ring first."),
        ("<button>Open</button><button>Close</button>Ring.", "Open Close Ring."),
        ("<form><label>Name</label><input value=x><select><option>One</select><textarea>x</textarea>Ring.</form>", "Name Ring."),
        ("<nav>Home</nav><header>Logo<nav>Menu</nav></header><p>Ring the desk.</p><footer>Cookies</footer>", "Ring the desk."),
        ("<header><a href=/>Logo</a> <a href=/a>About</a></header><p>Ring the desk.</p>", "Ring the desk."),
        ("<div role=navigation>Home</div><div role=banner>Logo<search>Find</search></div><p>Ring the desk.</p>"
         "<div role=contentinfo>Cookies</div>", "Ring the desk."),
        ("<header><div class=title>Night desk</div><p>Version 3</p></header><p>Ring 999.</p>", "Night desk Version 3 Ring 999."),
        ("<header><nav>Menu</nav><h3>Night desk</h3>Ring 101.</header><p>Ask.</p>", "Night desk Ring 101. Ask."),
        ("<div role=contentinfo><h1>Night desk</h1><p>Ring 999.</p></div>", "Night desk Ring 999."),
        ("<p>Desk</p><footer>Ring 999 at night, and 101 by day.</footer>", "Desk Ring 999 at night, and 101 by day."),
        ("<form role=search>Find</form><p>Ring.", "Ring."),
        ("<header><h1>Night desk</h1></header><p>Ring.</p>", "Night desk Ring."),
        ("<section><header>At night</header><p>Ring.</p><footer>Or write.</footer></section>", "At night Ring. Or write."),
        ("<aside>Beside it.</aside><p>Ring.</p>", "Beside it. Ring."),
        ("Name<input>Ring<svg><title>Bell</title></svg>first.", "Name Ring first."),
        ("<p>Ring<!-- not --> first<?x y?>.</p><script>no()</script>", "Ring first."),
    ],
)  # fmt: skip
def test_a_page_says_all_but_what_stands_around_it(page, told):
    assert said(f"<html><body>{page}</body></html>", "html") == told


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<table><tr><th>Who<th>What<tr><td>Police<td>must<b>n't</b> <p>wait</table>", ["Who What", "Police mustn't wait"]),
        ("<table><tr><td><ul><li>Police<li>NCA</ul><td>Ring.</table>", ["Police", "NCA", "Ring."]),
        ("<table><tr><td><table><tr><td>Police<td>Ring</table><td>Ask</table>", ["Police Ring", "Ask"]),
        ("<p>Recovery: 30 days<br>Move-on: 45 days<br>- and more", ["Recovery: 30 days", "Move-on: 45 days", "- and more"]),
        ("<p>Ring the desk<br>that is open", ["Ring the desk that is open"]),
        ("<p>the Gangmasters and<br>Labour Abuse Authority", ["the Gangmasters and Labour Abuse Authority"]),
        ("<p>Ring 0300 303<br>8151 or<br>999", ["Ring 0300 303 8151 or 999"]),
        ("<p>0300 303 8151<br>0800 808 3733", ["0300 303 8151", "0800 808 3733"]),
        ("<p>Police; and<br>- NCA; or<br>2. Poland<br>Spain", ["Police; and", "- NCA; or", "2. Poland", "Spain"]),
        ("<h2>Ring<br>Ask</h2>", ["Ring Ask"]),
    ],
)
def test_a_row_and_what_stands_behind_a_break_is_a_line_of_its_own(page, told):
    assert [part for _, part in blocks(f"<body>{page}", "html")] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Who:\n- police\n  and others\n* councils\n1. the NCA", ["Who:", "- police and others", "councils", "1. the NCA"]),
        ("| Who | What |\n|---|---|\n| Police | must |", ["| Who | What |", "|---|---|", "| Police | must |"]),
        ("The number of years is\n30 in all - or\nless", ["The number of years is 30 in all - or less"]),
        ("## Duty\nPolice, councils and the Gangmasters and Labour\nAbuse Authority.",
         ["Duty", "Police, councils and the Gangmasters and Labour Abuse Authority."]),
        ("# Duty\n## Who\nPolice\nand all\n- NCA\n### When\nNow", ["Duty", "Who", "Police and all", "- NCA", "When", "Now"]),
        ("Police do.\n## Duty\nNow.", ["Police do.", "Duty", "Now."]),
        ("## Times\nRecovery period: 30 days\nMove-on: 45 days", ["Times", "Recovery period: 30 days", "Move-on: 45 days"]),
        ("Ring the desk  \nWrite\\\nAsk  \nor wait\n#1 of all", ["Ring the desk", "Write", "Ask or wait #1 of all"]),
    ],
)
def test_an_item_of_markdown_is_a_block(text, told):
    assert [part for _, part in blocks(text, "md")] == told


def test_a_question_that_opens_an_answer_heads_it():
    page = "<h3><button aria-expanded=false>Whom to ring?</button></h3><div hidden><p>The night desk.</p></div>"
    assert blocks(page, "html") == [(3, "Whom to ring?"), (0, "The night desk.")]


# --- Markdown -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Write to modern_slavery_unit@homeoffice.gov.uk now", None),
        ("See https://x.gov.uk/a_b_c and https://x.gov.uk/_layouts/15/_x", None),
        ("_See https://x.gov.uk/_a_", "See https://x.gov.uk/_a"),
        ("www.x.gov.uk/_a_ b", "www.x.gov.uk/_a_ b"),
        ("**Ring** *first*, __ask__ _twice_: ***all***.", "Ring first, ask twice: all."),
        ("**_Ring_ first** (*ask*)", "Ring first (ask)"),
        ("Dial *#06# or 2*3*4 or 2 * 3", None),
        ("A star* alone", None),
        ("Name ______", None),
        (r"modern\_slavery \*", "modern_slavery *"),
        ("`code` and [a_b](https://x.gov.uk)", "code and a_b"),
        ("[![Map](a.png)](b_c) and [Desk](x_(y)) and [so] (or not)", "Map and Desk and [so] (or not)"),
        ("* Ring\n* Ask *twice*", "Ring Ask twice"),
        ("***", ""),
        ("### **Night** desk_1_a", "Night desk_1_a"),
    ],
)
def test_signs_of_emphasis_go_in_pairs_and_from_the_edge_of_words_alone(line, told):
    assert said(line, "md") == (line if told is None else told)


# --- long ones ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "ending", "times"),
    [
        ("[", "md", 150_000), ("[x](", "md", 150_000), ("[x](()", "md", 150_000), ("*a ", "md", 150_000), ("a_ ", "md", 150_000),
        ("<input>word ", "html", 350_000),
    ],
)  # fmt: skip
def test_what_is_hostile_is_read_once(part, ending, times):
    start = time.process_time()
    read((part * times).encode(), ending)
    assert time.process_time() - start < 8  # of what takes 3 at most; read again from each part, 30 and more


# --- lines ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["txt", "md", "html"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_program_ends_them(ending, end):
    (only,) = read(f"Ring first{end}ask twice".encode(), ending)["blocks"]
    assert only[2] == "Ring first\nask twice" if ending != "html" else "Ring first ask twice"


def test_a_heading_of_markdown_ends_with_its_line_however_that_ends():
    assert blocks("# Night desk\r\rRing it.", "md") == [(1, "Night desk"), (0, "Ring it.")]


# --- office files ---------------------------------------------------------------------------------------------------------

ODT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><office:body><office:text>{}</office:text></office:body>
</office:document-content>"""


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion></text:changed-region>"
         "</text:tracked-changes><text:p>Ring<text:change text:change-id='1'/> first.</text:p>", ["Ring first."]),
        ("<text:p>Ring<office:annotation><dc:creator>J Quist</dc:creator><dc:date>2026-01-01</dc:date><text:p>Is it so?</text:p>"
         "</office:annotation> first.<office:annotation-end/></text:p>", ["Ring first."]),
        ("<text:p>Ring<text:line-break/>first<text:tab/>and<text:s text:c='2'/>ask</text:p>", ["Ring first and ask"]),
        ("<text:p>Ring<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>At night.</text:p>"
         "</text:note-body></text:note> first.</text:p>", ["Ring first.", "At night."]),
        ("<text:p>Ring<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame>first.</text:p>",
         ["Ring first.", "In a box."]),
        ("<text:p>Ring <text:span>the</text:span> desk<!-- no --> first.</text:p>", ["Ring the desk first."]),
    ],
)  # fmt: skip
def test_an_opendocument_text_says_what_stands_in_it_now(body, told):
    assert [text for _, text in blocks(packed({"content.xml": ODT.format(body)}), "odt")] == told


WORD = """<w:{0} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">{1}</w:{0}>"""
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
BOX = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<w:p><w:r><w:t>Ring</w:t><w:br/><w:t>first</w:t><w:tab/><w:t>and</w:t><w:cr/><w:t>ask</w:t></w:r></w:p>",
         ["Ring first and ask"]),
        ("<w:p><w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>urgent</w:t></w:r></w:p>", ["non-urgent"]),
        ("<w:p><w:r><w:t>Ring</w:t></w:r><w:del><w:r><w:delText> late</w:delText><w:br/></w:r></w:del>"
         "<w:ins><w:r><w:t>s</w:t></w:r></w:ins></w:p>", ["Rings"]),
        ("<w:p><w:moveFrom><w:r><w:t>Moved.</w:t></w:r></w:moveFrom></w:p><w:p><w:moveTo><w:r><w:t>Moved.</w:t></w:r></w:moveTo>"
         "</w:p>", ["Moved."]),
        (f"<w:p><w:r><w:t>Ring.</w:t><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback>"
         "</mc:AlternateContent></w:r></w:p>", ["Ring.", "In a box."]),
        ("<w:p><w:r><w:t>Ring.</w:t><w:footnoteReference w:id='2'/><w:endnoteReference w:id='2'/></w:r></w:p>"
         "<w:p><w:r><w:t>Ask.</w:t><w:footnoteReference w:id='2'/><w:footnoteReference w:id='9'/></w:r></w:p>",
         ["Ring.", "At night.", "By day.", "Ask."]),
        ("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Police</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>ring</w:t></w:r></w:p></w:tc></w:tr>"
         "<w:tr><w:tc><w:p><w:r><w:t>NCA</w:t></w:r></w:p><w:p/></w:tc><w:tc><w:p><w:r><w:t>ask</w:t></w:r></w:p></w:tc></w:tr>"
         "</w:tbl>", ["Police ring", "NCA", "ask"]),
    ],
)  # fmt: skip
def test_a_word_document_says_what_stands_in_it_now(body, told):
    def notes(kind, text):
        return WORD.format(f"{kind}s", f"<w:{kind} w:id='2'><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>")

    parts = {
        "word/document.xml": WORD.format("document", body), "word/footnotes.xml": notes("footnote", "At night."),
        "word/endnotes.xml": notes("endnote", "By day."),
    }  # fmt: skip
    assert [text for _, text in blocks(packed(parts), "docx")] == told


@pytest.mark.parametrize("shown", ["", "<w:drawing/>", "<w:t> </w:t>"])
def test_words_for_older_programs_alone_are_read(shown):
    """A picture of what is said has no words in it; two of these stand in each other."""
    older = f"<mc:AlternateContent><mc:Choice>{shown}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent>"
    both = f"<mc:AlternateContent><mc:Choice>{older}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent>"
    for body in (older, both):
        parts = {"word/document.xml": WORD.format("document", f"<w:p><w:r><w:t>Ring.</w:t>{body}</w:r></w:p>")}
        assert [text for _, text in blocks(packed(parts), "docx")] == ["Ring.", "In a box."]
    words = "<a:p><a:r><a:t>Ring.</a:t></a:r></a:p>"
    slide = WORD.format("x", older.replace(BOX, words)).replace("<w:x ", f'<w:x xmlns:a="{DRAWING}" ')
    assert said(packed({"ppt/presentation.xml": "<x/>", "ppt/slides/slide1.xml": slide}), "pptx") == "Ring."


@pytest.mark.parametrize("damaged", ["<broken", ""])
def test_a_word_document_whose_notes_are_damaged_is_read_without_them(damaged):
    body = "<w:p><w:r><w:t>Ring.</w:t><w:footnoteReference w:id='2'/><w:endnoteReference w:id='2'/></w:r></w:p>"
    ends = WORD.format("endnotes", "<w:endnote w:id='2'><w:p><w:r><w:t>By day.</w:t></w:r></w:p></w:endnote>")
    parts = {"word/document.xml": WORD.format("document", body), "word/footnotes.xml": damaged, "word/endnotes.xml": ends}
    found = read(packed(parts), "docx")
    assert [text for _, _, text in found["blocks"]] == ["Ring.", "By day."]
    assert found["note"] == NO_NOTES
    with pytest.raises(Refused):
        read(packed(parts | {"word/footnotes.xml": f"<!DOCTYPE x>{ends}"}), "docx")


def test_a_row_that_holds_a_whole_document_is_read_once():
    page = "<w:p><w:r><w:t>Ring.</w:t></w:r></w:p>" * 12_000
    parts = {"word/document.xml": WORD.format("document", f"<w:tbl><w:tr><w:tc>{page}</w:tc></w:tr></w:tbl>")}
    start = time.process_time()
    assert len(blocks(packed(parts), "docx")) == 12_000
    assert time.process_time() - start < 5  # of what takes a tenth of it; looked through for each paragraph, 20


def test_a_break_within_a_line_of_a_slide_parts_two_words():
    slide = """<a:x xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>Night</a:t></a:r><a:br/><a:r>
 <a:t>desk</a:t></a:r></a:p><a:p><a:r><a:t>Ring.</a:t></a:r></a:p></a:x>"""
    parts = {"ppt/presentation.xml": "<x/>", "ppt/slides/slide1.xml": slide}
    assert blocks(packed(parts), "pptx") == [(1, "Night desk"), (0, "Ring.")]


# --- letters --------------------------------------------------------------------------------------------------------------

HEAD = b"Subject: Night desk\r\nFrom: a@region.example\r\n"


@pytest.mark.parametrize(
    ("charset", "content"),
    [
        ("x-unknown", "Ring – first".encode()),
        ("x-unknown", "Ring – first".encode("cp1252")),
        ("undefined", "Ring – first".encode()),
        ("hex", "Ring – first".encode()),
        ("us-ascii", "Ring – first".encode()),
        ("windows-1252", "Ring – first".encode("cp1252")),
        ("utf-16", "Ring – first".encode("utf-16")),
    ],
)
def test_a_letter_is_read_however_it_says_that_it_is_written(charset, content):
    head = f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    assert said(HEAD + head.encode() + base64.encodebytes(content), "eml") == "Night desk region.example Ring – first"


@pytest.mark.parametrize(("plain", "told"), [("", "of the page"), (" \n--\n\u00a0", "of the page"), ("Ring.", "Ring.")])
def test_the_page_of_a_letter_is_read_where_its_text_is_empty(plain, told):
    message = EmailMessage()
    message["Subject"], message["From"] = "Night desk", "a@region.example"
    message.set_content(plain)
    message.add_alternative("<article>One</article><article>of the page</article>", subtype="html")
    assert said(message.as_bytes(), "eml").endswith(told)


@pytest.mark.parametrize("page", ["", " ", "<html></html>", "<!-- x -->", "<style>p {}</style>", "<head></head>", "<br>"])
def test_what_came_with_an_empty_letter_is_read(page):
    message = EmailMessage()
    message["Subject"], message["From"] = "Night desk", "a@region.example"
    message.set_content("")
    message.add_alternative(page, subtype="html")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    found = read(message.as_bytes(), "eml")
    assert [text for _, _, text in found["blocks"]] == ["Night desk", "region.example"]
    assert [name for name, _ in found["attached"]] == ["a.pdf"]


def test_a_letter_whose_lines_end_in_another_way_keeps_them():
    message = HEAD + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nUmluZyBmaXJzdA1hc2sgdHdpY2U=\r\n"
    assert said(message, "eml") == "Night desk region.example Ring first ask twice"
