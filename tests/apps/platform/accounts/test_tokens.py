"""Tokens of other systems: made and shown once by an administrator, revoked at once, found only in their own force."""

import hmac
from contextlib import ExitStack
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from lodestar.platform.accounts import access, actions, queries
from lodestar.platform.accounts.models import ApiToken
from lodestar.platform.accounts.permissions import ROLES, TOKEN_PERMISSIONS, Permission
from lodestar.platform.audit.models import Event
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.text.ids import new_id
from lodestar.platform.time.days import start_of_day
from tests.factories.accounts import ApiTokenFactory, TenantFactory, a_member, a_token
from tests.factories.settings import an_agreed_change, days_ahead
from tests.factories.signed_in import form, signed_in
from tests.offenders import each


@pytest.fixture
def admin(fenmarch):
    return a_member("administrator")


def noon(days):
    return start_of_day(days_ahead(days)) + timedelta(hours=12)


@pytest.fixture
def when_set():
    """Agrees a setting, and gives the clock at noon of its first day."""
    with ExitStack() as ended:

        def agreed(**setting):
            first = noon(1)
            an_agreed_change(a_member("policy_owner"), a_member("policy_owner"), from_date=days_ahead(1), **setting)
            return ended.enter_context(time_machine.travel(first, tick=False))

        yield agreed


def a_form(last_day=30, **typed):
    """Of a token to make, until so many days ahead."""
    day = (timezone.localdate() + timedelta(days=last_day)).isoformat() if isinstance(last_day, int) else last_day
    return form(last_day=day, **typed)


def page_of(response):
    return unescape(response.content.decode())


def test_a_token_is_shown_once_and_kept_as_a_hash(client, admin):
    signed_in(client, admin)
    typed = a_form(name="  Command\nand control ")
    first = client.post("/tokens", typed)
    token = ApiToken.objects.get()
    assert (first.status_code, token.name, token.permission) == (200, "Command and control", "assess_by_token")
    text = page_of(first).partition('class="lode-out">')[2].partition("<")[0]
    sent = access.sent_token(text)
    assert (sent.tenant, sent.id) == ("fenmarch", token.id)
    assert access.token_at(sent) == token
    assert sent.secret not in str(ApiToken.objects.values())
    again = client.post("/tokens", typed)
    assert "cannot be shown again" in page_of(again)
    assert sent.secret not in page_of(again) + page_of(client.get("/tokens"))
    assert ApiToken.objects.count() == 1
    assert list(Event.objects.values_list("code", "subject")) == [("accounts.token_made", str(token.id))]


def test_a_token_holds_what_was_chosen_and_the_list_says_which(client, admin):
    signed_in(client, admin)
    page = page_of(client.post("/tokens", a_form(name="Records", may="concern_by_token")))
    assert "can record concerns in the force’s name" in page
    assert "Lodestar-As" in page
    assert ApiToken.objects.get().permission == "concern_by_token"
    assert "Sends in first reports. Made by" in page_of(client.get("/tokens"))
    assert client.post("/tokens", a_form(name="Records", may="case_view")).status_code == 422
    assert ApiToken.objects.count() == 1


def test_a_revoked_token_stops_at_once(client, admin):
    sent = access.sent_token(a_token(admin))
    signed_in(client, admin)
    assert client.post(f"/tokens/{sent.id}/revoke", form()).url == "/tokens"
    assert access.token_at(sent) is None
    assert "Revoked by" in page_of(client.get("/tokens"))
    assert client.post(f"/tokens/{sent.id}/revoke", form()).status_code == 404
    codes = list(Event.objects.order_by("recorded_at").values_list("code", flat=True))
    assert codes == ["accounts.token_made", "accounts.token_revoked", "cases.look_refused"]


def test_a_name_half_written_outlasts_the_revoking_of_another_token(client, admin):
    sent = access.sent_token(a_token(admin))
    signed_in(client, admin)
    revoked = client.post(f"/tokens/{sent.id}/revoke", form(name="Command and con"))
    assert access.token_at(sent) is None
    page = page_of(client.get(revoked.url))
    assert 'value="Command and con"' in page
    key = page.partition('name="submission_key" value="')[2].partition('"')[0]
    made = client.post("/tokens", a_form(submission_key=key, name="Command and control"))
    assert "The token is made" in page_of(made)
    assert list(queries.drafts_of(admin.user)) == []


