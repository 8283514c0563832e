"""A process that dies at any point of a form: nothing is half done, and what was typed is offered back.

Three forms (one with text, one with a file, one that writes into several apps) are sent to a server told to die before,
between, inside or after the two transactions that every POST runs in (tests/architecture holds that every POST does). Then the
database must hold nothing of it or all of it; the words must be offered at the next sign-in, unless they were recorded;
and the same form sent again must end as if nothing had happened.
"""

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.files.base import File
from django.db import connection, transaction
from django.test import Client

from lodestar.casework.cases.models import Case
from lodestar.casework.ledger import ledger
from lodestar.platform.accounts.models import Draft
from lodestar.platform.tenancy.tenant_transaction import within
from tests.access.world import HERE, World
from tests.databases import TEMPLATE, connected_to
from tests.factories.every import tenant_models
from tests.factories.signed_in import signed_in
from tests.killed.scenes import MARK
from tests.killed.sending import fill_in, scene_of
from tests.killed.server import dying, send_to_death
from tests.offenders import each

SENT = ("record-signs", "case-files", "person-consent")
POINTS = ("before", "between", "inside", "after")
# Looking is written down too, and a sign-in begins a tour; neither is part of what a form does.
BESIDES = {"accounts_draft", "accounts_submission"}
# Nor is what opening a page writes of itself, where two people are laid side by side.
LOOKS = "where operation <> 'consultation' and code <> 'cases.match_shown'"


def counted() -> Counter[str]:
    """How many rows of each table there are: what a form has done is the difference."""
    tables = [model._meta.db_table for model in tenant_models() if model._meta.db_table not in BESIDES]
    rows = (f"select '{table}', count(*) from \"{table}\" {LOOKS if table == 'audit_event' else ''}" for table in tables)
    with within(HERE), connection.cursor() as cursor:
        cursor.execute(" union all ".join(rows))
        return Counter(dict(cursor.fetchall()))


def drafts(member) -> list[Draft]:
    with within(HERE):
        return list(Draft.objects.filter(user_id=member.user).exclude(path__in=["/record", "/guidance"]))  # those of the scene


def differences(scene):
    with within(HERE):
        return ledger.differences(list(Case.objects.filter(reference=scene.where["reference"])))


@dataclass(frozen=True)
class Dying:
    """A server on a copy of the prepared database, and who is in it."""

    port: int
    world: World


@pytest.fixture(scope="module", params=POINTS)
def dies(request, prepared, django_db_blocker) -> Iterator[tuple[str, Dying]]:
    template, world = prepared
    name = f"{TEMPLATE}_dying_{uuid.uuid4().hex[:12]}"
    with django_db_blocker.unblock(), connected_to(name, template), dying(request.param) as port:
        yield request.param, Dying(port, world)


def usual_effect(name, scene):
    """What the form does when nothing dies, undone: in this very copy, for what is in a newsletter is what changed there."""
    with transaction.atomic():
        client = signed_in(Client(), scene.member)
        form = fill_in(name, scene, client)
        before = counted()
        assert client.post(form.address, form.values).status_code in (302, 303)
        done = counted()
        transaction.set_rollback(True)
    return +(done - before), +(before - done)


@each("name", SENT)
def test_nothing_is_half_done_and_no_word_lost(dies, name):
    point, server = dies
    scene = scene_of(name, server.world)
    usual = usual_effect(name, scene)
    client = signed_in(Client(), scene.member)
    form = fill_in(name, scene, client)
    before = counted()
    send_to_death(server.port, client, form.address, dict(form.values))

    after = counted()
    did = (+(after - before), +(before - after))
    assert did == (usual if point == "after" else (Counter(), Counter())), "all of it or nothing"
    assert differences(scene) == []
    kept = drafts(scene.member)
    assert len(kept) == (1 if point in ("between", "inside") and typed_anything(form) else 0)
    if kept and name != "drafts" and point == "between":  # what is kept is the same, whichever of the two kept it
        offered(scene, form)

    again = signed_in(Client(), scene.member).post(form.address, fresh(form.values))
    assert again.status_code in (302, 303), "the same form sent again"
    ended = counted()
    assert (+(ended - before), +(before - ended)) == usual, "as if nothing had died"
    assert drafts(scene.member) == []
    assert differences(scene) == []


def typed_anything(form):
    keys = {"csrfmiddlewaretoken", "submission_key", "form_path", "form_of"}
    parts = [part for key, value in form.values.items() if key not in keys and isinstance(value, list) for part in value]
    has_file = any(isinstance(value, File) for value in form.values.values())  # that one was chosen is kept, without it
    return has_file or any(part.strip() for part in parts)


def fresh(values):
    for value in values.values():
        if hasattr(value, "seek"):
            value.seek(0)
    return values


def offered(scene, form):
    """The words are on the list of what was not sent, on the first page, and in the form when it is taken up again."""
    client = signed_in(Client(), scene.member)
    (draft,) = drafts(scene.member)
    way_back = f'href="{draft.path}?draft={draft.key}"'
    assert way_back in client.get("/drafts").content.decode()
    assert way_back in client.get("/my-work").content.decode()
    page = client.get(f"{draft.path}?draft={draft.key}").content.decode()
    marked = [part for value in form.values.values() if isinstance(value, list) for part in value if MARK in part]
    assert all(part.partition(MARK)[0] + MARK in page for part in marked), "what was typed is not in the form"
