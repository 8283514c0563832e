"""The guide for each role: every role has one, and leads only where that role may go."""

from urllib.parse import urlsplit

from django.test import Client
from django.urls import resolve

from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.text.reference_lists import reference_list
from tests.factories.accounts import a_member
from tests.factories.signed_in import signed_in


def test_each_role_has_a_guide_that_leads_where_it_may_go():
    guides = {row["code"]: row["tasks"] for row in reference_list("accounts", "role_guides").rows}
    assert set(guides) ^ set(ROLES) == set()
    wrong = []
    for role, tasks in guides.items():
        for what, _, href in tasks:
            view = resolve(urlsplit(href).path).func if href else None
            allowed = {*getattr(view, "allowed", ())}
            if allowed and not allowed & ROLES[role].permissions:
                wrong.append((role, what, href))
    assert wrong == []


def test_a_member_sees_the_guide_of_their_role_and_may_read_another_s(fenmarch):
    client = signed_in(Client(), a_member("custody"))
    assert 'data-guide="custody"' in client.get("/guide").content.decode()
    other = client.get("/guide?role=administrator").content.decode()
    assert 'data-guide="administrator"' in other
    assert 'href="/staff"' not in other
    assert client.get("/guide?role=nobody").status_code == 404
    assert 'href="/guide"' in client.get("/my-work").content.decode()
