"""What would go to the Home Office of a referral as it stands, what the coach reads of it, and what others share."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from lodestar.cases.access.redaction import CheckedText, LeavingText, Subject, check_texts
from lodestar.cases.models import Person
from lodestar.cases.rules.highlighting import ANONYMOUS
from lodestar.kernel.fingerprint import fingerprint
from lodestar.referrals.models import Answer
from lodestar.referrals.queries.writing import Sheet
from lodestar.referrals.rules.coach import File, Referral
from lodestar.referrals.rules.made import CONTROL, EXPLOITERS, PLACES, SECTORS, Place, places
from lodestar.referrals.rules.outgoing import TEXTS, Leaf, Line, own_values
from lodestar.referrals.rules.sections import Ask, asks


@dataclass(frozen=True)
class Going:
    """What would go: `leaves`, the form's pages in their order. Of an anonymous notification a text that is not clear is not in
    them, and `checked` are its texts as they were checked."""

    leaves: tuple[Leaf, ...]
    is_anonymous: bool = False
    checked: Sequence[CheckedText] = ()

    @property
    def is_clear(self) -> bool:
        """Whether nothing waits to be checked before it leaves."""
        return all(one.is_clear for one in self.checked)


def going(sheet: Sheet, day: date) -> Going:
    """What would go on a day. On a notification without a name no text goes that shows who it is about, or that no named person
    wrote or confirmed for it (Modern Slavery Act 2015 s52(3))."""
    leaves = sheet.goes(day)
    if not sheet.is_anonymous:
        return Going(leaves)
    checked = check_texts(subject_of(sheet), ANONYMOUS, _texts(sheet, leaves))
    clear = {one.leaving.field: one for one in checked}
    return Going(
        tuple(replace(leaf, lines=tuple(_checked(line, clear) for line in leaf.lines)) for leaf in leaves), True, checked
    )


def subject_of(sheet: Sheet) -> Subject:
    """Whom the texts are about, with what was answered of them here."""
    return Subject(sheet.person.case, sheet.person, sheet.people, list(own_values(sheet.answers, str(sheet.person.id))))


def _texts(sheet: Sheet, leaves: Sequence[Leaf]) -> Iterator[LeavingText]:
    """Each text that is typed, by its field: one that is proposed or the case's, nobody wrote for this."""
    codes = {field.name: ask for ask in asks(sheet.version).values() for field in ask.fields}
    for leaf in leaves:
        for line in leaf.lines:
            if line.state == "filled" and line.field.kind in TEXTS:
                ask = codes[line.field.name]
                yield LeavingText(line.field.name, ask.label, line.text, is_written=bool(sheet.own.get(ask.code)))


def _checked(line: Line, checked: Mapping[str, CheckedText]) -> Line:
    one = checked.get(line.field.name)
    if one is None or line.state != "filled":
        return line
    return replace(line, values=(one.text,)) if one.is_clear else Line(line.field, "unchecked")


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
        others=_other_texts(sheet),
    )


def _pages(leaves: Iterable[Leaf]) -> Mapping[str, str]:
    """The text under each page of the form; a page that is wanted and has none is there, and blank."""
    found = {}
    for leaf in leaves:
        states = {line.state for line in leaf.lines}
        if states & {"filled", "missing"}:
            found[leaf.page.code] = "\n".join(line.text for line in leaf.lines if line.state == "filled")
    return found


def _other_texts(sheet: Sheet) -> tuple[str, ...]:
    """What each of the others tells at length, as it stands."""
    told: dict[UUID, list[str]] = {}
    for row in sorted(sheet.others, key=lambda row: row.code):
        ask = asks(row.writing.form_version).get(row.code)
        if ask and ask.kind == "long_text" and row.words:
            told.setdefault(row.writing_id, []).append(str(row.words))
    return tuple("\n".join(words) for words in told.values())


MARK = 12  # characters of a fingerprint


@dataclass(frozen=True)
class Offered:
    """One answer of another referral that could hold here too. `mark` is of these very words of that referral."""

    ask: Ask
    row: Answer

    @property
    def mark(self) -> str:
        """What a form carries of it, so that only what was read is taken."""
        return fingerprint(str(self.row.writing_id), self.ask.code, str(self.row.words))[:MARK]


def offered(sheet: Sheet, *, with_papers: bool = True) -> tuple[Offered, ...]:
    """The answers of the other referrals of a sheet that can be common and that have none here, each question's latest, in the
    order of the form. Papers and people are offered only as far as they are this case's; without papers nothing more is read."""
    answered = sheet.told.keys() | sheet.written.keys()
    wanted = {code: ask for code, ask in asks(sheet.version).items() if ask.common and code not in answered}
    rows = [row for row in sheet.others if row.code in wanted and (with_papers or row.code != "upload-file")]
    found: dict[str, Answer] = {}
    for row in sorted(rows, key=lambda row: (row.written_at, row.id)):
        if row.words and _holds_here(sheet, row):
            found[row.code] = row
    return tuple(Offered(ask, found[code]) for code, ask in wanted.items() if code in found)


def _holds_here(sheet: Sheet, row: Answer) -> bool:
    """Whether what was picked from a case can be picked in this one."""
    picked = set(str(row.words).split("\n"))
    if row.code == EXPLOITERS:
        return picked <= {str(one.id) for one in sheet.exploiters}
    return row.code != "upload-file" or picked <= set(sheet.files)


@dataclass(frozen=True)
class Listed:
    """The codes of `means_of_control.toml` and `sectors.toml` that were ticked, and the places in the order of time."""

    control: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


def listed_of(people: Collection[UUID]) -> Mapping[UUID, Listed]:
    """What stands listed of each of these people, by person; of several versions of the form what was written last."""
    rows = Answer.objects.filter(writing__person__in=people, code__in=(CONTROL, SECTORS, PLACES))
    told: dict[UUID, dict[str, str]] = {}
    for person, code, words in rows.order_by("written_at", "number").values_list("writing__person", "code", "words"):
        told.setdefault(person, {})[code] = str(words)
    return {
        person: Listed(
            tuple(filter(None, found.get(CONTROL, "").split("\n"))),
            tuple(filter(None, found.get(SECTORS, "").split("\n"))),
            tuple(places(found.get(PLACES, ""))),
        )
        for person, found in told.items()
    }
