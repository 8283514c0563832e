"""Recording what went to the Home Office, what completed it and what was decided; and where a referral stands.

Each write locks its case, adds rows, writes one event, reckons.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.cases.access import people_of
from lodestar.cases.models import Person
from lodestar.cases.queries.facts import parts_of
from lodestar.cases.queries.talks import answer_at
from lodestar.kernel.days import london_date
from lodestar.kernel.ids import new_id
from lodestar.kernel.text_normalise import one_line, several_lines
from lodestar.record import actions as record
from lodestar.referrals import queries
from lodestar.referrals.models import (
    Decision,
    Pairing,
    PairingSettled,
    Referral,
    ReferralDraft,
    ReferralReference,
    ReferralStatus,
    SupplementaryInformation,
)
from lodestar.referrals.queries.reconciled import pairing_of, side_of
from lodestar.referrals.rules import Route, in_line, route_of
from lodestar.referrals.rules.coach import checks
from lodestar.referrals.rules.decisions import Came, decision_state
from lodestar.referrals.rules.letters import found_by
from lodestar.tenancy.models import TenantModel

# Both rows in one statement: recording what was sent asks the database for enough already.
BEGINS = """
with now as (
    insert into referrals_referralstatus (id, tenant, referral_id, direction, unit_id, sent_at, state, returned, open_checks)
    values (%s, %s, %s, %s, %s, %s, %s, false, %s)
)
insert into referrals_pairing (id, tenant, person_id, referral_at, settled) values (%s, %s, %s, %s, false)
on conflict (tenant, person_id) do update set referral_at = excluded.referral_at
"""
# What was settled before there was a crime is about there being none.
CRIME = """
insert into referrals_pairing as held (id, tenant, person_id, crime_at, settled) values (%s, %s, %s, %s, false)
on conflict (tenant, person_id) do update
set crime_at = excluded.crime_at, settled = held.settled and held.crime_at is not null
"""
NO_CRIME = """
insert into referrals_pairing as held (id, tenant, person_id, settled) values (%s, %s, %s, true)
on conflict (tenant, person_id) do update set settled = held.settled or held.crime_at is null
"""


def begins(referral: Referral) -> None:
    """A referral or notification was recorded: it stands somewhere, and its person has one."""
    state, person = decision_state(referral.route, ()).state, referral.person
    checks = referral.open_checks if referral.writing_id else None
    now: list[Any] = [new_id(), referral.tenant, referral.id, referral.direction, person.case.unit_id, referral.sent_at]
    with connection.cursor() as cursor:
        cursor.execute(BEGINS, [*now, state, checks, new_id(), referral.tenant, person.id, referral.sent_at])


def moves(referral: Referral) -> None:
    """Something came of a referral: where it stands is worked out from all that did."""
    rows = list(Decision.objects.filter(referral=referral))
    replaced = {row.replaces_id for row in rows}
    came = [Came(row.kind, row.decided_on, row.number) for row in rows if row.id not in replaced]
    now = decision_state(referral.route, came)
    ReferralStatus.objects.filter(referral=referral).update(state=now.state, returned=now.returned, first=now.first)


def crime_recorded(person: Person, at: datetime) -> None:
    """A crime of this person has a number. Why there was none until now settles nothing any more."""
    with connection.cursor() as cursor:
        cursor.execute(CRIME, [new_id(), person.tenant, person.id, at])


def no_crime_needed(person: Person) -> None:
    """Somebody said why this person's referral needs no crime, whether it was sent already or is to be sent."""
    with connection.cursor() as cursor:
        cursor.execute(NO_CRIME, [new_id(), person.tenant, person.id])


GIVEN: dict[str, Any] = {"recipient": "Home Office", "power": "Modern Slavery Act 2015 s52"}
MOST_CRIMES = 20  # numbers of one person that go with a referral


class ConcurrentEdit(Exception):
    """Somebody recorded another one after the writer looked: `theirs` is the latest row."""

    def __init__(self, theirs: Referral) -> None:
        super().__init__("changed meanwhile")
        self.theirs = theirs


class LikeOneRecorded(Exception):
    """One of the same kind is recorded for this person, and nobody has said yet that this is another: `theirs`."""

    def __init__(self, theirs: Referral) -> None:
        super().__init__("like one recorded")
        self.theirs = theirs


class NotChecked(Exception):
    """Texts of what is written here without a name wait to be checked before they leave: `writing` is what they are of."""

    def __init__(self, writing: ReferralDraft) -> None:
        super().__init__("texts not checked")
        self.writing = writing


class NotTheRoute(Exception):
    """What was sent is not what the facts call for, and nobody has said yet that it has really gone."""

    def __init__(self, facts_say: Route) -> None:
        super().__init__("not the route of the facts")
        self.facts_say = facts_say


