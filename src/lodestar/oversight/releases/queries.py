"""Counts of a period (sealed cases are in none of it), and what was given out before."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lodestar.casework.cases.models import Case, OperationGroup
from lodestar.casework.decisions.models import Decision
from lodestar.casework.investigations.queries import recorded_in
from lodestar.casework.ledger.ledger import facts_of
from lodestar.casework.ledger.queries.worklists import open_at
from lodestar.casework.referrals.queries.outgoing import MADE, RECEIVED, sent_in
from lodestar.oversight.measures.access import whole_force
from lodestar.oversight.measures.queries.figure import Figure
from lodestar.oversight.measures.rules.facts import Period as FigurePeriod
from lodestar.oversight.releases.models import Release, ReleaseGiven
from lodestar.oversight.releases.rules.releases import QUARTERLY, VERDICTS, Name, Period, Row, given_before, months_of, period
from lodestar.platform.accounts.access import Member, one_or_404
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.obligations.encounter_reading import PersonReading, reading
from lodestar.platform.reference.queries import exploitation_names
from lodestar.platform.settings.queries import settings_in_force

SEVERAL, UNKNOWN = "several kinds", "kind not known"


def _met_in(period: Period) -> QuerySet[Case]:
    rows = Case.objects.filter(sealed=False, encountered_at__gte=period.begins, encountered_at__lt=period.ends)
    return rows.order_by("id")


def _victims(cases: Sequence[Case]) -> list[PersonReading]:
    encounters = facts_of(cases)
    settings = settings_in_force()
    return [victim for case in cases for victim in reading(encounters[case.id], settings).possible_victims]


def by_kind_and_age(quarter: Period) -> dict[str, dict[str, int]]:
    """Possible victims met in a quarter, by kind of exploitation and age: each person once."""
    names = {code: name for code, name in exploitation_names().items() if code != "unknown"}
    table: dict[str, dict[str, int]] = {name: {} for name in (*names.values(), SEVERAL, UNKNOWN)}
    for person in _victims(list(_met_in(quarter))):
        kinds = {exploitation.type for exploitation in person.facts.exploitation if exploitation.type in names}
        row = SEVERAL if len(kinds) > 1 else names[str(kinds.pop())] if kinds else UNKNOWN
        age = "child" if person.is_child else "adult" if person.age.treat_as == "adult" else "not_known"
        table[row][age] = table[row].get(age, 0) + 1
    return table


def counts_of(month: Period) -> dict[str, int]:
    """The counts of a monthly return, as `rules/releases.py` says what they mean."""
    cases = list(_met_in(month))
    victims = _victims(cases)
    return {
        "first_reports": len(cases),
        "possible_victims": len(victims),
        "children": sum(victim.is_child for victim in victims),
        **_referrals(month),
        **_decisions(month),
        "crimes_recorded": recorded_in(month.begins, month.ends).count(),
        "live_operations": _live(month.ends),
        "owed_late": open_at(month.ends).filter(due_at__lt=month.ends).count(),
    }


def failings_of(quarter: Period, now: datetime) -> list[Row]:
    """The six failings of a quarter in the whole force, as they are known now. Sealed cases are in none."""
    whole = FigurePeriod(quarter.first, quarter.after - timedelta(days=1))
    figure = Figure(whole_force(), whole, now, is_past=False)
    return [
        Row(
            number,
            row["title"],
            row["version"],
            row["would_tell"],
            {verdict: figure.counts[number].of(verdict) for verdict in VERDICTS},
        )
        for number, row in figure.defined.items()
    ]


def month_counts(quarter: Period, counts: Collection[str]) -> dict[Name, int]:
    """How many cases, possible victims and children each month of a quarter has, of those that are wanted."""
    numbers: dict[Name, int] = {}
    for name in months_of(quarter):
        month = period("return", name)
        cases = list(_met_in(month)) if month else []
        victims = _victims(cases) if {"possible_victims", "children"} & set(counts) else []
        of_month = {
            "first_reports": len(cases), "possible_victims": len(victims), "children": sum(victim.is_child for victim in victims),
        }  # fmt: skip
        numbers |= {(count, name): of_month[count] for count in counts}
    return numbers


def given_of(quarter: Period) -> dict[Name, int | None]:
    """The numbers given out of a quarter and of its months that other tables of it have in common with those; None is hidden."""
    rows = Release.objects.filter(Q(kind__in=QUARTERLY, period=quarter.name) | Q(kind="return", period__in=months_of(quarter)))
    before: dict[Name, int | None] = {}
    for row in rows:
        before |= given_before(row.kind, row.period, row.content)
    return before


def _referrals(month: Period) -> dict[str, int]:
    rows = sent_in(month.begins, month.ends)
    ours = rows.filter(direction=MADE)
    return {
        "nrm_sent": ours.filter(route="nrm").count(),
        "dtn_sent": ours.filter(route="dtn").count(),
        "received": rows.filter(direction=RECEIVED).count(),
    }


def _decisions(month: Period) -> dict[str, int]:
    """Decisions that count: what another row puts right does not."""
    put_right = Decision.objects.filter(replaces=OuterRef("pk"))
    rows = Decision.objects.filter(
        ~Exists(put_right), referral__person__case__sealed=False, decided_on__gte=month.first, decided_on__lt=month.after
    )
    words = {"rg": "reasonable", "cg": "conclusive"}
    return {
        f"{words[stage]}_{way}": rows.filter(kind=f"{stage}_{way}").count() for stage in words for way in ("positive", "negative")
    }


def _live(instant: datetime) -> int:
    rows = open_at(instant).filter(case__operation=OuterRef("pk"))
    return OperationGroup.objects.filter(Exists(rows)).count()


def releases(most: int) -> list[Release]:
    """What was made for a period, the latest first."""
    return list(Release.objects.select_related("made_by").order_by("-made_at", "-id")[:most])


def given(release: Release, most: int) -> list[ReleaseGiven]:
    """To whom a table went, the latest first."""
    rows = ReleaseGiven.objects.select_related("given_by").filter(release=release)
    return list(rows.order_by("-given_at", "-id")[:most])


def release_of(kind: str, period: str) -> Release | None:
    """The table of a period, if it was made."""
    return Release.objects.filter(kind=kind, period=period).first()


def release_for(member: Member, release: UUID) -> Release:
    """A table of a period, for whoever may give them out; Http404 otherwise."""
    rows = Release.objects.select_related("made_by").filter(id=release)
    return one_or_404(rows if member.may(Permission.EXPORT) else rows.none())
