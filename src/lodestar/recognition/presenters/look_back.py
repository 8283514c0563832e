"""Looking back from a case, in words that find no fault: what stands in earlier records, and what cannot be told."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from lodestar.cases.models import Case
from lodestar.design.words import listed
from lodestar.kernel.days import london_date
from lodestar.recognition.models import RecordSign
from lodestar.recognition.presenters.records import SignLine, not_held, sign_lines
from lodestar.recognition.queries.look_back import OfCase
from lodestar.recognition.rules.earlier import KINDS
from lodestar.recognition.rules.look_back import months_before

LONGEST_MONTH = 31  # days
WOULD_TELL = (
    "Import files for those months, or confirm on import that a period is complete."
)
WOULD_TELL_OF_GONE = "They cannot be imported again. Check the source systems, which may keep them longer."
NOTHING_BEFORE = "No earlier records found yet."


def shown(
    case: Case, found: OfCase, missing: Mapping[str, Sequence[date]], gone: Sequence[date], now: datetime
) -> dict[str, object]:
    """What the page of a case's look-back shows. `missing` are by kind the months of the year before of which it cannot be told
    whether records are held, `gone` those of them of which the clock may have let some go."""
    return {
        "case": case,
        "before": _by_name(found, found.before),
        "since": _by_name(found, found.since),
        "nothing": NOTHING_BEFORE,
        "cannot_tell": cannot_tell(found, missing, gone, london_date(case.encountered_at)),
        "asked": told_of_question(found),
        "now": now,
    }


def _by_name(found: OfCase, signs: Sequence[RecordSign]) -> list[tuple[str, list[SignLine]]]:
    by: dict[str, list[RecordSign]] = {}
    for one in signs:
        by.setdefault(name_of(found, one), []).append(one)
    return [(name, sign_lines(rows)) for name, rows in by.items()]


def name_of(found: OfCase, sign: RecordSign) -> str:
    """Who of the case the record may be about, and where it may be somebody else called alike."""
    earlier = sign.record.earlier_person_id
    name = found.names[earlier]
    return f"{name}, or someone with a similar name: not compared yet" if earlier in found.unsure else name


def cannot_tell(found: OfCase, missing: Mapping[str, Sequence[date]], gone: Sequence[date], day: date) -> list[str]:
    """What is not held, what says no day, and whom nothing can be looked for: sentences, none where all could be looked at."""
    lacks = {kind: rest for kind, months in missing.items() if (rest := [one for one in months if one not in gone])}
    told = _not_held(lacks, len(months_before(day)) - len(gone))
    if gone:
        told.append(
            f"Records of {listed(_runs(gone))} may have been deleted at the end of their retention period before everyone in this"
            f" case was recorded. {WOULD_TELL_OF_GONE}"
        )
    undated = dict.fromkeys(line.source for line in sign_lines([one for one in found.since if one.record.happened_at is None]))
    told += [
        f"{source}: it shows a sign, but the date is not known, so it may be earlier. Check the source system."
        for source in undated
    ]
    if found.unknown:
        told.append(
            f"Of {listed(found.unknown)} no name with a full date of birth is known, so earlier records cannot be searched."
        )
    return told


def _not_held(missing: Mapping[str, Sequence[date]], of: int) -> list[str]:
    """Of which months, of so many, nothing is held, and what would tell."""
    none = [kind for kind in missing if len(missing[kind]) == of]
    told = [not_held([kind for kind in KINDS if kind not in none])] if none else []
    told += [
        f"{KINDS[kind]} records: none here for {listed(_runs(months))}, and not confirmed that there were none."
        for kind, months in missing.items()
        if kind not in none
    ]
    if missing:
        told.append(WOULD_TELL)
    return told


def _runs(months: Sequence[date]) -> list[str]:
    """Months in words, those that follow each other together: March 2026; May 2026 to July 2026."""
    runs: list[list[date]] = []
    for month in months:
        if runs and (month - runs[-1][-1]).days <= LONGEST_MONTH:
            runs[-1].append(month)
        else:
            runs.append([month])
    return [f"{one[0]:%B %Y} to {one[-1]:%B %Y}" if len(one) > 1 else f"{one[0]:%B %Y}" for one in runs]


def told_of_question(found: OfCase) -> str:
    """To the named owners of a sealed case: who is asked about somebody in it, without knowing of the case."""
    if found.asked is None:
        return ""
    return (
        f"{found.asked.asked_of.name} has been asked whether someone in this case could be a possible victim, from earlier "
        "records. They do not know about this case. Speak to them yourself if the enquiry should stop."
    )
