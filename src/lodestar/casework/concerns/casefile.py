"""Recognition, on the page of a case: which signs were seen, of whom, when and by whom. They are listed and never added up."""

from collections.abc import Iterable
from uuid import UUID

from lodestar.casework.case_files.casefile import CaseContext, Panel, Row, at_most
from lodestar.casework.concerns import queries
from lodestar.casework.concerns.models import SignSeen
from lodestar.casework.concerns.rules import signs_on
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.design.when import moment
from lodestar.platform.design.words import listed
from lodestar.platform.time.days import london_date

THE_PLACE = "The place"
MOST_NAMES = 3
NONE = "No signs recorded yet."


def panel(shown: CaseContext) -> Panel:
    """The signs written down last, each with whom it is about; and for whom a supervisor has still to decide."""
    rows = queries.signs_of(shown.case)
    seen: dict[tuple[str, UUID], list[SignSeen]] = {}
    for row in reversed(rows):
        seen.setdefault((row.code, row.recorded_by_id), []).append(row)
    signs = {sign.code: sign.sentence for sign in signs_on(london_date(shown.case.encountered_at))}
    may_add = shown.member.may(Permission.CONCERN_RECORD)
    waiting = [shown.names[person.id] for person in shown.people if person.belief == "signs_only"]
    say = f"A supervisor has still to decide on {_list_names(waiting)}." if waiting else "" if rows else NONE
    return Panel(
        "signs",
        "Signs seen" + (f", {len({row.code for row in rows})}" if rows else ""),
        say,
        rows=at_most(_row(shown, signs.get(code, code.replace("_", " ")), of) for (code, _), of in seen.items()),
        link="All signs, and more to tick" if may_add and rows else "Tick what was seen" if may_add else "",
        href=f"/record/{shown.case.id}/signs/drugs",
    )


def _row(shown: CaseContext, sentence: str, rows: list[SignSeen]) -> Row:
    """One sign as one colleague wrote it down."""
    last = rows[0]
    who = [shown.names.get(row.person_id, "") if row.person_id else THE_PLACE for row in reversed(rows)]
    about = _list_names(name for name in dict.fromkeys(who) if name)
    return Row(sentence, about=f"{about}. Seen {moment(last.seen_at, shown.now)}, {last.recorded_by.name}")


def _list_names(names: Iterable[str]) -> str:
    name_list = list(names)
    return listed(name_list) if len(name_list) <= MOST_NAMES else f"{len(name_list)} people"
