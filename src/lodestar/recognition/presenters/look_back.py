"""Looking back from a case, in words that find no fault: what stands in earlier records, and what cannot be told."""

from collections.abc import Sequence
from datetime import datetime

from lodestar.cases.models import Case
from lodestar.design.words import listed
from lodestar.recognition.models import RecordSign
from lodestar.recognition.presenters.records import SignLine, not_held, sign_lines
from lodestar.recognition.queries.look_back import OfCase

NOTHING_BEFORE = "Nothing is recorded in the earlier records that are held. That is not the same as nothing there."


def shown(case: Case, found: OfCase, now: datetime) -> dict[str, object]:
    """What the page of a case's look-back shows."""
    return {
        "case": case,
        "before": _by_name(found, found.before),
        "since": _by_name(found, found.since),
        "nothing": NOTHING_BEFORE,
        "cannot_tell": cannot_tell(found),
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
    return f"{name}, or somebody called alike: nobody has compared them" if earlier in found.unsure else name


def cannot_tell(found: OfCase) -> list[str]:
    """What is not held, and whom nothing can be looked for: sentences, none where all could be looked at."""
    told = [not_held(found.kinds_held)] if not_held(found.kinds_held) else []
    if found.unknown:
        told.append(
            f"Of {listed(found.unknown)} no name with a whole date of birth is known, so earlier records cannot be looked for."
        )
    return told


def told_of_question(found: OfCase) -> str:
    """To the named owners of a sealed case: who is asked about somebody in it, without knowing of the case."""
    if found.asked is None:
        return ""
    return (
        f"{found.asked.asked_of.name} is asked whether somebody in this case could be a possible victim, from earlier records. "
        "They do not know of this case. Speak to them yourself if they should stop asking."
    )
