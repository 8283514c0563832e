"""Lists, pages and refusals hold nothing of what somebody does not see; a safe address stands on its own page alone."""


from lodestar.accounts.permissions import ROLES
from tests.access import table
from tests.access.asking import ask, browser
from tests.access.world import ADDRESS, FORCE, NEVER, OWN, SITUATIONS, UNIT, filled
from tests.offenders import each

PAGES = [entry for entry in table.entries() if entry.kind != "sends"]
CASE = next(entry for entry in table.entries() if entry.name == "case")

# Whom data protection reviews they know by case and number, and of a sealed case nothing (docs/adr/0023).
REVIEWED = {OWN, UNIT, FORCE}


def marks(world, role, situation):
    """What would give a thing away, wherever it stood."""
    where = world.where(role, situation)
    return [str(where[name]) for name in ("reference", "person_id", "case_id", "obligation_id", "file_id")]


@each("role", ROLES)
def test_no_page_that_somebody_sees_names_a_case_that_they_do_not(world, role):
    client, wrong = browser(world, role), []
    unseen = [situation for situation in SITUATIONS if not CASE.sees(role, situation)]
    hidden = {mark: situation for situation in unseen for mark in marks(world, role, situation)}
    for entry in PAGES:
        if role in entry.lines and entry.sees(role, OWN) and entry.name != "log-found":
            page = ask(client, filled(entry.route, world.where(role, OWN)), {})
            told = {mark for mark in hidden if entry.name.startswith("keeping") and hidden[mark] in REVIEWED}
            wrong += [f"{entry.name} names {hidden[mark]}" for mark in hidden.keys() - told if mark in page.body]
    assert wrong == []


@each("role", ROLES)
def test_a_safe_address_stands_nowhere_but_on_its_own_page(world, role):
    client, found = browser(world, role), set()
    for entry in PAGES:
        if role in entry.lines:
            page = ask(client, filled(entry.route, world.where(role, OWN)), {})
            if ADDRESS in page.body:
                found.add(entry.name)
    assert found <= {"person-address-shown"}


@each("situation", NEVER)
def test_lists_count_nothing_that_is_not_seen(world, situation):
    """The same number of lines whether or not the thing is there."""
    client = browser(world, "coordinator")
    where = world.where("coordinator", situation)
    for path in ("/my-work", "/my-team", "/my-unit", "/morning-list"):
        assert str(where["reference"]) not in ask(client, path, {}).body
