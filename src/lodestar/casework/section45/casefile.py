"""Section 45 of the Modern Slavery Act 2015, on the page of a case: whom the short question is still open for, and what
was answered."""

from collections.abc import Sequence

from lodestar.casework.case_files.casefile import CaseContext, Panel, Row, at_most
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.section45 import queries
from lodestar.casework.section45.models import ANSWERS
from lodestar.platform.design.when import moment

TITLE = "Section 45 of the Modern Slavery Act 2015"
RECORD, SIGN = "section45_full_record", "section45_countersign"


def panel(shown: CaseContext) -> Panel | None:
    """Each person suspected of something: an outcome that came without the full record first, then the question still
    open, else the last answer. Nobody: no panel."""
    suspected = [person for person in shown.people if shown.facts[person.id].suspected_of]
    if not suspected:
        return None
    open_for = {row.person_id for row in shown.owing(queries.CODE)}
    records = shown.owing(RECORD)
    without = {row.person_id for row in records if row.moment}
    asked = {person.id for person in suspected} - without - open_for
    answers = queries.latest_answers(shown.case) if asked else {}
    rows = []
    for person in sorted(suspected, key=lambda suspect: (suspect.id not in without, suspect.id not in open_for)):
        name, offences = shown.names[person.id], f"/people/{person.id}/offences"
        answer = answers.get(person.id)
        if person.id in without:
            rows.append(Row(f"{name}: an outcome came without the full record", offences, tag="Late", colour="red"))
        elif person.id in open_for:
            rows.append(Row(f"{name}: the short question is open", f"/people/{person.id}/section-45-question"))
        elif answer is not None:
            by = f"{moment(answer.happened_at, shown.now)}, {answer.by.name}"
            rows.append(Row(f"{name}: {dict(ANSWERS)[answer.answer].lower()}", offences, about=by))
        else:
            rows.append(Row(f"{name}: no answer recorded", offences))
    return Panel("section45", TITLE, _open_words(records, shown.owing(SIGN)), rows=at_most(rows))


def _open_words(records: Sequence[Obligation], waiting: Sequence[Obligation]) -> str:
    full = len({row.subject for row in records})
    say = f"Full records open: {full}, before any charge, caution or other outcome." if full else ""
    return f"{say} Waiting for a supervisor who took no part: {len(waiting)}." if waiting else say
