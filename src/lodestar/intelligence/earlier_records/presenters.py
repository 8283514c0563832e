"""Earlier records and the signs they may show, in words. Nobody is blamed: what is told is what stands in the records."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import Case
from lodestar.casework.concerns.rules import signs_on
from lodestar.intelligence.earlier_records.models import EarlierRecord, Prompt, PromptStep, RecordSign
from lodestar.intelligence.earlier_records.queries.look_back import OfCase
from lodestar.intelligence.earlier_records.queries.records import record_name, source_of
from lodestar.intelligence.earlier_records.rules.earlier import KINDS, months_before
from lodestar.intelligence.earlier_records.rules.words_read import BY_WORDS
from lodestar.platform.design.when import moment
from lodestar.platform.design.words import listed
from lodestar.platform.text.grouping import grouped
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import london_date
from lodestar.platform.time.uk_dates import day_in_words

NOBODY_NAMED = "someone without a name"
MOST_SIGNS = 3
NOTHING = "Nothing recorded yet."
STEPS = {
    "asked": "Asked of {to}", "again": "Asked of {to} again, for a new sign", "no": "Answered no",
    "yes": "Answered yes", "passed": "Passed on to {to}",
}  # fmt: skip


def sentences(day: date) -> dict[str, str]:
    """The sentence of each sign of the list and of each row of facts, by code."""
    by_code = {sign.code: sign.sentence for sign in signs_on(day)}
    return by_code | {row["code"]: row["sentence"] for row in reference_list("earlier_records", "record_patterns").rows}


def sign_lines(rows: Iterable[RecordSign]) -> list[dict[str, str]]:
    """The signs as they are read: the sentence of each, the very words or facts it rests on, and where they stand."""
    return [{"sentence": sentence_of(row), "rests_on": row.rests_on, "source": source_of(row.record)} for row in rows]


def sentence_of(row: RecordSign) -> str:
    """The sentence of a sign; of one that came from facts, that of its row."""
    return sentences(row.list_date).get(row.code if row.rule == BY_WORDS else row.rule, row.code.replace("_", " "))


def question(name: str) -> str:
    """The question, in the words in which it is put."""
    return f"Could {name} be a possible victim?"


def asked(
    rows: Sequence[Prompt], signs: Mapping[UUID, Sequence[RecordSign]], names: Mapping[UUID, tuple[str, str]], now: datetime
) -> list[dict[str, Any]]:
    """The questions of a list, each with the first of its signs and where they stand."""
    items = []
    for row in rows:
        of = list(signs.get(row.earlier_person_id, ()))
        sign_sentences = list(dict.fromkeys(sentence_of(sign) for sign in of))
        sources = list(dict.fromkeys(record_name(sign.record) for sign in of))
        items.append(
            {
                "href": f"/prompts/{row.id}",
                "question": question(name_of(names, row.earlier_person_id)),
                "signs": _cut(sign_sentences, "sign"),
                "source": _cut(sources, "record"),
                "asked": f"{row.asked_of.name} is asked, since {moment(row.asked_at, now)}",
            }
        )
    return items


def _cut(phrases: Sequence[str], what: str) -> str:
    more = len(phrases) - MOST_SIGNS
    return "; ".join(phrases[:MOST_SIGNS]) + (f"; and {more} more {what}{'s' if more > 1 else ''}" if more > 0 else "")


def name_of(names: Mapping[UUID, tuple[str, str]], person: UUID) -> str:
    """What they are called, and their birth where it is known."""
    name, born = names.get(person, ("", ""))
    return f"{name}, born {day_in_words(born)}," if name and born else name or NOBODY_NAMED


def record_lines(rows: Sequence[EarlierRecord], now: datetime) -> list[dict[str, Any]]:
    """The records, each whole."""
    return [
        {
            "name": record_name(row),
            "when": moment(row.happened_at, now) if row.happened_at else row.happened_as or "day not known",
            "who": row.name,
            "age": _age(row),
            "place": row.place,
            "offence": row.offence,
            "words": row.words,
            "came": f"{row.file_name}, imported by {row.recorded_by.name} {moment(row.recorded_at, now)}"
            + (f"; there from {row.source}" if row.source else ""),
        }
        for row in rows
    ]


def _age(row: EarlierRecord) -> str:
    low, high = row.age_min, row.age_max
    born = f"born {day_in_words(row.birth_date)}" if row.birth_date else ""
    if low is None and high is None:
        return born
    if low is None:
        age_words = f"{high} or under then"
    elif high is None:
        age_words = f"{low} or over then"
    else:
        age_words = f"{low} then" if low == high else f"{low} to {high} then"
    return ", ".join(part for part in (born, age_words) if part)


def steps(rows: Sequence[PromptStep]) -> list[dict[str, object]]:
    """What became of a question, as a line of time."""
    return [
        {"title": STEPS[row.what].format(to=row.to.name if row.to else ""), "by": row.by.name, "at": row.at, "words": row.reason}
        for row in rows
    ]


def not_held(kinds: Iterable[str]) -> str:
    """Of which kinds no earlier record is held, in a sentence; empty where all are."""
    missing = [KINDS[kind].lower() for kind in KINDS if kind not in set(kinds)]
    return f"No earlier records of {listed(missing)} are here, so for those it is not known." if missing else ""


LONGEST_MONTH = 31  # days
WOULD_TELL = "Import files for those months."
MAY_BE_GONE = (
    "Records of the year before may have been deleted at the end of their retention period before everyone in this case was "
    "recorded. Check the source systems, which may keep them longer."
)
NOTHING_BEFORE = "No earlier records found yet."


def look_back_context(
    case: Case, findings: OfCase, missing: Mapping[str, Sequence[date]], now: datetime, *, is_too_late: bool
) -> dict[str, object]:
    """What the page of a case's look-back shows. `missing` are by kind the months of the year before of which no record is held;
    `is_too_late`: the clock may have let some go."""
    return {
        "case": case,
        "before": _by_name(findings, findings.before),
        "since": _by_name(findings, findings.since),
        "nothing": NOTHING_BEFORE,
        "cannot_tell": cannot_tell(findings, missing, london_date(case.encountered_at), is_too_late=is_too_late),
        "asked": question_notice(findings),
        "now": now,
    }


def _by_name(findings: OfCase, signs: Sequence[RecordSign]) -> list[tuple[str, list[dict[str, str]]]]:
    by_name = grouped((name_in_case(findings, sign), sign) for sign in signs)
    return [(name, sign_lines(rows)) for name, rows in by_name.items()]


def name_in_case(findings: OfCase, sign: RecordSign) -> str:
    """Who of the case the record may be about, and where it may be somebody else called alike."""
    earlier = sign.record.earlier_person_id
    name = findings.names[earlier]
    return f"{name}, or someone with a similar name: not compared yet" if earlier in findings.unsure else name


def cannot_tell(findings: OfCase, missing: Mapping[str, Sequence[date]], day: date, *, is_too_late: bool) -> list[str]:
    """What is not held, what says no day, and whom nothing can be looked for: sentences, none where all could be looked at."""
    lines = _not_held(missing, len(months_before(day))) + ([MAY_BE_GONE] if is_too_late else [])
    undated = dict.fromkeys(
        line["source"] for line in sign_lines([sign for sign in findings.since if sign.record.happened_at is None])
    )
    lines += [
        f"{source}: it shows a sign, but the date is not known, so it may be earlier. Check the source system."
        for source in undated
    ]
    if findings.unknown:
        lines.append(
            f"Of {listed(findings.unknown)} no name with a full date of birth is known, so earlier records cannot be searched."
        )
    return lines


def _not_held(missing: Mapping[str, Sequence[date]], of: int) -> list[str]:
    """Of which months, of so many, nothing is held, and what would tell."""
    none = [kind for kind in missing if len(missing[kind]) == of]
    lines = [not_held([kind for kind in KINDS if kind not in none])] if none else []
    lines += [
        f"{KINDS[kind]} records: none here for {listed(_runs(months))}." for kind, months in missing.items() if kind not in none
    ]
    if missing:
        lines.append(WOULD_TELL)
    return lines


def _runs(months: Sequence[date]) -> list[str]:
    """Months in words, those that follow each other together: March 2026; May 2026 to July 2026."""
    runs: list[list[date]] = []
    for month in months:
        if runs and (month - runs[-1][-1]).days <= LONGEST_MONTH:
            runs[-1].append(month)
        else:
            runs.append([month])
    return [f"{run[0]:%B %Y} to {run[-1]:%B %Y}" if len(run) > 1 else f"{run[0]:%B %Y}" for run in runs]


def question_notice(findings: OfCase) -> str:
    """To the named owners of a sealed case: who is asked about somebody in it, without knowing of the case."""
    if findings.asked is None:
        return ""
    return (
        f"{findings.asked.asked_of.name} has been asked whether someone in this case could be a possible victim, from earlier "
        "records. They do not know about this case. Speak to them yourself if the enquiry should stop."
    )
