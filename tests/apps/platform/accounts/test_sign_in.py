"""Signing in: what it takes, what a guesser learns, how many tries there are."""

import re
from datetime import timedelta

import time_machine
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from lodestar.platform.accounts.models import User
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.accounts import PASSWORD, MembershipFactory, TenantFactory, UserFactory, code_of, with_code
from tests.factories.administering import administering
from tests.factories.at_once import answers_at_once
from tests.offenders import each

SECRETS = re.compile(r'name="(csrfmiddlewaretoken|submission_key)" value="[^"]+"')
WRONG = {
    "name": {"username": "nobody"},
    "password": {"password": "not the password"},
    "code": {"code": "000000"},
    "all": {"username": "nobody", "password": "no", "code": "1"},
}


def body(response, name):
    """The page without what differs each time, and without the name typed."""
    return SECRETS.sub("", response.content.decode()).replace(f'value="{name}"', "")


def is_in(client):
    return "_auth_user_id" in client.session


def test_name_password_and_code_together_let_in(client, user, sign_in):
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (302, "/start")
    assert client.get("/start")["Location"] == "/my-work"
    assert is_in(client)


def test_the_name_may_be_written_in_capitals_and_the_code_in_two_halves(client, user, sign_in):
    code = code_of(user)
    assert sign_in(client, username=f" {user.username.upper()} ", code=f"{code[:3]} {code[3:]}").status_code == 302


@each("what", WRONG)
def test_whatever_was_wrong_the_answer_is_the_same(client, user, sign_in, what):
    reference = sign_in(client, username="somebody.else", password="wrong")
    response = sign_in(Client(), **WRONG[what])
    assert response.status_code == reference.status_code == 422
    sent = WRONG[what].get("username", user.username)
    assert body(response, sent) == body(reference, "somebody.else")
    assert not is_in(client)


def test_each_box_left_blank_says_what_to_write_there(client, db):
    page = client.post("/sign-in", {}).content.decode()
    assert "required" not in page
    for told in ("Write your user name", "Write your password", "Write the six digits that your app shows now"):
        assert page.count(told) == 2  # beside the box, and in the summary that leads to it


def test_someone_without_a_code_generator_does_not_get_in(client, user, sign_in):
    code = code_of(user)
    with administering():
        Authenticator.objects.all().delete()
    assert sign_in(client, code=code).status_code == sign_in(client, code=" ").status_code == 422


def test_someone_disabled_does_not_get_in_and_sees_the_same(client, user, sign_in):
    with administering():
        User.objects.update(is_active=False)
    response = sign_in(client)
    assert (response.status_code, "do not go together" in response.content.decode()) == (422, True)


@each("code", ["12345", "1234567", "", "abcdef", "１２３４５６", "00000\x00"])
def test_what_is_no_code_is_no_code(client, user, sign_in, code):
    response = client.post("/sign-in", {"username": user.username, "password": PASSWORD, "code": code})
    assert response.status_code == 422


def test_another_persons_code_is_not_yours(client, user, sign_in):
    with_code(other := UserFactory())
    assert sign_in(client, code=code_of(other)).status_code == 422


@each("later", [0, 5, 31, 45, 59, -10, -31])
def test_a_code_lets_in_once_and_is_not_good_again_while_its_neighbours_would_be(client, user, sign_in, later):
    with time_machine.travel(timezone.now().replace(second=0), tick=False) as clock:
        code = code_of(user)
        assert sign_in(client, code=code).status_code == 302
        clock.shift(timedelta(seconds=later))
        assert sign_in(Client(), code=code).status_code == 422


def test_a_code_grows_old(client, user, sign_in):
    with time_machine.travel(timezone.now().replace(second=0), tick=False) as clock:
        code = code_of(user)
        clock.shift(timedelta(seconds=61))
        assert sign_in(client, code=code).status_code == 422


def test_two_at_once_with_one_code_let_one_in(own_database):
    TenantFactory()
    user = UserFactory()
    with within("fenmarch"):
        MembershipFactory(user=user)
    with_code(user)
    told = {"username": user.username, "password": PASSWORD, "code": code_of(user)}
    answers = answers_at_once(*[lambda: Client().post("/sign-in", told).status_code] * 4)
    assert sorted(answers) == [302, 422, 422, 422]


# --- tries -----------------------------------------------------------------------------------------------------------


def fail(client, sign_in, times, **wrong):
    return [sign_in(client, **({"password": "wrong", "code": "000000"} | wrong)).status_code for _ in range(times)]


