"""One row for every act a person is suspected of: whether section 45 of the Modern Slavery Act 2015 is considered, and how.

By the person's age when the act was done (s45(1) adult, s45(4) child), the law of that day and place. The system never
concludes that the defence applies.

What only the ledger tells of one act are events of the person whose names end with the key of the act. `section45_excluded
<act>`: a person settled that Schedule 4 excludes it. `section45_waits <act> <number>`: a full record waits, or waited, for its
countersignature; its instant is the end of the next tour. `section45_happened_without <act>`: a charge or another outcome came
while the full record was open. `section45_came <act> <kind>`: a charge, plea or hearing, with the record or without it.
`section45_account` is of the person: they gave a first or a further account.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from lodestar.casework.section45.rules import schedule4
from lodestar.casework.section45.rules.citations import Section, act_and_section, act_cited, offence_in, sections_cited
from lodestar.casework.section45.rules.schedule4 import COMMENCED, Judgement
from lodestar.platform.obligations.ages import ADULT, Bounds, age_between, shifted
from lodestar.platform.obligations.encounter_reading import PersonReading, Reading
from lodestar.platform.obligations.facts import PersonFacts, SuspectedAct
from lodestar.platform.obligations.obligations import as_instant
from lodestar.platform.text.reference_lists import rows_on
from lodestar.platform.time.days import after_hours

EXCLUDED, WAITS, WITHOUT = "section45_excluded", "section45_waits", "section45_happened_without"
CAME, ACCOUNT = "section45_came", "section45_account"
OUTCOMES = ("charge", "plea", "hearing")  # those after which it is considered again
CONSIDER_AGAIN = {
    "charge": "They were charged", "plea": "A plea was entered", "hearing": "A hearing was held", ACCOUNT: "They gave an account",
}  # fmt: skip
NEXT_TOUR = 24  # hours: the next tour ends so long after this one, and begins within so long after a decision


def name_of(event: str, act: str, number: int | str | None = None) -> str:
    """The name under which the ledger tells an event of one act."""
    return f"{event} {act}" if number is None else f"{event} {act} {number}"


def act_events(person: PersonFacts, event: str, act: str) -> Iterator[tuple[str, datetime]]:
    """Each such event of the act, with what stands behind its key (a number, or nothing)."""
    wanted = name_of(event, act)
    for name, when in person.events:
        if name == wanted or name.startswith(f"{wanted} "):
            yield name[len(wanted) + 1 :], as_instant(when)


def outcomes_without(person: PersonFacts) -> Iterator[tuple[str, datetime]]:
    """The act and the time of every outcome that came without the full record, whatever is known of the act by now."""
    for name, when in person.events:
        if name.startswith(f"{WITHOUT} "):
            yield name.removeprefix(f"{WITHOUT} "), as_instant(when)


def without(at: datetime) -> str:
    """The moment of `section45_full_record` that an outcome at `at` without it opens."""
    return f"happened without {at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def version(number: int | str) -> str:
    """The moment of `section45_countersign` of one version of a record."""
    return f"version {number}"


def countersign_by(decided_at: datetime, supervisors: Sequence[tuple[datetime, datetime]], tour_end: datetime | None) -> datetime:
    """The end of the next tour after a decision (force policy; a countersignature is never wanted out of hours).

    `supervisors` are the spans for which the roster has one on duty, `tour_end` is when the decider's own tour ends. The
    tour that begins next is the next one; where the roster holds none for the day after, it is reckoned to end 24 hours
    after the tour in which it was decided, or after the decision where no tour is known.
    """
    until = after_hours(decided_at, NEXT_TOUR)
    coming = sorted(span for span in supervisors if decided_at < span[0] <= until)
    if coming:
        return coming[0][1].astimezone(UTC)
    return after_hours(tour_end or decided_at, NEXT_TOUR)


OF_RESPONSIBILITY = 10  # Children and Young Persons Act 1933 s50

S45 = "Modern Slavery Act 2015 s45"

_ASK = {
    "scotland": "The act was in Scotland: ask its prosecutors, who follow the Lord Advocate's instructions.",
    "northern_ireland": "The act was in Northern Ireland: ask its prosecutors, under its own Act of 2015, section 22.",
    "abroad": "The act was abroad: ask, through the National Crime Agency, who decides there.",
}


@dataclass(frozen=True)
class ActReading:
    """One suspected act. `subject` tells it from the person's others; `by_date` says that it is its date that leaves open,
    or shuts out, whether the defence was there. `ages` are the lowest and highest age at the act; `settled` that a
    person found it on Schedule 4."""

    subject: str
    facts: SuspectedAct
    consider: bool
    test: str  # child, adult or both, by the age at the act, wherever it was done
    schedule: Judgement
    in_force: bool | None
    by_date: bool
    why: tuple[str, ...]
    authority: tuple[str, ...]
    ages: Bounds
    settled: bool

    @property
    def is_excluded(self) -> bool:
        """Whether Schedule 4 excludes it: by the words of the act, or by what a person settled where those leave it open."""
        return self.schedule.excluded is True or (self.schedule.excluded is None and self.settled)


def acts_of(person: PersonReading) -> tuple[ActReading, ...]:
    """The acts of a person aged ten or more at each, in their order, worked out once."""
    if "acts" not in person.kept:
        person.kept["acts"] = tuple(
            _read(person, act, act.key or str(number))
            for number, act in enumerate(person.facts.suspected_of, 1)
            if not is_under_ten(person, act)
        )
    acts: tuple[ActReading, ...] = person.kept["acts"]
    return acts


def is_under_ten(person: PersonReading, act: SuspectedAct) -> bool:
    """Whether the person was under ten at the act, by every reading."""
    highest = age_then(person, act)[1]
    return highest is not None and highest < OF_RESPONSIBILITY


def days_of(act: SuspectedAct, read: Reading) -> tuple[date, date]:
    """The first and the last day on which the act may have been done; what is not known is open to both sides.

    No act is later than the encounter unless it says so: without an end it goes on until then.
    """
    if act.on is None:
        return date.min, read.day
    first = act.on.start.earliest if act.on.start else date.min
    last = act.on.end.latest if act.on.end else max(read.day, first)
    return first, last


def age_then(person: PersonReading, act: SuspectedAct) -> Bounds:
    """Age at the act in completed years, lowest and highest, None where open.

    What is told of the age then counts; a date of birth narrows it. Told and reckoned that cannot both be true leave both open.
    """
    reckoned = _calculated_age_then(person, *days_of(act, person.of))
    recorded_age: Bounds = (act.age_then_min, act.age_then_max)
    if recorded_age == (None, None):
        return reckoned
    if _apart(recorded_age, reckoned):
        return None, None if recorded_age[1] is None or reckoned[1] is None else max(recorded_age[1], reckoned[1])
    if person.facts.birth.date:
        return _most(recorded_age[0], reckoned[0]), _least(recorded_age[1], reckoned[1])
    low, high = recorded_age
    return (reckoned[0] if low is None else low), (reckoned[1] if high is None else high)


def _calculated_age_then(person: PersonReading, first: date, last: date) -> Bounds:
    """From a date of birth that what is told of the age now bears out, exactly; else from the age when met."""
    birth, day = person.facts.birth, person.day
    if birth.date:
        now = age_between(birth.date, day, day)
        by_date: Bounds = age_between(birth.date, max(first, birth.date.earliest), last)
        if birth.basis == "assessed" or not _apart(now, (birth.age_min, birth.age_max)):
            return by_date
    age_when_met: Bounds = (person.age.low, person.age.high)
    if age_when_met == (None, None):
        return age_when_met
    low = None if first == date.min else shifted(age_when_met, day, first, last)[0]
    return low, shifted(age_when_met, day, last, last)[1]


def _apart(bounds: Bounds, other: Bounds) -> bool:
    """Whether no age lies within both."""
    lowest, highest = _most(bounds[0], other[0]), _least(bounds[1], other[1])
    return lowest is not None and highest is not None and lowest > highest


def _most(age: int | None, other: int | None) -> int | None:
    return other if age is None else age if other is None else max(age, other)


def _least(age: int | None, other: int | None) -> int | None:
    return other if age is None else age if other is None else min(age, other)


def _test(person: PersonReading, ages: Bounds) -> str:
    """child, adult, or both where the age at the act is not certain. Who may be a child now was none the older then."""
    low, high = ages
    if high is not None and high < ADULT:
        return "child"
    if low is not None and low >= ADULT and not person.is_child:
        return "adult"
    return "both"


def _read(person: PersonReading, act: SuspectedAct, subject: str) -> ActReading:
    first, last = days_of(act, person.of)
    judged = schedule4.judge(act.act, act.section, act.title, act.particulars, first, last)
    schedule = schedule4.as_set(judged, person.of.settings.on(last)["schedule4_additions"])
    ages = age_then(person, act)
    test = _test(person, ages)
    in_force, by_date, law = _in_force(act.where, first, last)
    consider, because = _consider(person, act, test, schedule)
    authority = [S45 + {"child": "(4)", "adult": "(1)-(3)", "both": "(1)-(4)"}[test]]
    if schedule.entry:
        authority.append(f"Modern Slavery Act 2015 Schedule 4 paragraph {schedule.entry.para}")
    why = (*because, *_TEST_WORDS[test], *law, *_schedule_words(schedule))
    settled = any(act_events(person.facts, EXCLUDED, subject))
    return ActReading(subject, act, consider, test, schedule, in_force, by_date, why, tuple(authority), ages, settled)


_TEST_WORDS = {
    "child": ("Under 18 at the time: compulsion need not be shown.",),
    "adult": ("An adult at the act.",),
    "both": ("The age at the act is not certain, so both tests are looked at.",),
}


def _schedule_words(judgement: Judgement) -> tuple[str, ...]:
    if judgement.excluded:
        return ("The offence is on Schedule 4; duress, public interest and the referral remain.",)
    return ("Whether the offence is on Schedule 4 is for a person to settle.",) if judgement.excluded is None else ()


def _in_force(where: str | None, first: date, last: date) -> tuple[bool | None, bool, tuple[str, ...]]:
    """Whether the defence was there; whether it is the date that leaves it open or shuts it; and the words for it."""
    if where in _ASK:
        return None, False, (_ASK[where],)
    if last < COMMENCED:
        return False, True, ("Done before 31 July 2015, when the defence began.",)
    if first < COMMENCED:
        reason = "when it was done is not known" if first == date.min else "it may reach back before 31 July 2015"
        return None, True, (f"Whether the defence was there is open: {reason}.",)
    if where is None:
        return None, False, ("Where it was done is not recorded, so whose law it is stays open.",)
    return True, False, ()


def _consider(person: PersonReading, act: SuspectedAct, test: str, schedule: Judgement) -> tuple[bool, tuple[str, ...]]:
    """Whether it is considered, whatever the person's part, and why. Exclusion by Schedule 4 never says no."""
    if act.where in _ASK:
        return False, ("It is not for the law of England and Wales.",)
    why = []
    if person.is_possible_victim:
        why.append("They may be a victim.")
    elif person.facts.belief is None:
        why.append("Whether they may be a victim is not recorded.")
    if person.is_child or person.age.treat_as == "not_known":
        why.append("They are, or may be, under 18.")
    elif test != "adult":
        why.append("They were, or may have been, under 18 at the act.")
    if on_trigger_list(act, schedule, person.day):
        why.append("The offence is often linked to exploitation.")
    if why:
        return True, tuple(why)
    return False, ("No sign is recorded, they were an adult, and the offence is not on the trigger list.",)