@pytest.mark.django_db
def test_a_token_of_one_force_is_none_of_another(client):
    for slug, prefix in (("fenmarch", "FM"), ("eastern", "ER")):
        TenantFactory(slug=slug, name=slug.title(), reference_prefix=prefix)
    with within("fenmarch"):
        sent = access.sent_token(a_token(a_member("administrator")))
    with within("eastern"):
        stranger = a_member("administrator")
        assert access.token_at(sent) is None
    signed_in(client, stranger)
    assert "Command and control" not in page_of(client.get("/tokens"))
    assert client.post(f"/tokens/{sent.id}/revoke", form()).status_code == 404
    with within("fenmarch"):
        assert access.token_at(sent) is not None


@pytest.mark.parametrize("known", [True, False])
def test_a_secret_is_compared_in_constant_time_whether_its_token_is_there_or_not(admin, known, monkeypatch):
    sent = access.sent_token(a_token(admin))
    compared = []

    def watched(left, right):
        compared.append((len(left), len(right)))
        return hmac.compare_digest(left, right)

    monkeypatch.setattr(access, "compare_digest", watched)
    wrong = access.SentToken("fenmarch", sent.id if known else new_id(), "x" * 43)
    assert access.token_at(wrong) is None
    assert compared == [(64, 64)]


@each(
    "text", ["", "Bearer", "lodestar.fenmarch", "lodestar..0.x", "lodestar.FENMARCH." + "0" * 32 + "." + "x" * 43,
             "lodestar.fenmarch." + "0" * 32 + "." + "x" * 44, "lodestar.fenmarch." + "0" * 32 + "." + "é" * 43],
)  # fmt: skip
def test_what_is_no_token(text):
    assert access.sent_token(text) is None


def test_a_token_holds_only_what_tokens_can(admin):
    with pytest.raises(ValueError, match="no token can carry case_view"):
        a_token(admin, Permission.CASE_VIEW)
    held = {permission for role in ROLES.values() for permission in role.permissions}
    assert not held & set(TOKEN_PERMISSIONS)


def test_a_token_ends_after_its_last_day_and_its_page_warns_before(client, admin, when_set):
    clock = when_set(key="token_days_most", value="30")
    signed_in(client, admin)
    for days in (-1, 31, "soon"):
        assert client.post("/tokens", a_form(name="Records", last_day=days)).status_code == 422
    with pytest.raises(ValueError, match="no token is good until"):
        a_token(admin, days=31)
    sent = {days: access.sent_token(a_token(admin, days=days)) for days in (0, 14, 15)}
    page = client.get("/tokens").content.decode()
    assert page.count("data-ends") == 2
    left, first = [], timezone.now()
    for days in (0, 14, 15):
        assert access.token_at(sent[days]) is not None
        clock.move_to(first + timedelta(days=days + 1))
        assert access.token_at(sent[days]) is None
        left.append((len(queries.tokens_in_force(timezone.localdate())), len(queries.tokens_ending(timezone.localdate()))))
    assert left == [(2, 2), (1, 1), (0, 0)]


def test_a_token_that_asks_too_often_is_told_when_to_ask_again(client, admin, when_set):
    clock = when_set(key="token_requests_a_minute", value="2")
    one, other = ({"Authorization": f"Bearer {a_token(admin)}"} for _ in range(2))

    def asked(headers):
        return client.generic("POST", "/api/v1/assess", b"{}", content_type="application/json", headers=headers)

    assert [asked(one).status_code for _ in range(3)] == [422, 422, 429]
    clock.shift(20)
    limited = asked(one)
    assert (limited.status_code, limited.headers["Retry-After"], limited.json()["reference"]) == (429, "40", None)
    assert asked(other).status_code == 422
    clock.shift(40)
    assert asked(one).status_code == 422
    assert Event.objects.filter(code="assess.asked").count() == 4


def test_its_use_is_kept_to_the_minute(admin):
    token = ApiTokenFactory(made_by_id=admin.user)
    now = timezone.now()
    for seconds, kept in ((0, 0), (30, 0), (61, 61)):
        at = now + timedelta(seconds=seconds)
        actions.token_used(ApiToken.objects.get(id=token.id), at=at)
        assert ApiToken.objects.get(id=token.id).last_used_at == now + timedelta(seconds=kept)


def test_in_raw_sql_a_token_can_be_revoked_and_nothing_else(admin):
    ApiTokenFactory(made_by_id=admin.user)
    for statement in (
        "update accounts_apitoken set secret_hash = repeat('0', 64)",
        "update accounts_apitoken set permission = 'case_view'",
        "delete from accounts_apitoken",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_id_of_a_token_is_the_key_of_its_form(client, admin):
    signed_in(client, admin)
    typed = a_form(name="Records")
    client.post("/tokens", typed)
    assert ApiToken.objects.get().id == UUID(typed["submission_key"])
