"""What would go to the Home Office of a referral as it stands; of a notification without a name, each of its texts once it is
checked. Whoever renders or sends it begins here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lodestar.cases.access.redaction import CheckedText, LeavingText, Subject, check_texts
from lodestar.cases.rules.highlighting import ANONYMOUS
from lodestar.referrals.queries.writing import Sheet
from lodestar.referrals.rules.outgoing import TEXTS, Leaf, Line, own_values
from lodestar.referrals.rules.sections import asks


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

