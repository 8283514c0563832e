"""The table itself: every address once, in words that it explains."""

from lodestar.platform.accounts.permissions import ROLES, TOKEN_PERMISSIONS, Permission, Reach
from tests.access import table
from tests.access.world import every_url, is_of_a_case, is_of_a_thing
from tests.offenders import each

KNOWN = {pattern.name: (route, pattern) for route, pattern in every_url()}


def named():
    found = table.read()
    return [name for row in found["who"] for kind in table.KINDS for name in row.get(kind, [])]


def test_every_address_has_its_line_and_every_line_its_address():
    found = table.read()
    assert sorted([*named(), *found["public"], *found["tokens"]]) == sorted(KNOWN)


@each("row", table.read()["who"], ids=lambda row: row["says"])
def test_an_entry_says_only_what_the_head_explains(row):
    assert set(row) <= {"says", *table.KINDS, *ROLES}
    for role in set(row) & set(ROLES):
        assert row[role].split(), role
        assert set(row[role].split()) <= table.WORDS, role


@each("entry", table.entries(), ids=lambda entry: entry.name)
def test_the_words_fit_the_address(entry):
    for role, words in entry.lines.items():
        if words & {"yes", "same"}:
            assert len(words) == 1, role
        assert ("yes" in words) == (not is_of_a_thing(entry.route)), role
        assert "named" not in words or is_of_a_case(entry.route), role


@each("entry", table.entries(), ids=lambda entry: entry.name)
def test_whoever_the_table_names_holds_the_permission(entry):
    allowed = {*entry.pattern.callback.allowed}
    assert [role for role in entry.lines if not allowed & ROLES[role].permissions] == []


def test_what_needs_no_sign_in_is_what_the_code_says():
    found = table.read()
    assert {name for name, (_, p) in KNOWN.items() if p.callback.permission is None} == {*found["public"], *found["tokens"]}
    assert all(len(reason) > 5 for reason in found["public"].values())


def test_a_token_holds_what_the_table_says():
    for name, permission in table.read()["tokens"].items():
        assert KNOWN[name][1].callback.token_permission == Permission(permission)
        assert Permission(permission) in TOKEN_PERMISSIONS


def test_no_person_holds_what_a_token_holds():
    assert not any(set(TOKEN_PERMISSIONS) & role.permissions for role in ROLES.values())


@each("role", ROLES.values(), ids=lambda role: role.code)
def test_a_role_says_in_one_sentence_what_it_may_do(role):
    assert role.sentence.endswith(".")
    assert 5 <= len(role.sentence.split()) <= 16
    assert role.name


# A person by the case's reference and their number in it, when they were last met and as what.
BY_NUMBER_ALONE = {"keeping-person", "keeping-disposal"}


@each("code", ["data_protection", "professional_standards", "policy_owner", "administrator"])
def test_whoever_keeps_the_system_sees_no_case(code):
    assert ROLES[code].reach == Reach.NOTHING
    assert Permission.CASE_VIEW not in ROLES[code].permissions
    seen = {entry.name for entry in table.entries() if code in entry.lines and is_of_a_case(entry.route)}
    assert seen <= BY_NUMBER_ALONE


def test_every_permission_is_asked_for_and_held():
    asked = {pattern.callback.permission for _, pattern in KNOWN.values()} | set(TOKEN_PERMISSIONS)
    held = frozenset().union(*(role.permissions for role in ROLES.values())) | set(TOKEN_PERMISSIONS)
    assert set(Permission) == held
    assert asked - {None} <= held
