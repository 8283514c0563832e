"""Peer reviews in words: the register, findings, themes side by side, what is due, the report."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from lodestar.oversight.peer_review import queries, rules
from lodestar.oversight.peer_review.access import MANAGE, findings_seen, reviews_seen
from lodestar.oversight.peer_review.models import PeerFinding, PeerReview
from lodestar.oversight.requirements.evidence import Evidence, EvidenceKind
from lodestar.platform.accounts.access import Member
from lodestar.platform.design.when import day, on
from lodestar.platform.documents.description import Block, Bullets, Document, Entry, Heading, Paragraph, Table
from lodestar.platform.notices.due_items import DueItem, Kind
from lodestar.platform.registers.models import Column, Register
from lodestar.platform.registers.presenters import due_cell, plain_cell
from lodestar.platform.time.days import add_months, end_of_day, london_date

THEME_HEADINGS = ("What is looked at", "The force says", "The reviewer says")
PLANNED_AFTER = 10  # months after a review: time to find who comes
AREA_HEADINGS = ("Theme", "What was found", "What follows")


def days_words(review: PeerReview) -> str:
    """From when to when a review goes."""
    return f"{day(review.first)} to {day(review.last)}"


def review_words(row: PeerReview, now: datetime) -> list[dict[str, Any]]:
    """What is recorded of a review, for its reviewer as well."""
    pairs = (
        ("Days", days_words(row)), ("What is reviewed", row.remit), ("Asked", f"{row.asked_name!s}, {row.asked_force}"),
        ("Reviewer", row.reviewer.name if row.reviewer else "Not named yet"), ("Coordinator", row.owner.name),
    )  # fmt: skip
    return [{"key": key, "value": value} for key, value in pairs]


def sample_words(row: PeerReview) -> str:
    """From what the sample was drawn: for the force alone, since it counts sealed cases."""
    if not (row.cases_from and row.cases_to):
        return "The sample is not drawn yet."
    between = f"{day(row.cases_from)} to {day(row.cases_to)}"
    return f"Sample from {len(row.frame or ())} cases of {between}, seed {row.seed}. Sealed cases not drawn: {row.not_drawn}."


REVIEWS = Register(
    name="peer-reviews", title="Peer reviews", model=PeerReview, filters=(), visible=reviews_seen, changes=MANAGE,
    columns=(
        Column("Days", lambda row, now: {"words": days_words(row), "href": f"/peer-reviews/{row.id}"}),
        Column("By", lambda row, now: row.asked_force),
        Column("Status", lambda row, now: rules.REVIEW.states[row.state]),
        Column("Due", due_cell),
        Column("Coordinator", lambda row, now: row.owner.name),
    ),
    words=review_words, order="-recorded_at", shown=lambda member, rows: None,  # it names nobody of a case
)  # fmt: skip
FINDINGS = Register(
    name="peer-reviews", title="Finding of a peer review", model=PeerFinding, columns=(), filters=(), visible=findings_seen,
    changes=MANAGE, words=lambda row, now: finding_words(row), shown=lambda member, rows: None,
    named=lambda row: f"{rules.KINDS[row.kind]}, {rules.THEMES[row.theme].lower()}",
)  # fmt: skip


def what_follows(row: PeerFinding) -> str:
    """How far a finding is, with the item of the plan that takes it up."""
    return f"{rules.FINDING.states[row.state]}{f', item {row.plan_item.number}' if row.plan_item else ''}"


def finding_words(row: PeerFinding) -> list[dict[str, Any]]:
    """All that is recorded of a finding."""
    pairs = (
        ("Peer review", days_words(row.review)), ("Theme", rules.THEMES[row.theme]), ("What was found", str(row.words)),
        ("Seen in", f"Case {row.drawn.number} of the sample" if row.drawn else "No case in particular"),
        ("Plan", f"Item {row.plan_item.number}: {row.plan_item.title}" if row.plan_item else ""),
    )  # fmt: skip
    return [{"key": key, "value": value} for key, value in pairs if value]


def finding_cells(rows: Iterable[PeerFinding], kind: str) -> list[list[Any]]:
    """The findings of one kind under their themes."""
    return [
        [rules.THEMES[row.theme], {"words": str(row.words), "href": f"/peer-reviews/findings/{row.id}"}, what_follows(row)]
        for row in rows if row.kind == kind
    ]  # fmt: skip


def score_cells(review: PeerReview, theme: str) -> list[list[str]]:
    """The activities of a theme, each as the force and as the reviewer scored it."""
    own, peer = (review.assessed.get(kind, {}).get(theme, {}) for kind in (rules.OWN, rules.PEER))
    return [
        [each.words, *(rules.SCORES.get(scores.get(each.code, ""), "Not answered") for scores in (own, peer))]
        for each in rules.activities(review.questions, theme)
    ]


def theme_cells(review: PeerReview) -> list[list[Any]]:
    """The themes with how much of each was answered by whom."""
    counts = {theme: score_cells(review, theme) for theme in rules.THEMES}
    return [
        [{"words": name, "href": f"/peer-reviews/{review.id}/themes/{theme}"},
         *(f"{sum(row[n] != 'Not answered' for row in counts[theme])} of {len(counts[theme])} answered" for n in (1, 2))]
        for theme, name in rules.THEMES.items()
    ]  # fmt: skip


def remark(review: PeerReview, kind: str, theme: str) -> str:
    """What the force or the reviewer wrote under a theme."""
    return str(review.assessed.get(kind, {}).get(theme, {}).get("remark", ""))


def _due(member: Member, until: datetime) -> QuerySet[Any, Any]:
    """The member’s own reviews that are due, and the latest one where it is closed and the next is to be planned."""
    held = PeerReview.objects.exclude(state="not_held")
    own = Q(owner=member.user, due_at__lt=until) & ~Q(state="closed")
    next_due = Q(state="closed", last__lte=add_months(london_date(until), -PLANNED_AFTER))
    rows = held.filter(own | next_due & ~Exists(held.filter(last__gt=OuterRef("last")))).order_by()
    return rows.values_list(Value("peer_review"), "id", "state", Cast("last", CharField()), "due_at")


def _item(review: UUID, state: str, last: str, due: datetime | None) -> DueItem:
    if state != "closed":
        return DueItem("peer_review", f"Peer review, {rules.REVIEW.states[state].lower()}", f"/peer-reviews/{review}", due)
    ended = date.fromisoformat(last)
    next_one = end_of_day(rules.next_due(ended, queries.months(ended)))
    return DueItem("peer_review", "Plan the next peer review", "/peer-reviews/new", next_one)


DUE = Kind("peer_review", "Peer reviews", "/peer-reviews", MANAGE, _due, _item, after_cases=True)
EVIDENCE = EvidenceKind(queries.EVIDENCE, "Peer review findings", queries.finding_choices, queries.read_findings)


def paper(
    review: PeerReview, findings: Sequence[PeerFinding], former: Sequence[PeerFinding], cited: Mapping[str, Iterable[Evidence]],
    now: datetime,
) -> Document:  # fmt: skip
    """The report, without cases and without names."""
    about = f"{days_words(review)}, by {review.asked_force}. {rules.REVIEW.states[review.state]}."
    blocks: list[Block] = [Paragraph(f"{review.remit}\n{about}")]
    for theme, name in rules.THEMES.items():
        blocks += [Heading(name), Table(THEME_HEADINGS, tuple(map(tuple, score_cells(review, theme))))]
        stated = ((kind, remark(review, of, theme)) for kind, of in zip(THEME_HEADINGS[1:], (rules.OWN, rules.PEER), strict=True))
        blocks += [Entry(kind, words) for kind, words in stated if words]
        evidence = tuple(f"{each.title}: {each.words}" for each in cited[theme])
        blocks += [Bullets(evidence)] if evidence else [Paragraph("No evidence cited.")]
    parts = [(name, finding_cells(findings, kind)) for kind, name in rules.KINDS.items()]
    for title, rows in (*parts, ("Areas of the review before", finding_cells(former, rules.AREA))):
        cells = tuple(tuple(map(plain_cell, row)) for row in rows)
        blocks += [Heading(title), Table(AREA_HEADINGS, cells) if cells else Paragraph("None.")]
    return Document("Peer review report", "OFFICIAL-SENSITIVE", f"Peer review, {days_words(review)}", on(now), tuple(blocks))
