"""The answers to the Home Office's form in a JSON file, read into what a pack is made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lodestar.kernel.strict_json import read_json
from lodestar.referrals.rules.form import Answers, Form, form, version_on
from lodestar.referrals.rules.outgoing import Leaf, outgoing

LONGEST = 4_000_000  # bytes: more than the whole form with every answer as long as the form allows
_KEYS = ("answers", "day", "version", "may_be_named")


class NoPack(ValueError):
    """The file holds no answers; `str` says why in one sentence."""


@dataclass(frozen=True)
class PackFile:
    """What a pack is made from."""

    form: Form
    answers: Answers
    day: date
    may_be_named: bool

    def goes(self) -> tuple[Leaf, ...]:
        """What would go, page by page."""
        return outgoing(self.form, self.answers, day=self.day, may_be_named=self.may_be_named)


def pack_from(content: bytes, today: date) -> PackFile:
    """The answers of a file `{"answers": {field: text or list of texts}, "day", "version", "may_be_named"}`.

    Without a day it is today, without a version that of the day, and nobody who declined is named unless it says so. Raises
    NoPack.
    """
    told = _object(content)
    day = _day(told.get("day"), today)
    may_be_named = told.get("may_be_named", False)
    if not isinstance(may_be_named, bool):
        raise NoPack("“may_be_named” is true or false.")
    held = _form(told.get("version", version_on(day)))
    return PackFile(held, _answers(told.get("answers"), held), day, may_be_named)


def _object(content: bytes) -> Mapping[str, object]:
    if len(content) > LONGEST:
        raise NoPack(f"It is longer than the whole form can be ({LONGEST // 1_000_000} MB).")
    try:
        told = read_json(content)
    except ValueError as error:
        raise NoPack(f"It is no JSON that can be read: {error}.") from None
    if not isinstance(told, dict):
        raise NoPack("It is no JSON object.")
    odd = next((key for key in told if key not in _KEYS), None)
    if odd is not None:
        raise NoPack(f"“{odd[:40]}” is not known here; {', '.join(_KEYS)} are.")
    return told


def _day(told: object, today: date) -> date:
    if told is None:
        return today
    try:
        return date.fromisoformat(str(told))
    except ValueError:
        raise NoPack("“day” is a day like 2026-11-25.") from None


def _form(version: object) -> Form:
    try:
        return form(str(version))
    except FileNotFoundError:
        raise NoPack("That version of the form is known by its name alone; no pack can be made on it.") from None


def _answers(told: object, held: Form) -> Answers:
    if not isinstance(told, dict):
        raise NoPack("“answers” is missing: an object of the form's fields.")
    fields = {field.name for page in held.pages.values() for field in page.fields}
    for name, answer in told.items():
        if name not in fields:
            raise NoPack(f"“{name[:60]}” is no field of the form.")
        if not isinstance(answer, str) and not (
            isinstance(answer, list) and all(isinstance(one, str) for one in answer)
        ):
            raise NoPack(f"“{name}” is neither a text nor a list of texts.")
    return told
