"""What the demo force did about what it owed: most of it in time, some late, some not at all, as forces do; and what came of its
referrals: decisions and what was asked for, some received to investigate, where each stands, and whose crime and referral belong
together, from a seed of its own, so that the rest of the force stays as it was."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Literal
from uuid import UUID

from django.db import connection

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.concerns.queries import decisions_changed
from lodestar.casework.decisions.models import Decision, Letter, LetterFiled
from lodestar.casework.investigations.models import Crime
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import ObligationAnswer, ObligationEvent
from lodestar.casework.ledger.queries.obligations import Key
from lodestar.casework.referrals.models import (
    Pairing,
    PairingSettled,
    Referral,
    ReferralDraft,
    ReferralReference,
    ReferralStatus,
)
from lodestar.casework.referrals.rules import Came, decision_state, found_by
from lodestar.demo.histories import Rows
from lodestar.demo.pages import Pages
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations.closing_records import Record, closing_of
from lodestar.platform.obligations.closing_rules import DONE_BY, kinds_of
from lodestar.platform.time.days import add_working_days, london_date

Kind = Literal["done", "not_needed", "not_possible"]

STILL_STUCK = timedelta(days=4)  # what was not possible is found a way for, as a rule
NEVER = 0.3  # of what was not done in time, how much was never done
ROUNDS = 3  # a review done opens the next one, so the answers are given in rounds
BY_ROLE = {
    "frontline": "officer", "custody": "custody", "supervisor": "supervisor", "investigator": "investigator",
    "coordinator": "coordinator", "advisor": "coordinator", "crime_allocation": "allocation",
    "crime_registrar": "allocation", "victim_liaison": "investigator", "analyst": "coordinator",
}  # fmt: skip
SUPERVISORS = ("supervisor", "supervisor2")
KINDS: tuple[Kind, ...] = ("done", "not_needed", "not_possible")
JUST_A_TAP = 0.3  # of what the first screen lets close on an officer's word
FILLED = {
    "who": "Duty social worker, Marlsea MASH", "reference": "MH-20418", "said": "They will ring back; advice taken",
    "to": "Single Competent Authority, case worker", "how": "email", "by": "PC Ferreira", "given": "Food, a coat and a doctor",
    "interpreter": "Job 20418, by telephone", "place": "Foster carer", "outcome": "arranged",
    "decided": "Yes: done as the file says", "why": "On the signs recorded that night", "what": "Sheet in the case file",
    "result": "no_signs",
}  # fmt: skip
TALKED = {"how": "face_to_face", "said": "Told alone, with the interpreter they know", "interpreter": "Job 20418"}
BECAUSE = {
    "done": "",
    "not_needed": "Nothing of the kind was there; checked with the officer who met them.",
    "not_possible": "Nobody could be had at that hour; passed up.",
}


def answer(
    rows: Rows, cases: Sequence[Case], members: Mapping[str, Member], now: datetime, only: Collection[str] = ()
) -> None:
    """Stores answers to what these cases owe, as well as each was looked after: as taps, or as what a page records. `only`
    are the codes that are answered, where not all are."""
    answered: set[tuple[UUID, Key]] = set()
    for _ in range(ROUNDS):
        reckoning = ledger.read(cases)
        made = Rows(rows.random, reviews=rows.reviews, once=rows.once)
        pages = Pages(made, reckoning, members, now)
        for case in cases:
            for key, wanted in ledger.expected(reckoning, case.id).items():
                if (case.id, key) in answered or not wanted.standing.is_open or (only and key[1] not in only):
                    continue
                at = _answer(pages, case, wanted, rows.care[case.id])
                if at is not None:
                    answered.add((case.id, key))
        pages.tie()
        made.store()
        decisions_changed()
        _given_to(pages.owners, cases)


def _given_to(owners: Mapping[UUID, UUID], cases: Sequence[Case]) -> None:
    """The detectives have their cases."""
    given = [case for case in cases if case.id in owners]
    for case in given:
        case.owner_id = owners[case.id]
    Case.objects.bulk_update(given, ["owner"])


def _answer(pages: Pages, case: Case, wanted: ledger.Expected, care: float) -> datetime | None:
    """Writes the answer, within the limits that the pages hold everybody to, and returns when it was given, if it was."""
    owed, rows, random, now = wanted.standing.owed, pages.rows, pages.random, pages.now
    at = _when(random, case.encountered_at, owed.opens_at, owed.due, care)
    if at is None or at > now:
        return None
    is_new = now - case.encountered_at < STILL_STUCK
    stuck = 8 if is_new else 0 if owed.when == "now" else 0.3
    kind: Kind = random.choices(KINDS, [92, 4, stuck])[0]
    by = _by(owed.code, owed.owed_by, case, pages.members)
    if kind not in kinds_of(owed.code):
        kind = "done"
    if kind == "done" and kind not in kinds_of(owed.code):
        pages.write(case, wanted, by, at)
        return at
    record = _record(owed.code, random) if kind == "done" and not (owed.line and random.random() < JUST_A_TAP) else None
    rows.add(
        ObligationAnswer, at, case=case, person_id=wanted.person, code=owed.code, subject=owed.subject,
        moment=owed.moment, kind=kind, because=BECAUSE[kind], rests_on=owed.rests_on,
        record=record.kind if record else "", details=record.as_text() if record else "",
        happened_at=_reported_time(at, owed.due), recorded_at=pages.recorded_time(at), by_id=by,
    )  # fmt: skip
    return at


def _reported_time(at: datetime, due: datetime | None) -> datetime:
    """When it happened, as told: of two things in three that were late somebody gave the time, which is a whole minute; the
    rest are bare taps."""
    return at.replace(second=0) if due and at > due and at.minute % 3 else at


def _record(code: str, random: Random) -> Record | None:
    """The record that closes this, with what it needs and sometimes more; None where an officer's word does."""
    closing = closing_of(code)
    if closing.kind is None:
        return None
    filled = FILLED | (TALKED if closing.record == "talk" else {})
    names = [name for name in closing.kind.fields if name in filled and (name in closing.needs or random.random() < 0.3)]
    return Record(closing.record, {name: filled[name] for name in names})


