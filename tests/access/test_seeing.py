"""Everybody asks for every page of everything: they see what the table says, nothing is the same nothing, and no page
names a case that its reader does not see or a safe address."""

import pytest
from django.utils import timezone

from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.audit.models import Event
from lodestar.platform.tenancy.tenant_transaction import within
from tests.access import table
from tests.access.asking import Answer, ask, browser, leads_nowhere
from tests.access.world import ADDRESS, FORCE, HERE, NEVER, OWN, SITUATIONS, UNIT, filled
from tests.offenders import each

ANSWERS: dict[tuple[str, str, str], Answer] = {}  # each page is asked for once: every test here looks at the same answers
PAGES = [entry for entry in table.entries() if entry.kind != "sends"]
WHOLE = pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.long)])


@WHOLE
@each("entry", PAGES, ids=lambda entry: entry.name)
def test_a_page_is_seen_by_those_the_table_names(world, entry, whole):
    wrong, start = [], timezone.now()
    for role, situations in entry.tries(whole):
        client, nothing = browser(world, role), {}
        for situation in situations:
            answer = page_of(world, client, role, entry, situation)
            if entry.sees(role, situation) == answer.is_nothing or answer.status not in (200, 302, 303, 404):
                wrong.append(f"{role} asks for {situation}: {answer.status}")
            wrong += [f"{role} is led to nothing: {address}" for address in leads_nowhere(answer, world.members[role])]
            if answer.is_nothing:
                nothing[situation] = answer
        bodies = {(answer.body, answer.headers) for answer in nothing.values()}
        if len(bodies) > 1:
            wrong.append(f"{role} can tell apart {', '.join(nothing)}")
        if len({nothing[situation].queries for situation in NEVER if situation in nothing}) > 1:
            wrong.append(f"{role} can tell apart by the work it makes: {[(s, a.queries) for s, a in nothing.items()]}")
    assert wrong + deeds_since(start) == []


def deeds_since(start):
    """What opening pages wrote down as done. What is laid side by side is combined, which the law wants recorded as such; and
    to fetch the file of an export that a form asked for is no opening of a page."""
    with within(HERE):
        written = Event.objects.filter(recorded_at__gte=start).exclude(operation__in=["consultation", "combination"])
        written = written.exclude(code="exchange.file_taken")
        return [f"opening it is recorded as doing: {code}" for code in written.values_list("code", flat=True)]


@each("entry", [e for e in PAGES if any("same" in words for words in e.lines.values())], ids=lambda e: e.name)
def test_a_page_that_is_the_same_for_all_is_the_same(world, entry):
    for role, words in entry.lines.items():
        if "same" in words:
            client = browser(world, role)
            wheres = [world.where(role, situation) for situation in SITUATIONS]
            answers = {ask(client, filled(entry.route, where), where) for where in wheres}
            assert len({(answer.status, answer.body, answer.headers) for answer in answers}) == 1, role


@each("entry", table.entries(), ids=lambda entry: entry.name)
def test_a_stranger_is_asked_to_sign_in(world, entry, client):
    where = world.where("frontline", "own")
    answer = ask(client, filled(entry.route, where), where)
    assert answer.status == 302
    assert answer.location.startswith("/sign-in?next=/")
    assert ask(client, filled(entry.route, where), where, post=True).status == 403


def page_of(world, client, role, entry, situation):
    """What the page answers to the role about one thing, as it was answered the first time."""
    where = world.where(role, situation)
    key = (role, entry.name, situation)
    if key not in ANSWERS:
        ANSWERS[key] = ask(client, filled(entry.route, where), where)
    return ANSWERS[key]


# --- what stands on pages that are seen ----------------------------------------------------------------------------------

CASE = next(entry for entry in table.entries() if entry.name == "case")
SUPPORT = next(entry for entry in table.entries() if entry.name == "person-support")  # of whom a navigator sees no case

# Whom data protection reviews they know by case and number, and of a sealed case nothing (docs/adr/0023).
REVIEWED = {OWN, UNIT, FORCE}


def marks(world, role, situation):
    """What would give a thing away, wherever it stood."""
    where = world.where(role, situation)
    return [str(where[name]) for name in ("reference", "person_id", "case_id", "obligation_id", "file_id")]


def own_pages(role, whole):
    """The pages that somebody of the role asks for about what is their own."""
    return [entry for entry in PAGES if role in entry.lines and role in dict(entry.tries(whole))]


@WHOLE
@each("role", ROLES)
def test_no_page_that_somebody_sees_names_a_case_that_they_do_not(world, role, whole):
    client, wrong = browser(world, role), []
    unseen = [situation for situation in SITUATIONS if not (CASE.sees(role, situation) or SUPPORT.sees(role, situation))]
    hidden = {mark: situation for situation in unseen for mark in marks(world, role, situation)}
    for entry in own_pages(role, whole):
        if entry.sees(role, OWN) and entry.name != "log-found":
            page = page_of(world, client, role, entry, OWN)
            told = {mark for mark in hidden if entry.name.startswith("keeping") and hidden[mark] in REVIEWED}
            wrong += [f"{entry.name} names {hidden[mark]}" for mark in hidden.keys() - told if mark in page.body]
    assert wrong == []


@WHOLE
@each("role", ROLES)
def test_a_safe_address_stands_nowhere_but_on_its_own_page(world, role, whole):
    client, found = browser(world, role), set()
    for entry in own_pages(role, whole):
        if ADDRESS in page_of(world, client, role, entry, OWN).body:
            found.add(entry.name)
    assert found <= {"person-address-shown"}


@each("situation", NEVER)
def test_lists_count_nothing_that_is_not_seen(world, situation):
    """The same number of lines whether or not the thing is there."""
    client = browser(world, "coordinator")
    where = world.where("coordinator", situation)
    for path in ("/my-work", "/my-team", "/my-unit", "/morning-list"):
        assert str(where["reference"]) not in ask(client, path, {}).body
