"""Everybody asks for every page of everything: they see what the table says, and nothing is the same nothing."""


from lodestar.accounts.permissions import ROLES
from tests.access import table
from tests.access.asking import ask, browser, leads_nowhere
from tests.access.world import NEVER, SITUATIONS, filled
from tests.offenders import each

PAGES = [entry for entry in table.entries() if entry.kind != "sends"]


@each("entry", PAGES, ids=lambda entry: entry.name)
def test_a_page_is_seen_by_those_the_table_names(world, entry):
    wrong = []
    for role in ROLES:
        client, nothing = browser(world, role), {}
        for situation in entry.worth_asking(role):
            where = world.where(role, situation)
            answer = ask(client, filled(entry.route, where), where)
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
    assert wrong == []


@each(
    "entry", [e for e in PAGES if any("same" in words for words in e.lines.values())], ids=lambda e: e.name
)
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
