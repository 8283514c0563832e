"""Two people who may be one, in words: what is alike, what both rows hold, what was said; alerts; codes to quote."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.cases.presenters import PARTS, age_words, label, with_age
from lodestar.intelligence.identities.models import IdentityLink, Match, MatchAlert, MatchAnswer
from lodestar.intelligence.identities.rules.match_reasons import Code
from lodestar.platform.accounts.models import User
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import day_time, moment, on
from lodestar.platform.design.words import listed
from lodestar.platform.time.uk_dates import day_in_words

# What somebody who compares two records can have looked at, besides what was found alike.
LOOKED_AT = {
    "name": "the name",
    "born": "the date of birth",
    "phone": "a telephone number",
    "address": "an address",
    "looks": "how they look",
    "language": "the language",
    "said_so": "they said so themselves",
}
COVERED = {"name": "name_", "born": "born_", "phone": "phone_", "address": "address_"}  # by what was found alike itself
REASONS = {**{code.value: code.words for code in Code}, **LOOKED_AT}
AGAINST = {"born_differs"}  # it speaks against it: told, and nothing to tick
SAID = {
    "seems_same": "thought that they are the same person",
    "seems_other": "thought that they are not the same person",
    "linked": "linked them",
    "not_same": "recorded that they are not the same person",
    "again": "asked for it to be checked again",
    "unlinked": "undid the link",
}
AGE = "Age at encounter"  # at two meetings two ages, of one birth
NOT_RECORDED = "not recorded"


def reason_words(reasons: Iterable[str]) -> str:
    """What is alike, in a sentence: `the name and the date of birth`."""
    return listed([REASONS.get(reason, reason.replace("_", " ")) for reason in reasons])


def reason_choices(match: Match) -> list[tuple[str, str]]:
    """The reasons to tick: what was found alike first, then what else somebody can have looked at. None is ticked beforehand:
    what a machine found is looked at, not agreed to."""
    found_codes = [reason for reason in match.reasons if reason not in AGAINST]
    more = [reason for reason in LOOKED_AT if not any(code.startswith(COVERED.get(reason, "-")) for code in found_codes)]
    codes = [*found_codes, *more]
    return [(code, capital(REASONS.get(code, code.replace("_", " ")))) for code in codes]


def match_summary(match: Match, now: datetime) -> dict[str, Any]:
    """A likeness for a list or for whoever records one of the two. `match.said` is the kind of the latest answer, if it was
    read."""
    other = match.other
    latest_answer = getattr(match, "said", None) or ""
    return {
        "id": match.id,
        "one": label(match.person),
        "one_case": match.person.case.reference,
        "other": with_age(other, on(other.case.encountered_at)) if other else "",
        "other_case": other.case.reference if other else "",
        "reasons": reason_words(match.reasons),
        "code": match.code,
        "found_by": match.found_by.name,
        "found_at": moment(match.found_at, now),
        "said": latest_answer,
    }


def who_has(match: Match) -> User:
    """Who knows more of the person of whom a reader of the other case is told: whoever has the case, which a report of another
    system may have brought for them. Of a sealed case nobody is named but who recorded them."""
    case = match.person.case
    return match.found_by if case.sealed else case.owner or case.interim_owner


def quotes(rows: Sequence[Match]) -> list[dict[str, Any]]:
    """The codes, one for each person."""
    by_person: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        by_person.setdefault(row.person_id, {"who": label(row.person), "code": row.code})
    return list(by_person.values())


def side_by_side(person: Person, other: Person) -> list[dict[str, Any]]:
    """What both rows hold. Where one of them says nothing they do not differ: nobody asked."""
    rows = []
    is_one_birth = bool(person.birth_date) and person.birth_date == other.birth_date
    for (key, mine), (_, theirs) in zip(_recorded_details(person), _recorded_details(other), strict=True):
        if mine or theirs:
            differs = bool(mine and theirs) and mine.casefold() != theirs.casefold() and not (key == AGE and is_one_birth)
            rows.append({"key": key, "one": mine or NOT_RECORDED, "other": theirs or NOT_RECORDED, "differs": differs})
    return rows


def _recorded_details(person: Person) -> list[tuple[str, str]]:
    met = on(person.case.encountered_at)
    return [
        ("Name they gave", person.name),
        ("Description", person.description),
        ("Born", day_in_words(person.birth_date)),
        (AGE, age_words(person, met)),
        ("Language", person.language),
        ("Part in the case", listed([PARTS.get(role, role) for role in person.roles])),
        ("Died", "yes" if person.alive is False else ""),
    ]


def where_met(case: Case, now: datetime) -> str:
    """Where and when a case's people were met, for the head of a column."""
    when = case.encountered_as or moment(case.encountered_at, now)
    return f"{case.place}, {when}" if case.place else when


def history(answers: Iterable[MatchAnswer]) -> list[dict[str, Any]]:
    """What was said of a likeness, as a line of time."""
    return [
        {
            "title": capital(SAID[answer.kind]),
            "by": answer.said_by.name,
            "at": answer.said_at,
            "words": " ".join(
                part for part in (_alike_words(answer.reasons), f"“{answer.words}”" if answer.words else "") if part
            ),
        }
        for answer in answers
    ]


def _alike_words(reasons: Sequence[str]) -> str:
    return f"The same: {reason_words(reasons)}." if reasons else ""


def link_words(link: IdentityLink) -> str:
    """Who linked two records, when and why."""
    why = " ".join(part for part in (_alike_words(link.reasons), f"“{link.words}”" if link.words else "") if part)
    return f"Linked by {link.linked_by.name}, {day_time(link.linked_at)}. {why}".strip()


def alert_summary(
    alert: MatchAlert,
    reach: Mapping[UUID, tuple[str, str]],
    forces: Mapping[str, str],
    seen: set[UUID],
    settles: set[UUID],
    now: datetime,
) -> dict[str, Any]:
    """An alert in words. `seen` are the ids of the cases that the reader sees, `settles` those of the likenesses they may
    settle; nothing of another case is told. Of another force its name, and the code that its coordinator is quoted."""
    match = alert.match
    ours = match.other if match else alert.about
    case = ours.case if ours else None
    who = match.found_by if match else None
    has = who_has(match) if match else None
    force = forces.get(alert.from_force, "another force")
    number, unit = reach.get(has.id, ("", "")) if has else ("", f"the duty coordinator of {force}")
    return {
        "id": alert.id,
        "who": label(ours) if ours else "",
        "person_href": f"/people/{ours.id}" if ours else "",
        "reference": case.reference if case else "",
        "is_sealed": bool(case and case.sealed),
        "is_of_a_force": who is None,
        "by": who.name if who else force,
        "recorded": moment(match.found_at if match else alert.alerted_at, now),
        "rings": has.name if has else force,
        "reach": unit,
        "number": number,
        "reasons": reason_words(match.reasons) if match else "",
        "code": alert.code or (match.code if match and alert.told_as == "coordinator" else ""),
        "is_open": alert.seen_at is None,
        "did": f"{alert.did} ({alert.did_by.name}, {moment(alert.did_at, now)})" if alert.did_by and alert.did_at else "",
        "given_reference": match.person.case.reference if match and match.person.case_id in seen else "",
        "match_href": f"/matches/{match.id}" if match and match.id in settles else "",
    }


def also(records: Iterable[Person]) -> list[tuple[str, str]]:
    """The other records of somebody, each with its case: label and reference, a case once."""
    labels_by_reference: dict[str, str] = {}
    for record in records:
        labels_by_reference.setdefault(record.case.reference, label(record))
    return [(words, reference) for reference, words in labels_by_reference.items()]
