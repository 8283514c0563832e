"""What the quality coach is given of a referral that is being written. It is read when somebody looks, and kept nowhere."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from lodestar.cases.models import Person
from lodestar.referrals.queries.writing import Sheet
from lodestar.referrals.rules.coach import File, Referral
from lodestar.referrals.rules.outgoing import Leaf
from lodestar.referrals.rules.sections import asks

COMPARED = 40  # other referrals with which a text is compared: the latest, so that a page stays quick

Signs = Sequence[tuple[str, ...]]
_seen: list[Callable[[Person], Signs]] = []


def signs_from(provider: Callable[[Person], Signs]) -> None:
    """Called once as Lodestar starts, by what knows both: signs are another app's, and come as the phrases that tell them,
    the words of the list first."""
    _seen[:] = [provider]


def signs_of(person: Person) -> Signs:
    """The signs recorded of a person."""
    return [sign for provider in _seen for sign in provider(person)]


def for_the_coach(sheet: Sheet, day: date) -> Referral:
    """A referral as the coach reads it on a day, beside the other referrals of its sheet, which the reader may see."""
    written = sheet.told.get("what-evidence-you-will-submit", "")
    papers = asks(sheet.version)["upload-file"].values(sheet.told.get("upload-file", ""))
    told = [sheet.told.get(code, "") for code in ("pv-name-first-name", "pv-name-last-name")]
    return Referral(
        pages=_pages(sheet.goes(day)),
        day=day,
        treat_as=sheet.read.age.treat_as or "not_known",
        seen=tuple(signs_of(sheet.person)),
        names=tuple(name for name in (sheet.person.name, *told) if name),
        files=tuple(File(name, written) for name in papers),
        others=_texts(sheet),
    )


def _pages(leaves: Iterable[Leaf]) -> Mapping[str, str]:
    """The text under each page of the form; a page that is wanted and has none is there, and blank."""
    found = {}
    for leaf in leaves:
        states = {line.state for line in leaf.lines}
        if states & {"filled", "missing"}:
            found[leaf.page.code] = "\n".join(line.text for line in leaf.lines if line.state == "filled")
    return found


def _texts(sheet: Sheet) -> tuple[str, ...]:
    """What each of the others tells at length, as it stands."""
    told: dict[UUID, list[str]] = {}
    for row in sorted(sheet.others, key=lambda row: row.code):
        ask = asks(row.writing.form_version).get(row.code)
        if ask and ask.kind == "long_text" and row.words:
            told.setdefault(row.writing_id, []).append(str(row.words))
    return tuple("\n".join(words) for words in told.values())
