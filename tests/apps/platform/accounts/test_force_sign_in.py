"""Signing in by the force's own sign-in: real HTTP and real tokens of django-oauth-toolkit, and all that is turned away."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from lodestar.platform.accounts import actions
from lodestar.platform.accounts.models import ForceIdentity, Membership, User
from lodestar.platform.accounts.queries import identity_of
from lodestar.platform.audit.models import Event
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.accounts import (
    ForceIdentityFactory,
    MembershipFactory,
    TenantFactory,
    UserFactory,
    a_member,
    code_of,
    with_code,
)
from tests.factories.administering import administering
from tests.offenders import each
from tests.provider.started import BACK, goes_through, provider_at, started

NAMED = "anna.brandreth@force.example"
KNOWN_NOWHERE = "The account you signed in with has no access to Lodestar"


@pytest.fixture(scope="module")
def address():
    with started() as served:
        yield served


@pytest.fixture(autouse=True)
def by_force(settings, address):
    settings.FORCE_SIGN_IN = {"fenmarch": provider_at(address)}


@pytest.fixture
def approved(officer):
    """The officer's account with the force, as an administrator added it."""
    return ForceIdentityFactory(user_id=officer.user, named=NAMED)


def asked(client, more=""):
    answer = client.get(f"/sign-in/force/fenmarch{more}")
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def through(client, who, more=""):
    """Goes to the provider and comes back."""
    return client.get(local(goes_through(asked(client, more), who)))


def local(address):
    parts = urlsplit(address)
    assert address.startswith(BACK)
    return f"{parts.path}?{parts.query}"


def is_in(client):
    return "_auth_user_id" in client.session


def codes():
    return list(Event.objects.order_by("recorded_at").values_list("code", flat=True))


def test_the_question_has_what_binds_the_answer_to_it(client, fenmarch):
    question = parse_qs(urlsplit(asked(client)).query)
    assert question["code_challenge_method"] == ["S256"]
    assert question["max_age"] == ["43200"]
    assert all(len(question[name][0]) >= 43 for name in ("state", "nonce", "code_challenge"))
    again = parse_qs(urlsplit(asked(client, "?again=1")).query)
    assert again["prompt"] == ["login"]
    assert not set(question["state"] + question["nonce"]) & set(again["state"] + again["nonce"])


def test_whoever_was_approved_comes_in_and_is_bound(client, approved):
    answer = through(client, "anna", "?next=/rules")
    assert (answer.status_code, answer["Location"]) == (302, "/start")
    assert client.get("/start")["Location"] == "/rules"
    approved.refresh_from_db()
    assert approved.bound_at
    assert approved.subject
    assert approved.issuer.endswith("/o")
    assert codes() == ["accounts.force_sign_in_bound", "accounts.signed_in"]
    assert Event.objects.get(code="accounts.signed_in").subject == "force"


@each(("first", "other"), [("anna", "namesake"), ("namesake", "anna")])
def test_once_bound_the_subject_counts_and_not_the_name(client, approved, first, other):
    through(client, first)
    second = Client()
    assert KNOWN_NOWHERE in through(second, other).content.decode()  # the same name, another person
    assert not is_in(second)
    assert through(Client(), first)["Location"] == "/start"


def test_a_stranger_is_told_whom_to_ask_and_no_account_is_made(client, approved):
    before = User.objects.count(), Membership.objects.count()
    answer = through(client, "stranger")
    assert answer.status_code == 403
    assert f"{KNOWN_NOWHERE}: ask your force’s administrator of Lodestar to add it." in answer.content.decode()
    assert not is_in(client)
    assert (User.objects.count(), Membership.objects.count()) == before
    assert codes() == ["accounts.force_sign_in_refused"]


def test_having_the_same_address_here_is_no_approval(client, officer):
    with administering():
        User.objects.filter(id=officer.user).update(email=NAMED, username="anna.brandreth")
    assert through(client, "anna").status_code == 403
    assert not is_in(client)


@each("why", ["ended", "lapsed", "disabled", "left", "another issuer"])
def test_an_account_that_does_not_hold_lets_nobody_in(client, approved, why):
    if why in ("ended", "lapsed"):
        ForceIdentity.objects.update(ended_at=timezone.now(), ended_by_id=approved.user_id)
    if why == "lapsed":
        with within("fenmarch"):
            ForceIdentityFactory(user_id=approved.user_id, named=NAMED, approved_at=timezone.now() - timedelta(days=15))
    if why == "disabled":
        with administering():
            User.objects.update(is_active=False)
    elif why == "left":
        with administering():
            Membership.objects.update(to_date=timezone.localdate() - timedelta(days=1))
    elif why == "another issuer":
        through(client, "anna")
        client.logout()
        ForceIdentity.objects.update(issuer="https://another.example")
    fresh = Client()
    assert through(fresh, "anna").status_code == 403
    assert not is_in(fresh)


