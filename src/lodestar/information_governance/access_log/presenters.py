"""The log in words: who saw or did what, on which list, when and why; and the same as rows of a file."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import Person
from lodestar.knowledge.library.models import Version
from lodestar.knowledge.library.presenters.documents import version_words
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.audit.models import Event
from lodestar.platform.audit.presenters import capital, fields_words, sentence
from lodestar.platform.time.days import london

MOST_PEOPLE = 3
LONGEST_REFERENCE = 20  # of what was asked for: an id says nothing to a reader
# What the pages are called on which people stand in a list, by the names of their addresses.
LISTS = {
    "my-work": "My work", "my-team": "My team", "my-unit": "the work of the unit or force", "unfilled-roles": "Unfilled roles",
    "morning-list": "Morning list", "referrals": "Referrals", "referrals-reconciled": "referrals beside crimes",
    "matches": "Possible duplicates and matches", "alerts": "Match alerts", "immigration": "Immigration disclosures",
    "case-owed": "what needs doing in the case", "case-do-now": "the first hour of the case", "owed": "one task",
    "person-offences": "others with the same record", "case-earlier": "earlier records of the case",
}  # fmt: skip


def what_words(event: Event) -> str:
    """What was seen or done, in plain words: of a list which one, of a search by what."""
    words = capital(sentence(event))
    if event.code == "cases.people_listed" and event.subject:
        return f"{words}: {LISTS.get(event.subject, event.subject.replace('-', ' '))}"
    if event.code == "cases.searched":
        return f"{words}: by {event.subject}"
    return words


def lines(
    events: Sequence[Event], names: Mapping[UUID, str], references: Mapping[UUID, str], guides: Mapping[str, Version],
    people: Mapping[UUID, str] | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """Events as lines. `guides` are the versions of guidance that some of them are about, by their subjects; `people` how
    those people are called who may be: by case and number."""
    return [_line(event, names, references, guides.get(event.subject), people or {}) for event in events]


def _line(
    event: Event, names: Mapping[UUID, str], references: Mapping[UUID, str], guide: Version | None, people: Mapping[UUID, str]
) -> dict[str, Any]:
    apart = abs((event.recorded_at - event.happened_at).total_seconds()) >= 60
    known = [people[person] for person in event.people if person in people][:MOST_PEOPLE]
    return {
        "at": event.recorded_at,
        "happened": event.happened_at if apart else None,
        "who": names.get(event.by, "somebody"),
        "role": role_names(event.role),
        "what": what_words(event),
        "case": _case(event, references),
        "people": tuple(known),
        "more_people": len(event.people) - len(known),
        "fields": fields_words(event),
        "reason": event.reason,
        "guide": version_words(guide) if guide else "",
        "guide_href": f"/guidance/versions/{guide.id}" if guide else "",
    }


def _case(event: Event, references: Mapping[UUID, str]) -> str:
    """The case of an event, nothing of a sealed one; of what was asked for and refused, what was asked for, where it says that
    without an id."""
    if event.case:
        return references.get(event.case, "")
    asked = event.subject if event.code in ("cases.emergency_refused", "cases.look_refused") else ""
    return asked if len(asked) <= LONGEST_REFERENCE else ""


def name_lines(people: Iterable[Person], search: UUID) -> list[dict[str, Any]]:
    """The people of a name, to choose the one who is meant: each leads to who has looked at them."""
    return [
        {
            "words": person.name,
            "href": f"/log/{search}?person={person.id}",
            "reference": person.case.reference,
            "year": str(london(person.case.encountered_at).year),
        }
        for person in people
    ]


FOR_THE_PERSON = ("When", "Role", "What")
FOR_A_FILE = ("When", "Who", "User name", "Role", "What", "Case", "Reason")


def file_rows(
    events: Iterable[Event], staff: Mapping[UUID, tuple[str, str]], references: Mapping[UUID, str], *, names_staff: bool
) -> list[tuple[str, ...]]:
    """The events as rows of a file: for a disciplinary file whole, for the person it is about without who, where and why."""
    rows: list[tuple[str, ...]] = []
    for event in events:
        at, role, what = f"{london(event.recorded_at):%Y-%m-%d %H:%M}", role_names(event.role), what_words(event)
        whole = (at, *staff.get(event.by, ("", "")), role, what, _case(event, references), event.reason)
        rows.append(whole if names_staff else (at, role, what))
    return rows


def role_names(roles: str) -> str:
    """The roles of an event as people call them."""
    return ", ".join(ROLES[role].name.lower() if role in ROLES else role for role in roles.split("+"))
