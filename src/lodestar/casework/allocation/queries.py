"""Named reads of allocation: who could be given a case, who was, and what the ledger is given of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case as Stage
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject

from lodestar.casework.allocation.models import Allocation, Conflict
from lodestar.casework.allocation.rules.ranking import Investigator, circumstances
from lodestar.casework.case_facts.models import CaseEvent
from lodestar.casework.cases.models import Case, CaseMember, Person
from lodestar.casework.cases.queries import named_alone
from lodestar.casework.cases.rules import is_held
from lodestar.casework.closures.queries import is_closed
from lodestar.casework.investigations.queries import ALLOCATE, NOBODY, SourceRow, answer, words_as
from lodestar.casework.investigations.rules.duties import asked_anew
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.facts import encounters
from lodestar.casework.ledger.queries.waiting_for_owner import NEVER, Gravity, waiting_for_owner
from lodestar.casework.services.rules.records import language_names
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Accreditation, Membership, Shift
from lodestar.platform.accounts.permissions import Permission, permissions_of
from lodestar.platform.accounts.queries import in_force
from lodestar.platform.obligations.encounter_reading import Reading, reading
from lodestar.platform.obligations.obligation_status import Evidence
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.staff.models import Leave
from lodestar.platform.staff.rules import skills as every_skill
from lodestar.platform.time.days import london_date, start_of_day

NEW_FOR = timedelta(days=28)
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
    """Return how many cases each owns that are not closed and in which something is open, and what those count by their stage.
    Sealed ones are not counted: a count would tell of them."""
    weights = settings_in_force().on(day)
    is_open = Exists(Obligation.objects.filter(case=OuterRef("id"), state="open"))
    since = CaseMember.objects.filter(
        case=OuterRef("id"), user=OuterRef("owner"), how="owner", from_at__gte=start_of_day(day - NEW_FOR)
    )
    charged = CaseEvent.objects.filter(case=OuterRef("id"), kind="suspect_charged", taken_back_at__isnull=True)
    stage = When(Exists(charged), then=Value("court")), When(Exists(since), then=Value("new"))
    rows = Case.objects.filter(is_open, ~is_closed("id"), owner__in=users, sealed=False).values_list(
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


def open_for_closing(case: Case) -> list[tuple[str, str]]:
    """What of allocation is to be looked at before the case is closed."""
    path = f"/cases/{case.reference}"
    late = [("A hand-over is not acknowledged", f"{path}/allocate")] if unacknowledged(case=case).exists() else []
    return [*late, *(("An owner is still to be found", f"{path}/allocate") for _ in allocation_owed(case)[:1])]


def timeline_rows(case: Case, *, is_masked: bool = False) -> list[tuple[datetime, str, str, str]]:
    """Who was given the case, for its timeline; without the name where it is masked."""
    page, rows = f"/cases/{case.reference}/allocate", list[tuple[datetime, str, str, str]]()
    for row in allocations_of(case):
        kind = row.get_kind_display()
        words = f"{kind[:1].upper()}{kind[1:]}" if is_masked else f"{row.owner.name}: {kind}"
        rows.append((row.at, "decision", words, page))
    return rows
