"""Recognition, on the page of a case: which signs were seen, of whom, when and by whom. They are listed and never added up."""

from collections.abc import Iterable
from uuid import UUID

from lodestar.accounts.permissions import Permission
from lodestar.cases.casefile import Panel, Row, Shown, at_most
from lodestar.design.when import moment
from lodestar.design.words import listed
from lodestar.kernel.days import london_date
from lodestar.recognition import queries
from lodestar.recognition.models import SignSeen
from lodestar.recognition.presenters.records import NOTHING_BEFORE, name_in_case, sign_lines, told_of_question
from lodestar.recognition.queries import look_back
from lodestar.recognition.rules import signs_on

THE_PLACE = "The place"
MOST_NAMES = 3
NONE = "No signs recorded yet."


def panel(shown: Shown) -> Panel:
    """The signs written down last, each with whom it is about; and for whom a supervisor has still to decide."""
    rows = queries.signs_of(shown.case)
    seen: dict[tuple[str, UUID], list[SignSeen]] = {}
    for row in reversed(rows):
        seen.setdefault((row.code, row.recorded_by_id), []).append(row)
    signs = {sign.code: sign.sentence for sign in signs_on(london_date(shown.case.encountered_at))}
    may_add = shown.member.may(Permission.CONCERN_RECORD)
    return Panel(
        "signs",
        "Signs seen" + (f", {len({row.code for row in rows})}" if rows else ""),
        _say(shown, bool(rows)),
        rows=at_most(_row(shown, signs.get(code, code.replace("_", " ")), of) for (code, _), of in seen.items()),
        link="All signs, and more to tick" if may_add and rows else "Tick what was seen" if may_add else "",
        href=f"/record/{shown.case.id}/signs/drugs",
    )


def earlier_panel(shown: Shown) -> Panel | None:
    """What earlier records say of the people: listed with where it stands, and never added up. None where none are held."""
    found = look_back.of_case(shown.case, shown.people)
    if not found.kinds_held and not found.people:
        return None
    lines = [
        Row(line.sentence, about=f"{name_in_case(found, sign)}. {line.source}")
        for sign, line in zip(found.before, sign_lines(found.before), strict=True)
    ]
    say = told_of_question(found) or ("" if found.before else NOTHING_BEFORE)
    return Panel("earlier", "Records before the first concern", say, rows=at_most(lines), link="Earlier records and gaps",
                 href=f"/cases/{shown.case.reference}/earlier")  # fmt: skip


def _say(shown: Shown, has_signs: bool) -> str:
    waiting = [shown.names[person.id] for person in shown.people if person.belief == "signs_only"]
    if waiting:
        return f"A supervisor has still to decide on {_named(waiting)}."
    return "" if has_signs else NONE


def _row(shown: Shown, sentence: str, rows: list[SignSeen]) -> Row:
    """One sign as one colleague wrote it down."""
    last = rows[0]
    who = [shown.names.get(row.person_id, "") if row.person_id else THE_PLACE for row in reversed(rows)]
    about = _named(name for name in dict.fromkeys(who) if name)
    return Row(sentence, about=f"{about}. Seen {moment(last.seen_at, shown.now)}, {last.recorded_by.name}")


def _named(names: Iterable[str]) -> str:
    told = list(names)
    return listed(told) if len(told) <= MOST_NAMES else f"{len(told)} people"
