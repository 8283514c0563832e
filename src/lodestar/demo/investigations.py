"""What detectives and inspectors of the demo force do: plans with exhibits and accounts, what passes with the CPS, full records
of section 45 of the Modern Slavery Act 2015, closings and orders, bail and promises, and cases handed over."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from lodestar.casework.case_files.actions.people import add_person
from lodestar.casework.cases.models import AllegedOffence, Case, Person
from lodestar.casework.closures.actions import NotAuthorised, ask_closing, decide_closing, set_status
from lodestar.casework.closures.models import ClosingRequest
from lodestar.casework.closures.queries import charged_at, crimes_of, is_closed, open_obligations, open_points, refusals
from lodestar.casework.closures.rules import CASE, PERSON, checklist, point_name
from lodestar.casework.contact_promises.actions import make_promise, move_promise
from lodestar.casework.court_orders.actions import move_order, record_breach, record_order
from lodestar.casework.enquiries.actions import ask_for_material, move_line, record_decision, record_unused, write_plan
from lodestar.casework.enquiries.models import LineOfEnquiry
from lodestar.casework.evidence.actions import ask_for_account, record_account, record_exhibit, record_holding
from lodestar.casework.evidence.queries import accounts_of
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.prosecutions.actions import give_summary, record_entry
from lodestar.casework.prosecutions.presenters import check_summary
from lodestar.casework.prosecutions.queries import summary_of
from lodestar.casework.section45.access import offences_in
from lodestar.casework.section45.rules.record import Asked
from lodestar.casework.suspects.actions import move_suspect, record_suspect
from lodestar.casework.suspects.models import Suspect
from lodestar.casework.suspects.queries import to_inform, victims_of
from lodestar.demo.concerns import listed
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations.closing_records import Record, closing_of
from lodestar.platform.time.days import end_of_day, london_date

HOUR, IN_FULL, FINISHED = timedelta(hours=1), 0.15, 0.7  # how many cases have more than a plan; lines finished at a look


def investigate(by: Member, at: datetime, case: Case, people: Sequence[Person], chance: Random) -> None:
    """Writes the plan of a case; in some also exhibits, accounts, decisions and unused material."""
    rows = listed("investigations")
    with ledger.acting_on(case.id, by=by.user, at=at, code="enquiries.plan_written"):
        plan = chance.choice(rows["plans"])
        write_plan(by=by, at=at, case=case, aim=plan["aim"], lines=plan["lines"], officer=by.user)
        if chance.random() < IN_FULL:
            _in_full(by, at, case, people, chance)


def pursue(by: Member, at: datetime, case: Case, chance: Random) -> None:
    """What came of the lines of a case that are to be looked at about now."""
    for line in LineOfEnquiry.objects.filter(case=case, state="open", due_at__lt=at + 168 * HOUR).order_by("code"):
        to, reason = ("done", chance.choice(["supports", "mixed", "nothing"])) if chance.random() < FINISHED else ("open", "")
        move_line(by=by, at=at, row=line, to=to, seen=line.version, reason=reason)


def _in_full(by: Member, at: datetime, case: Case, people: Sequence[Person], chance: Random) -> None:
    rows, victims = listed("investigations"), [person for person in people if person.category == "victim"] or people
    for number, entry in enumerate(rows["exhibits"], 1):
        facts = {name: entry[name] for name in ("kind", "what", "where", "distressing")}
        exhibit = record_exhibit(
            by=by, at=at, case=case, reference=f"{entry['initials']}/{number}", found_at=at - 9 * HOUR, **facts
        )
        for holder, start, end in entry["holdings"]:
            span = {"from_at": at + start * HOUR, "to_at": at + end * HOUR if end else None}
            record_holding(by=by, at=at, exhibit=exhibit, holder=holder, where="Property store", why="As filed", **span)
    for entry in rows["accounts"]:
        request, earlier = None, [row.id for row in accounts_of(victims[0])]
        if earlier and entry["reason"]:
            asked = {"line": "victim_strategy", "reason": entry["reason"]}
            request = ask_for_account(by=by, at=at, person=victims[0], shown=earlier, **asked)
        facts = {name: entry[name] for name in ("way", "taker", "covered", "distressing", "words", "reference")}
        record_account(by=by, person=victims[0], at=at, request=request, **facts)
    first = record_decision(by=by, at=at, case=case, **rows["decisions"][0])
    record_decision(by=by, at=at, case=case, adds_to=first.id, **rows["decisions"][1])
    record_unused(by=by, at=at, case=case, owner=by.user, **chance.choice(rows["unused"]))
    line = LineOfEnquiry.objects.filter(case=case, state="open").order_by("code")[0]
    move_line(by=by, at=at, row=line, to="done", seen=line.version, reason="supports", because=rows["done"])
    ask_for_material(by=by, at=at, person=victims[0], line_id=line.id, **rows["material"])


SHARE = 0.4  # of the suspected offences of how many something is asked of the CPS before the outcome


WITH_REPLIES = (3, 5)  # how many of the entries are recorded: each ends with a reply to what was asked


def consult(by: Member, at: datetime, offence: AllegedOffence, chance: Random) -> None:
    """Early advice, a conference and a reply, then a charging decision that is asked for and given; then the summary, where no
    text of it waits to be checked."""
    if chance.random() > SHARE:
        return
    case, rows = offence.person.case, listed("cps")["passed"]
    with ledger.acting_on(case.id, by=by.user, at=at, code="prosecutions.recorded"):
        request = None
        for row in rows[: chance.choice(WITH_REPLIES)]:
            facts: dict[str, Any] = {name: row[name] for name in ("who", "how", "words")} | {"offence": offence}
            answers = {"answers": request} if row["kind"] == "reply" else {}
            when = at - timedelta(days=row["days_before"])
            entry = record_entry(by=by, at=when, case=case, kind=row["kind"], facts=facts | answers)
            request = entry if row["kind"] in ("advice_asked", "charging_request") else request
        acts = offences_in(case)
        summary = summary_of(offence, [act for act in acts if act.person_id == offence.person_id], acts.index(offence) + 1)
        if summary and all(text.is_clear for text in check_summary(summary)):
            give_summary(
                by=by, at=at, summary=summary, recipient="CPS East, charging team", reason="Charging decision", kind="pdf"
            )


def answers_of(asked: Asked, conclusion: str, random: Random) -> dict[str, str]:
    """A full record that lacks nothing that is asked, and concludes what its limbs say."""
    words = listed("words")
    if not asked.limbs:
        conclusion = "not_open"
    elif len({limb.test for limb in asked.limbs}) > 1:
        conclusion = "cannot_tell"  # whether the test of a child or of an adult counts is not known yet
    before = {"likely": "no_further_action", "unlikely": "charge"}.get(conclusion, "review")
    answers = {"before": before, "conclusion": conclusion, "reason": words["reasons"][conclusion]}
    if asked.settle:
        answers |= {"settled": "not_excluded", "settled_why": words["settled"]}
    if asked.must_weigh:
        answers |= dict.fromkeys(("duress", "self_defence", "public_interest", "abuse_of_process"), words["reasons"]["not_open"])
    if asked.law_of_the_time:
        answers["law_note"] = words["settled"]
    if asked.elsewhere:
        answers |= {"asked_whom": "The prosecutor there, by letter", "their_answer": words["reasons"]["cannot_tell"]}
    failing = random.choice([limb.number for limb in asked.limbs if limb.number > 1] or [0])
    for limb in asked.limbs:
        reading = "met"
        if conclusion == "cannot_tell" and (limb.number > 1 or len({each.test for each in asked.limbs}) > 1):
            reading = "cannot_tell"
        elif conclusion == "unlikely" and limb.number >= failing:
            reading = "not_met" if limb.number == failing else "cannot_tell"
        evidence_for, against = words["limbs"][limb.name][reading]
        answers |= {f"{limb.name}_reading": reading, f"{limb.name}_for": evidence_for, f"{limb.name}_against": against}
    return answers


LATER = "It does not depend on this: the owner has it in their list"


def review_person(inspector: Member, detective: Member, at: datetime, person: Person) -> None:
    """No further action for a person: asked by a detective, agreed by an inspector, or refused while its record is open."""
    row = ask_closing(
        by=detective, at=at, case=person.case, scope=PERSON, person=person, outcomes=[], answers={},
        version=london_date(at).isoformat(), reason="The full record carries it",
    )  # fmt: skip
    _decide(inspector, at, row, {}, "Agreed, with the intelligence kept", "Finish the record first")


def _decide(inspector: Member, at: datetime, row: ClosingRequest, reasons: dict[str, str], agreed: str, refused: str) -> None:
    """Agrees, or refuses where the record does not carry it yet."""
    try:
        decide_closing(by=inspector, at=at, row=row, approved=True, because=agreed, reasons=reasons)
    except NotAuthorised:
        decide_closing(by=inspector, at=at, row=row, approved=False, because=refused, reasons=reasons)


KEPT_OPEN = 5  # one case in so many is not closed by this: what is told of closings, bail and promises needs some


def close_case(by: Member, inspector: Member, at: datetime, decided_at: datetime, case: Case) -> bool:
    """Ask to close a case in which nothing refuses it, and decide that. Return whether it was closed."""
    outcomes = [{"crime": key, "code": "1" if charged_at(case) else "18", "on": london_date(at).isoformat()}
                for key in crimes_of(case) or [""]]  # fmt: skip
    if refusals(case, open_obligations(case), outcomes, CASE):
        return False
    asked = checklist(london_date(at))
    row = ask_closing(
        by=by, at=at, case=case, scope=CASE, outcomes=outcomes, answers=_checklist_answers(at), version=asked.version,
        reason="Every line of enquiry is done, and what the NRM decides is filed when it comes",
    )  # fmt: skip
    reasons = {point_name(words): LATER for words, _ in open_points(row, open_obligations(case))}
    try:
        decide_closing(by=inspector, at=decided_at, row=row, approved=True, because="Agreed after the checklist", reasons=reasons)
    except NotAuthorised:
        decide_closing(by=inspector, at=decided_at, row=row, approved=False, because="Not yet", reasons=reasons)
        return False
    return True


def _checklist_answers(at: datetime) -> dict[str, str]:
    questions = checklist(london_date(at)).questions
    return {each.code: "done" if each.kind == "choice" else "See the case file" for each in questions}


def closings_and_orders(members: Mapping[str, Member], now: datetime) -> None:
    """Of cases that a detective has: one closed, one that waits, one closed elsewhere without a decision; and two orders."""
    detective, inspector = members["investigator"], members["inspector"]
    owners: dict[UUID | None, Member] = {each.user: each for each in (detective, members["investigator2"])}
    cases = Case.objects.filter(~is_closed("id"), sealed=False, owner__isnull=False, encountered_at__lt=now - timedelta(days=60))
    suspected = Person.objects.filter(roles__contains=["suspect"]).values("case")
    quiet = list(cases.exclude(id__in=suspected).order_by("-encountered_at", "id")[:3])
    for case, happened, is_decided in zip(quiet, (False, False, True), (True, False, False), strict=False):
        owner = owners.get(case.owner_id, detective)
        set_status(by=owner, at=case.encountered_at + timedelta(days=1), case=case, status="investigating")
        outcomes = [{"crime": key, "code": "15", "on": london_date(now).isoformat()} for key in crimes_of(case) or [""]]
        row = ask_closing(
            by=owner, at=now - timedelta(days=2), case=case, scope=CASE, outcomes=outcomes, happened=happened,
            reason="Every line of enquiry is done and nobody else can be identified", answers=_checklist_answers(now),
            version=checklist(london_date(now)).version,
        )  # fmt: skip
        if is_decided:
            reasons = {point_name(words): LATER for words, _ in open_points(row, open_obligations(case))}
            _decide(inspector, now, row, reasons, "Agreed after the checklist", "Agreed after the checklist")
    exploiters = Person.objects.filter(roles__contains=["exploiter"], case__sealed=False, case__owner__isnull=False)
    for kind, person in zip(("stpo", "stro"), exploiters.select_related("case").order_by("-recorded_at", "id")[:2], strict=False):
        owner = owners.get(person.case.owner_id, detective)
        order = record_order(by=owner, at=now - timedelta(days=20), person=person, kind=kind)
        if kind == "stpo":
            made, conditions = london_date(now) - timedelta(days=10), ["No contact with the person protected", "No lodgers"]
            move_order(
                by=owner, at=now - timedelta(days=9), row=order, to="made", seen=1, conditions=conditions, made_on=made,
                from_on=made, to_on=date(made.year + 6, made.month, 1), court="Marlsea Crown Court",
            )  # fmt: skip
            breach = {"what_was_done": "Arrested and charged", "victim_informed": "not_safe"}
            record_breach(by=owner, at=now - timedelta(days=1), order=order, **breach)


DAY = timedelta(days=1)
CONDITIONS = ("Not to contact any witness", "Not to go within half a mile of the house", "To report every Monday")
CASES = 5  # with a detective, the latest
EXPLOITER = {"description": "The man who drove the van", "roles": ["exploiter"], "age_min": 35, "age_max": 45}


def bail_and_promises(members: Mapping[str, Member], now: datetime) -> None:
    """One of each: bail with the victim informed first, a release before she was, a release to come, others on bail."""
    by_user = {member.user: member for member in members.values()}
    cases = Case.objects.filter(~is_closed("id"), owner__in=by_user, sealed=False, encountered_at__lt=now - 9 * DAY)
    for number, case in enumerate(cases.order_by("-encountered_at", "id")[:CASES]):
        detective = by_user[case.owner_id or case.interim_owner_id]
        person = Person.objects.filter(case=case, roles=["exploiter"]).first()
        person = person or add_person(by=detective, at=now - 4 * DAY, case=case, facts=EXPLOITER)
        suspect = record_suspect(by=detective, at=now - 4 * DAY, person=person)
        if number == 1:
            _step(detective, now - 3 * DAY, suspect, "remand_refused", because="The court gave no reason")
        elif number == 2:
            _step(detective, now - DAY, suspect, "prison_release", planned_at=now + 2 * DAY)
        else:
            ends = end_of_day(london_date(now) + timedelta(days=5 + 9 * number))
            _step(detective, now - 4 * DAY, suspect, "bailed_conditions", planned_at=now - 3 * DAY)
            for row in to_inform([release.id for release in suspect.releases.all()]):
                early = now - 3 * DAY - 5 * HOUR
                move_promise(by=detective, at=early, row=row, to="done", seen=1, done_how="they_came", plan_at=early)
            _step(detective, now - 3 * DAY, suspect, "bailed_conditions", ends_at=ends, conditions=CONDITIONS[: number or 3])
        officer, why = (members["liaison"], "") if number else (detective, "No other detective is free this week")
        _step(detective, now - DAY, suspect, suspect.state, victim_officer_id=officer.user, same_because=why)
        _promises(members["advisor"], now, victims_of(person), number)
        _decide_tasking(members["supervisor"], now - DAY, case)


def _decide_tasking(by: Member, at: datetime, case: Case) -> None:
    """Record the tasking decision that another suspect asks for."""
    code = "record_tasking_decision"
    rows = list(Obligation.objects.filter(case=case, code=code, state="open"))
    if rows:
        record = Record(closing_of(code).record, listed("records")["done"][code][1])
        answer_duty(by=by, at=at, case=case, obligations=rows, kind="done", record=record)


def _step(by: Member, at: datetime, suspect: Suspect, to: str, **facts: object) -> None:
    move_suspect(by=by, at=at, row=suspect, to=to, seen=suspect.version, **facts)  # type: ignore[arg-type]  # columns


def _promises(by: Member, now: datetime, people: list[Person], number: int) -> None:
    rhythm = "weekly" if number % 2 else ""
    for kind, days in (("update", 2 + number), ("call_back", -1), ("visit", 4)):
        at = now - 9 * DAY
        rows = make_promise(by=by, at=at, people=people, kind=kind, by_when=now + days * DAY, rhythm=rhythm, way="call")
        for row in rows if kind == "call_back" and number % 3 else ():
            move_promise(by=by, at=now - number * 12 * HOUR, row=row, to="done", seen=1, done_how="they_came")
    if number == 3:
        make_promise(by=by, at=now - DAY, people=people, kind="pause", by_when=now + 5 * DAY)
