"""What is kept, held and let go, and what people ask about themselves, in words; what data protection has to do by a day. A
person stands here by case and number, never by name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import Person
from lodestar.information_governance.retention import models, queries
from lodestar.information_governance.retention.access import people_to_review
from lodestar.information_governance.retention.queries.requests import (
    Sought,
    is_open,
    request_status,
    sought_in,
    subject_requests,
)
from lodestar.intelligence.identities.presenters import reason_words
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import User
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import day
from lodestar.platform.notices.due_items import DueItem, Kind
from lodestar.platform.text.grouping import grouped
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import end_of_day, london_date

# The lists of `words.toml` by name: each code with what it is called, in the order shown.
WORDS: Mapping[str, Mapping[str, str]] = {
    name: dict(pairs)
    for name, pairs in grouped(
        (row["list"], (row["of"], row["words"])) for row in reference_list("retention", "words").rows
    ).items()
}
MOST = 20  # reviews that a first page reads


def choices(name: str) -> list[tuple[str, str]]:
    """A list of `words.toml` to choose from."""
    return list(WORDS[name].items())


def against_words(name: str, codes: Iterable[str]) -> str:
    """What stands against something, by a list of `words.toml`; a code without words there says nothing."""
    return " ".join(WORDS[name][code] for code in codes if code in WORDS[name])


def who(reference: str, number: int) -> str:
    """A person for those who see no case: by the case's reference and their number in it."""
    return f"Person {number} of {reference}" if number else f"Someone in {reference} who is not there any more"


def of_person(person: Person) -> str:
    """The same of a row."""
    return who(person.case.reference, person.number)


def tally_words(what: str) -> str:
    """A count in words, of the codes that it is kept by."""
    kind, _, rest = what.partition(": ")
    first, *others = rest.split("; ")
    if kind == "beside":
        return WORDS["beside"].get(first, first)
    if kind == "owed":
        return f"Owed: {first.replace('_', ' ')}, {' '.join(others)}"
    categories = " and ".join(WORDS["categories"].get(category, category).lower() for category in first.split(" and "))
    belief, reason = [*others, "", ""][:2]
    parts = [categories, WORDS["beliefs"].get(belief, belief), WORDS["let_go_for"].get(reason, reason)]
    return ". ".join(capital(words) for words in parts if words)


# --- what people ask about themselves ----------------------------------------------------------------------------------------


def sought_words(row: models.RequestSearch) -> str:
    """By what it was looked for."""
    sought = sought_in(row)
    return "; ".join(filter(None, (", ".join(sought.names), _born(sought), ", ".join(sought.reach))))


def called_words(rows: Iterable[models.RequestSearch]) -> str:
    """What whoever has a case is told of who asks: names and birth, and never how to reach them."""
    parts = (part for sought in map(sought_in, rows) for part in (*sought.names, _born(sought)))
    return ", ".join(dict.fromkeys(filter(None, parts)))


def _born(sought: Sought) -> str:
    return f"born {sought.born}" if sought.born else ""


def task_lines(
    request: models.SubjectRequest, tasks: Sequence[models.RequestTask], reviews: Mapping[UUID, models.RequestReview],
    disposals: Mapping[UUID, models.Disposal], numbers: Mapping[UUID, int], reach: Mapping[UUID, tuple[str, str]],
) -> list[dict[str, Any]]:  # fmt: skip
    """What was found: where, who has it and how they are reached, why it may be they, and what was said of it."""
    lines = []
    for task in tasks:
        review, disposal, is_there = reviews.get(task.id), disposals.get(task.person), task.person in numbers
        holder: User = task.case.owner or task.case.interim_owner
        lines.append(
            {
                "who": who(task.case.reference, numbers.get(task.person, 0)),
                "person_id": task.person,
                "why": capital(reason_words(task.reasons)),
                "holder": holder.name,
                "reach": ", ".join(part for part in reversed(reach.get(holder.id, ("", ""))) if part),
                "said": review_sentences(request.kind, review) if review else [],
                "by": review,
                "is_open": is_open(request, review, disposal, is_there=is_there),
                "to_let_go": is_there and _may_request_erasure(request, review, disposal),
                "decided": _decided(disposal, is_there=is_there),
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
        return "They are not in the case any more. Nothing is open here."
    if disposal is None:
        return ""
    if disposal.decision == "refused" and disposal.decided_by:
        return f"{disposal.decided_by.name} refused the deletion: {disposal.answer}"
    return "A second person must agree to the erasure."


def review_sentences(kind: str, review: models.RequestReview) -> list[str]:
    """What whoever has the case said once of somebody in it."""
    lines = [WORDS["verdicts"][review.verdict] + "."]
    if review.verdict == "they":
        lines += filter(None, [WORDS["said"].get(f"{kind}_{review.carried}")])
        lines += [f"May be disclosed: {review.gives}"] if review.gives else []
        lines += [f"Withheld: {WORDS['exempt'][code].lower()}." for code in review.withheld if code in WORDS["exempt"]]
        if review.gives:
            lines.append("Checked for addresses, places of support and other people, and these removed.")
    return lines + ([review.because] if review.because else [])


# --- due by a day ------------------------------------------------------------------------------------------------------------


def _breaches(member: Member, until: datetime) -> Iterator[DueItem]:
    """Breaches that are not closed: 72 hours to tell the Commissioner (Data Protection Act 2018 section 67), no time for the
    rest."""
    for row in queries.open_breaches():
        status = queries.status_of_breach(row, row.steps.all())
        due_at = status.tell_by if "commissioner" in status.open else None
        what = next((WORDS["open"][code] for code in status.open), "Record that it is closed")
        yield DueItem("breach", f"Breach {row.number}: {what}", f"/breaches/{row.id}", due_at)


def _requests(member: Member, until: datetime) -> Iterator[DueItem]:
    """Requests of people about themselves that are not over, each with its month."""
    for row in subject_requests(0)[0]:
        due_at = end_of_day(request_status(row, row.steps.all()).due_on)
        if due_at < until:
            yield DueItem("request", f"Request {row.number}: {WORDS['request_kinds'][row.kind]}", f"/requests/{row.id}", due_at)


def _reviews(member: Member, until: datetime) -> Iterator[DueItem]:
    """Retention reviews, those that wait longest."""
    for row in queries.due_in(people_to_review(member), london_date(until))[:MOST]:
        what = f"Retention review: {of_person(row.person)}, {WORDS['categories'][row.category].lower()}"
        yield DueItem("review", what, f"/keeping/people/{row.person_id}", end_of_day(row.due_on))


DUE_ITEMS = (
    Kind("breach", "Breaches", "/breaches", Permission.BREACH_RECORD, _breaches),
    Kind("request", "Requests", "/requests", Permission.SUBJECT_REQUEST, _requests),
    Kind("review", "Retention reviews", "/keeping", Permission.KEEPING_REVIEW, _reviews),
)
