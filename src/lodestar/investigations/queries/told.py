"""What the ledger is told: events for the facts, and evidence that discharges. For many cases in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from lodestar.cases.models import DutyAnswer
from lodestar.investigations.models import Allocation, Crime, Review
from lodestar.investigations.rules import asked_anew
from lodestar.kernel.standing import CLOSING, Evidence

REVIEW, ALLOCATE, CRIME = "supervise_investigation", "allocate_pip2_owner", "record_crime"

Events = Mapping[UUID | None, Sequence[tuple[str, datetime]]]


def events(cases: Sequence[UUID]) -> Mapping[UUID, Events]:
    """Crimes recorded, ends of authorities, allocations below PIP2, and one event for each review owed that is answered."""
    found: dict[UUID, dict[UUID | None, list[tuple[str, datetime]]]] = defaultdict(lambda: defaultdict(list))
    recorded = Crime.objects.filter(person__case__in=cases, kind="recorded")
    for case, person, at in recorded.values_list("person__case_id", "person_id", "at"):
        found[case][person].append(("crime_recorded", at))
    for row in Allocation.objects.filter(case__in=cases).exclude(kind="pip2"):
        if row.expires_at:
            found[row.case_id][None].append(("allocation_authority_ends", row.expires_at))
        else:
            found[row.case_id][None].append(("allocated_below_pip2", row.at))
    for case, reviewed in _reviews_answered(cases).items():
        found[case][None] += [("investigation_reviewed", at) for at in reviewed.values()]
    return found


def _reviews_answered(cases: Sequence[UUID]) -> dict[UUID, dict[str, datetime]]:
    """When each review owed was answered, by a review or by a reason why it is not needed."""
    found: dict[UUID, dict[str, datetime]] = defaultdict(dict)
    for case, moments, at in Review.objects.filter(case__in=cases).values_list("case_id", "moments", "at"):
        for moment in moments:
            found[case][moment] = at
    latest: dict[tuple[object, ...], tuple[UUID, str, str, datetime]] = {}
    answers = DutyAnswer.objects.filter(case__in=cases, code=REVIEW).order_by("recorded_at", "id")
    for case, moment, kind, at, by in answers.values_list("case_id", "moment", "kind", "happened_at", "by_id"):
        latest[(case, moment, by)] = (case, moment, kind, at)  # one's own later answer takes the earlier one's place
    for case, moment, kind, at in latest.values():
        if kind in CLOSING:
            found[case].setdefault(moment, at)
    return found


def evidence(cases: Sequence[UUID]) -> Mapping[UUID, Sequence[Evidence]]:
    """Crime numbers or why there are none; owners with the skill or the authority; reviews with directions."""
    found: dict[UUID, list[Evidence]] = defaultdict(list)
    for crime in Crime.objects.filter(person__case__in=cases).select_related("person"):
        kind = "done" if crime.kind == "recorded" else crime.kind
        found[crime.person.case_id].append(
            Evidence(
                str(crime.person_id), CRIME, "", "", kind,  # type: ignore[arg-type]  # a check constraint holds the kinds
                crime.at, by=str(crime.by_id), reference=crime.number,
            )
        )  # fmt: skip
    allocations: dict[UUID, list[Allocation]] = defaultdict(list)
    for row in Allocation.objects.filter(case__in=cases).order_by("at", "number"):
        allocations[row.case_id].append(row)
    for case, rows in allocations.items():
        found[case] += _owners(rows)
    for review in Review.objects.filter(case__in=cases):
        found[review.case_id] += [
            Evidence(None, REVIEW, "", moment, "done", review.at, by=str(review.by_id), reference=str(review.id))
            for moment in review.moments
        ]
    return found


def _owners(rows: Sequence[Allocation]) -> Iterator[Evidence]:
    """What each allocation answers, of one case's in order of time: the first good one what is owed from the start, and the
    next good one after an authority, or after one below PIP2, what that had asked for anew."""
    wanted: list[str] = [""]
    for row in rows:
        if row.kind != "happened_without":
            for moment in wanted:
                yield Evidence(
                    None, ALLOCATE, "", moment, "done", row.at, by=str(row.by_id), reference=str(row.id)
                )
            wanted = []
        if row.expires_at:
            wanted.append(asked_anew("allocation_authority_ends", row.expires_at))
        elif row.kind == "happened_without":
            wanted.append(asked_anew("allocated_below_pip2", row.at))
