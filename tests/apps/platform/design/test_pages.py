"""The shell, the errors and the gallery, read and shown."""

import re

import pytest

from tests.apps.platform.design.conftest import SHELL
from tests.apps.platform.design.gallery import NOW, TYPED, gallery_context
from tests.browser import DESK, PHONE
from tests.journeys.harness.checks import check_html, check_page
from tests.offenders import each

ERRORS = ["404.jinja", "400.jinja", "413.jinja", "500.jinja", "403_csrf.jinja", "design/cannot_save.jinja"]


def gallery(draw_page, typed=None):
    return draw_page("design/gallery.jinja", **gallery_context(TYPED if typed is None else typed))


@each("template", ERRORS)
@each("shell", [SHELL, None])
def test_an_error_stands_with_and_without_a_shell(draw_page, template, shell):
    html = draw_page(template, shell=shell)
    check_html(html)
    assert 'href="/ring"' in html
    assert ("Hide</a>" in html) is (shell is not None)


def test_hide_is_a_link_where_nothing_is_typed_and_a_button_where_something_is(draw_page):
    assert '<a class="lode-hide" href="/hide"' in draw_page("404.jinja")
    assert '<button class="lode-hide" form="f" formaction="/hide" formnovalidate>' in gallery(draw_page)


def test_nobody_hides_before_sign_in(draw_page):
    assert "lode-hide" not in draw_page("404.jinja", shell=SHELL | {"signed_in": False})


def test_the_clock_names_neither_the_product_nor_a_person(draw_page):
    html = draw_page("design/clock.jinja", now=NOW, problem=True)
    assert "<title>Clock</title>" in html
    assert "02:57" in html
    seen = re.sub(r"<[^>]+>", " ", html)
    assert "lodestar" not in html.lower()
    assert "safe" not in seen.lower()


def test_errors_come_first_in_the_title(draw_page):
    assert "<title>Error: Components" in gallery(draw_page)
    assert "<title>Components" in gallery(draw_page, {"name": "Kieran"})


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["320", "1280"])
def test_axe_finds_nothing_in_the_gallery(draw_page, show, viewport):
    page = show(gallery(draw_page), viewport)
    check_page(page, "gallery")


@each("template", [*ERRORS, "design/clock.jinja"])
def test_axe_finds_nothing_in_errors_and_clock(draw_page, show, template):
    check_page(show(draw_page(template, now=NOW), PHONE))


def test_the_error_summary_leads_to_the_field_without_javascript(draw_page, show):
    page = show(gallery(draw_page), PHONE, java_script_enabled=False)
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.get_by_role("alert").get_by_role("link").click()
    assert page.url.endswith("#id_when")
    bar = page.evaluate("document.querySelector('.lode-bar').getBoundingClientRect().bottom")
    label = page.evaluate("document.querySelector('label[for=id_when]').getBoundingClientRect().top")
    assert page.evaluate("scrollY") > 0
    assert label >= bar, "the field's label lies under the sticky bar"
    assert page.locator("#id_when").get_attribute("aria-describedby") == "id_when-hint id_when-error"


def test_the_error_summary_puts_the_cursor_into_the_field(draw_page, show):
    page = show(gallery(draw_page), PHONE)
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("document.activeElement.id") == "id_when"


@pytest.mark.parametrize("scripts", [True, False])
def test_enter_in_a_box_never_hides(draw_page, show, scripts):
    page = show(gallery(draw_page), PHONE, java_script_enabled=scripts)
    page.get_by_label("Name they give").focus()
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.keyboard.press("Enter")
    assert sent.value.url == "http://localhost/"


@pytest.mark.parametrize("scripts", [True, False])
def test_hide_sends_what_was_typed(draw_page, show, scripts):
    page = show(gallery(draw_page), PHONE, java_script_enabled=scripts)
    page.get_by_label("Name they give").fill("Kieran, 16")
    with page.expect_request("**/hide") as sent:
        page.get_by_role("button", name="Hide", exact=True).click()
    assert sent.value.method == "POST"
    assert "Kieran, 16" in (sent.value.post_data_buffer or b"").decode()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_choice_reveals_its_question_by_style_alone(draw_page, show, scripts):
    page = show(gallery(draw_page), PHONE, java_script_enabled=scripts)
    assert page.get_by_label("Which?").is_visible()
    page.get_by_label("Independent").check()
    assert not page.get_by_label("Which?").is_visible()


def test_none_of_these_unticks_the_others(draw_page, show):
    page = show(gallery(draw_page), DESK)
    page.get_by_label("None of these").check()
    assert not page.get_by_label("Cold, hungry, exhausted").is_checked()


def test_what_can_be_tapped_is_tall_enough(draw_page, show):
    page = show(gallery(draw_page), PHONE)
    low = page.evaluate(
        """() => [...document.querySelectorAll('button:not([aria-hidden]), .govuk-button, .lode-ring, .lode-pick')]
        .filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML.slice(0, 80))"""
    )
    assert not low, low


def test_copy_puts_the_text_on_the_clipboard(draw_page, show):
    page = show(gallery(draw_page), DESK, permissions=["clipboard-read", "clipboard-write"])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    secure = page.evaluate("window.isSecureContext")
    page.get_by_role("link", name="Copy page 1").click()
    if secure:
        assert page.evaluate("navigator.clipboard.readText()") == "FM-26-3318/1"
    else:
        assert page.url.endswith("#main")  # no clipboard here: the link does what it always did
