"""Section 45 (Modern Slavery Act 2015) in the demo force: first questions, full records, countersignatures, outcomes."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

from lodestar.casework.case_facts.actions import record_event
from lodestar.casework.cases.models import AllegedOffence, Person
from lodestar.casework.decisions.models import Decision
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.section45 import actions as section45
from lodestar.casework.section45.actions import RecordOpen, answer_first_question, countersign, decide, record_outcome
from lodestar.casework.section45.models import FullRecord
from lodestar.casework.section45.queries import RECORD, act_of, owed_for
from lodestar.casework.section45.rules.record import Asked, asked_of
from lodestar.demo.concerns import listed
from lodestar.demo.parts.prosecutions import consult
from lodestar.demo.work import Life, Office, Sitting
from lodestar.platform.registry.demo_parts import DemoPart, DemoWork, register_demo_part
from lodestar.platform.time.days import london_date

Row = Mapping[str, Any]
FORTNIGHT = timedelta(days=14)


def answer_question(sitting: Sitting, row: Obligation) -> None:
    """Answer the first question of section 45."""
    person, planned = sitting.person_of(row)
    if not sitting.once(row.code, person.id):
        return
    rows = list(Obligation.objects.filter(case=sitting.case, person=person, code=row.code, state="open"))
    words = listed("words")
    answer = "no_sign_seen" if planned.conclusion == "unlikely" else sitting.random.choice(["yes", "cannot_rule_out"])
    why = words["first_no"] if answer == "no_sign_seen" else sitting.random.choice(words["first_yes"])
    answer_first_question(by=sitting.by(row), at=sitting.now, person=person, answer=answer, why=why, questions=rows)


def write_full_record(sitting: Sitting, row: Obligation) -> None:
    """Write the full record of section 45 for a suspected offence."""
    person, planned = sitting.person_of(row)
    acts = list(AllegedOffence.objects.filter(person=person).order_by("id"))
    for act in acts:
        act.person = person
    offence = next(act for act in acts if str(act.id) == row.subject)
    read = act_of(offence, acts)
    owed = owed_for(person).get((RECORD, row.subject))
    if read is None or not sitting.once("record", row.subject):
        return
    asked, seen = asked_of(read), FullRecord.objects.filter(offence=offence).count()
    decided = set(Decision.objects.filter(referral__person=person).values_list("kind", flat=True))
    conclusion = {"cg_positive": "likely", "cg_negative": "unlikely"}.get(
        next((kind for kind in decided if kind.startswith("cg_")), ""), planned.conclusion
    )
    answers = answers_of(asked, conclusion, sitting.random)
    owner = sitting.office.by_user.get(sitting.case.owner_id or row.holder_id or person.recorded_by_id) or sitting.by(row)
    decide(
        by=owner,
        at=sitting.now,
        offence=offence,
        act=read,
        answers=answers,
        seen=seen,
        rests_on=owed.rests_on if owed else row.rests_on,
    )


def countersign_record(sitting: Sitting, row: Obligation) -> None:
    """Countersign a full record, and plan its outcome."""
    versions = FullRecord.objects.select_related("offence__person__case").filter(offence=UUID(row.subject))
    version = versions.latest("number")
    countersign(by=sitting.office.members[sitting.life.sergeant], at=sitting.now, version=version, kind="agree")
    offence, is_told = version.offence, sitting.life.concern.told.get("failing") in (3, 4)
    if offence.stage in ("stop", "arrest") and version.conclusion in ("likely", "unlikely") and not is_told:
        day = london_date(sitting.now) + timedelta(days=sitting.random.randint(6, 20))
        if not any(planned[2] == offence.id for planned in sitting.life.course):
            kind = "no_further_action" if version.conclusion == "likely" else "charge"
            sitting.life.course.append((day, f"plan {kind}", offence.id))


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


def _outcome(kind: str, without: bool, office: Office, life: Life, person: Person, row: Row) -> None:
    offence = AllegedOffence.objects.select_related("person__case").filter(person=person).order_by("id")[0]
    record = section45.record_happened_without if without else section45.record_outcome
    record(by=office.members["investigator"], at=office.clock.now(), offence=offence, kind=kind, reason=row["words"])


def _plan(sitting: Sitting, what: str, of: UUID, today: date) -> Iterator[tuple[date, str, UUID]]:
    """Record that an outcome is planned, and come to it some weeks later."""
    soon, kind = today + timedelta(days=sitting.random.randint(12, 25)), what.split()[1]
    offence = AllegedOffence.objects.select_related("person__case").get(id=of)
    planned = "no_action_planned" if kind == "no_further_action" else "charging_planned"
    at = sitting.now + timedelta(days=16)
    record_event(by=sitting.detective, at=at, case=sitting.case, kind=planned, person=offence.person)
    yield soon, f"outcome {kind}", of


def _come_to_outcome(sitting: Sitting, what: str, of: UUID, today: date) -> Iterator[tuple[date, str, UUID]]:
    """Record an outcome, after what passes with the CPS."""
    kind = what.split()[1]
    sitting.random.randint(12, 25)
    offence = AllegedOffence.objects.select_related("person__case").get(id=of)
    consult(sitting.detective, sitting.now, offence, Random(sitting.case.reference))
    words = listed("words")["no_charge" if kind == "no_further_action" else "charge"]
    try:
        record_outcome(by=sitting.detective, at=sitting.now, offence=offence, kind=kind, waits_for_nrm=True, reason=words)
    except RecordOpen:  # a decision came in between: the record is looked at again first
        yield today + FORTNIGHT, what, of


register_demo_part(
    DemoPart(
        "section45",
        work=DemoWork(
            closes={
                "section45_first_question": answer_question,
                "section45_full_record": write_full_record,
                "section45_countersign": countersign_record,
            },
            events={
                "charged_without_record": partial(_outcome, "charge", True),
                "cautioned_without_record": partial(_outcome, "caution", True),
                "charged": partial(_outcome, "charge", False),
            },
            courses={"plan": _plan, "outcome": _come_to_outcome},
        ),
    )
)
