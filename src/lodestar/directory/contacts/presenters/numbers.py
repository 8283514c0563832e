"""Whom to ring at this hour, beside a page: two or three numbers, with the name of whoever is on duty.

A local number is the force's own. Where it has set none the number says whom to ring instead.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lodestar.directory.contacts.queries import UNKNOWN, stored_books
from lodestar.directory.contacts.rules import DAY, NIGHT, Book, Contact, Duty, answering, kinds
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import clock
from lodestar.platform.design.words import curly
from lodestar.platform.reference.queries import contacts_on
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import london

OFFICER = ("duty_sergeant", "childrens_services", "slavery_helpline")
DECIDES = ("duty_inspector", "duty_coordinator", "childrens_services")
_RINGS = reference_list("contacts", "whom_to_ring").rows
# Whom to ring about one thing owed; what is not named here is answered without a call.
ABOUT = {code: tuple(row["numbers"]) for row in _RINGS if row["kind"] == "about" for code in row["codes"]}
# The page of every number: under which heading each stands. One that is not named here comes under the last.
HEADINGS = [(row["title"], tuple(row["numbers"])) for row in _RINGS if row["kind"] == "heading"]
LAST_HEADING = "Also"
CONTROL = "your control room"
OF_NO_FORCE = "Your force sets this number: sign in to see it, or ask your control room"


@dataclass(frozen=True)
class Number:
    """One number to ring. `number` is empty where none is set: `missing` is then the kind, `detail` says so, and whom to ring
    instead is in `instead_of` and `instead`, as far as anybody is."""

    label: str
    number: str
    detail: str
    missing: str = ""
    instead_of: str = ""
    instead: str = ""
    age: str = ""  # how long ago it was checked, where that is too long

    @property
    def in_words(self) -> str:
        """The number with all that is said of it, for a text."""
        if self.number:
            return ", ".join(part for part in (f"{self.label}: {self.number}", self.detail, self.age) if part)
        instead = f" {self.instead_of} on {self.instead}; ask your coordinator to add it" if self.instead else ""
        return f"{self.label}: {self.detail}{instead}"


def ring_now(codes: Iterable[str], now: datetime, book: Book) -> list[Number]:
    """The numbers of these contacts that answer at this hour, of a service of districts that of each: nothing here says which is
    asked about."""
    national = _national(now)
    numbers: list[Number] = []
    for code in codes:
        if code in national:
            numbers.append(_national_number(national[code]))
        elif code in kinds():
            numbers += [_with_duty(one, book.on_duty.get(code), now) for one in _numbers(code, now, book)]
        elif code + NIGHT in kinds():
            numbers += _of_service(code, now, book)
    return numbers


def every_number(now: datetime, book: Book) -> list[dict[str, Any]]:
    """Every number in force, under headings, with the hours at which it answers."""
    national = _national(now)
    codes = [*national, *kinds()]
    placed = {code for _, named in HEADINGS for code in named}
    headings = [*HEADINGS, (LAST_HEADING, tuple(code for code in codes if code not in placed))]
    return [{"title": title, "numbers": tuple(numbers_with_hours(named, now, book))} for title, named in headings]


def public_numbers(now: datetime) -> list[dict[str, Any]]:
    """For whoever has not signed in: every number of each force here, as the worker kept them last; where it has not, the
    national numbers. `name` is empty where there is one force at most."""
    kept = stored_books()
    if len(kept) < 2:
        return [{"name": "", "groups": every_number(now, kept[0][1] if kept else UNKNOWN)}]
    return [{"name": name, "groups": every_number(now, book)} for name, book in kept]


def numbers_with_hours(codes: Iterable[str], now: datetime, book: Book) -> Iterator[Number]:
    """The numbers of these contacts, whatever the hour, each with the hours at which it answers."""
    national = _national(now)
    for code in codes:
        if code in national:
            yield _national_number(national[code], with_hours=True)
        elif code in kinds():
            yield from _numbers(code, now, book, with_hours=True)


def _national(now: datetime) -> dict[str, Mapping[str, Any]]:
    return {row["code"]: row for row in contacts_on(london(now).date())}


def _national_number(row: Mapping[str, Any], *, with_hours: bool = False) -> Number:
    hours = row["hours"] if with_hours and row["hours"] != "always" else ""
    return Number(curly(row["name"]), row["number"], _sentences(hours, row.get("note", "")))


def _numbers(code: str, now: datetime, book: Book, *, with_hours: bool = False) -> list[Number]:
    places = [(place, book.find(code, place)) for place in book.districts_of(code)]
    if not any(contact for _, contact in places):
        return [_missing(code, "", now, book)]
    return [_local(one, now, book, with_hours=with_hours) if one else _missing(code, place, now, book) for place, one in places]


def _of_service(service: str, now: datetime, book: Book) -> list[Number]:
    places = [(place, *answering(service, place, book, now)) for place in book.districts_of(service + DAY, service + NIGHT)]
    if not any(contact for _, _, contact in places):
        return [_missing(places[0][1], "", now, book)]
    return [_local(one, now, book) if one else _missing(code, place, now, book) for place, code, one in places]


def _local(contact: Contact, now: datetime, book: Book, *, with_hours: bool = False) -> Number:
    today = london(now).date()
    days = contact.days_since_check(today)
    age = ("Never checked" if days is None else f"Last checked {days} days ago") if book.is_stale(contact, today) else ""
    hours = contact.hours.words if contact.hours.days and (with_hours or not contact.hours.answers_at(now)) else ""
    second = f"Or {contact.second_telephone}" if contact.second_telephone else ""
    return Number(curly(contact.label), contact.telephone, _sentences(hours, contact.note, second), age=age)


def _missing(code: str, district: str, now: datetime, book: Book) -> Number:
    kind = kinds()[code]
    label = curly(f"{kind.name}: {district}" if district else kind.name)
    if not book.is_known:
        return Number(label, "", OF_NO_FORCE, code)
    phrase = f"{kind.phrase} in {district}" if district else kind.phrase
    for instead in kind.instead:
        contact = book.find(instead)
        if contact is not None and contact.hours.answers_at(now):
            return Number(label, "", curly(f"No number set for {phrase}. Ring"), code, curly(kinds()[instead].phrase),
                          contact.telephone)  # fmt: skip
    return Number(label, "", curly(f"No number set for {phrase}. Ring {CONTROL}; ask your coordinator to add it"), code)


def _with_duty(number: Number, duty: Duty | None, now: datetime) -> Number:
    if duty is None or not number.number:
        return number
    until = f", until {clock(duty.to_at)}" if (duty.to_at - now).days < 1 else ""
    return replace(number, detail=curly(f"{duty.name}{until}"))


def _sentences(*parts: str) -> str:
    return curly(capital(". ".join(part.rstrip(".") for part in parts if part)))
