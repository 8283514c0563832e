"""Named reads of requirements: those of a day, what is linked to each, and how far each is evidenced."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from lodestar.oversight.measures.rules.facts import Period
from lodestar.oversight.requirements.evidence import Evidence, Reference, read_evidence
from lodestar.oversight.requirements.models import Requirement, RequirementLink
from lodestar.oversight.requirements.rules import ENTRIES, STANDARDS, best_state


@dataclass(frozen=True)
class CoverageRow:
    """A requirement with its evidence by kind, and how far it is evidenced altogether: the best of its evidence."""

    requirement: Requirement
    evidence: Mapping[str, list[Evidence]]
    state: str


def requirements_on(day: date, standard: str = "") -> list[Requirement]:
    """The requirements whose edition is in force on a day, of one standard or all, by standard and code."""
    rows = Requirement.objects.filter(Q(until__isnull=True) | Q(until__gte=day), edition__lte=day)
    return list((rows.filter(standard=standard) if standard else rows).order_by("standard", "code"))


def standards_recorded() -> list[str]:
    """The standards of which a requirement is in the register: those that Lodestar lists, then the force's own."""
    present = set(Requirement.objects.values_list("standard", flat=True).distinct())
    return [code for code in STANDARDS if code in present] + sorted(present - set(STANDARDS))


def standards_left() -> dict[str, int]:
    """The listed standards that have requirements which are not in the register, and how many."""
    present = set(Requirement.objects.values_list("standard", "code", "edition"))
    keys = ((each["standard"], each["code"], each["edition"]) for each in ENTRIES)
    return Counter(key[0] for key in keys if key not in present)


def editions_of(row: Requirement) -> list[Requirement]:
    """Every edition of a requirement, the latest first."""
    return list(Requirement.objects.filter(standard=row.standard, code=row.code).order_by("-edition"))


def links_with_ids(row: Requirement, at: datetime) -> list[tuple[UUID, Reference]]:
    """What was linked to a requirement at a moment, each with the id of its link."""
    rows = _links_at(at).filter(requirement=row).values_list("id", "kind", "key")
    return [(link, (kind, key)) for link, kind, key in rows]


def _links_at(at: datetime) -> QuerySet[RequirementLink]:
    rows = RequirementLink.objects.filter(Q(removed_at__isnull=True) | Q(removed_at__gt=at), added_at__lte=at)
    return rows.order_by("kind", "added_at", "id")


def links_of(requirements: Iterable[Requirement], at: datetime) -> dict[UUID, list[Reference]]:
    """What was linked to each of these requirements at a moment. One statement."""
    rows = _links_at(at).filter(requirement__in=[row.id for row in requirements])
    links: dict[UUID, list[Reference]] = defaultdict(list)
    for requirement, kind, key in rows.values_list("requirement_id", "kind", "key"):
        links[requirement].append((kind, key))
    return links


Read = Callable[[Iterable[Reference], Period, datetime], Mapping[Reference, Evidence]]


def coverage(
    day: date, period: Period, at: datetime, standard: str = "", read: Read = read_evidence
) -> list[CoverageRow]:  # fmt: skip
    """How far each requirement of a day, of one standard or all, is evidenced by what a period shows, as known at a moment."""
    rows = requirements_on(day, standard)
    links = links_of(rows, at)
    evidence = read([reference for of_row in links.values() for reference in of_row], period, at)
    covered = []
    for row in rows:
        by_kind: dict[str, list[Evidence]] = defaultdict(list)
        for reference in links.get(row.id, ()):
            if reference in evidence:
                by_kind[reference[0]].append(evidence[reference])
        covered.append(CoverageRow(row, by_kind, best_state(each.state for of_kind in by_kind.values() for each in of_kind)))
    return covered
