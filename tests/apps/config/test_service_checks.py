"""What needs the administrator: on the command line, in the worker's log and on the administrator's first page."""

import io
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from lodestar.platform.files import disk_space
from tests.factories.accounts import a_member, a_token
from tests.factories.signed_in import signed_in


def failed():
    """The names of the checks that found a fault."""
    out = io.StringIO()
    try:
        call_command("check_force", "--disks", "--tokens", stdout=out)
        ended_well = True
    except CommandError:
        ended_well = False
    lines = out.getvalue().splitlines()
    names = {line.split()[2] for line in lines if line.startswith("fault")}
    assert ended_well is not bool(names)
    return names


@pytest.mark.parametrize(
    ("used", "days", "found"), [(85, 15, set()), (86, 15, {"disks"}), (85, 14, {"tokens"}), (86, 0, {"disks", "tokens"})]
)
def test_disks_and_tokens_are_watched(client, fenmarch, monkeypatch, settings, used, days, found):
    settings.DISK_ALARM, settings.DATABASE_FOLDER = 85, str(settings.VAR)
    monkeypatch.setattr(disk_space.shutil, "disk_usage", lambda _folder: SimpleNamespace(total=1000, free=1000 - used * 10))
    admin = a_member("administrator")
    a_token(admin, days=days)
    assert failed() & {"disks", "tokens"} == found
    assert signed_in(client, admin).get("/my-work").content.count(b"data-service") == len(found)


def test_a_disk_that_cannot_be_looked_at_is_said(settings, tmp_path):
    settings.VAR, settings.DATABASE_FOLDER = tmp_path, str(tmp_path / "gone")
    settings.DISK_ALARM = 99
    assert len(disk_space.disk_warnings()) == 1
