"""A setting of the rules in words: what it is, what it was and is set to, who decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from lodestar.accounts.access import Member
from lodestar.accounts.permissions import Permission
from lodestar.cases.models import SettingChange
from lodestar.cases.rules import Settings, every_setting
from lodestar.design.when import day
from lodestar.kernel.obligations import obligation_rows
from lodestar.kernel.reference_lists import reference_list

SURE = {
    "verified": "Its source was read when it was written",
    "excerpt": "Seen as an excerpt of the source only",
    "background": "Professional knowledge, checked against no source yet",
    "unconfirmed": "Nothing confirms it yet",
}
LEVELS = {
    "force": "Force",
    "regional": "Regional",
    "national": "National",
    "international": "International",
    "cross_force": "Together with the other force",
}
RECORDING = {"encounter": "From the meeting", "positive_rg": "From a positive reasonable-grounds decision"}

ADDITIONS = {"listed": "Listed from the day named", "person_looks": "From the day named a person must look"}
NOT_KNOWN = {"": "Not known: your force sets this"}
REVIEWS = {"off": "Not offered", "offered": "Offered, and never waited for"}
LIMITS = {"30_days": "30 days from the notice", "3_months": "3 months from the notice"}


@dataclass(frozen=True)
class Words:
    """What a setting is called, its values in words, the unit of a number, and the rules that read it."""

    title: str
    values: Mapping[str, str]
    unit: str = ""
    rules: tuple[str, ...] = ()


WORDS = {
    "emergency_access_hours": Words("How long emergency access lasts", {}, "hours"),
    "alert_people_a_night": Words("How many people somebody opens in a night before it is asked about", {}, "people"),
    "alert_listed_a_night": Words("How many people somebody is shown in lists in a night", {}, "people"),
    "alert_leaving_days": Words("How long before somebody leaves what they give out is asked about", {}, "days"),
    "crime_recording_point": Words("When the 24 hours to record a crime begin", RECORDING, rules=("record_crime",)),
    "reconsideration_limit": Words(
        "How long a negative decision can be asked to be looked at again", LIMITS, rules=("consider_reconsideration",)
    ),
    "schedule4_additions": Words(
        "How offences that came onto Schedule 4 on a day not confirmed are read",
        ADDITIONS,
        rules=("schedule4_person_must_look", "duress_and_public_interest"),
    ),
    "gatekeeper_review": Words("Whether a referral is looked over by somebody else before it goes", REVIEWS),
    "age_in_doubt_up_to": Words(
        "Up to what age a dispute means they may be a child",
        {},
        "years",
        ("establish_age", "tell_childrens_services_now"),
    ),
    "pip3_victims": Words(
        "How many possible victims call for a senior investigator", {}, "possible victims", ("consider_pip3",)
    ),
    "tasking_decision_victims": Words(
        "How many possible victims in one place call for a tasking decision",
        {},
        "possible victims",
        ("record_tasking_decision",),
    ),
    "tasking_decision_suspects": Words(
        "How many linked suspects call for a tasking decision", {}, "suspects", ("record_tasking_decision",)
    ),
    "tasking_organised_group": Words("Tasking for an organised group", LEVELS, rules=("record_tasking_decision",)),
    "tasking_other_area": Words("Tasking across force areas", LEVELS, rules=("record_tasking_decision",)),
    "tasking_links_abroad": Words("Tasking for links abroad", LEVELS, rules=("record_tasking_decision",)),
    "tasking_death_or_diplomat": Words(
        "Tasking for a death or a diplomat’s household", LEVELS, rules=("record_tasking_decision",)
    ),
    "number_forced_marriage_unit": Words(
        "The number of the Forced Marriage Unit", NOT_KNOWN, rules=("forced_marriage_steps",)
    ),
    "number_coroner": Words("The number of the coroner’s office", NOT_KNOWN, rules=("tell_coroner",)),
    "number_protocol_contact": Words(
        "The number of the protocol contact for a diplomat’s household",
        NOT_KNOWN,
        rules=("tell_foreign_office_protocol",),
    ),
    "keep_victim_months": Words("When what is held about a possible victim is looked at again", {}, "months"),
    "keep_no_grounds_months": Words("The same where no reasonable grounds are recorded", {}, "months"),
    "keep_earlier_months": Words("When earlier records that nobody needs are let go", {}, "months"),
    "keep_likeness_months": Words("When a likeness of two people that was never linked is let go", {}, "months"),
    "keep_draft_days": Words("When what was typed and never sent is let go", {}, "days"),
    "keep_file_days": Words("When a stored file goes that nothing refers to", {}, "days"),
    "keep_request_months": Words("When a request of somebody about themselves does not say any more who asked", {}, "months"),
    "keep_let_go_months": Words("How long a mark stops what was let go from coming in again", {}, "months"),
    "keep_suspect_months": Words("When what is held about a suspect is looked at again", {}, "months"),
    "keep_witness_months": Words("When what is held about a witness is looked at again", {}, "months"),
    "keep_other_months": Words("When what is held about anybody else in a case is looked at again", {}, "months"),
}


@dataclass(frozen=True)
class Line:
    """One setting in the list of them: what holds today and since when, and what waits or is to come."""

    key: str
    title: str
    now: str
    whose: str
    to_come: str
    waits: int


@dataclass(frozen=True)
class Dated:
    """One value and the days it holds."""

    start: str
    end: str
    value: str
    who: str
    reason: str = ""


@dataclass(frozen=True)
class Proposal:
    """A change that waits, or was refused."""

    id: UUID
    key: str
    title: str
    value: str
    start: str
    by: str
    reason: str
    said: str
    can_decide: bool


def title_of(key: str) -> str:
    """What the setting is called."""
    return WORDS[key].title


def value_words(key: str, value: object) -> str:
    """A value in words: `Regional`, `5 possible victims`."""
    words = WORDS[key]
    return words.values.get(str(value)) or f"{value} {words.unit}".strip()


def choices_of(key: str) -> list[tuple[str, str]]:
    """What the setting offers, each with its words; empty for a number."""
    return [(value, value_words(key, value)) for value in every_setting()[key].get("choices", ())]


def bounds_of(key: str) -> tuple[int, int] | None:
    """The smallest and largest whole number the setting offers; None for choices."""
    row = every_setting()[key]
    return (row["least"], row["most"]) if "least" in row else None


def is_telephone(key: str) -> bool:
    """Whether the setting is a number to ring."""
    return bool(every_setting()[key].get("telephone"))


def lines(settings: Settings, changes: Sequence[SettingChange], today: date) -> list[Line]:
    """Every setting with what holds today."""
    found = []
    for key in every_setting():
        own = [one for one in changes if one.key == key]
        agreed = [one for one in own if one.decision == "approved"]
        ahead = sorted((one.from_date, one.value) for one in agreed if one.from_date > today)
        found.append(
            Line(
                key=key,
                title=title_of(key),
                now=value_words(key, settings.on(today)[key]),
                whose="The force's own" if any(one.from_date <= today for one in agreed) else "As shipped",
                to_come="; ".join(f"from {day(start)}: {value_words(key, value)}" for start, value in ahead),
                waits=sum(not one.decision for one in own),
            )
        )
    return found


def about(key: str, settings: Settings, today: date) -> list[tuple[str, str]]:
    """What is told of a setting, as headings and words."""
    row, header = every_setting()[key], reference_list("cases", "settings").header
    stricter = value_words(key, row["stricter"]) if "stricter" in row else ""
    return [
        ("What it is", row["about"]),
        *([("Sources disagree, or confirm nothing", f"The stricter is shipped: {_lower(stricter)}")] if stricter else []),
        ("Today", value_words(key, settings.on(today)[key])),
        ("It can be", _offers(key)),
        ("Basis", "Force policy. Law and guidance leave the choice"),
        ("How sure we are of what is shipped", SURE[row["confidence"]]),
        ("Shipped on", f"{day(header['published'])}; to be looked at again by {day(header['review_by'])}"),
    ]


def _offers(key: str) -> str:
    bounds = bounds_of(key)
    if bounds:
        return f"A whole number from {bounds[0]} to {bounds[1]}"
    return "A telephone number" if is_telephone(key) else _either([name for _, name in choices_of(key)])


def _either(names: Sequence[str]) -> str:
    first, *others = names
    return ", or ".join([first, *map(_lower, others)])


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def rules_of(key: str) -> list[tuple[str, str]]:
    """The rules that read a setting: code and title."""
    return [(code, obligation_rows()[code][-1].title) for code in WORDS[key].rules]


def settings_of(code: str) -> list[tuple[str, str]]:
    """The settings that a rule reads: key and title."""
    return [(key, words.title) for key, words in WORDS.items() if code in words.rules]


def dated(key: str, agreed: Iterable[SettingChange]) -> list[Dated]:
    """The values of a setting with the days each holds, the latest first. A change that never held a day is left out."""
    own = sorted(
        (one for one in agreed if one.decision == "approved"), key=lambda one: (one.from_date, one.decided_at, one.id)
    )
    by_day = {one.from_date: one for one in own}
    days = sorted(by_day)
    found = [
        Dated(
            start=day(start),
            end=day(days[n + 1] - timedelta(days=1)) if n + 1 < len(days) else "still",
            value=value_words(key, by_day[start].value),
            who=_two(by_day[start]),
            reason=by_day[start].reason,
        )
        for n, start in enumerate(days)
    ]
    return [*reversed(found), *_shipped(key, days[0] if days else None)]


def _shipped(key: str, until: date | None) -> list[Dated]:
    rows = [row for row in reference_list("cases", "settings").rows if row["key"] == key]
    return [
        Dated(
            start=day(row["from"]) if row.get("from") else "From the beginning",
            end=_end(row.get("to"), until),
            value=value_words(key, row["value"]),
            who="Shipped with Lodestar",
        )
        for row in reversed(rows)
    ]


def _end(end: date | None, until: date | None) -> str:
    last = min((one for one in (end, until - timedelta(days=1) if until else None) if one), default=None)
    return day(last) if last else "still"


def _two(change: SettingChange) -> str:
    second = change.decided_by.name if change.decided_by else ""
    return f"{change.proposed_by.name}, second: {second}"


def proposals(changes: Iterable[SettingChange], member: Member) -> list[Proposal]:
    """Changes with who proposed them and why, and what was said to them."""
    return [
        Proposal(
            id=one.id,
            key=one.key,
            title=title_of(one.key),
            value=value_words(one.key, one.value),
            start=day(one.from_date),
            by=f"{one.proposed_by.name}, {day(one.proposed_at)}",
            reason=one.reason,
            said=_said(one),
            can_decide=not one.decision and member.may(Permission.SETTING_APPROVE),
        )
        for one in changes
        if one.key in WORDS
    ]


def _said(change: SettingChange) -> str:
    if not change.decision or change.decided_by is None or change.decided_at is None:
        return ""
    took_back = change.decision == "refused" and change.decided_by_id == change.proposed_by_id
    did = "Taken back" if took_back else change.decision.capitalize()
    said = f"{did} by {change.decided_by.name}, {day(change.decided_at)}"
    return f"{said}: {change.answer}" if change.answer else said


def proposal_rows(one: Proposal, change: SettingChange, settings: Settings) -> list[dict[str, Any]]:
    """A change as a summary list: what is, what would be, from when, who says so and why."""
    before = settings.on(change.from_date - timedelta(days=1))[change.key]
    return [
        {"key": "Until then", "value": value_words(change.key, before)},
        {"key": "Proposed", "value": one.value},
        {"key": "From", "value": f"The beginning of {one.start}"},
        {"key": "Proposed by", "value": one.by},
        {"key": "Because", "value": one.reason},
    ]
