"""Who is asking, and what they may set: asked of the doors themselves, without a page between."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone

from lodestar.accounts import access
from lodestar.accounts.models import ApiToken, Membership, User
from lodestar.accounts.permissions import Permission
from lodestar.kernel.ids import new_id
from tests.factories.accounts import (
    PASSWORD,
    ApiTokenFactory,
    DraftFactory,
    DutyFactory,
    UnitFactory,
    UserFactory,
    a_member,
    code_of,
)
from tests.factories.administering import administering
from tests.offenders import each

NOW = datetime(2026, 3, 2, 23, 40, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def asked(rf, user, **session):
    request = rf.get("/")
    request.user, request.session = user, session
    return request


def is_made(user, **values):
    """As an administrator of the server writes it."""
    with administering():
        User.objects.filter(id=user.id).update(**values)


# --- where a request comes from --------------------------------------------------------------------------------------


@each(
    ("is_behind", "told", "expected"),
    [
        (True, "10.0.0.1, 192.0.2.7", "192.0.2.7"),
        (True, "192.0.2.7", "192.0.2.7"),
        (True, "", "198.51.100.1"),
        (False, "192.0.2.7", "198.51.100.1"),
        (False, "", "198.51.100.1"),
    ],
)
def test_an_address_is_the_proxys_word_where_there_is_one(rf, settings, is_behind, told, expected):
    settings.BEHIND_PROXY = is_behind
    headers = {"X-Forwarded-For": told} if told else {}
    assert access.address_of(rf.get("/", headers=headers, REMOTE_ADDR="198.51.100.1")) == expected
    assert access.address_of(rf.get("/", REMOTE_ADDR="")) == ""


# --- name, password and six digits -----------------------------------------------------------------------------------


def test_name_password_and_digits_let_in_together_and_none_of_them_alone(user, rf):
    door, code = access.PasswordAndCode(), code_of(user)
    for name, password, digits in [
        (user.username, PASSWORD, ""),
        (user.username, "wrong", code),
        ("nobody-here", PASSWORD, code),
        (None, PASSWORD, code),
        ("", PASSWORD, code),
    ]:
        assert door.authenticate(rf.get("/"), name, password, digits) is None
    assert door.authenticate(rf.get("/"), f" {user.username.upper()} ", PASSWORD, code) == user


def test_who_the_force_named_is_let_in_by_the_digits_while_they_are_active(user, rf):
    door, code = access.CodeAfterForce(), code_of(user)
    for name, digits, named in [
        (user.username, "", user.id),
        (user.username, code, None),
        (user.username, code, new_id()),
        ("nobody-here", code, user.id),
    ]:
        assert door.authenticate(rf.get("/"), name, digits, named) is None
    is_made(user, is_active=False)
    assert door.authenticate(rf.get("/"), user.username, code, user.id) is None
    is_made(user, is_active=True)
    assert door.authenticate(rf.get("/"), user.username, code, user.id) == user


@pytest.mark.parametrize("typed", ["{0} {1}", "{0}-{1}", " {0}{1}\n"])
def test_six_digits_are_good_once_however_they_are_spaced(user, typed):
    code = code_of(user)
    assert access.code_is_right(user, typed.format(code[:3], code[3:]))
    assert not access.code_is_right(user, code)


def test_what_are_not_six_digits_of_theirs_is_no_code(user, monkeypatch):
    code = code_of(user)
    tried = []
    monkeypatch.setattr(access.TOTP, "validate_code", lambda _self, digits: tried.append(digits) or digits == code)
    wrong = str((int(code) + 1) % 1_000_000).zfill(6)
    for digits in ("", code[:5], f"{code}0", wrong, "abcdef"):
        assert not access.code_is_right(user, digits)
    assert tried == [wrong], "only six digits are held against the secret"
    assert not access.code_is_right(UserFactory(), code), "who has no generator has no code"
    assert access.code_is_right(user, code)


def test_what_somebody_proves_with_and_that_the_last_proof_stays(user):
    def passkey():
        return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={})

    with administering():
        Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert access.proofs_of(user) == {"totp"}
    assert not access.can_be_removed(user)
    passkey()
    assert access.proofs_of(user) == {"totp", "webauthn"}
    assert access.can_be_removed(user)
    other = UserFactory()
    assert access.proofs_of(other) == frozenset()
    assert not access.can_be_removed(other)


def test_the_code_of_now_is_the_one_between_those_that_are_good(user, monkeypatch):
    secret = access.decrypt(Authenticator.objects.get(user=user).data["secret"])
    for counters in ([7, 8, 9], [5, 6, 7, 8, 9]):
        monkeypatch.setattr(access, "yield_hotp_counters_from_time", lambda counters=counters: iter(counters))
        middle = counters[1] if len(counters) == 3 else counters[2]
        assert access.current_code(user) == access.format_hotp_value(access.hotp_value(secret, middle))


# --- the session -----------------------------------------------------------------------------------------------------


@each(
    ("ended", "began", "is_over"),
    [
        (None, NOW.isoformat(), False),
        (None, "", False),
        (NOW, "", True),
        (NOW, (NOW - SECOND).isoformat(), True),
        (NOW, NOW.isoformat(), True),  # at the same instant: out
        (NOW, (NOW + SECOND).isoformat(), False),
    ],
)
def test_a_session_that_began_before_its_person_was_signed_out_is_over(rf, ended, began, is_over):
    session = {"began": began} if began else {}
    assert access.is_over(asked(rf, SimpleNamespace(signed_out_at=ended), **session)) is is_over


def test_who_is_at_work_is_read_from_the_database_each_time(officer, rf):
    user, place = User.objects.get(id=officer.user), Membership.objects.filter(id=officer.membership)
    mine = {"membership": str(officer.membership)}
    today = timezone.localdate()
    found = access.confirmed_member(asked(rf, user, **mine))
    assert found == replace(officer, name=user.name)
    for dates, is_there in [
        ({"from_date": today}, True),
        ({"from_date": today + timedelta(days=1)}, False),
        ({"from_date": date(2020, 1, 1), "to_date": today}, True),
        ({"to_date": today - timedelta(days=1)}, False),
        ({"to_date": None}, True),
    ]:
        with administering():
            place.update(**dates)
        assert (access.confirmed_member(asked(rf, user, **mine)) is not None) is is_there, dates
    assert access.confirmed_member(asked(rf, user)) is None
    assert access.confirmed_member(asked(rf, AnonymousUser(), **mine)) is None
    assert access.confirmed_member(asked(rf, UserFactory(), **mine)) is None
    is_made(user, is_active=False)
    assert access.confirmed_member(asked(rf, user, **mine)) is None


def test_what_was_hidden_opens_by_password_or_digits_and_the_fifth_wrong_answer_signs_out(user, rf, monkeypatch):
    request, gone = asked(rf, user), []
    monkeypatch.setattr(access, "logout", gone.append)
    for number in range(1, 5):
        assert access.may_unlock(request, "wrong") is False
        assert request.session["wrong_answers"] == number
    assert access.may_unlock(request, PASSWORD) is True
    assert "wrong_answers" not in request.session
    assert access.may_unlock(request, code_of(user)) is True
    for _ in range(4):
        access.may_unlock(request, "wrong")
    assert gone == []
    assert access.may_unlock(request, "wrong") is False
    assert gone == [request]


def test_nobody_unlocks_what_is_nobodys(rf, db):
    assert access.may_unlock(asked(rf, AnonymousUser()), PASSWORD) is False


# --- tokens of other systems -----------------------------------------------------------------------------------------


def test_a_token_is_read_in_its_parts_and_what_is_none_is_none():
    token = UUID(int=5)
    text = access.token_text("west-lindsey", token, "s" * 43)
    assert access.sent_token(text) == access.SentToken("west-lindsey", token, "s" * 43)
    for wrong in ("", text[:-1], f"{text}x", f" {text}", text.replace("lodestar", "other")):
        assert access.sent_token(wrong) is None


def test_a_token_is_in_force_until_it_is_revoked_and_only_with_its_secret(fenmarch):
    token = ApiTokenFactory(secret_hash=access.secret_hash("s" * 43))
    sent = access.SentToken("fenmarch", token.id, "s" * 43)
    assert access.token_at(sent) == token
    assert access.token_at(replace(sent, secret="t" * 43)) is None
    assert access.token_at(replace(sent, id=new_id())) is None
    ApiToken.objects.filter(id=token.id).update(revoked_at=NOW, revoked_by=UserFactory())
    assert access.token_at(sent) is None


def test_a_comparison_with_nobody_takes_as_long_as_with_somebody(fenmarch, monkeypatch):
    held = []
    monkeypatch.setattr(access, "compare_digest", lambda one, other: held.append((len(one), len(other))))
    assert access.token_at(access.SentToken("fenmarch", new_id(), "s" * 43)) is None
    assert held == [(64, 64)]


# --- units and the roster --------------------------------------------------------------------------------------------


def test_the_units_below_are_found_through_the_tree_each_once():
    def unit(number, parent=None):
        return SimpleNamespace(id=number, parent_id=parent)

    units = [unit(1), unit(2, 1), unit(3, 2), unit(4, 1), unit(5), unit(6, 5)]
    assert sorted(access.units_below(1, units)) == [1, 2, 3, 4]
    assert access.units_below(2, units) == [2, 3]
    assert access.units_below(6, units) == [6]
    assert access.units_below(1, [unit(1, 2), unit(2, 1)]) == [1, 2], "a tree that was made a ring ends too"


def test_the_roster_is_set_for_the_own_unit_and_below_or_for_the_force(fenmarch):
    above = UnitFactory(name="A")
    below, beside = UnitFactory(name="B", parent=above), UnitFactory(name="C")
    supervisor, coordinator = a_member("supervisor", unit=above), a_member("coordinator", unit=above)
    assert access.units_of_roster(supervisor) == [above, below]
    assert access.units_of_roster(coordinator) == [above, below, beside]
    assert access.units_of_roster(a_member("frontline", unit=above)) == []
    duties = {unit: DutyFactory(unit=unit) for unit in (above, below, beside)}
    for unit in (above, below):
        assert access.duty_for(supervisor, duties[unit].id) == duties[unit]
    assert access.duty_for(coordinator, duties[beside].id) == duties[beside]
    for member, wanted in [
        (supervisor, duties[beside].id),
        (supervisor, new_id()),
        (a_member("frontline", unit=above), duties[above].id),
    ]:
        with pytest.raises(Http404):
            access.duty_for(member, wanted)


def test_a_member_may_what_a_role_of_theirs_holds(officer):
    assert officer.may(Permission.CONCERN_RECORD)
    assert not officer.may(Permission.CASE_SEAL)


def test_what_somebody_typed_is_theirs_alone(officer):
    draft = DraftFactory(user_id=officer.user, user=None)
    assert access.draft_for(officer, draft.id) == draft
    for member, wanted in ((a_member("coordinator"), draft.id), (officer, new_id())):
        with pytest.raises(Http404):
            access.draft_for(member, wanted)
