"""`./lodestar guidance import FOLDER [--manifest FILE] [--publish] [--as USER] [--force SLUG]`: a folder of guidance."""

import errno
import re
import sys
from argparse import ArgumentParser
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError
from django.utils import timezone

from lodestar.knowledge.library.models import Document, Version
from lodestar.knowledge.library.queries.documents import differing_fields, document_named
from lodestar.knowledge.library.queries.library import editor_named
from lodestar.knowledge.library.rules.documents import names_of
from lodestar.knowledge.publishing.actions.intake import TakenIn, take_in
from lodestar.knowledge.publishing.actions.stages import NotNow, publish, supersede
from lodestar.knowledge.publishing.actions.stock import stock
from lodestar.knowledge.publishing.actions.transcripts import Arrived, arrived, may_have_transcript, merge_about, transcribe
from lodestar.knowledge.publishing.forms.manifest import Manifest, NotAManifest, Row, Rows, read_manifest
from lodestar.knowledge.publishing.presenters import why_not_republished
from lodestar.knowledge.search.actions import count_terms
from lodestar.platform.accounts.access import Member
from lodestar.platform.files.document_text import LARGEST, NotRead, read_document, read_film
from lodestar.platform.files.film import ENDINGS
from lodestar.platform.files.mail import EARLIEST, dated
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.text.text_normalise import one_line

AT_ONCE = 2  # processes that read
OF_SCAN = ".transcript.txt"  # the end of the name of what lies beside a scan
NOW = "It is published now"
DOUBLED = "another row of the manifest is of the same file: this one was passed over"
NO_FILE = "in the manifest, not in the folder, or several files there have this name: write in which folder it lies"
OLDER = "It is older than the version in use: it stays a draft"
HEAD = 200_000  # bytes of a letter in which its day stands
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
            manifest = read_manifest(_bytes(Path(options["manifest"]))) if options["manifest"] else Manifest([], [])
        except NotAManifest as error:
            raise CommandError(str(error)) from None
        with within(by.tenant):
            stock(by=by, at=timezone.now())
        for sentence in filter(None, (manifest.guessed, *manifest.not_read, manifest.not_known)):
            self.stdout.write(sentence)
        files = _files(folder, options["manifest"])
        rows = Rows(manifest.rows, {name: path.relative_to(folder).as_posix() for name, path in files})
        batch = _Batch(by, options["publish"], rows, self.stdout.write)
        batch.run(files)
        if batch.refused and not batch.documents:
            sys.exit(2)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None


def _files(folder: Path, manifest: str) -> list[tuple[str, Path]]:
    """The files of a folder with the names they go by. A link that leads out of the folder is none of its files."""
    root = folder.resolve()
    left_out = Path(manifest).resolve() if manifest else None
    inside = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".") and path.resolve().is_relative_to(root)
        and path.resolve() != left_out and not _is_of_another(path)
    ]  # fmt: skip
    return list(zip(names_of([path.relative_to(folder).as_posix() for path in inside]), inside, strict=True))


def _is_of_another(path: Path) -> bool:
    """Whether a file holds the captions of a film, or the transcript of a PDF, that lies beside it by the same name."""
    if path.name.lower().endswith(OF_SCAN):
        stem = path.name[: -len(OF_SCAN)]
        names = (stem, f"{stem}.pdf", f"{stem}.PDF")
        return any(name.lower().endswith(".pdf") and _is_there(path.with_name(name)) for name in names)
    return path.suffix.lower() == ".vtt" and any(_is_there(path.with_suffix(f".{ending}")) for ending in ENDINGS)


def _is_there(path: Path) -> bool:
    """Whether there is such a file; of a name that is longer than any may be, none is."""
    try:
        return path.is_file()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return False
        raise


