"""What a web page says that older programs wrote, or that is laid out in another way than most."""

import time

import pytest

from lodestar.kernel.document_text import NotRead, read_document
from lodestar.kernel.text_alone import read
from lodestar.kernel.text_refused import TOO_DEEP, Refused


def told(page):
    return [" ".join(said.split()) for _, _, said in read(f"<html><body>{page}</body></html>".encode(), "html")["blocks"]]


# --- deep ones ------------------------------------------------------------------------------------------------------------


def test_a_page_that_closes_nothing_is_read_to_its_end():
    page = "".join(f"<p><font size=2>Line {number}." for number in range(1_000))
    assert told(page) == [f"Line {number}." for number in range(1_000)]


@pytest.mark.parametrize("part", ["div", "span", "blockquote"])
@pytest.mark.parametrize("deep", [300, 2_000])
def test_what_stands_deep_in_others_is_read(part, deep):
    page = f"{f'<{part}>' * deep}Ring first.{f'</{part}>' * deep}<p>Ask.</p>"
    assert told(page) == ["Ring first.", "Ask."]


@pytest.mark.parametrize("part", ["<div>word ", "<p><font>word ", "<div><footer>word ", "<table><tr><td>word ", "<main>word "])
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
