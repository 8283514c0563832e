"""The leaflet for reading: on an officer's telephone, held out to the person, or on paper."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from lodestar.cases.models import LeafletTranslation
from lodestar.cases.rules.leaflets import ENGLISH, Language, english_on, languages, parts_of, read_mark, version_on
from lodestar.design.when import day as day_words
from lodestar.design.when import on
from lodestar.design.words import curly
from lodestar.reference.queries import contacts_on

READ_OUT = "To be read through an interpreter"
CHECKED = "Checked translation"
BEHIND = "The English has changed since: go through it with an interpreter"


def leaflet(language: Language, row: LeafletTranslation | None, day: date) -> dict[str, Any]:
    """The leaflet of a language on a day: the checked translation where one holds, else the English."""
    english = english_on(day)
    numbers = next((part for part in english if part.contacts), None)
    own = language if row else languages()[ENGLISH]
    parts = parts_of(row.text) if row else tuple(part for part in english if not part.contacts)
    contacts = {contact["code"]: contact for contact in contacts_on(day)}
    codes = numbers.contacts if numbers else ()
    return {
        "language": language,
        "lang": own.lang,
        "dir": own.dir,
        "parts": tuple((curly(part.heading), tuple(curly(words) for words in part.text)) for part in parts),
        "numbers": tuple(
            {
                "label": curly(contacts[code]["name"]),
                "number": contacts[code]["number"],
            } for code in codes if code in contacts
        ),
        "numbers_heading": curly(numbers.heading) if numbers else "",
        "numbers_text": numbers.text if numbers else (),
        "is_read_out": row is None and language.code != ENGLISH,
        "says": state(language, row, day),
    }


def state(language: Language, row: LeafletTranslation | None, day: date) -> str:
    """What the place of a language holds on a day, in one line."""
    version = version_on(day)
    if row is None:
        english = f"English of {day_words(version)}" if version else "No English yet"
        return english if language.code == ENGLISH else f"{READ_OUT}. {english}"
    says = f"{CHECKED}: {row.checked_by}, {day_words(row.checked_on)}. English of {day_words(row.english_version)}"
    return f"{says}. {BEHIND}" if version and row.english_version < version else says


def places(translations: Mapping[str, LeafletTranslation], day: date) -> list[dict[str, Any]]:
    """Every language and what its place holds."""
    return [
        {
            "code": language.code,
            "name": language.name,
            "own_name": language.own_name,
            "lang": language.lang,
            "dir": language.dir,
            "says": state(language, translations.get(language.code), day),
            "is_checked": language.code in translations,
        }
        for language in languages().values()
    ]


def history(rows: Iterable[LeafletTranslation]) -> list[tuple[str, str]]:
    """What was filed and taken back in a language, in lines: what happened, and when and by whom."""
    return [
        (
            f"Taken back: {row.withdrawn_because}"
            if row.withdrawn_because
            else f"Filed. Checked by {row.checked_by}, {day_words(row.checked_on)}",
            f"{day_words(on(row.filed_at))}, {row.filed_by.name}",
        )
        for row in rows
    ]


def shown_words(written: str) -> str:
    """Which leaflet was shown, for reading: empty where none was."""
    if not written:
        return ""
    code, version, filed_on = read_mark(written)
    name = languages()[code].name if code in languages() else code
    english = f"English of {day_words(version)}" if version else "English"
    if filed_on:
        return f"leaflet in {name}, translation filed {day_words(filed_on)}"
    return f"leaflet, {english}" if code == ENGLISH else f"leaflet, {english}, read out in {name}"


def choices() -> list[tuple[str, str]]:
    """The languages of the leaflet, to pick the one that was shown."""
    return [("", "None")] + [(language.code, language.name) for language in languages().values()]
