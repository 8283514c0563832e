"""The dated lists on pages of their own: where each comes from, its rows with their days, and who has yet to confirm them."""

from html import unescape

import pytest

from lodestar.kernel.reference_lists import every_reference_list
from lodestar.web.presenters.lists import ELSEWHERE
from tests.factories.accounts import a_member
from tests.factories.signed_in import signed_in
from tests.factories.statements import at_most
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")
HEAVIEST = 30_000  # bytes of HTML


@pytest.fixture
def web(client):
    return signed_in(client, a_member("frontline"))


def text(page):
    assert page.status_code == 200
    assert len(page.content) <= HEAVIEST
    return unescape(page.content.decode())


def test_every_list_has_its_pages_to_the_last_row_and_every_role_may_read_them(web):
    every = text(web.get("/rules/lists"))
    for one in every_reference_list():
        path = ELSEWHERE.get(one.name, f"/rules/lists/{one.name}")
        assert f'href="{path}"' in every
        if one.name in ELSEWHERE:
            assert web.get(f"/rules/lists/{one.name}").status_code == 404
            continue
        for after in range(0, len(one.rows), 30):
            with at_most(15):
                page = text(web.get(f"{path}?after={after}"))
            assert one.header["licence"] in page
            assert one.header["attribution"] in page
            assert ("Show the next rows" in page) == (after + 30 < len(one.rows))
        assert f"Rows {after + 1} to {len(one.rows)} of {len(one.rows)}" in page


def test_a_row_shows_its_days_what_it_cites_and_how_sure_it_is(web):
    contacts = text(web.get("/rules/lists/reference/contacts"))
    for words in ("0300 303 8151", "To 3 January 2021", "From 4 January 2021"):
        assert words in contacts
    assert "Policy owner reviews it by 1 February 2027" in contacts
    schedule = [text(web.get(f"/rules/lists/section45/schedule4?after={after}")) for after in (0, 30, 60, 90, 120)]
    assert "Paragraph 33: Sexual Offences Act 2003 s66A" in "".join(schedule)
    assert "Paragraph 14: Theft Act 1968 s9" in "".join(schedule)
    assert "Burglary. Only on its condition" in "".join(schedule)
    codes = text(web.get("/rules/lists/section45/outcome_codes"))
    assert "25 of 25 rows" in codes
    assert "No source yet" in codes


def test_a_number_that_the_force_sets_is_said_not_to_be_known_and_its_row_waits_for_a_source(web):
    page = text(web.get("/rules/lists/reference/contacts"))
    assert page.count("Not set: ask your coordinator") == 3
    coroner = page.partition("Coroner’s office")[2][:400]
    assert "Source read" not in coroner


@each(
    "path", ["reference/none", "none/contacts", "reference/contacts?after=999", "reference/contacts?after=-1",
             "reference/contacts?after=x", "reference/contacts?after=٣"]
)  # fmt: skip
def test_a_list_or_a_row_that_is_none_is_not_there(web, path):
    assert web.get(f"/rules/lists/{path}").status_code == 404


def test_the_page_of_rules_leads_to_the_lists_and_the_settings(web):
    page = text(web.get("/rules"))
    assert 'href="/rules/lists"' in page
    assert 'href="/rules/settings"' in page
