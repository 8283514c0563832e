"""Needs, pure: which assessment it is, what it changes, what is missing of the first five days, how long a use lasts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from lodestar.platform.registers.rules import StateRules
from lodestar.platform.text.reference_lists import reference_list, words_of

CODE = "needs_assessment"  # what is owed within 72 hours, and at each change of stage
KINDS = ("full", "review")
DAYS = 5  # of the bridge, the day of the encounter the first
EVERY_DAY = 0
USE_LASTS = timedelta(hours=24)


words = partial(words_of, "needs", "need_words")  # what the codes of a kind are called, or another column of them
LEVELS, WISHES, REASONS = tuple(words("level")), tuple(words("wish")), tuple(words("reason"))
PARTS, USES = tuple(words("part")), tuple(words("use"))
UNMET, MET = "unmet", "met"
DISTRICT = r"[EW]0[6-9]\d{6}"  # the ONS code of a local authority district of England or Wales
WANTS = "wants"
# Which reason a record gives, by where it is recorded and its code there; what is not listed gives none.
FROM_RECORDS: Mapping[tuple[str, str], str] = {
    (row["source"], row["code"].partition(".")[2]): row["reason"] for row in reference_list("needs", "reasons_from_records").rows
}
NEED = StateRules(
    states={UNMET: "Unmet", MET: "Met"}, moves={UNMET: (UNMET, MET)}, closed=frozenset({MET}), reasons={UNMET: words("reason")}
)


def kind_of(is_first: bool, closes: Collection[str]) -> str:
    """Whether an assessment is full: the first one, and that which a new stage of support wants; any other is a review."""
    return "full" if is_first or closes else "review"


@dataclass(frozen=True)
class DomainAnswer:
    """What an assessment says of one domain; `level` empty where it was not asked about."""

    domain: str
    level: str
    wish: str
    words: str
    provider: str


def found_in(answers: Mapping[str, object], domains: Iterable[str]) -> list[DomainAnswer]:
    """What the answers say of each domain."""
    columns = ("level", "wish", "words", "provider")
    return [DomainAnswer(domain, *(str(answers.get(f"{domain}_{name}", "")) for name in columns)) for domain in domains]


@dataclass(frozen=True)
class Record:
    """What a record says of why help with a domain did not come: `code` as it is there, empty where help came or is awaited.
    Of no domain: it is about help as a whole."""

    domain: str
    source: str
    code: str
    row: UUID
    at: datetime


def reason_from(records: Iterable[Record], domain: str, wish: str, since: datetime) -> tuple[str, Record] | None:
    """The reason that the latest record of a domain since a day gives; None where it gives none. A refusal of help as a whole is
    none for a need with which they want help."""
    own = [one for one in records if one.at >= since and (one.domain == domain or (not one.domain and wish != WANTS))]
    last = max(own, key=lambda one: (one.at, str(one.row)), default=None)
    reason = FROM_RECORDS.get((last.source, last.code), "") if last else ""
    return (reason, last) if last and reason else None


def arranged_on(entries: Mapping[tuple[int, str], str], day: int, part: str) -> str:
    """What is arranged of one part of one day: of the day itself, else of every day; empty is a gap."""
    return entries.get((day, part), "") or entries.get((EVERY_DAY, part), "")


def gaps(entries: Mapping[tuple[int, str], str]) -> list[tuple[int, str]]:
    """The days and parts for which nothing is arranged, the earliest first."""
    return [(day, part) for day in range(1, DAYS + 1) for part in PARTS if not arranged_on(entries, day, part)]
