"""What people ask about themselves, in words: who may be meant and who has their case, what was said of it, what is open."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from lodestar.information_governance.retention import models
from lodestar.information_governance.retention.presenters import who, words_of
from lodestar.information_governance.retention.queries.requests import Sought, is_open, sought_in
from lodestar.information_governance.retention.rules import RequestStatus
from lodestar.intelligence.earlier_records.models import EarlierRecord
from lodestar.intelligence.identities.rules.match_reasons import Code
from lodestar.platform.accounts.models import User
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import day

REQUEST_KINDS, CAME_BY, REQUEST_STEPS = map(words_of, ("request_kinds", "came_by", "request_steps"))
NEVER_OUT, VERDICTS, EXEMPT = map(words_of, ("never_out", "verdicts", "exempt"))
REQUEST_AGAINST, ASKS, SAID = (dict(words_of(name)) for name in ("request_against", "asks", "said"))
CARRIED = {kind: words_of(f"carried_{kind}") for kind in ("put_right", "erase", "restrict")}
LATE = "Late"


def request_line(row: models.SubjectRequest, request_status: RequestStatus, today: date) -> dict[str, Any]:
    """A request in the list: never who asks."""
    clock = "Over" if request_status.is_over else (LATE if today > request_status.due_on else "Runs")
    return {
        "id": row.id,
        "number": f"Request {row.number}",
        "kind": dict(REQUEST_KINDS)[row.kind],
        "came": dict(CAME_BY)[row.came],
        "received": day(row.received_on),
        "due": day(request_status.due_on),
        "clock": clock,
    }


def how_many_wait(lines: Sequence[dict[str, Any]]) -> str:
    """How many requests are open and how many of them late; empty where none is."""
    late = sum(line["clock"] == LATE for line in lines)
    summary = f"{len(lines)} {'is' if len(lines) == 1 else 'are'} open, {late or 'none'} of them late." if lines else ""
    return f"{summary} A request is kept in full until it is closed." if summary else ""


def request_open(request_status: RequestStatus) -> list[str]:
    """What comes before an answer, in words."""
    return [capital(REQUEST_AGAINST[code].removeprefix("First ")) for code in request_status.before_answer]


def against_words(codes: Iterable[str]) -> list[str]:
    """What stands against a step."""
    return [REQUEST_AGAINST[code] for code in codes if code in REQUEST_AGAINST]


def request_step_lines(rows: Sequence[models.SubjectRequestStep]) -> list[dict[str, Any]]:
    """What was done, in order."""
    steps = dict(REQUEST_STEPS)
    said = [(row, "" if row.words == ERASED else row.words) for row in rows]
    return [{"step": steps[row.kind], "words": words, "at": row.happened_at, "by": row.recorded_by.name} for row, words in said]


# --- what was found, and what whoever has the case says of it ---------------------------------------------------------------

ERASED = "erased"  # in the place of words that have to be there (migration 0005)
GONE = "They are not in the case any more. Nothing is open here."


def sought_lines(rows: Iterable[models.RequestSearch]) -> list[dict[str, Any]]:
    """By what it was looked for."""
    return [{"words": _sought_words(sought_in(row)), "at": row.searched_at, "by": row.recorded_by.name} for row in rows]


def _sought_words(sought: Sought) -> str:
    return "; ".join(filter(None, (", ".join(sought.names), _born(sought), ", ".join(sought.reach))))


def called_words(rows: Sequence[models.RequestSearch]) -> str:
    """What whoever has a case is told of who asks: names and birth, and never how to reach them."""
    names_and_births = dict.fromkeys(part for row in rows for part in (*sought_in(row).names, _born(sought_in(row))) if part)
    return ", ".join(names_and_births)


def _born(sought: Sought) -> str:
    return f"born {sought.born}" if sought.born else ""


def reason_words(reasons: Iterable[str]) -> str:
    """Why somebody may be the one who asks."""
    return ", ".join(code.words for code in Code if code in set(reasons))


def task_lines(
    request: models.SubjectRequest, tasks: Sequence[models.RequestTask], reviews: Mapping[UUID, models.RequestReview],
    disposals: Mapping[UUID, models.Disposal], numbers: Mapping[UUID, int], reach: Mapping[UUID, tuple[str, str]],
) -> list[dict[str, Any]]:  # fmt: skip
    """What was found: where, who has it and how they are reached, why it may be they, and what was said of it."""
    lines = []
    for task in tasks:
        review, disposal = reviews.get(task.id), disposals.get(task.person)
        holder: User = task.case.owner or task.case.interim_owner
        lines.append(
            {
                "who": who(task.case.reference, numbers.get(task.person, 0)),
                "person_id": task.person if task.person in numbers else None,
                "why": capital(reason_words(task.reasons)),
                "holder": holder.name,
                "reach": ", ".join(part for part in reversed(reach.get(holder.id, ("", ""))) if part),
                "said": _review_sentences(request.kind, review) if review else [],
                "by": review,
                "is_open": is_open(request, review, disposal, is_there=task.person in numbers),
                "to_let_go": task.person in numbers and _may_request_erasure(request, review, disposal),
                "disposal": disposal,
                "decided": _decided(disposal, is_there=task.person in numbers),
            }
        )
    return lines


def _may_request_erasure(
    request: models.SubjectRequest, review: models.RequestReview | None, disposal: models.Disposal | None
) -> bool:
    """Whether data protection can ask now that they are let go."""
    is_wanted = request.kind == "erase" and review is not None and (review.verdict, review.carried) == ("they", "done")
    return is_wanted and (disposal is None or disposal.decision == "refused")


def _decided(disposal: models.Disposal | None, *, is_there: bool) -> str:
    if disposal and disposal.done_at:
        return f"Deleted on {day(disposal.done_at)}."
    if not is_there:
        return GONE
    if disposal is None:
        return ""
    if disposal.decision == "refused" and disposal.decided_by:
        return f"{disposal.decided_by.name} refused the deletion: {disposal.answer}"
    return "A second person must agree to the erasure."


def _review_sentences(kind: str, review: models.RequestReview) -> list[str]:
    """What whoever has the case said last."""
    lines = [dict(VERDICTS)[review.verdict] + "."]
    if review.verdict == "they":
        lines += [SAID[carried_out]] if (carried_out := f"{kind}_{review.carried}") in SAID else []
        lines += [f"May be disclosed: {review.gives}"] if review.gives else []
        reasons = dict(EXEMPT)
        lines += [f"Withheld: {reasons[code].lower()}." for code in review.withheld if code in reasons]
        if review.gives:
            lines.append("Checked for addresses, places of support and other people, and these removed.")
    return lines + ([review.because] if review.because else [])


def review_lines(kind: str, rows: Iterable[models.RequestReview]) -> list[dict[str, Any]]:
    """Everything that was said of a task, the latest first."""
    return [{"said": _review_sentences(kind, row), "at": row.reviewed_at, "by": row.reviewed_by.name} for row in rows]


def earlier_lines(rows: Iterable[EarlierRecord]) -> list[str]:
    """Earlier records of other systems that may be about who asks: of what kind, its reference there, who took it in."""
    return [
        f"{row.get_kind_display()} {row.reference or 'without a reference'}, imported by {row.recorded_by.name} on "
        f"{day(row.recorded_at)}"
        for row in rows
    ]
