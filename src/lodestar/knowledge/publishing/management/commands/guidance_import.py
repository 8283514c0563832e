"""`./lodestar guidance import FOLDER [--manifest FILE] [--publish] [--as USER] [--force SLUG]`: a folder of guidance."""

import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError
from django.utils import timezone

from lodestar.knowledge.library.models import Document
from lodestar.knowledge.library.queries.library import differing_fields, editor_named
from lodestar.knowledge.library.rules.documents import last, names_of, tidy
from lodestar.knowledge.publishing.actions.intake import TakenIn
from lodestar.knowledge.publishing.actions.letters import Arrived, arrived, merge_about, take_arrived
from lodestar.knowledge.publishing.actions.stages import NotNow, publish, supersede
from lodestar.knowledge.publishing.actions.stock import stock
from lodestar.knowledge.publishing.forms.manifest import Manifest, NotAManifest, Row, read_manifest
from lodestar.knowledge.publishing.presenters import why_not_republished
from lodestar.knowledge.publishing.queries import documents_called
from lodestar.knowledge.search.actions import count_terms
from lodestar.platform.accounts.access import Member
from lodestar.platform.files.document_text import LARGEST, NotRead, read_file
from lodestar.platform.files.film import ENDINGS
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.text.text_normalise import one_line

NOW = "It is published now"
NO_FILE = "in the manifest, not in the folder, or several files there have this name: write in which folder it lies"
OTHERWISE = "The manifest says otherwise, and nothing was changed: {}. Change it on the site"