def _by(code: str, owed_by: str, case: Case, members: Mapping[str, Member]) -> UUID:
    """Who answered: whoever has it in this case."""
    if owed_by == "frontline":
        return case.interim_owner_id
    if owed_by == "investigator" and case.owner_id:
        return case.owner_id
    if owed_by == "supervisor" and code not in DONE_BY:
        return next(member.user for name, member in members.items() if name in SUPERVISORS and member.unit == case.unit_id)
    return members["inspector" if code in DONE_BY else BY_ROLE.get(owed_by, "coordinator")].user


def name_who_closed(cases: Sequence[Case]) -> None:
    """The ledger of these cases was reckoned in one go by one person; each thing closed names whoever answered it."""
    reckoning = ledger.read(cases)
    by: dict[tuple[UUID, Key], UUID] = {}
    for case in cases:
        for key, wanted in ledger.expected(reckoning, case.id).items():
            evidence = wanted.standing.evidence
            if evidence and evidence.by:
                by[case.id, key] = UUID(evidence.by)
    of_these = [case.id for case in cases]
    closed = ObligationEvent.objects.select_related("obligation").filter(kind="closed", obligation__case__in=of_these)
    closers = [(event.id, by.get((event.obligation.case_id, ledger.key_of(event.obligation)), event.by)) for event in closed]
    with connection.cursor() as cursor:  # one statement: a CASE of thousands of branches takes a quarter of the demo's making
        cursor.execute(
            "update ledger_obligationevent e set by = named.by from unnest(%s::uuid[], %s::uuid[]) as named (id, by)"
            " where e.id = named.id",
            [[event for event, _ in closers], [who for _, who in closers]],
        )


def _when(random: Random, met: datetime, opens: datetime | None, due: datetime | None, care: float) -> datetime | None:
    """When it was done, if it was: in time mostly, late sometimes, and not at all as often as care was lacking."""
    start = opens or met
    span = (due - start) if due and due > start else timedelta(days=20)
    if random.random() > care:
        if random.random() < NEVER:
            return None
        stretch = 2 + random.random() * 12  # found late, and done late
    else:
        stretch = random.random() if random.random() < care else 1 + random.random() * 3
    return (start + span * stretch).replace(microsecond=0)


