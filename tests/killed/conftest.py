"""A database in which everybody is at work and each form has a case of its own, ready to be copied."""

import uuid
from collections.abc import Iterator

import pytest

from lodestar.accounts.permissions import ROLES
from lodestar.tenancy.within import within
from tests.access.world import HERE, member_of, things_of
from tests.databases import TEMPLATE, connected_to, made_once
from tests.factories.accounts import TenantFactory, UnitFactory
from tests.killed.scenes import Scene
from tests.killed.sent import FORMS

Scenes = dict[str, Scene]


@pytest.fixture(scope="module")
def prepared(django_db_setup, django_db_blocker, tmp_path_factory) -> tuple[str, Scenes]:
    """The name of that database, and the scene of each form in it."""
    with django_db_blocker.unblock():
        return made_once("scenes", _scenes, tmp_path_factory)


@pytest.fixture(scope="module")
def filled_in(prepared, django_db_blocker) -> Iterator[Scenes]:
    """The scenes in a database of this file's own."""
    template, scenes = prepared
    with django_db_blocker.unblock(), connected_to(f"{TEMPLATE}_forms_{uuid.uuid4().hex[:12]}", template):
        yield scenes


def _scenes() -> Scenes:
    TenantFactory(slug=HERE)
    with within(HERE):
        unit = UnitFactory()
        members = {role: member_of(role, unit) for role in ROLES}
    found = {}
    for form, sent in FORMS.items():
        with within(HERE):
            member = member_of(sent.role, unit)
            scene = Scene(member, dict(things_of(member)), members)
            sent.before(scene)
        found[form] = scene
    return found
