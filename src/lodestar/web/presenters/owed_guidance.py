"""The steps of a case at which guidance is shown: what is owed in words, where it is answered, what is answered beside it."""

from dataclasses import dataclass

from lodestar.kernel.obligations import ObligationRow, obligation_rows
from lodestar.web.presenters.owed import OF_CASE, OF_OFFENCE, OF_PERSON, short

DO_NOW, OFFENCES = "/do-now", "/offences"


@dataclass(frozen=True)
class Step:
    """One step. `answered_at` is its page below the address of the case or person; empty where it has none of its own.
    `beside` is what else is answered there: its code and its sentence."""

    code: str
    sentence: str
    answered_at: str
    beside: tuple[tuple[str, str], ...]


def step_of(code: str, *, of_person: bool) -> Step | None:
    """The step of this code of the list of what is owed, as it is answered for a person or for a case; None where the list has
    none."""
    rows = obligation_rows().get(code)
    if not rows:
        return None
    where = _page(code, rows[-1], of_person)
    others = [(other, row[-1]) for other, row in obligation_rows().items() if where and other != code]
    beside = [(other, short(row)) for other, row in others if _page(other, row, of_person) == where]
    return Step(code, short(rows[-1]), where, tuple(beside))


def _page(code: str, row: ObligationRow, of_person: bool) -> str:
    if not of_person:
        return DO_NOW if row.line else f"/{OF_CASE[code][0]}" if code in OF_CASE else ""
    if code in OF_OFFENCE:
        return OFFENCES
    return f"/{OF_PERSON[code][0]}" if code in OF_PERSON else ""