SEED = 20260302
FOLLOWED = frozenset(
    {
        "consider_reconsideration", "tell_decision_safely", "recovery_period_minimum", "plan_before_support_ends", "tell_cps",
        "section45_full_record", "share_crime_reference",
    }
)  # fmt: skip
SETTLED = {
    "no_crime": (
        "Lincolnshire Police recorded the crime where it happened, and sent us its number.",
        "It happened abroad: the incident is recorded, and no crime of this country.",
        "Recorded as one crime with the others of the same address, under the first of them.",
    ),
    "no_referral": (
        "The charity that met them had referred them already; its reference was checked with the competent authority.",
        "They said no twice, alone and with an interpreter. The notification was sent on paper before this was kept here.",
        "Referred by the force where they live now. Its reference stands with the crime.",
    ),
}
CHECKS = ("Q1", "Q2", "Q3", "Q6", "Q7", "Q9", "Q10", "Q11")


def came(cases: Sequence[Case], members: Mapping[str, Member], now: datetime) -> None:
    """Stores what came of the referrals of these cases, and some that others sent."""
    random = Random(f"{SEED} {cases[0].reference}")
    _received(random, cases, members, now)
    sent = list(Referral.objects.select_related("person__case").filter(person__case__in=cases, route="nrm").order_by("id"))
    _written_here(random, sent)
    by = members["coordinator"].user
    rows = []
    for referral in sent:
        for number, (kind, on, ground) in enumerate(_story(random, referral, london_date(now)), 1):
            at = datetime.combine(on, referral.sent_at.timetz())
            rows.append(
                Decision(
                    referral=referral, number=number, kind=kind, decided_on=on, ground=ground, filed_at=at, filed_by_id=by,
                    answer_by=add_working_days(on, 8) if kind == "info_asked" else None,
                )
            )  # fmt: skip
    Decision.objects.bulk_create(rows)


def _story(random: Random, referral: Referral, today: date) -> Iterator[tuple[str, date, str]]:
    """What came of one referral up to today: mostly in time, as the authority takes its time."""
    day = london_date(referral.sent_at)
    for kind, wait, ground in _plot(random):
        day = add_working_days(day, wait)
        if day > today:
            return
        yield kind, day, ground


def _plot(random: Random) -> Iterator[tuple[str, int, str]]:
    if random.random() < 0.14:
        yield "info_asked", random.randint(2, 6), ""
        if random.random() < 0.2:
            return
        yield "info_sent", random.randint(2, 9), ""
    if random.random() < 0.05:
        yield random.choice(["withdrawn", "suspended"]), random.randint(1, 20), ""
        return
    if random.random() < 0.62:
        yield "rg_positive", random.randint(3, 14), ""
        if random.random() < 0.02:
            yield "disqualified", random.randint(10, 90), "public_order"
        elif random.random() < 0.5:
            yield random.choice(["cg_positive", "cg_positive", "cg_positive", "cg_negative"]), random.randint(90, 300), ""
        return
    yield "rg_negative", random.randint(3, 14), ""
    if random.random() < 0.5:
        yield "rec_asked", random.randint(4, 16), random.choice(["guidance", "new_evidence"])
        if random.random() < 0.9:
            yield random.choice(["rec_accepted", "rec_accepted", "rec_refused"]), random.randint(5, 12), ""
            if random.random() < 0.7:
                yield "rg_positive", random.randint(10, 40), ""


def _received(random: Random, cases: Sequence[Case], members: Mapping[str, Member], now: datetime) -> None:
    """One person in twenty without a referral was referred by another body, which the force investigates."""
    people = Person.objects.select_related("case").filter(case__in=cases, belief="reasonable_grounds").order_by("id")
    rows = []
    for person in people.exclude(id__in=Referral.objects.filter(person__case__in=cases).values("person")):
        at = person.case.encountered_at + timedelta(hours=random.randint(30, 90))
        if random.random() < 0.2 and at < now:
            rows.append(
                Referral(
                    person=person, number=1, route="nrm", direction="received_for_investigation", sent_at=at,
                    sent_by=random.choice(["The Salvation Army", "Marlsea Borough Council", "Barnardo\u2019s"]),
                    no_consent="theirs", recorded_at=at + timedelta(days=1), recorded_by_id=members["coordinator"].user,
                )
            )  # fmt: skip
    Referral.objects.bulk_create(rows)


