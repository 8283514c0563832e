"""A manifest in the letters of Windows or in UTF-16, as a spreadsheet saves one, is read, and that is said."""

import pytest
from django.core.management import CommandError

from lodestar.guidance import actions
from lodestar.guidance.models import Document
from tests.apps.guidance.test_import_command import folder, named, taken  # noqa: F401  # fixtures and what runs the command


@pytest.fixture(autouse=True)
def _nothing_in_stock(monkeypatch):
    monkeypatch.setattr(actions, "stock", lambda **_: 0)


@pytest.mark.parametrize(
    ("kept_as", "said"), [("cp1252", "read as Windows writes it"), ("utf-16", "is UTF-16 text"), ("utf-8", "")]
)
def test_a_manifest_in_other_letters_than_utf_8_is_read_and_that_is_said(folder, named, tmp_path, kept_as, said):  # noqa: F811
    (folder / "caf\u00e9.txt").write_text("Opens at six.")
    manifest = tmp_path / "m.csv"
    manifest.write_bytes("file;title\r\ncaf\u00e9.txt;Caf\u00e9 \u2013 \u201copen\u201d\r\n".encode(kept_as))
    told = taken(folder, named, "--manifest", str(manifest)).splitlines()
    assert (said in told[0]) == (len(told) == 3 or not said)
    assert Document.objects.get().title == "Caf\u00e9 \u2013 \u201copen\u201d"


def test_a_manifest_that_is_no_text_stops_the_import(folder, named, tmp_path):  # noqa: F811
    (tmp_path / "m.csv").write_bytes(b"PK\x03\x04\0\0\xff\xfe")
    with pytest.raises(CommandError, match="is no text"):
        taken(folder, named, "--manifest", str(tmp_path / "m.csv"))
