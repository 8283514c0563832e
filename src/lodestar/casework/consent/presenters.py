"""The talk about referral, for reading: what was said and answered before, and what each answer leads to."""

from datetime import date
from typing import Any

from lodestar.casework.cases.models import ConsentAnswer
from lodestar.casework.consent.models import LeafletTranslation
from lodestar.casework.consent.rules import (
    ENGLISH,
    LEAFLET,
    Language,
    english_on,
    languages,
    notice_words,
    parts_of,
    read_mark,
    version_on,
)
from lodestar.platform.design.when import day as day_words
from lodestar.platform.design.words import curly
from lodestar.platform.reference.queries import contacts_on


def answer_words(row: ConsentAnswer) -> str:
    """What they answered. Silence is never read as no."""
    if row.leaves_referral:
        return "About the rest"
    if row.nrm is not None:
        return "Yes" if row.nrm else "No"
    return "They want time" if row.wants_time else "No answer"


def how_words(row: ConsentAnswer) -> str:
    """How they were asked, as far as it is recorded."""
    alone = {True: "alone", False: "not alone", None: "not recorded whether alone"}[row.spoke_alone]
    interpreter = {
        "independent": "interpreter independent",
        "companion": "through someone they know",
        "none": "no interpreter, and one was needed",
        "not_needed": "no interpreter needed",
        "": "interpreter not recorded",
    }[row.interpreter]
    job = f", job {row.job_number}" if row.job_number else ""
    language = f"in {row.language}, " if row.language else ""
    there = f", with {row.who_was_there}" if row.who_was_there else ""
    return f"{language}{alone}, {interpreter}{job}{there}"


CONTACT = {
    "yes": "May be contacted again, in the agreed way",
    "unsafe": "Not now: contact is not safe",
    "unwanted": "Asked not to be contacted again",
}
_REST = (("wants_support", "the support"), ("police_may_contact", "contact by the police"), ("may_be_named", "being named"))


def rest_words(row: ConsentAnswer) -> str:
    """Why they said no, and what else they were asked, in whole sentences; empty when neither was written down."""
    words = [f"Why not: {row.refusal_reason.rstrip('.')}."] if row.refusal_reason else []
    for answer, reply in ((True, "Yes"), (False, "No")):
        about = [what for name, what in _REST if getattr(row, name) is answer]
        if about:
            words.append(f"{reply} to {', '.join(about)}.")
    if row.contact_again:
        words.append(f"{CONTACT[row.contact_again]}.")
    if row.privacy_notice:
        words.append(f"{notice_words(row.privacy_notice, row.privacy_notice_language, row.language)}.")
    if row.leaflet:
        leaflet = shown_words(row.leaflet)
        words.append(f"{leaflet[0].upper()}{leaflet[1:]}.")
    return "".join(f"{sentence} " for sentence in words)


READ_OUT = "To be read through an interpreter"
CHECKED = "Checked translation"
BEHIND = "The English has changed since: go through it with an interpreter"


def leaflet(language: Language, row: LeafletTranslation | None, day: date) -> dict[str, Any]:
    """The leaflet of a language on a day: the checked translation where one holds, else the English."""
    english = english_on(day)
    numbers = next((part for part in english if part.contacts), None)
    own = language if row else languages()[ENGLISH]
    contacts = {contact["code"]: contact for contact in contacts_on(day)}
    return {
        "language": language,
        "lang": own["lang"],
        "dir": own["dir"],
        "parts": parts_of(row.text) if row else [part for part in english if not part.contacts],
        "numbers": [contacts[code] for code in (numbers.contacts if numbers else ()) if code in contacts],
        "numbers_heading": numbers.heading if numbers else "",
        "numbers_text": numbers.text if numbers else (),
        "is_read_out": row is None and language["code"] != ENGLISH,
        "says": state(language, row, day),
        "curly": curly,
    }


def state(language: Language, row: LeafletTranslation | None, day: date, text_of: str = LEAFLET) -> str:
    """What the place of a language holds of a text on a day, in one line."""
    version = version_on(day, text_of)
    if row is None:
        english = f"English of {day_words(version)}" if version else "No English yet"
        return english if language["code"] == ENGLISH else f"{READ_OUT}. {english}"
    says = f"{CHECKED}: {row.checked_by}, {day_words(row.checked_on)}. English of {day_words(row.english_version)}"
    return f"{says}. {BEHIND}" if version and row.english_version < version else says


def shown_words(written: str) -> str:
    """Which leaflet was shown, for reading: empty where none was."""
    if not written:
        return ""
    code, version, filed_on = read_mark(written)
    name = languages()[code]["name"] if code in languages() else code
    english = f"English of {day_words(version)}" if version else "English"
    if filed_on:
        return f"leaflet in {name}, translation filed {day_words(filed_on)}"
    return f"leaflet, {english}" if code == ENGLISH else f"leaflet, {english}, read out in {name}"


def choices() -> list[tuple[str, str]]:
    """The languages of the leaflet, to pick the one that was shown."""
    return [("", "None")] + [(language["code"], language["name"]) for language in languages().values()]
