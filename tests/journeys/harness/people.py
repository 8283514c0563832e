"""Signing in as somebody."""

from django.conf import settings
from playwright.sync_api import Page

from lodestar.platform.accounts.access import Member, member_from
from lodestar.platform.accounts.models import Membership, User
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories import accounts
from tests.factories.signed_in import session_of


def somebody(*roles: str, name: str = "", tenant: str = "fenmarch") -> User:
    """A person with these roles at work for a force, and a code generator; committed."""
    accounts.TenantFactory(slug=tenant)
    more = {"name": name} if name else {}
    user = accounts.UserFactory(**more)
    with within(tenant):
        accounts.MembershipFactory(user=user, roles=list(roles or ("frontline",)))
    accounts.with_code(user)
    return user


def member_of(user: User) -> Member:
    """The person at work, in the place of theirs that the tenant knows."""
    return member_from(Membership.objects.select_related("user").get(user=user))


def sign_in(page: Page, user: User) -> None:
    """The browser is one in which the person is at work for Fenmarch, on their first page: what the sign-in page leaves."""
    with within("fenmarch"):
        key = str(session_of(member_of(user)).session_key)
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "domain": "127.0.0.1", "path": "/"}])
    page.goto("/start")


def sign_in_by_page(page: Page, user: User) -> None:
    """Signs in through the page, with name, password and six digits: four more pages than `sign_in`."""
    page.goto("/sign-in")
    page.get_by_label("User name", exact=True).fill(user.username)
    page.get_by_label("Password", exact=True).fill(accounts.PASSWORD)
    page.get_by_label("Code from your app", exact=True).fill(accounts.code_of(user))
    page.get_by_role("button", name="Sign in", exact=True).click()
