"""Filling in a form as a browser does: the page is asked for, and what stands in its form goes back with what is typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.test import Client

from lodestar.platform.tenancy.tenant_transaction import within
from tests.access import table
from tests.access.world import HERE, OWN, World, filled
from tests.killed.html_forms import form_to
from tests.killed.scenes import Scene
from tests.killed.sent import FORMS

ENTRIES = {entry.name: entry for entry in table.entries()}


def takes_a_form(entry: table.Entry) -> bool:
    """Whether a POST there is done at the door in two transactions (a question is answered in one, and keeps nothing)."""
    return entry.kind != "shows" and bool(entry.lines) and not entry.pattern.callback.asks


@dataclass(frozen=True)
class Ready:
    """A form that only has to be sent."""

    address: str
    page: str
    values: Mapping[str, Any]
    boxes: Sequence[str]  # to write in


def scene_of(name: str, world: World) -> Scene:
    """Somebody of the form's role with their own things, and what has to be there before they fill it in."""
    sent = FORMS[name]
    scene = Scene(world.members[sent.role], dict(world.where(sent.role, OWN)), world.members)
    with within(HERE):
        sent.before(scene)
    return scene


def fill_in(name: str, scene: Scene, client: Client) -> Ready:
    """The form of this name, filled in by whoever is signed in."""
    sent = FORMS[name]
    address = filled(ENTRIES[name].route, scene.where)
    page = (filled(ENTRIES[sent.page].route, scene.where) if sent.page else address) + sent.query.format(**scene.where)
    response = client.get(page)
    assert response.status_code == 200, f"{page}: {response.status_code}"
    form = form_to(response.content.decode(), address, page)
    values: dict[str, Any] = {}
    with within(HERE):
        given = sent.values(scene, form)
    files = {key: value for key, value in given.items() if hasattr(value, "read")}
    typed = {key: value for key, value in given.items() if key not in files}
    for key, value in form.filled(**typed):
        values.setdefault(key, []).append(value)
    return Ready(address, page, values | files, form.texts)