def record_referral(
    *,
    by: Member,
    at: datetime,
    person: Person,
    route: str,
    direction: str,
    seen: int,
    reference: str = "",
    as_it_happened: bool = False,
    another: bool = False,
    crimes: Sequence[str] = (),
    details: Mapping[str, Any] | None = None,
) -> Referral:
    """Records that a referral (nrm) or notification (dtn) about this person was sent at `at`.

    What is not the route of the facts raises NotTheRoute until it is told `as_it_happened`; then it is recorded like everything
    that has happened, kept as out of line, opens an overdue obligation at once, and is counted. What another body sent is judged
    by nobody here. `told` holds sent_words, sent_by, confirmation, gaps and identity_checked where they are known, `crimes` their
    crime numbers. What we sent points at the answer about referral that was theirs at `at`, and at what was written here, with
    the checks open in it. Raises NotChecked while texts of a notification without a name wait to be checked, Meanwhile when there
    are more rows than the `seen` that the writer had before them, and LikeOneRecorded until it is told that this is `another`.
    """
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="referrals.sent") as (case,):
        people, parts = people_of(case), parts_of([case.id])
        number, read = _next_number(person, route, direction, seen, another=another), queries.read_now(person, people, parts)
        facts_say, ours = route_of(read), direction == "made_by_us"
        is_out_of_line = ours and not in_line(facts_say, route)
        if is_out_of_line and not as_it_happened:
            raise NotTheRoute(facts_say)
        row = Referral(
            person=person,
            number=number,
            route=route,
            direction=direction,
            sent_at=at,
            facts_said=facts_say.code,
            out_of_line=is_out_of_line,
            **_rests_on(person, at, route, queries.Already(read, parts.talks, crimes), is_ours=ours),
            crime_reference=", ".join(list(dict.fromkeys(crimes))[:MOST_CRIMES]),
            recorded_at=timezone.now(),
            recorded_by_id=by.user,
            **(details or {}),
        )
        row.save(force_insert=True)
        begins(row)
        if reference.strip():
            _add_reference(row, reference, by)
        _log_sent(row, by, [name for name, value in (details or {}).items() if value])
    return row


def _rests_on(person: Person, at: datetime, route: str, already: queries.Already, *, is_ours: bool) -> dict[str, Any]:
    """The answer that what went at `at` rests on, or why there is none, and what we wrote. A child's rests on none
    (statutory guidance 2020, 5.43), and what another body sent on the answer that they hold."""
    if not is_ours:
        return {"no_consent": "theirs"}
    is_child = already.read.is_child
    consent_answer = None if is_child else answer_at(person.id, already.talks, at)
    why_none = "" if consent_answer else "child" if is_child else "none_held"
    return {"consent": consent_answer, "no_consent": why_none, **_draft_and_open_checks(person, at, route, already)}


def _draft_and_open_checks(person: Person, at: datetime, route: str, already: queries.Already) -> dict[str, Any]:
    """What was written here of what went, and which checks of the form are open in it."""
    writing = queries.last_written(person)
    if writing is None:
        return {}
    sheet = queries.sheet_of(writing, already)
    if route == "dtn" and not queries.submission_on(sheet, london_date(at)).is_clear:
        raise NotChecked(writing)
    coach_referral = queries.for_the_coach(sheet, london_date(at))
    return {"writing": writing, "open_checks": [check.code for check in checks(coach_referral) if check.is_open]}


def logged(
    *, code: str, row: TenantModel, about: Person, by: Member, at: datetime, fields: Sequence[str] = (),
    others: Sequence[UUID] = (), **more: Any,
) -> None:  # fmt: skip
    """Writes an event of the log: of which row, in whose case, with what of it; `more` is to whom and by which power."""
    record.append(
        code, by=by.user, role=by.role, at=at, case=about.case_id, people=list(dict.fromkeys([about.id, *others])),
        subject=str(row.id), fields=fields, **more,
    )  # fmt: skip


def _log_sent(row: Referral, by: Member, detail_fields: list[str]) -> None:
    """What we sent is a disclosure to the Home Office; what another body sent is something we were told."""
    ours = row.direction == "made_by_us"
    fields = ["route", "sent_at", *(name for name, value in _pointers(row) if value), *detail_fields]
    if ours:
        logged(code="referrals.sent", row=row, about=row.person, by=by, at=row.sent_at, fields=fields, **GIVEN)
    else:
        logged(code="referrals.received", row=row, about=row.person, by=by, at=row.sent_at, fields=fields)


def _pointers(row: Referral) -> tuple[tuple[str, object], ...]:
    return (("consent", row.consent_id), ("crime_reference", row.crime_reference), ("writing", row.writing_id))


def _next_number(person: Person, route: str, direction: str, seen: int, *, another: bool) -> int:
    """The number of the next row of this person, when nothing stands in its way."""
    earlier = list(Referral.objects.select_related("recorded_by").filter(person=person).order_by("number"))
    if len(earlier) > seen:
        raise ConcurrentEdit(earlier[-1])
    alike = [row for row in earlier if (row.route, row.direction) == (route, direction)]
    if alike and not another:
        raise LikeOneRecorded(alike[-1])
    return len(earlier) + 1


