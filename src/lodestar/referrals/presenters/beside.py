"""What a second victim may share with the first, in words: each answer whole, whose referral it is from, and who wrote it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.forms.boundfield import BoundField

from lodestar.cases.presenters.people import label
from lodestar.referrals.queries import Offered, Sheet

WEIGHT = 12_000  # bytes of answers on one page, which has a budget


@dataclass(frozen=True)
class Item:
    """One answer: to which question, in words, from where, and the tick that takes it."""

    label: str
    told: str
    source: str
    tick: BoundField


def at_once(offers: Sequence[Offered]) -> tuple[list[Offered], int]:
    """As many as fit on one page, at least one, and how many come after them."""
    some: list[Offered] = []
    weight = 0
    for one in offers:
        weight += len(str(one.row.words).encode())
        if some and weight > WEIGHT:
            break
        some.append(one)
    return some, len(offers) - len(some)


def items(form: Any, sheet: Sheet) -> list[Item]:
    """Each answer that is offered."""
    return [
        Item(
            label=one.ask.label,
            told=_said(one, sheet),
            source=f"From the referral of {label(one.row.writing.person)}, written by {one.row.written_by.name}",
            tick=form[name],
        )
        for name, one in form.offers.items()
    ]


def _said(one: Offered, sheet: Sheet) -> str:
    if one.ask.kind != "people":
        return one.ask.said(str(one.row.words))
    names = {str(person.id): label(person) for person in sheet.exploiters}
    return ", ".join(names[value] for value in one.ask.values(str(one.row.words)))
