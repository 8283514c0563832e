"""What alerts to professional standards are reckoned from: the log, names, last days, and the force's numbers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from lodestar.casework.cases.access import or_404
from lodestar.casework.cases.models import Case, Person
from lodestar.information_governance.access_alerts.models import StaffAddress, StandardsAlert
from lodestar.information_governance.access_alerts.rules import Look
from lodestar.intelligence.identities.models import PersonIndexKey
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Membership
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.models import Event
from lodestar.platform.audit.queries import clocks_apart
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.tenancy.force_checks import Finding
from lodestar.platform.time.days import london_date

CASE_OPENED = "cases.viewed"
OPENED = (CASE_OPENED, "cases.person_viewed", "cases.address_viewed")
SEARCHED, OWN_NAME = "cases.searched", "own name"  # the words with which the log says that a searcher typed their own name
LISTED = ("cases.people_listed", SEARCHED)
WRITTEN = ("cases.address_recorded", "cases.person_recorded")
# What somebody takes along, or tells outside: files and what is told of an address. A crime record, an intelligence sheet and the
# paragraph for the incident log that somebody has put in by hand are everyday work: those count as files alone.
FETCHED = ("exchange.file_taken", "analysis.file_taken")  # `subject` is the event by which the file was asked for
GIVEN = Q(
    code__in=[
        "exchange.htcds_exported", "exchange.released", "referrals.pack_taken", "cases.address_told",
        "cases.address_told_without", "analysis.figure_taken", *FETCHED,
    ]
) | (Q(code__in=["exchange.crime_pack_made", "exchange.intelligence_sheet_made"]) & ~Q(subject__startswith="page"))  # fmt: skip
REFUSED, LOOK_REFUSED = "cases.emergency_refused", "cases.look_refused"


@dataclass(frozen=True)
class Watched:
    """What was looked at and given out in a time, by whom."""

    looks: list[Look]
    cases: Mapping[str, UUID]  # of each person that was opened
    given: list[tuple[str, datetime]]


def watched(since: datetime) -> Watched:
    """What the log says since then, of the looks and of what was taken along. A file that was asked for and fetched, or fetched
    again, was taken once."""
    rows = Event.objects.filter(code__in=[*OPENED, *WRITTEN, *LISTED], recorded_at__gte=since).values_list(
        "by", "recorded_at", "people", "code", "case"
    )
    looks: list[Look] = []
    cases: dict[str, UUID] = {}
    for by, at, people, code, case in rows.iterator(chunk_size=5_000):
        seen = frozenset(map(str, people))
        if not seen:
            continue
        on_page = str(case) if code == CASE_OPENED and case is not None else ""
        looks.append(Look(str(by), at, seen, is_list=code in LISTED, is_written=code in WRITTEN, case=on_page))
        if case is not None and code not in LISTED:
            cases |= dict.fromkeys(seen, case)
    given = Event.objects.filter(GIVEN, recorded_at__gte=since).order_by("recorded_at")
    taken = {
        (str(by), subject if code in FETCHED else str(event_id)): at
        for event_id, by, at, code, subject in given.values_list("id", "by", "recorded_at", "code", "subject")
    }
    return Watched(looks, cases, [(by, at) for (by, _), at in taken.items()])


def asked(code: str, since: datetime, ending: str = "") -> list[tuple[str, datetime, str, frozenset[str]]]:
    """Who did since then what the log calls by a code, when, for what (of which the words end so), and whom they were shown."""
    rows = Event.objects.filter(code=code, subject__endswith=ending, recorded_at__gte=since)
    columns = rows.values_list("by", "recorded_at", "subject", "people")
    return [(str(by), at, subject, frozenset(map(str, people))) for by, at, subject, people in columns]


def seconds_apart(at: datetime) -> int:
    """How many seconds a clock of ours is from the database's, where that is more than the force's setting; 0 otherwise."""
    seconds = int(clocks_apart().total_seconds())
    return seconds if seconds > int(settings_in_force().on(london_date(at))["clock_skew_seconds"]) else 0


def check_clocks(tenant: str) -> Iterator[Finding]:
    """What `./lodestar check` says of clocks that differ."""
    if seconds := seconds_apart(timezone.now()):
        yield Finding("clocks_apart", f"a clock of web server or worker is {seconds} seconds from the database's")


def staff_names() -> dict[str, str]:
    """The names of all who have or had a place in the force, by user."""
    rows = Membership.objects.values_list("user_id", "user__name").distinct()
    return {str(user): name for user, name in rows}


def names_of_people(people: Iterable[str]) -> dict[str, str]:
    """The names recorded of these people. They are compared and forgotten: no alert holds one."""
    rows = Person.objects.filter(id__in=set(people)).values_list("id", "name")
    return {str(person): name for person, name in rows}


def staff_marks() -> dict[str, frozenset[int]]:
    """By what the addresses of members of staff would be known again, by user."""
    return {str(user): frozenset(marks) for user, marks in StaffAddress.objects.values_list("user_id", "marks")}


def marks_of_people(people: Iterable[str]) -> dict[str, frozenset[int]]:
    """The marks under which these people are filed."""
    rows = PersonIndexKey.objects.filter(person__in=set(people)).values_list("person_id", "marks")
    return {str(person): frozenset(marks) for person, marks in rows}


def staff_addresses(most: int) -> list[StaffAddress]:
    """Whose address is known by its marks, the latest written down first."""
    return list(StaffAddress.objects.select_related("user", "recorded_by").order_by("-recorded_at", "-id")[:most])


def last_days() -> dict[str, date]:
    """The last day in the force of everybody whose places all end."""
    open_ended = Membership.objects.filter(to_date__isnull=True).values("user")
    rows = Membership.objects.exclude(user__in=open_ended).values("user_id").annotate(last=Max("to_date"))
    return {str(row["user_id"]): row["last"] for row in rows}


def alerts_for(user: UUID, *, settled: bool) -> QuerySet[StandardsAlert]:
    """The alerts that this person may look into, the newest first: none about themselves."""
    rows = StandardsAlert.objects.select_related("about", "settled_by").exclude(about_id=user)
    return rows.filter(settled_at__isnull=not settled).order_by("-raised_at", "-id")


def unsealed_case(reference: str) -> Case | None:
    """The case that emergency access may open; None for one that is sealed or is not there, which is the same."""
    return Case.objects.filter(reference=reference, sealed=False).first()


def standards_alert_for(member: Member, alert: UUID) -> StandardsAlert:
    """An alert to professional standards that is not about the member; Http404 otherwise."""
    rows = StandardsAlert.objects.select_related("about", "settled_by").exclude(about_id=member.user)
    return or_404(rows.filter(id=alert).first() if member.may(Permission.ALERT_SETTLE) else None)