def on_trigger_list(act: SuspectedAct, schedule: Judgement, day: date) -> bool:
    """Whether the offence is on the dated list of a day, or may be: a section or subsection not told does not say no."""
    name, section = act_and_section(act.act, act.section)
    cited_act = act_cited(name)
    text = schedule4.searchable_text(offence_in(name), act.title, act.particulars)
    rows = rows_on("section45", "trigger_list", day)
    if cited_act is None or schedule4.is_aimed_at_another(cited_act, section, text):
        named = (row for row in rows if schedule4.mentions(schedule4.patterns_of(tuple(row["words"])), text))
        return any(not _excluded_kind(row, schedule) for row in named)
    sections = sections_cited(section)
    for row in rows:
        listed = act_cited(f"{row['act']} {row['year']}")
        if listed is None or cited_act.name != listed.name or cited_act.year not in (None, listed.year):
            continue
        wanted = _sections(tuple(row["sections"]))
        fits = any(cited_section.lies_in(other) or cited_section.may_be(other) for cited_section in sections for other in wanted)
        if (fits or not sections) and not _excluded_kind(row, schedule):
            return True
    return False


def _excluded_kind(row: Mapping[str, Any], schedule: Judgement) -> bool:
    """Burglary is on the list only where Schedule 4 does not exclude it."""
    return bool(row.get("unless_excluded")) and schedule.excluded is True


@cache
def _sections(texts: tuple[str, ...]) -> tuple[Section, ...]:
    return tuple(section for text in texts for section in sections_cited(text))
