"""The essentials, in one file to carry along and as a part of a page that asks no database."""

from base64 import b64encode
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from markupsafe import Markup, escape

from lodestar.directory.contacts.presenters.numbers import every_number, public_numbers
from lodestar.directory.contacts.rules import Book
from lodestar.knowledge.library.models import Passage, Version
from lodestar.knowledge.library.presenters.documents import ALONE, passage_rows, past_review, source
from lodestar.knowledge.library.queries.essentials import first_night
from lodestar.knowledge.library.rules.documents import Fact
from lodestar.platform.design.when import on
from lodestar.platform.design.words import curly
from lodestar.platform.obligations.obligations import obligation_rows

HOLDS = timedelta(days=14)
LARGEST = 2_000_000  # bytes of the file
ROOM = 1_900_000  # of those for the documents
OF_A_PASSAGE = 400  # bytes of marks about a passage, at most
STYLE = """
:root{color-scheme:light}body{margin:0 auto;max-width:46rem;padding:0 1rem 3rem;background:#fff;color:#0b0c0c;
font:1.125rem/1.5 system-ui,"Segoe UI","Liberation Sans",Arial,sans-serif;overflow-wrap:break-word}
a{color:#1a5a96}a:focus{outline:3px solid #fd0;background:#fd0;color:#0b0c0c}.skip{position:absolute;left:-999px}
.skip:focus{position:static}h1{line-height:1.2}h2{margin-top:2.5rem;border-top:4px solid #13213c;padding-top:.5rem}
.until,.warn{border-left:6px solid #8a4b00;background:#fff7e6;padding:.5rem 1rem}.past{border-left-color:#b10e1e}
.meta{color:#383f43;font-size:1rem}li{margin:.35rem 0}mark{background:#fff1b8}.ring{display:block;padding:.6rem 0;min-height:24px}
@media print{.skip{display:none}}
"""
# Without it the file says until which day it holds; with it, that the day is over.
SCRIPT = """
var past = document.getElementById("past");
if (Date.now() > Date.parse(past.getAttribute("data-until"))) past.hidden = false;
"""


@dataclass(frozen=True)
class Pack:
    """The file: its name and its text. `left_out` are the titles for which there was no room."""

    name: str
    html: str
    left_out: tuple[str, ...]


def pack(force: str, documents: Iterable[tuple[Version, list[Passage]]], facts: list[Fact], book: Book, now: datetime) -> Pack:
    """One file of the essentials, which holds for 14 days. It asks nothing of any network. `book` are the numbers of the
    force."""
    chapters, left_out, room = [], [], ROOM
    for number, (version, rows) in enumerate(documents):
        size = sum(len(str(escape(row.text)).encode()) + OF_A_PASSAGE for row in rows)
        if size > room or not rows:
            left_out.append(version.document.title)
            continue
        room -= size
        chapters.append(_chapter(number, version, rows, facts, now))
    until = now + HOLDS
    html = render_to_string(
        "library/pack.jinja",
        {
            "force": force, "made": now, "until": until, "chapters": chapters, "left_out": left_out,
            "numbers": every_number(now, book), "steps": first_steps(), "policy": _policy(),
            "style": Markup("<style>{}</style>").format(Markup(STYLE)),  # nosec B704  # our own, above
            "script": Markup("<script>{}</script>").format(Markup(SCRIPT)),  # nosec B704  # the same
        },
    )  # fmt: skip
    return Pack(f"lodestar-essentials-{on(now):%Y-%m-%d}.html", html, tuple(left_out))


def _policy() -> str:
    """Nothing from elsewhere, and of scripts and styles only the two of the file itself."""
    hashes = (b64encode(sha256(text.encode()).digest()).decode() for text in (STYLE, SCRIPT))
    return "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'".format(
        *hashes
    )


def _chapter(number: int, version: Version, rows: list[Passage], facts: list[Fact], now: datetime) -> dict[str, Any]:
    document = version.document
    notes = [past_review(document)] if document.review_by and document.review_by < on(now) else []
    if version.is_alone and version.confirmed_at is None and not document.is_own:
        notes.append(ALONE)
    about = f"{source(document)}. Version {version.number}"
    heading = {"anchor": f"d{number}", "title": document.title, "source": about}
    return heading | {"notes": notes, "passages": passage_rows(rows, facts)}


# --- the page that stands while the database is away --------------------------------------------------------------------


def essentials_path() -> Path:
    """Where the essentials lie as the worker made them last."""
    return Path(settings.VAR) / "essentials" / "essentials.html"


def first_steps() -> list[str]:
    """The seven lines of the first hour, in their order."""
    rows = [rule for rules in obligation_rows().values() for rule in rules if rule.line]
    return [curly(rule.title) for rule in sorted(rows, key=lambda rule: rule.line or 0)]


def essentials(now: datetime, left_out: Collection[str] = ()) -> str:
    """Who to ring, the steps of the first hour and the topic pages of the first night, as a part of a page. No database is
    asked. `left_out` are the topics that a force has withdrawn or replaced."""
    context: dict[str, Any] = {
        "made": now,
        "forces": public_numbers(now),
        "steps": first_steps(),
        "topics": [topic for topic in first_night() if topic.code not in left_out],
        "today": on(now),
    }
    return render_to_string("library/essentials.jinja", context)


def latest_essentials(now: datetime) -> str:
    """The essentials as the worker made them last; made now where it has not yet."""
    with suppress(OSError, UnicodeDecodeError):
        return essentials_path().read_text(encoding="utf-8")
    return essentials(now)
