"""Named reads of the log, newest first, each page after a place. Who may ask is decided by the pages that ask."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils import timezone

from lodestar.platform.audit.models import Event, Operation
from lodestar.platform.audit.rules import CANONICAL, Head, Link
from lodestar.platform.design.when import day_time
from lodestar.platform.tenancy.force_checks import Finding
from lodestar.platform.text.paging import Place

# What the system compares by itself as something is written: nobody's deed, kept beside the looks.
COMPARED = ("cases.people_compared", "recognition.met_before", "referrals.compared")
EMERGENCY = ("cases.emergency_access", "cases.emergency_refused")
SEARCH_LASTS = timedelta(hours=12)
PAPER_REFUSED, REFUSALS_TOLD_FOR = "record.paper_refused", timedelta(days=7)
PAPER_WORDS = "A paper could not be made ({page}; times: {number}; last {last}). Ask the support team: the server’s log says why."


@dataclass(frozen=True)
class Narrowed:
    """To which time, up to `until`, and to whose doings the log is narrowed; None is all."""

    since: datetime | None = None
    until: datetime | None = None
    by: UUID | None = None

    def of(self, rows: QuerySet[Event]) -> QuerySet[Event]:
        """Those of these events."""
        asked = {"recorded_at__gte": self.since, "recorded_at__lt": self.until, "by": self.by}
        return rows.filter(**{name: value for name, value in asked.items() if value is not None})


ALL = Narrowed()


def _before(rows: QuerySet[Event], before: Place | None) -> QuerySet[Event]:
    if before is not None and before.at is not None:
        rows = rows.filter(recorded_at__lte=before.at).filter(Q(recorded_at__lt=before.at) | Q(id__lt=before.id))
    return rows.order_by("-recorded_at", "-id")


_OF_PERSON = "select recorded_at, id from audit_events_of_person(%s, %s, %s, %s, %s, %s, %s, %s)"


def of_person(
    person: UUID, most: int, *, looks: bool | None = None, before: Place | None = None, narrowed: Narrowed = ALL
) -> list[Event]:
    """What the log says about a person: with `looks` who was shown them, without (False) what was done, or both (None)."""
    place = (before.at, before.id) if before is not None and before.at is not None else (None, None)
    with connection.cursor() as cursor:
        cursor.execute(_OF_PERSON, [person, looks, *place, most, narrowed.since, narrowed.until, narrowed.by])
        event_keys = cursor.fetchall()
    if not event_keys:
        return []
    rows = Event.objects.filter(recorded_at__in=[at for at, _ in event_keys], id__in=[row for _, row in event_keys])
    return list(rows.order_by("-recorded_at", "-id"))


def of_case(
    case: UUID, most: int, *, looks: bool | None = None, but: Collection[str] = (), before: Place | None = None,
    narrowed: Narrowed = ALL,
) -> list[Event]:  # fmt: skip
    """What the log says about a case; with `looks` who was shown it and what was compared by itself, without (False) what was
    done, or both (None)."""
    rows = narrowed.of(Event.objects.filter(case=case)).exclude(code__in=but)
    if looks is not None:
        looked = Q(operation=Operation.CONSULTATION) | Q(code__in=COMPARED)
        rows = rows.filter(looked if looks else ~looked)
    return list(_before(rows, before)[:most])


def by_officer(user: UUID, most: int, *, before: Place | None = None, narrowed: Narrowed = ALL) -> list[Event]:
    """What somebody saw and did."""
    return list(_before(narrowed.of(Event.objects.filter(by=user)), before)[:most])


def subjects_of(user: UUID, code: str, among: Collection[str]) -> set[str]:
    """Of these subjects those of which the log says something of one kind that this person did or was shown."""
    rows = Event.objects.filter(by=user, code=code, subject__in=among)
    return set(rows.values_list("subject", flat=True).distinct()) if among else set()


def emergencies(since: datetime, most: int) -> list[Event]:
    """Uses of emergency access, and tries that led nowhere."""
    return list(_before(Event.objects.filter(code__in=EMERGENCY, recorded_at__gte=since), None)[:most])


def refused_papers(now: datetime) -> list[str]:
    """Return a sentence for each page whose paper could not be made lately, the latest first: a fault of Lodestar."""
    rows = Event.objects.filter(code=PAPER_REFUSED, recorded_at__gte=now - REFUSALS_TOLD_FOR).values("subject")
    pages = rows.annotate(number=Count("id"), last=Max("recorded_at")).order_by("-last")
    return [PAPER_WORDS.format(page=page["subject"], number=page["number"], last=day_time(page["last"])) for page in pages]


def check_papers(_force: str) -> Iterator[Finding]:
    """Return what `./lodestar check` says of papers that could not be made."""
    yield from (Finding("paper_refused", words) for words in refused_papers(timezone.now()))


def latest_in(
    case: UUID, most: int, *, since: datetime, emergencies_since: datetime, beside: Mapping[str, Combinable]
) -> tuple[list[Event], list[Event]]:
    """What was last done in a case, and who opened it by emergency access since a time, each the latest first, and each with
    what is read `beside` it. `since` is when the case was recorded: months of the log before it are not read."""
    rows = Event.objects.filter(case=case, recorded_at__gte=since).annotate(**beside)
    done = _before(rows.exclude(Q(operation=Operation.CONSULTATION) | Q(code__in=COMPARED)), None)[:most]
    opened = _before(rows.filter(code=EMERGENCY[0], recorded_at__gte=emergencies_since), None)[:most]
    by_id = {row.id: row for row in done.union(opened, all=True)}
    ordered = sorted(by_id.values(), key=lambda row: (row.recorded_at, row.id), reverse=True)
    deeds = [row for row in ordered if row.operation != Operation.CONSULTATION and row.code not in COMPARED]
    seen = [row for row in ordered if row.code == EMERGENCY[0] and row.recorded_at >= emergencies_since]
    return deeds[:most], seen[:most]


def own_search(user: UUID, search: UUID, now: datetime, code: str = "record.searched") -> Event | None:
    """A search in the log that this person gave the purpose of in the last twelve hours; or what they had made of one to give."""
    return Event.objects.filter(by=user, code=code, recorded_at__gte=now - SEARCH_LASTS, id=search).first()


def places(events: Sequence[Event], most: int) -> Place | None:
    """Where the next page begins, when there are more than `most`."""
    return Place(events[most - 1].recorded_at, events[most - 1].id) if len(events) > most else None


# --- the chain -----------------------------------------------------------------------------------------------------------

_CHAIN = f"""
select coalesce(l.sequence, 0), l.hash, l.began_at, l.written_at, coalesce(l.recorded_at, e.recorded_at),
       case when e.id is not null and l.sequence is not null then {CANONICAL} end, coalesce(e.id, l.event)::text
