"""A force with two guidance editors, and a folder to take in."""

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from lodestar.knowledge.publishing.actions import intake
from lodestar.knowledge.publishing.actions.intake import About
from lodestar.knowledge.publishing.actions.stages import publish
from lodestar.knowledge.publishing.management.commands import guidance_import
from lodestar.platform.files.text_alone import read
from tests.factories.accounts import a_member
from tests.factories.accounts import models as accounts
from tests.factories.guidance import bring_few_pages
from tests.factories.signed_in import signed_in


@pytest.fixture(autouse=True)
def _var(settings, tmp_path, monkeypatch):
    settings.VAR = tmp_path / "var"
    bring_few_pages(monkeypatch, "schedule-4", "turning-eighteen")


@pytest.fixture
def editor(fenmarch):
    return a_member("guidance_editor")


@pytest.fixture
def second(fenmarch):
    return a_member("guidance_editor")


@pytest.fixture
def take_in(editor):
    """Takes a text in as a document of a name, published where asked."""

    def taking(name, text, *, is_published=True, **about):
        content = text.encode()
        taken = intake.take_in(
            by=editor, at=timezone.now(), file_name=name, content=content, read=read(content, Path(name).suffix[1:]),
            about=About(**about),
        )  # fmt: skip
        if is_published and taken.is_new:
            publish(by=editor, at=timezone.now(), version=taken.version, alone=True)
        return taken

    return taking


@pytest.fixture
def one(editor):
    return signed_in(Client(), editor)


@pytest.fixture
def other(second):
    return signed_in(Client(), second)


@pytest.fixture
def asks(fenmarch):
    return signed_in(Client(), a_member("frontline"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder to take in; what comes with Lodestar is put in by a test of its own."""
    monkeypatch.setattr(guidance_import, "stock", lambda **_: 0)
    made = tmp_path / "folder"
    made.mkdir()
    return made


@pytest.fixture
def named(editor):
    return accounts.User.objects.get(id=editor.user).username
