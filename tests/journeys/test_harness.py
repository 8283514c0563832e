"""The harness itself: a page with a fault must not pass, a server of its own process answers and dies."""

import signal
import urllib.request

import pytest
from playwright.sync_api import Page

from tests.browser import PHONE
from tests.journeys.harness.checks import check_accessible, check_html, check_width
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.servers import in_its_own_process

GOOD = '<!DOCTYPE html><html lang="en"><head><title>One</title></head><body><main><h1>One</h1>{}</main></body></html>'


def served(page: Page, body: str) -> Page:
    page.route("**/*", lambda route: route.fulfill(body=GOOD.format(body), content_type="text/html"))
    page.goto("http://localhost/one")
    return page


@pytest.mark.parametrize("scripts", [True, False])
def test_axe_finds_a_box_without_a_label_inside_what_is_folded(opened, scripts):
    page = served(opened(PHONE, java_script_enabled=scripts), "<details><summary>More</summary><input></details>")
    with pytest.raises(AssertionError, match="label"):
        check_accessible(page)


def test_what_is_wider_than_the_window_is_found(opened):
    with pytest.raises(AssertionError, match="wider"):
        check_width(served(opened(PHONE), f"<p>{'x' * 200}</p>"))


@pytest.mark.parametrize("html", ["<p style='x'>", '<p style="x">', "<script>x</script>", '<p onclick="x">', "x" * 30_001])
def test_heavy_or_inline_html_is_found(html):
    with pytest.raises(AssertionError):
        check_html(html)


def test_the_hand_counts_screens_taps_and_typing(opened):
    body = (
        '<form action="/one"><label>Name <input name="n"></label><label><input type="checkbox" name="c">Yes</label>'
        "<button>Save</button></form><a href='/two'>Two</a><details><summary>More</summary>x</details>"
    )
    page = opened(PHONE, java_script_enabled=False)
    hand = Hand(page)
    served(page, body)
    hand.type("Name", "two lads")
    hand.tick("Yes", "checkbox")
    hand.tap("Save")
    hand.tap("Two", "link")
    hand.unfold("More")
    page.go_back()
    assert (hand.screens, hand.loads, hand.taps, hand.typed, hand.sentences) == (3, 4, 4, ["two lads"], ["two lads"])


def test_a_server_of_its_own_process_answers_until_it_is_killed(own_database):
    with in_its_own_process() as (address, process):
        with urllib.request.urlopen(f"{address}/sign-in") as answer:
            assert answer.status == 200
            assert answer.headers["Referrer-Policy"] == "same-origin"
        process.send_signal(signal.SIGKILL)
        assert process.wait(timeout=10) == -signal.SIGKILL
