"""Every paper that Lodestar offers: found by asking every address, following what its page offers, and opened."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import docx
import lxml.html
import openpyxl
import pypdfium2
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve
from PIL import Image

from lodestar.platform.accounts.permissions import ROLES
from tests.access import table
from tests.access.asking import browser
from tests.access.world import OWN, World, filled, parts_of
from tests.factories.signed_in import form

NAMED = re.compile(r'filename="[^"]*\.(\w+)"')
A_THING = re.compile(r"[\da-f]{8}-[\da-f-]{27}|[A-Z]{2}-\d{2}-\d{4}|\d{4}-\d{2}-\d{2}")  # an id, a case or a day
HTML, NO_SENTENCE = "text/html", "A partner agency"
Paper = tuple[str, bytes]  # the ending of its name, and what is in it


def open_pdf(content: bytes) -> None:
    document = pypdfium2.PdfDocument(content)
    assert "".join(page.get_textpage().get_text_bounded() for page in document).strip(), "a PDF without text"


def open_csv(content: bytes) -> None:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    assert rows
    assert any(map(str.strip, rows[0])), "a CSV without headings"


def open_text(content: bytes) -> None:
    assert content.decode().strip(), "no text"


OPENERS: Mapping[str, Callable[[bytes], object]] = {
    "pdf": open_pdf,
    "docx": lambda content: docx.Document(io.BytesIO(content)).paragraphs[0].text,
    "xlsx": lambda content: openpyxl.load_workbook(io.BytesIO(content)).active.max_column,
    "csv": open_csv,
    "json": json.loads,
    "jsonl": lambda content: [json.loads(line) for line in content.splitlines()],
    "html": lambda content: lxml.html.fromstring(content).text_content(),
    "eml": lambda content: message_from_bytes(content).keys()[0],
    "png": lambda content: Image.open(io.BytesIO(content)).verify(),
    "txt": open_text,
    "vtt": open_text,
}
OFFERED = ("pdf", "docx", "xlsx", "csv", "json")  # what an address that names a kind is asked for
BY_TYPE = {"text/plain": "txt", "text/vtt": "vtt"}  # answered without a name to save it under
PLAYED = ("video/", "audio/")  # added by somebody and handed out as it is


@dataclass
class Found:
    """The papers that were made, by address, and what was wrong with the others."""

    made: dict[str, Paper] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def keep(self, address: str, answer: HttpResponse) -> bool:
        """Keep the paper that an address answers with, or what is wrong with it. Return whether it is one."""
        media_type = answer.headers.get("Content-Type", "").partition(";")[0]
        if answer.status_code >= 500:
            self.wrong.append(f"{address}: answers {answer.status_code}")
        if answer.status_code != 200 or ("Content-Disposition" not in answer.headers and media_type == HTML):
            return False
        if not media_type.startswith(PLAYED):
            named = NAMED.search(answer.headers.get("Content-Disposition", ""))
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            self.open(address, named[1] if named else BY_TYPE.get(media_type, media_type), content)
        return True

    def open(self, name: str, ending: str, content: bytes) -> None:
        """Open a paper with the library for its kind."""
        self.made[name] = (ending, content)
        try:
            OPENERS[ending](content)
        except Exception as fault:  # whatever a library says of it
            self.wrong.append(f"{name}: does not open as {ending}: {type(fault).__name__}: {fault}")


def find_papers(world: World) -> Found:
    """Make every paper of every page, each kind that is offered once."""
    found, offers, makers = Found(), dict[tuple[Any, ...], tuple[Client, str]](), set[str]()
    pages = (entry for entry in table.entries() if entry.kind != "sends")
    for entry, role in ((page, role) for page in pages for role in _readers(page)):
        client, where = browser(world, role), world.where(role, OWN)
        client.raise_request_exception = False
        address = filled(entry.route, where)
        if entry.name in makers:
            continue
        answer = client.get(address)
        if found.keep(address, answer):
            makers.add(entry.name)
        elif answer.status_code == 200:
            offers |= {_signature(link): (client, link) for link in _links(address, answer)}
            if getattr(entry.pattern.callback, "asks", False):
                _send(found, client, address, answer)
        if "kind" in parts_of(entry.route):
            kinds = (filled(entry.route, where | {"kind": kind}) for kind in OFFERED)
            offers |= {_signature(other): (client, other) for other in kinds if other != address}
    for signature, (client, link) in offers.items():
        if link not in found.made and (signature[0] in makers or _names_a_kind(link) or "kind" in signature[1]):
            found.keep(link, client.get(link))
    return found


def _readers(entry: table.Entry) -> list[str]:
    """The two roles that see an address and have the most permissions between them: a page offers its papers to some alone."""
    roles = [role for role in entry.lines if entry.sees(role, OWN)]
    first = max(roles, key=lambda role: len(ROLES[role].permissions), default="")
    held = ROLES[first].permissions if first else frozenset()
    second = max(roles, key=lambda role: len(ROLES[role].permissions - held), default="")
    return list(dict.fromkeys(role for role in (first, second) if role))


def _links(address: str, answer: HttpResponse) -> Iterator[str]:
    for href in lxml.html.fromstring(answer.content).xpath("//a/@href"):
        link = urljoin(address, href).partition("#")[0]
        if link.startswith("/"):
            yield link


def _names_a_kind(link: str) -> bool:
    """Whether something that is asked in an address is the name of a kind of file: `?as=csv`."""
    return any(value in OPENERS for _, value in parse_qsl(urlsplit(link).query))


def _signature(link: str) -> tuple[Any, ...]:
    """What is alike in addresses that differ in their thing only: one of them is asked."""
    try:
        to = resolve(urlsplit(link).path)
    except Resolver404:
        return ("", link)
    asked = (*to.kwargs.items(), *parse_qsl(urlsplit(link).query))
    plain = tuple(sorted((name, A_THING.sub("*", str(value))) for name, value in asked))
    return (to.url_name, tuple(to.kwargs), plain)


def _send(found: Found, client: Client, address: str, answer: HttpResponse) -> None:
    """Send the forms of a page that keeps nothing: the answer may be a paper, of each kind that can be chosen."""
    for drawn in lxml.html.fromstring(answer.content).forms:
        to = urljoin(address, drawn.action or address)
        if drawn.method == "POST" and urlsplit(to).path == urlsplit(address).path:
            for kind in _choices(drawn) or [""]:
                typed = form(**dict(_filled_in(drawn, kind)))
                found.keep(f"{to} {kind}".strip(), client.post(to, typed))


def _choices(drawn: Any) -> list[str]:
    return [value for value in drawn.xpath(".//input[@type='radio']/@value | .//option/@value") if value in OPENERS]


def _filled_in(drawn: Any, kind: str) -> Iterator[tuple[str, str]]:
    """Each box of a form with something in it: of a choice `kind` where it has that, else the first."""
    for name in dict.fromkeys(drawn.inputs.keys()):
        boxes: Iterable[Any] = drawn.xpath(".//*[@name=$name]", name=name)
        values = [value for box in boxes for value in (box.xpath(".//option/@value") or [box.get("value", "")]) if value]
        box = next(iter(boxes))
        if box.get("type") not in ("hidden", "checkbox", "file", "submit") and box.tag != "button":
            yield name, kind if kind in values else values[0] if values else NO_SENTENCE