class Command(BaseCommand):
    """Each file is a transaction of its own: one that cannot be taken in is told of and passed over, the others go on. It
    ends with 2 only where files were refused and none is in the library."""

    help = "Takes the files of a folder into the guidance library, once each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder")
        parser.add_argument("--manifest", default="")
        parser.add_argument("--publish", action="store_true", help="marked as published without a second person")
        parser.add_argument("--as", dest="user", default="")
        parser.add_argument("--force", dest="tenant", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(options["folder"])
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        by = editor_named(options["user"], options["tenant"])
        try:
            manifest = read_manifest(Path(options["manifest"]).read_bytes()) if options["manifest"] else Manifest()
        except OSError as error:
            raise CommandError(f"{options['manifest']} cannot be read: {error.strerror}.") from None
        except NotAManifest as error:
            raise CommandError(str(error)) from None
        with within(by.tenant):
            stock(by=by, at=timezone.now())
        for sentence in manifest.notes:
            self.stdout.write(_plain(sentence))
        batch = _Batch(by, options["publish"], _files(folder, options["manifest"]), manifest.rows, self.stdout.write)
        batch.run()
        if batch.refused and not batch.documents:
            sys.exit(2)


def _files(folder: Path, manifest: str) -> dict[str, tuple[str, Path]]:
    """The files of a folder by where they lie in it, each with the name it goes by. A link that leads out of the folder is none
    of its files; nor are captions, which lie beside their film by the same name."""
    root = folder.resolve()
    left_out = Path(manifest).resolve() if manifest else None
    inside = [
        path
        for path in sorted(folder.rglob("*"), key=lambda path: (path.suffix.lower() == ".eml", path))
        if path.is_file() and not path.name.startswith(".") and path.resolve().is_relative_to(root)
        and path.resolve() != left_out
    ]  # fmt: skip
    films = {path.with_suffix("") for path in inside if path.suffix.lower().removeprefix(".") in ENDINGS}
    files = [path for path in inside if not (path.suffix.lower() == ".vtt" and path.with_suffix("") in films)]
    by_path: dict[str, Path] = {}
    for path in files:
        where = tidy(path.relative_to(folder).as_posix())
        by_path[f"{len(by_path)} {where}" if where in by_path else where] = path  # names may be alike once they are tidied
    return dict(zip(by_path, zip(names_of(list(by_path)), by_path.values(), strict=True), strict=True))


class _Batch:
    """One folder on its way in. Letters come last: a file of the folder that also came with one is the folder's, by its own
    name."""

    def __init__(self, by: Member, is_published: bool, files: Mapping[str, tuple[str, Path]], rows: list[Row], say: Any) -> None:
        self.by, self.is_published, self.files, self.say = by, is_published, files, say
        self.taken = self.drafts = self.published = self.stood = self.refused = 0
        self.documents: dict[str, Document] = {}
        self.rows: dict[str, Row] = {}  # by the name of the file: of two of one file the last
        self.left = [row for row in rows if not self._file(row.file)]
        self.rows.update((self._file(row.file), row) for row in rows if row not in self.left)

    def _file(self, written: str) -> str:
        """The name that the file goes by which lies where it is written, or alone has that name; else nothing."""
        path = tidy(written)
        called = [name for where, (name, _) in self.files.items() if path in (where, last(where))]
        return self.files[path][0] if path in self.files else called[0] if len(called) == 1 else ""

    def run(self) -> None:
        """Takes in every file, and then says which documents replace which."""
        try:
            for name, path in self.files.values():
                for arrival in arrived(name, *_read(path)):
                    self._take_file(arrival)
        finally:
            with suppress(DatabaseError), within(self.by.tenant):  # what is published is searched, whatever ended the run
                count_terms()
        for name, row in self.rows.items():
            if row.supersedes and name in self.documents:
                self._replace(name, row.supersedes)
        for row in self.left:
            self.say(f"{_plain(row.file) or f'Line {row.number}, which names no file'}: {NO_FILE}")
        drafts = f", {self.drafts} taken in as drafts" if self.drafts else ""
        published = f"{self.published} published without a second person{drafts}"
        stages = published if self.is_published else f"{self.taken} taken in as drafts"
        self.say(f"{stages}, {self.stood} were already here, {self.refused} refused")

    def _take_file(self, arrival: Arrived) -> None:
        name, read = arrival.name, arrival.read
        if isinstance(read, dict):
            row = None if arrival.house else self.rows.get(name)
            try:
                result, beside = self._store(arrival, row)
            except OperationalError:
                raise  # it would be told of every file to come
            except (DatabaseError, OSError, ValueError) as error:
                read = f"It cannot be kept: {str(error).splitlines()[0]}"
            else:
                self.documents[name] = result.version.document
                self._report(name, result, [*beside, *(row.not_understood if row else [])])
                return
        self.refused += 1
        self.say(f"{_plain(name)}: refused. {_plain(read)}")

    def _store(self, arrival: Arrived, row: Row | None) -> tuple[TakenIn, list[str]]:
        now, beside = timezone.now(), []
        about = merge_about(arrival.about, row.about) if row else arrival.about
        with within(self.by.tenant):
            result = take_arrived(by=self.by, at=now, arrival=arrival, about=about)
            version = result.version
            differing = [] if result.is_new or not row else differing_fields(version, row.about.filled_fields())
            if differing:
                beside.append(OTHERWISE.format(", ".join(differing)))
            has_captions = version.captions or not version.media_type.startswith("video/")
            is_left = version.again_of is not None or bool(differing or (row and row.is_not_published))
            if self.is_published and version.state == "draft" and has_captions and not is_left:
                try:
                    publish(by=self.by, at=now, version=version, alone=True, count=False)
                except NotNow as refusal:
                    beside.append(str(refusal))
                else:
                    beside += [] if result.is_new else [NOW]
        return result, beside

    def _report(self, name: str, result: TakenIn, beside: list[str]) -> None:
        is_published = result.version.state == "published" and (result.is_new or NOW in beside)
        self.taken, self.published = self.taken + result.is_new, self.published + is_published
        self.stood += not result.is_new and not is_published
        self.drafts += result.is_new and not is_published
        known_as = result.version.document.file_name
        outcome = f"{result.version.passages} passages" if result.is_new else f"already here, as {known_as}"
        why = "" if result.is_new or is_published else why_not_republished(result.version)
        sentences = [outcome, why, result.version.note, *beside]
        self.say(f"{_plain(name)}: {'. '.join(_plain(sentence) for sentence in sentences if sentence)}")

    def _replace(self, name: str, written: str) -> None:
        """Says that a document replaces the one of which its row has the file or the title: apart from all others, so that one
        that cannot be kept leaves the rest."""
        document, in_folder = self.documents[name], self.documents.get(self._file(written))
        try:
            with within(self.by.tenant):
                formers = [in_folder] if in_folder else documents_called(written, Document.objects.exclude(id=document.id))
                if len(formers) == 1:
                    supersede(by=self.by, at=timezone.now(), document=document, former=formers[0])
                    return
            why = "more than one document has that title" if formers else "it is not in the library"
        except OperationalError:
            raise
        except (DatabaseError, ValueError) as error:
            why = str(error).splitlines()[0]
        self.say(f"{_plain(name)}: what it supersedes was left, {_plain(written)}: {_plain(why)}")


def _read(path: Path) -> "tuple[bytes, dict[str, Any] | str]":
    """The bytes of a file and what they hold, or why they are not read."""
    try:
        if path.stat().st_size > LARGEST:
            return b"", "The file is larger than 60 MB: split it."
        content, captions = path.read_bytes(), path.with_suffix(".vtt")
        beside = captions.read_bytes() if captions.is_file() else b""
        return content, read_file(content, path.suffix.removeprefix("."), beside)
    except OSError as error:
        return b"", f"It cannot be read: {error.strerror}."
    except NotRead as error:
        return b"", str(error)


def _plain(text: str) -> str:
    """Text as a terminal may print it: no mark in a name turns the line round, and half a letter is a question mark."""
    return one_line(text.encode("utf-8", "replace").decode())[:300]