def test_an_account_that_was_bound_holds_longer_than_its_approval(client, approved):
    through(client, "anna")
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        row = ForceIdentity.objects.get()
        assert identity_of(row.issuer, row.subject, "", timezone.now()) == row
        assert identity_of(row.issuer, "another", NAMED, timezone.now()) is None


# --- what the provider answers wrongly, or somebody else in its place ------------------------------------------------


@each("who", ["wrong_audience", "two_audiences", "wrong_issuer", "wrong_nonce", "expired", "long_ago"])
def test_a_token_that_is_not_for_this_sign_in_is_not_believed(client, approved, who):
    answer = through(client, who)
    assert answer.status_code == 403
    assert "could not be checked" in answer.content.decode()
    assert not is_in(client)


def test_an_answer_to_no_question_is_refused(client, approved):
    answer = goes_through(asked(client), "anna")
    for state in ("", "another", "x" * 500):
        parts = parse_qs(urlsplit(answer).query)
        refused = client.get(f"/sign-in/force/fenmarch/back?code={parts['code'][0]}&state={state}")
        assert refused.status_code == 400
    other = Client()
    assert other.get(local(answer)).status_code == 400  # another browser's question
    assert not is_in(client)
    assert not is_in(other)


def test_an_answer_is_good_once(client, approved):
    answer = local(goes_through(asked(client), "anna"))
    assert client.get(answer)["Location"] == "/start"
    client.post("/sign-out")
    assert client.get(answer).status_code == 400
    assert not is_in(client)


def test_a_code_is_good_once_under_another_question_too(client, approved):
    first = parse_qs(urlsplit(goes_through(asked(client), "anna")).query)["code"][0]
    assert client.get(local(goes_through(asked(client), "anna")))["Location"] == "/start"
    thief = Client()
    state = parse_qs(urlsplit(asked(thief)).query)["state"][0]
    refused = thief.get(f"/sign-in/force/fenmarch/back?code={first}&state={state}")  # PKCE: not this browser's verifier
    assert refused.status_code == 403
    assert not is_in(thief)


def test_an_old_question_is_begun_again(client, approved):
    answer = local(goes_through(asked(client), "anna"))
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert "begin it again" in client.get(answer).content.decode()


def test_who_cancels_at_the_provider_is_told(client, approved):
    state = parse_qs(urlsplit(asked(client)).query)["state"][0]
    answer = client.get(f"/sign-in/force/fenmarch/back?error=access_denied&state={state}")
    assert answer.status_code == 403
    assert "did not let you in" in answer.content.decode()


def test_another_provider_that_answers_is_none(client, approved):
    answer = local(goes_through(asked(client), "anna"))
    assert client.get(f"{answer}&iss=https://elsewhere.example").status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:9/o", "{}/nothing", "{}"])
def test_a_provider_that_is_away_or_another_leaves_the_password(client, fenmarch, settings, address, issuer):
    from dataclasses import replace

    settings.FORCE_SIGN_IN = {"fenmarch": replace(provider_at(address), issuer=issuer.format(address))}
    answer = client.get("/sign-in/force/fenmarch")
    assert answer.status_code == 503
    assert "sign in with your password" in answer.content.decode()


def test_where_no_sign_in_is_set_up_there_is_none(client, fenmarch, settings):
    settings.FORCE_SIGN_IN = {}
    assert client.get("/sign-in/force/fenmarch").status_code == 404
    assert client.get("/sign-in/force/fenmarch/back?state=x&code=y").status_code == 404
    assert "Sign in with Fenmarch" not in client.get("/sign-in").content.decode()


def test_the_sign_in_page_offers_it_first_and_asks_anew_after_a_session(client, fenmarch):
    page = client.get("/sign-in?next=/rules").content.decode()
    assert "Sign in with Fenmarch Police" in page
    assert "/sign-in/force/fenmarch?next=%2Frules" in page
    assert page.index("Sign in with Fenmarch") < page.index("User name")
    assert "again=1" in client.get("/sign-in?ended=1").content.decode()


# --- the second proof ------------------------------------------------------------------------------------------------


def test_without_a_second_proof_there_lodestar_asks_for_its_own(client, approved, user):
    answer = through(client, "without", "?next=/rules")
    assert answer["Location"] == "/sign-in/second"
    assert not is_in(client)
    assert client.get("/my-work").status_code == 302  # nobody yet
    assert ForceIdentity.objects.get().bound_at is None
    with_code(other := UserFactory())
    for wrong in ("000000", code_of(other)):
        assert client.post("/sign-in/second", {"code": wrong}).status_code == 422
        assert not is_in(client)
    assert client.post("/sign-in/second", {"code": code_of(user)})["Location"] == "/start"
    assert client.get("/start")["Location"] == "/rules"
    assert ForceIdentity.objects.get().bound_at


