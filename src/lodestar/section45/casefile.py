"""Section 45 of the Modern Slavery Act 2015, on the page of a case: whom the short question is still open for, and what
was answered."""

from lodestar.cases.casefile import Panel, Row, Shown, at_most
from lodestar.design.when import moment
from lodestar.section45 import queries
from lodestar.section45.models import ANSWERS

TITLE = "Section 45 of the Modern Slavery Act 2015"
RECORDS = ("section45_full_record",)


def panel(shown: Shown) -> Panel | None:
    """Each person suspected of something: the question still open first, else the last answer. Nobody: no panel."""
    suspected = [person for person in shown.people if shown.facts[person.id].suspected_of]
    if not suspected:
        return None
    open_for = {row.person_id for row in shown.owing(queries.CODE)}
    answers = queries.latest_answers(shown.case)
    rows = []
    for person in sorted(suspected, key=lambda one: one.id not in open_for):
        href = f"/people/{person.id}/section-45-question"
        answer = answers.get(person.id)
        if person.id in open_for:
            rows.append(Row(f"{shown.names[person.id]}: the one question is open", href))
        elif answer is not None:
            by = f"{moment(answer.happened_at, shown.now)}, {answer.by.name}"
            rows.append(Row(f"{shown.names[person.id]}: {dict(ANSWERS)[answer.answer].lower()}", href, about=by))
        else:
            rows.append(Row(f"{shown.names[person.id]}: no answer recorded", href))
    full = len(shown.owing(*RECORDS))
    say = f"Full records open: {full}, before any charge, caution or other outcome." if full else ""
    return Panel("section45", TITLE, say, rows=at_most(rows))
