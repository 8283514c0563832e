"""Named reads of peer reviews: the latest as at a moment, when the next is due, findings, and findings as evidence."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db.models import Prefetch, QuerySet

from lodestar.oversight.measures.rules.facts import Period
from lodestar.oversight.peer_review import rules
from lodestar.oversight.peer_review.models import STANDS, PeerFinding, PeerFindingMove, PeerReview, PeerReviewMove
from lodestar.oversight.requirements.evidence import Evidence, Reference, query_of, read_evidence
from lodestar.platform.accounts.queries import set_number
from lodestar.platform.text.ids import id_in
from lodestar.platform.time.days import add_months, london_date

EVIDENCE = "peer_finding"
MOST_CHOICES = 100


@dataclass(frozen=True)
class Latest:
    """The latest peer review that was handed in, as known at a moment: its days and state, how many findings it has of which
    kind, how many areas are to be decided, in the plan and not taken; and by when the next is due."""

    first: date
    last: date
    state: str
    good_practice: int
    areas: int
    open: int
    in_plan: int
    not_taken: int
    next_due: date


def months(day: date) -> int:
    """How many months after one review the next is due, as the force has set."""
    return set_number("peer_review_months", day)


def _moves(model: Any) -> Any:
    return Prefetch("moves", model.objects.order_by("recorded_at", "id"))


def findings_of(review: PeerReview) -> QuerySet[PeerFinding]:
    """The findings of a review by theme, none that was withdrawn or is about a case that was sealed since."""
    rows = review.findings.filter(STANDS).select_related("drawn", "plan_item", "review")
    return rows.order_by("recorded_at", "id")


def former_of(review: PeerReview) -> PeerReview | None:
    """The review before this one that was handed in."""
    return PeerReview.objects.filter(last__lt=review.first, reported_at__isnull=False).order_by("-last").first()


def latest(at: datetime) -> Latest | None:
    """The latest review that was handed in by a moment; None where there is none. Counts are of the force, without a name or a
    case."""
    rows = PeerReview.objects.filter(reported_at__lte=at).prefetch_related(_moves(PeerReviewMove))
    review = rows.order_by("-last").first()
    if review is None:
        return None
    state = rules.state_at(review.moves.all(), review.state, at)
    findings = findings_of(review).filter(recorded_at__lte=at).prefetch_related(_moves(PeerFindingMove))
    counts = Counter(rules.state_at(row.moves.all(), row.state, at) for row in findings)
    return Latest(
        first=review.first, last=review.last, state=state, good_practice=counts["noted"],
        areas=counts.total() - counts["noted"], open=counts["open"], in_plan=counts["in_plan"],
        not_taken=counts["not_taken"], next_due=rules.next_due(review.last, months(london_date(at))),
    )  # fmt: skip


def under_way_at(at: datetime) -> PeerReview | None:
    """The review that was under way at a moment, if any."""
    rows = PeerReview.objects.filter(recorded_at__lte=at).prefetch_related(_moves(PeerReviewMove)).order_by("-first")
    return next((row for row in rows if rules.state_at(row.moves.all(), row.state, at) == "under_way"), None)


def cited(review: PeerReview, themes: Iterable[str], at: datetime) -> dict[str, list[Evidence]]:
    """The evidence that the force cites for some themes, of the twelve months before the review; once it is handed in, as it was
    then. Read once for all of them."""
    own, period = review.assessed.get(rules.OWN, {}), Period(add_months(review.first, -12), review.first)
    references = {theme: [reference_of(each) for each in own.get(theme, {}).get("cited", ())] for theme in themes}
    evidence = read_evidence(chain(*references.values()), period, review.reported_at or at)
    return {theme: [evidence[each] for each in of_theme if each in evidence] for theme, of_theme in references.items()}


def reference_of(text: str) -> Reference:
    """A reference as a form gives it, kind:key."""
    kind, _, key = text.partition(":")
    return kind, key


def finding_choices() -> list[tuple[str, str]]:
    """Findings of reviews that were handed in, to cite, the latest first."""
    rows = PeerFinding.objects.filter(STANDS, review__reported_at__isnull=False)
    rows = rows.select_related("review").order_by("-recorded_at")[:MOST_CHOICES]
    return [(str(row.id), f"{_title(row)}: {row.words!s}"[:120]) for row in rows]


def _title(row: PeerFinding) -> str:
    return f"{rules.KINDS[row.kind]}, peer review of {row.review.first.year}, {rules.THEMES[row.theme].lower()}"


def read_findings(keys: Sequence[str], period: Period, at: datetime) -> Mapping[str, Evidence]:
    """Findings as evidence, as known at a moment; none of a review that was not handed in by then."""
    rows = PeerFinding.objects.filter(STANDS, review__reported_at__lte=at)
    rows = rows.filter(id__in=[key for key in map(id_in, keys) if key]).select_related("review")
    day, evidence = london_date(at), {}
    for row in rows.prefetch_related(_moves(PeerFindingMove)):
        state = rules.state_at(row.moves.all(), row.state, at)
        evidence[str(row.id)] = Evidence(
            kind=EVIDENCE, key=str(row.id), title=_title(row), words=f"{row.words!s} ({rules.FINDING.states[state].lower()})",
            state=rules.evidence_state(state, row.review.last, day, months(day)),
            query=query_of(EVIDENCE, row.id, period, at), href=f"/peer-reviews/findings/{row.id}", day=row.review.last,
        )  # fmt: skip
    return evidence