def add_reference(*, by: Member, at: datetime, referral: Referral, reference: str) -> ReferralReference:
    """Adds the reference that came later, or puts a mistaken one right; what it said before stays."""
    case = referral.person.case_id
    with ledger.acting_on(case, by=by.user, at=at, code="referrals.reference_added"):
        row = _add_reference(referral, reference, by)
        about = referral.person
        logged(code="referrals.reference_added", row=referral, about=about, by=by, at=at, fields=["reference"])
    return row


def _add_reference(referral: Referral, reference: str, by: Member) -> ReferralReference:
    row = ReferralReference(
        referral=referral,
        reference=(written := one_line(reference)[:80]),
        found_by=found_by(written),
        recorded_at=timezone.now(),
        recorded_by_id=by.user,
    )
    row.save(force_insert=True)
    return row


def rest_sent(
    *, by: Member, at: datetime, referral: Referral, codes: Sequence[str], words: str = "", how: str = ""
) -> SupplementaryInformation:
    """Records that supplementary information on this referral was sent at `at`: how, and which answers it held. It
    discharges that the rest is owed."""
    case = referral.person.case_id
    with ledger.acting_on(case, by=by.user, at=at, code="referrals.rest_sent"):
        row = SupplementaryInformation(
            referral=referral,
            sent_at=at,
            sent_words=words,
            how=how,
            codes=list(codes),
            recorded_at=timezone.now(),
            recorded_by_id=by.user,
        )
        row.save(force_insert=True)
        logged(code="referrals.rest_sent", row=row, about=referral.person, by=by, at=at, fields=codes, **GIVEN)
    return row


class DecidedMeanwhile(Exception):
    """Somebody filed another decision after the writer looked: `theirs` is the latest row."""

    def __init__(self, theirs: Decision) -> None:
        super().__init__("changed meanwhile")
        self.theirs = theirs

def file_decision(
    *,
    by: Member,
    at: datetime,
    referral: Referral,
    kind: str,
    decided_on: date,
    seen: int,
    notice_on: date | None = None,
    answer_by: date | None = None,
    ground: str = "",
    replaces: Decision | None = None,
) -> Decision:
    """Files what came of an NRM referral, known since `at`: a decision of the competent authority, what it asks for or
    answers, or what was sent to it or asked of it.

    The clocks run from `decided_on`, `notice_on` and `answer_by`, days in London. `ground` is one of GROUNDS, of the kinds
    that have one. `replaces` is one that was recorded by mistake; it
    no longer counts and stays to be read. The same kind and days again are the same row. Raises DecidedMeanwhile when
    there are more decisions than the `seen` that the writer had before them.
    """
    case = referral.person.case_id
    with ledger.acting_on(case, by=by.user, at=at, code="referrals.decided"):
        earlier = queries.decisions_of(referral)
        existing = _same(earlier, kind, decided_on, notice_on) if replaces is None else None
        if existing:
            return existing
        if len(earlier) > seen:
            raise DecidedMeanwhile(earlier[-1])
        row = Decision(
            referral=referral,
            number=len(earlier) + 1,
            kind=kind,
            decided_on=decided_on,
            notice_on=notice_on,
            answer_by=answer_by if kind == "info_asked" else None,
            ground=ground,
            replaces=replaces,
            filed_at=timezone.now(),
            filed_by_id=by.user,
        )
        row.save(force_insert=True)
        moves(referral)
        names = ["kind", "decided_on", *(name for name in ("notice_on", "answer_by", "ground", "replaces") if getattr(row, name))]
        logged(code="referrals.decided", row=row, about=referral.person, by=by, at=at, fields=names)
    return row


def _same(earlier: list[Decision], kind: str, decided_on: date, notice_on: date | None) -> Decision | None:
    replaced = {row.replaces_id for row in earlier}
    key = (kind, decided_on, notice_on)
    standing = (row for row in earlier if row.id not in replaced)
    return next((row for row in standing if (row.kind, row.decided_on, row.notice_on) == key), None)


class PairedMeanwhile(Exception):
    """What was missing is there by now, or is missing on the other side: there is nothing to say why."""


def settle_pairing(*, by: Member, at: datetime, person: Person, side: str, reason: str) -> PairingSettled:
    """Says why the one is there without the other (`side`, one of SIDES). A later reason stands beside the earlier; the same
    words of the same person again are the same row. Raises PairedMeanwhile when that is not how it stands."""
    reason = several_lines(reason)[:1000]
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="referrals.pairing_settled"):
        if side_of(pairing_of(person.id)) != side:
            raise PairedMeanwhile
        latest = PairingSettled.objects.filter(person=person, side=side).order_by("-settled_at", "-id").first()
        if latest is not None and (latest.reason, latest.settled_by_id) == (reason, by.user):
            return latest
        row = PairingSettled(person=person, side=side, reason=reason, settled_at=timezone.now(), settled_by_id=by.user)
        row.save(force_insert=True)
        Pairing.objects.filter(person=person).update(settled=True)
        logged(code="referrals.pairing_settled", row=row, about=person, by=by, at=at, fields=["reason"])
    return row
