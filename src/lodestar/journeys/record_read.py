"""One row of a table of earlier records: somebody held, missing, stopped, found at an address, or in a call elsewhere. The whole
row is kept beside, sealed; nationality, language and what no column is known for stand there alone."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from lodestar.journeys import times_beside, ways_to_reach
from lodestar.journeys.entries import as_said, of_strangers
from lodestar.journeys.people_read import read_age
from lodestar.journeys.row_read import NothingTold, hint
from lodestar.journeys.typed_days import plain
from lodestar.journeys.values_read import read_born, read_moment
from lodestar.kernel.days import london_date
from lodestar.kernel.fuzzy import partial_date
from lodestar.kernel.person_age import age_between
from lodestar.kernel.typed import one_line, several_lines
from lodestar.recognition.rules.earlier import RecordTold

REFERENCES = ("record_ref", "custody_ref", "missing_ref", "misper_ref", "stop_ref", "incident_ref", "log_ref", "call_ref")
COLUMNS = (
    *REFERENCES, "happened_at", "reported_at", "name", "forename", "surname", "born", "dob", "age", "sex", "nationality",
    "language", "phone", "address", "place", "postcode", "offence", "outcome", "narrative", "source", "officer",
)  # fmt: skip
_KNOWN = frozenset(COLUMNS)
LONGEST = {"reference": 80, "name": 200, "place": 300, "offence": 300, "words": 4000, "source": 200}
_WHO_OR_WHAT = (
    "name", "forename", "surname", "born", "dob", "age", "phone", "address", "place", "offence", "narrative", "outcome",
)  # fmt: skip


def record_of(cells: Sequence[tuple[str, str]], kind: str, now: datetime, *, is_object: bool = False) -> RecordTold:
    """What the cells say, each with the name of its column; of an object it is told which keys are no columns.
    Raises NothingTold."""
    held, wrong = as_said(came := [(name, text) for name, text in cells if text.strip()], COLUMNS)
    told = {name: line for name, text in reversed(held) if name in COLUMNS and (line := one_line(text))}
    sealed = ways_to_reach.apart(held, _KNOWN)
    if not sealed and not any(name in told for name in _WHO_OR_WHAT):
        raise NothingTold("it says neither who nor what")
    kept = json.dumps(sorted(came))  # ascii: what is no letter of any script can be kept too
    key = hashlib.sha256(f"{kind}\n{kept}".encode()).hexdigest()
    times = times_beside.joined(told, held, now)
    notes = [*wrong, *(of_strangers(held, COLUMNS, times) if is_object else ()), *times.values()]
    happened_at, happened_as = _when(told, now, notes)
    day = london_date(happened_at or now)
    birth_date, ages = _ages(told, day, now, notes)
    name = told.get("name") or " ".join(told[part] for part in ("forename", "surname") if part in told)
    place = ", ".join(told[part] for part in ("place", "postcode") if part in told)
    narrative = _words(held)
    sources = [told[part] for part in ("source", "officer") if part in told]
    whole = {
        "reference": next((told[one] for one in REFERENCES if one in told), ""), "name": name, "place": place,
        "offence": told.get("offence", ""), "words": narrative, "source": ", ".join(sources),
    }  # fmt: skip
    notes += [f"{part} is long, and is kept in full with the row" for part, text in whole.items() if len(text) > LONGEST[part]]
    return RecordTold(
        key=key,
        kind=kind,
        kept=kept,
        happened_at=happened_at,
        happened_as=happened_as,
        birth_date=birth_date,
        age_min=ages[0],
        age_max=ages[1],
        address=(place or told.get("address", "")) if kind == "address" else "",
        reach="\n".join(dict.fromkeys(ways_to_reach.lines_of(held, sealed))),
        notes=notes,
        **{part: text[: LONGEST[part]] for part, text in whole.items()},
    )


def _words(held: Sequence[tuple[str, str]]) -> str:
    told = {name: several_lines(text) for name, text in reversed(held)}
    lines = [told.get("narrative", ""), f"Outcome: {told['outcome']}" if told.get("outcome") else ""]
    return "\n".join(line for line in lines if line)


def _when(told: Mapping[str, str], now: datetime, notes: list[str]) -> tuple[datetime | None, str]:
    reported = read_moment(told["reported_at"], now, None) if "reported_at" in told else None
    words = told.get("happened_at", "")
    happened = read_moment(words, now, reported[0] if reported else None) if words else None
    if words and happened is None:
        notes.append(f"happened_at “{words[:60]}” is no time that can be read or has not come, and is kept as typed{hint(words)}")
    found = happened or reported
    if found is None:
        notes.append("no time that can be read: whether it came before a concern cannot be told")
        return None, (words or told.get("reported_at", ""))[:60]
    if happened is None:
        notes.append("when it was reported stands for when it happened")
    as_typed = words or told.get("reported_at", "")
    return found[0], "" if happened and found[1] else as_typed[:60]


def _ages(
    told: Mapping[str, str], day: date, now: datetime, notes: list[str]
) -> tuple[str, tuple[int | None, int | None]]:
    """The date of birth, and the ages of that day."""
    birth_date = ""
    typed = told.get("born") or told.get("dob", "")
    if typed:
        born = read_born(typed, london_date(now))
        if born is None:
            notes.append(f"born “{typed[:60]}” is no date of birth that can be read, and is kept with the row{hint(typed)}")
        else:
            birth_date = born[0]
    age = read_age(told["age"]) if "age" in told else None
    if "age" in told and age is None and plain(told["age"]) not in ("unknown", "n/k", "nk"):
        notes.append(f"age “{told['age'][:60]}” is no age that can be read, and is kept with the row")
    if birth_date:
        return birth_date, age_between(partial_date(birth_date), day, day)
    return "", (age.low, age.high) if age else (None, None)