def _written_here(random: Random, sent: Sequence[Referral]) -> None:
    """Three in four of those we sent were written here, with some checks of the form open."""
    ours = [row for row in sent if row.direction == "made_by_us" and random.random() < 0.75]
    written = [
        ReferralDraft(person=row.person, form_version="2026-04", begun_at=row.sent_at, begun_by_id=row.recorded_by_id)
        for row in ours
    ]
    ReferralDraft.objects.bulk_create(written)
    for row, writing in zip(ours, written, strict=True):
        row.writing = writing
        row.open_checks = sorted(random.sample(CHECKS, random.choice([0, 0, 1, 1, 2, 3, 5])))
    Referral.objects.bulk_update(ours, ["writing", "open_checks"])


def stand(cases: Sequence[Case], by: UUID, now: datetime) -> None:
    """Stores where each referral of these cases stands, and what belongs together, from the rows that are there."""
    sent = list(Referral.objects.select_related("person__case").filter(person__case__in=cases))
    decisions: dict[UUID, list[Came]] = defaultdict(list)
    for decision in Decision.objects.filter(referral__in=sent):
        decisions[decision.referral_id].append(Came(decision.kind, decision.decided_on, decision.number))
    standing = []
    for row in sent:
        is_at = decision_state(row.route, decisions[row.id])
        standing.append(
            ReferralStatus(
                referral=row, direction=row.direction, unit_id=row.person.case.unit_id, sent_at=row.sent_at, state=is_at.state,
                returned=is_at.returned, first=is_at.first,
                open_checks=row.open_checks if row.writing_id else None,
            )
        )  # fmt: skip
    ReferralStatus.objects.bulk_create(standing)
    paired: dict[UUID, Pairing] = {}
    for row in sent:
        paired.setdefault(row.person_id, Pairing(person_id=row.person_id)).referral_at = row.sent_at
    for crime in Crime.objects.filter(person__case__in=cases).order_by("at"):
        pair = paired.setdefault(crime.person_id, Pairing(person_id=crime.person_id))
        if crime.kind == "recorded":
            pair.crime_at, pair.settled = crime.at, False
        elif crime.kind == "not_needed" and pair.crime_at is None:
            pair.settled = True
    reasons = _settled(Random(f"{SEED} settled {cases[0].reference}"), list(paired.values()), by, now)
    Pairing.objects.bulk_create(paired.values())
    PairingSettled.objects.bulk_create(reasons)
    _letters(sent, by)


def _settled(random: Random, pairs: Sequence[Pairing], by: UUID, now: datetime) -> list[PairingSettled]:
    """The coordinator said of one in four without a crime, or without a referral, why that is right: some days later."""
    settlements = []
    for pair in pairs:
        side = "no_referral" if pair.referral_at is None else "no_crime"
        since = pair.crime_at if side == "no_referral" else pair.referral_at
        if pair.settled or since is None or (pair.referral_at and pair.crime_at):
            continue
        at = since + timedelta(days=random.randint(2, 20), hours=random.randint(-3, 3))
        if random.random() < 0.25 and at < now:
            pair.settled = True
            reason = random.choice(SETTLED[side])
            settlements.append(
                PairingSettled(person_id=pair.person_id, side=side, reason=reason, settled_at=at, settled_by_id=by)
            )
    return settlements


def _letters(sent: Sequence[Referral], by: UUID) -> None:
    """References are found as typed; the last decision of these cases came with a letter, and one mail waits for its referral."""
    references = list(ReferralReference.objects.filter(referral__in=sent))
    for row in references:
        row.found_by = found_by(row.reference)
    ReferralReference.objects.bulk_update(references, ["found_by"])
    last = Decision.objects.filter(referral__in=sent, kind__startswith="rg_").order_by("-decided_on", "-id").first()
    if last is None:
        return
    outcome = "positive" if last.kind == "rg_positive" else "negative"
    letter = Letter.objects.create(
        kind="decision", how="pasted", title="National Referral Mechanism: outcome", dated=last.filed_at,
        words=f"We have made a {outcome} reasonable grounds decision in this case. The reasons follow in a separate letter.",
        digest=f"{last.id.int:064x}", added_at=last.filed_at, added_by_id=by,
    )  # fmt: skip
    LetterFiled.objects.create(letter=letter, referral_id=last.referral_id, how="itself", filed_at=last.filed_at, filed_by_id=by)
    if outcome == "negative":
        Letter.objects.create(
            kind="asks", how="pasted", title="Your referral: further information", dated=last.filed_at, waits=True,
            words="Please provide the crime reference for case 88-104-77. No other reference was given in your form.",
            digest=f"{last.id.int + 1:064x}", added_at=last.filed_at, added_by_id=by,
        )  # fmt: skip
