"""What a web page says that older programs wrote, or that is laid out in another way than most."""

import time

import pytest

from lodestar.kernel.document_text import NotRead, read_document
from lodestar.kernel.text_alone import read
from lodestar.kernel.text_refused import TOO_DEEP, Refused


def told(page):
    return [" ".join(said.split()) for _, _, said in read(f"<html><body>{page}</body></html>".encode(), "html")["blocks"]]


# --- deep ones ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("many", [1_000, 5_000])
def test_a_page_that_closes_nothing_is_read_to_its_end(many):
    page = "".join(f"<p><FONT size=2>Li<b>ne</b> {number}." for number in range(many))
    assert told(page) == [f"Line {number}." for number in range(many)]


@pytest.mark.parametrize("part", ["div", "span", "blockquote"])
@pytest.mark.parametrize("deep", [300, 2_000])
def test_what_stands_deep_in_others_is_read(part, deep):
    page = f"{f'<{part}>' * deep}Ring first.{f'</{part}>' * deep}<p>Ask.</p>"
    assert told(page) == ["Ring first.", "Ask."]


@pytest.mark.parametrize("part", ["<div>word ", "<p><a>word ", "<div><footer>word ", "<table><tr><td>word ", "<main>word "])
@pytest.mark.parametrize("deep", [10_000, 300_000])
def test_what_is_nested_without_end_is_refused_and_not_cut_off(part, deep):
    start = time.process_time()
    with pytest.raises(Refused) as refused:
        told(part * deep)
    assert refused.value.code == TOO_DEEP
    assert time.process_time() - start < 5  # of what takes a tenth


def test_a_letter_whose_page_is_nested_without_end_is_refused_too():
    with pytest.raises(NotRead, match="too deep in each other"):
        read_document(b"Subject: Desk\r\nContent-Type: text/html\r\n\r\n" + b"<div>word " * 10_000, "eml")


# --- what stands apart ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("Ring the helpline<hr>Section two", ["Ring the helpline", "Section two"]),
        ("Write to the desk<address>1 High Street</address>or ring", ["Write to the desk", "1 High Street", "or ring"]),
        ("Look<figure><img src=a.png>At the door</figure>first", ["Look", "At the door", "first"]),
        ("Desk<dl><dt>NRM<dd>How they are referred</dl>first", ["Desk", "NRM", "How they are referred", "first"]),
    ],
)
def test_a_rule_an_address_and_a_figure_part_what_stands_around_them(page, lines):
    said = told(page)
    assert " ".join(said) == " ".join(lines)


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("for 45 days<sup>1</sup> at least", "for 45 days 1 at least"),
        ("Ring 0300 303 8151<sup>1</sup>.", "Ring 0300 303 8151 1."),
        ("for 45 <b>days</b><sup><a href='#n'>[1]</a></sup>", "for 45 days [1]"),
        ("for 45 days<sub>12</sub>", "for 45 days 12"),
        ("The desk<sup>1, 2</sup> is open", "The desk 1, 2 is open"),
        ("The desk<sup>*</sup> is open", "The desk * is open"),
        ("The desk.<sup>1</sup> Ring", "The desk.1 Ring"),
        ("a room of 9 m<sup>2</sup> or 9m<sup>2</sup>, 4 km<sup>2</sup>", "a room of 9 m2 or 9m2, 4 km2"),
        ("the 2<sup>nd</sup> day", "the 2nd day"),
        ("CO<sub>2</sub> and H<sub>2</sub>O", "CO2 and H2O"),
        ("<sup>1</sup> At night", "1 At night"),
        ("the <i>desk<sup>1</sup></i>", "the desk 1"),
        ("the <sup><sup>desk</sup>1</sup>", "the desk1"),
    ],
)
def test_the_mark_of_a_note_is_no_part_of_the_word_before_it(page, line):
    assert told(f"<p>{page}") == [line]


def test_what_is_set_high_in_itself_without_end_is_read_once():
    start = time.process_time()
    told("<p>a" + "<sup>1</sup>" * 100_000 + "<sup>" * 1_000)
    assert time.process_time() - start < 8  # of what takes 2; read anew at each, minutes