from audit_event e full join audit_link l on (l.tenant, l.event, l.recorded_at) = (e.tenant, e.id, e.recorded_at)
where l.sequence is not null or not exists (select from audit_waiting w where (w.tenant, w.event) = (e.tenant, e.id))
order by l.sequence nulls last
"""
_LAST = """
select l.sequence, l.hash, l.written_at, (select count(*) from audit_event) - (select count(*) from audit_waiting)
from audit_link l order by l.sequence desc limit 1
"""
# How far the times that web servers and the worker gave to their last rows lie outside the transactions that wrote them.
_APART = """
select coalesce(max(greatest(l.began_at - l.recorded_at, l.recorded_at - l.written_at)), interval '0')
from (select * from audit_link order by sequence desc limit 200) l
where l.written_at > clock_timestamp() - interval '10 minutes'
  and not (select made_by_demo from tenancy_tenant where slug = l.tenant)
"""


def link_waiting_rows() -> None:
    """Links the rows of this force that were written while another writer was linking."""
    with connection.cursor() as cursor:
        cursor.execute("select audit_link_waiting()")


def chain() -> Iterator[Link]:
    """Every link of this force's log with its row, in their order, and then the rows without a link: one moment of both."""
    link_waiting_rows()
    with connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = 0")
    with connection.chunked_cursor() as cursor:
        cursor.execute(_CHAIN)
        for sequence, digest, began_at, written_at, recorded_at, canonical, event in cursor:
            yield Link(sequence, bytes(digest or b""), began_at, written_at, recorded_at, canonical, event)


def last_link(tenant: str, *, at: datetime, is_restored: bool = False) -> Head | None:
    """The last link of this force's chain as a head, with how many rows its log has; None where nothing was written yet."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        row = cursor.fetchone()
    return Head(tenant, row[0], bytes(row[1]).hex(), row[2], row[3], at, is_restored) if row else None


def clocks_apart() -> timedelta:
    """How far a clock is from the database's: this process's at this moment, or in the last ten minutes that of any web server
    that wrote to the log of this force, whichever is more."""
    with connection.cursor() as cursor:
        before = timezone.now()
        cursor.execute("select clock_timestamp()")
        now, after = cursor.fetchone()[0], timezone.now()
        cursor.execute(_APART)
        written: timedelta = cursor.fetchone()[0]
    return max(before - now, now - after, written, timedelta(0))
