"""Who is asking, and what they may set: asked of the doors themselves, without a page between; whose duties a member answers
for."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone

from lodestar.platform.accounts import access
from lodestar.platform.accounts.access import Member, name_counted
from lodestar.platform.accounts.models import Membership, User
from lodestar.platform.accounts.permissions import DUTY_INSPECTOR
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import PASSWORD, DraftFactory, UserFactory, a_member, code_of
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


def test_nobody_unlocks_what_is_nobodys(rf, db):
    assert access.may_unlock(asked(rf, AnonymousUser()), PASSWORD) is False


# --- tokens of other systems -----------------------------------------------------------------------------------------


# --- units and the roster --------------------------------------------------------------------------------------------


def test_the_units_below_are_found_through_the_tree_each_once():
    def unit(number, parent=None):
        return SimpleNamespace(id=number, parent_id=parent)

    units = [unit(1), unit(2, 1), unit(3, 2), unit(4, 1), unit(5), unit(6, 5)]
    assert sorted(access.units_below(1, units)) == [1, 2, 3, 4]
    assert access.units_below(2, units) == [2, 3]
    assert access.units_below(6, units) == [6]
    assert access.units_below(1, [unit(1, 2), unit(2, 1)]) == [1, 2], "a tree that was made a ring ends too"


def test_what_somebody_typed_is_theirs_alone(officer):
    draft = DraftFactory(user_id=officer.user, user=None)
    assert access.draft_for(officer, draft.id) == draft
    for member, wanted in ((a_member("coordinator"), draft.id), (officer, new_id())):
        with pytest.raises(Http404):
            access.draft_for(member, wanted)


NOBODY = UUID(int=1)
OFFICER = Member(NOBODY, "robin", "Robin Vale", "fenmarch", NOBODY, NOBODY, ("frontline",), "constable")


@each(
    ("rank", "is_inspector"),
    [("constable", False), ("sergeant", False), ("inspector", True), ("chief_inspector", True), ("", False)],
)
def test_an_inspector_is_one_by_rank_and_answers_for_the_duty_inspector(rank, is_inspector):
    member = replace(OFFICER, rank=rank)
    assert member.is_inspector is is_inspector
    assert (DUTY_INSPECTOR in member.owes) is is_inspector
    assert "frontline" in member.owes


def test_who_answers_for_the_duty_inspector_by_role_is_named_once():
    member = replace(OFFICER, roles=("detective_inspector",), rank="inspector")
    assert member.owes.count(DUTY_INSPECTOR) == 1


def test_the_log_takes_roles_of_forty_letters():
    assert replace(OFFICER, roles=("a" * 30, "b" * 30)).role == "a" * 30 + "+" + "b" * 9


def test_tries_are_counted_under_the_name_of_the_call_before_that_of_the_form(rf):
    request = rf.post("/sign-in", {"username": " Robin "})
    assert name_counted(request) == "robin"
    assert name_counted(request, {"username": " SAM"}) == "sam"
    assert name_counted(request, {"username": ""}) == "robin"
    assert name_counted(rf.post("/sign-in"), {}) == ""
    assert name_counted(request, {"username": "x" * 81}) == "x" * 80
