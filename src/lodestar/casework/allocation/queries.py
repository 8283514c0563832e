"""Named reads of allocation: who could be given a case, who was, and what the ledger is given of it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case as Stage
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject

from lodestar.casework.allocation.models import Allocation, Conflict
from lodestar.casework.allocation.rules.ranking import Investigator, circumstances, hours_of, queue_key, with_values
from lodestar.casework.case_facts.models import CaseEvent
from lodestar.casework.cases.access import visible
from lodestar.casework.cases.models import Case, CaseMember, Person
from lodestar.casework.cases.queries import named_alone
from lodestar.casework.cases.rules import is_held
from lodestar.casework.investigations.queries import ALLOCATE, NOBODY, SourceRow, answer, words_as
from lodestar.casework.investigations.rules.duties import asked_anew
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.facts import encounters
from lodestar.casework.ledger.queries.waiting_for_owner import NEVER, Gravity, waiting_for_owner
from lodestar.casework.services.rules.records import language_names
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Accreditation, Membership, Shift
from lodestar.platform.accounts.permissions import Permission, permissions_of
from lodestar.platform.accounts.queries import in_force, leavers
from lodestar.platform.obligations.encounter_reading import Reading, reading
from lodestar.platform.obligations.obligation_status import Evidence
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.staff.models import Leave
from lodestar.platform.staff.rules import skills as every_skill
from lodestar.platform.time.days import london_date, start_of_day

NEW_FOR = timedelta(days=28)
LEAVES_WITHIN = timedelta(days=14)
MOST_OFFERED, MOST_TRIED, MOST_FIGURES = 100, 500, 20_000
DETECTIVE_SKILLS = ("pip1", "pip2", "pip3", "pip4", "trainee_detective")  # a course or a language makes nobody a detective


def _at_work(day: date) -> QuerySet[Membership]:
    return in_force(day).filter(user__is_active=True).select_related("user", "unit").order_by("from_date", "id")


def skills_of(user: UUID, day: date) -> frozenset[str]:
    """The skills that a person held on a day."""
    rows = Accreditation.objects.filter(user_id=user, from_date__lte=day).exclude(to_date__lt=day)
    return frozenset(rows.values_list("code", flat=True))


def gravity_of_reading(read: Reading, people: Iterable[Person], now: datetime) -> Gravity:
    """What is grave in a case, of facts that are read already."""
    victims = read.possible_victims
    held = sum(is_held(row.held_from, row.in_custody_from, row.released_at, now) for row in people)
    return Gravity(
        len(victims), sum(person.is_child for person in victims), held, any(person.is_still_exploited for person in victims)
    )


def languages_of(people: Iterable[Person]) -> tuple[list[str], list[str]]:
    """The languages recorded of people: codes of those that are on the list by their exact English name, and the words of
    others."""
    by_name = {name.casefold(): code for code, name in language_names().items()}
    written = dict.fromkeys(person.language.strip() for person in people if person.language.strip())
    codes = [by_name[words.casefold()] for words in written if words.casefold() in by_name]
    return codes, [words for words in written if words.casefold() not in by_name]


def investigators(case: Case, now: datetime) -> list[Investigator]:
    """Those with a detective's skill on the day, or an investigator's role, who may open a case; of a sealed case its named
    owners alone. In three queries, however many they are."""
    day = london_date(now)
    skills: dict[UUID, list[tuple[str, date | None]]] = defaultdict(list)
    for user, code, last in Accreditation.objects.filter(from_date__lte=day).values_list("user_id", "code", "to_date"):
        skills[user].append((code, last))
    detectives = {
        user
        for user, rows in skills.items()
        if any(code in DETECTIVE_SKILLS and (not last or day <= last) for code, last in rows)
    }
    named_owners = named_alone(case)
    theirs = {"user": OuterRef("user")}
    rows = (
        _at_work(day)
        .filter(Q(user__in=detectives) | Q(roles__contains=["investigator"]))
        .annotate(
            is_away=Exists(Leave.objects.filter(withdrawn_at__isnull=True, first_day__lte=day, last_day__gte=day, **theirs)),
            is_on_shift=Exists(Shift.objects.filter(from_at__lte=now, to_at__gt=now, **theirs)),
            has_conflict=Exists(open_conflicts(case).filter(**theirs)),
        )
    )
    members = {
        row.user_id: row
        for row in rows
        if Permission.CASE_VIEW in permissions_of(row.roles) and (named_owners is None or row.user_id in named_owners)
    }
    loads = caseloads(members, day)
    by_name = {name: code for code, name in language_names().items()}
    spoken = {code: by_name[name] for code, name in every_skill().items() if name in by_name}
    return [
        Investigator(
            name=row.user.name,
            skills=tuple(skills[user]),
            languages=frozenset(spoken[code] for code, last in skills[user] if code in spoken and (not last or day <= last)),
            open_cases=loads[user][0] if user in loads else 0,
            caseload=loads[user][1] if user in loads else 0,
            on_leave=row.is_away,
            conflict=row.has_conflict,
            key=user,
            unit=f"{row.unit.name}. {'On duty now' if row.is_on_shift else 'Not on duty'}",
        )
        for user, row in members.items()
    ]


def caseloads(users: Collection[UUID], day: date) -> dict[UUID, tuple[int, int]]:
    """How many cases each owns in which something is open, and what those count by their stage. Sealed ones are not counted: a
    count would tell of them."""
    weights = settings_in_force().on(day)
    is_open = Exists(Obligation.objects.filter(case=OuterRef("id"), state="open"))
    since = CaseMember.objects.filter(
        case=OuterRef("id"), user=OuterRef("owner"), how="owner", from_at__gte=start_of_day(day - NEW_FOR)
    )
    charged = CaseEvent.objects.filter(case=OuterRef("id"), kind="suspect_charged", taken_back_at__isnull=True)
    stage = When(Exists(charged), then=Value("court")), When(Exists(since), then=Value("new"))
    rows = Case.objects.filter(is_open, owner__in=users, sealed=False).values_list(
        "owner_id", Stage(*stage, default=Value("running"))
    )
    loads: dict[UUID, tuple[int, int]] = {}
    for owner, name in rows:
        cases, points = loads.get(owner, (0, 0))
        loads[owner] = cases + 1, points + int(weights[f"allocation_weight_{name}"])
    return loads


def open_conflicts(case: Case) -> QuerySet[Conflict]:
    """The conflicts of interest in a case that have not ended."""
    return Conflict.objects.select_related("user", "by").filter(case=case, ended_at__isnull=True).order_by("recorded_at", "id")


def waiting(member: Member, now: datetime) -> list[tuple[Obligation, Gravity, tuple[str, ...]]]:
    """The cases that wait for an owner, with the circumstances that come first in the queue: children, people held and those
    still exploited first, then by those circumstances, then the soonest due."""
    rows = waiting_for_owner(member, now)
    facts = encounters([row.case for row, _ in rows]) if rows else {}
    settings = settings_in_force()
    listed = [(row, gravity, circumstances(reading(facts[row.case_id], settings))) for row, gravity in rows]
    return sorted(listed, key=lambda each: (not each[1].is_grave, -len(each[2]), each[0].due_at or NEVER))


def effect_on_waiting(values: Mapping[str, str | int]) -> dict[str, Any]:
    """What these values would change for the unsealed cases of the force that wait for an owner: how many there are, and the
    references of those that would be due sooner, due later, or come sooner in the queue."""
    rows = Obligation.objects.select_related("case").filter(code=ALLOCATE, moment="", state="open", sealed=False)
    due = {row.case: row.due_at for row in rows.order_by("due_at", "id")[:MOST_TRIED]}
    facts, today = encounters(list(due)) if due else {}, settings_in_force()
    tried, orders, hours = with_values(today, values), [], []
    for settings in (today, tried):
        read = {case: reading(facts[case.id], settings) for case in due}
        orders.append(sorted(due, key=lambda case: (*queue_key(read[case], due[case], NEVER), case.reference)))
        hours.append({case: hours_of(read[case]) or 0 for case in due})
    sooner, later = ([case.reference for case in due if sign * (hours[1][case] - hours[0][case]) > 0] for sign in (-1, 1))
    before = {case: place for place, case in enumerate(orders[0])}
    moved_up = [case.reference for place, case in enumerate(orders[1]) if place < before[case]]
    return {"waiting": len(due), "sooner": sooner, "later": later, "moved_up": moved_up}


def offered_on(member: Member, today: date) -> list[tuple[Case, bool, date | None]]:
    """The cases that the member sees whose owner has left, leaves soon, or is on leave for at least the days that the force has
    set, to be offered to another detective; whether the owner has left or leaves, and the last day of their leave."""
    days = timedelta(days=int(settings_in_force().on(today)["allocation_leave_days"]) - 1)
    gone = leavers(today + LEAVES_WITHIN)
    leave = Leave.objects.filter(
        Q(last_day__gte=F("first_day") + days), withdrawn_at__isnull=True, first_day__lte=today, last_day__gte=today
    )
    away = dict(leave.order_by("last_day").values_list("user_id", "last_day"))
    is_open = Exists(Obligation.objects.filter(case=OuterRef("id"), state="open"))
    rows = Case.objects.select_related("owner").filter(visible(member), is_open, owner__in=gone | set(away))
    return [
        (row, row.owner_id in gone, away.get(row.owner_id) if row.owner_id else None)
        for row in rows.order_by("recorded_at", "id")[:MOST_OFFERED]
    ]


def unacknowledged(**whose: Any) -> QuerySet[Allocation]:
    """Cases that were handed over and whose new owner has not acknowledged it, the first due first."""
    rows = Allocation.objects.select_related("case", "owner", "by").filter(
        Q(owner=F("case__owner")), acknowledge_by__isnull=False, acknowledged_at__isnull=True, **whose
    )
    return rows.order_by("acknowledge_by", "id")


def colleague(user: UUID, day: date) -> Membership | None:
    """The colleague of this id, when they are at work on the day."""
    return _at_work(day).filter(user_id=user).first()


def colleague_named(words: str, day: date) -> list[Membership]:
    """The colleagues at work on the day whose user name or name is what was typed, in any case; each once."""
    typed = " ".join(words.split()).casefold()
    rows = _at_work(day).filter(user__username=typed) or _at_work(day).filter(user__name__iexact=typed)
    return list({row.user_id: row for row in rows}.values())


def allocations_of(case: Case) -> list[Allocation]:
    """Who was given the case, the latest first."""
    rows = Allocation.objects.select_related("owner", "by", "authorised_by", "supervised_by").filter(case=case)
    return list(rows.order_by("-at", "-number"))


def allocation_owed(case: Case) -> list[Obligation]:
    """What is open of the PIP2 owner, also what opens only when an authority ends."""
    return list(Obligation.objects.filter(case=case, code="allocate_pip2_owner", state="open"))


def authority_subquery() -> Subquery:
    """Of a case that is read the detective inspector's authority under which it is held, or was held until it ended: who has it,
    by whose authority, and until when. None where whoever has it needs none."""
    latest = Allocation.objects.filter(case=OuterRef("pk")).order_by("-at", "-number")
    words = JSONObject(owner="owner__name", by="authorised_by__name", until="expires_at")
    return Subquery(latest.values(words=Stage(When(expires_at__isnull=False, then=words)))[:1])


def authorities_seen(member: Member, now: datetime, most: int) -> list[Allocation]:
    """The authorities that run now in the cases that the member sees, the first to end first."""
    later = Allocation.objects.filter(case=OuterRef("case")).filter(
        Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), number__gt=OuterRef("number"))
    )
    rows = Allocation.objects.select_related("case", "owner", "authorised_by").filter(
        visible(member, "case__"), ~Exists(later), kind="authority", expires_at__gt=now
    )
    return list(rows.order_by("expires_at", "id")[:most])


def allocation_rows(cases: Sequence[UUID]) -> QuerySet[Allocation, Any]:
    """Who was given these cases, for the query of the crimes."""
    return Allocation.objects.filter(case__in=cases).values_list(
        "case_id", NOBODY, "kind", words_as(""), "at", "by_id", "id", "number", "expires_at", "recorded_at"
    )


def owners(given: Sequence[SourceRow]) -> Iterator[Evidence]:
    """What each allocation answers, of one case's in order of time: the first good one what is owed from the start, and the
    next good one after an authority, or after one below PIP2, what that had asked for anew."""
    wanted: list[str] = [""]
    for row in given:
        if row.what != "happened_without":
            yield from (answer(row, ALLOCATE, moment) for moment in wanted)
            wanted = []
        if row.ends:
            wanted.append(asked_anew("allocation_authority_ends", row.ends))
        elif row.what == "happened_without":
            wanted.append(asked_anew("allocated_below_pip2", row.at))


def allocation_figures(member: Member, since: datetime, now: datetime) -> tuple[dict[str, Counter[str]], Counter[str]]:
    """Of the unsealed cases that the member sees since then: month by month, the latest first, how many owners were due, in time,
    late or not yet, and the exceptions by their kind; and all exceptions by reason."""
    months: dict[str, Counter[str]] = defaultdict(Counter)
    reasons: Counter[str] = Counter()
    owners = Allocation.objects.filter(case=OuterRef("case"), kind__in=["pip2", "authority"]).order_by("at").values("at")[:1]
    due = Obligation.objects.filter(
        visible(member, "case__"), code=ALLOCATE, moment="", sealed=False, due_at__gte=since, due_at__lt=now
    ).exclude(state="not_owed")
    for at, owner_at in due.annotate(owner_at=Subquery(owners)).values_list("due_at", "owner_at")[:MOST_FIGURES]:
        outcome = "not_yet" if owner_at is None else "in_time" if at is None or owner_at <= at else "late"
        months[f"{london_date(at or now):%Y-%m}"].update(["due", outcome])
    given = Allocation.objects.filter(visible(member, "case__"), case__sealed=False, at__gte=since, at__lte=now)
    for at, kind, override in given.values_list("at", "kind", "override")[:MOST_FIGURES]:
        if override or kind != "pip2":
            months[f"{london_date(at):%Y-%m}"]["override" if override else kind] += 1
            reasons[override or kind] += 1
    return dict(sorted(months.items(), reverse=True)), reasons


def open_for_closing(case: Case) -> list[tuple[str, str]]:
    """What of allocation is to be looked at before the case is closed."""
    path = f"/cases/{case.reference}"
    late = [("A hand-over is not acknowledged", f"{path}/allocate")] if unacknowledged(case=case).exists() else []
    return [*late, *(("An owner is still to be found", f"{path}/allocate") for _ in allocation_owed(case)[:1])]


def timeline_rows(case: Case) -> list[tuple[datetime, str, str, str]]:
    """Who was given the case, for its timeline."""
    kinds = dict(Allocation._meta.get_field("kind").choices or ())
    return [
        (row.at, "decision", f"{row.owner.name}: {kinds[row.kind]}", f"/cases/{case.reference}/allocate")
        for row in allocations_of(case)
    ]
