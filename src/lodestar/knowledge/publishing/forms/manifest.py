"""A manifest: CSV or JSON lines, one file a row. Only `file` must be filled in; the other columns are what the form asks."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import Any

from django import forms

from lodestar.knowledge.library.models import CLASSIFICATIONS, NATIONS
from lodestar.knowledge.publishing.actions.intake import About
from lodestar.knowledge.publishing.forms.keeping import AboutDocument
from lodestar.platform.tables.table_files import OLD_TEXT, NotRead, encoding_of, text_of, text_table
from lodestar.platform.text.text_normalise import one_line

COLUMNS = {"published": "published_on", "review": "review_by"}  # the others are called as the fields of the form
NATION_CODES = {name.lower(): code for code, name in NATIONS.items()}
GUESSED = "The manifest is not UTF-8: it was read as Windows writes it (1252). Look at its accents and dashes."
HIGHEST = f": it is taken as {CLASSIFICATIONS[-1]}, and a draft stays a draft"


class NotAManifest(ValueError):
    """The manifest cannot be read; the words say where."""


class ManifestForm(AboutDocument):
    """What a row says of a file, and what that supersedes: a file's name or a title."""

    file = forms.CharField(required=False)
    supersedes = forms.CharField(required=False, max_length=300)
    url = forms.URLField(required=False, max_length=500, assume_scheme="https")


@dataclass(frozen=True)
class Row:
    """One row: its line, which file, what is said of it, what it supersedes, what was not understood, and whether it is left for
    two people to publish."""

    number: int
    file: str
    about: About
    supersedes: str
    not_understood: list[str]
    is_not_published: bool = False


@dataclass
class Manifest:
    """The rows that can be read, and a sentence on each thing that cannot, which is passed over."""

    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_manifest(content: bytes) -> Manifest:
    """The rows of a manifest. Raises NotAManifest where the whole cannot be read, or no row names a file."""
    manifest = Manifest()
    columns: dict[str, None] = {}
    try:
        for number, record in _records(content, manifest.notes):
            row = {COLUMNS.get(name, name): value for name, value in record.items() if value not in (None, "", [])}
            columns.update(dict.fromkeys(name for name in record if COLUMNS.get(name, name) not in ManifestForm.base_fields))
            if row:
                manifest.rows.append(_row(number, row))
    except NotRead as refusal:
        raise NotAManifest(f"The manifest cannot be read: {refusal}.") from None
    if not any(row.file for row in manifest.rows):
        raise NotAManifest("The manifest names no file: a column is called file, and each row names one in it.")
    if columns:
        manifest.notes.append(f"Columns of the manifest that are not known, and were not read: {', '.join(columns)}.")
    return manifest


def _records(content: bytes, notes: list[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Each line, or row of a table, with its number and what it says by small column names. Raises NotRead."""
    opener = partial(BytesIO, content)
    encoding = encoding_of(opener)
    if encoding == OLD_TEXT:
        notes.append(GUESSED)
    with text_of(opener, encoding) as opened:
        text = opened.read()
    if text.lstrip().startswith("{"):
        for number, line in enumerate(text.split("\n"), 1):
            try:
                record = json.loads(line) if line.strip() else {}
            except ValueError:
                notes.append(f"Line {number} of the manifest is not JSON: it was passed over.")
            else:
                yield number, {str(name).strip().lower(): value for name, value in record.items()}
        return
    table = text_table(opener, encoding)
    names = [heading.lower() for heading in table.headings]
    for row in table.rows():
        if row.fault:
            notes.append(f"Line {row.number} of the manifest: {row.fault}. It was passed over.")
        else:
            yield row.number, {name: cell.strip() for name, cell in zip(names, row.cells, strict=True) if name}


def _row(number: int, row: dict[str, Any]) -> Row:
    typed = {name: ", ".join(map(str, value)) if isinstance(value, list) else str(value) for name, value in row.items()}
    nation, kinds = typed.get("nation", "").lower(), typed.get("exploitation", "").replace(";", ",").split(",")
    typed["nation"] = NATION_CODES.get(nation, nation)
    typed["classification"] = "-".join(re.split(r"[\s_:-]+", typed.get("classification", "").upper()))
    form = ManifestForm({**typed, "exploitation": [kind.strip() for kind in kinds if kind.strip()]})
    odd = [f"{name} {one_line(str(row.get(name, '')))[:40]!r} is not known" for name in form.errors]
    said = {name: value for name, value in form.cleaned_data.items() if name in About.__dataclass_fields__ and value}
    if is_of_unknown_marking := "classification" in form.errors:
        said["classification"] = CLASSIFICATIONS[-1]  # it may be marked higher than what the library holds
        odd[list(form.errors).index("classification")] += HIGHEST
    supersedes = one_line(form.cleaned_data.get("supersedes", ""))
    return Row(number, typed.get("file", ""), About(**said), supersedes, odd, is_of_unknown_marking)