def test_without_one_anywhere_nobody_comes_in(client, approved):
    answer = through(client, "without")
    assert answer.status_code == 403
    assert "no code generator here" in answer.content.decode()
    assert not is_in(client)


def test_whoever_has_a_code_here_gives_it_at_the_first_use(client, approved, user):
    """Whoever approved an account cannot come in as somebody else by it: the other's own code is asked for."""
    assert through(client, "anna")["Location"] == "/sign-in/second"
    assert client.post("/sign-in/second", {"code": code_of(user)})["Location"] == "/start"
    assert through(Client(), "anna")["Location"] == "/start"


def test_codes_are_counted_here_too(client, approved, user):
    through(client, "without")
    answers = [client.post("/sign-in/second", {"code": "000000"}).status_code for _ in range(10)]
    assert answers == [422] * 9 + [429]
    assert client.post("/sign-in/second", {"code": code_of(user)}).status_code == 429


def test_the_second_proof_waits_ten_minutes_and_for_nobody_else(client, approved, user):
    assert client.get("/sign-in/second")["Location"] == "/sign-in"
    through(client, "without")
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert client.get("/sign-in/second")["Location"] == "/sign-in"
    assert Client().get("/sign-in/second")["Location"] == "/sign-in"


# --- the session -----------------------------------------------------------------------------------------------------


def test_the_force_vouches_for_its_own_places_alone(own_database):
    """Who serves in two forces and comes in by the sign-in of one is at work in that one: it says nothing for the other."""
    for slug, prefix in (("fenmarch", "FM"), ("eastern", "ER")):
        TenantFactory(slug=slug, name=slug, reference_prefix=prefix)
    user = UserFactory()
    for slug in ("fenmarch", "eastern"):
        with within(slug):
            MembershipFactory(user=user)
    with within("fenmarch"):
        ForceIdentityFactory(user=user, named=NAMED)
    client = Client()
    through(client, "anna")
    assert client.get("/start")["Location"] == "/my-work"
    assert client.session["tenant"] == "fenmarch"


def test_after_signing_out_here_the_force_asks_anew_who_is_there(client, approved):
    through(client, "anna")
    client.get("/start")
    key = client.session.session_key
    answer = client.post("/sign-out")
    assert answer["Location"] == "/sign-in?ended=here"
    assert not is_in(client)
    assert client.session.session_key != key
    assert "again=1" in client.get("/sign-in?ended=here").content.decode()


def test_a_session_set_before_is_not_the_one_after(client, approved):
    asked(client)
    before = client.session.session_key
    through(client, "anna")
    assert client.session.session_key != before


@pytest.mark.parametrize(("who", "status"), [("mail", 302), ("unproven_mail", 403)])
def test_an_address_counts_only_where_the_provider_vouches_for_it(client, approved, settings, address, who, status):
    settings.FORCE_SIGN_IN = {"fenmarch": provider_at(address, named_by="email")}
    assert through(client, who).status_code == status


# --- the administrator's page ----------------------------------------------------------------------------------------


def test_one_person_has_one_account_and_one_account_one_person(fenmarch, officer):
    admin, other = a_member("administrator"), MembershipFactory().user
    now = timezone.now()
    actions.approve_identity(by=admin, at=now, user=officer.user, account_name=NAMED)
    with pytest.raises(actions.UnableToApprove):
        actions.approve_identity(by=admin, at=now, user=officer.user, account_name="x@force.example")
    with pytest.raises(actions.UnableToApprove):
        actions.approve_identity(by=admin, at=now, user=other.id, account_name=NAMED)
    assert actions.end_identity(by=admin, at=now, identity=ForceIdentity.objects.get().id)
    actions.approve_identity(by=admin, at=now, user=other.id, account_name=NAMED)


def test_an_account_put_into_the_table_by_hand_lets_nobody_in(client, officer):
    ForceIdentityFactory(user_id=officer.user, named=NAMED, vouched="")
    assert KNOWN_NOWHERE in through(client, "anna").content.decode()


def test_an_account_given_to_another_by_hand_lets_nobody_in(client, approved):
    through(client, "anna")
    approved.refresh_from_db()
    mark = approved.vouched
    ForceIdentity.objects.filter(id=approved.id).update(ended_at=timezone.now(), ended_by_id=approved.user_id)
    admin = a_member("administrator")
    ForceIdentityFactory(
        user_id=admin.user, named="x@force.example", issuer=approved.issuer, subject=approved.subject,
        bound_at=timezone.now(), vouched=mark,
    )  # fmt: skip
    second = Client()
    assert KNOWN_NOWHERE in through(second, "anna").content.decode()
    assert not is_in(second)


def test_an_approval_changed_by_hand_is_not_bound(approved):
    ForceIdentity.objects.filter(id=approved.id).update(vouched="0" * 64)
    assert not actions.bind_identity(
        by=approved.user_id, at=timezone.now(), identity=approved.id, issuer="https://x.example", subject="s"
    )
