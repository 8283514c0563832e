"""Where one may go from every page: a short bar, and one page for the rest, which needs no script."""

import re

from lodestar.accounts.permissions import ROLES, Reach
from lodestar.web.shell import IN_BAR, behind_more, places_of
from tests.factories.accounts import a_member
from tests.factories.signed_in import signed_in
from tests.offenders import each

BAR = re.compile(r'<nav class="lode-nav".*?</nav>', re.DOTALL)


def bar_of(page) -> list[tuple[str, str]]:
    return re.findall(r'<a href="([^"]+)"( aria-current="true")?', BAR.search(page.content.decode())[0])


@each("role", ROLES)
def test_the_bar_is_short_and_with_the_page_behind_it_holds_every_place_once(client, fenmarch, role):
    member = a_member(role)
    bar = [href for href, _ in bar_of(signed_in(client, member).get("/more"))]
    assert len(bar) <= IN_BAR
    behind = re.findall(r'<b><a class="govuk-link" href="([^"]+)"', client.get("/more").content.decode())
    places = [href for _, href, _ in places_of(member)]
    assert [href for href in bar if href != "/more"] + behind == places
    assert ("/more" in bar) == bool(behind) == bool(behind_more(member))


def test_whoever_is_at_a_place_behind_more_reads_so_in_the_bar(client, fenmarch):
    signed_in(client, a_member("coordinator"))
    assert [href for href, current in bar_of(client.get("/matches")) if current] == ["/more"]
    assert [href for href, current in bar_of(client.get("/referrals")) if current] == ["/referrals"]
    assert [href for href, current in bar_of(client.get("/more")) if current] == ["/more"]


def test_met_before_stands_once_where_a_coordinator_begins(client, fenmarch):
    page = signed_in(client, a_member("coordinator")).get("/my-work").content.decode()
    assert page.count("Possible duplicates and matches") == page.count('href="/matches') == 1


def test_every_place_behind_more_says_what_it_is(fenmarch):
    for role in ROLES:
        assert all(about for _, _, about in behind_more(a_member(role)))


@each("role", [role for role, found in ROLES.items() if found.reach == Reach.NOTHING])
def test_whoever_has_no_cases_begins_with_what_they_do_here(client, fenmarch, role):
    member = a_member(role)
    page = signed_in(client, member).get("/my-work").content.decode()
    assert "What you do here" in page
    assert all(about in page for _, _, about in places_of(member)[1:])
    assert "What you do here" not in signed_in(client, a_member("frontline")).get("/my-work").content.decode()