class _Batch:
    """One folder on its way in."""

    def __init__(self, by: Member, is_published: bool, rows: Rows, say: Any) -> None:
        self.by, self.is_published, self.rows, self.say = by, is_published, rows, say
        self.taken = self.drafts = self.published = self.stood = self.refused = 0
        self.documents: dict[str, Document] = {}
        self.replacing: list[tuple[str, Document, str]] = []  # what each document replaces, as its row has it

    def run(self, files: list[tuple[str, Path]]) -> None:
        """Letters come last: a file of the folder that also came with one is the folder's, by its own name. They come in the
        order in which they were sent: the newest of what came with several is the one in force."""
        letters = [entry for entry in files if _is_letter(entry[1])]
        files = [entry for entry in files if not _is_letter(entry[1])] + sorted(letters, key=_sent)
        try:
            self._take_all(files)
        except BaseException:
            with suppress(DatabaseError):
                self._count()  # what is published is searched, whatever ended the run
            raise
        self._count()
        for each in self.replacing:
            self._replace(*each)
        for row in self.rows.doubled:
            self.say(f"{_plain(row.file)}: {DOUBLED}")
        for row in self.rows.left:
            self.say(f"{_plain(row.file)}: {NO_FILE}")
        self.say(f"{self._stages()}, {self.stood} were already here, {self.refused} refused")

    def _take_all(self, files: list[tuple[str, Path]]) -> None:
        with ThreadPoolExecutor(AT_ONCE) as readers:
            for start in range(0, len(files), 8):  # so that no more than a few lie in memory
                some = files[start : start + 8]
                for (name, _), (content, read) in zip(some, readers.map(_read, (path for _, path in some)), strict=True):
                    for each in arrived(name, content, read):
                        self._take_file(each)

    def _count(self) -> None:
        """Whatever came in: an earlier run that was broken off may have left words uncounted, and search leaves those out."""
        with within(self.by.tenant):
            count_terms()

    def _holds(self, name: str, document: Document, row: Row | None) -> None:
        """Notes what document a file is of, and what its row says that this replaces."""
        self.documents[name] = document
        if row and row.supersedes:
            self.replacing.append((name, document, row.supersedes))

    def _stages(self) -> str:
        """How many came in, and as what: a film without captions stays a draft though the rest is published."""
        if not self.is_published:
            return f"{self.taken} taken in as drafts"
        drafts = f", {self.drafts} taken in as drafts" if self.drafts else ""
        return f"{self.published} published without a second person{drafts}"

    def _take_file(self, arrival: Arrived) -> None:
        name, read = arrival.name, arrival.read
        if isinstance(read, dict):
            row = None if arrival.house else self.rows.of.get(name)
            try:
                result, beside = self._store(arrival, read, row)
            except OperationalError:
                raise  # it would be told of every file to come
            except (DatabaseError, OSError, ValueError) as error:
                read = f"It cannot be kept: {str(error).splitlines()[0]}"
            else:
                self._holds(name, result.version.document, row)
                self._report(name, result, [*beside, *(row.not_understood if row else [])])
                return
        self.refused += 1
        self.say(f"{_plain(name)}: refused. {_plain(read)}")

    def _store(self, arrival: Arrived, read: dict[str, Any], row: Row | None) -> tuple[TakenIn, list[str]]:
        now = timezone.now()
        about = merge_about(arrival.about, row.about) if row else arrival.about
        with within(self.by.tenant):
            result = take_in(
                by=self.by, at=now, file_name=arrival.file, content=arrival.content, read=read, about=about, house=arrival.house
            )
            beside = self._transcribed(result, read)
            differing = [] if result.is_new or not row else differing_fields(result.version, row.about.filled_fields())
            if differing:
                beside.append(OTHERWISE.format(", ".join(differing)))
            has_captions = result.version.captions or not result.version.media_type.startswith("video/")
            is_older = bool(arrival.house) and _is_older(result.version)
            is_left = result.version.again_of is not None or is_older or bool(differing or (row and row.is_not_published))
            if is_older and self.is_published and result.version.state == "draft":
                beside.append(OLDER)
            if self.is_published and result.version.state == "draft" and has_captions and not is_left:
                publish(by=self.by, at=now, version=result.version, alone=True, count=False)
                if not result.is_new:
                    beside.append(NOW)
        return result, beside

    def _transcribed(self, result: TakenIn, read: dict[str, Any]) -> list[str]:
        """What is to be said of the transcript that lies beside a file, where one does."""
        transcript = read.get("transcript")
        if transcript is None:
            return []
        if isinstance(transcript, str):
            return [f"Its transcript was not read: {transcript}"]
        if not may_have_transcript(result.version):
            return ["Its transcript was not read: it has text of its own, or is history"]
        try:
            is_new = transcribe(by=self.by, at=timezone.now(), version=result.version, read=transcript)
        except NotNow as refusal:
            return [str(refusal)]
        return ["Its transcript was taken"] if is_new else []

    def _report(self, name: str, result: TakenIn, beside: list[str]) -> None:
        is_published = result.version.state == "published" and (result.is_new or NOW in beside)
        self.taken, self.published = self.taken + result.is_new, self.published + is_published
        self.stood += not result.is_new and not is_published
        self.drafts += result.is_new and not is_published
        known_as = result.version.document.file_name
        outcome = f"{result.version.passages} passages" if result.is_new else f"already here, as {known_as}"
        why = "" if result.is_new or is_published else why_not_republished(result.version)
        beside = [why, result.version.note, *beside]
        self.say(f"{_plain(name)}: {_plain(outcome)}" + "".join(f". {_plain(sentence)}" for sentence in beside if sentence))

    def _replace(self, name: str, document: Document, written: str) -> None:
        """Says that a document replaces the one of which its row has the file or the title: apart from all others, so that one
        that cannot be kept leaves the rest."""
        try:
            with within(self.by.tenant):
                former = self.documents.get(self.rows.file(written)) or document_named(written, document)
                if former is None:
                    self.say(f"{_plain(name)}: what it supersedes is not in the library: {_plain(written)}")
                else:
                    supersede(by=self.by, at=timezone.now(), document=document, former=former)
        except OperationalError:
            raise
        except (DatabaseError, ValueError) as error:
            self.say(f"{_plain(name)}: what it supersedes was left, {_plain(written)}. {_plain(str(error).splitlines()[0])}")


