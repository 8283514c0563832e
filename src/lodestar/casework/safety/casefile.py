"""Tonight, on the page of a case: what only the person on the scene can do and is still open."""

from lodestar.casework.case_files.casefile import CaseContext, Panel, Row, at_most
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.presenters import who_words
from lodestar.platform.design.when import due_at, is_late, moment
from lodestar.platform.design.words import curly, in_words
from lodestar.platform.obligations.obligations import obligation_rows

TITLES = {code: curly(rows[-1].title) for code, rows in obligation_rows().items() if rows[-1].line}


def panel(shown: CaseContext) -> Panel | None:
    """The open lines of the first screen, those that were not possible first; nothing when nobody is in the case."""
    if not shown.people:
        return None
    href = f"/cases/{shown.case.reference}/do-now"
    still: dict[str, list[Obligation]] = {}
    for row in sorted(shown.owing(*TITLES), key=lambda row: row.line or 0):
        if row.when == "now":
            still.setdefault(row.code, []).append(row)
    if not still:
        words = "No first-hour task is open, as far as is recorded."
        return Panel("tonight", "Tonight", words, link="First-hour tasks", href=href)
    rows = sorted((_row(shown, code, owed, href) for code, owed in still.items()), key=lambda row: row.tag == "")
    lines = "line of the first hour is" if len(rows) == 1 else "lines of the first hour are"
    words = f"{in_words(len(rows))} {lines} open."
    return Panel("tonight", "Tonight", words, rows=at_most(rows), link="What to do now", href=href)


def _row(shown: CaseContext, code: str, owed: list[Obligation], href: str) -> Row:
    due = min((row.due_at for row in owed if row.due_at), default=None)
    late = due is not None and is_late(due, shown.now)
    return Row(
        words=TITLES[code],
        href=f"{href}#{code}",
        about=who_words(shown.who(owed)),
        late=moment(due, shown.now) if due and late else "",
        side=due_at(due, shown.now) if due and not late else "",
        tag="Not possible yet" if any(row.not_possible for row in owed) else "",
        colour="orange",
    )
