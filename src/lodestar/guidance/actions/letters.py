"""What came by e-mail: what a letter says of itself, and the files that came with it, each a document of its own."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from django.utils import timezone

from lodestar.guidance.actions.intake import CO_ORDINATOR, About
from lodestar.guidance.models.newsletters import TOPIC
from lodestar.kernel.document_text import NotRead, read_document
from lodestar.kernel.mail import sent_at

MOST_DEEP = 3  # letters within letters


@dataclass(frozen=True)
class Arrived:
    """One file: its name, its bytes, what it holds or why it is not read, and what its letter says of it. `house`: where the
    letter came from that it came with, which stands before its name as it is told."""

    name: str
    content: bytes
    read: dict[str, Any] | str
    about: About
    house: str = ""

    @property
    def file(self) -> str:
        """Its name without the house."""
        return self.name.removeprefix(f"{self.house}/") if self.house else self.name


def arrived(name: str, content: bytes, read: dict[str, Any] | str) -> Iterator[Arrived]:
    """A file, and where it is a letter those that came with it."""
    about = of_letter(read)
    yield Arrived(name, content, read, about)
    if isinstance(read, dict):
        house = read.get("sender") or PurePath(name).stem
        yield from _with(read, house, replace(about, title="", topics=[]), MOST_DEEP)


def _with(read: dict[str, Any], house: str, about: About, deep: int) -> Iterator[Arrived]:
    for attached, packed in read["attached"]:
        inner = base64.b64decode(packed)
        file = PurePath(attached.replace("\\", "/")).name or "attachment"
        name = f"{house}/{file}"
        try:
            held = read_document(inner, PurePath(file).suffix.removeprefix("."))
        except NotRead as error:
            yield Arrived(name, inner, str(error), about, house=house)
            continue
        yield Arrived(name, inner, held, about, house=house)
        if deep > 1:
            yield from _with(held, house, about, deep - 1)


def of_letter(read: dict[str, Any] | str) -> About:
    """What a letter tells of itself: it is a newsletter of the regional co-ordinator, published the day it was sent. Its sender
    is a person: where they wrote from is what readers are told."""
    if not isinstance(read, dict) or read["kind"] != "eml":
        return About()
    sent = sent_at(read["sent"])
    return About(
        title=read["title"], publisher=", ".join(filter(None, (CO_ORDINATOR, read["sender"]))), origin="regional",
        topics=[TOPIC], published_on=timezone.localdate(sent).isoformat() if sent else "",
    )  # fmt: skip


def told_besides(letter: About, said: About) -> About:
    """What is said of a letter by somebody, and what it says of itself where they said nothing."""
    return replace(letter, **said.said(), url=said.url)
