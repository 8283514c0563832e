"""Who is asking, told apart without a page: whose duties a member answers for, and under which name tries are counted."""

from dataclasses import replace
from uuid import UUID

from lodestar.accounts import access
from lodestar.accounts.access import Member, current_code, name_counted
from lodestar.accounts.permissions import DUTY_INSPECTOR
from tests.offenders import each

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


def test_a_used_code_is_remembered_for_two_minutes(user, monkeypatch):
    """Longer than any code is good for; of one use, only the first counts."""
    kept = {}

    def add(key, value, timeout):
        kept[key] = timeout
        return not key.startswith("code:")

    monkeypatch.setattr(access.cache, "add", add)
    code = current_code(user)
    assert access.code_is_right(user, code) is False, "somebody used it"
    assert kept[f"code:{user.pk}:{code}"] == 120