# --- where a page says what it says ---------------------------------------------------------------------------------------

ASKS = "We use cookies, some of which we need and some of which we do not need, to see how you use this page. " * 3
SAYS = "Ring it first, at any hour, by day or by night, and ask twice who is there, who is safe, and who keeps the wages of all."
SHORT = "Ring it first, at any hour."
MENU = "<div><ul>" + "<li><a href=/>Another page of the force</a>" * 20 + "</ul></div>"


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<main><h1>Night desk</h1></main><div>Ring it first, at any hour, and ask twice.</div>",
         ["Night desk", "Ring it first, at any hour, and ask twice."]),
        (f"{MENU}<main><h1>Night desk</h1><p>Ring it first.</main><div>Cookies</div>", ["Night desk", "Ring it first."]),
        (f"{MENU}<main><a href=/a>Night desk</a></main>", ["Night desk"]),
        (f"<div>{ASKS}</div><main><h1>Night desk</h1><p>{SAYS}</main>", ["Night desk", SAYS]),
        (f"<div>{ASKS}</div><main role=main><h1>Night desk {SAYS}</h1><p><a href=/a>{SAYS}</a></main>",
         [ASKS.strip(), f"Night desk {SAYS}", SAYS]),
        (f"<article><h1>Desk</h1>{SAYS}<article>{SAYS}</article></article><div>{SHORT}</div>", ["Desk", SAYS, SAYS]),
        (f"<article>{SAYS}</article><h1>{SHORT}</h1>", [SAYS, SHORT]),
        (f"<article>{SAYS}</article><article>{SAYS}</article>{SHORT}", [SAYS, SAYS, SHORT]),
    ],
)
def test_a_main_part_is_what_a_page_says_where_it_is_most_of_it(page, lines):
    assert told(page) == lines


@pytest.mark.parametrize(
    "asks",
    [
        "<div role=dialog>{}</div>", "<section id=cookieBar><p>{}</section>",
        "<div class='site consent-banner'><div>{}</div></div>", "<div id=onetrust-sdk><footer>{}</footer></div>",
        "<p role=alertdialog>{}</p>",
    ],
)  # fmt: skip
def test_what_asks_before_a_page_is_none_of_it(asks):
    asked = asks.format(ASKS)
    assert told(f"{asked}<p>{SAYS}") == [SAYS]
    assert told(f"<main>{SHORT}{asked}<p>{SAYS}</main>") == [SHORT, SAYS]
    assert told(f"<div class=has-cookies>{asked}<h1>Desk</h1><p>{SAYS}</div>") == ["Desk", SAYS]


def test_so_many_words_are_what_a_page_says_however_much_stands_around():
    words = SAYS.split()
    for many, around in ((25, []), (24, [ASKS.strip()])):
        few = " ".join(words[:many])
        assert told(f"<main><h1>Night desk</h1>{few}</main><div>{ASKS}</div>") == ["Night desk", few, *around]


@pytest.mark.parametrize("part", ["main", "article", "h1", "p role=main"])
def test_what_holds_the_page_is_no_question_before_it(part):
    around = f"<div class=cookies-set><div id=cookie-page><{part}>{SHORT}</{part.split()[0]}><p>{SAYS}</div></div>"
    assert SHORT in told(f"{around}<p>{SAYS}")
    assert told(f"<div class=cookies-set>{SAYS}</div>{SHORT}") == [SAYS, SHORT]  # without it nothing is left


@pytest.mark.parametrize(
    "page",
    ["<article>x" * 1_900, "<div>" * 1_800 + "<footer>x</footer>" * 8_000, "<div>" * 1_800 + "<header>x</header>" * 8_000,
     "<div class=cookie>x" * 1_900 + "<h1>x</h1>" * 8_000, "<main>x" * 1_900, "<div>" * 1_800 + "<h1>x</h1>" * 8_000],
)  # fmt: skip
def test_parts_deep_in_each_other_are_found_in_one_reading(page):
    start = time.process_time()
    assert told(page)
    assert time.process_time() - start < 3  # of what takes a tenth; one by one, 20
