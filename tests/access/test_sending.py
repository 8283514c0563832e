"""Everybody sends every form about everything: without the right it does nothing, and looks like nothing."""

import pytest
from django.db import connection

from lodestar.platform.tenancy.tenant_transaction import within
from tests.access import table
from tests.access.asking import ask, browser
from tests.access.world import HERE, OWN, THERE, filled
from tests.factories.every import tenant_models
from tests.offenders import each

# Forms that name a thing by what is sent: an empty one names none. Filled in, they are sent in tests/killed/test_forms.py. Of
# what is asked about a safe address only who has something to do with it now has a form at all.
EMPTY_IS_NOTHING = {
    "drafts", "person-address", "address-telling", "immigration-one", "staff-request",
    "staff-people-waiting", "setting-change",
    "person-promises", "promise", "case-suspects", "suspect", "suspect-release",
    "case-status", "case-closing", "case-outcomes", "case-orders", "order", "review", "plan-item",  # for whoever only reads them
    "reports", "recommendation",
    "peer-review-theme", "peer-review-finding",  # the same
}  # fmt: skip


REFUSAL = "where code <> 'cases.look_refused'"  # that it was refused is written down, alike whatever is there
ROWS = " union all ".join(
    f"select '{name}', count(*), md5(string_agg(t::text, '' order by t::text)) from \"{name}\" t"
    f" {REFUSAL if name == 'audit_event' else ''}"
    for name in (model._meta.db_table for model in tenant_models())
)


def everything():
    """How many rows there are in each table of each force, and a hash of them all."""
    found = {}
    for tenant in (HERE, THERE):
        with within(tenant), connection.cursor() as cursor:
            cursor.execute(ROWS)
            found.update({(tenant, name): rows for name, *rows in cursor.fetchall()})
    return found


@pytest.fixture(scope="module")
def before(made):
    """What there is before any test: each undoes what it did."""
    return everything()


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.long)])
def test_a_form_without_the_right_does_nothing(world, before, whole):
    tries = [(entry, *who) for entry in table.entries() for who in entry.tries(whole)]
    assert [fault for who in tries for fault in faults_of(world, *who)] == []
    assert changed(before) == []


def faults_of(world, entry, role, situations):
    """What is wrong with the answers to forms that this role sends without the right."""
    client, answers, wrong = browser(world, role), set(), []
    for situation in situations if entry.kind != "shows" else (OWN,):
        if entry.sees(role, situation):
            continue
        where = world.where(role, situation)
        answer = ask(client, filled(entry.route, where), where, post=True)
        answers.add((answer.body, answer.headers))
        if not answer.is_nothing and not (entry.kind == "shows" and answer.status == 405):
            wrong.append(f"{entry.name}: {role} sends {situation}: {answer.status}")
    if len(answers) > 1:
        wrong.append(f"{entry.name}: {role} can tell apart what a form answers")
    return wrong


def changed(before):
    after = everything()
    return [f"{table} of {tenant}" for (tenant, table), rows in after.items() if rows != before[tenant, table]]


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.long)])
@each("entry", [e for e in table.entries() if e.kind != "shows"], ids=lambda entry: entry.name)
def test_a_form_with_the_right_is_read(world, entry, whole):
    """An empty one, so it is refused or does what an empty one does; it is not *nothing here*, and no fault. Of those whose
    right is one of several kinds two send it, by turns, unless the `whole` table is asked."""
    wrong = []
    for role in [role for role, *_ in entry.kinds() if role in entry.lines][: None if whole else 2]:
        client = browser(world, role)
        for situation in [seen for seen in entry.worth_asking(role) if entry.sees(role, seen)][:1]:
            where = world.where(role, situation)
            answer = ask(client, filled(entry.route, where), where, post=True)
            if entry.name == "person-address" and answer.is_nothing:
                continue  # an empty form asks to look: that is for the people named, whoever else works the case
            if answer.status not in (200, 302, 303, 422) and entry.name not in EMPTY_IS_NOTHING:
                wrong.append(f"{role} sends {situation}: {answer.status}")
    assert wrong == []
