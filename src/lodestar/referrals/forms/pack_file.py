"""The answers to the Home Office's form in a JSON file, read into what a pack is made from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from lodestar.cases.rules.highlighting import ANONYMOUS, KnownValue, highlight, may_keep
from lodestar.kernel.strict_json import read_json
from lodestar.referrals.rules.form import Answers, Form, form, version_on
from lodestar.referrals.rules.outgoing import TEXTS, Leaf, is_notification, outgoing, own_values

LONGEST = 4_000_000  # bytes: more than the whole form with every answer as long as the form allows
_KEYS = ("answers", "day", "version", "may_be_named", "confirmed_texts")


class NoPack(ValueError):
    """The file holds no answers; `str` says why in one sentence."""


@dataclass(frozen=True)
class Confirmed:
    """That a named person confirmed one text for a notification without a name: `not_them` are the words of it that are somebody
    or something else, each with the reason."""

    by: str
    at: datetime
    sha256: str
    not_them: Mapping[str, str]


@dataclass(frozen=True)
class PackFile:
    """What a pack is made from."""

    form: Form
    answers: Answers
    day: date
    may_be_named: bool
    confirmed: Mapping[str, "Confirmed"] = field(default_factory=dict)

    def open_texts(self) -> list[str]:
        """Of a notification without a name each text that may not leave, in a sentence: one that nobody confirmed as it is, or
        that holds a value of the person concerned. Their own values are never kept as theirs (docs/adr/0045)."""
        if not is_notification(self.answers) or self.may_be_named:
            return []
        known = list(own_values(self.answers))
        lines = [line for leaf in self.goes() for line in leaf.lines if line.state == "filled" and line.field.kind in TEXTS]
        return [words for line in lines for words in self._open(line.field.name, line.text, known)]

    def _open(self, name: str, text: str, known: Sequence[KnownValue]) -> Iterator[str]:
        confirmed = self.confirmed.get(name)
        matches = highlight(text, known)
        if confirmed is None or confirmed.sha256.lower() != sha256(text.encode()).hexdigest():
            holds = "; ".join(dict.fromkeys(f"{match.kind} {match.typed!r}" for match in matches)) or "nothing that is marked"
            yield f"“{name}” is not confirmed as it is, in “confirmed_texts”. It holds {holds}"
        other = confirmed.not_them if confirmed else {}
        for match in matches:
            how = may_keep(match, ANONYMOUS)
            if how == "never" or (how == "not_them" and not other.get(match.typed, "").strip()):
                yield f"“{name}” holds the {match.kind} {match.typed!r} of the person concerned: take it out"

    def goes(self) -> tuple[Leaf, ...]:
        """What would go, page by page."""
        return outgoing(self.form, self.answers, day=self.day, may_be_named=self.may_be_named)


def pack_from(content: bytes, today: date) -> PackFile:
    """The answers of a file `{"answers": {field: text or list of texts}, "day", "version", "may_be_named"}`.

    `confirmed_texts` says of each text of a notification without a name `{field: {"by": name, "at": instant, "sha256": of the
    text}}`; with `"not_them": {words: reason}` for words that are like a value of the person concerned and are not.
    Without a day it is today, without a version that of the day, and nobody who declined is named unless it says so. Raises
    NoPack.
    """
    told = _object(content)
    day = _day(told.get("day"), today)
    may_be_named = told.get("may_be_named", False)
    if not isinstance(may_be_named, bool):
        raise NoPack("“may_be_named” is true or false.")
    held = _form(told.get("version", version_on(day)))
    confirmed = told.get("confirmed_texts", {})
    if not isinstance(confirmed, dict):
        raise NoPack("“confirmed_texts” is an object of the form's fields.")
    marked = {name: _confirmed(name, one) for name, one in confirmed.items()}
    return PackFile(held, _answers(told.get("answers"), held), day, may_be_named, marked)


def _confirmed(name: str, told: object) -> Confirmed:
    try:
        if not isinstance(told, dict):
            raise ValueError
        at = datetime.fromisoformat(told["at"])
        by, digest, not_them = told["by"].strip(), told["sha256"], told.get("not_them", {})
        if not by or at.tzinfo is None or not all(isinstance(one, str) for one in (digest, *not_them.values())):
            raise ValueError
    except (AttributeError, KeyError, TypeError, ValueError):
        raise NoPack(f"“confirmed_texts” says of “{name[:60]}” by who, at which instant with a zone, and its sha256.") from None
    return Confirmed(by, at, digest, not_them)


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