def test_ten_wrong_tries_and_the_eleventh_right_one_waits(client, user, sign_in):
    assert fail(client, sign_in, 9) == [422] * 9
    assert fail(client, sign_in, 1) == [429]
    refused = sign_in(client)
    assert refused.status_code == 429
    assert "Wait five minutes" in refused.content.decode()
    assert "tel:" in refused.content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=5)):
        assert sign_in(client).status_code == 302


def test_a_colleague_at_the_same_address_still_gets_in(client, user, sign_in):
    fail(client, sign_in, 10)
    with within("fenmarch"):
        colleague = MembershipFactory().user
    with_code(colleague)
    assert sign_in(Client(), username=colleague.username, code=code_of(colleague)).status_code == 302


def test_nobody_is_locked_out_by_tries_from_elsewhere(client, user, sign_in):
    attacker = Client(REMOTE_ADDR="192.0.2.7")
    fail(attacker, sign_in, 10)
    assert sign_in(attacker).status_code == 429
    assert sign_in(client).status_code == 302


def test_spelling_the_name_another_way_gives_no_more_tries(client, user, sign_in):
    spellings = [user.username, user.username.upper(), f" {user.username}", user.username.title(), f"{user.username} "]
    for spelling in spellings:
        fail(client, sign_in, 2, username=spelling)
    assert sign_in(client).status_code == 429


@each("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP"])
def test_saying_that_one_comes_from_elsewhere_gives_no_more_tries(client, user, sign_in, header):
    for number in range(10):
        sign_in(client, headers={header: f"192.0.2.{number}"}, password="wrong")
    assert sign_in(client, headers={header: "192.0.2.99"}).status_code == 429


def test_a_good_sign_in_forgets_the_wrong_ones_before_it(client, user, sign_in):
    fail(client, sign_in, 9)
    assert sign_in(client).status_code == 302
    assert fail(Client(), sign_in, 9) == [422] * 9


def test_what_is_kept_of_a_wrong_try_holds_neither_password_nor_code(client, user, sign_in):
    sign_in(client, password="a wrong secret", code="424242")
    (attempt,) = AccessAttempt.objects.all()
    kept = " ".join(str(value) for value in vars(attempt).values())
    assert user.username in kept
    assert "a wrong secret" not in kept
    assert "424242" not in kept


# --- afterwards ------------------------------------------------------------------------------------------------------


def test_a_session_set_before_sign_in_is_not_the_one_after(client, user, sign_in):
    client.cookies["session"] = "chosen-by-somebody-else-0000000"
    sign_in(client)
    assert client.cookies["session"].value != "chosen-by-somebody-else-0000000"
    assert len(client.cookies["session"].value) >= 32


@each(
    ("asked", "led"),
    [
        ("/cases/FM-26-0001", "/cases/FM-26-0001"),
        ("https://elsewhere.example/", "/my-work"),
        ("//elsewhere.example", "/my-work"),
        ("/\\elsewhere.example", "/my-work"),
        ("\\\\elsewhere.example", "/my-work"),
        ("https:elsewhere.example", "/my-work"),
        ("javascript:alert(1)", "/my-work"),
        ("/x\r\nSet-Cookie: a=b", "/my-work"),
        ("", "/my-work"),
    ],
)
def test_sign_in_leads_on_within_lodestar_only(client, user, sign_in, asked, led):
    from urllib.parse import quote

    sign_in(client, f"/sign-in?next={quote(asked)}")
    assert client.get("/start")["Location"] == led


def test_being_at_work_is_begun_once(client, user, sign_in, officer):
    from lodestar.platform.audit.models import Event

    sign_in(client)
    for _ in range(3):
        assert client.get("/start")["Location"] == "/my-work"
    with within(officer.tenant):
        assert Event.objects.filter(code="accounts.signed_in").count() == 1
    assert client.get("/sign-in")["Location"] == "/start"


def test_whoever_has_no_place_today_is_told(client, user, sign_in, fenmarch):
    from lodestar.platform.accounts.models import Membership

    with administering():
        Membership.objects.update(to_date=timezone.localdate() - timedelta(days=1))
    sign_in(client)
    response = client.get("/start")
    assert response.status_code == 403
    assert "You have no role here today" in response.content.decode()


def test_nobody_begins_work_in_a_place_that_is_not_theirs(client, user, sign_in, fenmarch):
    with within(fenmarch):
        MembershipFactory(user=user)
        other = MembershipFactory()
    sign_in(client)
    response = client.post("/start", {"at": str(other.id)})
    assert response.status_code == 200
    assert "tenant" not in client.session
