"""The leaflet: its languages, what it says on a day, and how the one that was shown is written down. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from lodestar.platform.text.reference_lists import reference_list, rows_on

ENGLISH, LEAFLET, OPTIONS, PLAN = "english", "leaflet", "options", "plan"
TEXTS = {LEAFLET: "The leaflet", OPTIONS: "Options read out at the talk", PLAN: "Words of a person’s own plan"}
LONGEST_TRANSLATION = 12_000  # characters


Language = Mapping[
    str, Any
]  # its `code`, `name`, what it calls itself (`own_name`), its tag (`lang`), and which way it runs (`dir`)


@dataclass(frozen=True)
class Part:
    """A heading, the paragraphs under it, and the codes of the numbers to ring that stand there."""

    heading: str
    text: tuple[str, ...]
    contacts: tuple[str, ...] = ()
    code: str = ""
    who: str = ""  # `adult` or `child`; empty for everybody


def languages() -> Mapping[str, Language]:
    """Every language in which the leaflet has a place, by code, English first."""
    return {row["code"]: row for row in reference_list("consent", "leaflets").rows}


def english_on(day: date, text_of: str = LEAFLET) -> tuple[Part, ...]:
    """What the leaflet, or another text for the person, says in English on a day."""
    rows = rows_on("consent", f"{text_of}_english", day)
    return tuple(
        Part(row["heading"], tuple(row.get("text", ())), tuple(row.get("contacts", ())), row["code"], row.get("who", ""))
        for row in rows
    )


def version_on(day: date, text_of: str = LEAFLET) -> date | None:
    """The version of the English in force on a day: the first day of its latest part. None before there was one."""
    return max((row["from"] for row in rows_on("consent", f"{text_of}_english", day)), default=None)


def to_translate(day: date, text_of: str) -> tuple[Part, ...]:
    """The English as a translator has it: of all but the leaflet each heading begins with its code, which stays."""
    parts = (part for part in english_on(day, text_of) if not part.contacts)
    return tuple(part if text_of == LEAFLET else replace(part, heading=f"{part.code}: {part.heading}") for part in parts)


def in_translation(english: Sequence[Part], text: str) -> tuple[Part, ...] | None:
    """The parts of a text with codes in their translation, in the order of the English; None where one is missing."""
    own = {}
    for part in parts_of(text):
        code, _, heading = part.heading.partition(":")
        own[code.strip()] = replace(part, heading=heading.strip())
    if any(part.code not in own or len(own[part.code].text) < len(part.text) for part in english):
        return None
    return tuple(replace(part, heading=own[part.code].heading, text=own[part.code].text) for part in english)


def parts_of(text: str) -> tuple[Part, ...]:
    """A filed translation in parts: a line that begins with `#` is a heading, and a blank line ends a paragraph."""
    sections: list[tuple[str, list[list[str]]]] = [("", [[]])]
    for line in text.splitlines():
        words = line.strip()
        if words.startswith("#"):
            sections.append((words.lstrip("# "), [[]]))
        elif words:
            sections[-1][1][-1].append(words)
        elif sections[-1][1][-1]:
            sections[-1][1].append([])
    parts = (Part(heading, tuple(" ".join(paragraph) for paragraph in text if paragraph)) for heading, text in sections)
    return tuple(part for part in parts if part.heading or part.text)


def mark(language: str, version: date | None, filed_on: date | None) -> str:
    """How the leaflet that was shown is written down: `polish:2026-11-25`, and with a checked translation the day on which
    that was filed."""
    days = [day.isoformat() for day in (version, filed_on) if day is not None]
    return ":".join([language, *days])


def read_mark(written: str) -> tuple[str, date | None, date | None]:
    """What `mark` wrote: language, version of the English, day on which the translation was filed."""
    language, *days = written.split(":")
    dates: Sequence[date | None] = [*(date.fromisoformat(day) for day in days), None, None]
    return language, dates[0], dates[1]


_NOTICES = {"written": "given in writing", "read_out": "read out", "not_given": "not given"}


def notice_words(how: str, language: str, spoken: str) -> str:
    """What a talk says of the Home Office's Privacy Information Notice, and no more: how it was given, and in which language;
    what is read out is read out in the language `spoken`."""
    in_language = language or (spoken if how == "read_out" else "")
    return f"Privacy Information Notice: {_NOTICES[how]}{f' in {in_language}' if in_language else ''}"