def _is_letter(path: Path) -> bool:
    return path.suffix.lower() == ".eml"


def _sent(entry: tuple[str, Path]) -> tuple[datetime, list[str | int]]:
    """When a letter was sent, then its name with its numbers as numbers; one without a day is before all others."""
    name, path = entry
    try:
        with path.open("rb") as letter:
            sent = dated(letter.read(HEAD))
    except OSError:
        sent = None
    return sent or EARLIEST, [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", name.lower())]


def _is_older(version: Version) -> bool:
    """Whether a next version was published before the one in use was."""
    published, in_use = version.said.get("published_on"), version.document.published_on
    return bool(published and in_use) and published < in_use


def _read(path: Path) -> "tuple[bytes, dict[str, Any] | str]":
    """The bytes of a file and what they hold, or why they are not read."""
    try:
        if path.stat().st_size > LARGEST:
            return b"", "The file is larger than 60 MB: split it."
        content, ending = path.read_bytes(), path.suffix.removeprefix(".")
        captions = path.with_suffix(".vtt")
        if ending.lower() in ENDINGS and _is_there(captions):
            return content, read_film(content, ending, captions.read_bytes())
        parsed = read_document(content, ending)
        beside = (path.with_suffix(OF_SCAN), path.with_name(f"{path.name}{OF_SCAN}"))
        transcript = next((candidate for candidate in beside if parsed["kind"] == "pdf" and _is_there(candidate)), None)
        return content, parsed if transcript is None else {**parsed, "transcript": _transcript(transcript)}
    except OSError as error:
        return b"", f"It cannot be read: {error.strerror}."
    except NotRead as error:
        return b"", str(error)


def _transcript(path: Path) -> dict[str, Any] | str:
    """What a transcript says, or why it is not read."""
    try:
        return read_document(path.read_bytes(), "txt")
    except NotRead as error:
        return str(error)


def _plain(text: str) -> str:
    """Text as a terminal may print it: no mark in a name turns the line round, and half a letter is a question mark."""
    return one_line(text.encode("utf-8", "replace").decode())[:300]
