"""A newsletter as text: what an editor writes and what changed in the library; and what of a text may be about a person."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+\.[\w.-]+")
_PHONE = re.compile(r"(?<!\d)(?:\+44[ -]?\(?0?\)?|0)\d(?:[ -]?\d){8,9}(?!\d)")
_REFERENCE = re.compile(r"\b[A-Z]{2}-\d{2}-\d{3,6}\b|\b\d{2}/\d{3,6}/\d{2}\b|\b(?:NRM|SCA)[ -]?\d{6,}\b")
_PAGE = re.compile(r"/guidance/documents/[0-9a-f-]{36}")  # its digits are no number of anybody's
_BORN = re.compile(r"\b(?:born|dob|d\.o\.b\.?|date of birth)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """One thing that changed: the document's title, what became of it in a few words, and where it stands."""

    title: str
    became: str
    path: str


def personal(text: str, known_numbers: Collection[str]) -> list[str]:
    """What in a text may be about one person: an e-mail address, a telephone number that is none of the force's list, the
    reference of a case, a birth. Each as it stands."""
    text = _PAGE.sub(" ", text)
    listed_numbers = {re.sub(r"\D", "", number) for number in known_numbers}
    phones = [match[0] for match in _PHONE.finditer(text) if re.sub(r"\D", "", match[0]) not in listed_numbers]
    others = [match[0] for pattern in (_MAIL, _REFERENCE, _BORN) for match in pattern.finditer(text)]
    return [*others, *phones]


def newsletter_markdown(title: str, intro: str, items: Iterable[Item]) -> str:
    """The newsletter as Markdown: its title, what the editor writes, then each thing that changed under its title."""
    parts = [f"# {_plain(title)}"]
    if intro.strip():
        parts += ["## In short", *(" ".join(_plain(part).split()) for part in intro.split("\n\n") if part.strip())]
    for item in items:
        parts += [f"## {_plain(item.title)}", f"{_plain(item.became)} It is in the library at {item.path}."]
    return "\n\n".join(parts) + "\n"


def _plain(text: str) -> str:
    """Text without what Markdown would take for marks of its own."""
    return re.sub(r"[*_`#\[\]]", "", text)
